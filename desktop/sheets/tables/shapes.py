"""What a row of cells looks like, whatever its words mean: titles side by side, columns that are
counted, short texts as wide as what follows them, a heading in two languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from desktop.sheets.tables.rows import plain
from desktop.sheets.workbook.grid import Area, Cell, Sheet, line, text_of

#: So many columns in a row are counted, not figures that happen to follow each other.
FEWEST_COUNTED = 5
#: What begins a row that numbers the columns of another heading.
_NUMBERS_COLUMNS = frozenset({"栏次", "甲", "行次", "列次", "栏目"})
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z .,()/%-]+")


def counting(cells: Sequence[tuple[int, Cell]]) -> range:
    """The columns of a row that a heading counts 1, 2, 3 …: the days of a month, behind a name."""
    first, *rest = cells
    if not isinstance(first[1], str) or plain(first[1]) in _NUMBERS_COLUMNS:
        return range(0)
    end = first[0]
    for number, (column, cell) in enumerate(rest, 1):
        if column != end + 1 or isinstance(cell, str) or cell != number:
            break
        end = column
    return range(first[0] + 1, end + 1) if end - first[0] >= FEWEST_COUNTED else range(0)


def titles(sheet: Sheet, row: int, cells: Sequence[tuple[int, Cell]]) -> bool:
    """Whether a row holds the titles of tables side by side: each merged over its own table, with
    a blank column between."""
    spans = {area.left: area for area in sheet.merges if area.top == row == area.bottom}
    areas = [spans.get(column) for column, _ in cells]
    if None in areas:
        return False
    merged = [area for area in areas if area is not None]
    below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else []
    gaps = [range(one.right + 1, other.left) for one, other in pairwise(merged)]
    return all(
        gap and all(column < len(below) and below[column] == "" for column in gap) for gap in gaps
    )


def shaped(sheet: Sheet, row: int, cells: Sequence[tuple[int, Cell]]) -> bool:
    """Whether a row of short, different texts is nearly as wide as the rows below it."""
    spans = {area.left: area for area in starting(sheet, row)}
    covered: set[int] = set()
    for column, _ in cells:
        area = spans.get(column)
        covered.update(range(column, (area.right if area else column) + 1))
    if any(len({*part}) < len(part) for part in _parts(sheet, row, cells, covered)):
        return False
    below: set[int] = set()
    seen = 0
    for number in range(row + 1, min(row + 9, len(sheet.rows))):
        found = [column for column, cell in enumerate(sheet.rows[number]) if text_of(cell)]
        if not found:
            break
        seen += 1
        below.update(found)
    return seen >= 1 and len(below) >= 2 and len(covered & below) >= 0.6 * len(below)


def _parts(
    sheet: Sheet, row: int, cells: Sequence[tuple[int, Cell]], covered: set[int]
) -> list[list[str]]:
    """The words of a row, divided where a column is blank here and just below: tables side by side
    may say the same."""
    below = sheet.rows[row + 1] if row + 1 < len(sheet.rows) else []
    parts: list[list[str]] = [[]]
    end = cells[0][0]
    for column, cell in cells:
        gap = [one for one in range(end + 1, column) if one not in covered]
        if gap and all(one < len(below) and below[one] == "" for one in gap):
            parts.append([])
        parts[-1].append(plain(line(cell)))
        end = column
    return parts


def starting(sheet: Sheet, row: int) -> list[Area]:
    """The merged cells of a row."""
    return [area for area in sheet.merges if area.top <= row <= area.bottom]


def translates(above: Cell, below: Cell) -> bool:
    """Whether a heading says in Latin letters what the one above it says in Chinese."""
    return bool(_HAN.search(line(above)) and _LATIN.fullmatch(line(below)))
