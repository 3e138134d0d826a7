"""A long work without an open book, in a thread of its own: making the demonstration, a copy."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from desktop.errors import OneLedgerError
from desktop.ui.worker import Cancelled, Progress, divided


class Errand(QObject):
    """One work on its way; ``home`` gets (value, error), both None where it was cancelled."""

    over = Signal(object, object)

    def __init__(
        self,
        owner: QObject,
        title: str,
        run: Callable[[Progress], Any],
        home: Callable[[Any, OneLedgerError | None], None],
    ) -> None:
        super().__init__()
        self.title, self.progress = title, Progress()
        self._owner, self._run, self._take_home = owner, run, home
        self.over.connect(self._home, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._live, name="errand", daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Until it is over; the answer may still be on its way home."""
        self._thread.join()

    def _home(self, value: Any, error: OneLedgerError | None) -> None:
        if shiboken6.isValid(self._owner):
            self._take_home(value, error)

    def _live(self) -> None:
        value, error = None, None
        try:
            value = self._run(self.progress)
        except Cancelled:
            value = None
        except Exception as raised:
            error = divided(raised, self.title, "")
        if shiboken6.isValid(self):
            self.over.emit(value, error)
