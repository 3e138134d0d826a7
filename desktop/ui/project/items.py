"""The lists that hang under a project: what is open, how long already, what is late. No Qt.

"Today" is the last day of the week being shown, never the wall clock's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from desktop.ledger import lookup, values
from desktop.ledger.definitions import Field, Register, Scheme
from desktop.ledger.store import Store
from desktop.ledger.wording import day_in_words
from desktop.reports.charts.timeline import Milestone
from desktop.ui.forms.reading import why_closed
from desktop.ui.grid.cells import Cell, Column
from desktop.ui.lists.closing import CLOSED_ON, Closing, closing_of, why_not
from desktop.ui.project.listing import subject_of
from desktop.ui.project.reading import Table, width_of

#: From when an item is open, by the dictionary of field names.
SINCE = ("found_on", "issued_on", "since")
#: More columns than these do not fit beside one another.
MOST = 8
LEDGERS = "ledgers.toml"


class ItemList(msgspec.Struct, frozen=True):
    """One register's items of a project.

    ``under`` is the field that names the project; ``open`` and ``late`` are how many; ``closes``
    says that items are closed one by one, ``addable`` and ``closing`` what this book may do;
    ``milestones`` are there where it is a timetable.
    """

    register: str
    title: str
    noun: str
    under: str
    table: Table
    closed: tuple[bool, ...]
    open: int
    late: int
    closes: bool
    addable: bool
    closing: Closing | None
    milestones: tuple[Milestone, ...]


def lists_of(scheme: Scheme) -> list[tuple[Register, str]]:
    """The list registers that hang under projects, then those that name one, with the field."""
    subject = subject_of(scheme).name
    lists = [one for one in scheme.registers.values() if one.shape == "list" and not one.internal]
    own = [(one, subject) for one in lists if one.of == subject]
    naming = [
        (one, field.name)
        for one in lists
        for field in one.shown
        if one.of != subject and field.type == "link" and field.of == subject
    ]
    own.sort(key=lambda pair: not _is_timetable(pair[0]))
    return own + naming


def item_lists(store: Store, record: str, today: date) -> list[ItemList]:
    """Every list of the project, timetables first; lists that are empty and not ours left out."""
    found = [
        _items(store, register, under, record, today) for register, under in lists_of(store.scheme)
    ]
    return [one for one in found if one.table.rows or one.addable]


def _items(store: Store, register: Register, under: str, record: str, today: date) -> ItemList:
    rows = _in_order(
        store.select(f'SELECT * FROM "v_{register.name}" WHERE "{under}" = ?', (record,))
    )
    fields = _columns(store, register, rows)
    closed = tuple(_is_closed(store.scheme, register, row, today) for row in rows)
    lates = [
        not done and (due := _day(row, "extended_to", "due")) is not None and due < today
        for row, done in zip(rows, closed, strict=True)
    ]
    lines = tuple(
        tuple(_cell(store, field, row, today, done, late) for field in fields)
        for row, done, late in zip(rows, closed, lates, strict=True)
    )
    columns = tuple(
        Column(field.name, field.title, width=width_of(field), kind=field.type) for field in fields
    )
    ours = [field for field in register.shown if not why_closed(store, register, field, made=False)]
    closing = closing_of(store.scheme, register)
    refused = why_not(store.scheme, register, store.level)
    return ItemList(
        register=register.name,
        title=register.title,
        noun=register.title.removesuffix("清单"),
        under=under,
        table=Table(columns, lines, tuple(str(row["record"]) for row in rows)),
        closed=closed,
        open=sum(not done for done in closed),
        late=sum(lates),
        closes=closing is not None,
        addable=register.of == under and any(field.required for field in ours),
        closing=closing if not refused else None,
        milestones=tuple(_milestones(register, rows)) if _is_timetable(register) else (),
    )


def _columns(store: Store, register: Register, rows: Sequence[Mapping[str, Any]]) -> list[Field]:
    """The columns that the scheme prints, those left empty by all rows taken out, not too many."""
    printed = store.scheme.toml(LEDGERS).get(register.name, {}).get("columns", ())
    chosen = [name for name in printed if "." not in name and name in register.by_name]
    fields = [register.by_name[name] for name in chosen] or list(register.shown)
    kept = {register.label, "due", "state"}
    used = [
        field
        for field in fields
        if field.type not in ("photo", "attachment")
        and (
            field.name in kept or field.required or any(row[field.name] is not None for row in rows)
        )
    ]
    while len(used) > MOST:
        spare = next(
            (field for field in reversed(used) if not (field.required or field.name in kept)), None
        )
        if spare is None:
            break
        used.remove(spare)
    return used


def _cell(
    store: Store, field: Field, row: Mapping[str, Any], today: date, closed: bool, late: bool
) -> Cell:
    value = row[field.name]
    tone = "faint" if closed else "plain"
    if field.type == "link" and value:
        text = lookup.label(store, str(field.of), value)
    elif field.type == "date" and value:
        text = day_in_words(date.fromisoformat(value), today.year)
    elif field.type == "choice" and value:
        codes = store.scheme.code_list(field)
        text = codes.title_of(value) if codes else str(value)
    else:
        text = values.shown(store.scheme, field, value)
    if field.name == "due" and late:
        tone = "must"
    if field.name == "state" and not closed:
        since = _day(row, *SINCE)
        if since is not None and since <= today:
            text = f"{text or '未填'}　{(today - since).days} 天"
    right = field.type in ("money", "number", "percent", "integer")
    return Cell(text, tone, right=right)


def _is_closed(scheme: Scheme, register: Register, row: Mapping[str, Any], today: date) -> bool:
    """Closed by the day: its state says so, and no date says that it was later."""
    state = register.by_name.get("state")
    codes = scheme.code_list(state) if state else None
    on = _day(row, *CLOSED_ON)
    if on is not None and on > today:
        return False
    return codes is not None and row["state"] in codes.closed


def _milestones(register: Register, rows: Sequence[Mapping[str, Any]]) -> list[Milestone]:
    found = []
    for row in rows:
        due = _day(row, "due")
        if due is not None:
            found.append(
                Milestone(
                    name=str(row.get(register.label or "") or ""),
                    due=due,
                    start=_day(row, "planned_start"),
                    begun=_day(row, "actual_start"),
                    finished=_day(row, "actual_finish"),
                    key=str(row["record"]),
                )
            )
    return found


def _is_timetable(register: Register) -> bool:
    return {"due", "planned_start", "actual_finish"} <= set(register.by_name)


def _in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """By the order that is given, then by time limit, then as they came."""
    return sorted(
        rows,
        key=lambda row: (
            row.get("order") is None,
            row.get("order") or 0,
            row.get("due") or row.get("since") or "9999",
            row["record"],
        ),
    )


def _day(row: Mapping[str, Any], *names: str) -> date | None:
    """The first of the fields that holds a date."""
    for name in names:
        if row.get(name):
            return date.fromisoformat(row[name])
    return None
