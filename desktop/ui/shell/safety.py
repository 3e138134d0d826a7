"""The backup of the day: made while nobody types, or else before the book is closed; no Qt."""

from __future__ import annotations

from datetime import datetime

import msgspec

from desktop.ledger import backups
from desktop.ledger.workspace import Book

#: What such a backup is called among the others.
DAILY = "daily"


class Safety(msgspec.Struct, frozen=True):
    """When the last automatic backup was made (None: never), and whether one is due today."""

    made: datetime | None
    due: bool

    def said(self, now: datetime) -> str:
        """In the words of the status line; "" where there is no backup yet."""
        if self.made is None:
            return ""
        days = (now.date() - self.made.date()).days
        named = {0: "今天", 1: "昨天"}.get(days, f"{self.made.month}月{self.made.day}日")
        return f"{named} {self.made:%H:%M} 已备份"


def safety(book: Book) -> Safety:
    """Where the book stands: one backup a day is enough, and none where nothing has changed."""
    folder = backups.folder_of(book)
    found = sorted(folder.glob("*.yzb")) if folder.is_dir() else []
    if not found:
        return Safety(None, book.journal.position > 0)
    latest = max(found, key=lambda path: path.stat().st_mtime)
    made = datetime.fromtimestamp(latest.stat().st_mtime)
    known = any(path.name.startswith(f"{book.journal.position:09}-") for path in found)
    return Safety(made, not known and made.date() < book.clock().date())
