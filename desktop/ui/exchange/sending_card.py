"""What every card that sends has in common: a destination, and what is said when it was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal

from desktop.errors import OneLedgerError
from desktop.exchange.volumes import Volume
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.exchange.destination import Destination
from desktop.ui.exchange.outcome import Outcome
from desktop.ui.exchange.words import cut, stick_in_words
from desktop.ui.messages import Remedy
from desktop.ui.parts import Card
from desktop.ui.worker import Job, Progress

T = TypeVar("T")


class SendingCard(Card):
    """``ended`` gives the :class:`Outcome` of a sending, for the page to show big."""

    ended = Signal(object)

    def __init__(self, desk: Desk, title: str, verb: str = "写到", *, primary: bool = True) -> None:
        super().__init__(title)
        self.desk = desk
        self.destination = Destination(desk, verb, primary=primary)
        self.sticks: tuple[Volume, ...] = ()
        self._busy = ""  # the work that was asked for: a second press of a double click is none
        self._writing = ("", "")  # the work that is under way, how things stand if it is stopped
        desk.worked.connect(self._over)

    def show_sticks(self, sticks: Sequence[Volume]) -> None:
        """The sticks that are put in now."""
        self.sticks = tuple(sticks)
        self.destination.show_sticks(self.sticks)

    def where(self, folder: Path) -> tuple[str, str]:
        """A destination as people call it, and how its sentence ends: 可以拔出 only for a stick."""
        stick = next((one for one in self.sticks if folder.is_relative_to(one.path)), None)
        if stick is None:
            return f"文件夹“{cut(folder.name or str(folder), 24)}”", "读回核对无误。"
        return f" {stick_in_words(stick)}", "读回核对无误，可以拔出。"

    def begin(self, title: str) -> bool:
        """Whether the work may begin now; until it is over another press is passed over."""
        if self._busy:
            return False  # The button stays as it is: switched off it would lose the keyboard.
        self._busy = title
        return True

    def write(
        self,
        title: str,
        state: str,
        run: Callable[[Book, Progress], T],
        then: Callable[[T], None],
    ) -> None:
        """Have something written; ``state`` says how things stand when it fails or is stopped."""
        if not self.begin(title):
            return
        self._writing = (title, state)

        def failed(error: OneLedgerError) -> None:
            lines = tuple(part for part in (error.advice, state) if part)
            self.ended.emit(Outcome("must", error.sentence, lines, (), self.remedies(error)))

        self.desk.work(self, title, run, then, failed=failed)

    def remedies(self, error: OneLedgerError) -> tuple[Remedy, ...]:
        """What the window knows to do about ``error``: to enter the recovery code …"""
        known = self.desk.messages.known.get(error.name)
        return known(error) if known is not None else ()

    def _over(self, job: Job) -> None:
        """Stopped by the person: nothing was written, and nobody else says so."""
        if job.title == self._busy:
            self._busy = ""
        title, state = self._writing
        if job.title == title:
            self._writing = ("", "")
            if job.progress.cancelled:
                self.ended.emit(Outcome("explain", "已停止，没有写出。", (state,)))
