"""Where the cells of a sheet stand on the screen: widths, heights, merges, bands. No Qt.

Lengths are in px of the sheet, from the top left cell. A row that opens tables has a band above it
for the names of their fields. Every question is answered in the logarithm of the rows at most, so
that fifty thousand of them scroll as ten do.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate

import msgspec

from desktop.sheets.proposals.overview import ColumnSeen, TableSeen
from desktop.sheets.workbook.grid import Area, Sheet, text_of

#: Rows that decide the widths, and that may be higher than one line.
LOOKED_AT = 400
NARROWEST, WIDEST = 56, 260
#: Half signs of a field's name in a band at most.
TAG = 14
#: Lines of text that are shown of one cell at most.
LINES = 3
BLOCK = 64


class Measures(msgspec.Struct, frozen=True):
    """px of a row, of each further line in it, of a band, of half a Chinese sign."""

    row: int
    line: int
    band: int
    half: float


class Layout:
    """One sheet laid out; ``tables`` are what stands on it, ``said`` a column's field in words."""

    def __init__(
        self,
        sheet: Sheet,
        tables: Sequence[TableSeen],
        measures: Measures,
        said: Callable[[ColumnSeen], str],
    ) -> None:
        self.sheet, self.measures, self.said = sheet, measures, said
        self.tables = tuple(table for table in tables if not table.card)
        self.cards = tuple(table for table in tables if table.card)
        self.rows, self.columns = len(sheet.rows), sheet.width
        self.bands = {table.area.top for table in self.tables}
        self.lefts = [0, *accumulate(self._widths())]
        self._taller = self._heights()
        places = sorted({*self._taller, *self.bands})
        self._rows = places
        self._leads = [0, *accumulate(measures.band * (row in self.bands) for row in places)]
        self._extras = [0, *accumulate(self._taller.get(row, 0) for row in places)]
        self._merges: dict[int, list[Area]] = {}
        for area in sheet.merges:
            for block in range(area.top // BLOCK, area.bottom // BLOCK + 1):
                self._merges.setdefault(block, []).append(area)

    @property
    def width(self) -> int:
        """px of all columns."""
        return int(self.lefts[-1])

    @property
    def height(self) -> int:
        """px of all rows with their bands."""
        return self.top(self.rows)

    def top(self, row: int) -> int:
        """Where a row begins, below its band."""
        up_to, before = bisect_right(self._rows, row), bisect_right(self._rows, row - 1)
        return row * self.measures.row + self._leads[up_to] + self._extras[before]

    def row_height(self, row: int) -> int:
        """px of a row without its band."""
        return self.measures.row + self._taller.get(row, 0)

    def band_top(self, row: int) -> int:
        """Where the band above a row begins."""
        return self.top(row) - self.measures.band

    def row_at(self, y: int) -> int:
        """The row at a height; a band belongs to the row below it. Within the sheet."""
        low, high = 0, max(0, self.rows - 1)
        while low < high:
            middle = (low + high + 1) // 2
            start = self.top(middle) - (self.measures.band if middle in self.bands else 0)
            if start <= y:
                low = middle
            else:
                high = middle - 1
        return low

    def column_at(self, x: int) -> int:
        """The column at a distance from the left; within the sheet."""
        return max(0, min(bisect_right(self.lefts, x) - 1, self.columns - 1))

    def area(self, area: Area) -> tuple[int, int, int, int]:
        """Left, top, width, height of an area."""
        left, top = self.lefts[area.left], self.top(area.top)
        right = self.lefts[min(area.right, self.columns - 1) + 1]
        bottom = self.top(area.bottom) + self.row_height(area.bottom)
        return left, top, right - left, bottom - top

    def merges(self, first: int, last: int) -> list[Area]:
        """The merged areas that touch these rows."""
        found: dict[int, Area] = {}
        for block in range(first // BLOCK, last // BLOCK + 1):
            for area in self._merges.get(block, ()):
                if area.top <= last and area.bottom >= first:
                    found[id(area)] = area
        return list(found.values())

    def merge_at(self, row: int, column: int) -> Area:
        """The merged area that a cell belongs to; the cell alone where there is none."""
        for area in self._merges.get(row // BLOCK, ()):
            if area.top <= row <= area.bottom and area.left <= column <= area.right:
                return area
        return Area(row, column, row, column)

    def spread(self, area: Area) -> Area:
        """An area with all of the merged areas that begin in it."""
        for one in self.merges(area.top, area.bottom):
            if one.top >= area.top and area.left <= one.left <= area.right:
                bottom, right = max(area.bottom, one.bottom), max(area.right, one.right)
                area = Area(area.top, area.left, bottom, right)
        return area

    # Sizes ------------------------------------------------------------------------------------

    def _widths(self) -> list[int]:
        """Each column as wide as most of its texts need; a field's name must find room too."""
        merged = {(area.top, area.left) for area in self.sheet.merges if area.right > area.left}
        wide = [NARROWEST * self.measures.half / 7] * self.columns
        most = WIDEST * self.measures.half / 7
        outside = self._outside() if self.tables or self.cards else set()
        for number, row in enumerate(self.sheet.rows[:LOOKED_AT]):
            for column, cell in enumerate(row):
                # A title over the table is longer than any column needs to be.
                if cell != "" and number not in outside and (number, column) not in merged:
                    need = units(text_of(cell)) * self.measures.half + self.measures.row / 2
                    wide[column] = max(wide[column], min(need, most))
        for card in self.cards:
            for one in card.columns:
                need = units(named(one.heading, self.said(one))) * self.measures.half
                need += self.measures.row * 1.2
                wide[one.head[1]] = max(wide[one.head[1]], min(need, most))
        for table in self.tables:
            for one in table.columns:
                signs = min(units(self.said(one)), TAG) + (units(one.unit) + 1 if one.unit else 0)
                need = signs * self.measures.half + self.measures.row
                share = need / (one.last - one.head[1] + 1)
                for column in range(one.head[1], min(one.last, self.columns - 1) + 1):
                    wide[column] = max(wide[column], share)
        headed = {at for table in self.tables for one in table.columns if one.fields
                  for at in range(one.head[1], one.last + 1)}  # fmt: skip
        for column in self.sheet.hidden_columns:
            # What the workbook hides is shown, but not at length, unless it is read.
            if column < self.columns and column not in headed:
                wide[column] = NARROWEST * self.measures.half / 7
        return [round(one) for one in wide]

    def _outside(self) -> set[int]:
        """The first rows that belong to no table: their texts go on over blank cells."""
        inside: set[int] = set()
        for table in (*self.tables, *self.cards):
            inside.update(range(table.area.top, min(table.area.bottom + 1, LOOKED_AT)))
        return {row for row in range(min(self.rows, LOOKED_AT)) if row not in inside}

    def _heights(self) -> dict[int, int]:
        """How much higher than one line a row is: its texts are broken into lines."""
        merged = {(area.top, area.left): area for area in self.sheet.merges}
        found: dict[int, int] = {}
        outside = self._outside()
        for number, row in enumerate(self.sheet.rows[:LOOKED_AT]):
            need = 1
            if number in outside:
                continue
            for column, cell in enumerate(row):
                if not isinstance(cell, str) or len(cell) < 4:
                    continue
                if column in self.sheet.hidden_columns:
                    continue
                area = merged.get((number, column))
                if area is not None and area.bottom > area.top:
                    continue
                last = area.right if area is not None else column
                room = self.lefts[last + 1] - self.lefts[column] - self.measures.row / 3
                need = max(need, broken(text_of(cell), room / self.measures.half))
            if need > 1:
                found[number] = (min(need, LINES) - 1) * self.measures.line
        return found


def named(label: str, field: str) -> str:
    """What stands in the label of a card: itself, and the field that it is read as."""
    bare = label.strip().rstrip("：:")
    return label if bare == field else f"{label} → {field}"


@lru_cache(maxsize=20_000)
def units(text: str) -> int:
    """The longest line of a text in halves of a Chinese sign."""
    return max((sum(map(_wide, part)) for part in text.split("\n")), default=0)


def broken(text: str, room: float) -> int:
    """How many lines a text takes in so many half signs."""
    return sum(max(1, -(-units(part) // max(2, int(room)))) for part in text.split("\n"))


def _wide(sign: str) -> int:
    return 2 if unicodedata.east_asian_width(sign) in "WFA" else 1
