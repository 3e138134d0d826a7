"""Everything that is not read and every remark, a line each; a click shows the place."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.parts import Passage
from desktop.ui.parts.words import draw, tip, width
from desktop.ui.reading_in.remarks import Remark

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: So many are listed; nobody reads more.
LISTED = 2_000


class RemarkModel(QAbstractListModel):
    """The remarks in their order."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.remarks: tuple[Remark, ...] = ()

    def show(self, remarks: tuple[Remark, ...]) -> None:
        """Other remarks."""
        self.beginResetModel()
        self.remarks = remarks
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.remarks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self.remarks[index.row()]
        text = "　".join(part for part in (one.kind, one.where, one.text) if part)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return text
        return tip(text) if role == Qt.ItemDataRole.ToolTipRole else None


class RemarkPane(QWidget):
    """``wanted`` gives the sheet, row and column of a remark that was gone to."""

    wanted = Signal(str, int, int)
    menu_wanted = Signal(QPoint)  # on the screen

    def __init__(self) -> None:
        super().__init__()
        self.model = RemarkModel(self)
        self.list, self.nothing = QListView(), Passage("每一行每一列都已读入。", role="ink_soft")
        self.more = Passage("", "small", "ink_soft")
        self.turn = Passage("未读的行要读入：选中后按 F7，或点右键。", "small", "ink_soft")
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Delegate(self.model, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("没有读入的内容和说明")
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda point: self.menu_wanted.emit(self.list.viewport().mapToGlobal(point))
        )
        self.list.activated.connect(self._go)
        self.list.clicked.connect(self._go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.nothing)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.more)
        whole.addWidget(self.turn)
        self.setFocusProxy(self.list)

    def tell(self, remarks: tuple[Remark, ...]) -> None:
        """Show other remarks."""
        self.model.show(remarks[:LISTED])
        self.more.setVisible(len(remarks) > LISTED)
        self.more.setText(f"这里只列出前 {LISTED:,} 条，其余在左边的表中以斜线标出。")
        self.turn.setVisible(any(one.kind == "未读的行" for one in remarks))
        self.nothing.setVisible(not remarks)

    def current(self) -> Remark | None:
        """The line on which one stands."""
        row = self.list.currentIndex().row()
        return self.model.remarks[row] if 0 <= row < len(self.model.remarks) else None

    def _go(self, index: QModelIndex) -> None:
        one = self.model.remarks[index.row()]
        if one.sheet:
            self.wanted.emit(one.sheet, one.row or 0, one.column or 0)


class _Delegate(QStyledItemDelegate):
    """Two lines: kind and place, then what is said."""

    def __init__(self, model: RemarkModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        now = theme.current()
        return QSize(now.px(160), now.px(46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now, one = theme.current(), self._model.remarks[index.row()]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
        room = rect.adjusted(now.px(6), now.px(4), -now.px(6), -now.px(4))
        high = room.height() // 2
        first = QRect(room.x(), room.y(), room.width(), high)
        small = theme.font("small")
        ink = "explain" if one.kind == "未读的列" else "ink_soft"
        draw(painter, first, one.kind, ink, small)
        beside = first.adjusted(width(one.kind, small) + now.px(10), 0, 0, 0)
        draw(painter, beside, one.where, "ink_soft", small)
        draw(painter, first.translated(0, high), " ".join(one.text.split()), "ink", small)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("line"))
