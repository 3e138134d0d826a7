"""Which items are open, due and late, without Qt: as SQL over a list's rows, counted, in words.

"Today" is the last day of the week being shown, never the wall clock's. A time limit that was
extended counts as extended. What is reported done and only waits for its close-out is not late.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal

import msgspec

from desktop.ledger.belonging import ours
from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.entry import json_text
from desktop.ledger.store import Store
from desktop.reports.weekly_words import FILE as REPORT
from desktop.reports.weekly_words import words_of
from desktop.ui.lists.closing import CLOSED_ON, HAPPENED

#: So many days before its time limit an item is spoken of.
SOON = 7
#: List registers that have a page of their own.
APART = frozenset({"supervision"})
#: A condition; a bare 0 would name a column where rows are sorted by it.
_NEVER = "(1 = 0)"

State = Literal["open", "done", "closed"]
Part = Literal["all", "open", "soon", "late", "done", "closed"]


class Terms(msgspec.Struct, frozen=True):
    """SQL over a row called ``this``: is it closed, is it done, its limit; with the values."""

    closed: str
    done: str
    limit: str
    values: Mapping[str, Any]

    def where(self, part: Part) -> str:
        """The condition of a part of the list."""
        undone = f"NOT {self.closed} AND NOT {self.done}"
        return {
            "all": "1",
            "open": undone,
            "soon": f"{undone} AND {self.limit} BETWEEN :today AND :soon",
            "late": f"{undone} AND {self.limit} < :today",
            "done": f"NOT {self.closed} AND {self.done}",
            "closed": self.closed,
        }[part]

    @property
    def state(self) -> str:
        """``closed``, ``done`` or ``open``."""
        return f"CASE WHEN {self.closed} THEN 'closed' WHEN {self.done} THEN 'done' ELSE 'open' END"

    @property
    def urgency(self) -> str:
        """The order of urgency: open ones by their limit, done ones, closed ones latest first."""
        return (
            f"{self.closed}, {self.done}, {self.limit} IS NULL,"
            f" CASE WHEN {self.closed} THEN NULL ELSE {self.limit} END, {self.limit} DESC"
        )


class Tally(msgspec.Struct, frozen=True):
    """How many items of a register there are in each part."""

    register: str
    title: str
    all: int
    open: int
    soon: int
    late: int
    done: int
    closed: int


def lists_of(scheme: Scheme) -> tuple[Register, ...]:
    """The registers of the page in the scheme's order: those of the projects that come due first,
    other ones of the projects, then the rest."""
    lists = [
        one
        for one in scheme.registers.values()
        if one.shape == "list" and not one.internal and one.name not in APART
    ]
    subject = scheme.head.subject
    return tuple(sorted(lists, key=lambda one: (one.of != subject, "due" not in one.by_name)))


def noun_of(register: Register) -> str:
    """What one item of a list is called: 问题 of 问题清单."""
    return register.title.removesuffix("清单")


def terms(scheme: Scheme, register: Register, today: date) -> Terms:
    """The conditions on a register's rows on the day ``today``."""
    state = register.by_name.get("state")
    codes = scheme.code_list(state) if state is not None else None
    closed = _NEVER
    if codes is not None:
        closed = _closed(register)
    done = _NEVER
    if codes is not None and REPORT in scheme.texts:
        done = "coalesce(this.state IN (SELECT value FROM json_each(:done)), 0)"
    limit = "this.due" if "due" in register.by_name else "NULL"
    if "extended_to" in register.by_name:
        limit = "coalesce(this.extended_to, this.due)"
    reported = words_of(scheme).settings.done if done != _NEVER else frozenset()
    values = {
        "today": today.isoformat(),
        "soon": (today + timedelta(days=SOON)).isoformat(),
        "closed": json_text(sorted(codes.closed if codes else ())),
        "done": json_text(sorted(reported - (codes.closed if codes else frozenset()))),
    }
    return Terms(closed, done, limit, values)


def _closed(register: Register) -> str:
    """Closed by its state, not later than its date; or by the date of what happened alone.

    A milestone that has its finish is reached whatever its state says; a date of close-out beside
    an open state was forgotten there when the item was opened again.
    """
    of_state = "coalesce(this.state IN (SELECT value FROM json_each(:closed)), 0)"
    on = next((name for name in CLOSED_ON if name in register.by_name), "")
    if not on:
        return of_state
    alone = "1" if on in HAPPENED else "this.state IS NULL"
    return (
        f'(({of_state} AND coalesce(this."{on}" <= :today, 1))'
        f' OR (coalesce(this."{on}" <= :today, 0) AND {alone}))'
    )


def tally(store: Store, register: Register, today: date) -> Tally:
    """How many items there are in each part of a list."""
    said = terms(store.scheme, register, today)
    parts: tuple[Part, ...] = ("all", "open", "soon", "late", "done", "closed")
    sums = ", ".join(f"coalesce(sum({said.where(part)}), 0)" for part in parts)
    row = store.connection.execute(
        f'SELECT {sums} FROM "{register.name}" AS this'
        f" WHERE this.removed = 0 AND {ours(store.scheme, register)}",
        said.values,
    ).fetchone()
    return Tally(register.name, register.title, *row)


def tallies(store: Store, today: date) -> tuple[Tally, ...]:
    """The same for every list of the page."""
    return tuple(tally(store, register, today) for register in lists_of(store.scheme))


def part_of(store: Store, register: Register, part: Part, today: date) -> frozenset[str]:
    """The records in a part of a list."""
    said = terms(store.scheme, register, today)
    rows = store.connection.execute(
        f'SELECT record FROM "{register.name}" AS this'
        f" WHERE this.removed = 0 AND {ours(store.scheme, register)} AND {said.where(part)}",
        said.values,
    )
    return frozenset(record for (record,) in rows)


def time_left(days: int | None, state: State) -> str:
    """How an item stands to its limit: 逾期 3 天, 还有 5 天, 待销号, "" when closed or without."""
    if state == "closed" or (days is None and state == "open"):
        return ""
    if state == "done":
        return "待销号"
    assert days is not None
    if days < 0:
        return f"逾期 {-days} 天"
    return f"还有 {days} 天" if days else "截止日到期"
