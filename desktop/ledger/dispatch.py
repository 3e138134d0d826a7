"""The weekly dispatch 周调度: which projects it is about in a week, and which weekly rows count.

Names for expressions over projects: ``this`` a dispatched project, ``now`` its row of the week
(none where nothing was reported), ``latest`` its latest row of the year up to the week in which the
cumulative figure is filled.
"""

from __future__ import annotations

from datetime import date

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.entry import json_text
from desktop.ledger.indicator_definitions import FILE, definitions, qualified
from desktop.ledger.periods import Period, parse_period, week_range


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


def parameters(scheme: Scheme, week: Period, register: Register) -> dict[str, str]:
    """What expressions over ``register`` may name with a colon, dates as texts.

    ``closed`` is the JSON array of the states of ``register`` that mean closed (销号).
    """
    first, last = week_range(week, scheme.week_last_day)
    state = register.by_name.get("state")
    codes = scheme.code_list(state) if state else None
    return {
        "this_week": str(week),
        "first_week": str(Period("week", week.year, 1)),
        "week_start": first.isoformat(),
        "week_end": last.isoformat(),
        "year_start": date(week.year, 1, 1).isoformat(),
        "year_end": date(week.year, 12, 31).isoformat(),
        "closed": json_text(sorted(codes.closed) if codes else []),
    }


def dispatched(scheme: Scheme) -> str:
    """A select of the projects that count in the week's year."""
    subject = scheme.registers[scheme.head.subject]
    scope = definitions(scheme).scope.dispatched
    condition = qualified(scheme, subject, scope, FILE, "scope.dispatched")
    return f'SELECT * FROM "{subject.name}" AS this WHERE this.removed = 0 AND ({condition})'


def with_weeks(scheme: Scheme) -> str:
    """A FROM clause: ``this``, ``now`` and ``latest`` of every dispatched project.

    Through the index (subject, period); it looks back only where the week's own row is missing.
    """
    weekly, subject = scheme.head.weekly, scheme.head.subject
    cumulative = definitions(scheme).scope.cumulative
    return (
        f'({dispatched(scheme)}) AS this LEFT JOIN "{weekly}" AS now'
        f' ON now."{subject}" = this.record AND now.period = :this_week AND now.removed = 0'
        f' LEFT JOIN "{weekly}" AS latest ON latest.rowid ='
        f' CASE WHEN now."{cumulative}" IS NOT NULL THEN now.rowid ELSE ('
        f'SELECT w.rowid FROM "{weekly}" AS w WHERE w."{subject}" = this.record'
        " AND w.period >= :first_week AND w.period < :this_week AND w.removed = 0"
        f' AND w."{cumulative}" IS NOT NULL ORDER BY w.period DESC LIMIT 1) END'
    )


def of_dispatched(scheme: Scheme, register: Register) -> str:
    """A FROM clause: the records of a register under the projects (``this``), each with its
    dispatched project (``subject``)."""
    subject = scheme.head.subject
    return (
        f'"{register.name}" AS this JOIN ({dispatched(scheme)}) AS subject'
        f' ON subject.record = this."{subject}" AND this.removed = 0'
    )
