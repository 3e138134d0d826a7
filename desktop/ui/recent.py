"""The books opened last on this PC, the latest first; opening one as it was opened last."""

from __future__ import annotations

from pathlib import Path

from desktop import paths
from desktop.ledger import workspace
from desktop.ledger.workspace import Book
from desktop.ui import memory
from desktop.ui.memory import Memory

#: So many are remembered.
MOST = 8


def books(pc: Memory) -> list[Path]:
    """Those that are still there; what another version remembered otherwise is left out."""
    kept = pc.get("recent")
    named = kept if isinstance(kept, list) else []
    return [Path(one) for one in named if isinstance(one, str) and _is_there(Path(one))]


def remember(pc: Memory, path: Path) -> None:
    """``path`` was opened just now."""
    others = [one for one in books(pc) if one != path]
    pc.put("recent", [str(one) for one in (path, *others)][:MOST])


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # A folder that is closed to this person, a drive that does not answer.
        return False


def opened(path: Path) -> Book:
    """The book, open in the name of its operator on this PC; raises what opening raises."""
    book = workspace.open_book(path)
    kept = memory.of_book(book.profile, book.identity).get("operator")
    book.operator = kept if isinstance(kept, str) and kept else paths.account()
    return book
