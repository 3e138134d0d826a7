"""Which automatic backups lie in a folder, which are kept, which are set aside after restoring."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path

from desktop.ledger import file_digests, forms_beside
from desktop.ledger.bookfile import connect

#: How many automatic backups are kept: of the latest days, weeks and months that have one.
DAYS, WEEKS, MONTHS = 7, 5, 12
#: Their names: place in the journal, day, act, beginning of the head.
_AUTOMATIC = re.compile(r"[0-9]{9,}-[0-9]{8}-.+\.yzb")


def folder_beside(book: Path) -> Path:
    """Where a book's automatic backups lie."""
    return book.with_name(f"{book.stem}.backups")


def head_of(path: Path) -> tuple[int, str]:
    """Entries and head as a backup has them, (0, "") when it cannot be read."""
    line = "SELECT position, chain FROM journal ORDER BY position DESC LIMIT 1"
    try:
        uri = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            return connection.execute(line).fetchone() or (0, "")
    except sqlite3.Error:
        return 0, ""


def all_in(folder: Path) -> list[Path]:
    """The automatic backups, oldest first by their place in the journal; no other files."""
    found = folder.glob("*.yzb") if folder.is_dir() else ()
    return sorted(path for path in found if _AUTOMATIC.fullmatch(path.name))


def set_aside(folder: Path, book: Path) -> None:
    """Carry backups that contradict the restored ``book`` into a folder of their own."""
    aside = folder / "恢复前"
    line = "SELECT position, chain FROM journal WHERE position = ? AND chain = ?"
    with closing(connect(book)) as connection:
        for path in all_in(folder):
            if connection.execute(line, head_of(path)).fetchone():
                continue
            with suppress(OSError):  # What cannot be carried stays, and verification names it.
                aside.mkdir(exist_ok=True)
                path.rename(aside / path.name)
                forms_beside.move(path, aside / path.name)
                file_digests.beside(path).rename(file_digests.beside(aside / path.name))


def thin(folder: Path) -> None:
    """Keep the newest of each of the latest days, weeks and months; called after a good one."""
    kept: set[Path] = set()
    newest_first = all_in(folder)[::-1]
    for count, bucket in ((DAYS, "%Y%m%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y%m")):
        seen: dict[str, Path] = {}
        for path in newest_first:
            seen.setdefault(_day(path).strftime(bucket), path)
        kept |= set(list(seen.values())[:count])
    for path in newest_first[DAYS:]:
        if path not in kept:
            with suppress(OSError):  # Somebody has it open: the next one takes it away.
                path.unlink(missing_ok=True)
                file_digests.beside(path).unlink(missing_ok=True)
                forms_beside.take_away(path)


def _day(path: Path) -> date:
    try:
        return date.fromisoformat(path.name.split("-")[1])
    except ValueError:
        return date.min
