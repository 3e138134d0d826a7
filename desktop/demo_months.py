"""How the demonstration's months go: what a township fills and what the statistics bureau counts.

The figures are invented as the weeks are and agree with them: a week that reaches over the month's
end is told apart by its days, as a clerk would ask the site. Two units differ on purpose: one has
no figures of last year, the statistics of each lie a little off the dispatch figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.demo_story import WAN, Project
from desktop.ledger import periods
from desktop.ledger.periods import Period

#: Which unit of six has no figures of last year.
_WITHOUT = 4
#: Last year's year-to-date and the statistics figure, in per cent of the dispatch figure, by unit.
_LAST_YEAR = (92, 104, 88, 97, 95, 110)
_COUNTED = (96, 91, 103, 98, 94, 89)


def ending(week: Period, last_day: int) -> Period | None:
    """The month that ends in a week and is filled by the week's end, if any."""
    first, last = periods.week_range(week, last_day)
    month = periods.period_of(first, "month", last_day)
    ends = periods.date_range(month, last_day)[1]
    return month if first <= ends <= last and month.year == week.year else None


def known_before(place: int) -> bool:
    """Whether the unit at ``place`` has figures of last year."""
    return place % 6 != _WITHOUT


def filled(
    project: Project, weeks: Sequence[dict[str, Any]], month: Period, last_day: int, before: bool
) -> dict[str, Any]:
    """The fields of a project's month.

    ``weeks`` are its rows from the year's first week to that in which the month ends; ``before``
    says whether the unit has last year's figures.
    """
    row, year = weeks[-1], _reached(weeks, month, last_day)
    done = year - (_reached(weeks, month.previous(), last_day) if month.number > 1 else 0)
    plan = project.fields["annual_plan"]
    even = plan // 12 // WAN * WAN
    fields: dict[str, Any] = {
        "completed_month": done,
        "completed_year": year,
        "total_before": row["completed_total"] - row["completed_year"],
        "completed_total": row["completed_total"] - row["completed_year"] + year,
        "physical_progress": row["physical_progress"],
        "problems": row.get("problems"),
        "next_plan": row["next_plan"],
        "planned_next": even,
    }
    if project.fields["state"] != "前期":
        fields["planned_month"] = even
    if before:
        share = _LAST_YEAR[project.number % 6] if project.fields["state"] == "在建" else 0
        fields["last_year_month"] = done * share // 100 // WAN * WAN
        fields["last_year_to_date"] = year * share // 100 // WAN * WAN
    return fields


def counted(rows: Sequence[dict[str, Any]], plan: int, place: int, month: Period) -> dict[str, Any]:
    """The fields of a unit's month by the statistics bureau; ``rows`` are its projects' months."""
    share = _COUNTED[place % 6]

    def of(name: str) -> int:
        return sum(row[name] or 0 for row in rows) * share // 100 // WAN * WAN

    fields: dict[str, Any] = {
        "completed_month": of("completed_month"),
        "completed_year": of("completed_year"),
        "annual_task": plan // (100 * WAN) * 100 * WAN,
    }
    if known_before(place):
        before = fields["completed_year"] * _LAST_YEAR[place % 6] // 100
        fields["last_year_to_date"] = before // WAN * WAN
    return fields


def _reached(weeks: Sequence[dict[str, Any]], month: Period, last_day: int) -> int:
    """What was completed by a month's end: the last week counts with its days in the month."""
    ends = periods.date_range(month, last_day)[1]
    week = periods.week_of(ends, last_day)
    after = (periods.week_range(week, last_day)[1] - ends).days
    row = weeks[week.number - 1]
    return int(row["completed_year"] - row["completed_week"] * after // 7) // WAN * WAN
