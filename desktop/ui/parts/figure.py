"""A big figure with its unit: what one sees of a card from across the room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui import theme
from desktop.ui.parts.words import draw, fitting, tell_whole, width
from desktop.ui.theme import TONES, Size


class Figure(QAbstractButton):
    """A big figure with its unit under a caption, a few words below it.

    ``tone`` colours the figure, ``note_tone`` the words below. A figure that does not fit is
    written smaller. After ``set_clickable`` it is a button that leads to what it counts.
    """

    def __init__(
        self,
        value: str = "",
        unit: str = "",
        caption: str = "",
        tone: str = "plain",
        note: str = "",
        note_tone: str = "faint",
    ) -> None:
        super().__init__()
        self._caption = caption
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._clickable = False
        self.set_figure(value, unit, tone, note, note_tone)

    def set_figure(
        self,
        value: str,
        unit: str = "",
        tone: str = "plain",
        note: str = "",
        note_tone: str = "faint",
    ) -> None:
        """Show another figure under the same caption."""
        self._value, self._unit, self._tone = value, unit, tone
        self._note, self._note_tone = note, note_tone
        name = f"{self._caption} {value}{unit}".strip()
        self.setAccessibleName(f"{name}，{note}" if note else name)
        self.updateGeometry()
        self.update()

    def set_clickable(self, clickable: bool) -> None:
        """Let it lead somewhere, by mouse or keyboard, or only be looked at."""
        self._clickable = clickable
        shape = Qt.CursorShape.PointingHandCursor if clickable else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        focus = Qt.FocusPolicy.StrongFocus if clickable else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)

    def hitButton(self, _where: QPoint) -> bool:
        return self._clickable

    def _heights(self) -> tuple[int, int, int]:
        """Of the lines for caption, figure and note."""
        small = QFontMetrics(theme.font()).height()
        big = QFontMetrics(theme.font("figure", bold=True)).ascent() + theme.current().px(8)
        return (small if self._caption else 0), big, (small if self._note else 0)

    def _types(self, room: int) -> tuple[QFont, QFont]:
        """Of the figure and its unit: the largest in which both fit."""
        sizes: tuple[Size, ...] = ("figure", "title", "big")
        unit = theme.font("big", bold=True)
        for size in sizes:
            value = theme.font(size, bold=True)
            if width(self._value, value) + self._unit_room(unit) <= room:
                break
        return value, unit

    def _unit_room(self, unit: QFont) -> int:
        return width(self._unit, unit) + theme.current().px(4) if self._unit else 0

    def sizeHint(self) -> QSize:
        value, unit = theme.font("figure", bold=True), theme.font("big", bold=True)
        line = width(self._value, value) + self._unit_room(unit)
        around = max(width(text, theme.font()) for text in (self._caption, self._note))
        return QSize(max(line, around) + 2, sum(self._heights()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(72), sum(self._heights()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        above, middle, below = self._heights()
        painter = QPainter(self)
        room = self.rect()
        draw(painter, QRect(0, 0, room.width(), above), self._caption, "ink_soft", theme.font())
        value, unit = self._types(room.width())
        ink = TONES[self._tone][0]
        base = above + middle - theme.current().px(8)
        shown = fitting(self._value, value, room.width() - self._unit_room(unit))
        end = width(shown, value)
        painter.setPen(theme.color(ink))
        painter.setFont(value)
        painter.drawText(0, base, shown)
        painter.setFont(unit)
        painter.drawText(end + theme.current().px(4), base, self._unit)
        if self._clickable and (self.hasFocus() or self.underMouse()):
            high = theme.current().px(3 if self.hasFocus() else 1)
            line = QRect(0, base + theme.current().px(4), end + self._unit_room(unit), high)
            painter.fillRect(line, theme.color("accent"))
        note = QRect(0, above + middle, room.width(), below)
        draw(painter, note, self._note, TONES[self._note_tone][0], theme.font())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._clickable:
            self.click()
        else:
            super().keyPressEvent(event)

    def untold(self) -> str:
        """All lines if one of them is longer than the room, else nothing."""
        lines = (self._caption, f"{self._value}{self._unit}", self._note)
        cut = self.sizeHint().width() > self.width()
        return "\n".join(line for line in lines if line) if cut else ""

    def event(self, event: QEvent) -> bool:
        return tell_whole(self, event, self.untold) or super().event(event)
