"""The monthly dispatch 月调度 (S3): what each project planned and did in a month, and its groups.

Months are filled as months and never made of weeks. Year-to-date is the month's own figure, else
the latest one of an earlier month of the year, so that a project that did not fill keeps its place
in the totals. Growth compares like with like: only projects with last year's figure stand on
either side; without any there is none, and it is never taken for zero.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import msgspec

from desktop.ledger import money
from desktop.ledger.definitions import Scheme
from desktop.ledger.periods import Period
from desktop.ledger.presets import MonthRules, presets

#: The registers of months: by project (dispatch figure) and by unit (statistics figure).
MONTHLY, STATISTICS = "monthly", "monthly_unit"
#: What the month's plan says of a project: 黄牌, 关注 or nothing.
Caution: TypeAlias = Literal["", "watched", "yellow"]


class Comparison(msgspec.Struct, frozen=True):
    """This year beside last year, in yuan, over the ``many`` projects that have both figures.

    ``of``: how many have this year's; ``before`` is None where nobody has last year's, or where
    only nothings are known and not of all.
    """

    now: int
    before: int | None
    many: int
    of: int

    @property
    def growth(self) -> Fraction | None:
        """By how much more than last year, as a share; None without a base above zero."""
        if self.before is None or self.before <= 0:
            return None
        return Fraction(self.now - self.before, self.before)

    @property
    def partial(self) -> bool:
        """Whether some projects have no last year's figure while others have."""
        return 0 < self.many < self.of


class ProjectMonth(msgspec.Struct, frozen=True):
    """A project's month; money in yuan, None where nothing stands.

    ``row`` is the month's own row, ``earlier`` the latest of the year before it that has a
    cumulative figure. ``due``: the project was to fill the month.
    """

    project: str
    name: str
    unit: str | None
    categories: tuple[str, ...]
    annual_plan: int | None
    planned: int | None
    due: bool
    row: Mapping[str, Any] | None = None
    earlier: Mapping[str, Any] | None = None

    def figure(self, name: str) -> int | None:
        """A figure of the month's own row."""
        value = self.row.get(name) if self.row else None
        return int(value) if value is not None else None

    @property
    def filled(self) -> bool:
        """Whether the month's investment was filled."""
        return self.figure("completed_month") is not None

    @property
    def year(self) -> int | None:
        """Completed since New Year: the month's, else the latest earlier figure of the year."""
        own = self.figure("completed_year")
        if own is None and self.earlier is not None:
            return int(self.earlier["completed_year"])
        return own

    @property
    def month_rate(self) -> Fraction | None:
        """Done ÷ the month's plan; None without a plan or without a figure."""
        return money.rate(self.figure("completed_month"), self.planned)

    def caution(self, rules: MonthRules) -> Caution:
        """By the month's plan; "" where there is none, or no figure, or enough was done."""
        rate = self.month_rate
        if rate is None or rate * 100 >= rules.watched:
            return ""
        return "yellow" if rate * 100 < rules.yellow else "watched"


