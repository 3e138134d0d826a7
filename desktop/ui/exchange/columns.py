"""The page's two columns: what comes in, and beside it the cards of what goes out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui import theme

#: Width of the cards on the right, at standard size.
ASIDE = 340


class Aside(QScrollArea):
    """Cards one under another, of one width; they scroll where there are too many."""

    def __init__(self, cards: Sequence[QWidget]) -> None:
        super().__init__()
        column = QWidget()
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.current().gap)
        for card in cards:
            layout.addWidget(card)
        layout.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(column)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the person's size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        self.setFixedWidth(theme.current().px(ASIDE))


def arrange(page: QWidget, parts: Sequence[QWidget], cards: Sequence[QWidget]) -> None:
    """Lay ``parts`` one under another on the left, the last takes the room; ``cards`` beside."""
    now = theme.current()
    left, whole = QVBoxLayout(), QHBoxLayout(page)
    left.setSpacing(now.gap)
    for part in parts:
        left.addWidget(part, 1 if part is parts[-1] else 0)
    whole.setContentsMargins(now.pad, now.pad, now.pad, now.gap)
    whole.setSpacing(now.gap)
    whole.addLayout(left, 1)
    whole.addWidget(Aside(cards))
