"""The whole history of a supervised item in words, without Qt: who did what, when, and why."""

from __future__ import annotations

from datetime import date, datetime
from itertools import groupby
from typing import Any

import msgspec

from desktop.ledger import history, lookup, values
from desktop.ledger.definitions import Field
from desktop.ledger.fold import REMOVED
from desktop.ledger.history import Step
from desktop.ledger.store import Store
from desktop.ledger.undo import TITLES
from desktop.ledger.wording import day_in_words

#: An act is called by the first of these fields that it wrote.
CALLED = (
    ("closed_on", "销号"),
    ("extended_to", "延期"),
    ("verification", "核查"),
    ("feedback", "反馈"),
)


class Event(msgspec.Struct, frozen=True):
    """One act: when and by whom, what it is called, what it wrote, a line for each field."""

    when: str
    who: str
    title: str
    lines: tuple[str, ...]


def story_of(store: Store, register: str, record: str) -> tuple[Event, ...]:
    """Everything that happened to a record, the latest first."""
    steps = history.of_record(store, register, record)
    years = {step.time[:4] for step in steps}
    acts = [list(of_one) for _, of_one in groupby(steps, key=lambda step: step.entry)]
    later = {step.field for act in acts[1:] for step in act}
    events = [
        _event(store, register, act, years, later if at == 0 else None)
        for at, act in enumerate(acts)
    ]
    return tuple(reversed(events))


def _event(
    store: Store, register: str, steps: list[Step], years: set[str], later: set[str] | None
) -> Event:
    """One act. Of the one that made the record (``later``: what was written after it) all is told
    in one line, but no long text that still stands as it was."""
    definition = store.scheme.register(register)
    order = {name: at for at, name in enumerate(definition.by_name)}
    steps.sort(key=lambda step: order.get(step.field, -1))
    first = steps[0]
    lines = []
    for step in steps:
        field = definition.by_name.get(step.field)
        if field is None or field.name == definition.of:
            continue
        stands = later is not None and field.type == "long_text" and field.name not in later
        if not stands and (line := _line(store, field, step)):
            lines.append(line)
    said = ("；".join(lines),) if later is not None and lines else tuple(lines)
    title = _title(steps, opening=later is not None)
    return Event(_when(first.time, years), first.operator, title, said)


def _title(steps: list[Step], *, opening: bool) -> str:
    first = steps[0]
    if opening:
        return f"交办（{first.note}）" if first.note else "交办"
    if any(step.field == REMOVED and step.new for step in steps):
        return "删除"
    if first.act in ("undo", "redo"):
        return f"{TITLES[first.act]}：{first.note}" if first.note else TITLES[first.act]
    if first.note:
        return first.note
    written = {step.field for step in steps if step.new is not None}
    return next((title for name, title in CALLED if name in written), TITLES.get(first.act, "修改"))


def _line(store: Store, field: Field, step: Step) -> str:
    new, old = _shown(store, field, step.new), _shown(store, field, step.old)
    if not old:
        return f"{field.title}：{new}" if new else ""
    if not new:
        return f"{field.title}：清空（原为 {old}）"
    if field.type == "long_text":
        return f"{field.title}：{new}"
    return f"{field.title}：{old} → {new}"


def _shown(store: Store, field: Field, value: Any) -> str:
    if value is None:
        return ""
    if field.of is not None:
        return lookup.label(store, field.of, value)
    if field.type == "date":
        return day_in_words(date.fromisoformat(value), 0)
    return values.shown(store.scheme, field, value)


def _when(time: str, years: set[str]) -> str:
    moment = datetime.fromisoformat(time)
    year = moment.year if len(years) == 1 else 0
    return f"{day_in_words(moment.date(), year)} {moment:%H:%M}"
