"""Backups: whole, verified, hashed copies of a book, and getting one back.

A backup is made by SQLite's online backup into a draft, verified line by line, brought to the disk
and only then named; beside it stands ``<name>.sha256``. The head is noted in the book (``anchor``),
so that a journal whose tail was cut afterwards is found out. A restored book goes on as a new
replica, so no number is used twice.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import msgspec

from desktop import paths
from desktop.errors import DiskFull, NotFound, NotWritable, OneLedgerError
from desktop.ledger import replicas, workspace
from desktop.ledger.store import DamagedBook, Store, named
from desktop.ledger.verify import Anchor, verify
from desktop.ledger.workspace import Book

#: How many automatic backups are kept: of the latest days, weeks and months that have one.
DAYS, WEEKS, MONTHS = 7, 5, 12


class BadBackup(OneLedgerError):
    """A backup does not hold: it is damaged or is not what was written."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"备份不可用：{where}（{reason}）。", "请换一份较早的备份。")


class Backup(msgspec.Struct, frozen=True):
    """A finished backup: where, how many entries, the head, the file's SHA-256."""

    path: str
    entries: int
    head: str
    digest: str


def backup(
    book: Book,
    target: Path,
    kind: str = "备份",
    progress: Callable[[int, int], None] | None = None,
) -> Backup:
    """Copy ``book`` to ``target``, which must not exist yet, and verify the copy.

    Raises :class:`~desktop.ledger.workspace.BookExists`, :class:`DiskFull`, :class:`NotWritable`,
    :class:`BadBackup` when the book itself does not hold.
    """
    if target.exists():
        raise workspace.BookExists(str(target))
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        _copy(book.connection, draft)
        entries, head = examine(draft, progress)
        digest = file_digest(draft)
        workspace.place(draft, target)
        _write_digest(target, digest)
    except OSError as error:
        raise _named(error, target) from error
    except sqlite3.Error as error:
        raise named(error, str(target)) from error
    finally:
        draft.unlink(missing_ok=True)
    with book.atomic():
        book.connection.execute(
            "INSERT INTO anchor (position, head, kind, time) VALUES (?, ?, ?, ?)",
            (entries, head, kind, book.clock().isoformat(timespec="seconds")),
        )
    return Backup(str(target), entries, head, digest)


def restore(source: Path, target: Path, *, profile: Path | None = None) -> Backup:
    """Make a book at ``target``, which must not exist, from the backup ``source``.

    The backup's digest (when it stands beside it) and every line are examined first. Raises
    :class:`BadBackup`, :class:`NotFound` and what :func:`backup` raises.
    """
    if not source.is_file():
        raise NotFound(str(source))
    if target.exists():
        raise workspace.BookExists(str(target))
    noted = _noted_digest(source)
    try:
        if noted is not None and file_digest(source) != noted:
            raise BadBackup(str(source), "与备份时的校验值不符")
    except OSError as error:
        raise _named(error, source) from error
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as read, draft.open("wb") as write:
            while block := read.read(1 << 20):
                write.write(block)
        entries, head = examine(draft)
        digest = file_digest(draft)
        workspace.place(draft, target)
    except OSError as error:
        raise _named(error, target) from error
    finally:
        draft.unlink(missing_ok=True)
    replicas.forget(profile or paths.profile(), _identity(target))
    return Backup(str(target), entries, head, digest)


def examine(path: Path, progress: Callable[[int, int], None] | None = None) -> tuple[int, str]:
    """Verify a book's file that nobody has open; returns the entries and the head.

    Raises :class:`BadBackup` and what is wrong with the file itself.
    """
    workspace.refuse_file(path)
    connection = workspace.connect(path)
    try:
        store = Store(connection, str(path))
        store.load()
        found = verify(store, progress=progress)
    except (sqlite3.Error, DamagedBook) as error:
        raise BadBackup(str(path), str(error)) from error
    finally:
        connection.close()
    if not found.ok:
        raise BadBackup(str(path), found.problems[0].sentence)
    return found.entries, found.head


def before(book: Book, act: str) -> Backup | None:
    """A backup before a large step (import, package); None when this state is backed up already."""
    folder = folder_of(book)
    position = book.journal.position
    if any(_position(path) == position for path in _all(folder)):
        return None
    name = f"{position:09}-{book.clock().date():%Y%m%d}-{act}.yzb"
    made = backup(book, folder / name, act)
    _thin(folder)
    return made


def folder_of(book: Book) -> Path:
    """Where a book's automatic backups lie: beside it."""
    return book.path.with_name(f"{book.path.stem}.backups")


def anchors(book: Book) -> list[Anchor]:
    """Where this book's head was seen outside it: its automatic backups, and this PC's profile."""
    found = [
        Anchor(entries, head, "备份")
        for entries, head in (_head(path) for path in _all(folder_of(book)))
        if entries
    ]
    seen = replicas.last_seen(book.profile, book.identity)
    if seen is not None and Path(seen.path) == book.path.absolute() and seen.position:
        found.append(Anchor(seen.position, seen.head, "上次关闭"))
    return found


def file_digest(path: Path) -> str:
    """The SHA-256 of a file, 64 hexadecimal digits."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _copy(connection: sqlite3.Connection, draft: Path) -> None:
    target = sqlite3.connect(draft)
    try:
        connection.backup(target)
    finally:
        target.close()


def _head(path: Path) -> tuple[int, str]:
    """Entries and head as a backup has them, (0, "") when it cannot be read."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return 0, ""
    try:
        row = connection.execute(
            "SELECT position, chain FROM journal ORDER BY position DESC LIMIT 1"
        ).fetchone()
        return row or (0, "")
    except sqlite3.Error:
        return 0, ""
    finally:
        connection.close()


def _identity(path: Path) -> str:
    connection = workspace.connect(path)
    try:
        (identity,) = connection.execute("SELECT record FROM book").fetchone()
        return str(identity)
    finally:
        connection.close()


def _all(folder: Path) -> list[Path]:
    """The automatic backups, oldest first by their place in the journal."""
    return sorted(folder.glob("*.yzb")) if folder.is_dir() else []


def _position(path: Path) -> int:
    digits = path.name.partition("-")[0]
    return int(digits) if digits.isdecimal() else -1


def _thin(folder: Path) -> None:
    """Keep the newest of each of the latest days, weeks and months; called after a good one."""
    kept: set[Path] = set()
    newest_first = _all(folder)[::-1]
    for count, bucket in ((DAYS, "%Y%m%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y%m")):
        seen: dict[str, Path] = {}
        for path in newest_first:
            seen.setdefault(_day(path).strftime(bucket), path)
        kept |= set(list(seen.values())[:count])
    for path in newest_first[DAYS:]:
        if path not in kept:
            path.unlink(missing_ok=True)
            _digest_path(path).unlink(missing_ok=True)


def _day(path: Path) -> date:
    try:
        return date.fromisoformat(path.name.split("-")[1])
    except (IndexError, ValueError):
        return date.min


def _digest_path(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _write_digest(path: Path, digest: str) -> None:
    _digest_path(path).write_text(f"{digest}  {path.name}\n", "utf-8")


def _noted_digest(path: Path) -> str | None:
    try:
        words = _digest_path(path).read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        return None
    return words[0] if words else None


def _named(error: OSError, where: Path) -> OneLedgerError:
    import errno

    return DiskFull(str(where)) if error.errno == errno.ENOSPC else NotWritable(str(where))
