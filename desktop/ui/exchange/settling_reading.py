"""Conflicts as the panel 待定 shows them: whose cell, what was last agreed, every side; no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from desktop.ledger import conflicts, lock, lookup, periods
from desktop.ledger.conflicts import Conflict
from desktop.ledger.definitions import Field
from desktop.ledger.fold import REMOVED
from desktop.ledger.sides import Side
from desktop.ledger.store import Store
from desktop.ui.exchange.settling_marks import Piece, marked, plain
from desktop.ui.forms.reading import why_closed
from desktop.ui.forms.typed import text_of, unit_label
from desktop.ui.week.post import decided

#: What stands where a side, or what was agreed, is empty.
EMPTY = "（空）"
WEEKDAYS = "一二三四五六日"


class SideCard(msgspec.Struct, frozen=True):
    """One side: ``choice`` settles for it, ``short`` is how its button calls it (2号机).

    ``who`` says unit and PC, ``wrote`` the person and when; ``first`` that the book shows it now.
    """

    choice: str
    short: str
    who: str
    wrote: str
    text: str
    pieces: tuple[Piece, ...]
    first: bool


class Case(msgspec.Struct, frozen=True):
    """One conflict: ``where`` it stands, in which week and field (``title``, with its unit).

    ``agreed`` is what both sides had seen, "" for nothing. ``closed`` says why it cannot be decided
    here, "" when it can; ``removal`` that one side removed the record. ``typed`` and ``stored``
    are what the editor of another value begins with.
    """

    id: str
    register: str
    record: str
    field: str
    where: str
    title: str
    agreed: str
    sides: tuple[SideCard, ...]
    closed: str
    removal: bool
    long: bool
    typed: str = ""
    stored: Any = None


def cases(store: Store) -> tuple[Case, ...]:
    """The open conflicts that people decide, in the order of registers and records."""
    labels = dict(store.connection.execute("SELECT replica, label FROM certificate"))
    names = decided(store)
    return tuple(
        _case(store, one, labels) for one in conflicts.open(store) if one.register in names
    )


def when(time: str) -> str:
    """A moment as people say it: 3月8日（周三）09:12."""
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return time
    day = f"{moment.month}月{moment.day}日（周{WEEKDAYS[moment.weekday()]}）"
    return f"{day}{moment.hour:02}:{moment.minute:02}"


def _case(store: Store, one: Conflict, labels: dict[str, str]) -> Case:
    register = store.scheme.register(one.register)
    field = register.by_name.get(one.field)
    unit = unit_label(store.scheme, field) if field is not None else ""
    title = one.title if field is not None else "删除还是保留"
    title = f"{title}（{unit}）" if unit else title
    long = any(len(text) > 36 or "\n" in text for text in (one.agreed_text, *_texts(one)))
    first = one.sides[0].value
    return Case(
        one.id,
        one.register,
        one.record,
        one.field,
        where(store, one),
        " · ".join(part for part in (_week(store, one), title) if part),
        "" if field is None else one.agreed_text,
        _cards(store, one, labels, long=long),
        _closed(store, one),
        field is None,
        long,
        _typed(store, field, first),
        first,
    )


def _typed(store: Store, field: Field | None, value: Any) -> str:
    if field is None:
        return ""
    label = lookup.label(store, field.of, value) if field.of is not None and value else ""
    return text_of(store.scheme, field, value, label)


def _texts(one: Conflict) -> list[str]:
    return [side.text for side in one.sides]


def where(store: Store, one: Conflict) -> str:
    """Whose record it is: unit (of another one), project, which list."""
    register, values = store.scheme.register(one.register), _values(store, one)
    owner = lock.owner(store, register, {**values, "record": one.record})
    parts = []
    if owner and owner != store.unit and one.register != "unit":
        parts.append(lookup.label(store, "unit", owner))
    subject = values.get(register.of or "")
    weekly = register.shape == "ledger" and register.of and subject
    parts.append(lookup.label(store, str(register.of), str(subject)) if weekly else one.label)
    if register.shape != "file" and one.register != store.scheme.head.weekly:
        parts.append(register.title)
    return " · ".join(parts)


def _week(store: Store, one: Conflict) -> str:
    """The period of a ledger's record, "" for others."""
    period = _values(store, one).get("period")
    if not isinstance(period, str) or not period:
        return ""
    try:
        return periods.parse_period(period).short
    except periods.NoSuchPeriod:
        return period


def _cards(
    store: Store, one: Conflict, labels: dict[str, str], *, long: bool
) -> tuple[SideCard, ...]:
    names = [(side.unit_name, labels.get(side.replica, "")) for side in one.sides]
    ours = all(side.unit == store.unit for side in one.sides)
    cards = []
    for at, side in enumerate(one.sides):
        unit, label = names[at]
        pc = f"{label}（本机）" if side.replica == store.replica else label
        card = SideCard(
            side.entry,
            _short(names, at, side),
            "　".join(part for part in ("" if ours and pc else unit, pc) if part),
            "　".join(part for part in (side.operator, when(side.time)) if part),
            side.text or EMPTY,
            _pieces(one, at) if long else plain(side.text or EMPTY),
            at == 0,
        )
        cards.append(((side.unit != store.unit, unit, len(label), label, at), card))
    return tuple(card for _, card in sorted(cards, key=lambda pair: pair[0]))


def _short(names: Sequence[tuple[str, str]], at: int, side: Side) -> str:
    """The shortest that tells the sides apart: the PC's number, the unit's name, the person."""
    unit, label = names[at]
    units, labels = [name for name, _ in names], [name for _, name in names]
    if label and labels.count(label) == 1 and len(set(units)) == 1:
        return label
    if unit and units.count(unit) == 1:
        return unit
    if names.count(names[at]) == 1 and unit and label:
        return f"{unit}{label}"
    return side.operator or f"第 {at + 1} 方"


def _pieces(one: Conflict, at: int) -> tuple[Piece, ...]:
    """A side's text with what differs from the last agreed one, else from the first side."""
    text = one.sides[at].text
    if not text:
        return plain(EMPTY)
    if one.agreed_text:
        return marked(one.agreed_text, text)
    return marked(one.sides[0].text, text) if at else plain(text)


def _closed(store: Store, one: Conflict) -> str:
    """Why this book cannot decide it: another level's field, or a week that was submitted."""
    register = store.scheme.register(one.register)
    if one.field != REMOVED:
        levels = why_closed(store, register, register.get(one.field), made=False)
        if levels and not levels.startswith("在台账"):
            return f"这一处{levels}，由对方选定，结果随下一个包带来。"
    values = _values(store, one)
    unit = lock.owner(store, register, {**values, "record": one.record})
    period = str(values.get("period") or "")
    if register.submitted and unit and lock.locked(store, unit, period):
        above = store.connection.execute(
            "SELECT a.name FROM unit AS u JOIN unit AS a ON a.record = u.above WHERE u.record = ?",
            (unit,),
        ).fetchone()
        return (
            f"{periods.parse_period(period).short}已经上报，两方的值都保留着。"
            f"要选定，先请{above[0] if above else '上级单位'}退回这一周。"
        )
    return ""


def _values(store: Store, one: Conflict) -> dict[str, Any]:
    present = store.present(one.register, one.record)
    return dict(present.values) if present is not None else {}
