"""The drawn list: a light, the name, and under it level, state and completion."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.ui import theme
from desktop.ui.lights import paint_light
from desktop.ui.parts.words import draw
from desktop.ui.project.list_model import ProjectModel
from desktop.ui.project.listing import Group, Line

#: The height of a line at size 1.0.
HIGH = 54


class ProjectList(QTableView):
    """Rows of one height, one column. (A QListView lays all its rows out anew at every change:
    250 ms for 100,000 of them.)"""

    opened = Signal(str)  # Enter on a project

    def __init__(self, model: ProjectModel) -> None:
        super().__init__()
        self.setModel(model)
        self._model = model
        self.setItemDelegate(LineDelegate(self))
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setStyleSheet("QTableView { border: none; }")  # the card around it has one
        self.setAccessibleName("项目列表")
        self.setMouseTracking(True)
        theme.notifier.changed.connect(self._measure)
        self._measure()

    def chosen(self) -> str:
        """The record that is chosen, "" for none."""
        return self._model.record(self.currentIndex().row())

    def choose(self, record: str) -> bool:
        """Choose a record; False when it is not on the list."""
        row = self._model.row_of(record)
        if row < 0:
            return False
        self.setCurrentIndex(self._model.index(row))
        self.scrollTo(self._model.index(row))
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen():
            self.opened.emit(self.chosen())
            return
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self._model.rowCount() - 1}
        if event.key() in ends:
            self.setCurrentIndex(self._model.index(ends[Qt.Key(event.key())]))
            return
        super().keyPressEvent(event)

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.current().px(HIGH))


class LineDelegate(QStyledItemDelegate):
    """Draws a project, or the heading of a unit."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        model = index.model()
        assert isinstance(model, ProjectModel)
        line, now = model.line(index.row()), theme.current()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if isinstance(line, Group):
            painter.fillRect(rect, theme.color("head"))
            words = rect.adjusted(now.px(12), 0, -now.px(12), 0)
            draw(painter, words, f"{line.title}（{line.count}）", "ink_soft", theme.font(bold=True))
            return
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
            painter.fillRect(rect.x(), rect.y(), now.px(3), rect.height(), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        if isinstance(line, Line):
            self._draw(painter, rect, line, model.details(line))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))

    def _draw(self, painter: QPainter, rect: QRect, line: Line, details: list[str]) -> None:
        now = theme.current()
        left = rect.x() + now.px(12)
        half = rect.height() // 2
        above = QRect(left, rect.y() + now.px(4), now.mark, half - now.px(4))
        paint_light(painter, above, line.light)
        x = left + now.mark + now.px(6)
        room = rect.right() - now.px(10) - x
        draw(painter, QRect(x, above.y(), room, above.height()), line.name, "ink", theme.font())
        below = QRect(x, rect.y() + half, room, half - now.px(4))
        draw(painter, below, "・".join(details), "ink_soft", theme.font("small"))
