"""Buttons: ordinary ones, and small ones with an icon only."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolButton

from desktop.ui import icons


class Button(QPushButton):
    """A button; ``primary`` for the one that is the next step, ``icon`` a name of the icon set.

    Enter presses it as Space does; it is never narrower than its text.
    """

    def __init__(self, text: str, primary: bool = False, icon: str = "") -> None:
        super().__init__(text)
        self._icon = icon
        self.setAutoDefault(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_primary(primary)

    def set_primary(self, primary: bool) -> None:
        """Make it the next step, or an ordinary one again."""
        self.setProperty("primary", primary)
        self._draw_icon()
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The one that Enter presses stands on the accent: its icon is as light as its text."""
        super().focusInEvent(event)
        self._draw_icon()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """On the plain ground again."""
        super().focusOutEvent(event)
        self._draw_icon()

    def _draw_icon(self) -> None:
        if self._icon:
            light = self.property("primary") or self.isDefault()
            self.setIcon(icons.icon(self._icon, "on_accent" if light else "ink"))


class IconButton(QToolButton):
    """A small button with an icon only; ``words`` say what it does, with its key if it has one."""

    def __init__(self, icon: str, words: str, role: str = "ink_soft") -> None:
        super().__init__()
        self._role = role
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_icon(icon, words)

    def set_icon(self, icon: str, words: str) -> None:
        """Let it do something else."""
        self.setIcon(icons.icon(icon, self._role))
        self.setToolTip(words)
        self.setAccessibleName(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
