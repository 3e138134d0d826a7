"""Keeps the numbers beside the menu: asked for once after a burst of changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from desktop.errors import OneLedgerError
from desktop.ui.desk import Desk
from desktop.ui.shell.sidebar import Sidebar

#: A burst of changes asks once, so many milliseconds after its last.
CALM = 150


class Counting(QObject):
    """Asks for the badges of the week that is shown and gives them to the side bar."""

    def __init__(self, desk: Desk, sidebar: Sidebar) -> None:
        super().__init__()
        self.desk, self.sidebar = desk, sidebar
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self._ask)
        self.soon()

    def soon(self) -> None:
        """Something has changed."""
        self._calm.start()

    def end(self) -> None:
        """Ask no more."""
        self._calm.stop()

    def _ask(self) -> None:
        from desktop.ui.shell.badges import badges  # After the first page: not on the way to it.

        period, show = self.desk.period, self.sidebar.show_badges
        self.desk.read(
            self, lambda book: badges(book, period), show, key="badges", failed=self._none
        )

    def _none(self, _error: OneLedgerError) -> None:
        """A check that misbehaves is told by the page that shows it."""
        self.sidebar.show_badges({})
