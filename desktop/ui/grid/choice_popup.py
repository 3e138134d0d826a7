"""What opens under a cell to choose from: a list that shrinks as one types, a small calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QDate, QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QTableView, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.parts import Calendar

Matches = Callable[[str, str], bool]  # what was typed, what may be chosen
ROWS_SHOWN = 9
#: More than these nobody reads; typing finds the others.
OFFERED = 300
#: Between the items of a cell that takes several.
SEPARATOR = "、"


def contains(text: str, candidate: str) -> bool:
    """The plainest way to match: ``text`` stands somewhere in ``candidate``, in any case."""
    return text.casefold() in candidate.casefold()


def framed(widget: QWidget) -> None:
    """Give a panel over the cells an edge that is seen on them."""
    now = theme.current()
    widget.setObjectName("over-cells")
    widget.setStyleSheet(
        f"#over-cells {{ background: {now.card}; border: 1px solid {now.edge};"
        f" border-radius: {now.px(4)}px; }}"
    )


def place_by(widget: QWidget, cell: QRect, area: QRect, width: int, height: int) -> None:
    """Show ``widget`` under ``cell``, over it where there is more room, inside ``area``."""
    below, above = area.bottom() - cell.bottom(), cell.top() - area.top()
    upward = height > below and above > below
    height = min(height, above if upward else below)
    top = cell.top() - height if upward else cell.bottom() + 1
    width = min(width, area.width())
    left = max(area.left(), min(cell.left(), area.right() + 1 - width))
    widget.setGeometry(left, top, width, height)
    widget.show()
    widget.raise_()


class ChoicePopup(QListWidget):
    """The list under an editor. It never takes the focus: the editor hands it the keys.

    ``several`` cells hold items joined by 、; then the last item is what is looked for. A
    ``strict`` cell takes nothing else, so that the first match is chosen at once.
    """

    picked = Signal(str)  # the editor's new text, by mouse

    def __init__(
        self,
        parent: QWidget,
        choices: Sequence[str],
        matches: Matches,
        *,
        several: bool,
        strict: bool,
    ) -> None:
        super().__init__(parent)
        self._choices, self._matches = choices, matches
        self._several, self._strict = several, strict
        self._before = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName("可选的内容")
        framed(self)
        self.itemClicked.connect(lambda item: self.picked.emit(self._with(item.text())))

    def offer_all(self, text: str) -> None:
        """Every choice, the present one chosen."""
        self._before = ""
        if self._several and text:
            self._before = text if text.endswith(SEPARATOR) else text + SEPARATOR
        self._fill("", "" if self._several else text)

    def narrow(self, text: str) -> None:
        """Those that match what was typed, the first one chosen; none for an empty text."""
        looked_for = text
        self._before = ""
        if self._several and SEPARATOR in text:
            before, _, looked_for = text.rpartition(SEPARATOR)
            self._before = before + SEPARATOR
        looked_for = looked_for.strip()
        self._fill(looked_for, looked_for)
        if self._strict and looked_for and self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)

    def step(self, rows: int) -> None:
        """Choose another, so many rows below."""
        if self.count():
            self.setCurrentRow(min(max(self.currentRow() + rows, 0), self.count() - 1))

    @property
    def chosen(self) -> str | None:
        """The editor's text with what is chosen, None when nothing is."""
        item = self.currentItem()
        return None if item is None else self._with(item.text())

    def open_by(self, cell: QRect, area: QRect) -> None:
        """Show as wide and high as needed; hidden when nothing matches."""
        if not self.count():
            self.hide()
            return
        now = theme.current()
        row = self.sizeHintForRow(0)
        height = row * min(self.count(), ROWS_SHOWN) + 2 * self.frameWidth()
        bar = self.verticalScrollBar().sizeHint().width() if self.count() > ROWS_SHOWN else 0
        width = self.sizeHintForColumn(0) + bar + 2 * self.frameWidth() + now.px(8)
        place_by(self, cell, area, max(cell.width(), min(width, now.px(460))), height)

    def _with(self, choice: str) -> str:
        return self._before + choice

    def _fill(self, looked_for: str, present: str) -> None:
        found = [item for item in self._choices if self._matches(looked_for, item)]
        self.clear()
        self.addItems(found[:OFFERED])
        if present in found[:OFFERED]:
            self.setCurrentRow(found.index(present))


class CalendarPopup(QFrame):
    """A month to choose a day from; takes the focus, gives it back with ``closed``."""

    picked = Signal(str)  # 2023-03-02
    closed = Signal()

    def __init__(self, parent: QWidget, day: date) -> None:
        super().__init__(parent)
        self.setAccessibleName("日历")
        framed(self)
        self.calendar = Calendar(self)
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.calendar)
        self.calendar.activated.connect(self._take)
        self.calendar.clicked.connect(self._take)
        self._days = self.calendar.findChild(QTableView)
        for watched in (self._days, self.calendar):
            if watched is not None:
                watched.installEventFilter(self)

    def open_by(self, cell: QRect, area: QRect) -> None:
        """Show under ``cell`` and take the focus."""
        size = self.sizeHint()
        place_by(self, cell, area, size.width(), size.height())
        self.calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self.calendar.selectedDate())
                return True
        return super().eventFilter(watched, event)

    def _take(self, day: QDate) -> None:
        text = date(day.year(), day.month(), day.day()).isoformat()
        QTimer.singleShot(0, self, lambda: self.picked.emit(text))  # not from within its own click
