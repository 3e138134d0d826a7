"""Books on disk: found one, open it, close it; one process, one connection, nothing half.

A book is refused, each with its name and advice, when it is missing, no book, newer than the
program, read-only, on a drive that can be pulled out, or open elsewhere.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from desktop import paths
from desktop.errors import NotFound, NotWritable, OneLedgerError
from desktop.ledger import conditions, folding, lock, merging, records, replicas, tables, values
from desktop.ledger import scheme as schemes
from desktop.ledger.bookfile import (
    BookExists,
    NewerBook,
    NotABook,
    ReadOnlyBook,
    close,
    connect,
    discard,
    format_file,
    place,
    refusal,
    refuse_drive,
    refuse_file,
    upgrade,
)
from desktop.ledger.definitions import BOOK, SCHEME, Scheme
from desktop.ledger.drives import NotLocal
from desktop.ledger.entry import AUTHORED, json_text
from desktop.ledger.guard import BookInUse, Guard
from desktop.ledger.indicator_definitions import FILE as INDICATORS
from desktop.ledger.indicator_definitions import definitions
from desktop.ledger.presets import FILE as PRESETS
from desktop.ledger.presets import presets
from desktop.ledger.store import DamagedBook, Store, named

__all__ = [
    "Book", "BookExists", "BookInUse", "DamagedBook", "NewerBook", "NoSuchLevel", "NotABook",
    "NotFound", "NotLocal", "NotWritable", "ReadOnlyBook", "connect", "create", "create_from",
    "open_book", "place", "refuse_file",
]  # fmt: skip


class NoSuchLevel(OneLedgerError):
    """A level of units that the scheme does not have."""

    def __init__(self, level: str, known: str) -> None:
        super().__init__(f"没有层级“{level}”。", f"可用的层级：{known}。")


class _Version(msgspec.Struct):
    """What an entry of the register of schemes says."""

    version: int = 0
    files: str = ""


class Book(Store):
    """An open book; use as a context manager or call :meth:`close`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        guard: Guard,
        profile: Path,
        *,
        operator: str = "",
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__(connection, str(path), operator=operator, clock=clock)
        self.path, self.profile, self._guard = path, profile, guard
        self._closed = False
        self.identity, self.demonstration = folding.load(self)
        self.write_as(replicas.claim(profile, self.identity, path, self.journal))

    def __enter__(self) -> Book:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def week_last_day(self) -> int:
        """The weekday that ends a week: 0 Monday … 6 Sunday."""
        return self.scheme.week_last_day

    def batch(
        self, act: str, note: str = "", undoes: str = ""
    ) -> AbstractContextManager[records.Batch]:
        """One act of the clerk, see :class:`~desktop.ledger.records.Batch`."""
        return records.batch(self, act, note, undoes)

    def locked(self, unit: str, period: str) -> bool:
        """Whether the unit's week is submitted and not returned."""
        return lock.locked(self, unit, period)

    def close(self) -> None:
        """Note how far the book has come and give it free; may be called twice."""
        if self._closed:
            return
        self._closed = True
        with suppress(sqlite3.Error):
            replicas.note(self.profile, self.identity, self.path, self.journal, self.replica)
        close(self.connection)
        self._guard.release()


def create(
    path: Path,
    unit: str,
    level: str = "district",
    *,
    under: str | None = None,
    scheme: Scheme | None = None,
    profile: Path | None = None,
    operator: str = "",
    clock: Callable[[], datetime] | None = None,
    demonstration: bool = False,
) -> Book:
    """Found a book of ``unit`` at ``path`` and open it.

    ``under`` names the unit above. The file appears whole or not at all. Raises
    :class:`BookExists`, :class:`NoSuchLevel`, :class:`NotLocal`, :class:`NotWritable`,
    :class:`~desktop.errors.DiskFull` and what a malformed scheme raises.
    """
    scheme = scheme or schemes.load(paths.scheme_folder("investment"))
    _refuse_level(scheme, level)

    def fill(store: Store) -> str:
        return _found(store, scheme, unit, level, under, demonstration)

    return _establish(path, fill, profile or paths.profile(), operator, clock)


def create_from(
    path: Path,
    entries: Iterable[tuple[Any, ...]],
    unit: str,
    *,
    package: str,
    examine: Callable[[Store], None] = lambda _store: None,
    profile: Path | None = None,
    operator: str = "",
    clock: Callable[[], datetime] | None = None,
    demonstration: bool = False,
) -> Book:
    """Found the book of ``unit`` (a record) from entries that the unit above handed down.

    ``entries`` are authored columns and hold the scheme and the units; ``package`` names where
    they came from. ``examine`` sees the empty book with its tables before anything is taken in.
    Raises as :func:`create` does, and what ``examine`` and :func:`merging.receive` raise.
    """
    received = list(entries)

    def fill(store: Store) -> str:
        scheme = _scheme_in(received)
        with store.atomic():
            tables.make(store.database, scheme)
            store.use(scheme)
        examine(store)
        merging.receive(store, received, package)
        with records.batch(store, "found", "建账") as batch:
            return batch.create(BOOK.name, _owner(store, unit, demonstration))

    return _establish(path, fill, profile or paths.profile(), operator, clock)


