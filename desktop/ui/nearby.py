"""The periods that a person may mean while a week is shown: some before it, a few after. No Qt."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.ledger import periods
from desktop.ledger.definitions import PeriodKind
from desktop.ledger.periods import Period

#: How many before and after the one in which the shown week ends.
BEFORE = {"week": 12, "month": 12, "quarter": 6, "year": 2}
AFTER = {"week": 4, "month": 2, "quarter": 1, "year": 1}


def nearby(kinds: Sequence[PeriodKind], week: str, last_day: int) -> list[tuple[str, str]]:
    """(``2023-W09``, 2023年第9周（2月24日—3月2日）) …, newest first within each kind.

    ``kinds`` in their order; ``week`` is the week that is shown.
    """
    found: list[tuple[str, str]] = []
    for kind in kinds:
        period = present(kind, week, last_day)
        after = AFTER[kind]
        for _ in range(after):
            period = period.next()
        for _ in range(after + 1 + BEFORE[kind]):
            found.append((str(period), periods.label(period, last_day)))
            period = period.previous()
    return found


def present(kind: PeriodKind, week: str, last_day: int) -> Period:
    """The period of a kind in which the week ``week`` ends."""
    _, end = periods.week_range(periods.parse_period(week), last_day)
    return periods.parse_period(week) if kind == "week" else periods.period_of(end, kind, last_day)
