"""Has the day's backup made while nobody types; a key or a click calls it off."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from desktop.errors import OneLedgerError
from desktop.ledger import backups
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.messages import Remedy
from desktop.ui.shell.safety import DAILY, Safety, safety
from desktop.ui.worker import Answer, Job, Progress

#: Nobody has typed for so long, in milliseconds.
IDLE = 90_000
CLOSING = "关闭前备份账本"
_TYPED = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel)


class Keeper(QObject):
    """Watches over one book's backups; ``told`` the words of the status line.

    ``closing`` when the last backup before the end is made, or the person does without it.
    """

    told = Signal(str)
    closing = Signal()

    def __init__(self, desk: Desk, idle: int = IDLE) -> None:
        super().__init__()
        self.desk = desk
        self.due = False
        self._job: Job | None = None
        self._said: set[str] = set()
        self._kept = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(idle)
        self._idle.timeout.connect(self._make)
        desk.changed.connect(self.look)
        desk.worked.connect(self._worked)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)
        self._idle.start()
        self.look()

    def look(self) -> None:
        """See whether the day's backup is due."""
        self.desk.read(self, safety, self._show, key="safety", failed=self._refused)

    def call_off(self) -> None:
        """What is being made waits until nobody has typed for a while again."""
        self._idle.start()
        if self._job is not None:
            self._job.progress.cancelled = True

    def end(self) -> None:
        """No more backups behind the person's back."""
        self.call_off()
        self._idle.stop()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)

    def back_up_and_close(self) -> None:
        """Cancelling leaves the backup out; the next day makes one. What refuses it is said."""
        self._kept = False
        self.desk.work(self, CLOSING, make, lambda _made: None, failed=self._keep)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is at work: the backup can wait."""
        if event.type() in _TYPED:
            self.call_off()
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
            if answer.error.name not in self._said:  # That the book is damaged, above all.
                self._said.add(answer.error.name)
                self.desk.warn(answer.error)
        else:
            self.look()
        self._idle.start()

    def _keep(self, error: OneLedgerError) -> None:
        self._kept = True
        self.desk.warn(error, Remedy("不备份，直接关闭", self._close))

    def _worked(self, job: Job) -> None:
        if job.title == CLOSING:  # A refusal comes after this and keeps the window.
            QTimer.singleShot(0, self, self._close_unless_kept)

    def _close_unless_kept(self) -> None:
        if not self._kept:
            self._close()

    def _close(self) -> None:
        self.due = False
        self.closing.emit()

    def _refused(self, error: OneLedgerError) -> None:
        """A backup that cannot be made is said, once a day's work is not stopped by it."""
        self.due = False
        self.told.emit("没有备份成功，请在“设置—备份”中另选位置备份")


def make(book: Book, progress: Progress) -> None:
    """The backup of the day."""
    backups.before(book, DAILY, progress)
