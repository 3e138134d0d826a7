"""Grants: which units have ever had a record in sight, by the book and by what a package brings.

Whoever saw a record once may have written in it in good faith, however late the entry comes: a
project that has moved to another unit costs nobody a refusal. What counts is what others said of a
record, or its founder; an entry never opens a record to its own author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from desktop.exchange.certificates import units_of
from desktop.exchange.entry_form import Read
from desktop.ledger.definitions import Field, Register, Scheme
from desktop.ledger.entry import json_text, read_fields
from desktop.ledger.sight import Sight
from desktop.ledger.store import Store

UNIT_REGISTER = "unit"
_BETWEEN = re.compile(r"[、，,；;/\s]+")


class Tree:
    """The units of a book and of the package before it: levels, who is above whom, names.

    All that they ever were counts: who wrote before hearing that a unit was renamed or moved under
    another wrote in good faith, and would be refused with everything that comes after.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._above: dict[str, set[str]] = {}
        self._levels: dict[str, set[str]] = {}
        self._named: dict[str, set[str]] = {}
        self._sights: dict[str, Sight] = {}
        self._over: dict[tuple[str, str], bool] = {}
        rows = store.connection.execute(
            "SELECT record, fields FROM journal"
            " WHERE record IN (SELECT record FROM unit) AND register = ?",
            (UNIT_REGISTER,),
        )
        for record, fields in rows:
            self._say(record, read_fields(fields))
        self.empty = not self._above

    def note(self, entry: Read) -> None:
        """Count in what an entry, which its author may write, says of a unit."""
        self._say(entry.record, entry.fields)
        self._over.clear()

    def _say(self, record: str, fields: Mapping[str, Any]) -> None:
        above = self._above.setdefault(record, set())
        levels = self._levels.setdefault(record, set())
        for values, field in ((above, "above"), (levels, "level")):
            value = fields.get(field)
            values.update({value} if isinstance(value, str) else ())
        for name in ("name", "short", "aliases"):
            text = fields.get(name)
            for part in text.split("、") if isinstance(text, str) else ():
                self._named.setdefault(part.strip(), set()).add(record)

    def levels(self, unit: str) -> set[str]:
        """The levels that a unit has, or ever had."""
        return self._levels.setdefault(unit, set())

    def over(self, unit: str, other: str) -> bool:
        """Whether ``unit`` is ``other`` or stands above it."""
        key = (unit, other)
        if key not in self._over:
            found, waiting = {other}, [other]
            while waiting:
                more = self._above.get(waiting.pop(), set()) - found
                found |= more
                waiting += more
            self._over[key] = unit in found
        return self._over[key]

    def names(self, unit: str, field: Field, value: Any) -> bool:
        """Whether ``value`` in a field that says who sees a record means ``unit``, or ever did."""
        if unit not in self._sights:
            self._sights[unit] = Sight(self.store, unit)
        if self._sights[unit].names(field, value):
            return True
        if field.type == "link" or not isinstance(value, str):
            return False
        parts = {value.strip(), *_BETWEEN.split(value)}
        meant = {one for part in parts for one in self._named.get(part, ())}
        return any(self.over(unit, one) for one in meant)


class _Known:
    """What was ever said of one record: its units, whom its fields name, who founded it."""

    __slots__ = ("founders", "named", "subject", "there", "units")

    def __init__(self) -> None:
        self.there = False
        self.subject: str | None = None
        self.units: set[str] = set()
        self.founders: set[str] = set()
        self.named: set[tuple[str, str]] = set()


