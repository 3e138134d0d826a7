"""What a person does to a part, and what can be seen of it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolTip, QWidget

OFFSCREEN = "This plugin does not support"
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def placed(*parts: QWidget, width: int = 400) -> QWidget:
    """A window with the parts side by side, shown and in front, the mouse elsewhere."""
    QCursor.setPos(4_000, 4_000)
    window = QWidget()
    line = QHBoxLayout(window)
    line.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        line.addWidget(part)
    window.resize(QSize(width, 60))
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    return window


def told(part: QWidget) -> str:
    """The tooltip that resting the mouse on the part brings up; nothing if none comes."""
    middle = part.rect().center()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, middle, part.mapToGlobal(QPoint(middle)))
    QApplication.sendEvent(part, event)
    return QToolTip.text() if event.isAccepted() else ""


def picture(part: QWidget) -> QImage:
    """What the part looks like now."""
    QApplication.processEvents()
    return part.grab().toImage()


def points(image: QImage, colour: str) -> int:
    """How many points have exactly this colour."""
    wanted = QColor(colour).rgb()
    spots = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixel(x, y) == wanted for x, y in spots)
