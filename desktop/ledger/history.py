"""The history of a cell and of a record: who wrote what, when, why and from where."""

from __future__ import annotations

from typing import Any

import msgspec

from desktop.ledger.fold import REMOVED, Node, State, before
from desktop.ledger.store import NoSuchRecord, Store


class Step(msgspec.Struct, frozen=True):
    """One change of one field: from ``old`` to ``new``, as stored."""

    position: int
    entry: str
    time: str
    operator: str
    author: str
    act: str
    note: str
    field: str
    old: Any
    new: Any
    origin: str = ""
    package: str = ""


def of_record(store: Store, register: str, record: str, field: str | None = None) -> list[Step]:
    """The steps of a record, or of one cell of it, oldest first.

    ``old`` is what the writer saw, so that in a fork each side stands against its own past. A
    removal is a step of the field ``removed``. Raises :class:`NoSuchRegister`,
    :class:`NoSuchField` and :class:`NoSuchRecord`.
    """
    definition = store.scheme.register(register)
    if field is not None and field != REMOVED:
        definition.get(field)
    lines = [line for line in store.journal.of_record(record) if line.entry.register == register]
    if not lines:
        raise NoSuchRecord(definition.title, record)
    nodes = [Node(line.identity, line.entry.parents, line.entry.fields) for line in lines]
    steps: list[Step] = []
    for line in lines:
        entry = line.entry
        names = [name for name in entry.fields if field is None or name == field]
        if not names:
            continue
        seen = before(nodes, entry.parents)
        for name in names:
            new = entry.fields[name]
            if isinstance(new, dict):  # Set apart again: what it then showed.
                new = _read(before(nodes, (line.identity,)), name)
            steps.append(
                Step(
                    line.position,
                    line.identity,
                    entry.time,
                    entry.operator,
                    entry.author,
                    entry.act,
                    entry.note,
                    name,
                    _read(seen, name),
                    new,
                    entry.origin.get(name, ""),
                    line.package,
                )
            )
    return steps


def _read(state: State, name: str) -> Any:
    return state.removed if name == REMOVED else state.values.get(name)
