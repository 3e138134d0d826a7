"""Running text of a paper: lines on the grid of 22 × 28, and what stands before and after it.

Measures and order by GB/T 9704-2012, 7.3; a character is one of 3号 as set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from desktop.reports.content import (
    Addressee,
    Attachments,
    Attendance,
    Closing,
    Heading,
    Paragraph,
)
from desktop.reports.fonts import Faces, Role
from desktop.reports.page import A4, BODY, PITCH, Strip
from desktop.reports.pen import BASELINE, BLACK, LIGHTS, Colour, Pen
from desktop.reports.prose import break_lines, clean, wrap

_HEADINGS: dict[int, Role] = {1: "hei", 2: "kai", 3: "fang"}
_TITLES, _TITLE_LINES = (22.0, 18.0, BODY), 5
_CLOSED_BY = "：:。！？"
_Part = tuple[Role, str, Colour]


def title_size(title: str, faces: Faces) -> float:
    """2号; 小2 or 3号 for a title so long that it would take up half a sheet."""
    lines = faces.em("title", clean(title)) / A4.measure
    return next((size for size in _TITLES if lines * size <= _TITLE_LINES), _TITLES[-1])


def heading(block: Heading, faces: Faces) -> Iterator[Strip]:
    """A heading in its face, kept with what follows, a bookmark."""
    text = clean(block.text)
    strips = _lines([(_HEADINGS[block.level], text, BLACK)], faces)
    strips[0] = replace(strips[0], mark=(block.level, text))
    yield from (replace(strip, keep=True) for strip in strips)


def paragraph(block: Paragraph, faces: Faces) -> Iterator[Strip]:
    """A paragraph, indented by two characters."""
    parts: list[_Part] = []
    if block.light:
        sign, colour = LIGHTS[block.light]
        parts.append(("song", f"{sign} ", colour))
    if block.lead:
        parts.append(("kai", clean(block.lead), BLACK))
    parts.append(("fang", clean(block.text), BLACK))
    yield from _unbroken_ends(_lines(parts, faces))


def addressee(block: Addressee, faces: Faces) -> Iterator[Strip]:
    """主送机关: full out to the left, further lines as well, a colon behind the last (7.3.2)."""
    text = clean(block.text).rstrip()
    if not text.endswith(tuple(_CLOSED_BY)):
        text += "："
    strips = _lines([("fang", text, BLACK)], faces, first=0)
    yield from (replace(strip, keep=True) for strip in strips)


def attendance(block: Attendance, faces: Faces) -> Iterator[Strip]:
    """出席 in HeiTi, two characters in; the names hang under the first of them (10.3)."""
    lead = clean(block.lead).rstrip("：:") + "："
    names: _Part = ("fang", clean(block.names), BLACK)
    yield from _unbroken_ends(_hanging(("hei", lead, BLACK), names, 2, faces))


def attachments(block: Attachments, faces: Faces) -> Iterator[Strip]:
    """附件：1. … below the body, no stop behind; several are numbered, names hang (7.3.4)."""
    several = len(block.names) > 1
    strips: list[Strip] = []
    for number, name in enumerate(map(clean, block.names), 1):
        order = f"{number}. " if several else ""
        lead = "附件：" if number == 1 else ""
        label: _Part = ("fang", lead + order, BLACK)
        strips += _hanging(label, ("fang", name, BLACK), 2 if lead else 5, faces)
    yield from (replace(strip, keep=True) for strip in strips[:-1])
    yield from strips[-1:]


def closing(block: Closing, faces: Faces) -> Iterator[Strip]:
    """Issuer over the date, which ends four characters from the right (7.3.5)."""
    date, advances = clean(block.date), faces.advances["fang"]
    issuer = wrap(clean(block.issuer), advances, A4.measure * 0.7 / BODY * 1000)
    lines = [line for line in (*issuer, date) if line]
    widest = max((faces.em("fang", line) * BODY for line in lines), default=0)
    middle = A4.measure - 4 * BODY - faces.em("fang", date) * BODY / 2
    middle = min(middle, A4.measure - widest / 2)

    def draw(text: str, pen: Pen, x: float, y: float) -> None:
        pen.centred(x + middle, y - PITCH / 2 - BASELINE * BODY, text, "fang", BODY)

    for number, line in enumerate(lines):
        yield Strip(PITCH, partial(draw, line), keep=number < len(lines) - 1, grid=True)


def _unbroken_ends(strips: list[Strip]) -> Iterator[Strip]:
    """No first line alone at a sheet's foot, no last line alone at the next one's top."""
    last = len(strips) - 1
    for number, strip in enumerate(strips):
        yield replace(strip, keep=number < last and number in (0, last - 1))


def _hanging(lead: _Part, text: _Part, indent: float, faces: Faces) -> list[Strip]:
    """A text whose further lines begin below its first character, not below its ``lead``."""
    hang = indent + faces.em(lead[0], lead[1])
    first, *rest = _lines([text], faces, first=hang, hang=hang)

    def draw(pen: Pen, x: float, y: float) -> None:
        _draw_line([lead], indent * BODY, None, pen, x, y)
        first.draw(pen, x, y)

    return [replace(first, draw=draw), *rest]


def _lines(parts: list[_Part], faces: Faces, first: float = 2, hang: float = 0) -> list[Strip]:
    """Lines on the grid, set to the full measure: ``first`` and ``hang`` characters indented."""
    text = "".join(part for _, part, _ in parts)
    widths = [faces.advances[role][c] for role, part, _ in parts for c in part]
    measure = (A4.measure - hang * BODY) / BODY * 1000
    lines = break_lines(text, widths, measure, indent=(first - hang) * 1000, tail=True)
    strips = []
    for number, (start, end) in enumerate(lines):
        indent = (first if number == 0 else hang) * BODY
        full = None if number == len(lines) - 1 else A4.measure - indent
        draw = partial(_draw_line, _cut(parts, start, end), indent, full)
        strips.append(Strip(PITCH, draw, grid=True))
    return strips


def _cut(parts: list[_Part], start: int, end: int) -> list[_Part]:
    found, at = [], 0
    for role, text, colour in parts:
        piece = text[max(start - at, 0) : max(end - at, 0)]
        if piece:
            found.append((role, piece, colour))
        at += len(text)
    return found


def _draw_line(
    parts: list[_Part], indent: float, full: float | None, pen: Pen, x: float, y: float
) -> None:
    pen.spread(x + indent, y - PITCH / 2 - BASELINE * BODY, parts, BODY, full)
