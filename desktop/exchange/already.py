"""Whether this PC has a book of a unit already, before another one is begun from a package.

Two books of one unit on one PC would both be filled in and sent up under the same keys.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path

from desktop.errors import OneLedgerError
from desktop.ledger import replicas
from desktop.ledger.definitions import BOOK
from desktop.ledger.format import APPLICATION

ENDING = ".yzb"
#: A book that waits to be rolled back, or is being written, is read as its file stands: whose it
#: is was written first and never changes.
_WAYS = ("mode=ro", "mode=ro&immutable=1")


class BookHere(OneLedgerError):
    """A book of the unit lies on this PC already."""

    def __init__(self, unit: str, path: Path) -> None:
        super().__init__(
            f"这台电脑上已有{unit}的账本：{path}。",
            "请打开它继续填报，对方新写的包在“收发”里装入，不用再建账。"
            "只有它确实不能再用、上级要求重新建账时，才另建一本（命令行加 --another）。",
        )
        self.unit, self.path = unit, path


def book_of(
    unit: str, profile: Path, folders: Iterable[Path] = (), first: Iterable[Path] = ()
) -> Path | None:
    """The book of ``unit`` (a record) on this PC, None when there is none that can be read.

    Looked for in this order: ``first`` (the books opened last), every file in which this PC ever
    wrote, and ``folders``.
    """
    seen: set[Path] = set()
    for path in _candidates(profile, folders, first):
        path = path.absolute()
        if path not in seen and _unit_of(path) == unit:
            return path
        seen.add(path)
    return None


def _candidates(profile: Path, folders: Iterable[Path], first: Iterable[Path]) -> Iterator[Path]:
    yield from first
    yield from replicas.files(profile)
    for folder in folders:
        with suppress(OSError):
            yield from sorted(folder.glob(f"*{ENDING}"))


def _unit_of(path: Path) -> str | None:
    """Whose book the file is, None for a file that is gone or is no book."""
    try:
        if not path.is_file():
            return None
    except OSError:  # A folder closed to this person, a drive that does not answer.
        return None
    for way in _WAYS:
        with (
            suppress(sqlite3.Error, ValueError),
            closing(sqlite3.connect(f"{path.as_uri()}?{way}", uri=True, timeout=0)) as book,
        ):
            (mark,) = book.execute("PRAGMA application_id").fetchone()
            if mark != APPLICATION:
                return None
            row = book.execute(f'SELECT unit FROM "{BOOK.name}" WHERE removed = 0').fetchone()
            return str(row[0]) if row else None
    return None
