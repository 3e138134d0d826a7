"""The year week by week for some projects: completion beside the schedule, and each week's sum."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

import msgspec

from desktop.ledger import money, periods
from desktop.ledger.dispatch import week_of
from desktop.ledger.entry import json_text
from desktop.ledger.indicator_definitions import definitions
from desktop.ledger.store import Store

#: The weekly field that holds a week's own sum.
WEEK_SUM = "completed_week"


class Point(msgspec.Struct, frozen=True):
    """A week: ``done`` since January in yuan (None before the first report), ``rate`` of the plan
    (None without one), the share of the year that has passed, ``week`` the week's own sum (None
    where nobody reported)."""

    number: int
    label: str
    done: int | None
    rate: Fraction | None
    schedule: Fraction
    week: int | None


def trend_of(store: Store, period: str, projects: Sequence[str], plan: int) -> tuple[Point, ...]:
    """From the year's first week to ``period``.

    ``projects`` and their ``plan`` are those of ``period``, so that the last point is the figure
    that stands in the table. A project that skipped a week keeps what it had reached.
    """
    week, scheme = week_of(period), store.scheme
    weekly, subject = scheme.head.weekly, scheme.head.subject
    reached = definitions(scheme).scope.cumulative
    weeks = periods.year_to_date(week)
    own = f'w."{WEEK_SUM}"' if WEEK_SUM in scheme.registers[weekly].by_name else "NULL"
    rows = store.connection.execute(
        f"SELECT period, sum(step), sum(own), count(step) FROM ("
        f' SELECT w.period, {own} AS own, w."{reached}" - coalesce(lag(w."{reached}")'
        f'  OVER (PARTITION BY w."{subject}", w."{reached}" IS NULL ORDER BY w.period), 0) AS step'
        f' FROM "{weekly}" AS w WHERE w.removed = 0 AND w.period BETWEEN ? AND ?'
        f' AND w."{subject}" IN (SELECT value FROM json_each(?))'
        ") GROUP BY period",
        (str(weeks[0]), str(week), json_text(list(projects))),
    )
    gained = {text: (step or 0, own, count) for text, step, own, count in rows}
    first = min((text for text, (_, _, count) in gained.items() if count), default=None)
    sums = accumulate(gained.get(str(one), (0, None, 0))[0] for one in weeks)
    return tuple(
        Point(
            number=one.number,
            label=one.short,
            done=done if first is not None and str(one) >= first else None,
            rate=money.rate(done, plan) if first is not None and str(one) >= first else None,
            schedule=periods.schedule_progress(one, scheme.week_last_day),
            week=gained.get(str(one), (0, None, 0))[1],
        )
        for one, done in zip(weeks, sums, strict=True)
    )
