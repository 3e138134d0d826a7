"""What a package changes: counted and listed, for people to see before and after taking it in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
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
    touched = ((str(columns[_REGISTER]), str(columns[_RECORD])) for columns in fresh)
    return Before(_values(store, touched), _apart(store))


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
    present = _values(store, ((change.register, change.record) for change in changes))
    for change in changes:
        if change.register not in store.tables:
            continue
        definition = store.scheme.registers[change.register]
        old = was.records.get((change.register, change.record))
        now = present[change.register, change.record]
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


def _values(
    store: Store, records: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, Any] | None]:
    """What stands in (register, record) now; None for what is not there, or removed."""
    wanted: dict[str, dict[str, None]] = {}
    for register, record in records:
        if register in store.tables:
            wanted.setdefault(register, {})[record] = None
    found: dict[tuple[str, str], dict[str, Any] | None] = {}
    for register, several in wanted.items():
        present = store.tables[register].several(several)
        for record in several:
            one = present.get(record)
            found[register, record] = None if one is None or one.removed else dict(one.values)
    return found


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
    said = now or old or {}
    week = said.get("period")
    if isinstance(week, str):
        name = lookup.label(store, str(definition.of), said[str(definition.of)])
        label = f"{name} {periods.parse_period(week).short}"
    else:
        label = lookup.label(store, change.register, change.record)
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
