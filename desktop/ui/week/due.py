"""What is due: milestones, problems, supervised items, decisions, as they stand in a week.

"Today" is the week's last day, never the wall clock's. An item counts as open unless it was closed
by then, as in the weekly report.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from desktop.ledger import periods
from desktop.ledger.belonging import ours
from desktop.ledger.definitions import Register
from desktop.ledger.entry import json_text
from desktop.ledger.store import Store
from desktop.reports.weekly_words import words_of

#: How many days before its time limit a milestone is spoken of.
SOON = 7


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """An open item with a time limit.

    ``days`` are left until the limit (negative: overdue by so many); None where it has none.
    ``subject`` is the project (its record, "" for none), ``unit`` whose item it is (a name).
    ``done`` says that the work is reported done and only the closing (销号) is missing.
    """

    register: str
    record: str
    text: str
    number: str = ""
    subject: str = ""
    subject_name: str = ""
    unit: str = ""
    due: date | None = None
    days: int | None = None
    done: bool = False

    @property
    def overdue(self) -> bool:
        """Whether the time limit has passed and the work is not done."""
        return self.days is not None and self.days < 0 and not self.done


def days_in_words(item: Due) -> str:
    """逾期 1 天, 今天到期 (the week's last day), 还有 5 天, 已办结，待销号."""
    if item.done:
        return "已办结，待销号"
    if item.days is None:
        return "没有时限"
    if item.days < 0:
        return f"逾期 {-item.days} 天"
    return f"还有 {item.days} 天" if item.days else "本周截止日到期"


def milestones(store: Store, period: str) -> list[Due]:
    """Milestones that are overdue or due within seven days, the longest overdue first."""
    register = store.scheme.registers.get("milestone")
    if register is None or not _has(register, "due", "state", "actual_finish"):
        return []
    until = last_day(store, period) + timedelta(days=SOON)
    return _of_projects(
        store,
        register,
        period,
        "this.due <= :until"
        " AND (this.actual_finish IS NULL OR this.actual_finish > :today)"
        f" AND (NOT {_closed(register)} OR this.actual_finish > :today)",
        until=until.isoformat(),
    )


def problems(store: Store, period: str) -> list[Due]:
    """Problems past their time limit and not closed, the longest overdue first."""
    register = store.scheme.registers.get("problem")
    if register is None or not _has(register, "due", "state", "closed_on", "found_on"):
        return []
    return _of_projects(
        store,
        register,
        period,
        "this.due < :today AND coalesce(this.found_on, :today) <= :today"
        f" AND (NOT {_closed(register)} OR this.closed_on > :today)",
    )


def supervised(store: Store, period: str, unit: str = "") -> list[Due]:
    """Open supervised items, of one unit (its record) or of all; the most urgent first.

    In the latest week those that came after its last day too: they are what is to be done now.
    """
    register = store.scheme.registers.get("supervision")
    if register is None or not _has(register, "due", "state", "closed_on", "issued_on"):
        return []
    return _of_units(
        store, register, period, "coalesce(this.extended_to, this.due)", "this.issued_on", unit
    )


def decisions(store: Store, period: str, unit: str = "") -> list[Due]:
    """Open decisions of meetings, for one unit (its record) or for all; the most urgent first."""
    register = store.scheme.registers.get("decision")
    if register is None or not _has(register, "due", "state", "closed_on", "unit"):
        return []
    return _of_units(store, register, period, "this.due", "held.held_on", unit)


def most_urgent_first(items: Iterable[Due]) -> list[Due]:
    """By time limit, those that are done or have none last."""
    return sorted(
        items, key=lambda one: (one.done, one.days is None, one.days or 0, one.text, one.record)
    )


def last_day(store: Store, period: str) -> date:
    """The day that counts as today in the week ``period``."""
    return periods.week_range(periods.parse_period(period), store.scheme.week_last_day)[1]


def _has(register: Register, *names: str) -> bool:
    return register.label is not None and all(name in register.by_name for name in names)


def _closed(register: Register) -> str:
    """The SQL that says whether an item's state means closed (:closed is a JSON array)."""
    return "(this.state IS NOT NULL AND this.state IN (SELECT value FROM json_each(:closed)))"


def _of_projects(
    store: Store, register: Register, period: str, condition: str, **values: str
) -> list[Due]:
    """Items of a list under the projects, for which ``condition`` holds."""
    subject = store.scheme.registers[store.scheme.head.subject]
    codes = store.scheme.code_list(register.by_name["state"])
    today = last_day(store, period)
    rows = store.connection.execute(
        f'SELECT this.record, this."{register.label}", this.due, p.record, p."{subject.label}"'
        f' FROM "{register.name}" AS this'
        f' JOIN "{subject.name}" AS p ON p.record = this."{subject.name}" AND p.removed = 0'
        f" WHERE this.removed = 0 AND {ours(store.scheme, register)} AND {condition}"
        " ORDER BY this.due, 5, 2, this.record",
        {"today": today.isoformat(), "closed": _json(codes.closed if codes else ()), **values},
    )
    return [
        Due(
            register=register.name,
            record=record,
            text=_line(text),
            subject=project,
            subject_name=name or "",
            due=(limit := date.fromisoformat(due)),
            days=(limit - today).days,
        )
        for record, text, due, project, name in rows
    ]


def _of_units(
    store: Store, register: Register, period: str, limit: str, since: str, unit: str
) -> list[Due]:
    """Items that a unit has to see to: open in the week, known by its last day."""
    codes = store.scheme.code_list(register.by_name["state"])
    done = words_of(store.scheme).settings.done
    today = last_day(store, period)
    latest = store.latest_week()
    horizon = today.isoformat() if latest is not None and period < latest else "9999"
    meeting = 'LEFT JOIN "meeting" AS held ON held.record = this.meeting'
    owner = "unit" if "unit" in register.by_name else str(register.of)
    number = "this.number" if "number" in register.by_name else "NULL"
    project = "this.subject_project" if "subject_project" in register.by_name else "NULL"
    rows = store.connection.execute(
        f'SELECT this.record, this."{register.label}", {number}, {limit}, this.state, {project},'
        f' coalesce(u.short, u.name) FROM "{register.name}" AS this'
        f" {meeting if register.of == 'meeting' else ''}"
        f' LEFT JOIN unit AS u ON u.record = this."{owner}"'
        f" WHERE this.removed = 0 AND (:unit = '' OR this.\"{owner}\" = :unit)"
        f" AND coalesce({since}, :today) <= :horizon"
        f" AND (this.closed_on > :today OR (this.closed_on IS NULL AND NOT {_closed(register)}))",
        {
            "unit": unit,
            "today": today.isoformat(),
            "horizon": horizon,
            "closed": _json(codes.closed if codes else ()),
        },
    )
    found = []
    for record, text, named, due, state, subject, whose in rows:
        ends = date.fromisoformat(due) if due else None
        found.append(
            Due(
                register=register.name,
                record=record,
                text=_line(text),
                number=named or "",
                subject=subject or "",
                unit=whose or "",
                due=ends,
                days=(ends - today).days if ends else None,
                done=state in done,
            )
        )
    return most_urgent_first(found)


def _json(names: Iterable[str]) -> str:
    return json_text(sorted(names))


def _line(text: str | None) -> str:
    """Free text as one line."""
    return " ".join((text or "").split())
