"""Ownership: whether every entry of a package is its author's to write, whoever carries it.

By the author's level (which fields it fills) and by what its unit has ever had in sight (which
records). One entry that is not its author's, and the whole package is refused. What only a newer
scheme knows, from the unit above or another PC of the own unit, waits in the journal and is judged
by its form alone; from below nothing comes under a scheme that neither book nor package has.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter
from typing import Any

from desktop.exchange.entry_form import Forms, Read, read
from desktop.exchange.grants import UNIT_REGISTER, Grants, Tree
from desktop.exchange.payload import Authored
from desktop.exchange.refusals import BadEntry, ForeignField, ForeignRecord, NewerScheme
from desktop.exchange.versions import Versions
from desktop.ledger.definitions import SCHEME, Register
from desktop.ledger.entry import read_fields
from desktop.ledger.fold import REMOVED
from desktop.ledger.store import Store

#: How far back, all told, a package may make us look for sides of conflicts that it opens again.
MOST_STEPS = 100_000


def judge(
    store: Store,
    entries: Iterable[Authored],
    units: Mapping[str, str],
    *,
    own_unit_share: bool = False,
    relayed_by_above: bool = False,
) -> None:
    """Judge entries that are to be taken in; ``units`` says the unit (record) of each author.

    ``own_unit_share``: they come from another PC of the own unit, which alone may bring records of
    registers with ``audience = "own"``. ``relayed_by_above``: they come from the unit above, which
    is believed about records whose file this book has not got. A first package is judged in the
    empty book, by its own units. Raises :class:`BadEntry`, :class:`ForeignField`,
    :class:`ForeignRecord`, :class:`NewerScheme`; what has no parents here is left to the merge.
    """
    sound = {entry.identity: entry for entry in map(read, entries)}
    judging = _Judging(store, sound, units, own_unit_share, relayed_by_above)
    for entry in sound.values():
        judging.form(entry)
    judging.grants.expect(sound.values())
    for entry in judging.in_order():
        judging.ownership(entry)


class _Judging:
    """One package before one book: a memory for what many entries ask."""

    def __init__(
        self,
        store: Store,
        entries: Mapping[str, Read],
        units: Mapping[str, str],
        own_unit_share: bool,
        relayed_by_above: bool,
    ) -> None:
        self.store, self.entries, self.units = store, entries, units
        self._steps = MOST_STEPS
        self.own_unit_share = own_unit_share
        self._from_below = not (own_unit_share or relayed_by_above)
        self.tree = Tree(store)
        first = self.tree.empty
        if first:
            for entry in entries.values():
                if entry.register == UNIT_REGISTER:
                    self.tree.note(entry)
        self._levels: dict[tuple[str, str], frozenset[str]] = {}
        self.versions = Versions(store)
        for entry in entries.values():
            if entry.register == SCHEME.name:
                if not self.tree.levels(self.unit(entry)) & set(SCHEME.filled_by):
                    raise ForeignField(SCHEME.title, SCHEME.by_name["files"].title)
                self.versions.bring(entry)
        self.scheme = self.versions.follow()
        self.forms = Forms(self.scheme, self.versions.version)
        self.grants = Grants(store, self.scheme, self.tree, relayed_by_above or first)
        self.founding = {
            (entry.register, entry.record): entry.fields
            for entry in entries.values()
            if entry.founds
        }
        self._bases: dict[tuple[str, str], Mapping[str, Any] | None] = {}
        self._written: dict[str, list[tuple[int, int]]] = {}

    def unit(self, entry: Read) -> str:
        """The author's unit."""
        unit = self.units.get(entry.author)
        if not unit:
            raise BadEntry(f"录入端 {entry.author} 不知属于哪个单位")
        return unit

    def form(self, entry: Read) -> None:
        """Judge what the entry looks like, and that it is built on entries of its own record."""
        if self._from_below and entry.scheme > self.scheme.version:
            # Schemes come from above. Who names a coming one would plant what nobody judges yet.
            raise NewerScheme(entry.scheme, self.scheme.version)
        for parent in entry.parents:
            other = self.entries.get(parent)
            built_on = (other.register, other.record) if other else self._place(parent)
            if built_on not in (None, (entry.register, entry.record)):
                raise BadEntry("依据的分录属于另一条记录")
        self.forms.judge(entry, None if entry.founds else self._base(entry))
        for name, value in entry.fields.items():
            if isinstance(value, dict):
                self._stood(entry, name, set(value["apart"]))

    def _stood(self, entry: Read, name: str, sides: set[str]) -> None:
        """Sides that are set apart again stood in the field for who had seen what the author saw.

        A package that would send us back through a history without end is refused.
        """
        waiting, met = list(entry.parents), set(entry.parents)
        while sides and waiting and self._steps:
            self._steps -= 1
            one = waiting.pop()
            parents, fields = self._seen(one)
            if one in sides and not isinstance(fields.get(name, {}), dict):
                sides.discard(one)
            fresh = [parent for parent in parents if parent not in met]
            met.update(fresh)
            waiting += fresh
        if sides:
            raise BadEntry("重新打开的分歧")

    def _seen(self, identity: str) -> tuple[tuple[str, ...], Mapping[str, Any]]:
        """Parents and fields of an entry of the package or the book; nothing of an unknown one."""
        if identity in self.entries:
            return self.entries[identity].parents, self.entries[identity].fields
        row = self.store.connection.execute(
            "SELECT parents, fields FROM journal WHERE entry = ?", (identity,)
        ).fetchone()
        return (tuple(row[0].split()), read_fields(row[1])) if row else ((), {})

    def in_order(self) -> list[Read]:
        """Units first, then files, then what hangs under files; parents before children."""
        graph = {
            identity: [parent for parent in entry.parents if parent in self.entries]
            for identity, entry in self.entries.items()
        }
        ordered = [self.entries[identity] for identity in TopologicalSorter(graph).static_order()]
        return sorted(ordered, key=self._rank)

    def _rank(self, entry: Read) -> int:
        if entry.register == UNIT_REGISTER:
            return 0
        register = self.scheme.registers.get(entry.register)
        return 1 if register is None or register.of is None else 2

    def ownership(self, entry: Read) -> None:
        """Judge whether the author may write these fields of this record."""
        unit = self.unit(entry)
        register = self.scheme.registers.get(entry.register)
        if register is None:
            return
        if register.audience == "local" or (
            register.audience == "own"
            and not (self.own_unit_share and unit == (self.store.unit or unit))
        ):
            raise ForeignRecord(register.title)
        self._fields(entry, register, unit)
        if entry.founds:
            seen = self.grants.may_found(register, entry.fields, unit)
        else:
            seen = self.grants.sees(register, entry.record, unit)
        if not seen or not self._keeps(entry, register, unit):
            raise ForeignRecord(register.title)
        self.grants.note(register, entry, unit)
        if register.name == UNIT_REGISTER:
            self.tree.note(entry)

    def _keeps(self, entry: Read, register: Register, unit: str) -> bool:
        """Whether a record stays with the author's unit or those below: others move it."""
        owner = entry.fields.get(register.owner or "")
        return not isinstance(owner, str) or self.tree.over(unit, owner)

    def _fields(self, entry: Read, register: Register, unit: str) -> None:
        """Raise :class:`ForeignField` for a field that the author's level does not fill."""
        for name in entry.fields:
            levels = self._filled_by(register, name)
            if not levels or levels & self.tree.levels(unit) or self._once(entry, name, unit):
                continue
            field = register.by_name.get(name)
            raise ForeignField(register.title, field.title if field else name)

    def _filled_by(self, register: Register, name: str) -> frozenset[str]:
        """The levels that fill a field; nothing where all do."""
        key = (register.name, name)
        if key not in self._levels:
            self._levels[key] = _filled_by(register, name)
        return self._levels[key]

    def _once(self, entry: Read, name: str, unit: str) -> bool:
        """Whether the level filled the field under the older scheme that the entry goes by.

        Nobody goes back to an older scheme than it has written under already.
        """
        if entry.scheme >= self.scheme.version or self._latest(entry) > entry.scheme:
            return False
        scheme = self.versions.version(entry.scheme)
        register = scheme.registers.get(entry.register) if scheme else None
        if register is None or (name != REMOVED and name not in register.by_name):
            return False
        levels = _filled_by(register, name)
        return not levels or bool(levels & self.tree.levels(unit))

    def _latest(self, entry: Read) -> int:
        """The newest scheme under which the author wrote before this entry."""
        author = entry.author
        if author not in self._written:
            written = self.store.connection.execute(
                "SELECT number, scheme FROM journal WHERE author = ?", (author,)
            ).fetchall()
            written += [
                (other.number, other.scheme)
                for other in self.entries.values()
                if other.author == author
            ]
            rising: list[tuple[int, int]] = []
            for number, scheme in sorted(written):
                rising.append((number, max(scheme, rising[-1][1] if rising else 0)))
            self._written[author] = rising
        rising = self._written[author]
        before = bisect_left(rising, (entry.number, -1))
        return rising[before - 1][1] if before else 0

    def _base(self, entry: Read) -> Mapping[str, Any] | None:
        """What the record was founded with, None where neither book nor package says it."""
        key = (entry.register, entry.record)
        if key in self.founding:
            return self.founding[key]
        if key not in self._bases:
            row = self.store.connection.execute(
                "SELECT fields FROM journal WHERE register = ? AND record = ? AND parents = ''",
                key,
            ).fetchone()
            self._bases[key] = read_fields(row[0]) if row else None
        return self._bases[key]

    def _place(self, identity: str) -> tuple[str, str] | None:
        """Register and record of an entry of the book."""
        row = self.store.connection.execute(
            "SELECT register, record FROM journal WHERE entry = ?", (identity,)
        ).fetchone()
        return (row[0], row[1]) if row else None


def _filled_by(register: Register, name: str) -> frozenset[str]:
    field = register.by_name.get(name)
    return frozenset((field.filled_by if field else ()) or register.filled_by)
