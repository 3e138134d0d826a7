"""What a sheet holds, as the grid asks for it: cells, texts to edit, choices, the totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject

from desktop.ui.desk import Desk
from desktop.ui.grid import totals
from desktop.ui.grid.cells import Cell, Column
from desktop.ui.grid.contents import Contents
from desktop.ui.grid.table_model import GridModel, Index


class HeldSheet(GridModel):
    """``contents`` is None until the first screen was read."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.contents: Contents | None = None
        self._columns: tuple[Column, ...] = ()
        self._line: tuple[Cell, ...] | None = None
        self._labels: dict[str, tuple[str, ...]] = {}

    def want(self, key: str) -> None:
        """A row was drawn that has not been read: read it."""

    def columns(self) -> Sequence[Column]:
        return self._columns

    def rowCount(self, parent: Index | None = None) -> int:
        if self.contents is None or (parent is not None and parent.isValid()):
            return 0
        return len(self.contents.keys)

    def cell(self, row: int, column: int) -> Cell:
        held = self.contents
        assert held is not None
        if held.row_at(row) is None:
            self.want(held.keys[row])
        return held.cell(row, column)

    def edit_text(self, row: int, column: int) -> str:
        assert self.contents is not None
        return self.contents.edit_text(row, column)

    def is_empty(self, row: int, column: int) -> bool:
        held = self.contents
        if held is None or held.row_at(row) is None:
            return False  # not read: nobody walks a hundred thousand rows to see
        cell = held.cell(row, column)
        return cell.faint or not cell.text

    def totals(self) -> Sequence[Cell] | None:
        held = self.contents
        if held is None or held.totals is None or not any(one.summed for one in held.sheet.placed):
            return None
        if self._line is None:
            self._line = totals.line(held.scheme, held.sheet, held.totals)
        return self._line

    def suggest(self, row: int, column: int) -> Sequence[str]:
        assert self.contents is not None
        field = self.contents.sheet.placed[column].field
        if field.type == "unit" or field.of == "unit":
            return [unit.short for unit in self.desk.facts.units]
        return self._labels.get(field.of or "", ())

    def row_key(self, row: int) -> str:
        held = self.contents
        return held.keys[row] if held is not None and 0 <= row < len(held.keys) else ""

    def row_of(self, key: str) -> int:
        return self.contents.row_of(key) if self.contents is not None else -1

    # Saying what changed ---------------------------------------------------------------------

    def _redraw(self, cells: Sequence[tuple[int, int]]) -> None:
        """One dataChanged around these cells."""
        held = self.contents
        if not cells or held is None:
            return
        held.redraw({held.keys[row] for row, _ in cells})
        rows, columns = [row for row, _ in cells], [column for _, column in cells]
        self.dataChanged.emit(
            self.index(min(rows), min(columns)), self.index(max(rows), max(columns))
        )

    def _rows_changed(self, keys: Iterable[str]) -> None:
        """One dataChanged around these rows; the totals may follow them."""
        held = self.contents
        assert held is not None
        self._line = None
        held.redraw(keys := list(keys))
        rows = [row for key in keys if (row := held.row_of(key)) >= 0]
        if rows:
            last = len(self._columns) - 1
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), last))

    def _all_changed(self) -> None:
        rows = self.rowCount()
        if rows and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, len(self._columns) - 1))
