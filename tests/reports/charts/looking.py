"""What every chart has to keep, whatever it shows: within its bounds, no text on another."""

from __future__ import annotations

from itertools import combinations

from desktop.reports.charts.drawing import Drawing, Rect, Symbol, Text


def texts(drawing: Drawing) -> list[Text]:
    """What is written, from the back to the front."""
    return [mark for mark in drawing.marks if isinstance(mark, Text)]


def words(drawing: Drawing) -> list[str]:
    """The written words alone."""
    return [text.text for text in texts(drawing)]


def rects(drawing: Drawing) -> list[Rect]:
    """The bars that are painted."""
    return [mark for mark in drawing.marks if isinstance(mark, Rect) and mark.role]


def symbols(drawing: Drawing) -> list[Symbol]:
    """The shapes."""
    return [mark for mark in drawing.marks if isinstance(mark, Symbol)]


def tips(drawing: Drawing) -> list[str]:
    """What is told when a person points at marks."""
    return [mark.tip for mark in drawing.marks if mark.tip]


def outside(drawing: Drawing) -> list[object]:
    """Marks that leave the drawing."""
    return [mark for mark in drawing.marks if not mark.box.within(drawing.box)]


def on_one_another(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of texts that cover one another."""
    return [
        (one.text, other.text)
        for one, other in combinations(texts(drawing), 2)
        if one.box.meets(other.box)
    ]


def assert_sound(drawing: Drawing) -> None:
    """Raise AssertionError for a drawing that nobody could read."""
    assert outside(drawing) == []
    assert on_one_another(drawing) == []
    assert all(rect.width >= 0 and rect.height >= 0 for rect in rects(drawing))
    assert drawing.said
