"""What the rules of escalation look at: each unit's figures by month, its places, its streaks.

Growth is completed ÷ last year's − 1, completion is completed ÷ the year's task, unrounded. Who has
no last year's figure (or none but zero) has no growth and no place by it. Equals share a place;
nobody is first or last where all are equal or fewer than ``least`` are ranked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import date
from fractions import Fraction

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import money, periods
from desktop.ledger.escalation_rules import By, Figures
from desktop.ledger.periods import Period
from desktop.ledger.standing import Standing, standing_of
from desktop.ledger.store import Store

#: The register of letters, and the kind that counts as being reminded.
LETTER, REMINDER = "letter", "提醒函"


class NotAMonth(OneLedgerError):
    """Circulars, reminders and talks were asked for a week, quarter or year."""

    def __init__(self, period: Period) -> None:
        super().__init__(
            f"通报、提醒和约谈按月进行，{period.title}不是一个月。", "请写明是哪一月，如2023年3月。"
        )


class UnitMonth(msgspec.Struct, frozen=True):
    """A unit's figures from New Year to the end of a month, in yuan; None where nothing stands."""

    completed: int | None
    last_year: int | None
    task: int | None

    @property
    def growth(self) -> Fraction | None:
        """By how much more than last year, as a share; None without last year's figure."""
        if self.completed is None or not self.last_year or self.last_year < 0:
            return None
        return Fraction(self.completed - self.last_year, self.last_year)

    @property
    def completion(self) -> Fraction | None:
        """The share of the task; None without a task."""
        return money.rate(self.completed, self.task)

    def share(self, by: By) -> Fraction | None:
        """The figure that ranks."""
        return self.growth if by == "growth" else self.completion


class Place(msgspec.Struct, frozen=True):
    """A unit's place: ``rank`` from 1, ``of`` how many ranked, ``shared`` with others or not."""

    rank: int
    of: int
    last: bool
    shared: bool


class Month(msgspec.Struct, frozen=True):
    """A month: the figures by unit and the places by growth and by completion."""

    units: Mapping[str, UnitMonth]
    places: Mapping[By, Mapping[str, Place]]


def month_of(period: str | Period) -> Period:
    """``period`` as a month; raises :class:`NotAMonth` and what no period raises."""
    month = periods.parse_period(period) if isinstance(period, str) else period
    if month.kind != "month":
        raise NotAMonth(month)
    return month


def places(values: Mapping[str, Fraction | None], least: int = 2) -> dict[str, Place]:
    """The places by value, the largest first; those without a value have none.

    Empty where fewer than ``least`` have one, or all have the same.
    """
    ranked = {unit: value for unit, value in values.items() if value is not None}
    many = Counter(ranked.values())
    if len(ranked) < least or len(many) < 2:
        return {}
    lowest = min(many)
    before = {value: sum(many[one] for one in many if one > value) for value in many}
    return {
        unit: Place(1 + before[value], len(ranked), value == lowest, many[value] > 1)
        for unit, value in ranked.items()
    }


def streak(holds: Callable[[Period], bool], month: Period, most: int = 120) -> tuple[Period, ...]:
    """The months in a row, ending with ``month``, in which something holds; the earliest first."""
    found: list[Period] = []
    at = month
    while len(found) < most and at.year > periods.FIRST_YEAR and holds(at):
        found.append(at)
        at = at.previous()
    return tuple(reversed(found))


def months_of(store: Store, figures: Figures, ranked: Collection[str]) -> dict[Period, Month]:
    """Every month with figures of the units ``ranked``; none where the scheme has no such figures.

    A unit without a row of its own in a month has no figures there.
    """
    if figures.register not in store.scheme.registers:
        return {}
    found: dict[Period, dict[str, UnitMonth]] = {}
    for row in store.rows(figures.register):
        period = periods.parse_period(row["period"])
        if period.kind == "month" and row["unit"] in ranked:
            found.setdefault(period, {})[row["unit"]] = UnitMonth(
                row.get(figures.completed), row.get(figures.last_year), row.get(figures.task)
            )
    bys: tuple[By, By] = ("growth", "completion")
    return {
        period: Month(
            units,
            {
                by: places({unit: one.share(by) for unit, one in units.items()}, figures.least)
                for by in bys
            },
        )
        for period, units in found.items()
    }


def ranked_units(store: Store) -> dict[str, str]:
    """The units that report, with their short names, in the book's order."""
    levels = {level.name for level in store.scheme.head.level if level.reports}
    rows = store.select(
        "SELECT record, level, coalesce(short, name) AS name FROM unit WHERE removed = 0"
        ' ORDER BY "order" IS NULL, "order", name'
    )
    return {row["record"]: row["name"] for row in rows if row["level"] in levels}


def growth_targets(store: Store, figures: Figures, month: Period) -> dict[str, Fraction]:
    """Each unit's target of growth as a share: the month's own, else the quarter's, the year's."""
    if "target" not in store.scheme.registers or not figures.growth_target:
        return {}
    quarter = Period("quarter", month.year, (month.number + 2) // 3)
    found: dict[str, Fraction] = {}
    for period in (Period("year", month.year), quarter, month):
        for row in store.rows("target", str(period)):
            wanted = (row["indicator"], row.get("basis"), row.get("category"))
            if wanted == (figures.growth_target, "增速", None) and row["assured"] is not None:
                found[row["unit"]] = Fraction(str(row["assured"])) / 100
    return found


def open_problems(store: Store, day: date) -> Counter[str]:
    """How many problems of each unit's projects were found by ``day`` and not closed by it."""
    register = store.scheme.registers.get("problem")
    subject = store.scheme.registers[store.scheme.head.subject]
    if register is None or subject.owner is None or register.of != subject.name:
        return Counter()
    state = register.by_name.get("state")
    codes = store.scheme.code_list(state) if state else None
    closed = codes.closed if codes else frozenset()
    owners = {row["record"]: row[subject.owner] for row in store.rows(subject.name)}
    end = day.isoformat()
    return Counter(
        owners[row[subject.name]]
        for row in store.rows("problem")
        if owners.get(row[subject.name])
        and (row.get("found_on") or "") <= end
        and not (row.get("state") in closed and (row.get("closed_on") or end) <= end)
    )


def reminders(store: Store) -> set[tuple[str, Period]]:
    """The units and months for which a reminder letter has gone out (it has its date)."""
    if LETTER not in store.scheme.registers:
        return set()
    return {
        (row["unit"], periods.parse_period(row["month"]))
        for row in store.rows(LETTER)
        if row["kind"] == REMINDER and row["month"] and row["issued_on"]
    }


def judged_on(store: Store, month: Period) -> date:
    """The month's last day; in a month that is not over, that of the latest week in the book.

    A letter never says of a day to come how things stand on it.
    """
    last_day, latest = store.scheme.week_last_day, store.latest_week()
    _, end = periods.date_range(month, last_day)
    if latest is None:
        return end
    return min(end, periods.week_range(periods.parse_period(latest), last_day)[1])


def lit_projects(store: Store, month: Period) -> tuple[date, list[Standing]]:
    """The lights on the last day of the last week that ends by :func:`judged_on`."""
    last_day, end = store.scheme.week_last_day, judged_on(store, month)
    week = periods.week_of(end, last_day)
    if periods.week_range(week, last_day)[1] > end:
        week = week.previous()
    return periods.week_range(week, last_day)[1], standing_of(store, week)
