"""In which unit the money of a table stands: cell, heading, title or unit line, in that order.

Failing these, the unit of the other money of the same table; else 万元, and then always asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

import msgspec

from desktop.ledger.money import NotMoney, parse
from desktop.sheets.meaning.evidence import says_nothing
from desktop.sheets.tables.surroundings import MoneyUnit, units_of
from desktop.sheets.workbook.grid import Cell, text_of

#: A project's investment in yuan outside these bounds says that the unit may be wrong.
LEAST, MOST = 100_000, 10**12
USUAL: MoneyUnit = "万元"


class UnitFound(msgspec.Struct, frozen=True):
    """A column's unit and where it was found; ``asked`` when nothing said it."""

    unit: MoneyUnit
    source: str
    asked: bool = False


def unit_of(
    heading: str,
    around: MoneyUnit | None,
    others: Iterable[str],
    cells: Iterable[Cell],
    own: Iterable[Cell] = (),
) -> UnitFound:
    """The unit of one money column.

    ``around``: what title or unit line say; ``others``: the headings of the table's other money
    columns; ``cells``: the table's money, some of which may name its unit; ``own``: the column's.
    """
    stated = units_of(heading)
    if stated:
        return UnitFound(stated[0], "表头")
    if around is not None:
        return UnitFound(around, "表头上方的单位")
    named: set[MoneyUnit] = {unit for other in others for unit in units_of(other)[:1]}
    if len(named) == 1:
        return UnitFound(named.pop(), "同一张表的其他金额栏")
    inside = {unit for cell in cells for unit in _stated(cell)}
    if not named and len(inside) == 1:
        return UnitFound(inside.pop(), "同一张表中写明单位的金额")
    filled = [cell for cell in own if text_of(cell) and not says_nothing(text_of(cell))]
    if filled and all(_stated(cell) for cell in filled):
        return UnitFound(USUAL, "每格都写明")
    return UnitFound(USUAL, "没有写明", asked=bool(filled) or not own)


def doubtful(yuan: Sequence[int]) -> bool:
    """Whether investments of this size say that the unit is wrong."""
    filled = [value for value in yuan if value]
    return bool(filled) and not LEAST <= median(filled) <= MOST


def _stated(cell: Cell) -> list[MoneyUnit]:
    if not isinstance(cell, str) or not any(mark in cell for mark in "元万亿"):
        return []
    try:
        money = parse(cell, "万元")
    except NotMoney:
        return []
    return [money.unit] if money.stated else []
