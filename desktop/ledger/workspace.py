"""Books on disk: found one, open it, close it; one process, one connection, nothing half.

A book is refused, each with its name and advice, when it is missing, no book, newer than the
program, read-only, on a drive that can be pulled out, or open elsewhere. Storage settings are
those measured in the design: rollback journal, ``synchronous=FULL``, ``trusted_schema=OFF``.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path

from desktop import paths
from desktop.errors import NotFound, NotWritable, OneLedgerError
from desktop.ledger import drives, folding, lock, records, replicas, tables, values
from desktop.ledger import scheme as schemes
from desktop.ledger.codes import credit_code_state, project_code_state
from desktop.ledger.definitions import BOOK, SCHEME, Scheme
from desktop.ledger.drives import NotLocal
from desktop.ledger.entry import json_text
from desktop.ledger.guard import Guard
from desktop.ledger.migrations import APPLICATION, FORMAT, steps
from desktop.ledger.store import DamagedBook, Store, named

_MAGIC = b"SQLite format 3\x00"


class NotABook(OneLedgerError):
    """The file is something else, or its very beginning is destroyed."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"这不是账本文件，或文件开头已损坏：{where}。",
            "账本文件的扩展名是 .yzb；如确是账本，请从备份恢复。",
        )


class NewerBook(OneLedgerError):
    """The book was written by a newer program."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"账本由更新版本的程序写成，本程序不能打开：{where}。", "请先升级程序；账本没有改动。"
        )


class ReadOnlyBook(OneLedgerError):
    """The file or its folder may not be written."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"账本是只读的：{where}。",
            "请取消文件的只读属性，或复制到可以写入的文件夹后再打开。",
        )


class BookExists(OneLedgerError):
    """A book cannot be founded where a file lies."""

    def __init__(self, where: str) -> None:
        super().__init__(f"文件已经存在：{where}。", "请换一个文件名；原有文件没有改动。")


class NoSuchLevel(OneLedgerError):
    """A level of units that the scheme does not have."""

    def __init__(self, level: str, known: str) -> None:
        super().__init__(f"没有层级“{level}”。", f"可用的层级：{known}。")


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
        self.load()
        row = connection.execute(f'SELECT record FROM "{BOOK.name}"').fetchone()
        if row is None:
            raise DamagedBook(str(path), "没有所属单位")
        self.identity: str = row[0]
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
        self.connection.close()
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
) -> Book:
    """Found a book of ``unit`` at ``path`` and open it.

    ``under`` names the unit above. The file appears whole or not at all. Raises
    :class:`BookExists`, :class:`NoSuchLevel`, :class:`NotLocal`, :class:`NotWritable`,
    :class:`~desktop.errors.DiskFull` and what a malformed scheme raises.
    """
    scheme = scheme or schemes.load(paths.scheme_folder("investment"))
    profile = profile or paths.profile()
    _refuse_level(scheme, level)
    if path.exists():
        raise BookExists(str(path))
    _refuse_drive(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        connection = connect(draft)
    except OSError as error:
        raise NotWritable(str(path.parent)) from error
    except sqlite3.Error as error:
        raise named(error, str(path.parent)) from error
    try:
        store = Store(_formatted(connection, str(path)), str(path), operator=operator, clock=clock)
        store.write_as(replicas.new_replica())
        book = _found(store, scheme, unit, level, under)
        replicas.note(profile, book, path, store.journal, store.replica)
        connection.close()
        place(draft, path)
    except sqlite3.Error as error:
        raise named(error, str(path)) from error
    finally:
        connection.close()
        draft.unlink(missing_ok=True)
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
    _refuse_drive(path)
    guard = Guard(path)
    connection = None
    try:
        connection = connect(path)
        _upgrade(connection, path)
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
            connection.close()
        guard.release()
        if isinstance(error, sqlite3.Error):
            raise named(error, str(path)) from error
        raise


def refuse_file(path: Path) -> None:
    """Raise what is wrong with the file itself, before anything is opened or locked."""
    if not path.is_file():
        raise NotFound(str(path))
    if not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK):
        raise ReadOnlyBook(str(path))
    if not os.access(path.parent, os.W_OK):
        raise ReadOnlyBook(str(path.parent))
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise NotWritable(str(path)) from error
    if not header.startswith(_MAGIC) or int.from_bytes(header[68:72]) != APPLICATION:
        raise NotABook(str(path))
    if int.from_bytes(header[60:64]) > FORMAT:
        raise NewerBook(str(path))


def connect(path: Path) -> sqlite3.Connection:
    """A connection with a book's settings; transactions are ours alone."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=0, cached_statements=512)
    for pragma in (
        "journal_mode = DELETE",
        "synchronous = FULL",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "temp_store = MEMORY",
        "cache_size = -32768",
        "mmap_size = 0",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("code_state", 2, _code_state, deterministic=True)
    return connection


def _code_state(text: object, kind: object) -> str | None:
    """For checks: the state of a project code or a credit code, None for an empty one."""
    if not isinstance(text, str) or not text:
        return None
    return credit_code_state(text) if kind == "credit" else project_code_state(text)


def _formatted(connection: sqlite3.Connection, where: str) -> sqlite3.Connection:
    from sqlite_utils import Database

    try:
        steps.apply(Database(connection))
    except sqlite3.Error as error:
        raise named(error, where) from error
    return connection


def _upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older file up to this format, after a copy with the old number in its name."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == FORMAT:
        return
    copy = path.with_name(f"{path.stem}.格式{version}{path.suffix}")
    if not copy.exists():
        with sqlite3.connect(copy) as target:
            connection.backup(target)
        target.close()
    _formatted(connection, str(path))


def _found(store: Store, scheme: Scheme, unit: str, level: str, under: str | None) -> str:
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
        book = batch.create(
            BOOK.name,
            {"unit": owner, "founded": store.clock().isoformat(timespec="seconds")},
        )
        folding.adopt(store)
    return book


def place(draft: Path, path: Path) -> None:
    """Give the finished file its name, never over another one."""
    try:
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        if os.name == "nt":
            draft.rename(path)
            return
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # A file system without links: look, then rename.
            if path.exists():
                raise FileExistsError from None
            draft.rename(path)
        draft.unlink(missing_ok=True)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except FileExistsError:
        raise BookExists(str(path)) from None
    except OSError as error:
        raise NotWritable(str(path)) from error


def _refuse_drive(path: Path) -> None:
    kind = drives.kind_of(path)
    if kind != "local":
        raise NotLocal(str(path), kind)


def _refuse_level(scheme: Scheme, level: str) -> None:
    if level not in {one.name for one in scheme.head.level}:
        known = "、".join(f"{one.name}（{one.title}）" for one in scheme.head.level)
        raise NoSuchLevel(level, known)
    # A unit's level is a choice of the code list too; a scheme may not forget one of them.
    values.admit(scheme, scheme.register("unit").get("level"), level)
