"""The one thread that owns the book: jobs go in, answers come home through one signal.

A job runs whole before the next begins, so a reading that was asked for after a writing sees what
was written. What a job raises is divided here: the world's errors come home as they are, a
cancelled job comes home without an answer, everything else is a fault of ours, saved as a report
after the book was rolled back.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal

from desktop import faults
from desktop.errors import OneLedgerError, of_the_system
from desktop.ledger.store import named
from desktop.ledger.workspace import Book
from desktop.ui import changes, facts
from desktop.ui.changes import Changes
from desktop.ui.facts import Facts

#: How long :meth:`Worker.drain` waits at most before it looks again, in seconds.
TURN = 0.2


class Cancelled(Exception):
    """The person cancelled a long work; whatever it was writing is rolled back."""


class Progress:
    """How far a long work is, told by the worker, read by the window.

    Calling it with (done, of all) notes that and raises :class:`Cancelled` once the person has
    cancelled.
    """

    def __init__(self) -> None:
        self.done, self.of_all = 0, 0
        self.cancelled = False

    def __call__(self, done: int, of_all: int) -> None:
        self.done, self.of_all = done, of_all
        if self.cancelled:
            raise Cancelled


@dataclass(eq=False)
class Job:
    """One thing to do with the book: ``run`` in the worker, ``home`` with the answer after it."""

    title: str
    run: Callable[[Book, Progress], Any]
    home: Callable[[Answer], None]
    writes: bool = False
    progress: Progress = field(default_factory=Progress)
    dropped: bool = False


@dataclass(frozen=True)
class Answer:
    """What came of a job: a value, or an error, or nothing where it was cancelled or dropped."""

    job: Job
    value: Any = None
    error: OneLedgerError | None = None
    quiet: bool = False
    changes: Changes | None = None
    facts: Facts | None = None


class Worker(QObject):
    """Owner of the thread; made and used in the window's thread only.

    ``pending`` counts the jobs whose answers have not come home, ``delivered`` those that have.
    """

    answered = Signal(object)

    def __init__(self, open_book: Callable[[], Book]) -> None:
        super().__init__()
        self.pending = self.delivered = 0
        self._open = open_book
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._facts: Facts | None = None
        self._told = threading.Event()
        self._last: Job | None = None
        self.answered.connect(self._home, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._live, name="book", daemon=True)

    def start(self, home: Callable[[Answer], None]) -> None:
        """Open the book; ``home`` gets its facts as value, or the error, after which it is over."""
        self._opening = Job("打开账本", lambda book, _progress: facts.load(book), home)
        self.pending += 1
        self._thread.start()

    def submit(self, job: Job) -> None:
        """Put ``job`` behind those that wait."""
        self.pending += 1
        self._jobs.put(job)

    def drain(self) -> None:
        """Wait until every answer has come home, also to what an answer asks for.

        Nothing else of the window happens meanwhile: the person can neither type nor click.
        """
        while self.pending and self._thread.is_alive():
            self._told.wait(TURN)
            self._told.clear()
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    def close(self) -> None:
        """Let what waits be finished, close the book, end the thread."""
        self._jobs.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _home(self, answer: Answer) -> None:
        self.pending -= 1
        self.delivered += 1
        # The thread lets go of a job when it takes the next. Were it the last to hold this one, it
        # would take the asker's timers and widgets down from a thread that is not theirs.
        self._last = answer.job
        answer.job.home(answer)

    # In the thread ---------------------------------------------------------------------------

    def _live(self) -> None:
        try:
            book = self._open()
        except Exception as error:
            self._tell(Answer(self._opening, error=divided(error, "打开账本", "")))
            return
        try:
            first = self._done(book, self._opening)
            self._facts = first.value
            self._tell(first)
            while (job := self._jobs.get()) is not None:
                self._tell(self._done(book, job))
        finally:
            book.close()

    def _tell(self, answer: Answer) -> None:
        self.answered.emit(answer)
        self._told.set()

    def _done(self, book: Book, job: Job) -> Answer:
        if job.dropped or job.progress.cancelled:
            return Answer(job, quiet=True)
        before = book.journal.position
        value, error, quiet = None, None, False
        try:
            value = job.run(book, job.progress)
        except Cancelled:
            quiet = True
        except Exception as raised:
            error = divided(raised, job.title, book.name)
        try:
            if book.connection.in_transaction:  # Only a fault of ours leaves one open.
                book.connection.rollback()
                book.journal.reload()
                book.write_as(book.replica)
            if not job.writes or self._facts is None:
                return Answer(job, value, error, quiet)
            changed = changes.since(book, before)
            known, self._facts = self._facts, facts.renewed(self._facts, book, changed)
        except Exception as raised:
            return Answer(job, error=error or divided(raised, job.title, book.name))
        renewed = None if self._facts is known else self._facts
        return Answer(job, value, error, quiet, changed, renewed)


def divided(error: Exception, title: str, where: str) -> OneLedgerError:
    """``error`` as one of the world's, or as the fault of ours whose report was saved."""
    if isinstance(error, sqlite3.Error):
        error = named(error, where)
    if isinstance(error, OneLedgerError):
        return error
    if isinstance(error, OSError):
        return of_the_system(error)
    return faults.save(error, [title])
