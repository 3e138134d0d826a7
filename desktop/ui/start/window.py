"""The window of the first start: the page, what went wrong above it, long work over it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ui.messages import Warned
from desktop.ui.shell.banner import Banner
from desktop.ui.shell.overlay import Long, Overlay
from desktop.ui.start.page import StartPage
from desktop.ui.start.starter import Starter

SMALLEST, FIRST = (760, 520), (1000, 680)


class StartWindow(QWidget):
    """Shown while no book is open; ``closed`` when the person ends the program."""

    closed = Signal()

    def __init__(self, starter: Starter) -> None:
        super().__init__()
        self.setWindowTitle("一本账")
        self.banner, self.page = Banner(), StartPage(starter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.banner)
        whole.addWidget(self.page, 1)
        self.overlay = Overlay(self.page)
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        QShortcut(QKeySequence("Esc"), self, self.banner.dismiss)

    def begin(self, work: Long) -> None:
        """A long work has begun: it is shown when it takes more than a moment."""
        self.overlay.begin(work)

    def end(self, work: Long) -> None:
        """… and is over."""
        self.overlay.end(work)

    def warn(self, warned: Warned) -> None:
        """Say what went wrong."""
        self.banner.show_warning(warned)

    def refused(self, error: OneLedgerError, path: Path | None = None) -> None:
        """A book was not opened: why, and what helps."""
        self.page.refused(error, path)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the books opened last, the keyboard on the first of them."""
        super().showEvent(event)
        self.page.refresh()
        self.page.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Without another window the program is over; what was being made is called off."""
        if not self.page.may_leave():
            event.ignore()
            return
        super().closeEvent(event)
        self.overlay.stop()
        others = (one for one in QApplication.topLevelWidgets() if one is not self)
        if not any(one.isVisible() and one.isWindow() for one in others):
            self.closed.emit()
