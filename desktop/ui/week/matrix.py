"""The matrix of units and weeks: who has sent what, shape and colour and word in each cell.

Units stand in the heading on the left and so stay in sight. Arrows move, Enter or a click asks for
what can be done with a cell.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)

from desktop.ledger import periods
from desktop.ui import theme
from desktop.ui.lights import SIGNS
from desktop.ui.parts.words import tip
from desktop.ui.week.district import Cell, District
from desktop.ui.week.matrix_painting import CELL, LINE, LOOKS, CellDrawing
from desktop.ui.week.matrix_words import cell_in_words, lights_in_words

Index = QModelIndex | QPersistentModelIndex
#: A week needs so many pixels at size 1.0; the earliest ones give way.
NARROW = 50


class Matrix(QAbstractTableModel):
    """Units below each other, their lights, then the weeks beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self.district: District | None = None

    def show_district(self, district: District) -> None:
        """Show other weeks or units."""
        self.beginResetModel()
        self.district = district
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """One for each unit."""
        return 0 if parent.isValid() or self.district is None else len(self.district.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The lights, and one for each week."""
        return 0 if parent.isValid() or self.district is None else 1 + len(self.district.weeks)

    def cell(self, index: Index) -> Cell | None:
        """The week of a unit, None for the lights."""
        found = index.data(CELL) if index.isValid() else None
        return found if isinstance(found, Cell) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's word, its sentence as tip, the cell itself."""
        if self.district is None or not index.isValid():
            return None
        line = self.district.lines[index.row()]
        if role == LINE:
            return line
        if index.column() == 0:
            if role == Qt.ItemDataRole.DisplayRole:
                return "　".join(
                    f"{SIGNS[light]} {count}"
                    for light, count in zip(("green", "yellow", "red"), line.lights, strict=True)
                )
            if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
                return lights_in_words(line)
            return None
        cell = line.cells[index.column() - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return LOOKS[cell.state][1]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cell_in_words(line.name, cell)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(cell_in_words(line.name, cell))
        return cell if role == CELL else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Units and weeks."""
        if self.district is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.district.lines[section].name
            if role == Qt.ItemDataRole.ToolTipRole:
                return tip(self.district.lines[section].name)
        elif role == Qt.ItemDataRole.DisplayRole:
            if section == 0:
                return "项目亮灯"
            return periods.parse_period(self.district.weeks[section - 1]).short
        elif role == Qt.ItemDataRole.TextAlignmentRole and section:
            return Qt.AlignmentFlag.AlignCenter
        return None


class MatrixView(QTableView):
    """Shows a :class:`District`; ``asked`` gives a cell and where its menu may open."""

    asked = Signal(object, QPoint)

    def __init__(self) -> None:
        super().__init__()
        self.matrix = Matrix()
        self.setModel(self.matrix)
        self.setItemDelegate(CellDrawing(self))
        self.setAccessibleName("各单位各周上报情况")
        self.setStyleSheet(
            "QTableView { border: none; background: transparent; }"
            "QTableView::item:focus { background: transparent; border: none; }"
            "QHeaderView::section { padding: 0 4px; border-right: none; font-weight: normal; }"
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        self.clicked.connect(self._ask)
        theme.notifier.changed.connect(self._measure)

    def show_district(self, district: District) -> None:
        """Show it; the cell that one was on is kept."""
        at = self.currentIndex()
        self.matrix.show_district(district)
        self._measure()
        last = self.matrix.columnCount() - 1
        row = min(max(at.row(), 0), self.matrix.rowCount() - 1)
        self.setCurrentIndex(
            self.matrix.index(row, min(at.column(), last) if at.isValid() else last)
        )

    def go_to(self, unit: str) -> None:
        """Put the keyboard on the shown week of a unit (its record)."""
        lines = self.matrix.district.lines if self.matrix.district else ()
        for row, line in enumerate(lines):
            if line.unit == unit:
                self.setCurrentIndex(self.matrix.index(row, self.matrix.columnCount() - 1))
                self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter asks what can be done; arrows move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button and the menu key ask too."""
        mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if mouse else self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self._ask(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The weeks share the width."""
        super().resizeEvent(event)
        self._measure()

    def sizeHint(self) -> QSize:
        """As high as its units, up to twelve."""
        row = theme.current().row
        return QSize(row * 16, row * (min(self.matrix.rowCount(), 12) + 1) + 2)

    def minimumSizeHint(self) -> QSize:
        """Four units at least."""
        row = theme.current().row
        return QSize(row * 10, row * (min(self.matrix.rowCount(), 4) + 1) + 2)

    def _ask(self, index: QModelIndex) -> None:
        cell = self.matrix.cell(index)
        if cell is not None:
            corner = self.visualRect(index).bottomLeft()
            self.asked.emit(cell, self.viewport().mapToGlobal(corner))

    def _measure(self) -> None:
        now = theme.current()
        self.verticalHeader().setDefaultSectionSize(now.row)
        self.horizontalHeader().setFixedHeight(now.row)
        self.horizontalHeader().setFont(theme.font("small"))
        weeks = self.matrix.columnCount() - 1
        if weeks < 1 or self.matrix.district is None:
            return
        metrics = QFontMetrics(theme.font())
        names = (metrics.horizontalAdvance(line.name) for line in self.matrix.district.lines)
        widest = max(names, default=0) + now.px(20)
        self.verticalHeader().setFixedWidth(min(max(widest, now.px(72)), now.px(132)))
        self.setColumnWidth(0, now.px(122))
        room = self.width() - self.verticalHeader().width() - self.columnWidth(0) - now.px(16)
        seen = min(max(room // now.px(NARROW), 1), weeks)
        wide = min(room // seen, now.px(110))
        for column in range(1, weeks + 1):
            self.setColumnHidden(column, column <= weeks - seen)
            self.setColumnWidth(column, wide)
        self.setMaximumHeight(now.row * (self.matrix.rowCount() + 1) + now.px(2))
