"""A table to look at: rows made for showing, columns that fill the width, Enter opens a row."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.ui import theme
from desktop.ui.parts.words import tip
from desktop.ui.project.reading import Table
from desktop.ui.theme import TONES

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: The least width of a column of words when there is too little room, at size 1.0.
NARROW = 110
#: The most for any other column, the room around a text, how many rows are measured.
WIDEST, AROUND, MEASURED = 240, 22, 200
WORDS = frozenset({"long_text", "text", "unit"})


class TableModel(QAbstractTableModel):
    """A :class:`Table` as Qt takes it; ``more`` asks for further rows."""

    more = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = Table((), (), ())
        self._more = False

    def show(self, table: Table, *, more: bool = False) -> None:
        """Show another table; ``more`` says that there are rows behind its last."""
        self.beginResetModel()
        self.table, self._more = table, more
        self.endResetModel()

    def add(self, table: Table, *, more: bool) -> None:
        """Further rows of the same columns."""
        at = len(self.table.rows)
        self._more = more
        if table.rows:
            self.beginInsertRows(_NOWHERE, at, at + len(table.rows) - 1)
            rows, keys = self.table.rows + table.rows, self.table.keys + table.keys
            self.table = Table(self.table.columns, rows, keys)
            self.endInsertRows()

    def key(self, row: int) -> str:
        """What stands behind a row, "" beyond the last."""
        keys = self.table.keys
        return keys[row] if 0 <= row < len(keys) else ""

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.table.columns)

    def canFetchMore(self, parent: Index) -> bool:
        return self._more and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        if self._more and not parent.isValid():
            self._more = False  # until the answer comes
            self.more.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self.table.rows[index.row()][index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " ".join(cell.text.split("\n"))
            case Qt.ItemDataRole.ToolTipRole:
                return tip(cell.text) if len(cell.text) > 8 else None
            case Qt.ItemDataRole.ForegroundRole:
                return theme.color(TONES[cell.tone][0])
            case Qt.ItemDataRole.FontRole:
                return theme.font(bold=cell.bold or cell.tone == "must")
            case Qt.ItemDataRole.TextAlignmentRole:
                side = Qt.AlignmentFlag.AlignRight if cell.right else Qt.AlignmentFlag.AlignLeft
                return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.table.columns):
            return None
        column = self.table.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class TableView(QTableView):
    """Shows a :class:`TableModel`; ``whole`` makes it as high as its rows."""

    opened = Signal(str)  # the key of a row: Enter or a double click

    def __init__(self, model: TableModel, *, whole: bool = False) -> None:
        super().__init__()
        self.setModel(model)
        self._model, self._whole = model, whole
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.current().row)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.key(index.row())))
        model.modelReset.connect(self._fit)
        model.rowsInserted.connect(self._fit)
        theme.notifier.changed.connect(self._fit)

    def chosen(self) -> str:
        """The key of the chosen row, "" for none."""
        return self._model.key(self.currentIndex().row())

    def choose(self, key: str) -> bool:
        """Choose the row of a key; False when there is none."""
        if key not in self._model.table.keys:
            return False
        self.setCurrentIndex(self._model.index(self._model.table.keys.index(key), 0))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if enter and plain and self.chosen():
            self.opened.emit(self.chosen())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Columns as wide as what stands in them, filling the width; words give way first."""
        columns, now = self._model.table.columns, theme.current()
        self.verticalHeader().setDefaultSectionSize(now.row)
        widths = [self._natural(at) for at in range(len(columns))]
        words = [at for at, column in enumerate(columns) if column.kind in WORDS]
        takers = words or list(range(len(widths)))
        spare = self.viewport().width() - sum(widths)
        gives = [
            widths[at] - (min(widths[at], now.px(NARROW)) if spare < 0 else 0) for at in takers
        ]
        spare = max(spare, -sum(gives))
        for at, give in zip(takers, gives, strict=True):
            widths[at] += spare * give // max(sum(gives), 1)
        for at, width in enumerate(widths):
            self.setColumnWidth(at, width)
        if self._whole:
            bar = self.horizontalScrollBar()
            rows = len(self._model.table.rows) * now.row
            head = self.horizontalHeader().sizeHint().height()
            under = bar.sizeHint().height() if sum(widths) > self.viewport().width() else 0
            self.setFixedHeight(head + rows + 2 * self.frameWidth() + under)

    def _natural(self, at: int) -> int:
        """The width of the longest text of a column, of words not more than the column's own."""
        table, now = self._model.table, theme.current()
        column = table.columns[at]
        plain, bold = QFontMetrics(theme.font()), QFontMetrics(theme.font(bold=True))
        longest = bold.horizontalAdvance(column.title)
        for row in table.rows[:MEASURED]:
            longest = max(
                longest, (bold if row[at].bold else plain).horizontalAdvance(row[at].text)
            )
        most = now.px(column.width) if column.kind in WORDS else now.px(WIDEST)
        return min(longest + now.px(AROUND), max(most, bold.horizontalAdvance(column.title)))
