"""The steps of a week: big buttons with a number."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui import icons, theme
from desktop.ui.parts.words import draw, ring, tell_whole, width
from desktop.ui.theme import Size


class BigStep(QAbstractButton):
    """A big button with a number: one of the steps of the week in their order.

    ``state`` is ``next`` for the step to take now, ``done`` for one that was taken, else
    ``plain``. ``note`` is a few words below the text (还差 3 个项目).
    """

    def __init__(self, number: int, text: str, note: str = "", state: str = "plain") -> None:
        super().__init__()
        self._number = number
        self.setText(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_state(state, note)

    def state(self) -> str:
        """Where this step stands."""
        return self._state

    def set_state(self, state: str, note: str = "") -> None:
        """Say where this step stands, with a few words below it."""
        self._state, self._note = state, note
        done = "，已完成" if state == "done" else ""
        self.setAccessibleName(f"第{self._number}步 {self.text()}{done}")
        self.setAccessibleDescription(note)
        self.updateGeometry()
        self.update()

    def _line(self) -> tuple[str, QFont]:
        """Number and text in the largest type in which they fit."""
        bold = self._state == "next"
        room = self.width() - theme.current().px(16) - self._icon_room()
        sizes: tuple[tuple[Size, str], ...] = (("big", "　"), ("big", " "), ("body", " "))
        for size, gap in sizes:
            line = self.text() if self._state == "done" else f"{self._number}{gap}{self.text()}"
            face = theme.font(size, bold=bold)
            if width(line, face) <= room:
                break
        return line, face

    def _icon_room(self) -> int:
        now = theme.current()
        return now.mark + now.px(6) if self._state == "done" else 0

    def sizeHint(self) -> QSize:
        now = theme.current()
        line = f"{self._number}　{self.text()}"
        words = width(line, theme.font("big", bold=True)) + self._icon_room()
        below = width(self._note, theme.font("small"))
        return QSize(max(words, below) + now.px(28), now.px(64))

    def minimumSizeHint(self) -> QSize:
        now = theme.current()
        return QSize(now.px(88), now.px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        ink, soft, ground, edge = self._roles()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color(ground))
        painter.setPen(theme.color(edge))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), now.px(6), now.px(6))
        middle = Qt.AlignmentFlag.AlignHCenter
        room = self.rect().adjusted(now.px(8), 0, -now.px(8), 0)
        place = QRect(room)
        if self._note:
            place = room.adjusted(0, now.px(10), 0, -now.px(26))
            note = room.adjusted(0, now.px(34), 0, -now.px(8))
            draw(painter, note, self._note, soft, theme.font("small"), middle)
        line, face = self._line()
        if self._state == "done":
            words = min(width(line, face), place.width() - self._icon_room())
            left = place.center().x() - (words + self._icon_room()) // 2
            mark = QRect(left, place.y(), now.mark, place.height())
            icons.paint(painter, mark, "circle-check", "good")
            place.setLeft(left + self._icon_room())
            middle = Qt.AlignmentFlag.AlignLeft
        draw(painter, place, line, ink, face, middle)
        if self.hasFocus():
            inner = self.rect().adjusted(3, 3, -3, -3)
            ring(painter, inner, now.px(4), "on_accent" if self._state == "next" else "accent")

    def _roles(self) -> tuple[str, str, str, str]:
        """Ink, the note's ink, ground and edge."""
        over = self.underMouse() and self.isEnabled()
        if not self.isEnabled():
            return "ink_faint", "ink_faint", "ground", "line"
        if self._state == "next":
            ground = "accent_over" if over or self.isDown() else "accent"
            return "on_accent", "on_accent", ground, ground
        return "ink", "ink_soft", "hover" if over or self.isDown() else "card", "edge"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def untold(self) -> str:
        """Text and note if one of them is longer than the room, else nothing."""
        room = self.width() - theme.current().px(16)
        line, face = self._line()
        words = width(line, face) + self._icon_room()
        cut = max(words, width(self._note, theme.font("small"))) > room
        return "\n".join(part for part in (line, self._note) if part) if cut else ""

    def event(self, event: QEvent) -> bool:
        return tell_whole(self, event, self.untold) or super().event(event)
