"""Forms: ruled rows of labels and what is written beside them, or room for the pen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from msgspec.structs import replace

from desktop.reports.content import Entry, Form, Slip
from desktop.reports.fonts import Faces, Role
from desktop.reports.ledger_pdf import centred_lines
from desktop.reports.page import Strip, air
from desktop.reports.pen import BASELINE, Pen
from desktop.reports.prose import balanced, clean_lines, wrap

PAD = 7.0
"""Between a text and the rules beside it."""
LEADING = 1.43
#: So many lines stand in one row; the others follow in a row headed 续.
MOST_LINES = 26
THIN, THICK = 0.5, 1.0

_SIZE = 14.0  # 4号
_SIZES = (14.0, 13.0, 12.0)
_FREE = 27.0
"""The height of a line kept free for the pen."""
_MOST_FREE = 18
"""More of them no sheet holds beside the other rows."""
_LEAST_FREE = 3
"""Fewer of them leave no room to write."""
_NARROW, _WIDE = 5.0, 7.0


@dataclass(frozen=True)
class Place:
    """One place of a row: where it lies, its lines; ``foot``: below on the right."""

    left: float
    right: float
    lines: Sequence[str]
    role: Role
    size: float
    align: Literal["left", "center", "foot"] = "left"
    pitch: float = 0

    @property
    def height(self) -> float:
        """What its lines need."""
        return len(self.lines) * self.pitch + self.size * 0.85


def draw_row(places: Sequence[Place], height: float, pen: Pen, x: float, y: float) -> None:
    """The places of a row side by side, ruled on both sides and below."""
    low = y - height
    rules = [f"{x + places[0].left:.2f} {y:.2f} m {x + places[0].left:.2f} {low:.2f} l"]
    for place in places:
        left, right, size = x + place.left, x + place.right, place.size
        middle = (y + low) / 2
        if place.align == "foot":
            middle = low + (len(place.lines) * place.pitch + size * 0.85) / 2
        base = middle + (len(place.lines) - 1) * place.pitch / 2 - BASELINE * size
        for line in place.lines:
            if place.align == "center":
                pen.centred((left + right) / 2, base, line, place.role, size)
            elif place.align == "foot":
                pen.to_right(right - 2 * PAD, base, line, place.role, size)
            else:
                pen.text(left + PAD, base, line, place.role, size)
            base -= place.pitch
        rules.append(f"{right:.2f} {y:.2f} m {right:.2f} {low:.2f} l")
    rules.append(f"{x + places[0].left:.2f} {low:.2f} m {x + places[-1].right:.2f} {low:.2f} l")
    pen.rules(" ".join(rules), THIN)


def top_rule(measure: float) -> Strip:
    """The rule above a form, drawn again above what goes on on another sheet."""
    return Strip(0, lambda pen, x, y: pen.rule(x, y, x + measure, y, THICK), keep=True)


def form_strips(form: Form, measure: float, faces: Faces) -> Iterator[Strip]:
    """A form as wide as the type area: its caption, then row by row."""
    yield air(4, keep=True)
    yield from centred_lines(form.caption, "hei", 12, 22, measure, faces)
    top = top_rule(measure)
    yield top
    longest = max((faces.em("hei", e.label) for row in form.rows for e in row), default=0.0)
    label = min(max(longest + 1, _NARROW), _WIDE) * _SIZE
    for row in form.rows:
        yield from _row(row, label, measure, faces, top)
    yield air(7)


def less_room(slip: Slip) -> Slip | None:
    """The slip with a line less for the pen where it has most; None where it cannot spare one."""
    rows = [row for block in slip.blocks if isinstance(block, Form) for row in block.rows]
    most = max((entry.lines for row in rows for entry in row), default=0)
    if most <= _LEAST_FREE:
        return None
    fewer = min(most, _MOST_FREE) - 1

    def spared(form: Form) -> Form:
        shorter = [
            tuple(replace(entry, lines=min(entry.lines, fewer)) for entry in row)
            for row in form.rows
        ]
        return replace(form, rows=tuple(shorter))

    blocks = (spared(block) if isinstance(block, Form) else block for block in slip.blocks)
    return replace(slip, blocks=tuple(blocks))


def _row(
    row: tuple[Entry, ...], label: float, measure: float, faces: Faces, top: Strip
) -> Iterator[Strip]:
    """One row, or several where it holds more lines than a sheet can bear."""
    slot = measure / max(len(row), 1)
    free = min(max((entry.lines for entry in row), default=1), _MOST_FREE) * _FREE
    pitch, room = _SIZE * LEADING, slot - label - 2 * PAD
    advances = faces.advances["fang"]
    size = min((_fitting(clean_lines(entry.text), room, faces) for entry in row), default=_SIZE)
    texts = [wrap(clean_lines(entry.text), advances, room / size * 1000) for entry in row]
    longest = max(map(len, texts), default=0)
    for start in range(0, longest, MOST_LINES):
        places: list[Place] = []
        for number, (entry, text) in enumerate(zip(row, texts, strict=True)):
            left = number * slot
            name = "续" if start else clean_lines(entry.label)
            named = balanced(name, faces.advances["hei"], (label - PAD) / _SIZE * 1000)
            places.append(Place(left, left + label, named, "hei", _SIZE, "center", pitch))
            part = text[start : start + MOST_LINES]
            # What is printed where the pen has room (a date to be filled in) stands below it.
            align: Literal["left", "foot"] = (
                "foot" if entry.lines > 1 and entry.text and len(text) == 1 else "left"
            )
            beside = left + label, left + slot
            places.append(Place(*beside, part, "fang", size, align, pitch))
        height = max(0.0 if start else free, *(place.height for place in places))
        yield Strip(height, partial(draw_row, places, height), head=top)


def _fitting(text: str, room: float, faces: Faces) -> float:
    """The size: a little smaller where that keeps a text on one line."""
    wide = faces.em("fang", text) if "\n" not in text else 0.0
    return next((size for size in _SIZES if wide * size <= room), _SIZE)
