"""The model that a grid shows: columns and cells to draw, typed texts to write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from desktop.ui.grid.cells import Cell, Column

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class GridModel(QAbstractTableModel):
    """Abstract. Drawing uses :meth:`columns` and :meth:`cell` only; both must be cheap.

    A subclass gives ``columns``, ``cell``, ``rowCount`` and ``commit``; ``edit_text`` where the
    typed form differs from the shown one. ``commit`` never raises for what a person typed: the
    text stays as a pending cell of tone ``must`` and :attr:`refused` says why.
    """

    #: row, column, sentence: a typed value was refused; its text stays visible in the cell.
    refused = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)

    def columns(self) -> Sequence[Column]:
        """The columns in their first order; a change of them is a model reset."""
        raise NotImplementedError

    def cell(self, row: int, column: int) -> Cell:
        """What is drawn at ``row`` and ``column``; called for every visible cell and paint."""
        raise NotImplementedError

    def edit_text(self, row: int, column: int) -> str:
        """What stands in the editor when it opens: money as typed, ``1200``, not ``1,200``."""
        return self.cell(row, column).text

    def commit(self, edits: Sequence[tuple[int, int, str]], act: str) -> None:
        """Write typed texts (row, column, text) as one batch called ``act``; one dataChanged."""
        raise NotImplementedError

    def totals(self) -> Sequence[Cell] | None:
        """The pinned last line 合计, one cell per column; None when there is none."""
        return None

    def suggest(self, row: int, column: int) -> Sequence[str]:
        """What may be chosen in the cell: a code list, linked records; empty when nothing."""
        return ()

    def is_empty(self, row: int, column: int) -> bool:
        """Whether nothing stands in the cell; Ctrl+arrows ask it of many cells in a row."""
        return not self.cell(row, column).text

    def row_key(self, row: int) -> str:
        """What the row is whatever its place: a record. Empty when unknown."""
        return ""

    def row_of(self, key: str) -> int:
        """Where the row ``key`` stands now, -1 when it is not shown; keeps the current cell and
        an open editor on their record when the rows are read anew."""
        return -1

    # Qt's side -----------------------------------------------------------------------------

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns())

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or not self.hasIndex(index.row(), index.column()):
            return None
        row, column = index.row(), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.cell(row, column).text
            case Qt.ItemDataRole.EditRole:
                return self.edit_text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                cell = self.cell(row, column)
                return f"{self.columns()[column].title} {cell.text}".strip()
            case Qt.ItemDataRole.AccessibleDescriptionRole:
                return self.cell(row, column).locked or None
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignLeft
                if self.cell(row, column).right:
                    side = Qt.AlignmentFlag.AlignRight
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Writes as if typed; False where the cell is not editable."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        row, column = index.row(), index.column()
        if not self.cell(row, column).editable:
            return False
        self.commit([(row, column, "" if value is None else str(value))], "修改")
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.cell(index.row(), index.column()).editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if 0 <= section < self.rowCount() else None
        columns = self.columns()
        if not 0 <= section < len(columns):
            return None
        column = columns[section]
        if role == Qt.ItemDataRole.AccessibleTextRole and column.group:
            return f"{column.group} {column.title}"
        return column.title
