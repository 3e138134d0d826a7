"""Has the day's backup made while nobody types; a key or a click calls it off."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.errors import OneLedgerError
from desktop.ledger import backups
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.shell.safety import DAILY, Safety, safety
from desktop.ui.worker import Answer, Job, Progress

#: Nobody has typed for so long, in milliseconds.
IDLE = 90_000
_TYPED = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Keeper(QObject):
    """Watches over one book's backups; ``told`` the words of the status line."""

    told = Signal(str)

    def __init__(self, desk: Desk, idle: int = IDLE) -> None:
        super().__init__()
        self.desk = desk
        self.due = False
        self._job: Job | None = None
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(idle)
        self._idle.timeout.connect(self._make)
        desk.changed.connect(self.look)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self._idle.start()
        self.look()

    def look(self) -> None:
        """See whether the day's backup is due."""
        self.desk.read(self, safety, self._show, key="safety", failed=self._refused)

    def end(self) -> None:
        """No more backups behind the person's back."""
        self._idle.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        if self._job is not None:
            self._job.progress.cancelled = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is at work: the backup can wait."""
        if event.type() in _TYPED:
            self._idle.start()
            if self._job is not None:
                self._job.progress.cancelled = True
        return False

    def _show(self, found: Safety) -> None:
        self.due = found.due
        self.told.emit(found.said(datetime.now()))

    def _make(self) -> None:
        if not self.due or self._job is not None or self.desk.worker.pending:
            self._idle.start()
            return
        self._job = Job("备份", make, self._made)
        self.desk.worker.submit(self._job)

    def _made(self, answer: Answer) -> None:
        self._job = None
        if answer.error is not None:
            self._refused(answer.error)
        else:
            self.look()
        self._idle.start()

    def _refused(self, error: OneLedgerError) -> None:
        """A backup that cannot be made is said, once a day's work is not stopped by it."""
        self.due = False
        self.told.emit("没有备份成功，请在“设置—备份”中另选位置备份")


def make(book: Book, progress: Progress) -> None:
    """The backup of the day."""
    backups.before(book, DAILY, progress)
