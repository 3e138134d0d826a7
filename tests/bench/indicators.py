"""Indicators of a week by unit against one hand-written SQL statement of the same figures."""

from __future__ import annotations

from typing import Any

from desktop.ledger import indicators
from desktop.ledger.periods import parse_period, week_range
from desktop.ledger.workspace import Book
from tests.bench.measure import ROUNDS, Measured, pair

#: What a person would write by hand for these figures, with the closed states in place.
BY_HAND = """
WITH p AS (
  SELECT * FROM project WHERE removed = 0
  AND (actual_finish IS NULL OR actual_finish >= :year_start)
  AND coalesce((SELECT min(period) FROM weekly WHERE project = project.record), :period) <= :period
), problems AS (
  SELECT project, count(*) AS known,
    sum(state = '已销号' AND coalesce(closed_on, :last_day) <= :last_day) AS closed,
    sum(state IS NOT '已销号' OR closed_on > :last_day) AS open,
    sum((state IS NOT '已销号' OR closed_on > :last_day) AND due < :last_day) AS overdue
  FROM problem WHERE removed = 0 AND coalesce(found_on, :last_day) <= :last_day GROUP BY project
), milestones AS (
  SELECT project, count(*) AS due, sum(actual_finish <= due) AS on_time
  FROM milestone WHERE removed = 0 AND due BETWEEN :year_start AND :last_day GROUP BY project
)
SELECT p.unit, count(*), sum(p.annual_plan), sum(w.completed_week),
  sum(coalesce(w.completed_year, (SELECT e.completed_year FROM weekly AS e
    WHERE e.project = p.record AND e.period >= :first_week AND e.period < :period
    AND e.removed = 0 AND e.completed_year IS NOT NULL ORDER BY e.period DESC LIMIT 1), 0)),
  sum(coalesce(p.annual_plan, 0) = 0),
  sum(w.completed_week IS NULL AND (p.state IS NOT '竣工' OR p.actual_finish >= :first_day)),
  sum(p.planned_start BETWEEN :year_start AND :year_end),
  sum(p.planned_start BETWEEN :year_start AND :year_end AND (p.actual_start <= :last_day
    OR p.actual_start IS NULL
    AND (p.state IN ('新开工', '在建', '竣工') OR w.completed_year > 0))),
  sum(p.planned_finish BETWEEN :year_start AND :last_day),
  sum(p.planned_finish BETWEEN :year_start AND :last_day AND p.actual_finish <= p.planned_finish),
  sum(p.state IS '停工' OR EXISTS (SELECT 1 FROM stopped AS s WHERE s.project = p.record
    AND s.removed = 0 AND s.since <= :last_day AND (s.resumed_on > :last_day
    OR s.resumed_on IS NULL AND coalesce(s.state, '停工') = '停工'))),
  sum(problems.known), sum(problems.closed), sum(problems.open), sum(problems.overdue),
  sum(milestones.due), sum(milestones.on_time)
FROM p LEFT JOIN weekly AS w ON w.project = p.record AND w.period = :period AND w.removed = 0
  LEFT JOIN problems ON problems.project = p.record
  LEFT JOIN milestones ON milestones.project = p.record
GROUP BY p.unit
"""


def by_unit(book: Book, period: str, projects: int, aim: str, rounds: int = ROUNDS) -> Measured:
    """Every indicator of ``period`` by unit."""
    values = _values(book, period)
    rows = indicators.indicators_of(book, period, "unit")
    floor = {row[0]: row for row in book.connection.execute(BY_HAND, values)}
    assert {row.key for row in rows} == set(floor)
    for row in rows:
        assert row.amount("projects") == floor[row.key][1]
        assert row.amount("completed_year") == floor[row.key][4]
    return pair(
        f"indicators of a week by unit, {projects:,} projects × 52 weeks",
        "one hand-written statement",
        aim,
        lambda: indicators.indicators_of(book, period, "unit"),
        lambda: book.connection.execute(BY_HAND, values).fetchall(),
        rounds,
    )


def _values(book: Book, period: str) -> dict[str, Any]:
    week = parse_period(period)
    first, last = week_range(week, book.week_last_day)
    return {
        "period": period,
        "first_week": f"{week.year}-W01",
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "year_start": f"{week.year}-01-01",
        "year_end": f"{week.year}-12-31",
    }
