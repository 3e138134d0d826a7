"""A book's file: what is refused before it is opened, its settings, its format, its name.

Storage settings are those measured in the design: rollback journal, ``synchronous=FULL``,
``trusted_schema=OFF``.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, suppress
from functools import lru_cache
from pathlib import Path

from desktop.errors import DiskFull, NotFound, NotWritable, OneLedgerError
from desktop.ledger import drives, folding, tables
from desktop.ledger.codes import credit_code_state, project_code_state
from desktop.ledger.drives import NotLocal
from desktop.ledger.format import APPLICATION, FORMAT
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


def refuse_file(path: Path, shown: Path | None = None) -> None:
    """Raise what is wrong with the file itself, before anything is opened or locked.

    ``shown`` is the name that people know the file by, if another.
    """
    where = str(shown or path)
    if not path.is_file():
        raise NotFound(where)
    if not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK):
        raise ReadOnlyBook(where)
    if not os.access(path.parent, os.W_OK):
        raise ReadOnlyBook(str(path.parent))
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise NotWritable(where) from error
    if not header.startswith(_MAGIC) or int.from_bytes(header[68:72]) != APPLICATION:
        raise NotABook(where)
    if int.from_bytes(header[60:64]) > FORMAT:
        raise NewerBook(where)
    size, pages = int.from_bytes(header[16:18]), int.from_bytes(header[28:32])
    beside = path.with_name(path.name + "-journal")
    halfway = beside.exists() and beside.stat().st_size > 0  # SQLite makes it whole again.
    if not halfway and path.stat().st_size < (size if size > 1 else 65536) * pages:
        raise DamagedBook(where, "文件被截短")


def connect(path: Path) -> sqlite3.Connection:
    """A connection with a book's settings; transactions are ours alone.

    An act is saved when its rollback journal is cut to nothing and synced: a deleted name may come
    back after a power cut, and the act with it (``tests/ledger/test_power_cut.py``).
    """
    connection = sqlite3.connect(path, isolation_level=None, timeout=0, cached_statements=512)
    for pragma in (
        "journal_mode = TRUNCATE",
        "synchronous = FULL",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "temp_store = MEMORY",
        "cache_size = -12288",
        "mmap_size = 0",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("code_state", 2, _code_state, deterministic=True)
    return connection


def close(connection: sqlite3.Connection) -> None:
    """Close it, and take away the empty rollback journal that it kept beside the book."""
    with suppress(sqlite3.Error):  # Without it all that stays is an empty file.
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


@lru_cache(maxsize=1 << 16)
def _code_state(text: object, kind: object) -> str | None:
    """For checks: the state of a project code or a credit code, None for an empty one."""
    if not isinstance(text, str) or not text:
        return None
    return credit_code_state(text) if kind == "credit" else project_code_state(text)


def format_file(connection: sqlite3.Connection, where: str) -> sqlite3.Connection:
    """Bring the file behind ``connection`` to the present format; the same connection.

    A book gets the tables and views of the registers too that the program itself has since its
    format; all in one transaction. Raises :class:`DamagedBook` when nothing says its scheme.
    """
    # Both libraries take a third of the time that opening a book does, and an open one needs none.
    from sqlite_utils import Database

    from desktop.ledger.migrations import steps

    database = Database(connection)
    try:
        with database.atomic():
            steps.apply(database)
            if connection.execute("SELECT 1 FROM journal LIMIT 1").fetchone() is not None:
                store = Store(connection, where)
                folding.load(store)
                tables.make(database, store.scheme)
    except sqlite3.Error as error:
        raise named(error, where) from error
    return connection


def outdated(connection: sqlite3.Connection) -> int:
    """The number of the file's format when it is older than the present one, else 0."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return version if version < FORMAT else 0


def upgrade(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older file up to this format, after a copy with the old number in its name."""
    version = outdated(connection)
    if not version:
        return
    copy = path.with_name(f"{path.stem}.格式{version}{path.suffix}")
    if not copy.exists():
        draft = copy.with_name(f".{copy.name}.{os.getpid()}.tmp")
        try:
            draft.unlink(missing_ok=True)
            with closing(sqlite3.connect(draft)) as target:
                connection.backup(target)
            place(draft, copy)
        finally:
            discard(draft)
    format_file(connection, str(path))


def place(draft: Path, path: Path) -> None:
    """Give the finished file its name, never over another one.

    A rollback journal that a vanished book of that name has left is set aside (``.old``): SQLite
    would write the vanished book's pages into this one.
    """
    try:
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        left = path.with_name(f"{path.name}-journal")
        if left.exists() and not path.exists():
            left.replace(left.with_name(f"{left.name}.old"))
        if os.name == "nt":
            draft.rename(path)
            return
        try:
            os.link(draft, path)
        except OSError:  # It lies there, or a file system without links: look, then rename.
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
        raise refusal(error, path) from error


def discard(draft: Path) -> None:
    """Take a draft away, if it ever came to be; what was refused before is said, not this."""
    with suppress(OSError):
        draft.unlink(missing_ok=True)


def refusal(error: OSError, where: Path) -> OneLedgerError:
    """The operating system's error as one of the world's errors."""
    return DiskFull(str(where)) if error.errno == errno.ENOSPC else NotWritable(str(where))


def refuse_drive(path: Path) -> None:
    """Raise :class:`NotLocal` for a drive that can be pulled out or cut off."""
    kind = drives.kind_of(path)
    if kind != "local":
        raise NotLocal(str(path), kind)
