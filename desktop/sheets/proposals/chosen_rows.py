"""Rows that a person wants read though they were left out, or left out though they were read.

``{"sheet!7:read": true}`` makes data of a row that was taken for a total, a heading that comes
again, a section or a note; ``{"sheet!7:skip": true}`` sets a row of data aside. Rows count from 1.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from desktop.sheets.proposals.answers import Answers
from desktop.sheets.tables.finding import Table

READ, SKIP = "read", "skip"
#: Why a row is set aside.
REASON = "由您指定不读入"
_IDENTITY = re.compile(r"(?P<sheet>.+)!(?P<row>[1-9]\d{0,6}):(?P<turn>read|skip)")

Turns = Mapping[tuple[str, int], Literal["read", "skip"]]


def turns_of(answers: Answers) -> Turns:
    """What was said of rows: (sheet, row from 0) → read or skip."""
    found: dict[tuple[str, int], Literal["read", "skip"]] = {}
    for identity, answer in answers.given.items():
        match = _IDENTITY.fullmatch(identity)
        if match is not None and answer is not True:
            answers.has(identity)  # taken back: as it was
        elif match is not None:
            turn: Literal["read", "skip"] = "read" if match["turn"] == READ else "skip"
            found[match["sheet"], int(match["row"]) - 1] = turn
    return found


def turned(table: Table, turns: Turns, answers: Answers) -> tuple[Table, tuple[int, ...]]:
    """The table as the person wants it, and its rows that are set aside."""
    if not turns:
        return table, ()
    said = {row: turn for (sheet, row), turn in turns.items() if sheet == table.sheet}
    others = {
        *table.totals,
        *table.repeated,
        *table.numbering,
        *(section.row for section in table.sections),
        *(text.row for text in table.below),
    }
    read = {row for row, turn in said.items() if turn == READ and row in others}
    skip = {row for row, turn in said.items() if turn == SKIP and row in table.data}
    for row in said.keys() & {*others, *table.data}:
        answers.has(f"{table.sheet}!{row + 1}:{said[row]}")
    if not (read or skip):
        return table, ()
    changed = msgspec.structs.replace(
        table,
        data=tuple(sorted({*table.data, *read} - skip)),
        totals=tuple(row for row in table.totals if row not in read),
        repeated=tuple(row for row in table.repeated if row not in read),
        numbering=tuple(row for row in table.numbering if row not in read),
        sections=tuple(one for one in table.sections if one.row not in read),
        below=tuple(one for one in table.below if one.row not in read),
    )
    return changed, tuple(sorted(skip))
