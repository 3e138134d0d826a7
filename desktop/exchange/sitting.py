"""One sitting over a stick, a folder or single files: look first, then take in.

Every package found is examined and tried in the order of its sender's numbers, each in its own
transaction; one that is refused goes to quarantine with its reason and the others go on; one that
must wait is kept and tried again, in this sitting and in every later one. Looking does the same
and takes everything back. One backup is made before the first package of a sitting.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import msgspec

from desktop.errors import OneLedgerError
from desktop.exchange import postbook, sticks, taking
from desktop.exchange.checking import Checked
from desktop.exchange.copies import KeptSpoilt
from desktop.exchange.shelves import Shelves
from desktop.exchange.trial import (
    Package,
    Result,
    attempt,
    package_of,
    reason_of,
    result_of,
    wait,
)
from desktop.ledger import backups
from desktop.ledger.backups import Backup
from desktop.ledger.records import Change
from desktop.ledger.workspace import Book

__all__ = ["Result", "Sitting", "look", "take_in"]

Progress = Callable[[int, int], None]


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


class _Back(Exception):
    """Ends a look: everything tried is taken back."""


class _Stopped(Exception):
    """Something went wrong on this PC: the sitting ends, what was taken in stays."""

    def __init__(self, reason: OneLedgerError, results: list[Result]) -> None:
        self.reason, self.results = reason, results


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
        stopped = sitting.stopped or reason_of(book, error)
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
    found: list[Package],
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
) -> tuple[list[Package], tuple[str, ...]]:
    """The packages at ``places`` and those that wait beside the book, each content once.

    What this book keeps in folders of its own beside it came from there: only what waits counts,
    and a copy that somebody names.
    """
    places = list(places)
    search = sticks.find(places, progress)
    packages: dict[str, Package] = {}
    troubles = list(search.troubles)
    named, shelves = {place.absolute() for place in places}, Shelves(book.path)
    own = {one.folder.resolve() for one in (shelves.outbox, shelves.held, shelves.refused)}
    for one in search.found:
        if one.path not in named and one.path.parent.resolve() in own:
            continue
        try:
            package = package_of(book, one.shown, one.read)
        except OSError as error:
            troubles.append(f"读不出：{one.shown}（{error.strerror}）。")
            continue
        packages.setdefault(package.digest, package)
    for kept in shelves.held.list():
        try:
            packages.setdefault(kept.digest, package_of(book, kept.name, kept.read))
        except KeptSpoilt as error:
            troubles.append(str(error))
    return sorted(packages.values(), key=_order), tuple(troubles)


def _order(package: Package) -> tuple[str, str, int, str]:
    header = package.header
    if header is None:
        return "", "", 0, package.source
    return header.sender, header.replica, header.number, package.source


def _go(
    book: Book,
    packages: list[Package],
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
        waiting: list[Package] = []
        for package in open_:
            progress(min(done, len(packages)), len(packages))
            done += 1
            try:
                result = attempt(book, package, secure, dry)
            except (OneLedgerError, sqlite3.Error, OSError) as error:
                raise _Stopped(reason_of(book, error), results) from error
            if result is None:
                waiting.append(package)
                continue
            moved = moved or result.outcome in ("可装入", "已装入")
            results.append(result)
        open_ = waiting
    for package in open_:
        if not dry:
            try:
                wait(book, package)
            except OneLedgerError as error:
                raise _Stopped(error, results) from error
        results.append(result_of(package, "待处理", error=package.waiting, code=package.code))
    progress(len(packages), len(packages))
    return results


def _written(book: Book, position: int) -> tuple[Change, ...]:
    """What the journal gained since ``position``, for pages to refresh by."""
    rows = book.connection.execute(
        "SELECT register, record FROM journal WHERE position > ? GROUP BY register, record",
        (position,),
    )
    return tuple(Change(register, record, ()) for register, record in rows)
