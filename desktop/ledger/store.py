"""The inside of an open book: its connection, journal, tables and scheme, and who writes.

A thin owner. :class:`~desktop.ledger.workspace.Book` opens and locks it, the verbs write through
it; everything that changes stands within :meth:`Store.atomic`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from desktop.errors import DiskFull, NotWritable, OneLedgerError
from desktop.ledger import belonging, tables
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import BOOK, SCHEME, Scheme
from desktop.ledger.expressions import guarded
from desktop.ledger.guard import BookInUse
from desktop.ledger.journal import Journal

if TYPE_CHECKING:
    from sqlite_utils import Database

_NEWEST = f'FROM "{SCHEME.name}" WHERE removed = 0 ORDER BY version DESC, record LIMIT 1'
#: What a store holds of its book in memory beside the journal's end: rolled back as the file is.
_READING = ("scheme", "tables", "unit", "level", "aside")


#: How many steps of SQLite's machine reading a register may take: minutes, not for ever.
READING_STEPS = 5_000_000_000


class DamagedBook(OneLedgerError):
    """SQLite says that the file's pages do not hold together."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"账本文件已损坏：{where}（{reason}）。",
            "请不要再往里填写，用“恢复”从最近的备份恢复，并保留损坏的文件。",
        )


class BookGone(OneLedgerError):
    """The book's file or folder is no longer where it was opened."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"账本文件不在原处了：{where}。",
            "可能是文件夹被移动、改名或删除，或U盘、共享盘断开了。"
            "请把它放回原处再重做这一步；此前保存的内容都在原来的文件里。",
        )


class DiskTrouble(OneLedgerError):
    """The disk answered with an error while the book was read or written."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"读写磁盘时出错：{where}（{reason}）。",
            "这一步没有保存；请检查磁盘是否已断开或有坏道，然后重试。",
        )


class NoSuchRecord(OneLedgerError):
    """A record was named that the book does not have."""

    def __init__(self, title: str, text: str, candidates: str = "") -> None:
        advice = f"相近的有：{candidates}。" if candidates else "请检查名称、代码或编号。"
        super().__init__(f"“{title}”中没有“{text}”。", advice)


class Aside(NamedTuple):
    """The packages set aside in a book, and the entries that its fold therefore passes over."""

    packages: frozenset[str]
    entries: frozenset[str]


