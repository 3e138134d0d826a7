"""Which records a fill-in workbook asks about, and what stood in the period before.

Of a ledger: every subject that is due in the period, those that have a record already, and those
that had one in the period before. Of a list or a file: the records there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from desktop.ledger import dispatch, periods
from desktop.ledger.definitions import Register
from desktop.ledger.entry import ledger_identity
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book


class Asked(msgspec.Struct, frozen=True):
    """One row to be filled. ``present`` is the book's record as it is now, ``before`` that of the
    period before; both ``{}`` where there is none. ``subject`` is "" in a file."""

    subject: str
    record: str
    present: Mapping[str, Any] = {}
    before: Mapping[str, Any] = {}

    def value(self, name: str) -> Any:
        """A field that says whose row it is: it stands in either."""
        return self.present.get(name, self.before.get(name))


def asked(book: Book, register: Register, period: Period | None) -> list[Asked]:
    """The rows of ``register`` for ``period`` (None but for a ledger), in no particular order."""
    if register.shape != "ledger" or period is None:
        return [
            Asked(str(row[register.of]) if register.of else "", row["record"], row)
            for row in book.rows(register.name, ours=True)
        ]
    present = _by_place(register, book.rows(register.name, str(period), ours=True))
    before = _before(book, register, period)
    places = dict.fromkeys((*present, *before, *_due(book, register, period)))
    held = {row["record"] for row in book.rows(str(register.of), ours=True)}
    return [
        Asked(
            subject=place[0],
            record=ledger_identity(register.name, place[0], str(period), *place[1:]),
            present=present.get(place, {}),
            before=before.get(place, {}),
        )
        for place in places
        if place[0] in held
    ]


def _by_place(
    register: Register, rows: list[dict[str, Any]]
) -> dict[tuple[str, ...], dict[str, Any]]:
    """Rows by subject and key fields; later ones take the place of earlier ones."""
    return {
        (str(row[str(register.of)]), *(str(row[key] or "") for key in register.key)): row
        for row in rows
    }


def _before(
    book: Book, register: Register, period: Period
) -> dict[tuple[str, ...], dict[str, Any]]:
    """The latest earlier row of the same year and kind of every subject."""
    earlier = book.select(
        f'SELECT * FROM "v_{register.name}" WHERE period < ? AND period > ? ORDER BY period',
        (str(period), f"{period.year}-"),
    )
    same_kind = [row for row in earlier if periods.parse_period(row["period"]).kind == period.kind]
    return _by_place(register, same_kind)


def _due(book: Book, register: Register, period: Period) -> list[tuple[str, ...]]:
    """The subjects that have to say something in the period; none for a ledger with keys, whose
    rows somebody must have named first."""
    if register.key:
        return []
    if register.of == book.scheme.head.subject:
        _, last = periods.date_range(period, book.week_last_day)
        week = periods.week_of(last, book.week_last_day)
        return [(record,) for record in dispatch.latest_rows(book, week)]
    if register.of == "unit":
        reporting = {level.name for level in book.scheme.head.level if level.reports}
        rows = book.rows("unit", ours=True)
        return [(row["record"],) for row in rows if row["level"] in reporting]
    return []
