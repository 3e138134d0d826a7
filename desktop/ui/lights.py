"""The lights, each with a shape of its own: green ●, yellow ▲, red ■, none ○."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from desktop.ui import theme

WORDS = {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "none": "无灯"}
SIGNS = {"green": "●", "yellow": "▲", "red": "■", "none": "○"}
ROLES = {light: f"light_{light}" for light in WORDS}
"""What each light is called, how it is written in plain text, in which colour it is drawn."""


def paint_light(painter: QPainter, rect: QRect | QRectF, light: str, role: str = "") -> None:
    """Draw a light in the middle of ``rect``, of the size of a letter, at most as large as it.

    ``light`` is green, yellow, red or none; ``role`` another colour than the light's own, for a
    light on a coloured ground. Raises :class:`KeyError` for another light.
    """
    colour = theme.color(role or ROLES[light])
    box = QRectF(rect)
    side = min(box.width(), box.height(), float(theme.current().mark))
    middle = box.center()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if light == "green":
        painter.drawEllipse(middle, side * 0.40, side * 0.40)
    elif light == "yellow":
        painter.drawPolygon(_triangle(middle, side))
    elif light == "red":
        half = side * 0.36
        painter.drawRect(QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half))
    else:
        width = max(1.0, side * 0.1)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, width))
        painter.drawEllipse(middle, side * 0.40 - width / 2, side * 0.40 - width / 2)
    painter.restore()


def _triangle(middle: QPointF, side: float) -> QPolygonF:
    x, y = middle.x(), middle.y()
    return QPolygonF(
        [
            QPointF(x, y - side * 0.42),
            QPointF(x + side * 0.46, y + side * 0.38),
            QPointF(x - side * 0.46, y + side * 0.38),
        ]
    )
