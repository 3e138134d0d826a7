"""The drawn list of supervised items: number and time left, the matter, whose it is and its day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate
from PySide6.QtWidgets import QStyleOptionViewItem as Option

from desktop.ledger.wording import day_in_words
from desktop.ui import icons, theme
from desktop.ui.lights import paint_light
from desktop.ui.parts.words import draw, tip, width
from desktop.ui.supervision.reading import Item, limit_in_words

Index = QModelIndex | QPersistentModelIndex
#: The height of a row at size 1.0.
HIGH = 76


class ItemModel(QAbstractListModel):
    """One row for each item; ``today`` is the day by which limits are said in words."""

    def __init__(self, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.items: tuple[Item, ...] = ()
        self.today = today

    def show(self, items: Sequence[Item]) -> None:
        """Show other items, or the same ones as they are now."""
        same = [item.record for item in items] == [item.record for item in self.items]
        if same:
            self.items = tuple(items)
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
        else:
            self.beginResetModel()
            self.items = tuple(items)
            self.endResetModel()

    def row_of(self, record: str) -> int:
        """Where an item stands, -1 when it is not on the list."""
        return next((at for at, item in enumerate(self.items) if item.record == record), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{item.number} {item.matter}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(part for part in (item.number, item.matter, item.left) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(item.matter)
        return None


class ItemList(QListView):
    """Rows of one height; Enter, F2 and the menu are said, several may be chosen."""

    opened = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: ItemModel) -> None:
        super().__init__()
        self.setModel(model)
        self._model = model
        self.setItemDelegate(ItemDelegate(model, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setStyleSheet("border: none;")
        self.setAccessibleName("督办事项")
        self.setMouseTracking(True)
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def current(self) -> Item | None:
        """The item that the keyboard is on."""
        at = self.currentIndex()
        return self._model.items[at.row()] if at.isValid() else None

    def chosen(self) -> list[Item]:
        """The chosen items in their order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self._model.items[row] for row in rows]

    def choose(self, row: int) -> None:
        """Choose one row and show it."""
        index = self._model.index(row)
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        where = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            where = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_wanted.emit(where)


class ItemDelegate(QStyledItemDelegate):
    """Draws an item in three lines."""

    def __init__(self, model: ItemModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, _option: Option, _index: Index) -> QSize:
        now = theme.current()
        return QSize(now.px(200), now.px(HIGH))

    def paint(self, painter: QPainter, option: Option, index: Index) -> None:
        item, now = self._model.items[index.row()], theme.current()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
            painter.fillRect(rect.x(), rect.y(), now.px(3), rect.height(), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        self._draw(painter, rect.adjusted(now.px(12), now.px(5), -now.px(12), -now.px(5)), item)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))

    def _draw(self, painter: QPainter, room: QRect, item: Item) -> None:
        now = theme.current()
        small, body = theme.font("small"), theme.font()
        high = room.height() // 3
        first = QRect(room.x(), room.y(), room.width(), high)
        mark = QRect(first.x(), first.y(), now.mark, high)
        _mark(painter, mark, item)
        said = item.left or item.state_title
        tone = theme.TONES[item.tone][0]
        bold = theme.font("small", bold=item.late)
        right = width(said, bold)
        draw(painter, first, said, tone, bold, Qt.AlignmentFlag.AlignRight)
        words = first.adjusted(now.mark + now.px(6), 0, -right - now.px(8), 0)
        draw(painter, words, item.number or "未编号", "ink_soft", small)
        second = QRect(words.x(), first.bottom() + 1, room.right() - words.x() + 1, high)
        ink = "ink_soft" if item.state == "closed" else "ink"
        draw(painter, second, " ".join(item.matter.split()), ink, body)
        third = second.translated(0, high)
        draw(painter, third, self._below(item), "ink_soft", small)

    def _below(self, item: Item) -> str:
        whose = [part for part in (item.unit_name, item.department) if part]
        if item.closed_on and item.state == "closed":
            closed = day_in_words(item.closed_on, self._model.today().year)
            return "・".join([*whose, f"{closed}销号"])
        return "・".join([*whose, f"时限 {limit_in_words(item, self._model.today())}"])


def _mark(painter: QPainter, square: QRect, item: Item) -> None:
    if item.state == "closed":
        icons.paint(painter, square, "check", "good")
    elif item.state == "done":
        icons.paint(painter, square, "clock", "explain")
    else:
        light = "red" if item.late else "yellow" if item.soon else "none"
        paint_light(painter, square, light)
