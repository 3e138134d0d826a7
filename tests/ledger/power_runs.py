"""A morning of work on a book, and what a power cut in its midst leaves: for test and bench."""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from random import Random

from desktop.ledger import bookfile, undo, verify, workspace
from tests.ledger import books, power

NAME = "book.yzb"


def worked(
    home: Path, synchronous: str = "", *, journal: str = "", acts: int = 12
) -> tuple[power.Recording, power.Disk]:
    """A clerk's acts of many sizes, recorded, and the disk before; a cache so small that pages are
    written before a commit too. ``synchronous`` and ``journal`` (its mode) weaken the book."""
    folder = home / "pc"
    folder.mkdir(parents=True)
    book = books.found(folder / NAME, profile=home / "profile")
    with book.batch("import", "项目") as batch:
        unit = book.unit
        projects = [batch.create("project", {"name": f"项目{n}", "unit": unit}) for n in range(30)]
    book.close()
    (folder / f"{NAME}.lock").unlink(missing_ok=True)
    before = power.Disk.of(folder)
    chance = Random(7)
    with power.recorded(folder) as recording:
        book = workspace.open_book(
            folder / NAME, profile=home / "profile", operator="王敏", clock=books.noon
        )
        if synchronous:
            book.connection.execute(f"PRAGMA synchronous = {synchronous}")
        if journal:
            book.connection.execute(f"PRAGMA journal_mode = {journal}")
        book.connection.execute("PRAGMA cache_size = 20")
        recording.saved(book.journal.position)
        for act in range(acts):
            if act % 5 == 4:
                undo.undo(book)
            else:
                with book.batch("import", "台账") as batch:
                    for project in chance.sample(projects, chance.choice((1, 2, 5, 25))):
                        remark = "进展" * chance.randrange(1, 200)
                        batch.change("project", project, {"remark": remark})
            recording.saved(book.journal.position)
        book.close()
    return recording, before


def judged(folder: Path, saved: int) -> str:
    """What is wrong with a book after a cut when ``saved`` lines were acknowledged."""
    book = folder / NAME
    try:
        with closing(bookfile.connect(book)) as connection:
            (count,) = connection.execute("SELECT max(position) FROM journal").fetchone()
            (sound,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError:
        return "corrupt"
    if sound != "ok":
        return "corrupt"
    if count < saved:
        return "lost"
    if zlib.crc32(book.read_bytes()) % 40:  # The whole of a book's own examination, for some.
        return ""
    opened = workspace.open_book(book, profile=folder.parent / "profile", clock=books.noon)
    with closing(opened):
        return "" if not verify.verify(opened).problems else "corrupt"
