"""Opening a sheet: the first screen at once, the rest after it; what is closed and why.

Each function is one reading in the worker, short enough that a writing never waits long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from desktop.ledger import lock, periods
from desktop.ledger.entry import json_text
from desktop.ledger.lock import SUBMISSION, WeekSubmitted
from desktop.ledger.store import Store
from desktop.ui.grid import lights, reading
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.lights import Lit
from desktop.ui.grid.reading import Row, Sheet

#: Rows of the first reading: more than a large screen shows.
SCREEN = 60
#: Rows that are read at once afterwards.
PAGE = 200


class Part(msgspec.Struct, frozen=True):
    """Rows with their lights."""

    rows: Mapping[str, Row]
    lit: Mapping[str, Lit]


class Opened(msgspec.Struct, frozen=True):
    """The first screen of a sheet: keys and rows; ``whole`` says that there are no others.

    ``locks`` are the units whose week is submitted, with why it is closed; ``large`` a sheet that
    is read page by page.
    """

    sheet: Sheet
    keys: tuple[str, ...]
    part: Part
    whole: bool
    large: bool
    locks: Mapping[str, str]


def first(store: Store, sheet: Sheet, asked: Asked) -> Opened:
    """The first screen."""
    keys = reading.keys(store, sheet, asked, SCREEN)
    return Opened(
        sheet,
        keys,
        part(store, sheet, keys),
        len(keys) < SCREEN,
        reading.is_large(store, sheet),
        locks(store, sheet),
    )


def part(store: Store, sheet: Sheet, keys: Sequence[str], *, lit: bool = True) -> Part:
    """Some rows, with their lights where the sheet has them."""
    rows = reading.rows(store, sheet, keys)
    if not sheet.weekly or not rows or not lit:
        return Part(rows, {})
    return Part(rows, lights.lit(store, sheet.period, rows))


def locks(store: Store, sheet: Sheet) -> dict[str, str]:
    """The units whose period is submitted: unit → why its rows are closed."""
    if not sheet.register.submitted or not sheet.period:
        return {}
    units = store.connection.execute(
        f'SELECT unit FROM "{SUBMISSION}" WHERE period = ? AND removed = 0', (sheet.period,)
    ).fetchall()
    found = {}
    title = periods.parse_period(sheet.period).title
    for (unit,) in units:
        try:
            lock.refuse(store, unit, sheet.period)
        except WeekSubmitted as refused:
            found[unit] = str(refused).replace(f" {sheet.period} ", title)
    return found


def touched(store: Store, sheet: Sheet, records: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The keys of the rows that a change of ``records`` (register → records) can have changed."""
    keys: set[str] = set()
    for register, changed in records.items():
        definition = store.scheme.registers.get(register)
        if definition is None:
            continue
        if not sheet.weekly or definition.of != sheet.register.of:
            keys.update(changed if register == sheet.register.name else ())
            continue
        keys.update(
            key
            for (key,) in store.connection.execute(
                f'SELECT DISTINCT "{definition.of}" FROM "{register}"'
                " WHERE record IN (SELECT value FROM json_each(?))",
                (json_text(sorted(changed)),),
            )
        )
    return tuple(sorted(keys))
