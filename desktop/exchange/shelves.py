"""Shelves: folders beside a book ``X.yzb`` where copies of packages lie on this PC's own disk."""

from __future__ import annotations

from pathlib import Path

from desktop.exchange.copies import Shelf
from desktop.exchange.quarantine import Quarantine


class Shelves:
    """The shelves of the book at ``book`` (``X.yzb``).

    ``X.outbox`` what was sent and is not yet acknowledged, ``X.held`` what waits, ``X.quarantine``
    what was refused, each with a note that says why.
    """

    def __init__(self, book: Path) -> None:
        self.outbox = Shelf(book.with_name(f"{book.stem}.outbox"))
        self.held = Shelf(book.with_name(f"{book.stem}.held"))
        self.refused = Quarantine(book.with_name(f"{book.stem}.quarantine"))
