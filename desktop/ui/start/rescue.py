"""A book that cannot be opened where it is, or as it is: a copy here, or a backup; no Qt."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from desktop.errors import NotFound
from desktop.ledger import backups, forms_beside
from desktop.ledger.bookfile import discard, place, refusal
from desktop.ledger.store import named
from desktop.ui.start import places

Progress = Callable[[int, int], None]
_BLOCK = 1 << 20


def copy_of(book: Path, folder: Path, progress: Progress) -> Path:
    """Copy ``book`` into ``folder`` under a free name; returns the copy.

    What SQLite had begun to write beside it (``-journal``) comes along and makes the copy whole
    before it gets its name; the departments' forms beside it do too. Nothing is left behind when
    it fails or is cancelled. Raises :class:`~desktop.errors.NotFound`,
    :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`,
    :class:`~desktop.ledger.store.DamagedBook`.
    """
    if not book.is_file():
        raise NotFound(str(book))
    target = places.free(folder / book.name)
    half = book.with_name(f"{book.name}-journal")
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    beside = draft.with_name(f"{draft.name}-journal")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _copy(book, draft, progress)
        if half.is_file():
            _copy(half, beside, lambda _done, _all: None)
            with closing(sqlite3.connect(draft)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        forms_beside.carry(book, target)
        place(draft, target)
    except OSError as error:
        raise refusal(error, folder) from error
    except sqlite3.Error as error:
        raise named(error, str(book)) from error
    finally:
        discard(draft)
        discard(beside)
    return target


def latest_backup(book: Path) -> Path | None:
    """The newest backup that the program itself made of ``book``, None when there is none."""
    folder = backups_of(book)
    found = sorted(folder.glob("[0-9]*.yzb")) if folder.is_dir() else []
    return found[-1] if found else None


def backups_of(book: Path) -> Path:
    """The folder in which a book's own backups lie."""
    return book.with_name(f"{book.stem}.backups")


def restored(backup: Path, book: Path) -> Path:
    """A new book beside ``book`` from ``backup``; the damaged file stays as it is.

    Raises :class:`~desktop.ledger.backups.BadBackup` and what restoring raises.
    """
    target = places.free(book.with_name(f"{book.stem}（恢复）{places.ENDING}"))
    backups.restore(backup, target)
    return target


def _copy(source: Path, target: Path, progress: Progress) -> None:
    size, done = source.stat().st_size, 0
    with source.open("rb") as read, target.open("wb") as write:
        while block := read.read(_BLOCK):
            write.write(block)
            done += len(block)
            progress(done, size)
