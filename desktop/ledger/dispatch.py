"""The weekly dispatch 周调度: which projects it is about in a week, and which weekly rows count.

Names for expressions over projects: ``this`` a dispatched project, ``now`` its row of the week
(none where nothing was reported), ``latest`` its latest row of the year up to the week in which the
cumulative figure is filled.
"""

from __future__ import annotations

import sqlite3
from datetime import date

from desktop.errors import OneLedgerError
from desktop.ledger.belonging import ours
from desktop.ledger.definitions import MalformedScheme, Scheme
from desktop.ledger.entry import json_text
from desktop.ledger.expressions import BadExpression, guarded
from desktop.ledger.indicator_definitions import FILE, definitions, qualified
from desktop.ledger.periods import Period, parse_period, week_range
from desktop.ledger.store import Store, named


class NotAWeek(OneLedgerError):
    """The weekly cycle was asked about a month, quarter or year."""

    def __init__(self, period: Period) -> None:
        super().__init__(f"周调度按周计算，{period.title}不是一周。", "请写明是哪一周。")


def week_of(period: str | Period) -> Period:
    """``period`` as a week; raises :class:`NotAWeek` and what no period raises."""
    week = parse_period(period) if isinstance(period, str) else period
    if week.kind != "week":
        raise NotAWeek(week)
    return week


def parameters(scheme: Scheme, week: Period) -> dict[str, str]:
    """What expressions may name with a colon (:func:`~.indicator_definitions.known_parameters`).

    Dates as texts; ``closed_<list>`` is the JSON array of the items of a code list that mean closed
    (销号).
    """
    first, last = week_range(week, scheme.week_last_day)
    values = {
        "period": str(week),
        "first_week": str(Period("week", week.year, 1)),
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "year_start": date(week.year, 1, 1).isoformat(),
        "year_end": date(week.year, 12, 31).isoformat(),
    }
    for name, codes in scheme.codes.items():
        values[f"closed_{name}"] = json_text(sorted(codes.closed))
    return values


def dispatched(scheme: Scheme) -> str:
    """A select of the projects that count in the week's year; none that moved away."""
    subject = scheme.registers[scheme.head.subject]
    scope = definitions(scheme).scope.dispatched
    condition = qualified(scheme, subject, scope, FILE, "scope.dispatched")
    return (
        f'SELECT * FROM "{subject.name}" AS this WHERE this.removed = 0'
        f" AND {ours(scheme, subject)} AND ({condition})"
    )


def with_weeks(scheme: Scheme) -> str:
    """A FROM clause: ``this``, ``now`` and ``latest`` of every dispatched project.

    Through the index (subject, period); it looks back only where the week's own row is missing.
    """
    weekly, subject = scheme.head.weekly, scheme.head.subject
    cumulative = definitions(scheme).scope.cumulative
    return (
        f'({dispatched(scheme)}) AS this LEFT JOIN "{weekly}" AS now'
        f' ON now."{subject}" = this.record AND now.period = :period AND now.removed = 0'
        f' LEFT JOIN "{weekly}" AS latest ON latest.rowid ='
        f' CASE WHEN now."{cumulative}" IS NOT NULL THEN now.rowid ELSE ('
        f'SELECT w.rowid FROM "{weekly}" AS w WHERE w."{subject}" = this.record'
        " AND w.period >= :first_week AND w.period < :period AND w.removed = 0"
        f' AND w."{cumulative}" IS NOT NULL ORDER BY w.period DESC LIMIT 1) END'
    )


def latest_rows(store: Store, week: Period) -> dict[str, str | None]:
    """Every dispatched project with the record of its latest weekly row of the year, if any.

    Raises :class:`~desktop.ledger.definitions.MalformedScheme` for a scope that SQLite refuses.
    """
    statement = f"SELECT this.record, latest.record FROM {with_weeks(store.scheme)}"
    try:
        with guarded(store.connection, "scope.dispatched"):
            values = parameters(store.scheme, week)
            return dict(store.connection.execute(statement, values).fetchall())
    except BadExpression as error:
        raise MalformedScheme(FILE, error.where, error.reason) from error
    except sqlite3.Error as error:
        raise named(error, store.name) from error


def consolidates(store: Store) -> bool:
    """Whether this book looks after other units' weeks; False for a unit that reports itself."""
    return not any(level.reports for level in store.scheme.head.level if level.name == store.level)
