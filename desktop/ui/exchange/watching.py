"""Notices a stick that is put in or pulled out, without ever waiting for a drive.

What is mounted is asked for in a thread of its own, one question at a time; the window's timer only
looks whether the answer has come. A drive that does not answer therefore stops nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.exchange.volumes import Volume, volumes

#: How often is looked, in milliseconds; every second look has an answer.
EVERY = 750

Source = Callable[[], tuple[Volume, ...]]


class StickWatch(QObject):
    """``sticks`` are those put in now; the two signals give the one that came or went.

    The sticks that are there at the first look are told too, as put in.
    """

    put_in = Signal(object)  # Volume
    pulled_out = Signal(object)  # Volume
    changed = Signal()

    def __init__(self, parent: QObject, source: Source = volumes) -> None:
        super().__init__(parent)
        self.source = source
        self.sticks: tuple[Volume, ...] = ()
        self._answer: list[tuple[Volume, ...]] = []
        self._asking: threading.Thread | None = None
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.look)
        self.timer.start(EVERY)

    def look(self) -> None:
        """Take the answer that has come, and ask again."""
        if self._asking is not None and self._asking.is_alive():
            return
        if self._answer:
            self._take(tuple(one for one in self._answer.pop() if one.removable))
        answer, source = self._answer, self.source
        self._asking = threading.Thread(
            target=lambda: answer.append(source()), name="sticks", daemon=True
        )
        self._asking.start()

    def named(self, path: Path) -> Volume | None:
        """The stick on which ``path`` lies, None for a place of this PC."""
        return next((one for one in self.sticks if path.is_relative_to(one.path)), None)

    def _take(self, found: tuple[Volume, ...]) -> None:
        before = {one.path: one for one in self.sticks}
        now = {one.path: one for one in found}
        # Another stick at the same place (a quick exchange) has another label or size.
        gone = [one for path, one in before.items() if not _same(one, now.get(path))]
        come = [one for path, one in now.items() if not _same(one, before.get(path))]
        changed = found != self.sticks
        self.sticks = found
        for one in gone:
            self.pulled_out.emit(one)
        for one in come:
            self.put_in.emit(one)
        if changed:
            self.changed.emit()


def _same(one: Volume, other: Volume | None) -> bool:
    return other is not None and (one.label, one.total) == (other.label, other.total)
