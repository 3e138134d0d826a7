"""The verbs that write: create, change, remove; each an entry of the journal, many one batch.

A :class:`Batch` is one act of the clerk: its entries stand or fall together, are undone together
and share a name (``batch``), which is its first entry's author and number. The linear case, one
head, costs one journal insert and one row upsert.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msgspec

from desktop.ledger import folding, periods, tables, values
from desktop.ledger.correspondence import REGISTERS
from desktop.ledger.definitions import BOOK, SCHEME, Field, Register
from desktop.ledger.entry import (
    LONGEST,
    LONGEST_NAME,
    json_text,
    ledger_identity,
    moment,
    new_identity,
)
from desktop.ledger.fold import REMOVED, same
from desktop.ledger.permits import Permits
from desktop.ledger.refusals import (
    InUse,
    Needed,
    NotTyped,
    NotYours,
    RecordExists,
    TooLong,
)
from desktop.ledger.store import NoSuchRecord, Store

__all__ = ["Batch", "Change", "InUse", "Needed", "NotTyped", "NotYours", "batch"]


class Change(msgspec.Struct, frozen=True):
    """What a write changed: pages refresh by it."""

    register: str
    record: str
    fields: tuple[str, ...]


class Batch:
    """One act: writes entries through an open :class:`Store`; made by :func:`batch`."""

    def __init__(self, store: Store, act: str, note: str = "", undoes: str = "") -> None:
        self.store = store
        self.name = f"{store.replica}-{store.number + 1}"
        self.changes: list[Change] = []
        self.scheme_changed = False
        self._act, self._note, self._undoes = act, _plain(note), undoes
        self._operator = _plain(store.operator)[:LONGEST_NAME]
        self._time = moment(store.clock())
        self._known: set[tuple[str, str]] = set()
        self._permits = Permits(store)
        self._periods: dict[tuple[str, str], str] = {}

    def create(
        self,
        register: str,
        fields: Mapping[str, Any],
        *,
        origin: Mapping[str, str] | None = None,
        fresh: bool = False,
    ) -> str:
        """A new record of ``register`` with stored values; returns its identity.

        A ledger record that exists already is changed instead: subject, period and key fields say
        which it is; with ``fresh`` that is refused as :class:`RecordExists`. Raises
        :class:`WrongValue`, :class:`NotYours`, :class:`Needed`, :class:`NoSuchRecord`,
        :class:`~desktop.ledger.lock.WeekSubmitted` and what the definitions raise.
        """
        definition = self.store.scheme.register(register)
        admitted = self._admit(definition, fields)
        for field in definition.identity:
            if admitted.get(field.name) is None:
                raise Needed(definition, field)
        if definition.label and admitted.get(definition.label) is None:
            raise Needed(definition, definition.by_name[definition.label])
        if definition.shape != "ledger":
            record = new_identity(register, self.store.replica, self.store.number + 1)
            self._put(definition, record, None, _filled(admitted), origin)
            return record
        period = self._period(definition, admitted["period"])
        admitted["period"] = period
        given = [admitted.get(key) for key in definition.key]
        keys = ["" if value is None else value for value in given]
        record = ledger_identity(register, admitted[str(definition.of)], period, *keys)
        present = self.store.tables[register].read(record)
        if present is None:
            self._put(definition, record, None, _filled(admitted), origin)
            return record
        if fresh and not present.removed:
            raise RecordExists(definition, period)
        if present.removed:  # What it held before it was taken away does not come back.
            admitted = {**self._emptied(definition, present), **admitted}
        self._overwrite(definition, record, present, admitted, origin)
        return record

    def change(
        self,
        register: str,
        record: str,
        fields: Mapping[str, Any],
        *,
        origin: Mapping[str, str] | None = None,
    ) -> tuple[str, ...]:
        """Change fields of a record; returns the names of those whose value really changed.

        Raises as :meth:`create` does.
        """
        definition = self.store.scheme.register(register)
        present = self._present(definition, record)
        admitted = self._admit(definition, fields)
        fixed = {field.name for field in definition.identity} | set(definition.key)
        for name, value in admitted.items():
            if name in fixed and not same(value, present.values.get(name)):
                raise NotTyped(definition.by_name[name], "在建立时已定")
        if definition.label in admitted and admitted[definition.label] is None:
            raise Needed(definition, definition.by_name[str(definition.label)])
        return self._overwrite(definition, record, present, admitted, origin)

    def remove(self, register: str, record: str) -> None:
        """Take a record away; its journal stays. Raises :class:`InUse` while others name it."""
        definition = self.store.scheme.register(register)
        present = self._present(definition, record)
        self._refuse_in_use(definition, record, present)
        self._put(definition, record, present, {REMOVED: True}, None)
        self._known.discard((register, record))

    def restore(
        self, register: Register, record: str, present: tables.Present, fields: Mapping[str, Any]
    ) -> None:
        """Write values that stood in the journal before (undo); nothing is judged but the lock."""
        if fields.get(REMOVED) is True:
            self._refuse_in_use(register, record, present)
        self._put(register, record, present, fields, None)

    def _period(self, register: Register, text: str) -> str:
        """``text`` as a canonical period that the register keeps."""
        key = (register.name, text)
        if key not in self._periods:
            period = periods.parse_period(text, self.store.year)
            if period.kind not in register.period:
                raise NotTyped(register.by_name["period"], f"不能是 {text}")
            self._periods[key] = str(period)
        return self._periods[key]

    def _overwrite(
        self,
        register: Register,
        record: str,
        present: tables.Present,
        admitted: Mapping[str, Any],
        origin: Mapping[str, str] | None,
    ) -> tuple[str, ...]:
        apart = self._apart(record) if present.conflicts else frozenset()
        changed = {
            name: value
            for name, value in admitted.items()
            if name in apart or not same(value, present.values.get(name))
        }
        if present.removed:  # Made anew: all that is given is written.
            changed = {**_filled(admitted), **changed, REMOVED: False}
        if changed:
            self._put(register, record, present, changed, origin)
        return tuple(name for name in changed if name != REMOVED)

    def _apart(self, record: str) -> frozenset[str]:
        """The fields of a record that are in conflict: writing one decides it."""
        rows = self.store.connection.execute(
            "SELECT DISTINCT field FROM conflict WHERE record = ?", (record,)
        )
        return frozenset(name for (name,) in rows)

    def _put(
        self,
        register: Register,
        record: str,
        present: tables.Present | None,
        fields: Mapping[str, Any],
        origin: Mapping[str, str] | None,
    ) -> None:
        """Append one entry and bring the record's row up to it."""
        store = self.store
        before = present.values if present else {}
        self._permits.refuse(register, record, before, fields)
        parents = present.heads if present else ()
        text = json_text(fields)
        if len(text) > LONGEST:
            raise TooLong(register, LONGEST)
        store.number += 1
        entry = store.journal.append(
            (
                store.replica,
                store.number,
                self._time,
                self._operator,
                store.scheme.version,
                register.name,
                record,
                text,
                " ".join(sorted(parents)),
                self.name,
                self._act,
                self._undoes,
                self._note,
                json_text({k: v for k, v in origin.items() if k in fields}) if origin else "",
            )
        )
        opened = any(isinstance(value, dict) for value in fields.values())
        if opened or (present is not None and (present.conflicts or present.removed)):
            folding.settle(store, register.name, record)
        else:
            after = {**before, **fields}
            gone = bool(after.pop(REMOVED, False))
            row = tables.Present(after, (entry,), 0, gone)
            store.tables[register.name].write(record, row)
        self.changes.append(Change(register.name, record, tuple(fields)))
        if register.name in (SCHEME.name, BOOK.name):
            self.scheme_changed = True

    def _admit(self, register: Register, fields: Mapping[str, Any]) -> dict[str, Any]:
        store = self.store
        admitted: dict[str, Any] = {}
        for name, value in fields.items():
            field = register.get(name)
            if field.formula is not None:
                raise NotTyped(field, "由程序计算")
            if not self._ours(register, field):
                levels = field.filled_by or register.filled_by
                titles = "、".join(
                    level.title for level in store.scheme.head.level if level.name in levels
                )
                raise NotYours(register, field, titles)
            admitted[name] = value = values.admit(store.scheme, field, value)
            if field.of is not None and value is not None:
                self._refuse_unknown(field, value)
        return admitted

    def _ours(self, register: Register, field: Field) -> bool:
        """Whether this book's level fills the field."""
        levels = field.filled_by or register.filled_by
        return not levels or not self.store.level or self.store.level in levels

    def _emptied(self, register: Register, present: tables.Present) -> dict[str, None]:
        """Nothing for every field that this book fills and that now holds something."""
        fixed = {field.name for field in register.identity} | set(register.key)
        return {
            field.name: None
            for field in register.stored
            if field.name not in fixed
            and present.values.get(field.name) is not None
            and self._ours(register, field)
        }

    def _refuse_unknown(self, field: Field, record: str) -> None:
        key = (str(field.of), record)
        if key not in self._known:
            target = self.store.scheme.registers[key[0]]
            present = self.store.tables[key[0]].read(record)
            if present is None or present.removed:
                raise NoSuchRecord(target.title, record)
            self._known.add(key)

    def _refuse_in_use(self, register: Register, record: str, present: tables.Present) -> None:
        for other in self.store.scheme.registers.values():
            if other in REGISTERS:
                continue  # Dealings with a unit do not keep it from being taken away.
            for field in other.stored:
                if field.of != register.name:
                    continue
                (count,) = self.store.connection.execute(
                    f'SELECT count(*) FROM "{other.name}"'
                    f' WHERE "{field.name}" = ? AND removed = 0 AND record <> ?',
                    (record, record),
                ).fetchone()
                if count:
                    label = present.values.get(register.label or "") or register.title
                    raise InUse(str(label), count, other.title)

    def _present(self, register: Register, record: str) -> tables.Present:
        present = self.store.tables[register.name].read(record)
        if present is None or present.removed:
            raise NoSuchRecord(register.title, record)
        return present


@contextmanager
def batch(store: Store, act: str, note: str = "", undoes: str = "") -> Iterator[Batch]:
    """Write one act; everything in it stands or falls together."""
    with store.atomic():
        writing = Batch(store, act, note, undoes)
        yield writing
        if writing.scheme_changed:
            folding.adopt(store)


def _plain(text: str) -> str:
    """``text`` as a book can hold it: a file's name may have bytes that are no text."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _filled(admitted: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in admitted.items() if value is not None}
