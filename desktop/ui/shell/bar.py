"""A strip of the window above or below the pages: a ground, and a line towards the page."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui import theme


class Bar(QWidget):
    """As high as ``height`` at standard size (None: as its contents want), ``edge`` its line."""

    def __init__(self, height: int | None, edge: str = "bottom", ground: str = "card") -> None:
        super().__init__()
        self._height, self._edge, self._ground = height, edge, ground
        theme.notifier.changed.connect(self._measure)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color(self._ground))
        painter.setPen(theme.color("line"))
        y = self.height() - 1 if self._edge == "bottom" else 0
        painter.drawLine(0, y, self.width(), y)

    def _measure(self) -> None:
        if self._height is not None:
            self.setFixedHeight(theme.current().px(self._height))
        self.update()
