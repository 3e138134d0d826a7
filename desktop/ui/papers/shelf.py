"""The papers one under another, under their headings: their titles, how many rows each has."""

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

_KEY, _COUNT, _ICON, _FAINT = (Qt.ItemDataRole.UserRole + at for at in range(4))
_ICONS = {"ledger": "table", "list": "list-checks", "file": "folder"}
_KINDS = {"函件": "message", "会议": "users", "图表": "bar-chart", "交接": "arrow-left-right"}


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
        group = ""
        for offer in offers:
            if offer.group != group:
                group = offer.group
                QListWidgetItem(group, self).setFlags(Qt.ItemFlag.NoItemFlags)
            item = QListWidgetItem(offer.title, self)
            item.setData(_KEY, offer.key)
            item.setData(_COUNT, str(offer.rows) if _counts(offer) else "")
            item.setData(_ICON, _icon(offer))
            counted = f"，{offer.rows} 条" if _counts(offer) else ""
            lacks = f"，{offer.lack.sentence}" if offer.lack else ""
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{offer.title}{counted}{lacks}")
            item.setData(_FAINT, offer.lack is not None)
        self._told = True

    def choose(self, key: str) -> None:
        """Mark a paper without a word."""
        self._told = False
        for row in range(self.count()):
            if self.item(row).data(_KEY) == key:
                self.setCurrentRow(row)
        self._told = True

    def _picked(self, item: QListWidgetItem | None) -> None:
        if item is not None and self._told and item.data(_KEY):
            self.chosen.emit(item.data(_KEY))


def _counts(offer: Offer) -> bool:
    """Whether the number beside a title says something: rows of a ledger, letters, meetings."""
    kind = offer.kind
    return kind is None or (bool(kind.subject) and not kind.period)


def _icon(offer: Offer) -> str:
    return _ICONS[offer.shape] if offer.shape else _KINDS.get(offer.group, "file-text")


class _Row(QStyledItemDelegate):
    """An icon, the title, the count on the right."""

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        now = theme.current()
        return QSize(now.px(120), now.px(29 if index.data(_KEY) else 26))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        now = theme.current()
        state, rect = option.state, option.rect  # type: ignore[attr-defined]
        painter.save()
        if not index.data(_KEY):  # a heading
            words = rect.adjusted(now.px(10), now.px(6), -now.px(8), 0)
            draw(painter, words, index.data(), "ink_faint", theme.font("small", bold=True))
            painter.restore()
            return
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
        role = "ink_soft" if index.data(_FAINT) else "ink"
        draw(painter, words, index.data(), role, theme.font(bold=chosen))
        place = QRect(room.right() + 1 - beside, room.y(), beside, room.height())
        draw(painter, place, count, "ink_soft", theme.font("small"))
        painter.restore()
