"""How a cell of the matrix is drawn: the lights of a unit, or the mark and the word of a week."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.ui import theme
from desktop.ui.lights import SIGNS, paint_light
from desktop.ui.week.district import Cell, Line, State

Index = QModelIndex | QPersistentModelIndex
#: State → (mark, word, colour role); the diamond is no light: it waits for an answer.
LOOKS: dict[State, tuple[str, str, str]] = {
    "未上报": ("none", "未报", "ink_faint"),
    "已上报": ("diamond", "已报", "accent"),
    "已接收": ("green", "已收", "good"),
    "已退回": ("red", "退回", "must"),
    "上报后改动": ("yellow", "改动", "explain"),
}
LEGEND = (
    f"{SIGNS['none']} 未报　◆ 已报，待接收　{SIGNS['green']} 已接收　"
    f"{SIGNS['red']} 已退回　{SIGNS['yellow']} 上报后改动"
)
#: The roles under which the model gives a unit's line and a week's cell.
LINE, CELL = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class CellDrawing(QStyledItemDelegate):
    """Draws the lights of a unit, or the mark and the word of a week."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell in the theme's colours."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.row() % 2:
            painter.fillRect(rect, theme.color("read_only"))
        here = index == self._view.currentIndex() and self._view.hasFocus()
        if here:
            painter.fillRect(rect, theme.color("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        line, cell = index.data(LINE), index.data(CELL)
        if isinstance(cell, Cell):
            _paint_cell(painter, rect, cell)
        elif isinstance(line, Line):
            _paint_lights(painter, rect, line)
        if here:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(2, 2, -2, -2), 4, 4)
        painter.restore()


def _paint_cell(painter: QPainter, rect: QRect, cell: Cell) -> None:
    now = theme.current()
    mark, word, role = LOOKS[cell.state]
    font = theme.font("small", bold=cell.state in ("已上报", "已退回", "上报后改动"))
    words = QFontMetrics(font).horizontalAdvance(word)
    side, gap = round(now.mark * 0.85), now.px(3)
    left = rect.left() + (rect.width() - side - gap - words) // 2
    spot = QRect(left, rect.top(), side, rect.height())
    if mark == "diamond":
        _diamond(painter, QRectF(spot), side, role)
    else:
        paint_light(painter, spot, mark, role)
    painter.setFont(font)
    painter.setPen(theme.color("ink_soft" if mark == "green" else role))
    room = rect.adjusted(left + side + gap - rect.left(), 0, 0, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)


def _paint_lights(painter: QPainter, rect: QRect, line: Line) -> None:
    now = theme.current()
    part = (rect.width() - now.px(8)) // 3
    painter.setFont(theme.font("small"))
    for place, (light, count) in enumerate(
        zip(("green", "yellow", "red"), line.lights, strict=True)
    ):
        spot = QRect(rect.left() + now.px(8) + place * part, rect.top(), now.mark, rect.height())
        paint_light(painter, spot, light, "" if count else "line")
        painter.setPen(theme.color("ink" if count else "ink_faint"))
        room = QRect(spot.right() + now.px(3), rect.top(), part - now.mark, rect.height())
        painter.drawText(
            room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(count)
        )


def _diamond(painter: QPainter, rect: QRectF, side: int, role: str) -> None:
    middle, half = rect.center(), side * 0.46
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(role))
    points = [(0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0)]
    painter.drawPolygon(QPolygonF([middle + QPointF(x, y) for x, y in points]))