class Grants:
    """Who may write where; grows with every entry that was found to be its author's.

    ``trusting`` units are believed about records whose file this book has not got: it then knows
    of them only what it was handed down.
    """

    def __init__(self, store: Store, scheme: Scheme, tree: Tree, trusting: bool) -> None:
        self.store, self.scheme, self.tree, self.trusting = store, scheme, tree, trusting
        self._known: dict[tuple[str, str], _Known] = {}
        self._told: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
        self._units: dict[str, str | None] = {}

    def expect(self, entries: Iterable[Read]) -> None:
        """Read at once what the journal says of the records that they touch or hang under."""
        keys: set[tuple[str, str]] = set()
        for entry in entries:
            keys.add((entry.register, entry.record))
            register = self.scheme.registers.get(entry.register)
            subject = entry.fields.get(register.of or "") if register else None
            if register is not None and isinstance(subject, str):
                keys.add((str(register.of), subject))
        self._told.update((key, []) for key in keys)
        rows = self.store.connection.execute(
            "SELECT register, record, author, parents, fields FROM journal"
            " WHERE record IN (SELECT value FROM json_each(?))",
            (json_text(sorted({record for _, record in keys})),),
        )
        for register_name, record, *line in rows:
            if (register_name, record) in keys:
                self._told[register_name, record].append((line[0], line[1], line[2]))

    def may_found(self, register: Register, fields: Mapping[str, Any], unit: str) -> bool:
        """Whether ``unit`` may make a record with these fields: of its own, or of one below."""
        if register.audience != "unit":
            return True
        if register.owner is not None:
            owner = fields.get(register.owner)
            return owner is None or self.tree.over(unit, str(owner))
        if register.of is None:
            return True
        return self._by_subject(register, str(fields.get(register.of)), unit)

    def sees(self, register: Register, record: str, unit: str) -> bool:
        """Whether the record was ever the unit's, of one below, or named it.

        Of a record that neither book nor package begins nothing can be said: its entries lack
        their parents, which is refused elsewhere.
        """
        if register.audience != "unit":
            return True
        known = self.known(register, record)
        if not known.there:
            return True
        if any(self.tree.over(unit, other) for other in known.units | known.founders):
            return True
        if any(self.tree.names(unit, register.by_name[name], value) for name, value in known.named):
            return True
        if register.owner is not None or register.of is None or known.subject is None:
            return False
        return self._by_subject(register, known.subject, unit)

    def note(self, register: Register, entry: Read, unit: str | None) -> None:
        """Count in what an entry of ``unit`` says of its record."""
        self._say(self.known(register, entry.record), register, entry.fields)
        if entry.founds and unit is not None:
            self.known(register, entry.record).founders.add(unit)

    def known(self, register: Register, record: str) -> _Known:
        """What the book's journal says of the record, and the package so far."""
        key = (register.name, record)
        if key not in self._known:
            known = self._known[key] = _Known()
            for author, parents, fields in self._history(register, record):
                self._say(known, register, read_fields(fields))
                unit = self._unit(author) if not parents else None
                known.founders.update({unit} if unit is not None else ())
        return self._known[key]

    def _by_subject(self, register: Register, subject: str, unit: str) -> bool:
        above = self.scheme.registers[str(register.of)]
        if above.name == UNIT_REGISTER:
            return self.tree.over(unit, subject)
        if above.audience == "all":
            return True
        if above.audience == "unit" and self.known(above, subject).there:
            return self.sees(above, subject, unit)
        return self.trusting or unit == self.store.unit

    def _say(self, known: _Known, register: Register, fields: Mapping[str, Any]) -> None:
        known.there = True
        owner = fields.get(register.owner or "")
        if isinstance(owner, str):
            known.units.add(owner)
        subject = fields.get(register.of or "")
        if isinstance(subject, str):
            known.subject = subject
        for field in register.stored:
            value = fields.get(field.name) if field.audience else None
            if isinstance(value, str):
                known.named.add((field.name, value))

    def _history(self, register: Register, record: str) -> Iterable[tuple[str, str, str]]:
        told = self._told.pop((register.name, record), None)
        if told is not None:
            return told
        return self.store.connection.execute(
            "SELECT author, parents, fields FROM journal WHERE record = ? AND register = ?",
            (record, register.name),
        )

    def _unit(self, author: str) -> str | None:
        if author not in self._units:
            self._units[author] = units_of(self.store, (author,)).get(author)
        return self._units[author]
