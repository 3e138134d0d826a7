"""The backups of a book: those that the program made by itself, and those that a person made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import msgspec

from desktop.ledger import backups
from desktop.ledger.workspace import Book
from desktop.ui.shell.safety import DAILY

#: Where this PC remembers the backups that were made by hand.
MADE = "backups.made"
#: So many of them are remembered.
KEPT = 30
BY_HAND = "手工备份"
#: The act that another last day of the week is, as backups are told.
WEEK_DAY = "week-day"
#: What the program was about to do when it made a backup by itself.
ACTS = {DAILY: "每日自动备份", "read-excel": "导入 Excel 之前", WEEK_DAY: "改每周截止日之前"}
_NAME = re.compile(r"([0-9]{9,})-([0-9]{8})-(.+)-[0-9a-f]{8}-*\.yzb")


class Copy(msgspec.Struct, frozen=True):
    """One backup: where, of which day, what for, its bytes, how many entries (None: not said)."""

    path: Path
    day: date
    purpose: str
    size: int
    entries: int | None = None

    @property
    def said_size(self) -> str:
        """Its size as people say it: 2.3 MB."""
        if self.size < 1 << 20:
            return f"{max(round(self.size / 1024), 1)} KB"
        return f"{self.size / (1 << 20):.1f} MB"


def copies(book: Book, made: Iterable[str]) -> tuple[Copy, ...]:
    """The backups that are there, the newest first; ``made`` are paths of those made by hand."""
    folder = backups.folder_of(book)
    own = sorted(folder.glob("*.yzb")) if folder.is_dir() else []
    listed = [found for path in own if (found := _automatic(path))]
    names = {one.path for one in listed}
    listed += [
        found for text in made if (found := _by_hand(Path(text))) and found.path not in names
    ]
    return tuple(sorted(listed, key=lambda one: (one.day, one.entries or 0, one.path.name))[::-1])


def _automatic(path: Path) -> Copy | None:
    found = _NAME.fullmatch(path.name)
    try:
        day = date.fromisoformat(found[2]) if found else date.min
        size = path.stat().st_size
    except (ValueError, OSError):
        return None
    return Copy(path, day, ACTS.get(found[3], found[3]), size, int(found[1])) if found else None


def _by_hand(path: Path) -> Copy | None:
    try:
        told = path.stat()
    except OSError:  # the stick is not in, or it was taken away
        return None
    return Copy(path, datetime.fromtimestamp(told.st_mtime).date(), BY_HAND, told.st_size)


def remember(made: object, path: Path) -> list[str]:
    """What is remembered of backups made by hand once ``path`` is one of them."""
    return [str(path), *(one for one in remembered(made) if one != str(path))][:KEPT]


def remembered(made: object) -> list[str]:
    """The paths of backups made by hand, from what was remembered (anything at all)."""
    return [one for one in made if isinstance(one, str)] if isinstance(made, list) else []


def restored_name(book: Path, copy: Copy) -> Path:
    """A free name beside the book for what is restored from ``copy``."""
    stem = f"{book.stem}（恢复自{copy.day.month}月{copy.day.day}日）"
    name, number = book.with_name(f"{stem}.yzb"), 2
    while name.exists():
        name = book.with_name(f"{stem}{number}.yzb")
        number += 1
    return name
