"""A light by itself, and the row that leads somewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui import icons, theme
from desktop.ui.lights import WORDS, paint_light
from desktop.ui.parts.words import draw, ring, tell_whole, width
from desktop.ui.theme import TONES


class LightMark(QWidget):
    """A light of the size of a letter: green, yellow, red or none."""

    def __init__(self, light: str = "none") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_light(light)

    def light(self) -> str:
        """The light that is on."""
        return self._light

    def set_light(self, light: str) -> None:
        """Put another light on."""
        self.setAccessibleName(WORDS[light])
        self._light = light
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().mark
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_light(QPainter(self), self.rect(), self._light)


class LinkRow(QAbstractButton):
    """A row that leads somewhere: a mark, a sentence, a word on the right.

    ``mark`` is a light (green, yellow, red, none), an icon's name or empty; ``right_tone`` a tone
    of the theme. The sentence gives way before the word does. ``clicked`` says that someone wants
    to go there, by mouse, Enter or Space; the up and down keys move among rows.
    """

    def __init__(self, mark: str, text: str, right: str = "", right_tone: str = "faint") -> None:
        super().__init__()
        if mark and mark not in WORDS:
            icons.icon(mark)  # an unknown name is told here, not while painting
        self._mark = mark
        self._right = right
        self._tone = right_tone
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        light = WORDS.get(mark, "")
        self.setAccessibleName("，".join(part for part in (light, text, right) if part))

    def sizeHint(self) -> QSize:
        now = theme.current()
        sides = width(self._right, theme.font()) + now.mark + now.px(38)
        return QSize(width(self.text(), theme.font()) + sides, now.row)

    def minimumSizeHint(self) -> QSize:
        now = theme.current()
        return QSize(width(self._right, theme.font()) + now.px(96), now.row)

    def _mark_room(self) -> QRect:
        now = theme.current()
        return QRect(now.px(8), 0, now.mark if self._mark else 0, self.height())

    def _right_room(self) -> QRect:
        side = width(self._right, theme.font())
        return QRect(self.width() - theme.current().px(8) - side, 0, side, self.height())

    def _text_room(self) -> QRect:
        now = theme.current()
        left = self._mark_room().right() + 1 + (now.px(10) if self._mark else 0)
        end = self._right_room().left() - (now.gap if self._right else 0)
        return QRect(left, 0, max(0, end - left), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected" if self.isDown() else "hover"))
            painter.drawRoundedRect(self.rect(), now.px(4), now.px(4))
        if self._mark in WORDS:
            paint_light(painter, self._mark_room(), self._mark)
        elif self._mark:
            icons.paint(painter, self._mark_room(), self._mark, "ink_soft")
        ink = "ink" if self.isEnabled() else "ink_faint"
        draw(painter, self._text_room(), self.text(), ink, theme.font())
        draw(painter, self._right_room(), self._right, TONES[self._tone][0], theme.font())
        if self.hasFocus():
            ring(painter, self.rect(), now.px(4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def untold(self) -> str:
        """The whole sentence if it is longer than the room, else nothing."""
        cut = width(self.text(), theme.font()) > self._text_room().width()
        return self.text() if cut else ""

    def event(self, event: QEvent) -> bool:
        return tell_whole(self, event, self.untold) or super().event(event)
