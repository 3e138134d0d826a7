"""The projects of a month and their rows, read from the book (S3), and the year month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import money, periods
from desktop.ledger.belonging import ours
from desktop.ledger.dispatch import latest_rows
from desktop.ledger.entry import json_text
from desktop.ledger.months import MONTHLY, ProjectMonth, added, has_months
from desktop.ledger.periods import Period
from desktop.ledger.store import Store


class NoMonths(OneLedgerError):
    """The book's scheme is older than the monthly ledger."""

    def __init__(self) -> None:
        super().__init__(
            "本账本的方案中没有月调度台账。", "请由上级下发新的方案，或在设置中更新方案。"
        )


class Point(msgspec.Struct, frozen=True):
    """A month of the year: ``own`` what was done in it (None where nobody filled), ``rate`` of the
    plan reached by its end (None before the first figure, or without a plan), the schedule."""

    month: Period
    own: int | None
    rate: Fraction | None
    schedule: Fraction


def projects_of(store: Store, month: Period) -> list[ProjectMonth]:
    """Every project that counts in a month, in the order of the units, then of names.

    These are the projects dispatched in the week in which the month ends, and all that have filled
    a month of the year by then. Raises :class:`NoMonths` and
    :class:`~desktop.ledger.definitions.MalformedScheme`.
    """
    scheme = store.scheme
    if not has_months(scheme):
        raise NoMonths
    subject = scheme.registers[scheme.head.subject]
    first, last = periods.date_range(month, scheme.week_last_day)
    week = periods.week_of(last, scheme.week_last_day)
    if week.year != month.year:
        week = Period("week", month.year, periods.how_many("week", month.year))
    own, earlier = _filled(store, month)
    wanted = latest_rows(store, week).keys() | own.keys() | earlier.keys()
    before = {one: row for one, row in earlier.items() if row["period"] == str(month.previous())}
    owner = f'this."{subject.owner}"' if subject.owner else "NULL"
    rows = store.select(
        f'SELECT this.*, {owner} AS owning FROM "v_{subject.name}" AS this'
        f" LEFT JOIN unit AS u ON u.record = {owner} WHERE {ours(scheme, subject)}"
        " AND this.record IN (SELECT value FROM json_each(?))"
        f' ORDER BY u."order" IS NULL, u."order", u.name, this."{subject.label or "record"}"',
        (json_text(sorted(wanted)),),
    )
    return [
        ProjectMonth(
            project=row["record"],
            name=str(row[subject.label or "record"] or ""),
            unit=row["owning"],
            categories=_choices(row.get("categories")),
            annual_plan=row.get("annual_plan"),
            planned=_planned(own.get(row["record"]), before.get(row["record"])),
            due=not (row.get("actual_finish") and row["actual_finish"] < first.isoformat()),
            row=own.get(row["record"]),
            earlier=earlier.get(row["record"]),
        )
        for row in rows
    ]


def trend(store: Store, members: Sequence[ProjectMonth], month: Period) -> list[Point]:
    """The year month by month up to ``month``, over the projects and plans of that month.

    A project that skipped a month keeps what it had reached.
    """
    subject = store.scheme.head.subject
    rows = store.select(
        f'SELECT "{subject}" AS project, period, completed_month, completed_year FROM "{MONTHLY}"'
        f' WHERE removed = 0 AND period BETWEEN ? AND ? AND "{subject}" IN'
        " (SELECT value FROM json_each(?))",
        (
            f"{month.year:04}-01",
            str(month),
            json_text([one.project for one in members]),
        ),
    )
    by_month: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_month[row["period"]].append(row)
    plan = added(one.annual_plan for one in members)
    reached: dict[str, int] = {}
    found = []
    for at in periods.year_to_date(month):
        filled = by_month[str(at)]
        for row in filled:
            if row["completed_year"] is not None:
                reached[row["project"]] = row["completed_year"]
        done = sum(reached.values()) if reached else None
        own = added(row["completed_month"] for row in filled)
        found.append(Point(at, own, money.rate(done, plan), Fraction(at.number, 12)))
    return found


def _filled(
    store: Store, month: Period
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, Any]]]:
    """By project the month's row, and the latest earlier one of the year with its sum."""
    subject = store.scheme.head.subject
    rows = store.select(
        f'SELECT * FROM "{MONTHLY}" WHERE removed = 0 AND period BETWEEN ? AND ?'
        f' ORDER BY "{subject}", period',
        (f"{month.year:04}-01", str(month)),
    )
    own, earlier = {}, {}
    for row in rows:
        if row["period"] == str(month):
            own[row[subject]] = row
        elif row["completed_year"] is not None:
            earlier[row[subject]] = row
    return own, earlier


def _planned(row: Mapping[str, Any] | None, before: Mapping[str, Any] | None) -> int | None:
    """The month's plan; before the month is filled what last month planned for it."""
    if row is None:
        return before.get("planned_next") if before else None
    return row.get("planned_month")


def _choices(text: str | None) -> tuple[str, ...]:
    return tuple(msgspec.json.decode(text, type=list[str])) if text else ()
