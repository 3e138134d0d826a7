"""What a clerk sends: task packages down, the week's report up, the own unit's other PCs' share.

Where it is to be written is tried before anything changes in the book. Then the package is built
(one transaction), written to the stick, read back and compared; only then is it said to be
written. A week whose package could not be written is open again, as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from desktop.errors import NotFound, OneLedgerError
from desktop.exchange import building, directory, durable, enrolment, postbook
from desktop.exchange.building import Addressee, unit_name
from desktop.exchange.enrolment import AlreadyEnrolled, NotDirectlyBelow
from desktop.exchange.postbook import Sent
from desktop.exchange.shelves import Shelves
from desktop.exchange.written import Handed, Written
from desktop.ledger import audience, backups, cycle, records, replicas
from desktop.ledger.correspondence import ANSWERED, CONFIRMED, SENT, WITHDRAWN, WRITTEN
from desktop.ledger.workspace import Book

Progress = Callable[[int, int], None]

#: What a destination must have free before anything is built; the real size is tried again then.
LEAST_ROOM = 1024 * 1024


class NobodyAbove(OneLedgerError):
    """The book's unit has no unit above it with which keys were exchanged."""

    def __init__(self) -> None:
        super().__init__(
            "本账本还没有与上级单位建立联系，不能写报告包。",
            "请用上级下发的首次任务包建账，或请上级重新下发；"
            "只报盖章的纸质周报的，在“收发”按“登记上报”（命令用 submit --paper）。",
        )


class PackageExpected(OneLedgerError):
    """The week was to be submitted on paper alone, but the unit above is sent packages."""

    def __init__(self, above: str) -> None:
        super().__init__(
            f"本账本已与{above}建立联系，上报要写报告包，不能只登记。",
            "请插上U盘，写报告包上报（命令去掉 --paper，用 -o 写明文件夹）。",
        )


class NobodyBelow(OneLedgerError):
    """There is no unit below to hand anything down to."""

    def __init__(self, unit: str) -> None:
        super().__init__(f"{unit}没有可以下发的下级单位。", "请先在“单位”中登记乡镇和部门。")


