"""What the monthly report is about: everything read from the book once, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from desktop.ledger import money, months, periods
from desktop.ledger.dispatch import consolidates
from desktop.ledger.escalation_figures import month_of
from desktop.ledger.months import STATISTICS, Comparison, GroupMonth, ProjectMonth, RankedMonth
from desktop.ledger.months_reading import projects_of
from desktop.ledger.months_targets import Target, targets_of
from desktop.ledger.periods import Period
from desktop.ledger.presets import MonthRules, presets
from desktop.ledger.store import Store
from desktop.ledger.wording import day_in_words
from desktop.reports.ledger_columns import Links
from desktop.reports.monthly_words import TEMPLATE, Words
from desktop.reports.weekly_facts import shortened
from desktop.reports.weekly_words import words_of


@dataclass(frozen=True)
class Problem:
    """A problem item on the month's last day; ``late`` in days, 0 where it is not."""

    row: Mapping[str, Any]
    open: bool
    new: bool
    closed_now: bool
    late: int


@dataclass(frozen=True)
class Facts:
    """A month of a book: its projects, all and by unit and category, targets and problems.

    ``statistics`` are the units' rows of statistics of the month.
    """

    store: Store
    words: Words
    links: Links
    month: Period
    first: date
    last: date
    consolidates: bool
    unit: str
    members: tuple[ProjectMonth, ...]
    whole: GroupMonth
    units: tuple[GroupMonth, ...]
    categories: tuple[GroupMonth, ...]
    targets: tuple[Target, ...]
    problems: tuple[Problem, ...]
    statistics: Mapping[str, Mapping[str, Any]]

    @property
    def scope(self) -> str:
        """全区, 全镇 …"""
        return words_of(self.store.scheme).scope(self.unit)

    @property
    def compared(self) -> bool:
        """Whether there are several units to be compared."""
        return self.consolidates and len(self.units) > 1

    @cached_property
    def ranked(self) -> list[RankedMonth]:
        """The units from the first rank to the last."""
        return months.ranked(self.store.scheme, self.units)

    @property
    def rules(self) -> MonthRules:
        """How a month is judged."""
        return presets(self.store.scheme).month

    @cached_property
    def silent(self) -> list[ProjectMonth]:
        """The projects that were to fill the month and have not."""
        return [one for one in self.members if one.due and not one.filled]

    def name_of_unit(self, unit: str | None) -> str:
        """A unit's short name."""
        return self.links.name("unit", unit) or self.words.say("phrases.unfilled")

    def name(self, one: ProjectMonth) -> str:
        """A project's name, in a book of several units with its unit."""
        unit = self.links.name("unit", one.unit) if self.consolidates else ""
        return f"{one.name}（{unit}）" if unit else one.name

    def brief(self, text: str | None) -> str:
        """Free text within a sentence; a very long one ends early and names the appendix."""
        most = self.words.fixed.settings.words
        return shortened(text, most, self.words.say("problems.whole"))

    def day(self, text: str | None) -> str:
        """A stored date in words, "" for none."""
        return day_in_words(date.fromisoformat(text), self.month.year) if text else ""

    def change(self, share: Fraction) -> str:
        """增长5.0%, 下降3.2%, 持平; what rounds to nothing is level."""
        size = money.format_rate(abs(share))
        if size == money.format_rate(Fraction(0)):
            return self.words.say("phrases.level")
        return self.words.say("phrases.up" if share > 0 else "phrases.down", 数=size)

    def compared_in_words(self, found: Comparison) -> str:
        """增长5.0%, marked where some projects have no last year's figure; "" for none."""
        if found.growth is None:
            return ""
        said = self.change(found.growth)
        return self.words.say("phrases.partial", 增减=said) if found.partial else said


def gather(store: Store, month: str | Period) -> Facts:
    """The facts of a month.

    Raises :class:`~desktop.ledger.escalation_figures.NotAMonth`,
    :class:`~desktop.ledger.months_reading.NoMonths`,
    :class:`~desktop.ledger.definitions.MalformedScheme`
    and what no period raises.
    """
    at, scheme = month_of(month), store.scheme
    words, links = TEMPLATE.of(scheme), Links(store)
    first, last = periods.date_range(at, scheme.week_last_day)
    members = tuple(projects_of(store, at))
    rows = store.rows(STATISTICS, str(at)) if STATISTICS in scheme.registers else []
    return Facts(
        store=store,
        words=words,
        links=links,
        month=at,
        first=first,
        last=last,
        consolidates=consolidates(store),
        unit=links.name("unit", store.unit),
        members=members,
        whole=months.group_of(members, at),
        units=tuple(months.by_unit(members, at)),
        categories=tuple(months.by_category(scheme, members, at)),
        targets=tuple(targets_of(store, at, members)),
        problems=tuple(_problems(store, {one.project for one in members}, first, last)),
        statistics={row["unit"]: row for row in rows},
    )


def _problems(store: Store, projects: set[str], first: date, last: date) -> list[Problem]:
    """The problems of these projects that were found by the month's last day."""
    register = store.scheme.registers.get("problem")
    subject = store.scheme.head.subject
    if register is None or register.of != subject:
        return []
    state = register.by_name.get("state")
    codes = store.scheme.code_list(state) if state else None
    begin, end = first.isoformat(), last.isoformat()
    found = []
    for row in store.rows("problem"):
        if row[subject] not in projects or (row.get("found_on") or "") > end:
            continue
        closed_on, due = row.get("closed_on"), row.get("due")
        closed = codes is not None and row["state"] in codes.closed and (closed_on or end) <= end
        late = (last - date.fromisoformat(due)).days if due and not closed else 0
        found.append(
            Problem(
                row=row,
                open=not closed,
                new=bool(row.get("found_on") and row["found_on"] >= begin),
                closed_now=bool(closed and closed_on and closed_on >= begin),
                late=max(late, 0),
            )
        )
    return found
