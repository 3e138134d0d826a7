"""Cards: one project per block of label and value pairs instead of one per row.

A card is at least three labels the scheme knows, in two rows or more, each with its value to the
right. A label of the block that comes again begins the next card.
"""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from desktop.sheets.grid import Sheet, Text, line
from desktop.sheets.headings import filled, is_card_row, is_label, key

FEWEST_PAIRS = 3


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
    bottom = row
    for number in range(row, len(sheet.rows)):
        here = _known_pairs(sheet, number, known)
        names = {key(pair.label) for pair in here}
        if not here or names & seen or len(names) < len(here):
            break
        seen |= names
        found.extend(here)
        bottom = number
    rows = {pair.row for pair in found}
    if len(found) < FEWEST_PAIRS or len(rows) < 2:
        return None
    columns = {pair.column for pair in found}
    taken = {(pair.row, pair.column) for pair in found}
    taken |= {(pair.row, pair.value_column) for pair in found}
    for number in range(row, bottom + 1):
        for column, cell in filled(sheet.rows[number]):
            if column in columns and (number, column) not in taken and is_label(cell):
                found.append(_pair(sheet, number, column))
    found.sort(key=lambda pair: (pair.row, pair.column))
    return Card(sheet.name, row, bottom, tuple(found))


def _known_pairs(sheet: Sheet, row: int, known: Collection[str]) -> list[Pair]:
    cells = filled(sheet.rows[row])
    hits = [column for column, cell in cells if isinstance(cell, str) and key(cell) in known]
    if not hits or not is_card_row(sheet, row, hits):
        return []
    # A value may happen to be a word that is a label too; a label never follows one directly.
    return [_pair(sheet, row, column) for column in hits if column + 1 < sheet.width]


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
