"""The paper in the making: one at a time, the last one wanted counts, cancelled ones say so."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.papers.choice import Choice
from desktop.ui.papers.composing import Proof, compose
from desktop.ui.papers.saving import OFFICE_FONTS
from desktop.ui.worker import Cancelled, Job, Progress

TITLE = "生成报表"


class Maker(QObject):
    """Makes a chosen paper beside the window; ``busy`` while one is under way.

    ``made`` gives the paper, ``unmade`` says in a word why there is none.
    """

    made = Signal(object)  # Proof
    unmade = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._turn = 0  # which making is the present one; an earlier one gives up
        self.busy = False
        desk.worked.connect(self._over)

    def make(self, chosen: Choice) -> None:
        """Make this one; an earlier one that is not ready is given up."""
        self._turn += 1
        self.busy = True
        turn, office = self._turn, bool(self._desk.pc.get(OFFICE_FONTS))

        def run(book: Book, progress: Progress) -> Proof:
            def told(done: int, of_all: int) -> None:
                if turn != self._turn:
                    raise Cancelled
                progress(done, of_all)

            return compose(book, chosen, told, office=office)

        def then(proof: Proof) -> None:
            if turn == self._turn:
                self.busy = False
                self.made.emit(proof)

        def failed(error: OneLedgerError) -> None:
            if turn == self._turn:
                self.stop("没有生成。")
                self._desk.warn(error)

        self._desk.work(self, TITLE, run, then, failed=failed)

    def stop(self, words: str) -> None:
        """Give up what is under way, if anything is."""
        self._turn += 1
        self.busy = False
        self.unmade.emit(words)

    def _over(self, job: Job) -> None:
        """The person cancelled the making."""
        if self.busy and job.title == TITLE and job.progress.cancelled:
            self.stop("已取消生成。")
