"""What lies in quarantine beside the book, with its reasons, as its notes say; no Qt."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from desktop.exchange.shelves import NOTE, Shelves
from desktop.ui.grid.cells import Cell, Column
from desktop.ui.project.reading import Table

COLUMNS = (
    Column("when", "时间", kind="date"),
    Column("source", "来源", kind="text", width=300),
    Column("reason", "原因", kind="long_text", width=420),
)
_LINE = re.compile(r"^(时间|来源|大小|副本|原因|办法|代号)：(.*)$")


class Refused(msgspec.Struct, frozen=True):
    """A package that was refused: when last, where it was found, why, what is to be done.

    ``copy`` is where it lies beside the book, None where it was not copied.
    """

    when: str
    source: str
    reason: str
    advice: str
    name: str
    note: Path
    copy: Path | None


def refused(book: Path) -> tuple[Refused, ...]:
    """What was refused, the newest first; a note that cannot be read is left out."""
    shelf = Shelves(book).refused
    copies = {kept.digest: kept.path for kept in shelf.list()}
    found = []
    for note in sorted(shelf.folder.glob(f"*{NOTE}")) if shelf.folder.is_dir() else ():
        try:
            text = note.read_text("utf-8-sig", "replace")
        except OSError:
            continue
        said = _last(text)
        digest = note.name.removesuffix(NOTE)
        found.append(
            Refused(
                said.get("时间", ""),
                said.get("来源", ""),
                said.get("原因", ""),
                said.get("办法", ""),
                said.get("代号", ""),
                note,
                copies.get(digest),
            )
        )
    return tuple(sorted(found, key=lambda one: one.when, reverse=True))


def table(found: tuple[Refused, ...]) -> Table:
    """The refused packages, one a row."""
    rows = tuple(
        (
            Cell(one.when[:16]),
            Cell(re.split(r"[\\/]", one.source)[-1]),
            Cell(one.reason, tone="must"),
        )
        for one in found
    )
    return Table(COLUMNS, rows, tuple(str(one.note) for one in found))


def _last(text: str) -> dict[str, str]:
    """The newest entry of a note: each begins with its time."""
    said: dict[str, str] = {}
    for line in text.splitlines():
        match = _LINE.match(line)
        if match is None:
            continue
        if match[1] == "时间":
            said = {}
        said[match[1]] = match[2]
    return said
