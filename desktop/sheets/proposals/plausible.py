"""Sums that cannot be: a hundred times the total they are part of, a thousand times their column.

A unit is easily mistaken, and what it makes of a sum is wrong by orders. Nothing is corrected here:
a sum that no county's project has is asked about, one that a few have is remarked upon.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

import msgspec

from desktop.ledger.definitions import Field
from desktop.ledger.money import in_words
from desktop.sheets.meaning import amounts
from desktop.sheets.meaning.columns import Filled
from desktop.sheets.meaning.texts import Reading
from desktop.sheets.tables.sources import Source

#: The money that all other of a project is a part of.
TOTAL = "total_investment"
#: Parts of it.
PARTS = frozenset(
    {"annual_plan", "completed_week", "completed_month", "completed_year", "completed_total"}
)
#: So many sums show what is usual in a column, and so many times that is far off.
FEW, FAR = 3, 1_000
#: A sum in yuan that few projects of a county have.
LARGE = 10**10
#: A part so many times its total is no overrun.
OVERRUN = 100
#: What is asked of a sum that cannot be, and how it is answered.
RIGHT = "数额对吗？对则答“是”，不对请连单位填写，如“5800万元”。"


def far_off(field: Field, readings: list[Reading]) -> tuple[list[Reading], bool]:
    """Totals and plans that are a thousand times what is usual in their column, or totals as much
    too small: they are asked about where no project of a county is so large or small, else read
    with a remark. Says whether there were any."""
    filled = [abs(one.value) for one in readings if one.value]
    if len(filled) < 2 or field.name not in (TOTAL, "annual_plan"):
        return readings, False
    usual = median(filled) if len(filled) >= FEW else min(filled)
    least = min(usual / FAR, amounts.LEAST) if field.name == TOTAL else 0

    def checked(one: Reading) -> Reading:
        if not one.value or one.question:
            return one
        size = abs(one.value)
        if least < size < max(usual * FAR, LARGE):
            return one
        said = "与同栏其他数额相差一千倍以上"
        if size <= least or size >= amounts.MOST:
            return Reading(one.value, f"读得 {in_words(one.value)}，{said}。{RIGHT}")
        return Reading(one.value, note=f"{said}，请核对是不是用了别的单位")

    changed = [checked(one) for one in readings]
    return changed, changed != readings


def beside_total(columns: Sequence[Filled], source: Source) -> list[Filled]:
    """The columns, with a question at every part that exceeds its total by orders, where nothing
    about the two columns is open."""
    whole = next((one for one in columns if one.name == TOTAL and one.open is None), None)
    if whole is None:
        return list(columns)
    return [
        _parts(one, whole) if one.name in PARTS and not one.open and not one.period else one
        for one in columns
    ]


def _parts(part: Filled, whole: Filled) -> Filled:
    readings = [
        Reading(one.value, _asked(part, whole, one.value, total.value))
        if one.value
        and total.value
        and not (one.question or total.question)
        and abs(one.value) > OVERRUN * abs(total.value)
        else one
        for one, total in zip(part.readings, whole.readings, strict=True)
    ]
    if readings == part.readings:
        return part
    return msgspec.structs.replace(part, readings=readings, flagged=True)


def _asked(part: Filled, whole: Filled, value: int, total: int) -> str:
    return (
        f"{part.field.title}读得 {in_words(value)}，是{whole.field.title} {in_words(total)} 的"
        f"一百倍以上。{RIGHT}"
    )


def doubted(sums: Mapping[str, Sequence[int]]) -> str | None:
    """The field whose sums say that its unit is wrong, of those of projects; None for none.

    ``sums``: field → yuan.
    """
    if TOTAL in sums and amounts.doubtful(sums[TOTAL]):
        return TOTAL
    return next((name for name in sums if name in PARTS and amounts.too_much(sums[name])), None)


def beyond_total(sums: Mapping[str, Sequence[int]]) -> tuple[str, ...]:
    """The parts that exceed the total in most rows by orders."""
    whole = [value for value in sums.get(TOTAL, ()) if value]
    if not whole:
        return ()
    most = FAR * median(whole)
    return tuple(
        name
        for name, own in sums.items()
        if name in PARTS and (filled := [one for one in own if one]) and median(filled) > most
    )
