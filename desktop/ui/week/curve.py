"""The year so far week by week: completion rate beside schedule progress 完成率与序时进度."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate

import msgspec

from desktop.ledger import money, periods
from desktop.ledger.dispatch import dispatched, parameters, week_of
from desktop.ledger.expressions import guarded
from desktop.ledger.indicator_definitions import definitions
from desktop.ledger.store import Store
from desktop.ui.week.figures import Figures


class Point(msgspec.Struct, frozen=True):
    """One week: its number in the year, the rate done (None before the first report), the share
    of the year that has passed."""

    week: int
    rate: Fraction | None
    schedule: Fraction


def curve_of(store: Store, period: str, figures: Figures) -> list[Point]:
    """From the year's first week to ``period``; empty without a plan.

    The projects and the plan are those of ``period``, so the line shows how this work went, and
    its last point is the figure that stands beside it. A project that skipped a week keeps what
    it had reached.
    """
    week = week_of(period)
    if not figures.plan:
        return []
    scheme = store.scheme
    weekly, subject = scheme.head.weekly, scheme.head.subject
    reached = definitions(scheme).scope.cumulative
    steps = (
        f'SELECT w.period, w."{reached}" - coalesce(lag(w."{reached}")'
        f' OVER (PARTITION BY w."{subject}" ORDER BY w.period), 0) AS step FROM "{weekly}" AS w'
        f' WHERE w."{subject}" IN (SELECT record FROM ({dispatched(scheme)}))'
        " AND w.period >= :first_week AND w.period <= :period AND w.removed = 0"
        f' AND w."{reached}" IS NOT NULL'
    )
    with guarded(store.connection, "scope.dispatched"):
        gained = dict(
            store.connection.execute(
                f"SELECT period, sum(step) FROM ({steps}) GROUP BY period",
                parameters(scheme, week),
            )
        )
    weeks = periods.year_to_date(week)
    sums = accumulate(gained.get(str(one), 0) for one in weeks)
    first = min(gained, default=str(week))
    points = [
        Point(
            one.number,
            money.rate(done, figures.plan) if gained and str(one) >= first else None,
            periods.schedule_progress(one, scheme.week_last_day),
        )
        for one, done in zip(weeks, sums, strict=True)
    ]
    return [*points[:-1], msgspec.structs.replace(points[-1], rate=figures.rate)]
