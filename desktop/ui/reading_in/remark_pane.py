"""Everything that is not read and every remark, a line each; a click shows the place."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.parts import Passage
from desktop.ui.parts.words import draw, width
from desktop.ui.reading_in.line_list import Index, LineList, LinePainter, Lines
from desktop.ui.reading_in.remarks import Remark

#: So many are listed; nobody reads more.
LISTED = 2_000
#: Lines of text that are shown of one of them at most; the tooltip has the whole.
LINES = 4
BROKEN = int(Qt.TextFlag.TextWrapAnywhere)


class RemarkPane(QWidget):
    """``wanted`` gives the sheet, row and column of a remark that was gone to."""

    wanted = Signal(str, int, int)
    menu_wanted = Signal(QPoint)  # on the screen

    def __init__(self) -> None:
        super().__init__()
        self.model: Lines[Remark] = Lines(self, told)
        self.list = LineList("没有读入的内容和说明", self.model, _Painter(self))
        self.list.setResizeMode(QListView.ResizeMode.Adjust)  # The lines are broken anew.
        self.nothing = Passage("每一行每一列都已读入。", role="ink_soft")
        self.more = Passage("", "small", "ink_soft")
        self.turn = Passage("未读的行要读入：选中后按 F7，或点右键。", "small", "ink_soft")
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda point: self.menu_wanted.emit(self.list.viewport().mapToGlobal(point))
        )
        self.list.opened.connect(self._go)
        self.list.clicked.connect(self._go)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.nothing)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.more)
        whole.addWidget(self.turn)
        whole.addStretch(0)
        self.setFocusProxy(self.list)

    def tell(self, remarks: tuple[Remark, ...]) -> None:
        """Show other remarks."""
        self.model.show(remarks[:LISTED])
        self.more.setVisible(len(remarks) > LISTED)
        self.more.setText(f"这里只列出前 {LISTED:,} 条，其余在左边的表中以斜线标出。")
        self.turn.setVisible(any(one.kind == "未读的行" for one in remarks))
        self.nothing.setVisible(not remarks)
        self.list.setVisible(bool(remarks))

    def current(self) -> Remark | None:
        """The line on which one stands."""
        row = self.list.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def _go(self, index: QModelIndex) -> None:
        one = self.model.lines[index.row()]
        if one.sheet:
            self.wanted.emit(one.sheet, one.row or 0, one.column or 0)


def told(one: Remark) -> str:
    """A line in one sentence."""
    return "　".join(part for part in (one.kind, one.where, one.text) if part)


class _Painter(LinePainter):
    """Kind and place, and below them what is said, in as many lines as it takes."""

    above = 4

    def __init__(self, pane: RemarkPane) -> None:
        super().__init__(pane)
        self._pane = pane

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        now, one = theme.current(), self._pane.model.lines[index.row()]
        font = QFontMetrics(theme.font("small"))
        room = self._pane.list.viewport().width() - now.px(12)
        text = font.boundingRect(0, 0, room, 9_999, BROKEN, _text(one)).height()
        high = min(text, LINES * font.lineSpacing()) + font.lineSpacing()
        return QSize(now.px(160), high + now.px(2 * self.above + 2))

    def line(self, painter: QPainter, room: QRect, row: int) -> None:
        now, one = theme.current(), self._pane.model.lines[row]
        small = theme.font("small")
        high = QFontMetrics(small).lineSpacing()
        first = QRect(room.x(), room.y(), room.width(), high)
        ink = "explain" if one.kind == "未读的列" else "ink_soft"
        draw(painter, first, one.kind, ink, small)
        beside = first.adjusted(width(one.kind, small) + now.px(10), 0, 0, 0)
        draw(painter, beside, one.where, "ink_soft", small)
        painter.setPen(theme.color("ink"))
        below = room.adjusted(0, high + now.px(2), 0, 0)
        painter.drawText(below, BROKEN, _text(one))


def _text(one: Remark) -> str:
    return " ".join(one.text.split())
