"""Columns of money as a table prints them: one unit, as few decimals as it takes, sums that add up.

Balanced rounding 舍位平衡 (STANDARDS, Money): every printed subtotal and total is the sum of the
printed figures under it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop.ledger.money import MINUS, PLACES, Unit
from desktop.ledger.rounding import Groups, balance

#: Money in tables has two decimals at the most.
MOST = 2


class Printed(msgspec.Struct, frozen=True):
    """A column as text: its cells, its subtotals in the order of their groups, its total.

    ``note`` has to stand under the table where it is not None.
    """

    cells: tuple[str, ...]
    subtotals: tuple[str, ...]
    total: str
    note: str | None


def printed(
    values: Sequence[int | None],
    unit: Unit,
    decimals: int,
    groups: Groups = (),
    *,
    missing: str = "",
) -> Printed:
    """A column of yuan (None where there is no figure) in ``unit`` with ``decimals``.

    ``groups``: the rows of each subtotal, nested. A subtotal or total of nothing but missing
    figures is missing itself.
    """
    if not values:
        return Printed((), (), missing, None)
    table = balance([[value or 0] for value in values], unit, decimals, groups, across=False)

    def show(figure: int, members: Sequence[int]) -> str:
        if all(values[member] is None for member in members):
            return missing
        return minus(table.show(figure))

    return Printed(
        tuple(show(line.cells[0], line.members) for line in table.rows),
        tuple(show(line.cells[0], line.members) for line in table.subtotals),
        show(table.total.cells[0], range(len(values))),
        table.note,
    )


def minus(text: str) -> str:
    """A formatted figure with the sign that papers print, as their rates and differences do."""
    return text.replace("-", MINUS)


def note_below(*notes: str) -> str:
    """What has to be said below a table, once each: 注：…；…。; "" where there is nothing."""
    said = dict.fromkeys(note.rstrip("。") for note in notes if note)
    return f"注：{'；'.join(said)}。" if said else ""


def fewest_decimals(values: Sequence[int | None], unit: Unit) -> int:
    """The fewest decimals of ``unit`` that hold all ``values``; :data:`MOST` at the most."""
    for decimals in range(min(MOST, PLACES[unit])):
        step = 10 ** (PLACES[unit] - decimals)
        if not any((value or 0) % step for value in values):
            return decimals
    return min(MOST, PLACES[unit])


def unit_of_table(values: Sequence[int | None]) -> Unit:
    """亿元 for large tables, 万元 where a figure would vanish or none reaches 亿元."""
    figures = [abs(value) for value in values if value]
    large = any(figure >= 10 ** PLACES["亿元"] for figure in figures)
    # Half of the last printed digit: what is smaller would print as 0.00.
    vanishes = any(figure * 2 < 10 ** (PLACES["亿元"] - MOST) for figure in figures)
    return "亿元" if large and not vanishes else "万元"
