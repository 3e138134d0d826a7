"""The desk: what every page works with. Verbs are operations on the worker, nothing else.

A page asks (:meth:`Desk.read`), writes (:meth:`Desk.write`), or has something long done
(:meth:`Desk.work`); the answer comes home in the window's thread, unless the asker is gone or has
asked anew. After a write everyone hears what the journal gained.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from desktop.errors import OneLedgerError
from desktop.ledger import periods
from desktop.ledger import undo as undoing
from desktop.ledger.workspace import Book
from desktop.ui.facts import Facts
from desktop.ui.landing import Landing
from desktop.ui.memory import Memory
from desktop.ui.messages import Messages, Remedy
from desktop.ui.worker import Answer, Job, Progress, Worker

T = TypeVar("T")
Failed = Callable[[OneLedgerError], None]


class Desk(QObject):
    """One open book, as the window's pages see it.

    ``memory`` is what this PC remembers of the book, ``pc`` what it remembers for every book.
    """

    changed = Signal(object)  # Changes
    period_changed = Signal(str)
    facts_changed = Signal()
    went = Signal(str, object)  # page, Landing or None
    wanted = Signal(object)  # another book's Path, or None: back to the first start
    saved = Signal()  # something was written and is on the disk
    working = Signal(object)  # the Job of a long work that has begun
    worked = Signal(object)  # … and is over

    def __init__(
        self,
        worker: Worker,
        facts: Facts,
        memory: Memory,
        messages: Messages,
        pc: Memory,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        self.worker, self.facts, self.messages = worker, facts, messages
        self.memory, self.pc = memory, pc
        self.today = today
        self.period = self._first_period()
        self._asked: dict[tuple[int, str], Job] = {}
        self._refused = 0

    # Operations ------------------------------------------------------------------------------

    def read(
        self,
        owner: QObject,
        run: Callable[[Book], T],
        then: Callable[[T], None],
        *,
        key: str = "",
        failed: Failed | None = None,
    ) -> None:
        """Have ``run`` read the book, ``then`` show it.

        A newer reading of the same owner and ``key`` makes this one's answer be dropped; without a
        key every answer comes.
        """
        inner, place = self._home(owner, then, failed), (id(owner), key)

        def home(answer: Answer) -> None:
            if self._asked.get(place) is answer.job:
                del self._asked[place]
            inner(answer)

        job = Job("读取", lambda book, _progress: run(book), home)
        if key:
            earlier = self._asked.get(place)
            if earlier is not None:
                earlier.dropped = True
            self._asked[place] = job
        self.worker.submit(job)

    def write(
        self,
        owner: QObject,
        title: str,
        run: Callable[[Book], T],
        then: Callable[[T], None] | None = None,
        *,
        failed: Failed | None = None,
    ) -> None:
        """Have ``run`` write through the book's verbs; everyone hears of it, then ``then``."""
        home = self._home(owner, then, failed)
        self.worker.submit(Job(title, lambda book, _progress: run(book), home, writes=True))

    def work(
        self,
        owner: QObject,
        title: str,
        run: Callable[[Book, Progress], T],
        then: Callable[[T], None],
        *,
        failed: Failed | None = None,
    ) -> None:
        """Have something long done: seen after half a second, can be cancelled, ends quietly."""
        inner = self._home(owner, then, failed)

        def home(answer: Answer) -> None:
            self.worked.emit(answer.job)
            inner(answer)

        job = Job(title, run, home, writes=True)
        self.working.emit(job)
        self.worker.submit(job)

    def finish(self) -> bool:
        """Wait until all is written and answered; False when something was refused meanwhile."""
        before = self._refused
        self.worker.drain()
        return self._refused == before

    def undo(self) -> None:
        """Take back this PC's latest act, and say what it was."""
        self._take_back("撤销", undoing.undo)

    def redo(self) -> None:
        """Do again what was undone last."""
        self._take_back("重做", undoing.redo)

    # Where one is ----------------------------------------------------------------------------

    def set_period(self, period: str) -> None:
        """Show another week."""
        if period != self.period:
            self.period = period
            self.memory.put("period", period)
            self.period_changed.emit(period)

    def go(self, page: str, landing: Landing | None = None) -> None:
        """Show a page; ``landing`` says where on it."""
        self.went.emit(page, landing)

    def open_book(self, path: Path | None) -> None:
        """Close this book and open the one at ``path``; None shows the first start."""
        self.wanted.emit(path)

    def set_operator(self, name: str) -> None:
        """From now on entries say that ``name`` wrote them."""

        def take(book: Book) -> None:
            book.operator = name

        self.memory.put("operator", name)
        self.write(self, "改填表人", take)

    # Words -----------------------------------------------------------------------------------

    def say(self, sentence: str) -> None:
        """A short note in the status line."""
        self.messages.said.emit(sentence)

    def warn(self, error: OneLedgerError, *remedies: Remedy) -> None:
        """Sentence and advice above the page, with the buttons that do it."""
        self.messages.warn(error, *remedies)

    def confirm(self, question: str, advice: str, yes: str) -> bool:
        """The one question that waits for an answer; ``yes`` is the button's text."""
        return self.messages.ask(question, advice, yes)

    # -----------------------------------------------------------------------------------------

    def _first_period(self) -> str:
        """The week that was shown last, else the latest begun, else this calendar week."""
        kept = self.memory.get("period")
        if isinstance(kept, str):
            try:
                return str(periods.parse_period(kept))
            except periods.NoSuchPeriod:
                self.memory.put("period", None)
        return self.facts.latest or self.facts.week_of(self.today())

    def _home(
        self, owner: QObject, then: Callable[[T], None] | None, failed: Failed | None
    ) -> Callable[[Answer], None]:
        def home(answer: Answer) -> None:
            if answer.facts is not None:
                self.facts = answer.facts
                self.facts_changed.emit()
            if answer.changes and answer.changes.records:
                self.saved.emit()
                self.changed.emit(answer.changes)
            if answer.quiet or answer.job.dropped:
                return
            there = shiboken6.isValid(owner)
            if answer.error is not None and answer.job.writes:
                self._refused += 1
                # What was not written is said even when the box that it was typed in is gone.
                (failed if failed and there else self.warn)(answer.error)
            elif answer.error is not None and there:
                (failed or self.warn)(answer.error)
            elif answer.error is None and then is not None and there:
                then(answer.value)

        return home

    def _take_back(self, word: str, verb: Callable[[Book], undoing.Undone]) -> None:
        def nothing(error: OneLedgerError) -> None:
            if isinstance(error, undoing.NothingToUndo):
                self.say(error.sentence)  # One key too many is no reason for alarm.
            else:
                self.warn(error)

        self.write(self, word, verb, lambda done: self._say_undone(word, done), failed=nothing)

    def _say_undone(self, word: str, done: undoing.Undone) -> None:
        what = done.note or done.act
        kept = f"，有 {len(done.kept)} 处后来又改过或已有往来，没有动" if done.kept else ""
        self.say(f"已{word}：{what}{kept}")
