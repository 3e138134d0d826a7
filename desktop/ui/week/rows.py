"""A list of lines that lead somewhere: one stop of the Tab key, arrows move, Enter goes there.

Only what is seen is drawn, so a thousand lines cost no more than ten. A long sentence takes two
lines; the whole of it is in its tip.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from desktop.ui import theme
from desktop.ui.lights import WORDS, paint_light
from desktop.ui.measures import Theme
from desktop.ui.parts.words import tip
from desktop.ui.week.look import Row

Index = QModelIndex | QPersistentModelIndex
#: A sentence takes so many lines at most.
LINES = 2
_ROW = Qt.ItemDataRole.UserRole


class Rows(QAbstractListModel):
    """The lines as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A line's text, tip and whole."""
        if not index.isValid() or not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(part for part in (WORDS.get(row.mark), row.text, row.right) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.tip or row.text)
        return row if role == _ROW else None


class RowList(QListView):
    """Shows :class:`Row` lines; ``chosen`` gives the one that was clicked or entered.

    ``seen``: so many lines are seen whole at least, where there are as many.
    """

    chosen = Signal(object)

    def __init__(self, name: str, seen: int = 2) -> None:
        super().__init__()
        self._seen = seen
        self._rows = Rows()
        self.setModel(self._rows)
        self.setItemDelegate(_Drawing(self))
        self.setAccessibleName(name)
        self.setStyleSheet("QListView { border: none; background: transparent; }")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._go)
        theme.notifier.changed.connect(self.scheduleDelayedItemsLayout)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other lines; the place that one was on is kept."""
        at = self.currentIndex().row()
        here = self._rows.rows[at] if 0 <= at < len(self._rows.rows) else None
        self._rows.show_rows(rows)
        self.updateGeometry()
        if here is not None and rows:
            same = [place for place, row in enumerate(rows) if row.aim == here.aim]
            self._choose(same[0] if same else min(at, len(rows) - 1))

    def rows(self) -> Sequence[Row]:
        """What is shown."""
        return self._rows.rows

    def sizeHint(self) -> QSize:
        """As high as all its lines."""
        return QSize(theme.current().px(240), self._high(12))

    def minimumSizeHint(self) -> QSize:
        """Room for the first lines, broken as they are at this width."""
        return QSize(theme.current().row * 4, self._high(self._seen))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes where the line leads; arrows move."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._go(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the first line."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self._choose(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks sentences elsewhere."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _high(self, most: int) -> int:
        """How high the first ``most`` lines are together, beside a scroll bar.

        Measured without one they might just fit, and with it they no longer would: it stayed.
        """
        bar, now = self.verticalScrollBar().sizeHint().width(), theme.current()
        wide = self.width() - 2 * self.frameWidth() - bar
        return sum(_height(row, wide, now) for row in self._rows.rows[:most]) + 2

    def _choose(self, place: int) -> None:
        self.setCurrentIndex(self._rows.index(place))

    def _go(self, index: Index) -> None:
        row = index.data(_ROW) if index.isValid() else None
        if isinstance(row, Row):
            self.chosen.emit(row)


class _Drawing(QStyledItemDelegate):
    """Draws one line: mark, sentence, a word on the right."""

    def __init__(self, view: RowList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line high, or two."""
        wide = self._view.viewport().width()
        return QSize(wide, _height(self._view.rows()[index.row()], wide, theme.current()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The line in the theme's colours."""
        row, now = index.data(_ROW), theme.current()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        if state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            painter.setBrush(theme.color("selected"))
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 4, 4)
        font = theme.font()
        leading = QFontMetrics(font).height()
        first = QRect(rect.left(), rect.top(), rect.width(), now.row)
        mark = QRect(first.left() + now.px(8), first.top(), now.mark, first.height())
        paint_light(painter, mark, row.mark, "ink_faint" if row.faint else "")
        room = _room(rect, row)
        painter.setFont(font)
        painter.setPen(theme.color("ink_faint" if row.faint else "ink"))
        top = first.top() + (first.height() - leading) // 2
        for number, line in enumerate(_broken(row.text, font, room.width())):
            spot = QRect(room.left(), top + number * leading, room.width(), leading)
            painter.drawText(spot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
        if row.right:
            painter.setPen(theme.color(theme.TONES[row.tone][0]))
            side = first.adjusted(0, 0, -now.px(8), 0)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(side, align, row.right)
        painter.restore()


def _room(rect: QRect, row: Row) -> QRect:
    """Where the sentence stands in the rectangle of its line."""
    now = theme.current()
    left = now.px(8) + now.mark + now.px(10)
    return QRect(
        rect.left() + left,
        rect.top(),
        rect.width() - _beside(now, _metrics(now), row.right),
        rect.height(),
    )


def _height(row: Row, wide: int, now: Theme) -> int:
    """How high a line is that is ``wide`` pixels wide."""
    metrics = _metrics(now)
    room = wide - _beside(now, metrics, row.right)
    more = metrics.height() if metrics.horizontalAdvance(row.text) > room else 0
    return now.row + more


def _beside(now: Theme, metrics: QFontMetrics, right: str) -> int:
    """How much of a line's width its sentence does not have."""
    side = metrics.horizontalAdvance(right) + now.gap if right else 0
    return now.px(8) + now.mark + now.px(10) + now.px(8) + side


@lru_cache(maxsize=1)
def _metrics(_now: Theme) -> QFontMetrics:
    """Of the type that lines are written in; a thousand of them are measured at once."""
    return QFontMetrics(theme.font())


def _broken(text: str, font: QFont, wide: int) -> list[str]:
    """``text`` in lines of at most ``wide`` pixels, the last one cut where there is more."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    ends: list[int] = []
    while len(ends) < LINES and (line := layout.createLine()).isValid():
        line.setLineWidth(max(wide, 1))
        line.setPosition(QPointF(0, 0))
        ends.append(line.textStart())
    layout.endLayout()
    starts = [*ends[:LINES], len(text)]
    lines = [text[start:end] for start, end in pairwise(starts)]
    if not lines:
        return [""]
    lines[-1] = QFontMetrics(font).elidedText(lines[-1], Qt.TextElideMode.ElideRight, wide)
    return lines


__all__ = ["RowList", "Rows"]
