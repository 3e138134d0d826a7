"""The weekly cycle 填报、上报、接收、退回: records of system registers like all others.

A unit submits its week; the unit above accepts or returns it. What was submitted is the heads of
the week's records at that moment, so that a later change shows as 上报后改动 until it is submitted
as a correction 更正 with a reason (REGIME "How the cycle runs").
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Literal

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import audience, checks, lock, periods, records
from desktop.ledger.belonging import ours
from desktop.ledger.entry import json_text, ledger_identity
from desktop.ledger.lock import ACCEPTED, RECEPTION, RETURNED, SUBMISSION
from desktop.ledger.store import Store
from desktop.ledger.withdrawal import may_withdraw, withdraw

__all__ = [
    "Blocked", "NothingSubmitted", "ReasonNeeded", "State", "Status", "Submission", "accept",
    "contents", "may_withdraw", "reporting_units", "return_week", "status", "submission",
    "submissions", "submit", "withdraw",
]  # fmt: skip

State = Literal["未上报", "已上报", "已接收", "已退回"]


class Blocked(OneLedgerError):
    """The week has findings that must be corrected or explained before it is submitted."""

    def __init__(self, must: int, explain: int) -> None:
        parts = []
        if must:
            parts.append(f"{must} 处错误要改正")
        if explain:
            parts.append(f"{explain} 处待说明")
        super().__init__(f"审核未通过：还有{'、'.join(parts)}，不能上报。", "请逐条处理后再上报。")


class NothingSubmitted(OneLedgerError):
    """A week cannot be accepted or returned that was never submitted."""

    def __init__(self, unit: str, period: str) -> None:
        super().__init__(f"{unit}没有上报 {period}，不能接收或退回。")


class ReasonNeeded(OneLedgerError):
    """A return or a correction needs a reason."""

    def __init__(self, act: str) -> None:
        super().__init__(f"{act}要写明原因。")


class Submission(msgspec.Struct, frozen=True):
    """Where one unit stands with one week; ``changed`` records differ from what was submitted."""

    unit: str
    name: str
    period: str
    state: State
    submitted_on: str | None = None
    reason: str | None = None
    changed: tuple[str, ...] = ()


class Status(msgspec.Struct, frozen=True):
    """Where a book stands: the latest week begun in it, its projects, who has sent what."""

    unit: str
    level: str
    period: str | None
    label: str | None
    projects: int
    submissions: tuple[Submission, ...]
    late: tuple[str, ...]
    conflicts: int
    open_items: int


def reporting_units(store: Store) -> list[tuple[str, str]]:
    """The units whose weeks this book looks after, (record, name): those below, or itself."""
    under = audience.below(store, store.unit)
    levels = {level.name for level in store.scheme.head.level if level.reports}
    rows = store.connection.execute(
        "SELECT record, coalesce(short, name), level FROM unit WHERE removed = 0"
        ' ORDER BY "order", name'
    )
    return [(record, name) for record, name, level in rows if record in under and level in levels]


def submissions(store: Store, period: str) -> list[Submission]:
    """For every reporting unit where it stands with the week ``period``."""
    return [submission(store, unit, period) for unit, _ in reporting_units(store)]


def submission(store: Store, unit: str, period: str) -> Submission:
    """Where ``unit`` (a record) stands with the week ``period``."""
    name = _name(store, unit)
    sent = store.present(SUBMISSION, ledger_identity(SUBMISSION, unit, period))
    if sent is None or sent.removed:
        return Submission(unit, name, period, "未上报")
    answer = store.present(RECEPTION, ledger_identity(RECEPTION, unit, period))
    state: State = "已上报"
    reason = None
    if answer and not answer.removed and lock.answers(store, answer, sent):
        state = RETURNED if answer.values["state"] == RETURNED else ACCEPTED  # type: ignore[assignment]
        reason = answer.values["reason"]
    changed: tuple[str, ...] = ()
    if state != RETURNED:
        then = msgspec.json.decode(sent.values["contents"] or "{}", type=dict[str, str])
        now = contents(store, unit, period)
        differing = {record for record in now if now[record] != then.get(record)}
        changed = tuple(sorted(differing - _came(store, unit, differing - then.keys())))
    return Submission(unit, name, period, state, sent.values["submitted_on"], reason, changed)


def contents(store: Store, unit: str, period: str) -> dict[str, str]:
    """The heads of every record that a submission of the week covers."""
    found: dict[str, str] = {}
    for register in store.scheme.registers.values():
        if not register.submitted or register.of is None:
            continue
        above = store.scheme.registers[register.of]
        owner = f's."{above.owner}" = ?' if above.owner else "s.record = ?"
        rows = store.connection.execute(
            f'SELECT r.record, r.heads FROM "{register.name}" AS r'
            f' JOIN "{above.name}" AS s ON s.record = r."{register.of}"'
            f" WHERE r.period = ? AND r.removed = 0 AND {owner}",
            (period, unit),
        )
        found.update(rows)
    return found


def _came(store: Store, unit: str, found: Collection[str]) -> set[str]:
    """Those of ``found`` that came along with a subject which was another unit's before.

    That unit submitted them, as far as ``unit`` has not written in them itself.
    """
    came: set[str] = set()
    for register in store.scheme.registers.values() if found else ():
        above = store.scheme.registers.get(register.of or "")
        if not register.submitted or above is None or above.owner is None:
            continue
        rows = store.connection.execute(
            f'SELECT r.record FROM "{register.name}" AS r'
            " WHERE r.record IN (SELECT value FROM json_each(:found)) AND EXISTS"
            f' (SELECT 1 FROM journal AS j WHERE j.record = r."{above.name}"'
            " AND j.register = :above AND json_extract(j.fields, :owner) <> :unit)"
            " AND NOT EXISTS (SELECT 1 FROM journal AS j"
            " LEFT JOIN certificate AS c ON c.replica = j.author WHERE j.record = r.record"
            " AND (c.unit = :unit OR (j.package = '' AND :unit = :own)))",
            {
                "found": json_text(sorted(found)),
                "above": above.name,
                "owner": f"$.{above.owner}",
                "unit": unit,
                "own": store.unit,
            },
        )
        came.update(record for (record,) in rows)
    return came


def submit(
    store: Store,
    period: str,
    on: date,
    *,
    unit: str | None = None,
    filler: str | None = None,
    reviewer: str | None = None,
    correction: str | None = None,
) -> str:
    """Submit the week of ``unit`` (the book's own); returns the submission's record.

    A week that stands submitted needs ``correction``, the reason. Raises :class:`Blocked`,
    :class:`ReasonNeeded`.
    """
    period = str(periods.parse_period(period))
    unit = unit or store.unit
    findings = checks.check_period(store, period, unit)
    must = sum(finding.level == "must" for finding in findings)
    unexplained = sum(f.level == "explain" and not f.explained for f in findings)
    if must or unexplained:
        raise Blocked(must, unexplained)
    if lock.locked(store, unit, period) and not correction:
        raise ReasonNeeded("更正已经上报的一周")
    covered = contents(store, unit, period)
    weekly = store.tables[store.scheme.head.weekly]
    earlier = store.present(SUBMISSION, ledger_identity(SUBMISSION, unit, period))
    number = (earlier.values["number"] or 0) + 1 if earlier and not earlier.removed else 1
    values: dict[str, Any] = {
        "unit": unit,
        "period": period,
        "number": number,
        "submitted_on": on,
        "projects": sum(weekly.read(record) is not None for record in covered),
        "contents": json_text(covered),
        "filler": filler,
        "reviewer": reviewer,
        "correction": correction,
    }
    with records.batch(store, "submit", f"上报 {period}") as batch:
        return batch.create(SUBMISSION, values)


def accept(store: Store, unit: str, period: str, on: date) -> str:
    """Accept a unit's submitted week; raises :class:`NothingSubmitted`."""
    return _answer(store, unit, period, on, ACCEPTED, None)


def return_week(store: Store, unit: str, period: str, on: date, reason: str) -> str:
    """Return a submitted week with a reason, which opens it; raises :class:`ReasonNeeded`."""
    if not reason.strip():
        raise ReasonNeeded("退回")
    return _answer(store, unit, period, on, RETURNED, reason)


def status(store: Store, period: str | None = None) -> Status:
    """Where the book stands; ``period`` narrows it to one week, else every week begun in it."""
    weekly, subject = store.scheme.head.weekly, store.scheme.head.subject
    latest = (
        store.latest_week() if period is None else str(periods.parse_period(period, store.year))
    )
    weeks = [latest] if period is not None else _weeks(store, weekly)
    sent = tuple(one for week in weeks for one in submissions(store, week or ""))
    (projects,) = store.connection.execute(
        f'SELECT count(*) FROM "{subject}" AS this WHERE removed = 0'
        f" AND {ours(store.scheme, store.scheme.registers[subject])}"
    ).fetchone()
    (conflicts,) = store.connection.execute("SELECT count(*) FROM conflict").fetchone()
    name = _name(store, store.unit)
    label = None
    if latest:
        label = periods.label(periods.parse_period(latest), store.scheme.week_last_day)
    late = tuple(one.name for one in sent if one.period == latest and one.state == "未上报")
    return Status(name, store.level, latest, label, projects, sent, late, conflicts, _open(store))


def _weeks(store: Store, weekly: str) -> list[str]:
    rows = store.connection.execute(
        f'SELECT DISTINCT period FROM "{weekly}" WHERE removed = 0 ORDER BY period'
    )
    return [period for (period,) in rows]


def _open(store: Store) -> int:
    """How many items of lists are not closed: problems, supervised items, decisions …"""
    total = 0
    for register in store.scheme.registers.values():
        state = register.by_name.get("state")
        if register.shape != "list" or state is None:
            continue
        codes = store.scheme.code_list(state)
        closed = sorted(codes.closed) if codes else []
        marks = ", ".join("?" * len(closed))
        (count,) = store.connection.execute(
            f'SELECT count(*) FROM "{register.name}" AS this WHERE removed = 0'
            f" AND (state IS NULL OR state NOT IN ({marks})) AND {ours(store.scheme, register)}",
            closed,
        ).fetchone()
        total += count
    return total


def _answer(store: Store, unit: str, period: str, on: date, state: str, reason: str | None) -> str:
    period = str(periods.parse_period(period))
    sent = store.present(SUBMISSION, ledger_identity(SUBMISSION, unit, period))
    if sent is None or sent.removed:
        raise NothingSubmitted(_name(store, unit), period)
    values = {
        "unit": unit,
        "period": period,
        "state": state,
        "received_on": on,
        "submission": " ".join(sent.heads),
        "reason": reason,
    }
    with records.batch(store, "return" if state == RETURNED else "accept") as batch:
        return batch.create(RECEPTION, values)


def _name(store: Store, unit: str) -> str:
    row = store.connection.execute("SELECT name FROM unit WHERE record = ?", (unit,)).fetchone()
    return row[0] if row else unit
