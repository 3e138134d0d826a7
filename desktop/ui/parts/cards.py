"""Cards, the line between things in one, and a word when there is nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.parts.buttons import Button
from desktop.ui.parts.words import Passage, Words


class Card(QFrame):
    """A white card: ``head`` holds the title and actions right of it, ``body`` what it is about."""

    def __init__(self, title: str | None = None) -> None:
        super().__init__()
        self.setProperty("part", "card")
        self._whole = QVBoxLayout(self)
        self.head = QHBoxLayout()
        self.body = QVBoxLayout()
        self._whole.addLayout(self.head)
        self._whole.addLayout(self.body, 1)
        self._whole.addStretch()  # where the body does not grow, the room is left below it
        self.title = Words("", "big", bold=True)
        self.head.addWidget(self.title, 1)
        self.set_title(title)
        self._measure()

    def set_title(self, title: str | None) -> None:
        """Another title, or none."""
        self.title.set_text(title or "")
        self.title.setVisible(bool(title))
        self.setAccessibleName(title or "")

    def _measure(self) -> None:
        now = theme.current()
        self._whole.setContentsMargins(now.pad, now.px(14), now.pad, now.px(14))
        self._whole.setSpacing(now.px(10))
        self.head.setSpacing(now.px(8))
        self.body.setSpacing(now.px(4))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()


class Separator(QWidget):
    """A thin line between things."""

    def __init__(self, *, vertical: bool = False) -> None:
        super().__init__()
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("line"))


class Empty(QWidget):
    """What is shown where nothing is yet: what, why, and the button that changes it."""

    clicked = Signal()

    def __init__(self, text: str, advice: str = "", button: str = "") -> None:
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        self.text = Passage("", "big", "ink_soft")
        self.advice = Passage("", "body", "ink_soft")
        for words in (self.text, self.advice):
            words.setAlignment(middle)
            whole.addWidget(words)
        self.set_text(text, advice)
        self.button: Button | None = None
        if button:
            self.button = Button(button, primary=True)
            self.button.clicked.connect(self.clicked)
            whole.addSpacing(theme.current().px(8))
            whole.addWidget(self.button, 0, middle)
        whole.addStretch(3)

    def set_button(self, words: str) -> None:
        """Call the button otherwise; nothing where there is none."""
        if self.button is not None:
            self.button.setText(words)

    def set_text(self, text: str, advice: str = "") -> None:
        """Say something else."""
        for words, said in ((self.text, text), (self.advice, advice)):
            words.setText(said)
            words.setVisible(bool(said))
