"""Which rows a ledger has: a register's records, and every dispatched project of a week."""

from __future__ import annotations

from typing import Any

from desktop.ledger.definitions import Register
from desktop.ledger.dispatch import latest_rows, week_of
from desktop.ledger.entry import json_text
from desktop.ledger.periods import Period
from desktop.ledger.store import Store
from desktop.reports.ledger_columns import Entry


def entries_of(store: Store, register: Register, period: Period | None) -> tuple[list[Entry], str]:
    """The rows, and what has to be said below them."""
    holder = store.scheme.registers[register.of] if register.of else register
    subjects = {row["record"]: row for row in store.rows(holder.name)}
    rows = store.rows(register.name, str(period) if period else None, ours=True)
    if register.of is None:
        return [Entry(row, row) for row in rows], ""
    entries = [Entry(row, subjects.get(row[register.of], {})) for row in rows]
    if register.name != store.scheme.head.weekly or period is None:
        return entries, ""
    return _dispatched(store, register, period, entries, subjects)


def _dispatched(
    store: Store,
    weekly: Register,
    period: Period,
    entries: list[Entry],
    subjects: dict[str, dict[str, Any]],
) -> tuple[list[Entry], str]:
    """One entry for every dispatched project, those that did not report with latest figures."""
    reported = {entry.row[str(weekly.of)]: entry for entry in entries}
    latest = latest_rows(store, week_of(period))
    wanted = [record for project, record in latest.items() if project not in reported and record]
    earlier = {
        row["record"]: row
        for row in store.select(
            f'SELECT * FROM "v_{weekly.name}" WHERE record IN (SELECT value FROM json_each(?))',
            (json_text(wanted),),
        )
    }
    lasting = {
        field.name
        for field in weekly.field
        if field.carry or field.formula or "last." in (field.offer or "")
    }
    taken_away = dict(
        store.connection.execute(
            f'SELECT "{weekly.of}", record FROM "{weekly.name}" WHERE period = ? AND removed = 1',
            (str(period),),
        )
    )
    found, silent = [], 0
    for project, record in latest.items():
        if project in reported:
            found.append(reported.pop(project))
            continue
        silent += 1
        row = {
            name: value for name, value in earlier.get(record or "", {}).items() if name in lasting
        }
        behind = tuple(one for one in (record, taken_away.get(project)) if one)
        found.append(Entry(row, subjects[project], reported=False, behind=behind))
    notes = []
    if silent:
        notes.append(f"{silent}个项目本周未填报，累计数为本年最近一期所填")
    if reported:
        notes.append(f"另有{len(reported)}个不在本年调度范围的项目填报了本周，未列入")
    return found, "；".join(notes)
