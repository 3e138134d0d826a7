"""All findings of the sheet as a list: Enter or a click lands in the cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.ledger.checks import Finding
from desktop.ui import theme
from desktop.ui.lights import paint_light
from desktop.ui.parts.words import draw, tip

Index = QModelIndex | QPersistentModelIndex
#: More than these are not listed; nobody reads them in a narrow column.
MOST = 300
_MARKS = {"must": "red", "explain": "yellow", "good": "green"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: whose it is, what it says, how urgent; where it leads.

    ``row`` and ``column`` are a cell of the sheet, (-1, -1) what stands on another page: then
    ``finding`` says where.
    """

    subject: str
    title: str
    tone: str
    row: int = -1
    column: int = -1
    finding: Finding | None = None


class FindingList(QListWidget):
    """Two lines each: the project, and what is wrong. ``wanted`` is the chosen :class:`Line`."""

    wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("审核提示")
        self.setStyleSheet("QListWidget { border: none; background: transparent; }")
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Lines(self))
        self.itemClicked.connect(self._take)
        self._lines: Sequence[Line] = ()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show other findings; the chosen line stays where it is."""
        lines = lines[:MOST]
        if lines == self._lines:
            return
        at = self.currentRow()
        self._lines = lines
        self.clear()
        for line in lines:
            item = QListWidgetItem(f"{line.subject}\n{line.title}")
            item.setData(Qt.ItemDataRole.UserRole, line)
            item.setToolTip(tip(line.finding.sentence if line.finding else line.title))
            self.addItem(item)
        if lines:
            self.setCurrentRow(min(max(at, 0), len(lines) - 1))

    def lines(self) -> Sequence[Line]:
        """What is listed."""
        return self._lines

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem():
            self._take(self.currentItem())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.scheduleDelayedItemsLayout()

    def _take(self, item: QListWidgetItem) -> None:
        self.wanted.emit(item.data(Qt.ItemDataRole.UserRole))


class _Lines(QStyledItemDelegate):
    """Draws a line of the list."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        now = theme.current()
        return QSize(now.px(80), now.px(42))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        now, line = theme.current(), index.data(Qt.ItemDataRole.UserRole)
        rect: QRect = option.rect
        state = option.state
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, theme.color("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        mark = QRect(rect.left() + now.px(2), rect.top() + now.px(4), now.mark, now.px(17))
        paint_light(painter, mark, _MARKS.get(line.tone, "none"))
        room = rect.adjusted(now.mark + now.px(8), now.px(4), -now.px(4), 0)
        above = QRect(room.left(), room.top(), room.width(), now.px(17))
        below = above.translated(0, now.px(18))
        draw(painter, above, line.title, "ink", theme.font())
        draw(painter, below, line.subject, "ink_soft", theme.font("small"))
