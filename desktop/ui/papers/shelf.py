"""The papers one under another: their titles, and how many rows each has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.ui import icons, theme
from desktop.ui.papers.catalogue import Offer
from desktop.ui.parts.words import draw, width

_KEY, _COUNT, _ICON = (Qt.ItemDataRole.UserRole + at for at in range(3))
_ICONS = {"": "file-text", "ledger": "table", "list": "list-checks", "file": "folder"}


class Shelf(QListWidget):
    """``chosen`` tells the key of the paper that the person picked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListWidget { border: none; }")  # it stands in a card
        self.setItemDelegate(_Row(self))
        self.setAccessibleName("报表")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._told = True
        self.currentItemChanged.connect(self._picked)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """Show other papers; :meth:`choose` follows."""
        self._told = False
        self.clear()
        for offer in offers:
            item = QListWidgetItem(offer.title, self)
            item.setData(_KEY, offer.key)
            item.setData(_COUNT, "" if offer.is_report else str(offer.rows))
            item.setData(_ICON, _ICONS[offer.shape])
            counted = "" if offer.is_report else f"，{offer.rows} 条"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{offer.title}{counted}")
        self._told = True

    def choose(self, key: str) -> None:
        """Mark a paper without a word."""
        self._told = False
        for row in range(self.count()):
            if self.item(row).data(_KEY) == key:
                self.setCurrentRow(row)
        self._told = True

    def _picked(self, item: QListWidgetItem | None) -> None:
        if item is not None and self._told:
            self.chosen.emit(item.data(_KEY))


class _Row(QStyledItemDelegate):
    """An icon, the title, the count on the right."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(theme.current().px(120), theme.current().px(31))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        now = theme.current()
        state, rect = option.state, option.rect  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
            painter.fillRect(rect.x(), rect.y(), now.px(3), rect.height(), theme.color("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        room = rect.adjusted(now.px(10), 0, -now.px(8), 0)
        mark = QRect(room.x(), room.y(), now.mark, room.height())
        icons.paint(painter, mark, index.data(_ICON), "ink_soft")
        count = index.data(_COUNT)
        beside = width(count, theme.font("small")) + 2
        words = room.adjusted(now.mark + now.px(8), 0, -beside - now.px(8), 0)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        draw(painter, words, index.data(), "ink", theme.font(bold=chosen))
        place = QRect(room.right() + 1 - beside, room.y(), beside, room.height())
        draw(painter, place, count, "ink_soft", theme.font("small"))
        painter.restore()
