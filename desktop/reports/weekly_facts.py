"""What the weekly report is about: everything read from the book once, frozen.

A problem counts as it stood on the week's last day: found by then, and open unless it was closed by
then.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from desktop.ledger import periods
from desktop.ledger.dispatch import consolidates, latest_rows, week_of
from desktop.ledger.entry import json_text
from desktop.ledger.indicator_definitions import ALL, require
from desktop.ledger.indicators import Row as Group
from desktop.ledger.indicators import indicators_of
from desktop.ledger.money import PLACES, in_words, nearest
from desktop.ledger.periods import Period
from desktop.ledger.standing import Light, Standing, standing_of
from desktop.ledger.store import Store
from desktop.ledger.wording import day_in_words
from desktop.reports.content import Block, Column, Heading, Row, Table
from desktop.reports.ledger_columns import Links
from desktop.reports.ledger_sections import numeral, units_in_order
from desktop.reports.sums import minus
from desktop.reports.weekly_words import Words, words_of

#: The lights that the report tells of, in this order.
COLOURS: tuple[Light, ...] = ("red", "yellow")
#: The indicators that the report speaks of.
INDICATORS = (
    "projects", "annual_plan", "completed_week", "completed_year", "completion_rate", "gap",
    "unplanned", "unreported", "planned_starts", "started", "start_rate", "finishes_due",
    "finished_on_time", "on_time_finish_rate", "stopped", "problems", "problems_closed",
    "problems_open", "problems_overdue", "close_out_rate", "milestones_due", "milestones_on_time",
    "milestone_rate",
)  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """A problem item on the week's last day; ``age`` and ``late`` in days (None, 0 where none)."""

    row: Mapping[str, Any]
    open: bool
    new: bool
    closed_now: bool
    age: int | None
    late: int


@dataclass(frozen=True)
class Facts:
    """A week of a book. ``projects``, ``reported`` (this week's row) and ``latest`` (the latest row
    of the year) are by project; only dispatched projects stand in them."""

    store: Store
    words: Words
    links: Links
    week: Period
    first: date
    last: date
    consolidates: bool
    unit: str
    whole: Group
    units: tuple[Group, ...]
    categories: tuple[Group, ...]
    standings: tuple[Standing, ...]
    projects: Mapping[str, Mapping[str, Any]]
    reported: Mapping[str, Mapping[str, Any]]
    latest: Mapping[str, Mapping[str, Any]]
    problems: tuple[Problem, ...]

    @cached_property
    def lit(self) -> Mapping[Light, tuple[Standing, ...]]:
        """The projects with a red or yellow light, the furthest behind first, without plan last."""
        found = {light: [one for one in self.standings if one.light == light] for light in COLOURS}
        return {light: tuple(sorted(members, key=_behind)) for light, members in found.items()}

    @cached_property
    def foremost(self) -> frozenset[str]:
        """The projects with lights of which the body tells."""
        most = self.words.settings.rows
        return frozenset(one.project for members in self.lit.values() for one in members[:most])

    @property
    def scope(self) -> str:
        """全区, 全镇 …"""
        return self.words.scope(self.unit)

    @cached_property
    def listed(self) -> bool:
        """Whether the open problems stand in an appendix: too many for the body, or too long."""
        most, open_ = self.words.settings, [one.row for one in self.problems if one.open]
        texts = (clause(row.get(name)) for row in open_ for name in ("problem", "measure"))
        return len(open_) > most.rows or bool(
            most.words and any(len(text) > most.words for text in texts)
        )

    @cached_property
    def crowded(self) -> bool:
        """Whether the projects with lights stand in an appendix too: too many for the body."""
        return any(len(members) > self.words.settings.rows for members in self.lit.values())

    @property
    def lights_appendix(self) -> int:
        """Where the projects with lights stand: behind the ledger, and behind the problems."""
        return 3 if self.listed else 2

    def appendix(self, number: int) -> str:
        """附件1 (the ledger), 附件2 (the problems) …; plain 附件 where there is one only."""
        several = self.listed or self.crowded
        return self.words.say("appendix.label", 序号=number if several else "")

    def brief(self, text: str | None, appendix: int) -> str:
        """Free text within a sentence; a very long one ends early and names the ``appendix``."""
        ending = self.words.say("problems.whole", 附件=self.appendix(appendix))
        return shortened(text, self.words.settings.words, ending)

    def rows(self, register: str) -> list[dict[str, Any]]:
        """The records of a register, none where the scheme does not have it."""
        return self.store.rows(register) if register in self.store.scheme.registers else []

    def closed(self, register: str) -> frozenset[str]:
        """The states of a register that mean closed (销号)."""
        state = self.store.scheme.registers[register].by_name.get("state")
        codes = self.store.scheme.code_list(state) if state else None
        return codes.closed if codes else frozenset()

    def in_order(
        self, rows: Mapping[str, Mapping[str, Any]]
    ) -> list[tuple[str, Mapping[str, Any]]]:
        """Rows by project in the order of units, then of names."""
        return [(project, rows[project]) for project in self.projects if project in rows]

    def name(self, project: str) -> str:
        """A project's name, in a book of several units with its unit."""
        name = self.links.name(self.store.scheme.head.subject, project)
        unit = self.unit_of(project) if self.consolidates else ""
        return f"{name}（{unit}）" if unit else name

    def unit_of(self, project: str) -> str:
        """The short name of a project's unit."""
        owner = self.store.scheme.registers[self.store.scheme.head.subject].owner
        return self.links.name("unit", self.projects[project].get(owner or ""))

    def day(self, text: str | None) -> str:
        """A stored date in words, "" for none."""
        return day_in_words(date.fromisoformat(text), self.week.year) if text else ""

    def after(self, text: str | None) -> int:
        """How many days the week's last day lies after a stored date; 0 for none."""
        return max((self.last - date.fromisoformat(text)).days, 0) if text else 0

    def span(self, weeks: int = 0) -> str:
        """2月24日—3月2日, for the week so many weeks later."""
        days = (self.first + timedelta(weeks=weeks), self.last + timedelta(weeks=weeks))
        return "—".join(day_in_words(day, self.week.year) for day in days)


