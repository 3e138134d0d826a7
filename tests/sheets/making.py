"""Grids, workbooks and books for the tests of sheets, made in memory."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import Scheme
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.proposing import propose
from desktop.sheets.tables.headings import Column
from desktop.sheets.workbook import child, gate, reading
from desktop.sheets.workbook.grid import Area, Sheet, Workbook, place

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"


@cache
def investment() -> Scheme:
    """The shipped scheme."""
    return schemes.load(paths.scheme_folder("investment"))


def sheet(
    *rows: Sequence[Any],
    merges: Sequence[str] = (),
    name: str = "Sheet1",
    **marks: Any,
) -> Sheet:
    """A grid of ``rows`` (None is blank), padded; ``merges`` as ``A1:C1``."""
    width = max(len(row) for row in rows)
    cells = [["" if cell is None else cell for cell in row] for row in rows]
    return Sheet(
        name=name,
        rows=[row + [""] * (width - len(row)) for row in cells],
        merges=tuple(area(text) for text in merges),
        **marks,
    )


def area(text: str) -> Area:
    """``A1:C2`` as an area."""
    first, last = text.split(":")
    return Area(*place(first), *place(last))


def book_of(*sheets: Sheet, name: str = "台账.xlsx") -> Workbook:
    """A workbook of sheets."""
    return Workbook(name, "xlsx", sheets)


def proposed(
    *rows: Sequence[Any],
    answers: dict[str, Any] | None = None,
    year: int | None = None,
    name: str = "台账.xlsx",
    **more: Any,
) -> Proposal:
    """What a workbook of one sheet proposes under the shipped scheme."""
    given = Answers(answers or {})
    return propose(book_of(sheet(*rows, **more), name=name), investment(), given, year=year)


def columns_of(*headings: str) -> tuple[Column, ...]:
    """Columns with one heading each."""
    return tuple(Column(number, number, (text,)) for number, text in enumerate(headings))


def read_here(path: Path) -> Workbook:
    """A workbook read by the child's own code, but in this process: many in little time."""
    kind = gate.inspect(path)
    return reading.workbook(path, kind, child.document(kind, str(path)))
