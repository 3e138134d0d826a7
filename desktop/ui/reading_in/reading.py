"""What a workbook would do to the book, with the corrections made so far; and doing it. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import backups
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.sheets import joining, proposing
from desktop.sheets.plans import taking
from desktop.sheets.plans.plan import Plan
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.uncollected import uncollected
from desktop.sheets.workbook.grid import Workbook
from desktop.ui.reading_in import changes, questions, remarks
from desktop.ui.reading_in.case import Case
from desktop.ui.reading_in.changes import Count
from desktop.ui.reading_in.effects import Effects
from desktop.ui.reading_in.remarks import Remark

Turn = Callable[[int, int], None]


class BookMoved(OneLedgerError):
    """The book was written to after the comparison that is shown."""

    def __init__(self) -> None:
        super().__init__(
            "账本刚刚有改动，比对结果已经不是最新的，没有写入。",
            "已按最新的账本重新比对，请看过右边的变化再写入。",
        )


class Corrections(Answers):
    """Answers of a person who goes on correcting.

    One that meets no question any more (its column was given another field since) is kept for the
    case that the person changes back, and refuses nothing.
    """

    def refuse_unused(self) -> None:
        """Kept aside."""


class Wanted(msgspec.Struct, frozen=True):
    """What the person said so far: answers by id, and the week, None to go by the workbook."""

    given: Mapping[str, Any] = {}
    period: Period | None = None


class Summary(msgspec.Struct, frozen=True):
    """What a plan comes to: its periods, records by register, chips over them, how many cells wait
    for an answer (``held``) or are not this level's to fill (``barred``), and everything that is
    not read."""

    periods: tuple[Period, ...]
    counts: tuple[Count, ...]
    chips: tuple[tuple[str, str, int], ...]
    held: int
    barred: int
    remarks: tuple[Remark, ...]


class Found(msgspec.Struct, frozen=True):
    """A workbook beside the book as it was at the journal's ``position``."""

    workbook: Workbook
    wanted: Wanted
    proposal: Proposal
    plan: Plan
    cases: tuple[Case, ...]
    effects: Effects
    summary: Summary
    position: int


class Written(msgspec.Struct, frozen=True):
    """What was done: sentences, and how many records were made and changed."""

    lines: tuple[str, ...]
    new: int
    changed: int


def look(book: Book, workbook: Workbook, wanted: Wanted, turn: Turn | None = None) -> Found:
    """Compare ``workbook`` with ``book``; nothing is written.

    ``turn`` is told how many of three steps are done. Raises
    :class:`~desktop.sheets.workbook.refusals.AnswerNotUnderstood`.
    """
    with uncollected():
        return _look(book, workbook, wanted, turn or (lambda _done, _all: None))


def _look(book: Book, workbook: Workbook, wanted: Wanted, turn: Turn) -> Found:
    answers = Corrections(wanted.given)
    turn(0, 3)
    year = wanted.period.year if wanted.period else book.year
    proposal = proposing.propose(workbook, book.scheme, answers, year=year)
    turn(1, 3)
    plan = joining.plan(book, proposal, wanted.period, answers)
    turn(2, 3)
    effects = Effects(workbook, proposal, plan)
    cases = questions.cases(book, proposal, plan)
    turn(3, 3)
    position = book.journal.position
    summary = _summary(book, proposal, plan)
    return Found(workbook, wanted, proposal, plan, cases, effects, summary, position)


def _summary(book: Book, proposal: Proposal, plan: Plan) -> Summary:
    numbers = plan.counts()
    return Summary(
        periods=plan.periods,
        counts=changes.counts(book.scheme, plan),
        chips=changes.chips(plan),
        held=numbers.get("fields_open", 0),
        barred=numbers.get("fields_barred", 0),
        remarks=remarks.remarks(proposal, plan),
    )


def write(book: Book, found: Found, turn: Turn | None = None) -> Written:
    """Write what ``found`` shows, as one act, after a backup.

    Raises :class:`BookMoved`, what :func:`~desktop.sheets.plans.taking.take` refuses and what a
    backup does; nothing is written then.
    """
    if book.journal.position != found.position:
        raise BookMoved
    backups.before(book, "read-excel", turn)
    counts = taking.take(book, found.plan)
    made = sum(number for name, number in counts.items() if name.endswith("_new"))
    made -= counts.get("fields_new", 0)
    changed = sum(number for name, number in counts.items() if name.endswith("_changed"))
    return Written(tuple(taking.summary(book, found.plan, counts)), made, changed)
