"""Charts 图: what is drawn, said first as frozen marks; the window and the papers draw them.

A chart is a pure function of figures and a size: it gives a :class:`~.drawing.Drawing`, whose marks
stand in points and name the *role* of a colour, never a colour. Each can be read without colour:
dashes, hatching, shapes, lightness, and the values written beside them::

    drawing (lettering) -> forms, scale, layout -> progress, bars, ranks -> columns; timeline
"""
