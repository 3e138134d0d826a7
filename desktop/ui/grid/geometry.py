"""Where every cell of a grid stands: the order and width of columns, and pixels, without Qt.

*Column* is an index into the model's columns; *place* counts the shown columns from the left, as
they stand now. All rows are equally high, so every question is answered without walking over rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.ui.grid.cells import Column

NARROWEST, WIDEST = 28, 900  # px at scale 1
#: A frozen part that leaves less than this share of the width to the rest scrolls like the rest.
ROOM_TO_SCROLL = 0.25


@dataclass(frozen=True, slots=True)
class Arrangement:
    """How a person arranged the columns, by their names; survives new and vanished columns.

    ``order`` names every column, ``frozen`` how many of its first ones never scroll, ``widths``
    (px at scale 1) only those that differ from the column's own.
    """

    order: tuple[str, ...] = ()
    frozen: int = 0
    hidden: frozenset[str] = frozenset()
    widths: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def first(cls, columns: Sequence[Column]) -> Arrangement:
        """As the columns themselves say: the frozen ones lead."""
        ordered = sorted(columns, key=lambda column: not column.frozen)
        count = sum(column.frozen for column in columns)
        return cls(tuple(column.name for column in ordered), count)

    @classmethod
    def read(cls, saved: Mapping[str, Any], columns: Sequence[Column]) -> Arrangement:
        """What :meth:`written` gave, fitted to ``columns``; what is not understood is passed over.

        A column that the saved order does not know stands behind the one it followed at first.
        """
        start = cls.first(columns)
        known = set(start.order)
        order = [name for name in _names(saved.get("order")) if name in known]
        frozen = saved.get("frozen")
        edge = frozen if isinstance(frozen, str) else None
        for before, name in zip(("", *start.order), start.order, strict=False):
            if name not in order:
                order.insert(order.index(before) + 1 if before in order else 0, name)
        count = start.frozen
        if edge is not None:
            count = order.index(edge) + 1 if edge in order else 0
        widths = saved.get("widths")
        return cls(
            tuple(order),
            count,
            frozenset(_names(saved.get("hidden"))) & known,
            {
                name: min(max(width, NARROWEST), WIDEST)
                for name, width in (widths.items() if isinstance(widths, Mapping) else ())
                if name in known and isinstance(width, int)
            },
        ).with_something_shown()

    def written(self) -> dict[str, Any]:
        """As a value of JSON: ``order``, ``frozen`` (the last frozen column), ``hidden``, …"""
        return {
            "order": list(self.order),
            "frozen": self.order[self.frozen - 1] if self.frozen else "",
            "hidden": sorted(self.hidden),
            "widths": dict(self.widths),
        }

    def with_something_shown(self) -> Arrangement:
        """Itself, unless every column is hidden: then with all of them shown."""
        return self if set(self.order) - self.hidden else replace(self, hidden=frozenset())

    def width(self, column: Column) -> int:
        """Of ``column``, px at scale 1."""
        return self.widths.get(column.name, column.width)

    def resized(self, name: str, width: int) -> Arrangement:
        """With another width, px at scale 1, within bounds."""
        return replace(self, widths={**self.widths, name: min(max(width, NARROWEST), WIDEST)})

    def with_hidden(self, name: str, hidden: bool = True) -> Arrangement:
        """With a column hidden or shown; the last shown one stays."""
        changed = replace(self, hidden=self.hidden | {name} if hidden else self.hidden - {name})
        return changed if set(self.order) - changed.hidden else self

    def frozen_up_to(self, name: str) -> Arrangement:
        """With the columns up to ``name`` kept in place; "" sets all free."""
        return replace(self, frozen=self.order.index(name) + 1 if name else 0)

    def moved(self, name: str, before: str) -> Arrangement:
        """With ``name`` put before ``before`` ("" = at the end); what it crosses the frozen edge
        into, it joins."""
        if name == before:
            return self
        frozen = list(self.order[: self.frozen])
        free = list(self.order[self.frozen :])
        (frozen if name in frozen else free).remove(name)
        side = frozen if before in frozen else free
        side.insert(side.index(before) if before in side else len(side), name)
        return replace(self, order=(*frozen, *free), frozen=len(frozen))


def _names(value: Any) -> list[str]:
    if not isinstance(value, list | tuple):
        return []
    return list(dict.fromkeys(item for item in value if isinstance(item, str)))


@dataclass(frozen=True, slots=True)
class Geometry:
    """Pixels of the viewport: the row numbers (``margin`` wide), frozen places, the scrolled rest.

    ``lefts`` has one entry more than there are places; ``left`` and ``top`` say how far it is
    scrolled; the totals line, if any, closes the rows or, when they are too many, the viewport.
    """

    columns: tuple[int, ...] = ()
    lefts: tuple[int, ...] = (0,)
    frozen: int = 0
    rows: int = 0
    row_height: int = 30
    margin: int = 0
    width: int = 0
    height: int = 0
    totals: bool = False
    left: int = 0
    top: int = 0

    @classmethod
    def of(
        cls,
        columns: Sequence[Column],
        arrangement: Arrangement,
        *,
        rows: int,
        row_height: int,
        scale: float = 1.0,
        margin: int = 0,
        size: tuple[int, int] = (0, 0),
        totals: bool = False,
    ) -> Geometry:
        """Of ``columns`` as arranged, not scrolled; what is not arranged is not shown."""
        index = {column.name: number for number, column in enumerate(columns)}
        seen = [name in index and name not in arrangement.hidden for name in arrangement.order]
        shown = [name for name, kept in zip(arrangement.order, seen, strict=True) if kept]
        lefts = [0]
        for name in shown:
            lefts.append(lefts[-1] + round(arrangement.width(columns[index[name]]) * scale))
        frozen = sum(seen[: arrangement.frozen])
        while frozen and margin + lefts[frozen] > size[0] * (1 - ROOM_TO_SCROLL):
            frozen -= 1
        return cls(
            tuple(index[name] for name in shown), tuple(lefts), frozen, rows, row_height, margin,
            size[0], size[1], totals,
        )  # fmt: skip

    @property
    def places(self) -> int:
        """How many columns are shown."""
        return len(self.columns)

    @property
    def frozen_edge(self) -> int:
        """Where the scrolled part begins, px from the left."""
        return self.margin + self.lefts[self.frozen]

    @property
    def body_height(self) -> int:
        """Height for rows, the totals line not counted."""
        return max(0, self.height - (self.row_height if self.totals else 0))

    @property
    def body_bottom(self) -> int:
        """Where the last visible row ends and the totals line begins."""
        return max(0, min(self.rows * self.row_height - self.top, self.body_height))

    @property
    def right_edge(self) -> int:
        """Where the last column ends, px from the left of the viewport, at most its width."""
        return min(self.width, self.left_of(self.places))

    @property
    def farthest(self) -> tuple[int, int]:
        """The greatest ``left`` and ``top``."""
        return (
            max(0, self.margin + self.lefts[-1] - self.width),
            max(0, self.rows * self.row_height - self.body_height),
        )

    @property
    def page(self) -> int:
        """Rows that PgDn passes over."""
        return max(1, self.body_height // self.row_height - 1)

    def scrolled(self, left: int, top: int) -> Geometry:
        """Scrolled to ``left`` and ``top``, as far as that goes."""
        most = self.farthest
        return replace(self, left=min(max(0, left), most[0]), top=min(max(0, top), most[1]))

    def left_of(self, place: int) -> int:
        """The left edge of a place (or, after the last one, its right edge)."""
        shift = 0 if place < self.frozen else self.left
        return self.margin + self.lefts[place] - shift

    def width_of(self, place: int) -> int:
        """Of a shown column, px."""
        return self.lefts[place + 1] - self.lefts[place]

    def place_at(self, x: int) -> int:
        """The place under ``x``, -1 beside the columns and over the row numbers."""
        if x < self.margin or x >= self.width:
            return -1
        along = x - self.margin if x < self.frozen_edge else x - self.margin + self.left
        place = bisect_right(self.lefts, along) - 1
        return place if place < self.places else -1

    def border_at(self, x: int, reach: int) -> int:
        """The place whose right edge lies within ``reach`` of ``x``, -1 if none; to widen it."""
        for place in (*range(self.frozen), *self.visible_places()):
            edge = self.left_of(place) + self.width_of(place)
            if abs(edge - x) <= reach:
                return place
        return -1

    def row_at(self, y: int) -> int:
        """The row under ``y``, -1 below the rows and over the totals line."""
        if not 0 <= y < self.body_bottom:
            return -1
        return (y + self.top) // self.row_height

    def nearest(self, x: int, y: int) -> tuple[int, int]:
        """Row and place of the visible cell nearest to a point; asks for one cell at least."""
        bottom = max(0, self.body_bottom - 1)
        row = self.row_at(min(max(y, 0), bottom))
        place = self.place_at(min(max(x, self.margin), self.right_edge - 1))
        return max(0, row), max(0, place)

    def rect(self, row: int, place: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a cell, clipped by nothing."""
        top = row * self.row_height - self.top
        return self.left_of(place), top, self.width_of(place), self.row_height

    def visible_rows(self, top: int = 0, bottom: int | None = None) -> range:
        """The rows that show between two heights of the viewport."""
        bottom = self.body_bottom if bottom is None else min(bottom, self.body_bottom)
        first = (max(top, 0) + self.top) // self.row_height
        if bottom <= max(top, 0):
            return range(first, first)  # no room for any: 合计 alone fills the viewport
        last = (bottom + self.top + self.row_height - 1) // self.row_height
        return range(first, max(first, min(last, self.rows)))

    def visible_places(self) -> range:
        """The places of the scrolled part that show; the frozen ones always do."""
        first = bisect_right(self.lefts, self.lefts[self.frozen] + self.left) - 1
        last = bisect_right(self.lefts, self.width - self.margin + self.left - 1)
        first = max(first, self.frozen)
        return range(first, max(first, min(last, self.places)))

    def to_show(self, row: int, place: int) -> tuple[int, int]:
        """``left`` and ``top`` that bring a cell wholly into view with the least scrolling."""
        left, top = self.left, self.top
        if place >= self.frozen:
            start, end = self.lefts[place], self.lefts[place + 1]
            room = self.width - self.margin
            left = min(start - self.lefts[self.frozen], max(left, end - room))
        above, below = row * self.row_height, (row + 1) * self.row_height
        return max(0, left), max(0, min(above, max(top, below - self.body_height)))

    def place_of(self, column: int) -> int:
        """Where a column of the model stands, -1 when it is hidden."""
        try:
            return self.columns.index(column)
        except ValueError:
            return -1
