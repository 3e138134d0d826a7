"""Chips: a word on a soft ground, a row of them that filters, a count beside a menu entry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.lights import ROLES, paint_light
from desktop.ui.parts.flow import Flow
from desktop.ui.parts.words import draw, ring, tell_whole, width
from desktop.ui.theme import TONES

ChipWords = tuple[str, str, int | None] | tuple[str, str, int | None, str]
"""A chip of a row: its key, what it says, how many there are if it counts, its light if any."""


class Chip(QWidget):
    """A short word on a soft ground, such as 省重点; ``tone`` as in the theme."""

    def __init__(self, text: str, tone: str = "plain") -> None:
        super().__init__()
        self._text = text
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The word."""
        return self._text

    def set_text(self, text: str, tone: str = "plain") -> None:
        """Show another word."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _type(self) -> QFont:
        return theme.font("small")

    def sizeHint(self) -> QSize:
        now = theme.current()
        return QSize(width(self._text, self._type()) + now.px(12), now.px(22))

    def minimumSizeHint(self) -> QSize:
        now = theme.current()
        return QSize(min(self.sizeHint().width(), now.px(48)), now.px(22))

    def _room(self) -> QRect:
        side = theme.current().px(6)
        return self.rect().adjusted(side, 0, -side, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ink, ground = TONES[self._tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground))
        corner = theme.current().px(4)
        painter.drawRoundedRect(self.rect(), corner, corner)
        draw(painter, self._room(), self._text, ink, self._type())

    def untold(self) -> str:
        """The whole word if it is longer than the room, else nothing."""
        return self._text if width(self._text, self._type()) > self._room().width() else ""

    def event(self, event: QEvent) -> bool:
        return tell_whole(self, event, self.untold) or super().event(event)


class _Choice(QAbstractButton):
    """One chip of a :class:`ChipRow`."""

    def __init__(self, key: str, text: str, count: int | None, mark: str) -> None:
        super().__init__()
        self.key = key
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.say(text, count, mark)

    def say(self, text: str, count: int | None, mark: str) -> None:
        """Show other words, another count or light."""
        self._mark = mark
        self.setText(text)
        self.setAccessibleName(text if count is None else f"{text} {count}")
        self.updateGeometry()
        self.update()  # Qt paints anew for other words only, and the count is none of them.

    def sizeHint(self) -> QSize:
        now = theme.current()
        mark = now.mark + now.px(2) if self._mark else 0
        words = width(self.accessibleName(), theme.font("small"))
        return QSize(words + mark + now.px(20), now.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        ink, ground = ("on_accent", "accent") if self.isChecked() else ("ink", "card")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isChecked() and self.underMouse():
            ground = "hover"
        painter.setBrush(theme.color(ground))
        painter.setPen(theme.color("accent" if self.isChecked() else "line"))
        corner = self.height() / 2 - 1
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), corner, corner)
        room = self.rect().adjusted(now.px(10), 0, -now.px(8), 0)
        if self._mark:
            square = QRect(room.x(), 0, now.mark, self.height())
            paint_light(painter, square, self._mark, ink if self.isChecked() else ROLES[self._mark])
            room.setLeft(room.left() + now.mark + now.px(2))
        draw(painter, room, self.accessibleName(), ink, theme.font("small"))
        if self.hasFocus():
            inner = self.rect().adjusted(2, 2, -2, -2)
            ring(painter, inner, corner - 2, "on_accent" if self.isChecked() else "accent")


class ChipRow(QWidget):
    """Chips of which one is chosen: a filter with counts. Arrows move, as among radio buttons."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = Flow(self)
        #: Never seen: it holds the place in the order of Tab for chips that come later.
        self._place = QWidget(self)
        self._place.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._place.hide()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(lambda button: self.chosen.emit(button.key))

    def set_chips(self, chips: Sequence[ChipWords]) -> None:
        """Show other chips; the one of the same key stays chosen, else the first is.

        Where only words and counts change, the keyboard stays on its chip.
        """
        buttons = [each for each in self._group.buttons() if isinstance(each, _Choice)]
        if [button.key for button in buttons] == [key for key, *_ in chips]:
            for button, (_, text, count, *mark) in zip(buttons, chips, strict=True):
                button.say(text, count, mark[0] if mark else "")
            return
        before, focused = self.current(), any(button.hasFocus() for button in buttons)
        for button in buttons:
            self._group.removeButton(button)
            button.hide()  # or the layout's queued show makes a window of it
            button.setParent(None)
            button.deleteLater()
        last = self._place
        for key, text, count, *mark in chips:
            button = _Choice(key, text, count, mark[0] if mark else "")
            self._group.addButton(button)
            self._flow.addWidget(button)
            QWidget.setTabOrder(last, button)
            last = button
        self.choose(before)
        chosen = self._group.checkedButton()
        if focused and chosen is not None:
            chosen.setFocus()

    def current(self) -> str:
        """The chosen chip's key; empty if there are no chips."""
        button = self._group.checkedButton()
        return button.key if isinstance(button, _Choice) else ""

    def choose(self, key: str) -> None:
        """Choose a chip without a word; the first one if there is none of this key."""
        buttons = [each for each in self._group.buttons() if isinstance(each, _Choice)]
        for button in buttons:
            if button.key == key:
                button.setChecked(True)
                return
        if buttons:
            buttons[0].setChecked(True)


class Badge(QWidget):
    """A count on a coloured ground; nothing at all when it is 0."""

    def __init__(self, count: int = 0) -> None:
        super().__init__()
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def count(self) -> int:
        """What is counted."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show another count."""
        self._count = count
        self.setAccessibleName(str(count) if count else "")
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """What is written: more than 99 is 99+."""
        return str(self._count) if self._count <= 99 else "99+"

    def sizeHint(self) -> QSize:
        now = theme.current()
        if not self._count:
            return QSize(0, 0)
        words = width(self.words(), theme.font("small"))
        return QSize(max(now.px(18), words + now.px(10)), now.px(18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._count:
            paint_badge(QPainter(self), self.rect(), self.words())


def paint_badge(painter: QPainter, rect: QRect, words: str) -> None:
    """Draw a count on the badge's ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("badge"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    draw(painter, rect, words, "on_badge", theme.font("small"), Qt.AlignmentFlag.AlignHCenter)
    painter.restore()
