"""One sitting over a stick, a folder or single files: look first, then take in.

Every package found is examined and tried in the order of its sender's numbers, each in its own
transaction; one that is refused goes to quarantine with its reason and the others go on; one that
must wait is kept and tried again, in this sitting and in every later one. Looking does the same
and takes everything back. One backup is made before the first package of a sitting.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from desktop.errors import DiskFull, NotWritable, OneLedgerError, of_the_system
from desktop.exchange import (
    checking,
    container,
    directory,
    postbook,
    refusals,
    sticks,
    taking,
)
from desktop.exchange.checking import Answer, Checked
from desktop.exchange.effect import Effect
from desktop.exchange.payload import Header, Kind
from desktop.exchange.shelves import KeptSpoilt, Shelves
from desktop.ledger import backups, merging
from desktop.ledger.backups import Backup, BadBackup
from desktop.ledger.guard import BookInUse
from desktop.ledger.records import Change
from desktop.ledger.store import BookGone, DamagedBook, DiskTrouble, named
from desktop.ledger.workspace import Book

Progress = Callable[[int, int], None]
#: What became of a package: can be taken in (looking), taken in, known already, waits, refused.
#: Or it is somebody else's: one stick may carry the packages of all units, and our own.
Outcome = Literal["可装入", "已装入", "已装入过", "待处理", "已隔离", "不归本机"]


class Result(msgspec.Struct, frozen=True):
    """One package of a sitting: whose it is by its header, what it is, and what became of it.

    ``name`` is the sender's as this book knows it, the package's own word for an unknown one;
    ``source`` is the file it was found in; ``code`` the comparison code of a first answer.
    """

    source: str
    outcome: Outcome
    unit: str = ""
    name: str = ""
    kind: Kind | Literal[""] = ""
    number: int = 0
    digest: str = ""
    periods: tuple[str, ...] = ()
    effect: Effect | None = None
    error: OneLedgerError | None = None
    note: str = ""
    code: str = ""


class Sitting(msgspec.Struct, frozen=True):
    """All results, in the order of trying; ``changes`` is what was written, for pages to refresh.

    ``troubles`` are places that could not be read, as sentences; ``stopped`` is what went wrong on
    this PC (a full disk, missing keys): packages that were not tried then are as they were.
    """

    results: tuple[Result, ...]
    backup: Backup | None = None
    changes: tuple[Change, ...] = ()
    troubles: tuple[str, ...] = ()
    stopped: OneLedgerError | None = None

    @property
    def nothing(self) -> bool:
        """Whether there was no package for this book at all."""
        return all(one.outcome == "不归本机" for one in self.results)

    @property
    def refused(self) -> int:
        """How many packages went to quarantine."""
        return sum(one.outcome == "已隔离" for one in self.results)


class Gone(OneLedgerError):
    """A package could be read when it was found, and now no more."""

    def __init__(self, source: str) -> None:
        super().__init__(
            f"读到一半断开了：{source}。",
            "请重新插好U盘后再装入；已经装入的都已保存，没有装入的不受影响。",
        )


#: What goes wrong on this PC and is no fault of a package: the sitting stops.
OURS = (
    DiskFull,
    NotWritable,
    BookGone,
    BookInUse,
    DamagedBook,
    DiskTrouble,
    BadBackup,
    refusals.KeysMissing,
)


class _Back(Exception):
    """Ends a look: everything tried is taken back."""


class _Stopped(Exception):
    """Something went wrong on this PC: the sitting ends, what was taken in stays."""

    def __init__(self, reason: OneLedgerError, results: list[Result]) -> None:
        self.reason, self.results = reason, results


class _Package(msgspec.Struct):
    """A package on its way through a sitting; its bytes are read when they are needed."""

    source: str
    digest: str
    header: Header | None
    read: Callable[[], bytes]
    waiting: OneLedgerError | None = None
    code: str = ""

    @property
    def name(self) -> str:
        """The file's name, however it was given."""
        return re.split(r"[\\/]", self.source)[-1]


def look(
    book: Book, places: Iterable[Path], progress: Progress = lambda _done, _all: None
) -> Sitting:
    """What taking in everything at ``places`` would do; the book stays as it is."""
    found, troubles = _found(book, places, progress)
    sitting = Sitting((), troubles=troubles)
    try:
        with book.atomic():
            sitting = _sit(book, found, troubles, progress, _nothing, dry=True)
            raise _Back
    except _Back:
        return sitting


