"""Typed texts judged before they are written: what is to be written, what is refused. Qt-free.

A few are read at once, so that a slip is told while the clerk is still at the cell; very many and
names of records are left to the worker.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import values
from desktop.ledger.definitions import Field
from desktop.ui.grid.contents import Contents
from desktop.ui.grid.display import Waiting
from desktop.ui.grid.entering import Edit, Typed

#: So many texts are read in the window's thread; more would be felt.
AT_ONCE = 100


class Judged(msgspec.Struct, frozen=True):
    """``edits`` to be written, ``touched`` (row, column) that look different now, ``refused`` (row,
    column, sentence)."""

    edits: list[Edit]
    touched: list[tuple[int, int]]
    refused: list[tuple[int, int, str]]


def judge(held: Contents, edits: Sequence[tuple[int, int, str]], token: int, year: int) -> Judged:
    """Read typed texts (row, column, text); what waits for the worker is noted under ``token``.

    Cells that cannot be filled are passed over, equal values are no change; beside a change in
    their row they are given all the same, so that no offered figure takes their place.
    """
    judged = Judged([], [], [])
    at_once = len(edits) <= AT_ONCE
    placed, waiting = held.sheet.placed, held.waiting
    equal: list[Edit] = []
    shared: dict[tuple[int, str], Waiting] = {}
    opened = {row: held.open_row(row) for row in {row for row, _, _ in edits}}
    for row, column, text in edits:
        if not opened[row] or placed[column].closed:
            continue
        key, field = held.keys[row], placed[column].field
        place = key, field.name
        judged.touched.append((row, column))
        waiting.pop(place, None)
        try:
            value = _read(held, field, text, year, at_once=at_once)
        except OneLedgerError as error:
            waiting[place] = Waiting(text, text, str(error), token)
            judged.refused.append((row, column, str(error)))
            continue
        typed = isinstance(value, Typed)
        if not typed and value == held.rows[key].values[column]:
            equal.append(Edit(key, field.name, value))
            continue
        one = shared.get((column, text))
        if one is None:
            shown = text if typed else _shown(held, field, value)
            one = shared[column, text] = Waiting(text, shown, token=token)
        waiting[place] = one
        judged.edits.append(Edit(key, field.name, value))
    changed = {edit.key for edit in judged.edits} if equal else set()
    judged.edits.extend(edit for edit in equal if edit.key in changed)
    return judged


def _read(held: Contents, field: Field, text: str, year: int, *, at_once: bool) -> Any:
    """The stored value of a text, or the text itself where only the worker can read it."""
    if field.of is not None:
        return Typed(text) if text.strip() else None
    return values.typed(held.scheme, field, text, year=year) if at_once else Typed(text)


def _shown(held: Contents, field: Field, value: Any) -> str:
    return "" if value is None else values.shown(held.scheme, field, value)