def gather(store: Store, period: str | Period) -> Facts:
    """The facts of a week; raises :class:`~desktop.ledger.dispatch.NotAWeek` and
    :class:`~desktop.ledger.definitions.MalformedScheme`."""
    week, scheme = week_of(period), store.scheme
    require(scheme, INDICATORS, "周调度报告")
    words, links = words_of(scheme), Links(store)
    first, last = periods.week_range(week, scheme.week_last_day)
    subject, weekly = scheme.head.subject, scheme.head.weekly
    latest = latest_rows(store, week)
    owner = scheme.registers[subject].owner or "record"
    order = {record: place for place, record in enumerate(units_in_order(store))}
    found = sorted(store.rows(subject), key=lambda row: order.get(row[owner], len(order)))
    projects = {row["record"]: row for row in found if row["record"] in latest}
    rows = store.select(
        f'SELECT * FROM "v_{weekly}" WHERE record IN (SELECT value FROM json_each(?))',
        (json_text([record for record in latest.values() if record]),),
    )
    reported = {row[subject]: row for row in store.rows(weekly, str(week))}
    problems = store.rows("problem") if "problem" in scheme.registers else []
    return Facts(
        store=store,
        words=words,
        links=links,
        week=week,
        first=first,
        last=last,
        consolidates=consolidates(store),
        unit=links.name("unit", store.unit),
        whole=indicators_of(store, week, ALL)[0],
        units=tuple(indicators_of(store, week, "unit")),
        categories=tuple(indicators_of(store, week, "category")),
        standings=tuple(standing_of(store, week)),
        projects=projects,
        reported={project: row for project, row in reported.items() if project in projects},
        latest={row[subject]: row for row in rows},
        problems=tuple(
            _problem(store, row, first, last)
            for row in problems
            if row[subject] in projects and (row.get("found_on") or "") <= last.isoformat()
        ),
    )


def trimmed(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Table:
    """A table without the columns that no row fills."""
    kept = [at for at in range(len(columns)) if any(at < len(row) and row[at] for row in rows)]
    cells = (tuple(row[at] if at < len(row) else "" for at in kept) for row in rows)
    return Table(tuple(columns[at] for at in kept), tuple(Row(texts) for texts in cells))


def headed(parts: Sequence[tuple[str, Sequence[Block]]]) -> list[Block]:
    """Parts of a section under （一）, （二）…; a single part needs no heading."""
    blocks: list[Block] = []
    for number, (title, members) in enumerate(parts, 1):
        if len(parts) > 1:
            blocks.append(Heading(2, f"（{numeral(number)}）{title}"))
        blocks += members
    return blocks


def amount(yuan: int) -> str:
    """A sum in running text, two decimals at the most: 9800万元, 4.36亿元, −3.05万元."""
    if abs(yuan) < 10 ** PLACES["亿元"]:
        yuan = nearest(Fraction(yuan, 100)) * 100 or yuan
    return minus(in_words(yuan))


def clause(text: str | None) -> str:
    """Free text within a sentence: its lines joined, the last full stop taken away."""
    lines = [re.sub(r"[。；;，,、\s]+$", "", line).strip() for line in (text or "").splitlines()]
    return "；".join(line for line in lines if line)


def _behind(one: Standing) -> tuple[bool, Fraction, str]:
    """Sorts the largest gap first, projects without a plan last."""
    gap = one.row.share("gap")
    return gap is None, gap or Fraction(0), one.name


def shortened(text: str | None, most: int, ending: str) -> str:
    """Free text within a sentence; of more than ``most`` characters (0: any number) it ends early,
    where a clause does if there is one, with ``ending``."""
    whole = clause(text)
    if not most or len(whole) <= most:
        return whole
    kept = re.match(r"(?s).*[。；;！？，,、]", whole[:most])
    short = kept[0] if kept and len(kept[0]) * 2 > most else whole[:most]
    return clause(short) + ending


def _problem(store: Store, row: dict[str, Any], first: date, last: date) -> Problem:
    state = store.scheme.registers["problem"].by_name.get("state")
    codes = store.scheme.code_list(state) if state else None
    begin, end = first.isoformat(), last.isoformat()
    closed_on, found, due = row.get("closed_on"), row.get("found_on"), row.get("due")
    closed = codes is not None and row.get("state") in codes.closed and (closed_on or end) <= end
    late = (last - date.fromisoformat(due)).days if due and not closed else 0
    return Problem(
        row=row,
        open=not closed,
        new=bool(found and found >= begin),
        closed_now=bool(closed and closed_on and closed_on >= begin),
        age=(last - date.fromisoformat(found)).days if found else None,
        late=max(late, 0),
    )
