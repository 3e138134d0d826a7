"""Cards: one project per block of label and value pairs instead of one per row.

A card is at least three labels the scheme knows, in two rows or more, each with its value to the
right. A label of the block that comes again begins the next card.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import msgspec

from desktop.sheets.tables.headings import filled, is_card_row, is_label, key
from desktop.sheets.workbook.grid import Sheet, Text, line

FEWEST_PAIRS = 3
#: No card has a running number.
NUMBERED = frozenset({"序号", "编号", "序"})


class Pair(msgspec.Struct, frozen=True):
    """A label and the cell that holds its value."""

    label: str
    row: int
    column: int
    value_column: int


class Card(msgspec.Struct, frozen=True):
    """The rows ``top`` … ``bottom`` of one card; ``above`` are the texts over it."""

    sheet: str
    top: int
    bottom: int
    pairs: tuple[Pair, ...]
    above: tuple[Text, ...] = ()


def card_at(sheet: Sheet, row: int, known: Collection[str]) -> Card | None:
    """The card that begins in ``row``, or None."""
    pairs = _known_pairs(sheet, row, known)
    if not pairs:
        return None
    seen: set[str] = set()
    found: list[Pair] = []
    known_pairs = 0
    bottom = row
    for number in range(row, len(sheet.rows)):
        here = _known_pairs(sheet, number, known)
        more = _further_pairs(sheet, number, here, {pair.column for pair in found})
        names = {key(pair.label) for pair in (*here, *more)}
        if not names or names & seen or len(names) < len(here) + len(more):
            break
        seen |= names
        found.extend(sorted((*here, *more), key=lambda pair: pair.column))
        known_pairs += len(here)
        bottom = number
    if known_pairs < FEWEST_PAIRS or bottom == row or _heads(sheet, found, row, known):
        return None
    return Card(sheet.name, row, bottom, tuple(found))


def _heads(sheet: Sheet, pairs: list[Pair], row: int, known: Collection[str]) -> bool:
    """Whether the values of the first row are labels themselves: then it is a table's heading."""
    values = [line(sheet.at(row, one.value_column)) for one in pairs if one.row == row]
    return any(key(re.sub(r"[(（].*?[)）]", "", value)) in known for value in values if value)


def _further_pairs(sheet: Sheet, row: int, here: list[Pair], columns: set[int]) -> list[Pair]:
    """Labels that the scheme does not know, where labels stand in the rows above."""
    taken = {pair.column for pair in here} | {pair.value_column for pair in here}
    cells = filled(sheet.rows[row])
    if not here and (not cells or cells[0][0] not in columns or len(cells) < 2):
        return []
    return [
        _pair(sheet, row, column)
        for column, cell in cells
        if column in columns and column not in taken and is_label(cell)
    ]


def _known_pairs(sheet: Sheet, row: int, known: Collection[str]) -> list[Pair]:
    cells = filled(sheet.rows[row])
    if any(key(line(cell)) in NUMBERED for _, cell in cells):
        return []  # a table's heading
    hits = [column for column, cell in cells if isinstance(cell, str) and key(cell) in known]
    if not hits or not is_card_row(sheet, row, hits):
        return []
    # A value may happen to be a word that is a label too; a label never follows one directly.
    pairs = [_pair(sheet, row, column) for column in hits]
    return [pair for pair in pairs if pair.value_column < sheet.width]


def _pair(sheet: Sheet, row: int, column: int) -> Pair:
    right = max(
        (
            area.right
            for area in sheet.merges
            if area.left == column and area.top <= row <= area.bottom
        ),
        default=column,
    )
    return Pair(line(sheet.at(row, column)), row, column, right + 1)
