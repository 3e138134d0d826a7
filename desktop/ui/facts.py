"""What the window knows of the open book without asking: frozen values, replaced when they change.

Whose book it is, its scheme and units, the latest week begun. Everything else is read when it is
shown.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from desktop.ledger import dispatch, periods
from desktop.ledger.definitions import BOOK, SCHEME, Scheme
from desktop.ledger.store import DamagedBook
from desktop.ledger.workspace import Book
from desktop.ui.changes import Changes

#: Registers whose records are part of the facts.
SOURCES = (BOOK.name, SCHEME.name, "unit")


class UnitFact(msgspec.Struct, frozen=True):
    """One unit of the tree; ``short`` is its name where it has no shorter one."""

    record: str
    name: str
    short: str
    level: str
    above: str | None


class Facts(msgspec.Struct, frozen=True):
    """The open book. ``reports`` says that the unit sends its own weeks (a township)."""

    identity: str
    path: Path
    scheme: Scheme
    unit: str
    unit_name: str
    unit_short: str
    level: str
    reports: bool
    demonstration: bool
    operator: str
    latest: str | None
    units: tuple[UnitFact, ...]

    def week(self, period: str) -> str:
        """A week as people say it: 2023年第9周（2月24日—3月2日）."""
        return periods.label(periods.parse_period(period), self.scheme.week_last_day)

    def last_day(self, period: str) -> date:
        """The last day of a week: what is due is judged by it."""
        return periods.week_range(periods.parse_period(period), self.scheme.week_last_day)[1]

    def week_of(self, day: date) -> str:
        """The week in which ``day`` lies."""
        return str(periods.week_of(day, self.scheme.week_last_day))

    def unit_named(self, record: str) -> str:
        """A unit's short name, "" for one that is not in the book."""
        return next((one.short for one in self.units if one.record == record), "")


def load(book: Book) -> Facts:
    """The facts of an open book.

    Raises :class:`~desktop.ledger.store.DamagedBook` when its latest week is none.
    """
    units = tuple(
        UnitFact(*row)
        for row in book.connection.execute(
            "SELECT record, name, coalesce(short, name), level, above FROM unit WHERE removed = 0"
            ' ORDER BY "order", name'
        )
    )
    own = next((one for one in units if one.record == book.unit), None)
    return Facts(
        identity=book.identity,
        path=book.path,
        scheme=book.scheme,
        unit=book.unit,
        unit_name=own.name if own else "",
        unit_short=own.short if own else "",
        level=book.level,
        reports=not dispatch.consolidates(book),
        demonstration=bool(book.demonstration),
        operator=book.operator,
        latest=_latest(book),
        units=units,
    )


def renewed(facts: Facts, book: Book, changes: Changes) -> Facts:
    """The facts after an act; the very same ones when it touched none of them."""
    if changes.touches(*SOURCES) or book.operator != facts.operator:
        return load(book)
    if changes.touches(book.scheme.head.weekly):
        latest = _latest(book)
        if latest != facts.latest:
            return msgspec.structs.replace(facts, latest=latest)
    return facts


def _latest(book: Book) -> str | None:
    latest = book.latest_week()
    try:
        return str(periods.parse_period(latest)) if latest is not None else None
    except periods.NoSuchPeriod as error:
        raise DamagedBook(book.name, error.sentence) from error