def _establish(
    path: Path,
    fill: Callable[[Store], str],
    profile: Path,
    operator: str,
    clock: Callable[[], datetime] | None,
) -> Book:
    """Make the file whole under another name, then give it its own; open it."""
    if path.exists():
        raise BookExists(str(path))
    refuse_drive(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        connection = connect(draft)
    except OSError as error:
        raise refusal(error, path.parent) from error
    except sqlite3.Error as error:
        raise named(error, str(path.parent)) from error
    try:
        store = Store(format_file(connection, str(path)), str(path), operator=operator, clock=clock)
        store.write_as(replicas.new_replica())
        book = fill(store)
        replicas.note(profile, book, path, store.journal, store.replica)
        close(connection)
        place(draft, path)
    except sqlite3.Error as error:
        raise named(error, str(path)) from error
    finally:
        close(connection)
        discard(draft)
    return open_book(path, profile=profile, operator=operator, clock=clock)


def open_book(
    path: Path,
    *,
    profile: Path | None = None,
    operator: str = "",
    clock: Callable[[], datetime] | None = None,
) -> Book:
    """Open the book at ``path`` for this process alone.

    Raises :class:`NotFound`, :class:`NotABook`, :class:`NewerBook`, :class:`ReadOnlyBook`,
    :class:`NotLocal`, :class:`~desktop.ledger.guard.BookInUse`, :class:`DamagedBook`.
    """
    refuse_file(path)
    refuse_drive(path)
    guard = Guard(path)
    connection = None
    try:
        connection = connect(path)
        upgrade(connection, path)
        return Book(
            connection,
            path,
            guard,
            profile or paths.profile(),
            operator=operator,
            clock=clock,
        )
    except BaseException as error:
        if connection is not None:
            close(connection)
        guard.release()
        if isinstance(error, sqlite3.Error):
            known = named(error, str(path))
            # Tables that a book has are missing: no fault of ours, somebody took them away.
            raise DamagedBook(str(path), str(error)) if known is error else known from error
        raise


def _found(
    store: Store, scheme: Scheme, unit: str, level: str, under: str | None, demonstration: bool
) -> str:
    """The founding act: scheme, units, whose book it is; returns the book's identity."""
    with store.atomic():
        tables.make(store.database, scheme)
        store.use(scheme)
        batch = records.Batch(store, "found", f"建账：{unit}")
        batch.create(
            SCHEME.name, {"version": scheme.version, "files": json_text(dict(scheme.texts))}
        )
        fields: Mapping[str, object] = {"name": unit, "level": level}
        if under is not None:
            higher = next(one.under for one in scheme.head.level if one.name == level)
            above = batch.create(
                "unit", {"name": under, "level": higher or scheme.head.level[0].name}
            )
            fields = {**fields, "above": above}
        owner = batch.create("unit", fields)
        book = batch.create(BOOK.name, _owner(store, owner, demonstration))
        folding.adopt(store)
        conditions.load(store)
        for file, read in ((INDICATORS, definitions), (PRESETS, presets)):
            if file in scheme.texts:
                read(scheme)
    return book


def _owner(store: Store, unit: str, demonstration: bool) -> dict[str, Any]:
    founded = store.clock().isoformat(timespec="seconds")
    return {"unit": unit, "founded": founded, "demonstration": demonstration or None}


def _scheme_in(entries: list[tuple[Any, ...]]) -> Scheme:
    """The newest scheme among ``entries``; :class:`MalformedScheme` when there is none."""
    register, fields = AUTHORED.index("register"), AUTHORED.index("fields")
    newest = _Version()
    for columns in entries:
        if columns[register] == SCHEME.name:
            with suppress(msgspec.MsgspecError):  # Judged, and named, when it is taken in.
                found = msgspec.json.decode(columns[fields], type=_Version)
                newest = max(newest, found, key=lambda one: one.version)
    try:
        texts = msgspec.json.decode(newest.files, type=dict[str, str])
    except msgspec.MsgspecError:
        raise schemes.MalformedScheme("scheme.toml", "", "来件中没有方案") from None
    return schemes.parse(texts)


def _refuse_level(scheme: Scheme, level: str) -> None:
    if level not in {one.name for one in scheme.head.level}:
        known = "、".join(f"{one.name}（{one.title}）" for one in scheme.head.level)
        raise NoSuchLevel(level, known)
    # A unit's level is a choice of the code list too; a scheme may not forget one of them.
    values.admit(scheme, scheme.register("unit").get("level"), level)
