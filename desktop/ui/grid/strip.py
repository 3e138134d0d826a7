"""A line at the grid: above it why the week is closed, floating over it what a paste left out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import icons, theme
from desktop.ui.grid.surface import Surface
from desktop.ui.parts import IconButton, Passage
from desktop.ui.parts.words import tip
from desktop.ui.theme import TONES, Tone


class Strip(QWidget):
    """Not seen without a sentence; ``closable`` gives it a cross."""

    closed = Signal()
    _edged = False

    def __init__(self, icon: str, tone: Tone, *, closable: bool = False) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.words = Passage(role=TONES[tone][0])
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.words, 1)
        if closable:
            cross = IconButton("x", "知道了")
            cross.clicked.connect(lambda: self.say(""))
            cross.clicked.connect(self.closed)
            self._row.addWidget(cross, 0, Qt.AlignmentFlag.AlignTop)
        self._measure()
        self.hide()

    def say(self, sentence: str) -> None:
        """Show a sentence, or hide."""
        self.words.setText(sentence)
        self.words.setToolTip(tip(sentence))
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))

    def said(self) -> str:
        """What stands there, "" when it is not seen."""
        return "" if self.isHidden() else self.words.text()

    def _measure(self) -> None:
        now = theme.current()
        self._row.setContentsMargins(
            now.gap + now.mark + now.px(8), now.px(4), now.px(6), now.px(4)
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        ink, ground = TONES[self._tone]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color(ink), 1) if self._edged else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(ground))
        inner = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(inner, now.px(6), now.px(6))
        mark = QRect(now.gap, 0, now.mark, min(self.height(), now.px(34)))
        icons.paint(painter, mark, self._icon, ink)


class Note(Strip):
    """A strip that floats at the bottom of ``view``: rows never move under the hand for it."""

    _edged = True

    def __init__(self, view: Surface, parent: QWidget) -> None:
        super().__init__("info", "explain", closable=True)
        self.setParent(parent)
        self._view, self._over = view, parent
        view.shifted.connect(self._place)

    def say(self, sentence: str) -> None:
        super().say(sentence)
        self._place()

    def _place(self) -> None:
        if self.isHidden():
            return
        viewport, gap = self._view.viewport(), theme.current().px(6)
        width = viewport.width() - 2 * gap
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        measures = self._view.measures
        bottom = viewport.height() - gap  # below 合计 where there is room, else over the last rows
        if bottom - height < measures.body_bottom + measures.row_height:
            bottom = measures.body_bottom - gap
        corner = viewport.mapTo(self._over, QPoint(gap, bottom - height))
        self.setGeometry(corner.x(), corner.y(), width, height)
        self.raise_()
