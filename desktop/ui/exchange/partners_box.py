"""The box in which a unit is chosen by hand, and scrolling to what was just said."""

from __future__ import annotations

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QScrollArea, QWidget

from desktop.ui import theme


class UnitBox(QComboBox):
    """Which unit: chosen by hand only; the wheel that scrolls the page never changes it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


def reveal(*parts: QWidget) -> None:
    """Scroll whatever holds ``parts`` until they are seen; the last one surely."""
    for part in parts:
        above = part.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(part, 0, theme.current().pad)
            above = above.parentWidget()
