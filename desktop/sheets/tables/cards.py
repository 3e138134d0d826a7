"""Cards: one project per block of label and value pairs instead of one per row.

A card is at least three labels the scheme knows, in two rows or more, each with its value to the
right. A label of the block that comes again begins the next card. Where all labels stand in one
column and more than one column has values, each of these is a card: a table turned on its side.
"""

from __future__ import annotations

import re
from collections.abc import Collection

import msgspec

from desktop.sheets.tables.headings import (
    NUMBERED,
    filled,
    header_at,
    is_card_row,
    is_label,
    key,
)
from desktop.sheets.workbook.grid import Sheet, Text, line, text_of

FEWEST_PAIRS = 3
#: So many of the values in two columns are figures in both or in neither, where each column is a
#: card.
ALIKE = 0.7


class Pair(msgspec.Struct, frozen=True):
    """A label and the cell that holds its value; ``inside`` is the value where that cell is the
    label's own, None elsewhere."""

    label: str
    row: int
    column: int
    value_column: int
    inside: str | None = None


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
        if number > row and _begins_table(sheet, number, known):
            break
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


def turned(sheet: Sheet, card: Card) -> list[Card]:
    """The card, and those to its right that have their values beside the same labels."""
    found = [card]
    if len({(pair.column, pair.value_column) for pair in card.pairs}) > 1:
        return found
    first = card.pairs[0].value_column
    for column in range(first + 1, sheet.width):
        if not _alike(sheet, card, first, column):
            break
        pairs = tuple(msgspec.structs.replace(one, value_column=column) for one in card.pairs)
        found.append(msgspec.structs.replace(card, pairs=pairs))
    return found


def left_over(sheet: Sheet, found: Collection[Card]) -> list[Text]:
    """What stands among the rows of cards and belongs to none of them."""
    taken = {
        (pair.row, column)
        for card in found
        for pair in card.pairs
        for column in (pair.column, pair.value_column)
    }
    rows = sorted({row for card in found for row in range(card.top, card.bottom + 1)})
    return [
        Text(row, column, text_of(cell))
        for row in rows
        for column, cell in filled(sheet.rows[row])
        if (row, column) not in taken
    ]


def _alike(sheet: Sheet, card: Card, first: int, column: int) -> bool:
    """Whether a column holds values such as those of the first: figures beside figures, and a name
    beside the name."""
    both = [
        (line(sheet.at(pair.row, first)), line(sheet.at(pair.row, column)))
        for pair in card.pairs
        if sheet.at(pair.row, first) != "" and sheet.at(pair.row, column) != ""
    ]
    if len(both) < FEWEST_PAIRS or sheet.at(card.top, column) == "":
        return False
    figures = [(_has_figures(one), _has_figures(other)) for one, other in both]
    agree = sum(one == other for one, other in figures)
    return (True, True) in figures and agree >= ALIKE * len(figures)


def _has_figures(text: str) -> bool:
    return any(sign.isdigit() for sign in text)


def _begins_table(sheet: Sheet, row: int, known: Collection[str]) -> bool:
    """Whether a table with a heading of its own begins below the card's labels."""
    return header_at(sheet, row, known, fresh=False) is not None


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