def take_in(
    book: Book,
    places: Iterable[Path],
    progress: Progress = lambda _done, _all: None,
    *,
    backup: bool = True,
) -> Sitting:
    """Take in every package at ``places`` that holds, and what waited beside the book.

    Without ``backup`` only where nothing can be lost: in the making of a demonstration.
    """
    found, troubles = _found(book, places, progress)
    before = book.journal.position
    made: list[Backup | None] = [] if backup else [None]

    def secure(checked: Checked) -> None:
        if not made:
            _rehearse(book, checked)
            made.append(backups.before(book, "装入"))

    sitting = _sit(book, found, troubles, progress, secure, dry=False)
    changes: tuple[Change, ...] = ()
    try:
        changes = _written(book, before)
        _clear_outbox(book)
    except (OneLedgerError, sqlite3.Error, OSError) as error:
        stopped = sitting.stopped or _reason(book, error)
        sitting = msgspec.structs.replace(sitting, stopped=stopped)
    return msgspec.structs.replace(sitting, backup=made[0] if made else None, changes=changes)


def _clear_outbox(book: Book) -> None:
    """What was acknowledged or taken back need not be written again."""
    outbox, open_ = Shelves(book.path).outbox, postbook.open_digests(book)
    for kept in outbox.list():
        if kept.digest not in open_:
            outbox.remove(kept.digest)


def _nothing(_checked: Checked) -> None:
    """Looking changes nothing, so nothing has to be secured."""


def _rehearse(book: Book, checked: Checked) -> None:
    """Take the package in and back again: one refused only then must not even cost a backup.

    For a backup leaves its mark in the book. Raises what :func:`taking.apply` raises.
    """
    with suppress(_Back), book.atomic():
        taking.apply(book, checked)
        raise _Back


def _sit(
    book: Book,
    found: list[_Package],
    troubles: tuple[str, ...],
    progress: Progress,
    secure: Callable[[Checked], None],
    *,
    dry: bool,
) -> Sitting:
    try:
        results = _go(book, found, progress, secure, dry=dry)
    except _Stopped as stopped:
        return Sitting(tuple(stopped.results), troubles=troubles, stopped=stopped.reason)
    return Sitting(tuple(results), troubles=troubles)


def _found(
    book: Book, places: Iterable[Path], progress: Progress
) -> tuple[list[_Package], tuple[str, ...]]:
    """The packages at ``places`` and those that wait beside the book, each content once."""
    search = sticks.find(places, progress)
    packages: dict[str, _Package] = {}
    troubles = list(search.troubles)
    for one in search.found:
        try:
            package = _package(book, one.shown, one.read)
        except OSError as error:
            troubles.append(f"读不出：{one.shown}（{error.strerror}）。")
            continue
        packages.setdefault(package.digest, package)
    for kept in Shelves(book.path).held.list():
        try:
            packages.setdefault(kept.digest, _package(book, kept.name, kept.read))
        except KeptSpoilt as error:
            troubles.append(str(error))
    return sorted(packages.values(), key=_order), tuple(troubles)


def _package(book: Book, source: str, read: Callable[[], bytes]) -> _Package:
    raw = read()
    try:
        header = directory.by_name(book, container.read_header(raw))
    except OneLedgerError:
        header = None
    return _Package(source, container.digest(raw), header, read)


def _order(package: _Package) -> tuple[str, str, int, str]:
    header = package.header
    if header is None:
        return "", "", 0, package.source
    return header.sender, header.replica, header.number, package.source


def _go(
    book: Book,
    packages: list[_Package],
    progress: Progress,
    secure: Callable[[Checked], None],
    *,
    dry: bool,
) -> list[Result]:
    """Try all, and what waits again for as long as anything new came in."""
    results: list[Result] = []
    open_, moved, done = packages, True, 0
    while open_ and moved:
        moved = False
        waiting: list[_Package] = []
        for package in open_:
            progress(min(done, len(packages)), len(packages))
            done += 1
            try:
                result = _try(book, package, secure, dry)
            except (OneLedgerError, sqlite3.Error, OSError) as error:
                raise _Stopped(_reason(book, error), results) from error
            if result is None:
                waiting.append(package)
                continue
            moved = moved or result.outcome in ("可装入", "已装入")
            results.append(result)
        open_ = waiting
    for package in open_:
        if not dry:
            try:
                _wait(book, package)
            except OneLedgerError as error:
                raise _Stopped(error, results) from error
        results.append(_result(package, "待处理", error=package.waiting, code=package.code))
    progress(len(packages), len(packages))
    return results


