"""A sentence under a cell: why what was typed is not taken, why nothing can be typed there."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygon
from PySide6.QtWidgets import QWidget

from desktop.ui import theme

WIDEST = 420  # px at scale 1


class Bubble(QWidget):
    """Shown beside a cell, over the grid; lets the mouse through.

    ``refusal`` bubbles are red and carry the mark of what blocks, others are plain.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._sentence = ""
        self._refusal = False
        self._tip = 0
        self._above = False
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says; empty when it is not shown."""
        return "" if self.isHidden() else self._sentence

    @property
    def refusal(self) -> bool:
        """Whether it tells why something typed was refused."""
        return not self.isHidden() and self._refusal

    def say(self, sentence: str, *, refusal: bool) -> None:
        """Take a sentence; :meth:`point_at` places it."""
        self._sentence, self._refusal = sentence, refusal
        self.setAccessibleName(sentence)

    def point_at(self, cell: QRect, area: QRect, *, above: bool = False) -> None:
        """Show under ``cell`` (``above`` it if asked and possible, or where there is no room
        below), within ``area``."""
        now = theme.current()
        text = self._text_size(min(now.px(WIDEST), area.width() - now.px(32)))
        width = text.width() + 2 * now.px(12)
        height = text.height() + 2 * now.px(8) + self._point
        fits_above = cell.top() - height >= area.top()
        self._above = fits_above and (above or cell.bottom() + height > area.bottom())
        top = cell.top() - height if self._above else cell.bottom() + 1
        left = max(area.left(), min(cell.left(), area.right() - width + 1))
        middle = max(cell.left(), area.left()) + min(cell.width(), now.px(48)) // 2
        self._tip = min(max(middle - left, 2 * self._point), width - 2 * self._point)
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()
        self.update()

    @property
    def _point(self) -> int:
        return theme.current().px(7)

    def _text_size(self, width: int) -> QRect:
        metrics = self.fontMetrics()
        return metrics.boundingRect(QRect(0, 0, width, 10_000), self._flags, self._sentence)

    _flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft

    def paintEvent(self, event: QPaintEvent) -> None:
        now, point = theme.current(), self._point
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0 if self._above else point
        box = QRect(0, top, self.width() - 1, self.height() - point - 1)
        ground = theme.color("must_soft" if self._refusal else "card")
        edge = theme.color("must" if self._refusal else "edge")
        painter.setBrush(ground)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(box, now.px(5), now.px(5))
        base, tip = (box.bottom(), self.height() - 1) if self._above else (box.top(), 0)
        corner = QPolygon(
            [
                QPoint(self._tip - point, base),
                QPoint(self._tip, tip),
                QPoint(self._tip + point, base),
            ]
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(corner)
        painter.fillRect(self._tip - point + 1, base, 2 * point - 1, 1, ground)
        painter.setPen(QPen(edge, 1))
        painter.drawPolyline(corner)
        painter.setPen(theme.color("must" if self._refusal else "ink"))
        inner = box.adjusted(now.px(12), now.px(8), -now.px(12) + 2, 0)
        painter.drawText(inner, self._flags, self._sentence)
        painter.end()
