"""The sides of a conflict: who wrote what when, in which unit, and what both had seen before.

Read from the table ``conflict``, which the fold makes, and from the record's journal.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import msgspec

from desktop.ledger import lock, lookup, values
from desktop.ledger.definitions import Register
from desktop.ledger.fold import REMOVED, Node, before
from desktop.ledger.journal import Line
from desktop.ledger.marks import passed_over
from desktop.ledger.store import Store

#: A conflict's number has so many hexadecimal digits.
_DIGITS = 8


class Side(msgspec.Struct, frozen=True):
    """One side: the stored ``value``, its ``text``, who wrote it when and where.

    ``unit`` is the author's unit (a record, "" when unknown) and ``unit_name`` its name; ``ours``
    says that a PC of this book's unit wrote it, ``here`` that it was written in this very book.
    """

    entry: str
    value: Any
    text: str
    operator: str
    time: str
    replica: str
    unit: str
    unit_name: str
    ours: bool
    here: bool


class Conflict(msgspec.Struct, frozen=True):
    """What stands apart in one field of a record; ``field`` is "removed" for a removal.

    ``label`` says whose record it is, ``agreed`` the value before the sides parted (None when there
    was none), ``provisional`` the text that the book shows for now: the first side's.
    """

    id: str
    register: str
    register_title: str
    record: str
    field: str
    title: str
    label: str
    agreed: Any
    agreed_text: str
    sides: tuple[Side, ...]

    @property
    def provisional(self) -> str:
        return self.sides[0].text


class Authors:
    """Whose replicas wrote: by their certificates, and by what was written here."""

    def __init__(self, store: Store) -> None:
        self.own = store.unit
        self.here = {
            author
            for (author,) in store.connection.execute(
                "SELECT DISTINCT author FROM journal WHERE package = ''"
            )
        }
        self.units = dict(store.connection.execute("SELECT replica, unit FROM certificate"))
        self.names = dict(
            store.connection.execute("SELECT record, coalesce(short, name) FROM unit")
        )

    def side(self, line: Line, value: Any, text: str) -> Side:
        """The side that a line of the journal wrote."""
        entry = line.entry
        unit = str(self.units.get(entry.author) or (self.own if entry.author in self.here else ""))
        return Side(
            line.identity,
            value,
            text,
            entry.operator,
            entry.time,
            entry.author,
            unit,
            str(self.names.get(unit) or ""),
            ours=bool(unit) and unit == self.own,
            here=not line.package,
        )


def number(record: str, field: str) -> str:
    """The number of a conflict: the same in every book, as long as it is open."""
    return sha256(f"{record} {field}".encode()).hexdigest()[:_DIGITS]


def of_record(
    store: Store, authors: Authors, register: str, record: str, unit: str | None
) -> list[Conflict]:
    """A record's open conflicts in the order of its fields, none if it is not ``unit``'s."""
    definition = store.scheme.registers[register]
    present = store.tables[register].read(record)
    assert present is not None
    if unit is not None:
        owner = lock.owner(store, definition, {**present.values, "record": record})
        if owner != unit:
            return []
    passed = passed_over(store)
    lines = {
        line.identity: line
        for line in store.journal.of_record(record)
        if line.identity not in passed and line.entry.register == register
    }
    nodes = [Node(one, line.entry.parents, line.entry.fields) for one, line in lines.items()]
    rows = store.connection.execute(
        "SELECT field, entry, value FROM conflict WHERE record = ? AND register = ? ORDER BY rowid",
        (record, register),
    )
    sides: dict[str, list[Side]] = {}
    for name, entry, text in rows:
        value = msgspec.json.decode(text)
        shown = _text(store, definition, name, value)
        sides.setdefault(name, []).append(authors.side(lines[entry], value, shown))
    label = _label(store, definition, record)
    found: list[Conflict] = []
    for name, apart in sides.items():
        title = "删除" if name == REMOVED else definition.get(name).title
        agreed = _agreed(nodes, name, [side.entry for side in apart])
        text = _text(store, definition, name, agreed)
        found.append(
            Conflict(
                number(record, name), register, definition.title, record, name, title,
                label, agreed, text, tuple(apart),
            )
        )  # fmt: skip
    names = [REMOVED, *definition.by_name]
    return sorted(found, key=lambda one: names.index(one.field))


def _agreed(nodes: list[Node], name: str, entries: Iterable[str]) -> Any:
    """What stood in the field for all that the sides have both seen."""
    parents = {node.entry: node.parents for node in nodes}
    common: set[str] | None = None
    for entry in entries:
        seen = set[str]()
        waiting = list(parents[entry])
        while waiting:
            one = waiting.pop()
            if one in parents and one not in seen:
                seen.add(one)
                waiting += parents[one]
        common = seen if common is None else common & seen
    state = before(nodes, common or ())
    return state.removed if name == REMOVED else state.values.get(name)


def _text(store: Store, register: Register, name: str, value: Any) -> str:
    """A value as people read it; of a removal 删除 or 保留."""
    if name == REMOVED:
        return "删除" if value else "保留"
    field = register.get(name)
    if field.of is not None and value:
        return lookup.label(store, field.of, value)
    return values.shown(store.scheme, field, value)


def _label(store: Store, register: Register, record: str) -> str:
    """Whose record it is: an item of a list with what it hangs under."""
    label = lookup.label(store, register.name, record)
    present = store.tables[register.name].read(record)
    subject = present.values.get(register.of or "") if present else None
    if register.shape == "list" and register.of and subject:
        above = lookup.label(store, register.of, str(subject))
        return above if above == label else f"{above} · {label}"
    return label