class GroupMonth(msgspec.Struct, frozen=True):
    """A group of projects in a month; sums in yuan, None where no member has a figure."""

    key: str | None
    members: tuple[ProjectMonth, ...]
    schedule: Fraction

    @property
    def annual_plan(self) -> int | None:
        return added(one.annual_plan for one in self.members)

    @property
    def planned(self) -> int | None:
        return added(one.planned for one in self.members)

    @property
    def completed(self) -> int | None:
        return added(one.figure("completed_month") for one in self.members)

    @property
    def year(self) -> int | None:
        return added(one.year for one in self.members)

    @property
    def month_rate(self) -> Fraction | None:
        """Done ÷ the month's plan; None without a plan."""
        return money.rate(self.completed, self.planned)

    @property
    def completion_rate(self) -> Fraction | None:
        """Year to date ÷ annual plan; None without a plan. Who never filled counts as nothing."""
        return money.rate(self.year or 0, self.annual_plan)

    @property
    def gap(self) -> Fraction | None:
        """Percentage points above the schedule by month."""
        rate = self.completion_rate
        return None if rate is None else money.points(rate, self.schedule)

    @property
    def month(self) -> Comparison:
        """The month beside the same month of last year."""
        return self._compared("completed_month", "last_year_month")

    @property
    def to_date(self) -> Comparison:
        """Year to date beside the same months of last year, over who filled the month."""
        return self._compared("completed_year", "last_year_to_date")

    def count(self, holds: Callable[[ProjectMonth], bool]) -> int:
        """How many members are so."""
        return sum(holds(one) for one in self.members)

    def _compared(self, now: str, before: str) -> Comparison:
        present = [(one.figure(now), one.figure(before)) for one in self.members]
        have = [(this, last) for this, last in present if this is not None]
        both = [(this, last) for this, last in have if last is not None]
        last_year = sum(last for _, last in both) if both else None
        if last_year is not None and last_year <= 0 and len(both) < len(have):
            last_year = None  # Nothing of some and unknown of others is no base, and no zero.
        return Comparison(sum(this for this, _ in both), last_year, len(both), len(have))


class RankedMonth(msgspec.Struct, frozen=True):
    """A group's place; ``rank`` None: not ranked (it has no plan, or no last year's figure)."""

    rank: int | None
    group: GroupMonth


def has_months(scheme: Scheme) -> bool:
    """Whether the scheme has a monthly ledger of the dispatched projects."""
    register = scheme.registers.get(MONTHLY)
    return register is not None and register.of == scheme.head.subject


def group_of(members: Iterable[ProjectMonth], month: Period, key: str | None = None) -> GroupMonth:
    """All of them as one group; the schedule is the part of the year passed, by month."""
    return GroupMonth(key, tuple(members), Fraction(month.number, 12))


def by_unit(members: Sequence[ProjectMonth], month: Period) -> list[GroupMonth]:
    """One group for each unit, in the order of the members; those of no unit last."""
    found: dict[str | None, list[ProjectMonth]] = defaultdict(list)
    for one in members:
        found[one.unit].append(one)
    return [group_of(found[key], month, key) for key in sorted(found, key=lambda key: key is None)]


def by_category(scheme: Scheme, members: Sequence[ProjectMonth], month: Period) -> list[GroupMonth]:
    """One group for each category in the scheme's order; a project counts in each of its own."""
    subject = scheme.registers[scheme.head.subject]
    field = subject.by_name.get("categories")
    codes = scheme.code_list(field) if field else None
    found: dict[str | None, list[ProjectMonth]] = defaultdict(list)
    for one in members:
        for category in one.categories or (None,):
            found[category].append(one)
    order = {name: place for place, name in enumerate(codes.names if codes else ())}
    keys = sorted(found, key=lambda key: (key is None, order.get(key or "", len(order)), key or ""))
    return [group_of(found[key], month, key) for key in keys]


def ranked(scheme: Scheme, groups: Sequence[GroupMonth]) -> list[RankedMonth]:
    """Groups from the first rank to the last by what the presets say; equals share a rank.

    Those without the figure come last and have no rank.
    """
    by = presets(scheme).month.ranking
    shares = {id(group): _share(group, by) for group in groups}
    values = [share for share in shares.values() if share is not None]
    found = []
    for group in groups:
        share = shares[id(group)]
        rank = None if share is None else 1 + sum(value > share for value in values)
        found.append(RankedMonth(rank, group))
    return sorted(found, key=lambda one: (one.rank is None, one.rank or 0))


def to_date(month: Period) -> str:
    """2023年1—3月: the months whose sum a year-to-date figure is."""
    return f"{month.year}年{'1月' if month.number == 1 else f'1—{month.number}月'}"


def _share(group: GroupMonth, by: str) -> Fraction | None:
    if by == "growth":
        return group.to_date.growth
    return group.month_rate if by == "month_rate" else group.completion_rate


def added(values: Iterable[int | None]) -> int | None:
    """The sum of what is known, None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None
