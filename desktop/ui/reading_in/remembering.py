"""What was said of a table's columns is said again of a table with the same headings. No Qt.

Kept on this PC when a workbook has been written, not before: what is corrected while one tries out
is no habit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.sheets.proposals import signatures
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.overview import TableSeen
from desktop.ui.reading_in.reading import Found


def file() -> Path:
    """Where this PC remembers."""
    return paths.profile() / signatures.FILE


def recall(tables: Iterable[TableSeen]) -> dict[str, Any]:
    """The answers remembered of tables like these, by id; none where the memory is spoilt."""
    try:
        memory = signatures.load(file())
    except signatures.MemoryMalformed:
        return {}  # It is told when something is to be kept in it.
    return dict(signatures.proposed(memory, tables, Answers()).given)


def keep(found: Found, on: date) -> None:
    """Remember what was said of the columns of ``found``, read on a day.

    Raises :class:`~desktop.sheets.proposals.signatures.MemoryMalformed` and
    :class:`~desktop.sheets.proposals.signatures.MemoryNotWritten`.
    """
    given, tables = Answers(found.wanted.given), found.proposal.tables
    memory = signatures.load(file())
    name = Path(found.workbook.name).stem
    kept = signatures.remembered(memory, tables, given, name, on.isoformat())
    if kept != memory:
        signatures.save(kept, file())
