"""What a package changes: counted and listed, for people to see before and after taking it in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from desktop.exchange.payload import Authored
from desktop.ledger import lookup, periods, values
from desktop.ledger.definitions import Field
from desktop.ledger.entry import AUTHORED
from desktop.ledger.fold import REMOVED
from desktop.ledger.records import Change
from desktop.ledger.store import Store

_REGISTER, _RECORD = AUTHORED.index("register"), AUTHORED.index("record")

#: So many rows of what changes are listed for people.
MOST_ROWS = 500


class Row(msgspec.Struct, frozen=True):
    """One field before and after, as people read it; ``field`` is empty for a whole record."""

    register: str
    label: str
    field: str
    before: str
    after: str


class Effect(msgspec.Struct, frozen=True):
    """What taking a package in changes.

    ``subjects``: projects touched; ``added``, ``changed``, ``removed``: records; ``fields``: fields
    whose value changes; ``conflicts``: fields that stand apart after it; ``waiting``: entries that
    wait for a newer scheme; ``attachments``: photos and files new to the book.
    """

    subjects: int
    added: int
    changed: int
    removed: int
    fields: int
    conflicts: int
    waiting: int
    attachments: int
    entries: int
    rows: tuple[Row, ...] = ()


class Before(msgspec.Struct, frozen=True):
    """The book as it stood: the touched records' values (None: not there), conflicting fields."""

    records: dict[tuple[str, str], dict[str, Any] | None]
    apart: frozenset[tuple[str, str]]


def before(store: Store, fresh: Collection[Authored]) -> Before:
    """What stands now in the records that ``fresh`` entries touch."""
    found: dict[tuple[str, str], dict[str, Any] | None] = {}
    for columns in fresh:
        key = (str(columns[_REGISTER]), str(columns[_RECORD]))
        if key in found or key[0] not in store.tables:
            continue
        present = store.tables[key[0]].read(key[1])
        found[key] = None if present is None or present.removed else dict(present.values)
    return Before(found, _apart(store))


def effect(
    store: Store,
    was: Before,
    fresh: Collection[Authored],
    changes: Collection[Change],
    attachments: int,
) -> Effect:
    """What became of it, after ``fresh`` were merged."""
    subject = store.scheme.head.subject
    subjects: set[str] = set()
    added = changed = removed = fields = 0
    rows: list[Row] = []
    for change in changes:
        if change.register not in store.tables:
            continue
        definition = store.scheme.registers[change.register]
        present = store.tables[change.register].read(change.record)
        old = was.records.get((change.register, change.record))
        now = None if present is None or present.removed else dict(present.values)
        if change.register == subject:
            subjects.add(change.record)
        elif definition.of == subject and now is not None:
            subjects.add(str(now[subject]))
        if definition.internal or (old is None and now is None):
            continue  # What people do not see as records is not counted for them.
        differing = [
            name
            for name in change.fields
            if name != REMOVED and (old or {}).get(name) != (now or {}).get(name)
        ]
        added += old is None
        removed += now is None
        if old is not None and now is not None and differing:
            changed += 1
            fields += len(differing)
        if len(rows) < MOST_ROWS:
            rows += _rows(store, change, old, now, differing)
    waiting = sum(columns[_REGISTER] not in store.tables for columns in fresh)
    return Effect(
        len(subjects),
        added,
        changed,
        removed,
        fields,
        len(_apart(store) - was.apart),
        waiting,
        attachments,
        len(fresh),
        tuple(rows[:MOST_ROWS]),
    )


def _apart(store: Store) -> frozenset[tuple[str, str]]:
    rows = store.connection.execute("SELECT DISTINCT record, field FROM conflict")
    return frozenset((record, field) for record, field in rows)


def _rows(
    store: Store,
    change: Change,
    old: dict[str, Any] | None,
    now: dict[str, Any] | None,
    differing: list[str],
) -> list[Row]:
    definition = store.scheme.registers[change.register]
    label = lookup.label(store, change.register, change.record)
    week = (now or old or {}).get("period")
    if isinstance(week, str):
        name = lookup.label(store, str(definition.of), (now or old or {})[str(definition.of)])
        label = f"{name} {periods.parse_period(week).short}"
    if old is None:
        return [Row(definition.title, label, "", "", "新增")]
    if now is None:
        return [Row(definition.title, label, "", "", "删除")]
    return [
        Row(
            definition.title,
            label,
            definition.by_name[name].title,
            _shown(store, definition.by_name[name], old.get(name)),
            _shown(store, definition.by_name[name], now.get(name)),
        )
        for name in differing
        if name in definition.by_name
    ]


def _shown(store: Store, field: Field, value: Any) -> str:
    if field.of is not None and value:
        return lookup.label(store, field.of, str(value))
    return values.shown(store.scheme, field, value)
