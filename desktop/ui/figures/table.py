"""The table of figures: sorted by its headings, opened by Enter, copied by Ctrl+C."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.figures.table_model import FiguresModel, Index, broken
from desktop.ui.figures.tabulation import Table, copied
from desktop.ui.lights import paint_light

#: The widest that a column of words becomes by its contents, and what stands around them, in px.
_WIDEST, _AROUND = 260, 19
#: What a column of words, and what the names, keep where there is little room.
_LEAST, _NAME = 92, 150


class _Lights(QStyledItemDelegate):
    """Draws the light of a row in the columns of lights; no frame about the current cell, since
    rows are chosen whole."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus  # type: ignore[attr-defined]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        model = index.model()
        if isinstance(model, FiguresModel) and model.heading(index.column()).kind == "light":
            light = model.row_at(index.row()).light
            if light:
                side = theme.current().mark
                box = QRect(0, 0, side, side)
                box.moveCenter(option.rect.center())  # type: ignore[attr-defined]
                paint_light(painter, box, light)


class FiguresTable(QTableView):
    """Shows a table. ``opened`` tells a row that was opened and by which column; ``sorted`` that
    another order was asked for."""

    opened = Signal(object, str)  # TableRow, column
    sorted = Signal(str, bool)  # column, descending

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = FiguresModel(self)
        self.setModel(self.figures)
        self.setItemDelegate(_Lights(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName("指标表")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.sectionClicked.connect(self._sort_by)
        self.doubleClicked.connect(self._open)
        theme.notifier.changed.connect(self._measure)
        self._column, self._descending = "", False
        self._measure()

    def show_table(self, table: Table, column: str = "", *, descending: bool = False) -> None:
        """Show ``table`` sorted by a column; the chosen row stays chosen where it still is."""
        kept = self.current_key()
        known = [heading.name for heading in table.headings]
        self._column = column if column in known else ""
        self._descending = descending
        self.figures.show_table(table, self._column, descending=descending)
        header = self.horizontalHeader()
        place = known.index(self._column) if self._column else -1
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(place, order)
        self._measure()
        self.choose(kept)

    def current_key(self) -> str | None:
        """The key of the row on which one is."""
        index = self.currentIndex()
        return self.figures.row_at(index.row()).key if index.isValid() else None

    def choose(self, key: str | None) -> None:
        """Go to a row by its key, to the first one where there is none of this key."""
        numbers = [n for n, row in enumerate(self.figures.rows) if row.key == key and key]
        number = numbers[0] if numbers else 0
        if self.figures.rowCount():
            self.selectRow(number)
            self.scrollTo(self.figures.index(number, 0))

    def copy(self, *, everything: bool = False) -> int:
        """Put the chosen rows, or all with the total, on the clipboard; how many they are."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        numbers = range(self.figures.rowCount()) if everything or not chosen else chosen
        rows = [self.figures.row_at(number) for number in numbers]
        if rows:
            QGuiApplication.clipboard().setText(copied(self.figures.table.headings, rows))
        return len(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit(self.copy())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._select_all()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    #: How many rows Ctrl+C has put on the clipboard.
    copied = Signal(int)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _select_all(self) -> None:
        first = self.figures.index(0, 0)
        last = self.figures.index(self.figures.rowCount() - 1, 0)
        whole = QItemSelection(first, last)
        flags = (
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows
        )
        self.selectionModel().select(whole, flags)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            heading = self.figures.heading(index.column())
            self.opened.emit(self.figures.row_at(index.row()), heading.name)

    def _sort_by(self, section: int) -> None:
        heading = self.figures.heading(section)
        if heading.name == self._column:
            descending = not self._descending
        else:  # figures from the largest, names and ranks from the first, lights from the worst
            descending = heading.kind == "figure" and heading.name != "rank"
        self.sorted.emit(heading.name, descending)

    def _wanted(self, column: int) -> int:
        """The width of a column's longest text, as far as a word column may be wide."""
        now, model = theme.current(), self.figures
        heading = model.heading(column)
        title = max(broken(heading.title).split("\n"), key=len)
        metrics = QFontMetrics(theme.font("body", bold=True))
        head = metrics.horizontalAdvance(title) + now.px(_AROUND)
        if heading.name == self._column:
            head += now.px(14)
        if heading.kind == "light":
            return max(head, now.mark + now.px(_AROUND))
        texts = {row.cells[column] for row in (*model.rows, model.table.total)}
        longest = sorted(texts, key=len)[-8:]
        widest = max((metrics.horizontalAdvance(text) for text in longest), default=0)
        return max(head, min(widest + now.px(_AROUND), now.px(_WIDEST)))

    def _measure(self) -> None:
        """Rows as high as the theme says; the columns fill the width."""
        now = theme.current()
        self.verticalHeader().setDefaultSectionSize(now.row)
        self.horizontalHeader().setMinimumSectionSize(now.mark)
        headings = self.figures.table.headings
        wide = [self._wanted(number) for number in range(len(headings))]
        growing = [number for number, heading in enumerate(headings) if heading.grows]
        left = self.viewport().width() - sum(wide)
        worded = [number for number, heading in enumerate(headings) if heading.kind == "text"]
        for number in sorted(worded, key=lambda number: (number in growing[:1], -number)):
            least = now.px(_NAME if number in growing[:1] else _LEAST)  # names give last
            given = min(max(-left, 0), max(wide[number] - least, 0))
            wide[number] -= given
            left += given
        if left > 0 and growing:
            wide[growing[-1]] += left
        for number, width in enumerate(wide):
            self.setColumnWidth(number, width)
