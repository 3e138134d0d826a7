"""What was said of a table's columns is said again of a table with the same headings. No Qt.

Kept on this PC when a workbook has been written, not before: what is corrected while one tries out
is no habit.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.ledger.workspace import Book
from desktop.sheets.plans.subjects import MATCH
from desktop.sheets.proposals import signatures, spellings
from desktop.sheets.proposals.answers import Answers
from desktop.ui.reading_in.reading import Found


def file() -> Path:
    """Where this PC remembers."""
    return paths.profile() / signatures.FILE


def recall(found: Found, book: Book) -> dict[str, Any]:
    """The answers remembered of tables and names like these, by id; none where the memory is
    spoilt."""
    records = {row["record"] for row in book.rows(book.scheme.head.subject)}
    known = spellings.load(spelled())
    names = spellings.answers(known, found.plan.questions, MATCH, records)
    try:
        memory = signatures.load(file())
    except signatures.MemoryMalformed:
        return dict(names)  # It is told when something is to be kept in it.
    tables = found.proposal.tables
    return {**names, **signatures.proposed(memory, tables, Answers(), book.scheme).given}


def spelled() -> Path:
    """Where this PC remembers by which spellings projects are meant."""
    return paths.profile() / spellings.FILE


def keep(found: Found, on: date) -> None:
    """Remember what was said of the columns of ``found``, read on a day.

    Raises :class:`~desktop.sheets.proposals.signatures.MemoryMalformed` and
    :class:`~desktop.sheets.proposals.signatures.MemoryNotWritten`.
    """
    if found.plan.called:
        spellings.keep(spelled(), found.plan.called)
    given, tables = Answers(found.wanted.given), found.proposal.tables
    memory = signatures.load(file())
    name = Path(found.workbook.name).stem
    kept = signatures.remembered(memory, tables, given, name, on.isoformat())
    if kept != memory:
        signatures.save(kept, file())
