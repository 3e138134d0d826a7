"""In which unit the money of a table stands: cell, heading, title or unit line, in that order.

Failing these, the unit of the other money of the same table; else 万元, and then always asked. A
unit inside one cell is that cell's: it speaks for bare numbers only where they are of its size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from typing import Literal

import msgspec

from desktop.ledger.money import Money, NotMoney, parse
from desktop.sheets.meaning.evidence import says_nothing
from desktop.sheets.tables.surroundings import MoneyUnit, units_of
from desktop.sheets.workbook.grid import Cell, text_of

#: How many times larger or smaller than what a cell states its bare neighbours may be.
ALIKE = 10
#: A project's investment in yuan outside these bounds says that the unit may be wrong.
LEAST, MOST = 100_000, 10**11
USUAL: Literal["万元"] = "万元"
#: What a unit is in yuan; those smaller than a unit, the usual one first.
YUAN: Mapping[MoneyUnit, int] = {
    "元": 1,
    "千元": 10**3,
    "万元": 10**4,
    "百万元": 10**6,
    "亿元": 10**8,
}
SMALLER: Mapping[MoneyUnit, tuple[MoneyUnit, ...]] = {
    "亿元": ("万元", "元"),
    "百万元": ("万元", "元"),
    "万元": ("元",),
}


class UnitFound(msgspec.Struct, frozen=True):
    """A column's unit and where it was found; ``asked`` when nothing said it."""

    unit: MoneyUnit
    source: str
    asked: bool = False


def unit_of(
    heading: str,
    around: MoneyUnit | None,
    others: Iterable[str],
    spoken: Callable[[], MoneyUnit | None],
    own: Iterable[Cell] = (),
) -> UnitFound:
    """The unit of one money column.

    ``around``: what title or unit line say; ``others``: the headings of the table's other money
    columns; ``spoken``: what the cells of the table say (:func:`spoken_for`); ``own``: the cells of
    the column.
    """
    stated = units_of(heading)
    if stated:
        return UnitFound(stated[0], "表头")
    if around is not None:
        return UnitFound(around, "表头上方的单位")
    filled = [cell for cell in own if text_of(cell) and not says_nothing(text_of(cell))]
    if filled and all(_stated(cell) is not None for cell in filled):
        return UnitFound(USUAL, "每格都写明")
    named: set[MoneyUnit] = {unit for other in others for unit in units_of(other)[:1]}
    if len(named) == 1:
        return UnitFound(named.pop(), "同一张表的其他金额栏")
    if not named and (inside := spoken()) is not None:
        return UnitFound(inside, "同一张表中写明单位的金额")
    return UnitFound(USUAL, "没有写明", asked=bool(filled) or not own)


def doubtful(yuan: Sequence[int]) -> bool:
    """Whether investments of this size say that the unit is wrong."""
    filled = [value for value in yuan if value]
    return bool(filled) and not LEAST <= median(filled) < MOST


def too_much(yuan: Sequence[int]) -> bool:
    """Whether sums of this size are more than projects of a county have."""
    filled = [value for value in yuan if value]
    return bool(filled) and median(filled) >= MOST


def fitting(amounts: Sequence[int], whole: int, unit: MoneyUnit) -> MoneyUnit | None:
    """The unit in which parts of a total fit into it, where they do not in ``unit``, else None.

    ``amounts``: yuan, read in ``unit``; ``whole``: the usual total in yuan. A total in 亿元 beside
    parts in 万元 is common, and only the total's heading says so.
    """
    filled = [value for value in amounts if value]
    if not filled or median(filled) <= whole:
        return None
    smaller = SMALLER.get(unit, ())
    plain = median(filled) / YUAN[unit]
    return next((one for one in smaller if plain * YUAN[one] <= whole), USUAL)


def spoken_for(cells: Sequence[Cell]) -> MoneyUnit | None:
    """The one unit that cells state, where the bare numbers beside them are of their size."""
    stated = [money for cell in cells if (money := _stated(cell)) is not None]
    units = {money.unit for money in stated}
    if len(units) != 1:
        return None
    unit = units.pop()
    sizes = [abs(money.yuan) / YUAN[unit] for money in stated if money.yuan]
    bare = [abs(size) for cell in cells if (size := _bare(cell))]
    if not bare or not sizes:
        return unit
    return unit if min(sizes) / ALIKE <= median(bare) <= max(sizes) * ALIKE else None


def _stated(cell: Cell) -> Money | None:
    """The sum of a cell that names its unit."""
    if not isinstance(cell, str) or not any(mark in cell for mark in "元万亿"):
        return None
    money = _money(cell)
    return money if money is not None and money.stated else None


def _bare(cell: Cell) -> float | None:
    """The number of a cell that names no unit."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return None
    money = _money(cell)
    if money is None or money.stated or money.yuan is None:
        return None
    return money.yuan / YUAN[USUAL]


def _money(cell: str | float) -> Money | None:
    try:
        return parse(cell, USUAL)
    except NotMoney:
        return None
