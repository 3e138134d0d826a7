"""The figure cards: one figure of the week with a word on it, the whole card a link."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.ui import theme
from desktop.ui.lights import WORDS, paint_light
from desktop.ui.parts.words import tip
from desktop.ui.theme import Size


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text in one size and colour role."""

    text: str
    size: Size = "body"
    role: str = "ink_soft"
    bold: bool = False


#: So much smaller a note gets before it needs a second line.
LEAST = 0.75


class FigureCard(QAbstractButton):
    """A card with a caption, a large figure and a note; clicked, it leads to what it counts."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._figure: Sequence[Piece] = ()
        self._note: Sequence[Piece] = ()
        self._light = ""
        self.setText(caption)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(
        self, figure: Sequence[Piece], note: Sequence[Piece], light: str | None = None
    ) -> None:
        """Another figure, a note below it, a light before the note."""
        self._figure, self._note, self._light = tuple(figure), tuple(note), light or ""
        words = "".join(piece.text for piece in figure).strip()
        told = "".join(piece.text for piece in note).strip()
        lit = WORDS.get(self._light, "")
        self.setAccessibleName("，".join(p for p in (self.text(), words, lit, told) if p))
        self.setToolTip(tip(told))
        self.update()

    def words(self) -> str:
        """All that is written on it, for tests and for tips."""
        return self.accessibleName()

    def sizeHint(self) -> QSize:
        """Room for the three lines."""
        now = theme.current()
        return QSize(now.px(220), now.px(112))

    def minimumSizeHint(self) -> QSize:
        """Four of them stand beside each other in the smallest window."""
        now = theme.current()
        return QSize(now.px(140), now.px(112))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is a click too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card and what is on it."""
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("hover" if self.underMouse() else "card"))
        focused = self.hasFocus()
        painter.setPen(QPen(theme.color("accent" if focused else "line"), 2 if focused else 1))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), now.radius, now.radius)
        left, wide = now.pad, self.width() - 2 * now.pad
        top = now.px(15)
        high = now.px(20)
        _write(painter, QRect(left, top, wide, high), [Piece(self.text())])
        middle = now.px(42)
        _write(painter, QRect(left, top + high, wide, middle), self._figure)
        bottom = QRect(left, top + high + middle + now.px(1), wide, high)
        two = self._in_two_lines(wide - (now.mark + now.px(4) if self._light else 0))
        if two:
            bottom.translate(0, -now.px(6))
        if self._light:
            mark = QRect(bottom.left(), bottom.top(), now.mark, bottom.height())
            paint_light(painter, mark, self._light)
            bottom.setLeft(bottom.left() + now.mark + now.px(4))
        if two:
            (note,) = self._note
            painter.setFont(theme.font("small", bold=note.bold))
            painter.setPen(theme.color(note.role))
            bottom.setHeight(now.px(34))
            painter.drawText(bottom, int(Qt.TextFlag.TextWordWrap), note.text)
        else:
            _write(painter, bottom, self._note, LEAST)

    def _in_two_lines(self, wide: int) -> bool:
        """Whether the note, in large type, is smaller and in two lines rather than cut."""
        if len(self._note) != 1:
            return False
        (note,) = self._note
        return _wide(note, theme.font(note.size, bold=note.bold)) * LEAST > wide


def _write(painter: QPainter, rect: QRect, pieces: Sequence[Piece], least: float = 0.5) -> None:
    """Pieces on one base line, smaller where there is little room: a figure is never cut."""
    fonts = [theme.font(piece.size, bold=piece.bold) for piece in pieces]
    if not fonts:
        return
    wanted = sum(_wide(piece, font) for piece, font in zip(pieces, fonts, strict=True))
    if wanted > rect.width():
        share = max(rect.width() / wanted, least)
        for font in fonts:
            font.setPixelSize(max(int(font.pixelSize() * share), 8))
    tallest = max((QFontMetrics(font) for font in fonts), key=lambda one: one.height())
    base = rect.top() + (rect.height() + tallest.ascent() - tallest.descent()) // 2
    left = rect.left()
    for piece, font in zip(pieces, fonts, strict=True):
        room = rect.right() + 1 - left
        painter.setFont(font)
        painter.setPen(theme.color(piece.role))
        mode = Qt.TextElideMode.ElideRight
        painter.drawText(left, base, QFontMetrics(font).elidedText(piece.text, mode, room))
        left += _wide(piece, font)


def _wide(piece: Piece, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(piece.text)
