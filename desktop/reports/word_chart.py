"""Charts of a paper in Word: the chart as the PDF has it, as a PNG of 200 dots to the inch."""

from __future__ import annotations

import threading
from datetime import date
from io import BytesIO

from desktop.reports.charts.drawing import Drawing

DOTS = 200
"""To the inch."""
ONE_AT_A_TIME = threading.Lock()
"""PDFium keeps state of its own beside its documents: whoever calls it holds this."""


def picture(drawing: Drawing) -> bytes:
    """A PNG of the drawing in the bundled faces; the same drawing gives the same bytes.

    May be called by any thread. Raises ``FontDamaged``.
    """
    import pypdfium2

    data = _sheet(drawing)
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        try:
            image = document[0].render(scale=DOTS / 72).to_pil().convert("RGB")
        finally:
            document.close()
    found = BytesIO()
    image.save(found, "PNG", dpi=(DOTS, DOTS))
    return found.getvalue()


def _sheet(drawing: Drawing) -> bytes:
    """A PDF of one page, as large as the drawing."""
    from desktop.reports.binding import Binder
    from desktop.reports.chart_pdf import draw_chart
    from desktop.reports.fonts import load_faces
    from desktop.reports.page import Area, Drawn
    from desktop.reports.pen import Pen

    faces = load_faces()
    binder = Binder(faces, "", "", date(1980, 1, 1))
    pen = Pen(faces, binder.doc)
    draw_chart(pen, drawing, 0, drawing.height)
    sheet = Area(drawing.width, drawing.height, 0, drawing.height, drawing.width, 0)
    return binder.bind([(Drawn(sheet, pen.content()), lambda pen, number, pages: None)])[0]
