"""等装入: the packages that wait beside the book, and for what; tried anew when it is looked at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange import looking, packages
from desktop.ui.exchange.found import Found
from desktop.ui.exchange.looking import Looked
from desktop.ui.parts import Button, Empty, Words

NOTHING = "没有等装入的包"
HOW = "还缺先前的包、还没有核对的单位寄来的包，留在账本旁边，在这里等。"
NEXT = "条件到了，下一次装入时自动装入；单位核对以后，它的包马上自动装入。"


class WaitingPane(QWidget):
    """What waits is tried only while it is seen; ``wanted`` asks to have it taken in.

    ``tried`` tells that something else is listed.
    """

    wanted = Signal()
    tried = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.found = Found(desk, "等装入的包")
        self.words = Words(NEXT, role="ink_soft")  # Passages wrap, and grow the page.
        self.take = Button("装入")
        self.take.hide()
        self.either, self._full = QStackedWidget(), QWidget()
        self._asked = self._told = (0, -1)
        self._arrange()
        self.take.clicked.connect(self.wanted)

    def show_waiting(self, waiting: int, position: int) -> None:
        """So many packages wait, and the journal stood at ``position``."""
        self._asked = (waiting, position)
        self.either.setCurrentIndex(1 if waiting else 0)
        self._look()

    def least(self) -> int:
        """Lower than this the page scrolls, in pixels."""
        return self.found.least() + theme.current().px(48)

    def showEvent(self, event: QShowEvent) -> None:
        """What has changed meanwhile is tried now."""
        super().showEvent(event)
        self._look()

    def _look(self) -> None:
        if not self.isVisible() or self._told == self._asked:
            return
        self._told = self._asked

        def run(book: Book) -> Looked:
            return looking.look(book, (), lambda _done, _all: None)

        self.desk.read(self, run, self._show, key="waiting")

    def _show(self, looked: Looked) -> None:
        before = self.found.chosen()
        self.found.show_sitting(looked.sitting, aside=looked.aside, troubles=looked.troubles)
        self.found.choose_first(before.digest if before is not None else "")
        good = packages.tally(looked.sitting).good
        self.take.setText(f"装入 {good} 个")
        self.take.setVisible(bool(good))
        self.tried.emit()

    def _arrange(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self.words, 1)
        below.addWidget(self.take)
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.current().gap)
        column.addWidget(self.found, 1)
        column.addLayout(below)
        self.either.addWidget(Empty(NOTHING, HOW))
        self.either.addWidget(self._full)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.either)
