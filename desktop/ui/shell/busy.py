"""Whether the book is long at one thing: looked at now and then, shown in the status line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from desktop.ui.worker import Worker

#: A busy worker is shown after so long, in milliseconds.
BUSY = 500


class Busy(QObject):
    """Calls ``show`` with whether something has been waited for since the last look."""

    def __init__(self, worker: Worker, show: Callable[[bool], None], parent: QObject) -> None:
        super().__init__(parent)
        self._worker, self._show = worker, show
        self._delivered = -1  # how many answers had come at the last look; none waited
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(BUSY)

    def end(self) -> None:
        """Look no more."""
        self._timer.stop()

    def _look(self) -> None:
        worker = self._worker
        before, self._delivered = self._delivered, worker.delivered if worker.pending else -1
        self._show(worker.pending > 0 and worker.delivered == before)
