"""Where packages are looked for, and what a look found; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.ledger.correspondence import SET_ASIDE
from desktop.ledger.workspace import Book

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.exchange.sitting import Sitting


@dataclass(frozen=True)
class Place:
    """Where packages are looked for: ``name`` as people call it; ``stick`` if it is one."""

    name: str
    paths: tuple[Path, ...]
    stick: Path | None = None


@dataclass(frozen=True)
class Looked:
    """What a look found: the sitting, the very files, how many files and folders were seen.

    ``held`` are the digests of the packages that wait beside the book already, ``aside`` those of
    the packages whose taking in was taken back.
    """

    sitting: Sitting
    files: tuple[Path, ...]
    held: frozenset[str]
    entries: int
    troubles: tuple[str, ...]
    aside: frozenset[str] = frozenset()


def look(book: Book, paths: Sequence[Path], progress: Callable[[int, int], None]) -> Looked:
    """Search ``paths``, then try what was found and take it back."""
    from desktop.exchange import postbook, sitting, sticks
    from desktop.exchange.shelves import Shelves

    search = sticks.find(paths, progress)
    files = tuple(one.path for one in search.found)
    looked = sitting.look(book, files, progress)
    held = frozenset(kept.digest for kept in Shelves(book.path).held.list())
    aside = frozenset(one.digest for one in postbook.taken(book) if one.state == SET_ASIDE)
    troubles = (*search.troubles, *looked.troubles)
    return Looked(looked, files, held, search.entries, troubles, aside)
