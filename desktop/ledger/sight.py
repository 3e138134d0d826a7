"""What one unit sees of a book: by the tree, by fields that name it, and ever before.

The rules of :mod:`desktop.ledger.audience` for one unit: as statements over the tables for what it
sees now, over the states of a record's history for what it saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from desktop.ledger import fold, lookup
from desktop.ledger.definitions import Field, Register
from desktop.ledger.entry import json_text, read_fields
from desktop.ledger.fold import Node
from desktop.ledger.store import Store

#: How several units stand in one field: 区工信局、区发改委.
_BETWEEN = re.compile(r"[、，,；;/\s]+")

#: Audiences of registers whose records leave for other units.
LEAVING = ("unit", "all")
#: What stands in each field: one value, or the sides of a conflict.
Sides = Mapping[str, tuple[Any, ...]]


def below(store: Store, unit: str) -> frozenset[str]:
    """``unit`` and every unit under it, those taken away too: their records are still there."""
    rows = store.connection.execute(
        "WITH RECURSIVE under(record) AS (VALUES (?) UNION SELECT u.record FROM unit AS u"
        " JOIN under ON u.above = under.record) SELECT record FROM under",
        (unit,),
    )
    return frozenset(record for (record,) in rows)


class Sight:
    """What one unit sees, by the tree and the names of today: good for one reading of a book."""

    def __init__(self, store: Store, unit: str) -> None:
        self.store, self.unit = store, unit
        self.under = below(store, unit)
        self._named: dict[str, bool] = {}
        self._ever: dict[tuple[str, str], bool] = {}

    def ever(self, register: str, record: str) -> bool:
        """Whether the record was ever the unit's, by any state of its own or of its subject's.

        By the whole journal: what a package set aside has brought counts too.
        """
        definition = self.store.scheme.registers.get(register)
        if definition is None:
            return False
        if definition.audience == "unit":
            return self._was(definition, record)
        own = definition.audience == "own" and self.unit == self.store.unit
        return (own or definition.audience == "all") and bool(
            nodes(self.store, register, record, ())
        )

    def _was(self, register: Register, record: str) -> bool:
        if register.name == "unit":
            return record in self.under
        key = (register.name, record)
        if key not in self._ever:
            fields = telling(register)
            history = nodes(self.store, *key, [*fields, *filter(None, [register.of])])
            self._ever[key] = any(self.sees(register, then) for then in states(history).values())
            if not self._ever[key] and register.owner is None and register.of and history:
                above = self.store.scheme.registers[register.of]
                self._ever[key] = self._was(above, str(history[0].fields.get(above.name)))
        return self._ever[key]

    def names(self, field: Field, value: Any) -> bool:
        """Whether ``value`` in a field that says who sees a record means the unit or one below.

        A department's answer to what names it so finds its way up.
        """
        if not isinstance(value, str) or not value:
            return False
        if field.type == "link":
            return value in self.under
        if value not in self._named:
            whole = lookup.unit_named(self.store, value)
            parts = [] if whole is not None else _BETWEEN.split(value)
            meant = {whole, *(lookup.unit_named(self.store, part) for part in parts if part)}
            self._named[value] = not meant.isdisjoint(self.under)
        return self._named[value]

    def sees(self, register: Register, sides: Sides) -> bool:
        """Whether a record with these values is the unit's, or names it; not by its subject."""
        owners = sides.get(register.owner or "", ())
        return any(owner in self.under for owner in owners) or any(
            self.names(field, value)
            for field in _naming(register)
            for value in sides.get(field.name, ())
        )

    def select(self) -> tuple[str, dict[str, str]]:
        """A statement for (register, record) of all that the unit sees now, and its parameters."""
        parts: list[str] = []
        values = {"under": json_text(sorted(self.under))}
        for register in self.store.scheme.registers.values():
            if register.audience not in LEAVING:
                continue
            select = f"SELECT '{register.name}', record FROM "
            if register.audience != "unit":
                parts.append(f'{select}"{register.name}"')
                continue
            named = self._by_name(register, values)
            own = self._by_owner(register, values)
            parts += [f"{select}({one})" for one in [*own, *named]]
            subject = self.store.scheme.registers.get(register.of or "")
            if named and subject is not None and subject.audience in LEAVING:
                parts.append(
                    f'SELECT \'{subject.name}\', "{subject.name}" FROM "{register.name}"'
                    f" WHERE record IN ({' UNION ALL '.join(named)})"
                )
        return " UNION ".join(parts), values

    def _by_owner(self, register: Register, values: dict[str, str]) -> list[str]:
        """Selects of the records that are the unit's: by their own field, else by their subject."""
        if register.name == "unit":
            return ["SELECT record FROM unit WHERE record IN (SELECT value FROM json_each(:under))"]
        if register.owner is not None:
            return _holding(register, register.owner, "under")
        if register.of is None:
            return []
        if register.of == "unit":
            return _holding(register, "unit", "under")
        subject = self.store.scheme.registers[register.of]
        seen = " UNION ALL ".join(self._by_owner(subject, values) + self._by_name(subject, values))
        if not seen:
            return []
        return [f'SELECT record FROM "{register.name}" WHERE "{subject.name}" IN ({seen})']

    def _by_name(self, register: Register, values: dict[str, str]) -> list[str]:
        """Selects of the records in which a field names the unit."""
        found: list[str] = []
        for field in _naming(register):
            parameter = f"{register.name}_{field.name}"
            if parameter not in values:
                meant = [one for one in self._distinct(register, field) if self.names(field, one)]
                values[parameter] = json_text(meant)
            found += _holding(register, field.name, parameter)
        return found

    def _distinct(self, register: Register, field: Field) -> list[Any]:
        """Every value that stands in the field, in a conflict too."""
        rows = self.store.connection.execute(
            f'SELECT "{field.name}" FROM "{register.name}" UNION'
            " SELECT json_extract(value, '$') FROM conflict WHERE register = ? AND field = ?",
            (register.name, field.name),
        )
        return [value for (value,) in rows]


