"""The three figures of a week that both levels look at first, read from the book's indicators."""

from __future__ import annotations

from fractions import Fraction

import msgspec

from desktop.ledger import money
from desktop.ledger.dispatch import week_of
from desktop.ledger.indicator_definitions import ALL
from desktop.ledger.indicators import indicators_of
from desktop.ledger.periods import week_range
from desktop.ledger.presets import presets
from desktop.ledger.standing import Light, ranking
from desktop.ledger.store import Store


class Figures(msgspec.Struct, frozen=True):
    """A week as a whole: money in yuan, rates as exact shares, ``gap`` in percentage points.

    ``done`` and ``earlier`` (the week before) are None where nobody has reported; ``rate``, ``gap``
    and ``light`` where there is no plan.
    """

    projects: int
    done: int | None
    earlier: int | None
    plan: int
    done_year: int
    rate: Fraction | None
    schedule: Fraction | None
    gap: Fraction | None
    light: Light | None


def figures_of(store: Store, period: str) -> Figures:
    """The figures of the week ``period`` for all dispatched projects of the book."""
    week = week_of(period)
    row = indicators_of(store, week, ALL)[0]
    before = indicators_of(store, week.previous(), ALL)[0]
    last_day = week_range(week, store.scheme.week_last_day)[1]
    light = ranking([row], presets(store.scheme), last_day)[0].light
    done, earlier = row.values["completed_week"], before.values["completed_week"]
    return Figures(
        projects=row.amount("projects"),
        done=done if isinstance(done, int) else None,
        earlier=earlier if isinstance(earlier, int) else None,
        plan=row.amount("annual_plan"),
        done_year=row.amount("completed_year"),
        rate=row.share("completion_rate"),
        schedule=row.share("schedule_progress"),
        gap=row.share("gap"),
        light=light,
    )


def compared_with_last_week(figures: Figures, unit: money.Unit) -> str:
    """比上周多 300.25 万元; that nobody reported, where it is so."""
    if figures.done is None:
        return "本周还没有填报"
    if figures.earlier is None:
        return "上周没有填报"
    change = figures.done - figures.earlier
    if not change:
        return "与上周持平"
    word = "多" if change > 0 else "少"
    return f"比上周{word} {money.format_money(abs(change), unit)} {unit}"


def compared_with_schedule(figures: Figures) -> str:
    """低于序时进度 2.8 个百分点 (REGIME, words used everywhere); 没有年度计划 without one."""
    if figures.gap is None:
        return "没有年度计划"
    size = money.format_points(figures.gap, signed=False)
    if size == money.format_points(Fraction(0), signed=False):
        return "与序时进度持平"
    return f"{'超' if figures.gap > 0 else '低于'}序时进度 {size} 个百分点"
