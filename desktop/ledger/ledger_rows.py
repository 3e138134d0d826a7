"""Which rows a ledger has: a register's records; of a week or month every project that counts."""

from __future__ import annotations

from typing import Any

import msgspec

from desktop.ledger.definitions import Register
from desktop.ledger.dispatch import latest_rows, week_of
from desktop.ledger.entry import json_text
from desktop.ledger.months import MONTHLY, has_months
from desktop.ledger.months_reading import projects_of
from desktop.ledger.periods import Period
from desktop.ledger.store import Store

#: What stands for the period's own figures of a project that was to fill them and has not.
UNREPORTED = "未报"
#: What a project of a month has reached still holds when it skips the next one.
_REACHED = frozenset({"completed_year", "completed_total", "completion_rate"})


class Entry(msgspec.Struct, frozen=True):
    """A row of the ledger: its record, the file it hangs under (itself for a file), and whether it
    was ``reported`` in the period or stands there with its latest figures; ``behind`` are then the
    records that these come from, and that it had in the period until that was taken away."""

    row: dict[str, Any]
    subject: dict[str, Any]
    reported: bool = True
    behind: tuple[str, ...] = ()

    def get(self, name: str) -> Any:
        """A value of the record, else of the file that it hangs under."""
        return self.row[name] if name in self.row else self.subject.get(name)


def of_projects(store: Store, register: Register, period: Period | None) -> bool:
    """Whether a ledger lists every project that counts in the period, whether it filled or not."""
    head = store.scheme.head
    if period is None or register.of != head.subject:
        return False
    by_month = register.name == MONTHLY and period.kind == "month" and has_months(store.scheme)
    return by_month or register.name == head.weekly


def entries_of(store: Store, register: Register, period: Period | None) -> tuple[list[Entry], str]:
    """The rows, and what has to be said below them."""
    holder = store.scheme.registers[register.of] if register.of else register
    subjects = {row["record"]: row for row in store.rows(holder.name)}
    rows = store.rows(register.name, str(period) if period else None, ours=True)
    if register.of is None:
        return [Entry(row, row) for row in rows], ""
    entries = [Entry(row, subjects.get(row[register.of], {})) for row in rows]
    if period is None or not of_projects(store, register, period):
        return entries, ""
    if register.name == MONTHLY:
        return _of_month(store, register, period, entries, subjects)
    return _dispatched(store, register, period, entries, subjects)


def _of_month(
    store: Store,
    monthly: Register,
    month: Period,
    entries: list[Entry],
    subjects: dict[str, dict[str, Any]],
) -> tuple[list[Entry], str]:
    """One entry for every project that counts in the month, those that are to fill it and have not
    with what they reached by their latest month of the year."""
    own = {entry.row[str(monthly.of)]: entry for entry in entries}
    members = projects_of(store, month)
    wanted = [str(one.earlier["record"]) for one in members if one.earlier]
    earlier = _read(store, monthly, wanted)
    lasting = {field.name for field in monthly.field if field.carry} | _REACHED
    taken_away = _taken_away(store, monthly, month)
    found, silent = [], 0
    for one in members:
        entry, missing = own.pop(one.project, None), one.due and not one.filled
        silent += missing
        if entry is not None and one.filled:
            found.append(entry)
            continue
        record = str(one.earlier["record"]) if one.earlier else ""
        before = earlier.get(record, {})
        row = {name: value for name, value in before.items() if name in lasting}
        row["planned_month"] = one.planned
        if entry is not None:
            row |= {name: value for name, value in entry.row.items() if value is not None}
        behind = tuple(part for part in (record, taken_away.get(one.project)) if part)
        found.append(Entry(row, subjects[one.project], reported=not missing, behind=behind))
    note = f"{silent}个项目本月未填报，累计数为本年最近一期所填" if silent else ""
    return [*found, *own.values()], note


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
    earlier = _read(store, weekly, wanted)
    lasting = {
        field.name
        for field in weekly.field
        if field.carry or field.formula or "last." in (field.offer or "")
    }
    taken_away = _taken_away(store, weekly, period)
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


def _read(store: Store, register: Register, records: list[str]) -> dict[str, dict[str, Any]]:
    """The rows of these records."""
    rows = store.select(
        f'SELECT * FROM "v_{register.name}" WHERE record IN (SELECT value FROM json_each(?))',
        (json_text(records),),
    )
    return {row["record"]: row for row in rows}


def _taken_away(store: Store, register: Register, period: Period) -> dict[str, str]:
    """By project its record of the period that was taken away."""
    return dict(
        store.connection.execute(
            f'SELECT "{register.of}", record FROM "{register.name}"'
            " WHERE period = ? AND removed = 1",
            (str(period),),
        )
    )