def _naming(register: Register) -> list[Field]:
    return [field for field in register.stored if field.audience]


def _holding(register: Register, field: str, parameter: str) -> list[str]:
    """Selects of the records in whose field, or a side of whose conflict, a value stands."""
    among = f"IN (SELECT value FROM json_each(:{parameter}))"
    return [
        f'SELECT record FROM "{register.name}" WHERE "{field}" {among}',
        f"SELECT record FROM conflict WHERE register = '{register.name}' AND field = '{field}'"
        f" AND json_extract(value, '$') {among}",
    ]


def telling(register: Register) -> list[str]:
    """The fields that say who sees a record; the subject of one that hangs under it is fixed."""
    own = [register.owner] if register.owner is not None else []
    return own + [field.name for field in _naming(register)]


def nodes(store: Store, register: str, record: str, fields: Sequence[str]) -> list[Node]:
    """A record's entries with what they write in ``fields``, parents before children."""
    rows = store.connection.execute(
        "SELECT entry, parents, fields FROM journal WHERE record = ? AND register = ?"
        " ORDER BY position",
        (record, register),
    )
    return [
        Node(
            entry,
            tuple(parents.split()),
            {name: value for name, value in read_fields(text).items() if name in fields},
        )
        for entry, parents, text in rows
    ]


def states(nodes: Sequence[Node]) -> dict[str, Sides]:
    """What each entry made of the record, for who had seen just this entry and its ancestors.

    What one writer changed follows from the one before; only where branches meet is there a fold.
    """
    after: dict[str, Sides] = {}
    for node in nodes:
        parents = [parent for parent in node.parents if parent in after]
        opened = any(isinstance(value, dict) for value in node.fields.values())
        if len(parents) > 1 or opened:
            after[node.entry] = sides(nodes, (node.entry,))
        else:
            before = after[parents[0]] if parents else {}
            after[node.entry] = {**before, **{name: (it,) for name, it in node.fields.items()}}
    return after


def sides(nodes: Sequence[Node], entries: Iterable[str]) -> Sides:
    """What stood in the fields for who had seen ``entries`` and their ancestors."""
    state = fold.before(nodes, entries)
    return {
        name: tuple(side.value for side in state.conflicts[name])
        if name in state.conflicts
        else (value,)
        for name, value in state.values.items()
    }
