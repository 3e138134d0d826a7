"""Cards written as text: each cell holds its label and its value, 项目名称：沙河路改造工程.

What stands over a table in this way (填报单位：…, 单位：万元) is no card: a card names its project.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from desktop.sheets.tables.cards import FEWEST_PAIRS, Card, Pair
from desktop.sheets.tables.headings import filled, key
from desktop.sheets.workbook.grid import Cell, Sheet, text_of

_LABELLED = re.compile(r"\s*(?P<label>[^:：\n]{2,14})[:：]\s*(?P<value>.*)", re.DOTALL)
#: How the label of a project's name ends.
_NAMES = ("名称", "项目", "工程")


def written_card(sheet: Sheet, row: int, known: Collection[str]) -> Card | None:
    """The card that begins in ``row`` and names its project there, or None."""
    first = _pairs(sheet, row)
    if first is None or not any(_is_name(pair.label, known) for pair in first):
        return None
    found: list[Pair] = []
    seen: set[str] = set()
    bottom = row
    for number in range(row, len(sheet.rows)):
        here = _pairs(sheet, number)
        names = {key(pair.label) for pair in here or ()}
        if not here or names & seen or len(names) < len(here):
            break
        seen |= names
        found.extend(here)
        bottom = number
    if bottom == row or sum(name in known for name in seen) < FEWEST_PAIRS:
        return None
    return Card(sheet.name, row, bottom, tuple(found))


def _pairs(sheet: Sheet, row: int) -> list[Pair] | None:
    """The pairs of a row; None where any of its cells is none."""
    pairs: list[Pair] = []
    for column, cell in filled(sheet.rows[row]):
        pair = _pair(row, column, cell)
        if pair is None:
            return None
        pairs.append(pair)
    return pairs


def _pair(row: int, column: int, cell: Cell) -> Pair | None:
    found = _LABELLED.fullmatch(text_of(cell)) if isinstance(cell, str) else None
    if found is None:
        return None
    return Pair(found["label"].strip(), row, column, column, found["value"].strip())


def _is_name(label: str, known: Collection[str]) -> bool:
    return key(label) in known and key(label).endswith(_NAMES)
