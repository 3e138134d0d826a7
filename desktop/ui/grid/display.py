"""A cell made for drawing: its text, why it is coloured, why it cannot be filled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from desktop.ledger import values
from desktop.ledger.checks import Finding
from desktop.ledger.definitions import Field, Scheme
from desktop.ui.forms.typed import text_of
from desktop.ui.grid import finding as findings
from desktop.ui.grid.cells import Cell
from desktop.ui.grid.columns import FIGURES, Placed
from desktop.ui.grid.lights import Lit
from desktop.ui.grid.reading import Row, Sheet

#: A row that is still being read.
COMING = Cell("…", tone="faint", faint=True)


class Waiting(msgspec.Struct, frozen=True, gc=False):
    """What was typed into a cell and does not stand in the book: on its way, or refused.

    ``sentence`` says why it was refused; ``token`` tells one writing from the next. ``kept``:
    nothing is wrong with the text, the disk did not take it.
    """

    typed: str
    shown: str
    sentence: str = ""
    token: int = 0
    kept: bool = False


def cell(
    sheet: Sheet,
    column: int,
    row: Row,
    *,
    lit: Lit | None = None,
    found: Sequence[Finding] = (),
    waiting: Waiting | None = None,
    lock: str = "",
    scheme: Scheme,
) -> Cell:
    """The cell of ``row``; ``found`` are the row's findings, ``lock`` why the row is closed."""
    placed = sheet.placed[column]
    right = placed.column.right
    locked = placed.closed or lock
    if waiting is not None:
        tone = "must" if waiting.sentence else "pending"
        return Cell(waiting.shown, tone, editable=not locked, right=right, locked=locked)
    text, faint = row.texts[column], False
    if not text and placed.part == "own":
        offered = row.offers.get(placed.field.name)
        if offered is not None:
            text, faint = offered_text(scheme, placed, offered), True
    tone = findings.level_of(findings.in_cell(found, sheet, column)) if found else "plain"
    if tone == "plain" and lit is not None and text and has_light(placed):
        tone = f"light:{lit.light}"
    if tone == "plain" and faint:
        tone = "faint"
    return Cell(text, tone, editable=not locked, right=right, locked=locked, faint=faint)


def has_light(placed: Placed) -> bool:
    """Whether the project's light stands in this column: beside the computed share of the plan."""
    return (
        placed.part == "own"
        and placed.field.formula is not None
        and (placed.field.type == "percent")
    )


def offered_text(scheme: Scheme, placed: Placed, value: Any) -> str:
    """What an empty cell shows faintly; a text says that it is last week's."""
    text = shown(scheme, placed, value)
    return f"上周：{text}" if placed.field.carry else text


def shown(scheme: Scheme, placed: Placed, value: Any) -> str:
    """A stored value of a field that links nowhere, as people read it."""
    return values.shown(scheme, placed.field, value) if placed.field.of is None else str(value)


def edit_text(scheme: Scheme, field: Field, value: Any, text: str) -> str:
    """What stands in the editor for a stored value that is shown as ``text``; plain for Excel."""
    return text_of(scheme, field, value).replace(",", "") if field.type in FIGURES else text
