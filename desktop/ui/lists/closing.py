"""Closing items out (销号) and opening them again, without Qt; each one act, undone as one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from desktop.ledger import history
from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.entry import json_text
from desktop.ledger.workspace import Book

#: When an item was closed, by the dictionary of field names.
CLOSED_ON = ("closed_on", "resumed_on", "actual_finish")
#: Those that say when something happened on the spot, and not when somebody closed the item.
HAPPENED = frozenset({"resumed_on", "actual_finish"})


class Closing(msgspec.Struct, frozen=True):
    """How an item of a register is closed: the state to set and the field of the date.

    ``title`` is the state as people read it, ``fresh`` the state of an item that is open again.
    """

    value: str
    title: str
    on: str
    fresh: str


def closing_of(scheme: Scheme, register: Register) -> Closing | None:
    """How the register's items are closed; None where they are not."""
    state = register.by_name.get("state")
    codes = scheme.code_list(state) if state else None
    on = next((name for name in CLOSED_ON if name in register.by_name), "")
    usable = [item for item in codes.items if not item.retired] if codes else []
    closed = [item for item in usable if item.closed]
    if not closed or not on:
        return None
    fresh = next((item.name for item in usable if not item.closed), "")
    return Closing(closed[0].name, closed[0].title or closed[0].name, on, fresh)


def why_not(scheme: Scheme, register: Register, level: str) -> str:
    """Why a book of ``level`` does not close the register's items, "" when it does."""
    closing = closing_of(scheme, register)
    if closing is None:
        return f"“{register.title}”没有销号的状态和日期。"
    for name in ("state", closing.on):
        field = register.by_name[name]
        levels = field.filled_by or register.filled_by
        if levels and level and level not in levels:
            titles = "、".join(one.title for one in scheme.head.level if one.name in levels)
            return f"“{register.title}”由{titles}销号，本级请填写办理情况。"
    return ""


def close(book: Book, register: str, records: Iterable[str], on: date) -> int:
    """Close items on the day ``on``; how many were open. A date that stands is kept.

    Raises what the ledger's verbs raise; then none is closed.
    """
    definition = book.scheme.register(register)
    closing = closing_of(book.scheme, definition)
    assert closing is not None
    codes = book.scheme.code_list(definition.by_name["state"])
    wanted: list[tuple[str, dict[str, Any]]] = []
    for record, values in _present(book, register, records):
        if codes is None or values["state"] not in codes.closed:
            fields: dict[str, Any] = {"state": closing.value}
            if values[closing.on] is None:
                fields[closing.on] = on
            wanted.append((record, fields))
    _change(book, register, wanted, closing.title.removeprefix("已"))
    return len(wanted)


def reopen(book: Book, register: str, records: Iterable[str]) -> int:
    """Open closed items again, in the state that they had before; how many were closed."""
    definition = book.scheme.register(register)
    closing = closing_of(book.scheme, definition)
    assert closing is not None
    codes = book.scheme.code_list(definition.by_name["state"])
    closed = codes.closed if codes else frozenset()
    wanted: list[tuple[str, dict[str, Any]]] = []
    for record, values in _present(book, register, records):
        if values["state"] in closed:
            steps = history.of_record(book, register, record, "state")
            before = next((step.old for step in reversed(steps) if step.old not in closed), None)
            wanted.append((record, {"state": before or closing.fresh, closing.on: None}))
    _change(book, register, wanted, "恢复为未办结")
    return len(wanted)


def _change(book: Book, register: str, wanted: list[tuple[str, dict[str, Any]]], note: str) -> None:
    """Write the fields of several records as one act."""
    if wanted:
        with book.batch(
            "change", note if len(wanted) == 1 else f"{note} {len(wanted)} 条"
        ) as batch:
            for record, fields in wanted:
                batch.change(register, record, fields)


def _present(book: Book, register: str, records: Iterable[str]) -> list[tuple[str, dict[str, Any]]]:
    rows = book.select(
        f'SELECT * FROM "{register}" WHERE removed = 0'
        " AND record IN (SELECT value FROM json_each(?))",
        (json_text(sorted(set(records))),),
    )
    return [(row["record"], row) for row in rows]
