"""The big choices of the first start: an icon, what it is, a few words on what will happen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui import icons, theme
from desktop.ui.parts.words import draw


class Choice(QAbstractButton):
    """One big choice; ``primary`` for the one that most people want."""

    def __init__(self, icon: str, text: str, note: str, *, primary: bool = False) -> None:
        super().__init__()
        self._icon, self._note, self._primary = icon, note, primary
        self.setText(text)
        self.setAccessibleName(text)
        self.setAccessibleDescription(note)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for icon, title and note."""
        now = theme.current()
        return QSize(now.px(340), now.px(88))

    def minimumSizeHint(self) -> QSize:
        """Two stand beside each other in the smallest window."""
        now = theme.current()
        return QSize(now.px(220), now.px(88))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; arrows go to the neighbours."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
            self.focusNextChild()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card with its icon on the left."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        over = self.underMouse() or self.isDown()
        if self._primary:
            ground, ink, soft = "accent_over" if over else "accent", "on_accent", "on_accent"
        else:
            ground, ink, soft = "hover" if over else "card", "ink", "ink_soft"
        painter.setBrush(theme.color(ground))
        painter.setPen(theme.color("accent" if self._primary else "edge"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), now.radius, now.radius)
        side = now.px(26)
        mark = QRect(now.pad, (self.height() - side) // 2, side, side)
        icons.paint(painter, mark, self._icon, ink if self._primary else "accent")
        left = mark.right() + now.px(16)
        wide = self.width() - left - now.pad
        half = self.height() // 2
        title = QRect(left, half - now.px(26), wide, now.px(26))
        note = QRect(left, half + now.px(2), wide, now.px(22))
        draw(painter, title, self.text(), ink, theme.font("big", bold=True))
        draw(painter, note, self._note, soft, theme.font("small"))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("on_accent" if self._primary else "accent"), 2))
            inner = self.rect().adjusted(4, 4, -4, -4)
            painter.drawRoundedRect(inner, now.px(5), now.px(5))
