"""The view of a chart: paints a drawing in the theme's colours, and tells what one points at.

One point of the drawing is one pixel at size 1.0; with a larger type the drawing is made for less
room and painted larger.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.reports.charts.drawing import Drawing, Line, Mark, Path, Rect, Symbol, Text
from desktop.ui import theme
from desktop.ui.parts.words import tip

#: Made for the given width and height in points.
Make = Callable[[float, float], Drawing]
#: Between the hatching's lines, in points.
_HATCH = 5


class ChartView(QWidget):
    """Shows the drawing that ``make`` makes for its size; ``chosen`` tells a clicked mark's key."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make: Make | None = None
        self._drawing: Drawing | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.notifier.changed.connect(self._anew)

    def show_drawing(self, make: Make) -> None:
        """From now on show what ``make`` draws; it is called again when the size changes."""
        self._make = make
        self._anew()

    def drawing(self) -> Drawing | None:
        """What is shown now."""
        scale = theme.current().scale
        width, height = self.width() / scale, self.height() / scale
        if self._make is None or width < 1 or height < 1:
            return None
        drawn = self._drawing
        if drawn is None or (drawn.width, drawn.height) != (width, height):
            drawn = self._drawing = self._make(width, height)
            self.setAccessibleDescription(drawn.said)
        return drawn

    def at(self, spot: QPointF) -> Mark | None:
        """The foremost mark at a place of the widget that has a tip or a key."""
        drawn, scale = self.drawing(), theme.current().scale
        x, y = spot.x() / scale, spot.y() / scale
        for mark in reversed(drawn.marks if drawn else ()):
            if mark.tip or mark.key:
                box = mark.box
                if box.left <= x <= box.right and box.top <= y <= box.bottom:
                    return mark
        return None

    def sizeHint(self) -> QSize:
        scale = theme.current().scale
        return QSize(round(320 * scale), round(180 * scale))

    def minimumSizeHint(self) -> QSize:
        scale = theme.current().scale
        return QSize(round(120 * scale), round(72 * scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        drawn = self.drawing()
        if drawn is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = theme.current().scale
        painter.scale(scale, scale)
        for mark in drawn.marks:
            _paint(painter, mark)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.at(QPointF(event.pos()))
            if mark is not None and mark.tip:
                QToolTip.showText(event.globalPos(), tip(mark.tip), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self.at(event.position())
        hand = mark is not None and bool(mark.key)
        shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
        if self.cursor().shape() != shape:
            self.setCursor(shape)
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        mark = self.at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and mark is not None and mark.key:
            self.chosen.emit(mark.key)
        super().mouseReleaseEvent(event)

    def _anew(self) -> None:
        self._drawing = None
        self.drawing()
        self.update()


def _paint(painter: QPainter, mark: Mark) -> None:
    if not mark.role:
        return
    match mark:
        case Line():
            _paint_line(painter, mark)
        case Path():
            _paint_path(painter, mark)
        case Rect():
            _paint_rect(painter, mark)
        case Text():
            _paint_text(painter, mark)
        case Symbol():
            _paint_symbol(painter, mark)


def _colour(mark: Line | Path | Rect) -> QColor:
    """The role's colour, mixed into the card as far as the mark's tint says."""
    colour, ground = theme.color(mark.role), theme.color("card")
    share = mark.tint
    return QColor(
        *(
            round(share * one + (1 - share) * other)
            for one, other in zip(
                (colour.red(), colour.green(), colour.blue()),
                (ground.red(), ground.green(), ground.blue()),
                strict=True,
            )
        )
    )


def _pen(mark: Line | Path) -> QPen:
    pen = QPen(_colour(mark), mark.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if mark.dashed else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if mark.dashed:
        pen.setDashPattern([4.0, 3.0])
    return pen


def _paint_line(painter: QPainter, mark: Line) -> None:
    start, end = QPointF(mark.x1, mark.y1), QPointF(mark.x2, mark.y2)
    painter.setPen(_pen(mark))
    if mark.x1 == mark.x2 or mark.y1 == mark.y2:
        wide = _device(painter, mark.width)
        start, end = _crisp(painter, start, wide), _crisp(painter, end, wide)
    painter.drawLine(start, end)


def _device(painter: QPainter, length: float) -> int:
    """A length in the pixels of the screen."""
    ratio = painter.device().devicePixelRatio()
    return max(round(length * painter.transform().m11() * ratio), 1)


def _crisp(painter: QPainter, point: QPointF, wide: int) -> QPointF:
    """The place nearest to ``point`` at which a line of ``wide`` pixels fills whole pixels."""
    ratio = painter.device().devicePixelRatio()
    to_device = painter.transform() * QTransform.fromScale(ratio, ratio)
    half = 0.5 if wide % 2 else 0.0
    mapped = to_device.map(point)
    whole = QPointF(round(mapped.x() - half) + half, round(mapped.y() - half) + half)
    return to_device.inverted()[0].map(whole)


def _paint_path(painter: QPainter, mark: Path) -> None:
    points = QPolygonF([QPointF(x, y) for x, y in mark.points])
    if mark.filled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_colour(mark))
        painter.drawPolygon(points)
    else:
        painter.setPen(_pen(mark))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)


def _paint_rect(painter: QPainter, mark: Rect) -> None:
    if not mark.width or not mark.height:
        return
    top_left = _crisp(painter, QPointF(mark.x, mark.y), 2)
    bottom_right = _crisp(painter, QPointF(mark.x + mark.width, mark.y + mark.height), 2)
    rect = QRectF(top_left, bottom_right)
    if not rect.width() or not rect.height():  # thinner than a pixel, yet not nothing
        rect = QRectF(mark.x, mark.y, max(mark.width, 0.7), max(mark.height, 0.7))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_colour(mark))
    painter.drawRoundedRect(rect, mark.radius, mark.radius)
    if mark.hatched:
        painter.save()
        painter.setClipRect(rect)
        painter.setPen(QPen(theme.color(mark.role), 1.2))
        high = rect.height()
        x = rect.left() - high
        while x < rect.right():
            painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + high, rect.top()))
            x += _HATCH
        painter.restore()


def _paint_text(painter: QPainter, mark: Text) -> None:
    font = QFont(theme.font("body", bold=mark.bold))
    font.setPixelSize(max(round(mark.size), 1))
    painter.setFont(font)
    painter.setPen(theme.color(mark.role))
    wide = painter.fontMetrics().horizontalAdvance(mark.text)
    left = mark.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.anchor] * wide
    high = mark.size * 2
    aligned = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    rect = QRectF(left, mark.y - high / 2, wide + mark.size, high)
    painter.drawText(rect, aligned | Qt.TextFlag.TextSingleLine, mark.text)


def _paint_symbol(painter: QPainter, mark: Symbol) -> None:
    colour, half = theme.color(mark.role), mark.size / 2
    x, y = mark.x, mark.y
    hollow = mark.shape in ("ring", "hollow_diamond")
    painter.setPen(QPen(colour, max(mark.size / 7, 1.5)) if hollow else Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(theme.color("card")) if hollow else QBrush(colour))
    if hollow:
        half *= 0.85
    match mark.shape:
        case "disc" | "ring":
            painter.drawEllipse(QPointF(x, y), half, half)
        case "triangle":
            points = [(x, y - half), (x + half, y + half * 0.85), (x - half, y + half * 0.85)]
            painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
        case "square":
            side = half * 0.88
            painter.drawRect(QRectF(x - side, y - side, 2 * side, 2 * side))
        case "diamond" | "hollow_diamond":
            points = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
            painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
