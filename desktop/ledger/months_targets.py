"""Targets 目标任务 (S15) at a month's end: where each stands, the gap, what the rest must bring.

What an indicator is measured by is data (``presets.toml``, ``[targets]``; else an indicator of
``indicators.toml`` by its title). An indicator without a measure stands without a figure, never
with zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

import msgspec

from desktop.ledger import money, periods
from desktop.ledger.definitions import Scheme
from desktop.ledger.escalation_figures import places
from desktop.ledger.indicator_definitions import ALL, definitions
from desktop.ledger.indicators import Row as Group
from desktop.ledger.indicators import indicators_of
from desktop.ledger.months import MONTHLY, STATISTICS, ProjectMonth
from desktop.ledger.periods import Period
from desktop.ledger.presets import Measure, presets
from desktop.ledger.store import Store

TARGET = "target"
#: The bases whose figures are per cent.
PER_CENT = ("比率", "增速")


class Target(msgspec.Struct, frozen=True):
    """A target and where it stands.

    ``assured``, ``striven`` and ``now`` are whole yuan for the basis 金额, per cent for 比率 and
    增速, else plain numbers or a rank; None where nothing stands. ``left``: how many months of the
    target's period are still to come. ``schedule``: the part of its period that has passed.
    """

    record: str
    unit: str
    department: str
    indicator: str
    category: str | None
    basis: str
    period: Period
    assured: Fraction | None
    striven: Fraction | None
    now: Fraction | None
    left: int
    schedule: Fraction

    @property
    def cumulative(self) -> bool:
        """Whether the figure grows through the period, so that a share of it can be said."""
        return self.basis in ("金额", "数量")

    @property
    def rate(self) -> Fraction | None:
        """Now ÷ assured; None where that says nothing."""
        if not self.cumulative or self.now is None or not self.assured:
            return None
        return self.now / self.assured

    @property
    def gap(self) -> Fraction | None:
        """What is missing to the assured level: 0 where it is reached; None without a figure."""
        if self.now is None or self.assured is None:
            return None
        missing = self.now - self.assured if self.basis == "位次" else self.assured - self.now
        return max(missing, Fraction(0))

    @property
    def each_month(self) -> Fraction | None:
        """What every remaining month must bring; None where it cannot be said or none remains."""
        gap = self.gap
        return gap / self.left if self.cumulative and gap is not None and self.left else None


def targets_of(store: Store, month: Period, members: Sequence[ProjectMonth]) -> list[Target]:
    """Every target whose year, quarter or month holds ``month``, in the order of units.

    ``members`` are the month's projects (:func:`desktop.ledger.months_reading.projects_of`).
    """
    if TARGET not in store.scheme.registers:
        return []
    quarter = Period("quarter", month.year, (month.number + 2) // 3)
    standing = _Standing(store, month, members)
    found = []
    for period in (Period("year", month.year), quarter, month):
        found += [_target(standing, row, period) for row in store.rows(TARGET, str(period))]
    order = {
        row["record"]: place
        for place, row in enumerate(
            store.select('SELECT record FROM unit ORDER BY "order" IS NULL, "order", name')
        )
    }
    return sorted(
        found,
        key=lambda one: (
            order.get(one.unit, len(order)),
            one.indicator,
            one.category or "",
            one.left,
        ),
    )


def _target(standing: _Standing, row: dict[str, Any], period: Period) -> Target:
    sums = row["basis"] == "金额"
    names = ("assured_money", "striven_money") if sums else ("assured", "striven")
    assured, striven = (
        None if row.get(name) is None else Fraction(str(row[name])) for name in names
    )
    ends = period.number * 12 // periods.how_many(period.kind, period.year)
    many = 12 // periods.how_many(period.kind, period.year)
    left = ends - standing.month.number
    return Target(
        record=row["record"],
        unit=row["unit"],
        department=row.get("responsible_unit") or "",
        indicator=row["indicator"] or "",
        category=row.get("category"),
        basis=row["basis"] or "",
        period=period,
        assured=assured,
        striven=striven,
        now=standing.now(row, period),
        left=left,
        schedule=Fraction(many - left, many),
    )


class _Standing:
    """The figures of a month by which targets stand; each kind is read when it is first asked."""

    def __init__(self, store: Store, month: Period, members: Sequence[ProjectMonth]) -> None:
        self.store, self.month, self.members = store, month, members
        self.measures = presets(store.scheme).targets

    def now(self, row: dict[str, Any], period: Period) -> Fraction | None:
        """The figure of a target, in the unit of its basis."""
        measure = self.measures.get(row["indicator"] or "")
        basis, unit, category = row["basis"], row["unit"], row.get("category")
        if measure is None:
            return self._indicator(row)
        if basis not in _BASES[measure] or (category and measure != "dispatch"):
            return None
        if measure == "dispatch":
            return self._dispatch(unit, category, period)
        whole: Callable[[str, Period], Fraction | None] = {
            "statistics": self._statistics,
            "growth": lambda unit, _: self._growth(unit),
            "growth_rank": lambda unit, _: self._rank(unit),
            "task_rate": lambda unit, _: self._task(unit),
        }[measure]
        return whole(unit, period)

    def _dispatch(self, unit: str, category: str | None, period: Period) -> Fraction | None:
        chosen = [
            one
            for one in self.members
            if (unit == self.store.unit or one.unit == unit)
            and (category is None or category in one.categories)
        ]
        if period.kind == "year":
            return _sum(one.year for one in chosen)
        if period.kind == "month":
            return _sum(one.figure("completed_month") for one in chosen)
        months = self._within(period)
        rows = [row for at in months for row in self.store.rows(MONTHLY, str(at))]
        records = {one.project for one in chosen}
        subject = self.store.scheme.head.subject
        return _sum(row["completed_month"] for row in rows if row[subject] in records)

    @cached_property
    def _units(self) -> dict[str, dict[str, Any]]:
        """The month's statistics by unit, those without a figure left out."""
        if STATISTICS not in self.store.scheme.registers:
            return {}
        rows = self.store.rows(STATISTICS, str(self.month))
        return {row["unit"]: row for row in rows if row["completed_year"] is not None}

    def _of(self, unit: str) -> list[dict[str, Any]]:
        """The unit's own row; for the book's own unit without one, those of all units."""
        if unit in self._units:
            return [self._units[unit]]
        return list(self._units.values()) if unit == self.store.unit else []

    def _statistics(self, unit: str, period: Period) -> Fraction | None:
        if period.kind == "year":
            return _sum(row["completed_year"] for row in self._of(unit))
        units = {row["unit"] for row in self._of(unit)}
        rows = [row for at in self._within(period) for row in self.store.rows(STATISTICS, str(at))]
        return _sum(row["completed_month"] for row in rows if row["unit"] in units)

    def _growth(self, unit: str) -> Fraction | None:
        both = [row for row in self._of(unit) if row["last_year_to_date"] is not None]
        before = sum(row["last_year_to_date"] for row in both)
        if before <= 0:
            return None
        return Fraction(sum(row["completed_year"] for row in both) - before, before) * 100

    def _rank(self, unit: str) -> Fraction | None:
        growths = {one: self._growth(one) for one in self._units if one != self.store.unit}
        place = places(growths).get(unit)
        return Fraction(place.rank) if place else None

    def _task(self, unit: str) -> Fraction | None:
        tasked = [row for row in self._of(unit) if row["annual_task"]]
        rate = money.rate(
            sum(row["completed_year"] for row in tasked), sum(row["annual_task"] for row in tasked)
        )
        return None if rate is None else rate * 100

    @cached_property
    def _indicators(self) -> dict[str | None, Group]:
        """The indicators of the month's last week, by unit; the book's own unit stands for all."""
        last_day = self.store.scheme.week_last_day
        _, end = periods.date_range(self.month, last_day)
        week = periods.week_of(end, last_day)
        if periods.week_range(week, last_day)[1] > end:
            week = week.previous()
        whole: dict[str | None, Group] = {self.store.unit: indicators_of(self.store, week, ALL)[0]}
        return {**{one.key: one for one in indicators_of(self.store, week, "unit")}, **whole}

    def _indicator(self, row: dict[str, Any]) -> Fraction | None:
        """An indicator of the scheme that is called as the target's."""
        name = _named(self.store.scheme, row["indicator"])
        group = self._indicators.get(row["unit"]) if name and not row.get("category") else None
        if name is None or group is None:
            return None
        value = group.values[name]
        if value is None:
            return None
        if isinstance(value, Fraction):
            return value * 100 if row["basis"] in PER_CENT else None
        return Fraction(value) if row["basis"] in ("金额", "数量") else None

    def _within(self, period: Period) -> list[Period]:
        """The months of a quarter or month up to the present one."""
        if period.kind == "month":
            return [period]
        first = Period("month", period.year, period.number * 3 - 2)
        return list(periods.periods_between(first, self.month))


#: Which bases a measure can answer.
_BASES: dict[Measure, tuple[str, ...]] = {
    "dispatch": ("金额",),
    "statistics": ("金额",),
    "growth": PER_CENT,
    "growth_rank": ("位次",),
    "task_rate": ("比率",),
}


def _named(scheme: Scheme, title: str) -> str | None:
    """The indicator that is called so; differences of rates are no figures of a target."""
    known = definitions(scheme).indicators.values()
    return next((one.name for one in known if one.title == title and one.of_rate is None), None)


def _sum(values: Any) -> Fraction | None:
    known = [value for value in values if value is not None]
    return Fraction(sum(known)) if known else None
