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
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import msgspec

from desktop import paths
from desktop.errors import NotFound, OneLedgerError
from desktop.ledger import file_digests, folding, forms_beside, replicas
from desktop.ledger.automatic_backups import all_in, folder_beside, head_of, set_aside, thin
from desktop.ledger.bookfile import (
    BookExists,
    close,
    connect,
    discard,
    format_file,
    outdated,
    place,
    refusal,
    refuse_file,
)
from desktop.ledger.forms_beside import Taken
from desktop.ledger.store import DamagedBook, Store, named
from desktop.ledger.verify import BESIDE, Anchor, verify
from desktop.ledger.workspace import Book


class BadBackup(OneLedgerError):
    """A backup does not hold: it is damaged or is not what was written."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"备份不可用：{where}（{reason}）。", "请换一份较早的备份。")
        self.reason = reason


class BookUnsound(OneLedgerError):
    """The book itself does not hold, so its copy would be no backup."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(
            f"账本未通过核验，没有备份：{where}（{reason}）。",
            "请运行核验；各表与流水不符的可以重建，流水有问题的请从较早的备份恢复。",
        )


class Examined(NamedTuple):
    """What a sound book's file holds: how many entries, the head, the book's identity.

    ``lacking`` counts the photos and attachments that are lost or altered.
    """

    entries: int
    head: str
    book: str
    lacking: int = 0


class Backup(msgspec.Struct, frozen=True):
    """A finished backup: where, how many entries, the head, the file's SHA-256.

    A lost photo does not keep a book from being backed up: ``lacking`` says how many the copy
    lacks, as the book does. ``forms`` are the departments' forms that went along.
    """

    path: str
    entries: int
    head: str
    digest: str
    lacking: int = 0
    forms: Taken = Taken()


def backup(
    book: Book,
    target: Path,
    kind: str = "备份",
    progress: Callable[[int, int], None] | None = None,
) -> Backup:
    """Copy ``book`` to ``target``, which must not exist yet, and verify the copy.

    Raises :class:`~desktop.ledger.bookfile.BookExists`, :class:`DiskFull`, :class:`NotWritable`,
    :class:`BookUnsound` when the book itself does not hold.
    """
    if target.exists():
        raise BookExists(str(target))
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        draft.unlink(missing_ok=True)
        _copy(book.connection, draft)
        entries, head, _, lacking = examine(draft, progress)
        digest = file_digests.digest_of(draft)
        forms = forms_beside.pack(book.path, target)  # first: a backup is never without them
        place(draft, target)
        file_digests.note(target, digest)
    except BadBackup as error:
        raise BookUnsound(str(book.path), error.reason) from error
    except OSError as error:
        raise refusal(error, target) from error
    except sqlite3.Error as error:
        raise named(error, str(target)) from error
    finally:
        discard(draft)
    with book.atomic():
        book.connection.execute(
            "INSERT INTO anchor (position, head, kind, time) VALUES (?, ?, ?, ?)",
            (entries, head, kind, book.clock().isoformat(timespec="seconds")),
        )
    # An older copy put back after a crash must not be taken for this replica.
    replicas.note(book.profile, book.identity, book.path, book.journal, book.replica)
    return Backup(str(target), entries, head, digest, lacking, forms)


def restore(source: Path, target: Path, *, profile: Path | None = None) -> Backup:
    """Make a book at ``target``, which must not exist, from the backup ``source``.

    The backup's digest (when it stands beside it) and every line are examined first. Automatic
    backups of what the restored book does not know are set aside, never deleted; forms come along
    and never take the place of others of their name. Raises :class:`BadBackup`, :class:`NotFound`
    and what :func:`backup` raises.
    """
    if not source.is_file():
        raise NotFound(str(source))
    if target.exists():
        raise BookExists(str(target))
    noted = file_digests.noted(source)
    try:
        if noted is not None and file_digests.digest_of(source) != noted:
            raise BadBackup(str(source), "与备份时的校验值不符")
    except OSError as error:
        raise refusal(error, source) from error
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with source.open("rb") as read, draft.open("wb") as write:
            while block := read.read(1 << 20):
                write.write(block)
        entries, head, identity, lacking = examine(draft, shown=source, ours=True)
        digest = file_digests.digest_of(draft)
        forms = forms_beside.unpack(source, target)
        place(draft, target)
    except forms_beside.BadArchive as error:
        raise BadBackup(str(source), str(error)) from error
    except OSError as error:
        raise refusal(error, target) from error
    finally:
        discard(draft)
    replicas.forget(profile or paths.profile(), identity, target)
    set_aside(folder_beside(target), target)
    return Backup(str(target), entries, head, digest, lacking, forms)


def examine(
    path: Path,
    progress: Callable[[int, int], None] | None = None,
    shown: Path | None = None,
    *,
    ours: bool = False,
) -> Examined:
    """Verify a book's file that nobody has open; people know it by the name ``shown``.

    One that is ``ours``, a draft, is brought up to the present format first. Raises
    :class:`BadBackup` and what is wrong with the file itself.
    """
    where = str(shown or path)
    connection = None
    try:
        refuse_file(path, shown)
        connection = connect(path)
        if ours and outdated(connection):
            format_file(connection, where)
        store = Store(connection, where)
        identity, _ = folding.load(store)
        found = verify(store, progress=progress)
    except (sqlite3.Error, DamagedBook) as error:
        raise BadBackup(where, str(error)) from error
    finally:
        if connection is not None:
            close(connection)
    unsound = [problem for problem in found.problems if problem.what not in BESIDE]
    if unsound:
        raise BadBackup(where, unsound[0].sentence)
    return Examined(found.entries, found.head, identity, len(found.problems))


def before(
    book: Book, act: str, progress: Callable[[int, int], None] | None = None
) -> Backup | None:
    """A backup before a large step (import, package), or of the day.

    None when this state is backed up already. Raises as :func:`backup`, and what ``progress`` does.
    """
    folder = folder_of(book)
    position, head = book.journal.position, book.journal.head
    if any(
        head_of(path) == (position, head)
        and file_digests.unspoiled(path)
        and forms_beside.same(book.path, path)
        for path in all_in(folder)
    ):
        return None
    name = f"{position:09}-{book.clock().date():%Y%m%d}-{act}-{head[:8]}"
    target = folder / f"{name}.yzb"
    while target.exists():  # This very state, but spoiled since.
        target = target.with_stem(target.stem + "-")
    made = backup(book, target, progress=progress)
    thin(folder)
    return made


def folder_of(book: Book) -> Path:
    """Where a book's automatic backups lie: beside it."""
    return folder_beside(book.path)


def anchors(book: Book) -> list[Anchor]:
    """Where this book's head was seen outside it: its automatic backups, and this PC's profile."""
    found = [
        Anchor(entries, head, "备份")
        for entries, head in (head_of(path) for path in all_in(folder_of(book)))
        if entries
    ]
    seen = replicas.last_seen(book.profile, book.identity, book.path)
    if seen is not None and seen.position:
        found.append(Anchor(seen.position, seen.head, "上次关闭"))
    return found


def _copy(connection: sqlite3.Connection, draft: Path) -> None:
    with closing(sqlite3.connect(draft)) as target:
        connection.backup(target)