class NotCompared(OneLedgerError):
    """The unit has answered, but the comparison code has not been confirmed yet."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name}已回信，但核对码还没有核对，不能下发。",
            "请对方在电话里读出 12 位核对码，输入后点“确认”，再下发。",
        )


class LaterWaits(OneLedgerError):
    """A later package submits the same week again: it has to be taken back first."""

    def __init__(self, number: int, later: int) -> None:
        super().__init__(
            f"第 {later} 号包又上报了同一周，现在不能撤回第 {number} 号。",
            f"请先撤回第 {later} 号，再撤回这一个。",
        )


def hand_down(
    book: Book,
    folder: Path,
    units: Iterable[str] | None = None,
    *,
    anew: bool = False,
    progress: Progress = lambda _done, _all: None,
) -> Handed:
    """Write a task package for each of ``units`` (records; all directly below) into ``folder``.

    A unit without keys gets its first package under a one-time passphrase; ``anew`` starts that
    over for a unit that lost its PC. One whose code is not compared yet, or whose keys were
    declared void, is left out with its reason. Raises :class:`NobodyBelow`,
    :class:`~desktop.exchange.enrolment.NotDirectlyBelow` and what the destination refuses.
    """
    below = directory.below(book)
    chosen = list(below if units is None else units)
    for unit in chosen:
        if unit not in below:
            raise NotDirectlyBelow(unit_name(book, unit))
    if not chosen:
        raise NobodyBelow(unit_name(book, book.unit))
    durable.probe(folder, LEAST_ROOM)
    written: list[Written] = []
    refused: list[tuple[str, OneLedgerError]] = []
    for done, unit in enumerate(chosen):
        progress(done, len(chosen))
        name = unit_name(book, unit)
        partner = directory.partner(book, unit)
        if partner is not None and partner.state == ANSWERED and not anew:
            refused.append((name, NotCompared(name)))
            continue
        if partner is not None and partner.state == CONFIRMED and not anew:
            to = Addressee(unit, name, partner.seal_key)
        else:
            try:
                invited = enrolment.invite(book, unit, anew=anew)
            except AlreadyEnrolled as error:
                refused.append((name, error))
                continue
            to = Addressee(unit, name, "", invited.passphrase, invited.token)
        try:
            written.append(_sent(book, to, building.build(book, to, "task"), folder, _quietly))
        except OneLedgerError as error:
            return Handed(tuple(written), tuple(refused), error)
    progress(len(chosen), len(chosen))
    return Handed(tuple(written), tuple(refused))


def submit(
    book: Book,
    period: str,
    folder: Path,
    on: date,
    *,
    filler: str | None = None,
    reviewer: str | None = None,
    correction: str | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Written:
    """Submit the week and write the report package; the week is open again if that fails.

    Raises :class:`~desktop.ledger.cycle.Blocked`, :class:`~desktop.ledger.cycle.ReasonNeeded`,
    :class:`NobodyAbove`, and what the destination refuses.
    """
    to = _above(book)
    durable.probe(folder, LEAST_ROOM)
    with book.atomic():
        cycle.submit(book, period, on, filler=filler, reviewer=reviewer, correction=correction)
        package = building.build(book, to, "report", (period,))
    return _sent(book, to, package, folder, progress)


def on_paper(
    book: Book,
    period: str,
    on: date,
    *,
    filler: str | None = None,
    reviewer: str | None = None,
    correction: str | None = None,
    progress: Progress = lambda _done, _all: None,
) -> str:
    """Submit the week without a package: the unit above gets only the signed paper.

    A backup is made before. Returns the submission's record. For a book without contact upward;
    with it raises :class:`PackageExpected`. Raises what :func:`desktop.ledger.backups.before` and
    :func:`desktop.ledger.cycle.submit` raise, too.
    """
    to = contact(book)
    if to is not None:
        raise PackageExpected(to.name)
    # The way back from a week submitted by mistake; cancelled here, nothing is submitted.
    backups.before(book, "submit", progress)
    return cycle.submit(book, period, on, filler=filler, reviewer=reviewer, correction=correction)


def report(book: Book, folder: Path, progress: Progress = lambda _done, _all: None) -> Written:
    """Write a report package that submits no week: receipts, and what has changed."""
    to = _above(book)
    durable.probe(folder, LEAST_ROOM)
    return _sent(book, to, building.build(book, to, "report"), folder, progress)


def share(
    book: Book,
    folder: Path,
    progress: Progress = lambda _done, _all: None,
    *,
    whole: bool = False,
) -> Written:
    """Write what the own unit's other PCs have not yet.

    With ``whole`` everything, which a new PC needs to begin; the first share of a unit with one PC
    is whole anyway.
    """
    durable.probe(folder, LEAST_ROOM)
    name = unit_name(book, book.unit)
    to = Addressee(book.unit, name, directory.own_public(book).seal)
    package = building.build(book, to, "share", whole=whole)
    return _sent(book, to, package, folder, progress, whole=whole)


def again(
    book: Book, package: Sent, folder: Path, progress: Progress = lambda _done, _all: None
) -> Path:
    """Write a package from the outbox to another stick.

    Raises :class:`~desktop.errors.NotFound` when the outbox has it no longer.
    """
    return _write(book, package, folder, progress)


def withdraw(book: Book, package: Sent) -> None:
    """Take a package back that never left: its week is open again, its number stays used up.

    Raises :class:`LaterWaits`, and what :func:`desktop.ledger.withdrawal.withdraw` raises.
    """
    for later in postbook.sent(book, package.unit):
        newer = later.replica == package.replica and later.number > package.number
        if newer and later.state != WITHDRAWN and set(later.periods) & set(package.periods):
            raise LaterWaits(package.number, later.number)
    with book.atomic():
        for period in package.periods:
            if package.kind == "report":
                cycle.withdraw(book, book.unit, period)
        _mark(book, package, WITHDRAWN)
    Shelves(book.path).outbox.remove(package.digest)


def contact(book: Book) -> Addressee | None:
    """The unit above, where its keys are known; None for a book founded without it."""
    unit = audience.above(book, book.unit)
    partner = directory.partner(book, unit) if unit else None
    if unit is None or partner is None or not partner.seal_key:
        return None
    return Addressee(unit, unit_name(book, unit), partner.seal_key)


def _sent(
    book: Book,
    to: Addressee,
    package: Sent,
    folder: Path,
    progress: Progress,
    *,
    whole: bool = False,
) -> Written:
    """The package written; taken back when that fails or is cancelled."""
    try:
        path = _write(book, package, folder, progress)
    except BaseException:
        withdraw(book, package)
        raise
    following = building.following(book, to, whole=whole)
    return Written(to.name, package, path, to.passphrase, following)


def _quietly(_done: int, _all: int) -> None:
    """One package of many tells no progress of its own."""


def _above(book: Book) -> Addressee:
    to = contact(book)
    if to is None:
        raise NobodyAbove
    return to


def _write(
    book: Book, package: Sent, folder: Path, progress: Progress = lambda _done, _all: None
) -> Path:
    raw = Shelves(book.path).outbox.get(package.digest)
    if raw is None:
        raise NotFound(package.file)
    # Once it has left, an older file put back over this book must not use its numbers again.
    replicas.note(book.profile, book.identity, book.path, book.journal, book.replica)
    path = durable.write_new(folder, package.file, raw, progress)
    if package.state != WRITTEN:
        _mark(book, package, WRITTEN)
    return path


def _mark(book: Book, package: Sent, state: str) -> None:
    with records.batch(book, "send", f"第{package.number}号{state}") as batch:
        batch.change(SENT.name, package.record, {"state": state})
