"""What is under way: one workbook, the corrections made so far, and what they come to.

Reading a file goes its own way beside the book; everything else is done by the book's worker. A
correction is kept at once and compared anew behind; the newest comparison counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.errors import OneLedgerError
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.sheets.proposals.overview import ColumnSeen, TableSeen, column_id
from desktop.sheets.proposals.told import MONEY_UNIT
from desktop.sheets.workbook import reading as files
from desktop.sheets.workbook.grid import Workbook, address
from desktop.sheets.workbook.refusals import AnswerNotUnderstood
from desktop.ui import collecting
from desktop.ui.desk import Desk
from desktop.ui.errand import Errand
from desktop.ui.reading_in import reading, remembering
from desktop.ui.reading_in.case import Case, Choice
from desktop.ui.reading_in.letting_go import LettingGo
from desktop.ui.reading_in.reading import BookMoved, Found, Wanted, Written
from desktop.ui.worker import Progress

#: A workbook of more records is big: nothing looks through it without need.
BIG = 5_000


class Given(msgspec.Struct, frozen=True):
    """A question that has its answer, in words."""

    case: Case
    words: str
    ids: tuple[str, ...]


class Intake(QObject):
    """Owner of the workbook under way; ``found`` is the newest comparison, None before the first.

    ``answered`` are the questions that have been answered, by id, in their order.
    """

    begun = Signal()  # a workbook was chosen
    came = Signal()  # a new comparison, or there is no workbook any more
    refused = Signal(object, str)  # a correction could not be taken: the error, its id
    written = Signal(object)  # Written

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.path: Path | None = None
        self.workbook: Workbook | None = None
        self.found: Found | None = None
        self.wanted = Wanted()
        self.answered: dict[str, Given] = {}
        self.done: Written | None = None
        self._before: list[tuple[Wanted, dict[str, Given], str]] = []
        self._errand: Errand | None = None
        self._failed: OneLedgerError | None = None
        self._old = LettingGo(self)

    # A workbook -------------------------------------------------------------------------------

    def open(self, path: Path) -> None:
        """Read the workbook at ``path``, then compare it with the book."""
        if self._failed is not None:  # Of the file before this one.
            self.desk.messages.withdraw(self._failed)
            self._failed = None
        self._errand = Errand(
            self, f"正在读取“{path.name}”", partial(_read, path), partial(self._read, path)
        )
        self.desk.working.emit(self._errand)

    def forget(self) -> None:
        """Put the workbook aside; the book has not changed."""
        if self.found is not None:
            self._old.take(self.found)
        self.path = self.workbook = self.found = self.done = None
        self.wanted, self.answered, self._before = Wanted(), {}, []
        self.came.emit()
        collecting.take_back()

    @property
    def unwritten(self) -> bool:
        """Whether the person would lose work: corrections that have not been written."""
        return self.workbook is not None and self.done is None and bool(self._before)

    @property
    def comparing(self) -> bool:
        """Whether the comparison with the latest correction is still on its way."""
        return self.found is None or self.found.wanted != self.wanted

    def _read(self, path: Path, value: Any, error: OneLedgerError | None) -> None:
        errand, self._errand = self._errand, None
        if errand is not None:
            self.desk.worked.emit(errand)
        if error is not None:
            self._failed = error
            self.desk.warn(error)
        elif isinstance(value, Workbook):
            self._compare(path, value)

    def _compare(self, path: Path, workbook: Workbook) -> None:
        def run(book: Book, progress: Progress) -> Found:
            found = reading.look(book, workbook, Wanted(), progress)
            again = remembering.recall(found, book)
            if not again:
                return found
            try:
                return reading.look(book, workbook, Wanted(again), progress)
            except AnswerNotUnderstood:  # The scheme has another field there since.
                return found

        def then(found: Found) -> None:
            self.path, self.workbook, self.done = path, workbook, None
            self.wanted, self.answered, self._before = found.wanted, {}, []
            self.begun.emit()
            self._show(found)
            if found.wanted.given:
                self.desk.say(f"表头和以前读过的一样，{len(found.wanted.given)} 处照上次指定的读")

        self.desk.work(self, f"正在比对“{path.name}”", run, then)

    # Corrections ------------------------------------------------------------------------------

    def answer(self, case: Case, choice: Choice) -> None:
        """Take one of a question's choices."""
        identity = choice.id or case.id
        self._keep(identity)
        self.answered[case.id] = Given(case, choice.words, (identity,))
        self._want({identity: choice.answer})

    def type(self, case: Case, text: str) -> None:
        """Answer a question with a typed text."""
        self.answer(case, Choice(text, text))

    def take_back(self, identity: str) -> None:
        """Make an answered question an open one again."""
        given = self.answered.get(identity)
        if given is None:
            return
        self._keep(identity)
        del self.answered[identity]
        self._want(dropped=given.ids)

    def set_field(self, sheet: str, column: ColumnSeen, name: str | None) -> None:
        """A column is this field; None: it is not read."""
        identity = column_id(sheet, column.head)
        self._keep(identity)
        self._want({identity: name})

    def set_unit(self, table: TableSeen, column: ColumnSeen, unit: str) -> None:
        """The amounts of a column are in this unit, and so are the table's others that were taken
        to be in the same one."""
        heads = [one.head for one in table.columns if one.unit == column.unit]
        given = {f"{table.sheet}!{address(*head)}:{MONEY_UNIT}": unit for head in heads}
        self._keep(f"{table.sheet}!{address(*column.head)}:{MONEY_UNIT}")
        self._want(given)

    def set_value(self, origin: str, name: str, text: str) -> None:
        """A cell's field has this value, whatever stands in the cell; "" leaves it empty."""
        identity = f"{origin}:{name}"
        self._keep(identity)
        self._want({identity: text or None})

    def set_row(self, sheet: str, row: int, *, read: bool) -> None:
        """A row (from 0) is read though the reader left it out, or left out though it took it; the
        other word about it is taken back."""
        wanted, other = ("read", "skip") if read else ("skip", "read")
        identity = f"{sheet}!{row + 1}:{wanted}"
        against = f"{sheet}!{row + 1}:{other}"
        self._keep(identity)
        if against in self.wanted.given:
            self._want(dropped=(against,))
        else:
            self._want({identity: True})

    def set_period(self, period: Period | None) -> None:
        """The weekly figures are of this week; None: as the workbook says."""
        self._keep("")
        self._want(period=period)

    def step_back(self) -> bool:
        """Take back the latest correction; False where there is none."""
        if not self._before or self.done is not None:
            return False
        self.wanted, self.answered, _ = self._before.pop()
        self.compare()
        return True

    def compare(self) -> None:
        """Compare anew, behind what is shown."""
        workbook, wanted = self.workbook, self.wanted
        if workbook is not None:
            self.desk.read(
                self,
                lambda book: reading.look(book, workbook, wanted),
                self._show,
                key="compare",
                failed=self._refuse,
            )

    # Writing ----------------------------------------------------------------------------------

    def write(self) -> None:
        """Write what the newest comparison shows."""
        found = self.found
        if found is None:
            return
        title = f"正在写入“{found.workbook.name}”"
        self.desk.work(
            self,
            title,
            lambda book, progress: reading.write(book, found, progress),
            self._written,
            failed=self._not_written,
        )

    def _written(self, written: Written) -> None:
        self.done = written
        self._before = []
        self.written.emit(written)
        found = self.found
        if found is not None:
            on = self.desk.today()
            self.desk.read(self, lambda _book: remembering.keep(found, on), lambda _none: None)

    def _not_written(self, error: OneLedgerError) -> None:
        self.desk.warn(error)
        if isinstance(error, BookMoved):
            self.compare()

    # ------------------------------------------------------------------------------------------

    def _keep(self, identity: str) -> None:
        """Remember what was before the correction ``identity``."""
        self.done = None
        self._before.append((self.wanted, dict(self.answered), identity))

    def _want(
        self,
        given: Mapping[str, Any] | None = None,
        *,
        dropped: tuple[str, ...] = (),
        **period: Period | None,
    ) -> None:
        kept = {one: value for one, value in self.wanted.given.items() if one not in dropped}
        self.wanted = Wanted({**kept, **(given or {})}, period.get("period", self.wanted.period))
        self.compare()

    def _show(self, found: Found) -> None:
        if found.workbook is self.workbook:  # else it was put aside meanwhile
            if self.found is not None and self.found is not found:
                self._old.take(self.found)
            self.found = found
            self.came.emit()
            if len(found.plan.steps) > BIG:
                collecting.set_aside()

    def _refuse(self, error: OneLedgerError) -> None:
        """What is shown stays; the corrections made since go, one of them was refused."""
        refused = ""
        while self._before and self.comparing:
            self.wanted, self.answered, identity = self._before.pop()
            if not refused or identity in error.sentence:
                refused = identity
        self.refused.emit(error, refused)


def _read(path: Path, progress: Progress) -> Workbook:
    return files.read(path, watch=lambda: progress(0, 0))