class Store:
    """Connection, journal, tables and scheme of one book, and the replica that writes.

    ``unit`` and ``level`` are the owner's; ``number`` is the replica's last number; ``clock``
    gives the time that people see beside an entry. ``aside`` is what
    :mod:`~desktop.ledger.marks` knows of packages set aside, None before anybody asked.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        name: str,
        *,
        operator: str = "",
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.connection = connection
        self.name = name
        self.operator = operator
        self.clock = clock or (lambda: datetime.now().astimezone())
        self.journal = Journal(connection)
        self.replica = ""
        self.number = 0
        self.unit = ""
        self.level = ""
        self.scheme: Scheme
        self.tables: dict[str, tables.Table] = {}
        self.aside: Aside | None = None

    @cached_property
    def database(self) -> Database:
        """The connection as sqlite-utils sees it; a book that is only read does without."""
        from sqlite_utils import Database

        database = Database(self.connection)
        # Its own trial takes a disk's error for a "no", and would make tables that are not STRICT.
        database._supports_strict = database._supports_on_conflict = True
        return database

    def write_as(self, replica: str) -> None:
        """From now on entries are numbered on behalf of ``replica``."""
        self.replica = replica
        self.number = self.journal.last_number(replica)

    def use(self, scheme: Scheme) -> None:
        """Read and write by ``scheme``, whose tables must be there."""
        self.scheme = scheme
        self.tables = {
            register.name: tables.Table(self.connection, register)
            for register in scheme.registers.values()
        }

    def load(self) -> None:
        """Read the scheme and the owner's unit from the tables."""
        texts = self.texts()
        if not texts:
            raise DamagedBook(self.name, "没有方案")
        self.use(schemes.parse(texts))
        self.load_unit()

    def texts(self) -> dict[str, str]:
        """The files of the newest scheme in the tables, ``{}`` when there is none."""
        row = self.connection.execute(f"SELECT files {_NEWEST}").fetchone()
        return msgspec.json.decode(row[0], type=dict[str, str]) if row else {}

    def scheme_record(self) -> str:
        """The record that holds the newest scheme."""
        return str(self.connection.execute(f"SELECT record {_NEWEST}").fetchone()[0])

    def load_unit(self) -> None:
        """Read whose book this is."""
        row = self.connection.execute(
            f'SELECT u.record, u.level FROM "{BOOK.name}" AS b JOIN unit AS u ON u.record = b.unit'
            " WHERE b.removed = 0 LIMIT 1"
        ).fetchone()
        self.unit, self.level = row if row else ("", "")

    @contextmanager
    def atomic(self) -> Iterator[None]:
        """All or nothing; errors of disk and file get their names."""
        reading = {name: vars(self)[name] for name in _READING if name in vars(self)}
        try:
            with self.database.atomic():
                yield
        except BaseException as error:
            vars(self).update(reading)
            self._forget()
            if isinstance(error, sqlite3.Error):
                raise named(error, self.name) from error
            raise

    def _forget(self) -> None:
        """Read anew what was rolled back, a whole transaction or the inner one of two."""
        try:
            self.journal.reload()
            self.number = self.journal.last_number(self.replica)
        except sqlite3.Error as error:
            raise named(error, self.name) from error

    def rows(
        self, register: str, period: str | None = None, *, ours: bool = False
    ) -> list[dict[str, Any]]:
        """The present records of a register: ``record``, stored fields and formulas.

        ``period`` narrows a ledger to one period, ``ours`` to what is this book's work
        (:mod:`~desktop.ledger.belonging`). Files come in the order of their name, ledgers
        and lists in the order of their subject.
        """
        definition = self.scheme.register(register)
        sql, values = f'SELECT * FROM "v_{register}" AS this WHERE 1', []
        if period is not None and definition.shape == "ledger":
            sql += " AND period = ?"
            values.append(period)
        if ours:
            sql += f" AND {belonging.ours(self.scheme, definition)}"
        order = [definition.of, "period"] if definition.shape == "ledger" else [definition.of]
        if "order" in definition.by_name:
            order.append("order")
        order.append(definition.label or "record")
        sql += " ORDER BY " + ", ".join(f'"{name}"' for name in order if name)
        with guarded(self.connection, definition.title, steps=READING_STEPS):
            return self.select(sql, values)

    def latest_week(self) -> str | None:
        """The latest week begun in this book, never the wall clock's; None for an empty book."""
        weekly = self.scheme.head.weekly
        (period,) = self.connection.execute(
            f'SELECT max(period) FROM "{weekly}" WHERE removed = 0'
        ).fetchone()
        return str(period) if period else None

    @property
    def year(self) -> int | None:
        """The year that 第9周 means: that of the latest week begun in this book."""
        latest = self.latest_week()
        return int(latest[:4]) if latest else None

    def select(self, sql: str, values: object = ()) -> list[dict[str, Any]]:
        """The rows of a reading statement as dictionaries."""
        try:
            cursor = self.connection.execute(sql, values)  # type: ignore[arg-type]
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]
        except sqlite3.Error as error:
            raise named(error, self.name) from error

    def present(self, register: str, record: str) -> tables.Present | None:
        """The record as it stands; removed ones too."""
        self.scheme.register(register)
        return self.tables[register].read(record)


def named(error: sqlite3.Error, where: str) -> Exception:
    """SQLite's error as one of the world's errors; ``error`` itself when it is a fault of ours."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(where)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return BookInUse(where, "可能是别的数据库工具")
    lost = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR)
    if code in lost and Path(where).is_absolute() and not Path(where).exists():
        return BookGone(where)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return NotWritable(where)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "decode to UTF-8" in str(error):
        return DamagedBook(where, str(error))
    if code == sqlite3.SQLITE_IOERR:
        return DiskTrouble(where, str(error))
    return error


def known(error: Exception) -> OneLedgerError | None:
    """What SQLite met in the world, by name; None for any other error, which is a fault of ours."""
    found = named(error, "") if isinstance(error, sqlite3.Error) else error
    return found if isinstance(found, OneLedgerError) else None
