"""The head of the project card: what it is, the project, its light and why; the week's figures."""

from __future__ import annotations

from desktop.reports.card import Card
from desktop.reports.card_lettering import in_lines, one_line
from desktop.reports.fonts import Faces
from desktop.reports.page import Area
from desktop.reports.pen import BASELINE, BLACK, GREY, LIGHTS, Pen
from desktop.reports.prose import clean

_TITLE, _LEAST_TITLE, _TITLE_LINES = 20.0, 15.0, 2
_LABEL, _FIGURE, _LEAST_FIGURE = 9.0, 13.0, 6.0
_GAP = 5.0
"""Below the frame of the light and below the figures."""


def draw_head(card: Card, pen: Pen, sheet: Area, y: float) -> float:
    """Label, subtitle, title and light from ``y`` down; gives how far the sheet is filled."""
    faces, left, right = pen.faces, sheet.left, sheet.right
    label = clean(card.label)
    pen.text(left, y - 11, label, "hei", 11, BLACK)
    room = sheet.measure - faces.em("hei", label) * 11 - 20
    pen.to_right(right, y - 11, one_line(card.subtitle, faces, "kai", 10.5, room), "kai", 10.5)
    y -= 17
    pen.rule(left, y, right, y, 1.2)
    y -= 5
    size = _TITLE
    while size > _LEAST_TITLE and len(_title(card, faces, sheet, size, 3)) > 1:
        size -= 1
    for line in _title(card, faces, sheet, size, _TITLE_LINES):
        pen.centred((left + right) / 2, y - size * 1.05, line, "title", size)
        y -= size * 1.35
    return _verdict(card, pen, sheet, y - 4)


def _title(card: Card, faces: Faces, sheet: Area, size: float, most: int) -> list[str]:
    return in_lines(card.title, faces, "title", size, sheet.measure * 0.96, most, even=True)


def _verdict(card: Card, pen: Pen, sheet: Area, y: float) -> float:
    """The light with its name, and why it is on: framed, so that it is seen first."""
    x, said = sheet.left + 8, card.verdict
    named = 22 + pen.faces.em("hei", said) * 13 if card.light else 0
    lines = in_lines(card.reason, pen.faces, "fang", 11, sheet.measure - 16 - named, 2)
    height = max(24.0, len(lines) * 15 + 9)
    middle = y - height / 2
    if card.light:
        sign, colour = LIGHTS[card.light]
        pen.text(x, middle - BASELINE * 15, sign, "song", 15, colour)
        pen.text(x + 18, middle - BASELINE * 13, said, "hei", 13)
    base = middle + (len(lines) - 1) * 7.5 - BASELINE * 11
    for line in lines:
        pen.text(x + named + 6 * bool(card.light), base, line, "fang", 11)
        base -= 15
    pen.rules(f"{sheet.left:.2f} {y - height:.2f} {sheet.measure:.2f} {height:.2f} re", 0.8)
    return y - height - _GAP


def draw_figures(card: Card, pen: Pen, sheet: Area, y: float) -> float:
    """The week's figures side by side from ``y`` down, the labels small above them."""
    if not card.figures:
        return y
    height, slot = 36.0, sheet.measure / len(card.figures)
    for number, fact in enumerate(card.figures):
        middle = sheet.left + slot * (number + 0.5)
        label = one_line(fact.label, pen.faces, "fang", _LABEL, slot - 4)
        pen.centred(middle, y - 12, label, "fang", _LABEL)
        size = min(_FIGURE, (slot - 6) / max(pen.faces.em("hei", clean(fact.text)), 0.1))
        size = max(size, _LEAST_FIGURE)
        text = one_line(fact.text, pen.faces, "hei", size, slot - 4)
        pen.centred(middle, y - 29, text, "hei", size)
        if number:
            x = sheet.left + slot * number
            pen.rule(x, y - 5, x, y - height + 5, 0.4, GREY)
    for at in (y, y - height):
        pen.rule(sheet.left, at, sheet.right, at, 0.8)
    return y - height - _GAP
