"""How wide a table's columns are and in what size it is set.

The size is the largest in which no figure has to be broken; the widths follow the columns' weights
or, without them, what stands in the cells. Widths of text are ems, all else is points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from desktop.reports.content import Column, Table
from desktop.reports.fonts import Faces, Role
from desktop.reports.prose import clean_lines

PROSE_SIZES = (10.5, 9.0, 8.0, 7.5)
"""5号 and below, for tables between paragraphs; the largest that fits is taken."""
LEDGER_SIZES = (9.0, 8.0, 7.5, 7.0, 6.5, 6.0)

_LEADING = 1.3
PAD = 2.6
"""Between a cell's text and its rules, left and right."""
_LEAST_TEXT = 4.0
_WHOLE_TEXT = 6.0
_WHOLE_TITLE = 5.0
_SHORT_NOTE = 3.2
_WIDEST_WORD = 8.0
_WIDEST_TEXT = 40.0


@dataclass(frozen=True)
class Grid:
    """Where a table's columns stand and in what size it is set."""

    columns: tuple[Column, ...]
    edges: tuple[float, ...]
    size: float

    @property
    def pitch(self) -> float:
        """From line to line within a cell."""
        return self.size * _LEADING

    @property
    def pad(self) -> float:
        """Between a cell's rules and its text, above and below."""
        return self.size * 0.35

    def room(self, first: int, last: int) -> float:
        """Thousandths of an em that a text has in the columns first … last."""
        width = self.edges[last + 1] - self.edges[first] - 2 * PAD
        return max(width, 1.0) / self.size * 1000


def make_grid(table: Table, width: float, faces: Faces, sizes: Sequence[float]) -> Grid:
    """The columns' edges from 0 to ``width``, in the largest size in which all figures fit."""
    least, whole, wanted = _widths(table, faces)
    pads = 2 * PAD * len(table.columns)
    fitting = [size for size in sizes if sum(least) * size + pads <= width]
    size = fitting[0] if fitting else sizes[-1]
    floors, unbroken, shares = (
        [em * size + 2 * PAD for em in ems] for ems in (least, whole, wanted)
    )
    if sum(unbroken) <= width:
        floors = unbroken
    elif not fitting:
        floors = [floor * width / sum(floors) for floor in floors]
    edges = [0.0]
    for column in _shared_out(width, shares, floors):
        edges.append(edges[-1] + column)
    return Grid(table.columns, tuple(edges), size)


def _shared_out(width: float, shares: list[float], floors: list[float]) -> list[float]:
    """The width by shares, no column below its floor; the floors together fit."""
    held: set[int] = set()
    while True:
        free = width - sum(floors[i] for i in held)
        total = sum(share for i, share in enumerate(shares) if i not in held)
        scale = free / total if total else 0
        short = {i for i, s in enumerate(shares) if i not in held and s * scale < floors[i]}
        if not short:
            return [floors[i] if i in held else s * scale for i, s in enumerate(shares)]
        held |= short


def _widths(table: Table, faces: Faces) -> tuple[list[float], list[float], list[float]]:
    """Each column's widths in ems: the least, one that leaves short words whole, the wanted."""
    least, whole, wanted = [], [], []
    plain = [row for row in table.rows if row.kind != "section"]
    for number, column in enumerate(table.columns):
        role: Role = "hei" if any(row.kind != "row" for row in plain) else "song"
        texts = {row.cells[number] for row in plain if row.span <= number < len(row.cells)} | {
            row.cells[0] for row in plain if number == 0 and row.span == 1 and row.cells
        }
        ems = [
            faces.em(role, part) for text in texts if text for part in clean_lines(text).split("\n")
        ] or [0.0]
        widest = max(ems)
        name, _, bracket = clean_lines(column.title_path[-1]).partition("（")
        title = max(faces.em("hei", part) for part in name.split("\n"))
        note = faces.em("hei", f"（{bracket}") if bracket else 0.0
        floor = {
            "figure": widest,
            "word": min(widest, _WIDEST_WORD),
            "light": 1.2,
            "text": min(widest, _LEAST_TEXT),
        }[column.kind]
        least.append(max(floor, min(title, 2.0), note if note <= _SHORT_NOTE else 2.0))
        words = min(widest, _WHOLE_TEXT) if column.kind == "text" else floor
        whole.append(max(words, min(max(title, note), _WHOLE_TITLE)))
        if column.weight:
            wanted.append(max(column.weight, 0.1))
        elif column.kind == "text":
            typical = 4 * sqrt(sum(ems) / len(ems))  # a few lines each, wider where texts are long
            wanted.append(min(max(typical, words, title), max(widest, title), _WIDEST_TEXT))
        else:
            wanted.append(max(floor, min(max(title, note), _WHOLE_TITLE)) + 0.4)
    return least, whole, wanted
