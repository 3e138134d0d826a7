"""Text in the theme's type: a line that is cut with … and told whole, a passage that goes on."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from math import ceil

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip, QWidget

from desktop.ui import theme
from desktop.ui.theme import Size


def draw(
    painter: QPainter,
    rect: QRect,
    text: str,
    role: str,
    font: QFont,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Write one line in a colour role, cut with … where there is no room."""
    painter.setFont(font)
    painter.setPen(theme.color(role))
    shown = fitting(text, font, rect.width())
    painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), shown)


def ring(painter: QPainter, rect: QRect, corner: float, role: str = "accent") -> None:
    """The frame around what the keyboard is on."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color(role), 2))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), corner, corner)
    painter.restore()


def width(text: str, font: QFont) -> int:
    """The room that one line needs, in whole pixels."""
    return ceil(QFontMetricsF(font).horizontalAdvance(text))


def fitting(text: str, font: QFont, room: int) -> str:
    """The text, cut with … if it needs more than ``room`` pixels."""
    if width(text, font) <= room:
        return text
    return QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room)


def tip(text: str) -> str:
    """``text`` as a tooltip shows it letter by letter.

    A tooltip takes what looks like a tag for one, and loads the images that it names.
    """
    if "<" not in text:
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")


def tell_whole(widget: QWidget, event: QEvent, untold: Callable[[], str]) -> bool:
    """Answer a tooltip event with what was cut, unless the widget has a tooltip of its own.

    ``untold`` gives the whole text, or nothing if all of it is seen.
    """
    if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
        return False
    text = "" if widget.toolTip() else untold()
    if not text:
        return False
    QToolTip.showText(event.globalPos(), tip(text), widget)
    return True


class Words(QWidget):
    """One line of text that gives way: shorter than its text it ends in … and has a tooltip.

    ``role`` is a colour role of the theme (``ink``, ``ink_soft``, ``must`` …). The type follows
    the theme. Its ``minimumSizeHint`` is small, so that a long name never widens a page.
    """

    def __init__(
        self,
        text: str = "",
        size: Size = "body",
        role: str = "ink",
        *,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        super().__init__()
        self._size: Size = size
        self._role = role
        self._bold = bold
        self._right = right
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def set_role(self, role: str) -> None:
        """Write in another colour of the theme."""
        if role != self._role:
            theme.color(role)
            self._role = role
            self.update()

    def untold(self) -> str:
        """The whole text if it is longer than the room, else nothing."""
        return self._text if width(self._text, self._type()) > self.width() else ""

    def _type(self) -> QFont:
        return theme.font(self._size, bold=self._bold)

    def sizeHint(self) -> QSize:
        return QSize(width(self._text, self._type()), QFontMetrics(self._type()).height())

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), whole.height() * 3), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        role = self._role if self.isEnabled() else "ink_faint"
        align = Qt.AlignmentFlag.AlignRight if self._right else Qt.AlignmentFlag.AlignLeft
        draw(painter, self.rect(), self._text, role, self._type(), align)

    def event(self, event: QEvent) -> bool:
        return tell_whole(self, event, self.untold) or super().event(event)


class Passage(QLabel):
    """Text of several lines that goes on in the next line; follows the theme.

    Plain text unless ``rich``: what a clerk typed may look like a tag.
    """

    def __init__(
        self, text: str = "", size: Size = "body", role: str = "ink", *, rich: bool = False
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("type", size)
        self.set_role(role)
        self.setText(text)

    def set_role(self, role: str) -> None:
        """Write in another colour of the theme."""
        if role != self.property("role"):
            theme.color(role)
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)
