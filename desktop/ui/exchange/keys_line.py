"""Codes that people read to each other: a line that groups them while typing, and large boxes."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from desktop.ui import theme
from desktop.ui.theme import Size

#: Signs in a group, as people read them.
GROUP = 4


def grouped(text: str, most: int, *, digits: bool = False) -> str:
    """What was typed or pasted, in groups of four, at most ``most`` signs; only digits if asked."""
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = [sign for sign in plain if sign.isascii() and sign.isalnum()]
    if digits:
        kept = [sign for sign in kept if sign.isdigit()]
    whole = "".join(kept[:most])
    return " ".join(whole[at : at + GROUP] for at in range(0, len(whole), GROUP))


class CodeLine(QLineEdit):
    """A line for ``most`` signs; blanks come by themselves, pasted hyphens go."""

    def __init__(self, most: int, *, digits: bool = False) -> None:
        super().__init__()
        self.most, self._digits = most, digits
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self._group)
        self._measure()
        theme.notifier.changed.connect(self._measure)

    def expect(self, most: int, *, digits: bool) -> None:
        """Another kind of code is asked for."""
        if (most, digits) != (self.most, self._digits):
            self.most, self._digits = most, digits
            self.clear()
        self._measure()

    @property
    def code(self) -> str:
        """The signs without blanks."""
        return self.text().replace(" ", "")

    @property
    def complete(self) -> bool:
        """Whether all signs are there."""
        return len(self.code) == self.most

    def _group(self, text: str) -> None:
        before = text[: self.cursorPosition()]
        shown = grouped(text, self.most, digits=self._digits)
        place = len(grouped(before, self.most, digits=self._digits))
        if shown != text:
            self.setText(shown)
        # Behind a full group one is in the next one already, but for the last.
        at = place + 1 if shown[place : place + 1] == " " and before[-1:] != " " else place
        self.setCursorPosition(at)

    def _measure(self) -> None:
        now = theme.current()
        self.setFont(theme.font("big"))
        groups = -(-self.most // GROUP)
        sample = "0" if self._digits else "M"
        wide = QFontMetrics(self.font()).horizontalAdvance(sample * self.most + " " * groups)
        self.setFixedWidth(wide + now.px(34))


class CodeBoxes(QWidget):
    """A code in large groups, each in its box, so that it can be read aloud and copied by hand.

    ``row`` groups stand in a line.
    """

    def __init__(self, code: str = "", *, row: int = 3, size: Size = "figure") -> None:
        super().__init__()
        self._row, self._size = row, size
        self.groups: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_code(code)

    def show_code(self, code: str) -> None:
        """Show another code, grouped by hyphens or not."""
        plain = code.replace("-", "").replace(" ", "")
        self.groups = tuple(plain[at : at + GROUP] for at in range(0, len(plain), GROUP))
        self.setAccessibleName(" ".join(self.groups))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        box, gap = self._box(), theme.current().px(8)
        columns = min(len(self.groups), self._row)
        lines = -(-len(self.groups) // self._row)
        return QSize(
            max(columns * (box.width() + gap) - gap, 0), max(lines * (box.height() + gap) - gap, 0)
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._type())
        box, gap = self._box(), now.px(8)
        for at, group in enumerate(self.groups):
            line, column = divmod(at, self._row)
            x, y = column * (box.width() + gap), line * (box.height() + gap)
            place = QRect(x, y, box.width(), box.height())
            painter.setPen(theme.color("edge"))
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), now.px(6), now.px(6))
            painter.setPen(theme.color("ink"))
            cell = (place.width() - now.px(20)) / GROUP
            for number, sign in enumerate(group):
                left = round(place.x() + now.px(10) + number * cell)
                spot = QRect(left, place.y(), round(cell), place.height())
                painter.drawText(spot, int(Qt.AlignmentFlag.AlignCenter), sign)

    def _type(self) -> QFont:
        return theme.font(self._size, bold=True)

    def _box(self) -> QSize:
        now, metrics = theme.current(), QFontMetrics(theme.font(self._size, bold=True))
        wide = max(metrics.horizontalAdvance("M"), metrics.horizontalAdvance("W"))
        return QSize(wide * GROUP + now.px(20), metrics.height() + now.px(10))
