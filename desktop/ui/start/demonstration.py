"""The demonstration's books: where they lie, which role opens which, making them; no Qt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from shutil import rmtree
from typing import Literal, TypeAlias

Role: TypeAlias = Literal["district", "township"]
Progress = Callable[[int, int], None]
Make = Callable[[Path, Progress], list[Path]]


def book_of(folder: Path, role: Role) -> Path | None:
    """The book that a role works in, None while the demonstration is not there whole."""
    district, townships = folder / "district.yzb", sorted(folder.glob("townships/[0-9][0-9].yzb"))
    if not district.is_file() or not townships:
        return None
    return district if role == "district" else townships[min(1, len(townships) - 1)]


def made(folder: Path, role: Role, make: Make, progress: Progress) -> Path:
    """Make the demonstration in ``folder``; returns the role's book.

    A making that fails or is cancelled leaves nothing behind. Raises what ``make`` raises.
    """
    before = set(folder.rglob("*")) if folder.exists() else set()
    existed = folder.exists()
    try:
        make(folder, progress)
    except BaseException:
        _take_away(folder, before, existed=existed)
        raise
    # Those were of the demonstration that stood there before, and speak against the new books.
    for path in before:
        if path.name.endswith(".backups") and path.with_suffix(".yzb").is_file():
            rmtree(path, ignore_errors=True)
    book = book_of(folder, role)
    assert book is not None
    return book


def _take_away(folder: Path, before: set[Path], *, existed: bool) -> None:
    """Everything in ``folder`` that was not there before, the innermost first."""
    for path in sorted(folder.rglob("*"), reverse=True) if folder.exists() else ():
        if path not in before:
            with suppress(OSError):  # Somebody has it open: it stays, and nothing depends on it.
                path.rmdir() if path.is_dir() else path.unlink()
    if not existed:
        with suppress(OSError):
            folder.rmdir()
