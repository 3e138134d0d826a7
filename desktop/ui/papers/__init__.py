"""调度与报表: choose a paper, see it as it will be printed, print it, save it.

Without Qt are ``catalogue`` (which papers there are), ``choice`` (what a person chose) and
``composing`` (from the book to a finished PDF). ``pdf`` turns its pages into pictures, ``renderer``
does that beside the window, ``preview`` shows them.
"""
