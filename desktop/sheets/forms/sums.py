"""Rows of a form that sum up: 合计, 小计, section rows with figures. Formulas, never numbers.

A formula of the form stays what it is. Where it adds up lines, it adds up the lines that there are
now, and no row that sums up itself. Numbers left from last month give way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from desktop.ledger.definitions import Field
from desktop.sheets.forms.cells import merged
from desktop.sheets.workbook.grid import letters

_SUM = re.compile(r"=\s*(?P<begin>SUM\(|SUBTOTAL\((?:9|109),)(?P<ranges>[A-Z0-9$:,\s]+)\)", re.I)
_ADDED = re.compile(r"=\s*\+?(?P<cells>\$?[A-Z]{1,3}\$?\d+(?:\s*\+\s*\$?[A-Z]{1,3}\$?\d+)*)", re.I)
_PART = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?", re.I)
_COUNT = re.compile(
    r"(?P<before>[（(]?(?:[ \u3000]*(?:共计?|计))?)[ \u3000_＿]*\d*[ \u3000_＿]*"
    r"(?P<after>[个项](?:项目)?(?:[ \u3000]*[）)])?)[ \u3000]*$"
)
#: Excel takes 255 arguments.
_MOST_PARTS = 200


class Sum(NamedTuple):
    """One row that sums up, in the filled form: its row, the lines that it is of, how many rows of
    the book stand there, whether its ``blank`` cells under money get a sum, too."""

    row: int
    spans: Sequence[tuple[int, int]]
    rows: int
    blank: bool = True


def sum_up(
    page: Any,
    sums: Sequence[Sum],
    lines: Sequence[tuple[int, int]],
    fields: Mapping[int, Field | None],
) -> Iterator[str]:
    """Write the formulas of all ``sums``; ``fields`` by column, ``lines`` are all lines of the
    form. Yields remarks about figures that were taken out, and formulas that leave rows out."""
    money = [column for column, field in fields.items() if field and field.type == "money"]
    for one in sums:
        _count(page, one)
    for column in money:
        yield from _Column(page, column, sums, lines).write()
    for one in sums:
        for column, field in fields.items():
            cell = page.cell(one.row, column)
            if column not in money and field is not None and _is_number(cell.value):
                yield f"{cell.coordinate} 的“{field.title}”原来是固定的数，已去掉，请核对。"
                cell.value = None


class _Column:
    """The sums of one column of money."""

    def __init__(
        self, page: Any, column: int, sums: Sequence[Sum], lines: Sequence[tuple[int, int]]
    ) -> None:
        self.letter = letters(column - 1)
        self.cells = {one.row: page.cell(one.row, column) for one in sums}
        self.sums = {one.row: one for one in sums if not _is_label(page, self.cells[one.row])}
        self.lines = _rows(lines)
        added = (_adds(str(cell.value), self.letter)[1] for cell in self.cells.values())
        #: Rows of sums that a formula of the form adds up.
        self.wanted = set().union(*(rows for rows in added if not rows & self.lines))

    def write(self) -> Iterator[str]:
        for row, one in self.sums.items():
            cell = self.cells[row]
            begin, rows = _adds(str(cell.value), self.letter)
            blank = cell.value is None and (one.blank or row in self.wanted)
            if blank or _is_number(cell.value) or rows & self.lines:
                cell.value = _formula(begin or "SUM(", self.letter, one.spans)
            elif rows and self._covered(rows) != _rows(one.spans):
                yield f"{cell.coordinate} 的公式没有包括它应合计的各行，请核对。"

    def _covered(self, rows: set[int]) -> set[int]:
        """The lines behind rows that sum up."""
        return set().union(*(_rows(self.sums[row].spans) for row in rows & set(self.sums)))


def _rows(spans: Sequence[tuple[int, int]]) -> set[int]:
    return {row for first, last in spans for row in range(first, last + 1)}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _adds(formula: str, column: str) -> tuple[str, set[int]]:
    """How a formula adds up cells of its own column, and which rows; no rows for any other."""
    found = _SUM.fullmatch(formula) or _ADDED.fullmatch(formula)
    if found is None:
        return "", set()
    named = found.groupdict()
    parts = re.split(r"[,+]", named.get("ranges") or named.get("cells") or "")
    rows: set[int] = set()
    for part in parts:
        match = _PART.fullmatch(part.strip())
        if match is None or {match[1].upper(), (match[3] or match[1]).upper()} != {column}:
            return "", set()
        rows |= set(range(int(match[2]), int(match[4] or match[2]) + 1))
    return named.get("begin") or "SUM(", rows


def _formula(begin: str, column: str, spans: Sequence[tuple[int, int]]) -> str | int:
    """The sum over the lines; of none 0."""
    parts = [f"{column}{first}:{column}{last}" for first, last in spans if first <= last]
    if not parts:
        return 0
    pieces = [parts[at : at + _MOST_PARTS] for at in range(0, len(parts), _MOST_PARTS)]
    return "=" + "+".join(f"{begin}{','.join(piece)})" for piece in pieces)


def _count(page: Any, one: Sum) -> None:
    """合计（12个） says how many there are now."""
    for column in range(1, 4):
        cell = page.cell(one.row, column)
        if isinstance(cell.value, str) and cell.data_type != "f":
            new = _COUNT.sub(rf"\g<before>{one.rows}\g<after>", cell.value)
            if new != cell.value:
                cell.value = new
                return


def _is_label(page: Any, cell: Any) -> bool:
    """Whether a cell stands under a merged area or begins one over several columns."""
    return merged(cell) or any(
        area.min_row == cell.row and area.min_col == cell.column and area.max_col > area.min_col
        for area in page.merged_cells.ranges
    )