def _reason(book: Book, error: OneLedgerError | sqlite3.Error | OSError) -> OneLedgerError:
    """What stopped a sitting, by name; raises ``error`` again when that is a fault of ours."""
    if isinstance(error, OSError):
        return of_the_system(error)
    known = named(error, str(book.path)) if isinstance(error, sqlite3.Error) else error
    if not isinstance(known, OneLedgerError):
        raise error
    return known


def _wait(book: Book, package: _Package) -> None:
    """Keep a package beside the book until what it needs has come."""
    try:
        raw = package.read()
    except OSError as error:
        raise Gone(package.source) from error
    Shelves(book.path).held.put(package.name, raw)


def _try(
    book: Book, package: _Package, secure: Callable[[Checked], None], dry: bool
) -> Result | None:
    """One package, in its own transaction; None when it has to wait.

    Raises what went wrong on this PC, which is no fault of the package.
    """
    try:
        raw = package.read()
    except OSError as error:
        raise Gone(package.source) from error
    try:
        checked = checking.examine(raw, book, directory.trust(book))
        if isinstance(checked, Answer):
            package.code = _answered(book, checked, dry)
            raise refusals.Unconfirmed(package.header.sender_name if package.header else "")
        secure(checked)
        effect, _ = taking.apply(book, checked)
    except OneLedgerError as error:
        ours = None if _wants_code(package, error) else _ours(book, error)
        if ours is not None:
            raise ours from error
        return _refused(book, package, raw, error, dry)
    if not dry:
        Shelves(book.path).held.remove(checked.digest)
    outcome: Outcome = "可装入" if dry else "已装入"
    note = taking.note(checked)
    return _result(package, outcome, checked=checked, effect=effect, note=note)


def _wants_code(package: _Package, error: OneLedgerError) -> bool:
    """Whether a share waits for the recovery code of new keys: anybody can write such a header.

    So it waits alone, and nobody stops a sitting with it.
    """
    header = package.header
    return isinstance(error, refusals.KeysMissing) and header is not None and bool(header.box)


def _ours(book: Book, error: OneLedgerError) -> OneLedgerError | None:
    """What went wrong on this PC, if that is behind ``error``: no package answers for it."""
    cause: BaseException | None = error
    while cause is not None:
        known = named(cause, str(book.path)) if isinstance(cause, sqlite3.Error) else cause
        if isinstance(known, OURS):
            return known
        cause = cause.__cause__
    return None


def _answered(book: Book, answer: Answer, dry: bool) -> str:
    """Keep a first answer's keys (looking keeps nothing); the code to be compared."""
    if dry:
        return ""
    return taking.answer(book, answer)


def _refused(
    book: Book, package: _Package, raw: bytes, error: OneLedgerError, dry: bool
) -> Result | None:
    kind = error.kind if isinstance(error, refusals.Refusal) else "refused"
    if kind == "held" or isinstance(error, (merging.ParentsMissing, refusals.KeysMissing)):
        package.waiting = error
        return None
    if _elsewhere(book, package, error):
        return _result(package, "不归本机", error=error)
    if not dry:
        shelves = Shelves(book.path)
        if kind == "refused":
            shelves.quarantine(raw, error, package.source)
        shelves.held.remove(package.digest)
    return _result(package, "已装入过" if kind == "known" else "已隔离", error=error)


def _elsewhere(book: Book, package: _Package, error: OneLedgerError) -> bool:
    """Whether a package is addressed to another unit, or was written here: nothing is wrong."""
    header = package.header
    if header is None or isinstance(error, refusals.OwnPackage):
        return header is not None
    return isinstance(error, refusals.NotForUs) and header.receiver != book.unit


def _result(
    package: _Package,
    outcome: Outcome,
    *,
    checked: Checked | None = None,
    effect: Effect | None = None,
    error: OneLedgerError | None = None,
    note: str = "",
    code: str = "",
) -> Result:
    header = package.header
    if header is None:
        return Result(package.source, outcome, digest=package.digest, error=error)
    return Result(
        package.source,
        outcome,
        header.sender,
        header.sender_name,
        header.kind,
        header.number,
        package.digest,
        checked.message.periods if checked else (),
        effect,
        error,
        note,
        code,
    )


def _written(book: Book, position: int) -> tuple[Change, ...]:
    """What the journal gained since ``position``, for pages to refresh by."""
    rows = book.connection.execute(
        "SELECT register, record FROM journal WHERE position > ? GROUP BY register, record",
        (position,),
    )
    return tuple(Change(register, record, ()) for register, record in rows)
