"""What a record's form shows: every field's value as typed, why it is closed, what stands apart.

Qt-free; functions over the open book that give frozen values made for showing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from desktop.ledger import lock, lookup
from desktop.ledger.definitions import Field, Register
from desktop.ledger.store import NoSuchRecord, Store
from desktop.ui.forms import initials, owners
from desktop.ui.forms.typed import text_of, unit_label


class Side(msgspec.Struct, frozen=True):
    """One side of a conflict: the value as people read it, who wrote it, when."""

    text: str
    who: str
    when: str


class FieldValue(msgspec.Struct, frozen=True):
    """One field of the form: stored value, text in the editor, why it is closed ("" open), sides
    of a conflict (the one shown first)."""

    stored: Any = None
    text: str = ""
    locked: str = ""
    sides: tuple[Side, ...] = ()


class FormRecord(msgspec.Struct, frozen=True):
    """A record as its form shows it; ``record`` is "" for one that is still to be made."""

    register: str
    record: str
    label: str
    fields: Mapping[str, FieldValue]


class Candidate(msgspec.Struct, frozen=True):
    """A record that a link may name."""

    record: str
    label: str
    detail: str = ""


def read_form(store: Store, register: str, record: str) -> FormRecord:
    """A record that stands in the book; raises :class:`NoSuchRecord`."""
    definition = store.scheme.register(register)
    present = store.present(register, record)
    if present is None or present.removed:
        raise NoSuchRecord(definition.title, record[:8])
    with_formulas = store.select(f'SELECT * FROM "v_{register}" WHERE record = ?', (record,))[0]
    sides = _sides(store, definition, record) if present.conflicts else {}
    closed = _week_closed(store, definition, {**present.values, "record": record})
    fields = {
        field.name: FieldValue(
            with_formulas[field.name],
            _text(store, field, with_formulas[field.name]),
            why_closed(store, definition, field, made=True)
            or owners.why_closed(store, definition, field, made=True)
            or closed,
            sides.get(field.name, ()),
        )
        for field in definition.shown
    }
    return FormRecord(register, record, lookup.label(store, register, record), fields)


def blank_form(store: Store, register: str, defaults: Mapping[str, Any]) -> FormRecord:
    """A record that is still to be made, with stored values to begin with."""
    definition = store.scheme.register(register)

    def given(field: Field) -> str:
        """Why nobody else may be named than the unit to which the record is given here."""
        own = defaults.get(field.name) == store.unit
        return owners.why_closed(store, definition, field, made=False) if own else ""

    fields = {
        field.name: FieldValue(
            defaults.get(field.name),
            _text(store, field, defaults.get(field.name)),
            why_closed(store, definition, field, made=False) or given(field),
        )
        for field in (*definition.identity, *definition.shown)
    }
    return FormRecord(register, "", definition.title, fields)


def why_closed(store: Store, register: Register, field: Field, *, made: bool) -> str:
    """Why this book cannot fill the field, "" when it can; ``made``: the record exists."""
    if field.formula is not None:
        return "由程序计算"
    if field.type in ("photo", "attachment"):
        return "在台账填报中添加"
    levels = field.filled_by or register.filled_by
    if levels and store.level and store.level not in levels:
        titles = (level.title for level in store.scheme.head.level if level.name in levels)
        return f"由{'、'.join(titles)}填写"
    if made and field.name in register.key:
        return "在建立时已定"
    return ""


def candidates(store: Store, register: str, wanted: str, limit: int = 50) -> list[Candidate]:
    """Records whose label has ``wanted`` in it, as written or by pinyin initials, by label.

    Those whose label begins with what was typed come first; units in their own order.
    """
    definition = store.scheme.register(register)
    label = definition.label or "record"
    owner = definition.owner
    order = '"order", ' if "order" in definition.by_name else ""
    detail = (
        f'(SELECT coalesce(u.short, u.name) FROM unit AS u WHERE u.record = this."{owner}")'
        if owner
        else "''"
    )
    initials.teach(store.connection)
    rows = store.connection.execute(
        f'SELECT record, "{label}", {detail} FROM "{register}" AS this'
        f' WHERE removed = 0 AND name_fits("{label}", ?1)'
        f' ORDER BY instr("{label}", ?1) <> 1, {order}"{label}" LIMIT ?2',
        (wanted.strip(), limit),
    )
    return [Candidate(record, name or record[:8], more or "") for record, name, more in rows]


def _text(store: Store, field: Field, value: Any) -> str:
    return text_of(store.scheme, field, value, _label(store, field, value))


def _label(store: Store, field: Field, value: Any) -> str:
    return lookup.label(store, field.of, value) if field.of is not None and value else ""


def _sides(store: Store, register: Register, record: str) -> dict[str, tuple[Side, ...]]:
    rows = store.connection.execute(
        "SELECT c.field, c.value, j.operator, j.time, j.author FROM conflict AS c"
        " JOIN journal AS j ON j.entry = c.entry WHERE c.record = ? ORDER BY c.rowid",
        (record,),
    )
    found: dict[str, list[Side]] = {}
    for name, value, operator, time, author in rows:
        field = register.by_name.get(name)
        stored = msgspec.json.decode(value)
        if field is None:  # removed on one side, changed on the other
            text = "删除" if stored else "保留"
        else:
            text = _text(store, field, stored)
            text += f" {unit}" if text and (unit := unit_label(store.scheme, field)) else ""
        side = Side(text or "空", operator or f"电脑 {author[:6]}", time[:16].replace("T", " "))
        found.setdefault(name, []).append(side)
    return {name: tuple(sides) for name, sides in found.items()}


def _week_closed(store: Store, register: Register, merged: dict[str, Any]) -> str:
    """Why the week's record is closed: it was submitted."""
    if not register.submitted:
        return ""
    unit = lock.owner(store, register, merged)
    if unit is None or not lock.locked(store, unit, str(merged.get("period"))):
        return ""
    return "这一周已经上报"
