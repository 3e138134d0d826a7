"""What a sheet holds at this moment, without Qt: rows as read, findings, what is on its way.

Cells are made when they are first drawn and kept until their row changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from desktop.ledger.definitions import Scheme
from desktop.ui.grid import display, totals
from desktop.ui.grid import finding as findings
from desktop.ui.grid.cells import Cell
from desktop.ui.grid.display import COMING, Waiting
from desktop.ui.grid.finding import Findings
from desktop.ui.grid.lights import Lit
from desktop.ui.grid.reading import Row, Sheet
from desktop.ui.grid.totals import Totals

#: So many rows are kept when a sheet is read page by page.
KEPT = 20_000
#: A cell: row's key, column's name.
Place = tuple[str, str]


class Contents:
    """The rows of one sheet in their order; ``rows`` holds those that were read.

    ``waiting`` are cells whose text does not stand in the book, ``locks`` closed units, ``closed``
    tells that findings were read for all rows.
    """

    def __init__(self, scheme: Scheme, sheet: Sheet, waiting: dict[Place, Waiting]) -> None:
        self.scheme, self.sheet, self.waiting = scheme, sheet, waiting
        self.keys: list[str] = []
        self.rows: dict[str, Row] = {}
        self.lit: dict[str, Lit] = {}
        self.findings = Findings(sheet.register.name)
        self.checked = False
        self.locks: Mapping[str, str] = {}
        self.totals: Totals | None = None
        self._addends = totals.addends(scheme, sheet)
        self._closed = tuple(bool(one.closed) for one in sheet.placed)
        self._places: dict[str, int] | None = None
        self._cells: dict[str, list[Cell | None]] = {}

    # Rows ------------------------------------------------------------------------------------

    def set_keys(self, keys: Sequence[str]) -> None:
        """Which rows there are, in their order."""
        self.keys, self._places = list(keys), None

    def row_of(self, key: str) -> int:
        """Where a row stands, -1 when it is not shown."""
        if self._places is None:
            self._places = {one: at for at, one in enumerate(self.keys)}
        return self._places.get(key, -1)

    def row_at(self, row: int) -> Row | None:
        """The row as it was read, None when it was not yet."""
        return self.rows.get(self.keys[row]) if 0 <= row < len(self.keys) else None

    def put(self, rows: Mapping[str, Row], lit: Mapping[str, Lit] | None = None) -> None:
        """Take rows as they are now; totals follow by the difference."""
        known = [(self.rows[key], row) for key, row in rows.items() if key in self.rows]
        if known and self.totals is not None:
            before = totals.adds(self._addends, [old for old, _ in known])
            after = totals.adds(self._addends, [new for _, new in known])
            self.totals = self.totals.changed(before, after)
        self.rows.update(rows)
        self.lit.update(lit or {})
        self.redraw(rows)

    def changed_by(self, rows: Mapping[str, Row]) -> dict[tuple[str, int], Any]:
        """The stored cells (key, column) that differ in ``rows``, with what they hold now."""
        return {
            (key, at): value
            for key, row in rows.items()
            if key in self.rows
            for at, value in enumerate(self.rows[key].values)
            if self.sheet.placed[at].part == "own"
            and self.sheet.placed[at].field.formula is None
            and row.values[at] != value
        }

    def forget_far(self, near: int) -> None:
        """Give the memory of rows far from ``near`` back when very many were read."""
        if len(self.rows) > KEPT:
            kept = set(self.keys[max(0, near - KEPT // 4) : near + KEPT // 4])
            self.rows = {key: row for key, row in self.rows.items() if key in kept}
            self.lit = {key: one for key, one in self.lit.items() if key in kept}
            self._cells.clear()

    def put_findings(self, found: Findings, keys: Iterable[str] | None = None) -> None:
        """Take the findings of all rows, or of ``keys``."""
        if keys is None:
            self.findings, self.checked = found, True
            self._cells.clear()
        else:
            keys = list(keys)
            self.findings = self.findings.replaced(keys, found)
            self.redraw(keys)

    def redraw(self, keys: Iterable[str]) -> None:
        """Make the cells of these rows anew when they are drawn."""
        for key in keys:
            self._cells.pop(key, None)

    # Cells -----------------------------------------------------------------------------------

    def cell(self, row: int, column: int) -> Cell:
        """What is drawn; a row that was not read yet is on its way."""
        key = self.keys[row]
        made = self._cells.get(key)
        if made is None:
            if key not in self.rows:
                return COMING
            made = self._cells[key] = [None] * len(self.sheet.placed)
        cell = made[column]
        if cell is None:
            own = self.rows[key]
            cell = made[column] = display.cell(
                self.sheet,
                column,
                own,
                lit=self.lit.get(key),
                found=self.findings.of(key),
                waiting=self.waiting.get((key, self.sheet.placed[column].name)),
                lock=self.lock(own),
                scheme=self.scheme,
            )
        return cell

    def editable(self, row: int, column: int) -> bool:
        """Whether somebody may type there; without making the cell, for large blocks."""
        return not self._closed[column] and self.open_row(row)

    def open_row(self, row: int) -> bool:
        """Whether a row was read and is not closed."""
        own = self.row_at(row)
        return own is not None and own.unit not in self.locks

    def lock(self, row: Row) -> str:
        """Why a row is closed: its unit's week was submitted."""
        return self.locks.get(row.unit, "")

    def edit_text(self, row: int, column: int) -> str:
        """What stands in the editor: what was typed last, else the stored value as it is typed."""
        placed, own = self.sheet.placed[column], self.row_at(row)
        if own is None:
            return ""
        waiting = self.waiting.get((own.key, placed.name))
        if waiting is not None:
            return waiting.typed
        value, text = own.values[column], own.texts[column]
        return display.edit_text(self.scheme, placed.field, value, text)

    def offer(self, row: int, column: int) -> object:
        """What an empty cell proposes, as stored; None for nothing or a filled cell."""
        placed, own = self.sheet.placed[column], self.row_at(row)
        if own is None or placed.part != "own" or own.values[column] is not None:
            return None
        return own.offers.get(placed.field.name)

    # Findings --------------------------------------------------------------------------------

    def refused(self) -> Iterator[tuple[int, int, Waiting]]:
        """The cells that hold what was refused: row, column, what was typed and why."""
        for (key, name), waiting in self.waiting.items():
            row, column = self.row_of(key), self.sheet.column(name)
            if waiting.sentence and row >= 0 and column >= 0:
                yield row, column, waiting

    def on_their_way(self, token: int) -> list[Place]:
        """The cells that wait for a writing, without those that were refused at once."""
        waiting = self.waiting.items() if token else ()
        return [place for place, one in waiting if one.token == token and not one.sentence]

    def trouble(self) -> list[tuple[int, int]]:
        """The cells that ask for something, from the first row to the last."""
        places = {(row, column) for row, column, _ in self.refused()}
        for one_row, found in self.findings.by_row.items():
            row = self.row_of(one_row)
            for one in found:
                column = findings.column_of(one, self.sheet)
                if row >= 0 and column >= 0 and not one.explained:
                    places.add((row, column))
        return sorted(places)
