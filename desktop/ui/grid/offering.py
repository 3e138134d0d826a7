"""What empty cells propose: last week's text to carry on, a cumulative figure with this week added.

An offer is an expression of the scheme. It is written with the figure that it adds up while the
cell is empty, and again when that figure is corrected or emptied; once somebody typed another one
it is kept as typed, and the checks compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.entry import json_text
from desktop.ledger.expressions import Qualified, guarded, qualify, source
from desktop.ledger.store import Store
from desktop.ui.grid import reading
from desktop.ui.grid.reading import Row, Sheet


def offers_of(scheme: Scheme, register: Register) -> dict[str, Qualified]:
    """The fields of ``register`` that are offered a figure, with the expression that makes it."""
    return {
        field.name: qualify(field.offer, scheme, register, f"{register.title}·{field.title}")
        for field in register.shown
        if field.offer is not None
    }


def follow(
    store: Store, sheet: Sheet, given: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """What fields that nobody typed take when ``given`` (row → field → value) is written.

    Those are the empty ones, and those that hold what they were offered before; the latter are
    emptied when nothing is offered any more.
    """
    offers = offers_of(store.scheme, sheet.register)
    asking = {
        key: names
        for key, fields in given.items()
        if (
            names := [
                name
                for name, offer in offers.items()
                if name not in fields and any(part in fields for part in offer.names)
            ]
        )
    }
    if not asking:
        return {}
    found = reading.rows(store, sheet, list(asking))
    before = {key: _own(sheet, row) for key, row in found.items()}
    if not before:
        return {}
    was = _offered(store, sheet, offers, before)
    now = _offered(store, sheet, offers, {key: {**before[key], **given[key]} for key in before})
    taken: dict[str, dict[str, Any]] = {}
    for key, stored in before.items():
        for name in asking[key]:
            own, value = stored.get(name), now[key].get(name)
            if own is None:
                parts = offers[name].names
                follows = any(given[key].get(part) is not None for part in parts)
            else:
                follows = own == was[key].get(name)
            if follows and own != value:
                taken.setdefault(key, {})[name] = value
    return taken


def carried(store: Store, sheet: Sheet, wanted: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Last week's texts for every empty field of these rows that carries them on."""
    carries = {field.name for field in sheet.register.shown if field.carry}
    found = reading.rows(store, sheet, wanted)
    taken: dict[str, dict[str, Any]] = {}
    for key in wanted:
        if key in found:
            stored = _own(sheet, found[key])
            for name, value in found[key].offers.items():
                if name in carries and stored.get(name) is None:
                    taken.setdefault(key, {})[name] = value
    return taken


def _own(sheet: Sheet, row: Row) -> dict[str, Any]:
    """The stored values of the row's own fields."""
    return {
        one.field.name: value
        for one, value in zip(sheet.placed, row.values, strict=True)
        if one.part == "own" and one.field.formula is None
    }


def _offered(
    store: Store,
    sheet: Sheet,
    offers: Mapping[str, Qualified],
    merged: Mapping[str, Mapping[str, Any]],
) -> dict[str, dict[str, Any]]:
    """Every offer for rows as they would be with ``merged``, in one statement."""
    register = sheet.register
    read = sorted({name for offer in offers.values() for name in offer.names})
    columns = [str(register.of), "period", *read]
    rows = [
        [key, sheet.period, *(fields.get(name) for name in read)] for key, fields in merged.items()
    ]
    parts = [f"json_extract(e.value, '$[{at}]') AS \"{name}\"" for at, name in enumerate(columns)]
    this = f"(SELECT {', '.join(parts)} FROM json_each(:rows) AS e) AS this"
    earlier = max(offer.earlier for offer in offers.values())
    subject = any(offer.subject for offer in offers.values())
    statement = (
        f'SELECT this."{register.of}", {", ".join(f"({offer})" for offer in offers.values())}'
        f" FROM {source(register, earlier, subject, this=this)}"
    )
    with guarded(store.connection, register.title):
        found = store.connection.execute(statement, {"rows": json_text(rows)}).fetchall()
    return {key: dict(zip(offers, values, strict=True)) for key, *values in found}
