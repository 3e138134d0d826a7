"""Where a popup of a field stands: under the field, above it where the screen ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

#: Pixels between a field and what it opens.
APART = 2


def show_below(popup: QWidget, field: QWidget) -> None:
    """Show ``popup`` at ``field``, all of it on the field's screen."""
    size = popup.sizeHint().expandedTo(popup.minimumSize())
    screen = field.screen().availableGeometry()
    place = field.mapToGlobal(QPoint(0, field.height() + APART))
    if place.y() + size.height() > screen.bottom():
        above = field.mapToGlobal(QPoint(0, -APART)).y() - size.height()
        place.setY(max(screen.top(), above))
    place.setX(max(screen.left(), min(place.x(), screen.right() - size.width())))
    popup.resize(size)
    popup.move(place)
    popup.show()
