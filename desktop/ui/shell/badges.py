"""How many things of each page ask for attention: the numbers beside the menu; no Qt."""

from __future__ import annotations

from desktop.ledger import checks, dispatch
from desktop.ledger.periods import date_range, parse_period
from desktop.ledger.workspace import Book
from desktop.ui.lists.reading import APART, tallies, tally
from desktop.ui.week.post import post_of


def badges(store: Book, period: str) -> dict[str, int]:
    """By page: findings that are open in a reporting unit's week, items past their limit, what
    waits on the page 收发.

    Judged by the week's last day as the pages themselves do, never by the clock.
    """
    today = date_range(parse_period(period), store.scheme.week_last_day)[1]
    found = {"lists": sum(one.late for one in tallies(store, today))}
    for name in APART & store.scheme.registers.keys():
        found[name] = tally(store, store.scheme.registers[name], today).late
    if not dispatch.consolidates(store):
        findings = checks.check_period(store, period)
        found["grid"] = len(checks.blocking(findings)) + len(checks.unexplained(findings))
    found["exchange"] = post_of(store).count
    return found
