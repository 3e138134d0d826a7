"""In which unit the money of a table stands: cell, heading, title or unit line, in that order.

Failing these, the unit of the other money of the same table; else 万元, and then always asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

import msgspec

from desktop.ledger.money import NotMoney, Unit, parse
from desktop.sheets.grid import Cell
from desktop.sheets.surroundings import units_of

#: A project's investment in yuan outside these bounds says that the unit may be wrong.
LEAST, MOST = 100_000, 10**12
USUAL: Unit = "万元"


class MoneyUnit(msgspec.Struct, frozen=True):
    """A column's unit and where it was found; ``asked`` when nothing said it."""

    unit: Unit
    source: str
    asked: bool = False


def unit_of(
    heading: str,
    around: Unit | None,
    others: Iterable[str],
    cells: Iterable[Cell],
) -> MoneyUnit:
    """The unit of one money column.

    ``around``: what title or unit line say; ``others``: the headings of the table's other money
    columns; ``cells``: the table's money, some of which may name its unit.
    """
    stated = units_of(heading)
    if stated:
        return MoneyUnit(stated[0], "表头")
    if around is not None:
        return MoneyUnit(around, "表头上方的单位")
    named: set[Unit] = {unit for other in others for unit in units_of(other)[:1]}
    if len(named) == 1:
        return MoneyUnit(named.pop(), "同一张表的其他金额栏")
    inside = {unit for cell in cells for unit in _stated(cell)}
    if not named and len(inside) == 1:
        return MoneyUnit(inside.pop(), "同一张表中写明单位的金额")
    return MoneyUnit(USUAL, "没有写明", asked=True)


def doubtful(yuan: Sequence[int]) -> bool:
    """Whether investments of this size say that the unit is wrong."""
    filled = [value for value in yuan if value]
    return bool(filled) and not LEAST <= median(filled) <= MOST


def _stated(cell: Cell) -> list[Unit]:
    if not isinstance(cell, str) or not any(mark in cell for mark in "元万亿"):
        return []
    try:
        money = parse(cell, USUAL)
    except NotMoney:
        return []
    return [money.unit] if money.stated else []
