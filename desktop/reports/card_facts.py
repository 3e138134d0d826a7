"""The facts of the project card: ruled cells, labels on a quiet ground, as high as they need."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop.reports.card import Fact
from desktop.reports.card_lettering import in_lines, one_line
from desktop.reports.fonts import Faces
from desktop.reports.pen import BASELINE, Pen

_SIZE, _LEADING, _PAD = 9.5, 1.32, 4.0
#: So many lines has a cell beside another, and one that is alone in its row.
_LINES, _LONE = 2, 4
_LABEL = 5.0  # ems


class _Cell(msgspec.Struct, frozen=True):
    label: str
    lines: tuple[str, ...]


class Laid(msgspec.Struct, frozen=True):
    """The rows with their lines, the size of the letters, each row's height."""

    rows: tuple[tuple[_Cell, ...], ...]
    size: float
    heights: tuple[float, ...]


def lay_facts(rows: Sequence[Sequence[Fact]], faces: Faces, measure: float, cap: float) -> Laid:
    """The rows within ``cap``: fewer lines to a cell where needed, then smaller letters."""
    found = _laid(rows, faces, measure, _SIZE, _LINES, _LONE)
    for lines, lone in ((2, 3), (2, 2), (1, 2), (1, 1)):
        if facts_height(found) <= cap:
            return found
        found = _laid(rows, faces, measure, _SIZE, lines, lone)
    if facts_height(found) > cap:
        size = _SIZE * cap / facts_height(found)
        found = _laid(rows, faces, measure, size, 1, 1)
    return found


def _laid(
    rows: Sequence[Sequence[Fact]], faces: Faces, measure: float, size: float, lines: int, lone: int
) -> Laid:
    made: list[tuple[_Cell, ...]] = []
    heights = []
    for row in rows:
        room = measure / max(len(row), 1) - _LABEL * size - 2 * _PAD * size / _SIZE
        most = lone if len(row) == 1 else lines
        cells = tuple(
            _Cell(
                one_line(fact.label, faces, "hei", size, (_LABEL - 0.5) * size),
                tuple(in_lines(fact.text, faces, "song", size, room, most)),
            )
            for fact in row
        )
        made.append(cells)
        deepest = max((len(cell.lines) for cell in cells), default=1)
        heights.append(max(deepest, 1) * size * _LEADING + _PAD * 1.2 * size / _SIZE)
    return Laid(tuple(made), size, tuple(heights))


def facts_height(laid: Laid) -> float:
    """How high the rows are together."""
    return sum(laid.heights)


def draw_facts(laid: Laid, pen: Pen, x: float, y: float, measure: float) -> None:
    """Draw the rows with their upper left corner at (x, y)."""
    size, pitch = laid.size, laid.size * _LEADING
    top = y
    paths = []
    for cells, height in zip(laid.rows, laid.heights, strict=True):
        wide = measure / max(len(cells), 1)
        middle = y - height / 2
        for number, cell in enumerate(cells):
            left = x + number * wide
            label = _LABEL * size
            # A quiet ground under the label: a stroke as thick as the row is high.
            pen.rule(left, middle, left + label, middle, height, (0.93, 0.93, 0.93))
            pen.centred(left + label / 2, middle - BASELINE * size, cell.label, "hei", size)
            base = middle + (len(cell.lines) - 1) * pitch / 2 - BASELINE * size
            for line in cell.lines:
                pen.text(left + label + _PAD * size / _SIZE, base, line, "song", size)
                base -= pitch
            for at in (left, left + label):
                paths.append(f"{at:.2f} {y:.2f} m {at:.2f} {y - height:.2f} l")
        y -= height
        paths.append(f"{x:.2f} {y:.2f} m {x + measure:.2f} {y:.2f} l")
    if laid.rows:
        pen.rules(" ".join(paths), 0.4)
        pen.rules(f"{x:.2f} {y:.2f} {measure:.2f} {top - y:.2f} re", 0.8)
