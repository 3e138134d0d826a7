"""The list beside the sheet, one line under another: the changes, and what is not read.

A pane gives its lines, says each in one sentence for those who hear it, and paints it; how the
lines are held, walked and divided is here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import theme
from desktop.ui.parts.words import tip

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
Line = TypeVar("Line")
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Lines(QAbstractListModel, Generic[Line]):
    """The lines in their order; ``said`` gives a line in one sentence."""

    def __init__(self, parent: QObject, said: Callable[[Line], str]) -> None:
        super().__init__(parent)
        self.lines: Sequence[Line] = ()
        self._said = said

    def show(self, lines: Sequence[Line]) -> None:
        """Other lines."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in _SPOKEN:
            return self._said(self.lines[index.row()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._said(self.lines[index.row()]))
        return None


class LineList(QListView):
    """The lines of a model; ``opened`` is Enter, or two clicks."""

    opened = Signal(QModelIndex)

    def __init__(self, name: str, model: QAbstractListModel, painter: LinePainter) -> None:
        super().__init__()
        self.setModel(model)
        painter.setParent(self)
        self.setItemDelegate(painter)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.doubleClicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class LinePainter(QStyledItemDelegate):
    """Ground and rule of a line; ``high`` px at the usual size. What stands in it is painted by
    :meth:`line`, on the ground of a heading where :meth:`heads` says so."""

    high = 28
    #: px that stay free above and below.
    above = 0

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        now = theme.current()
        return QSize(now.px(160), now.px(self.high))

    def heads(self, _row: int) -> bool:
        """Whether the line is one under which others stand."""
        return False

    def line(self, painter: QPainter, room: QRect, row: int) -> None:
        """What stands in a line."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = theme.current()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
        elif self.heads(index.row()):
            painter.fillRect(rect, theme.color("read_only"))
        above = now.px(self.above)
        self.line(painter, rect.adjusted(now.px(6), above, -now.px(6), -above), index.row())
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
