"""Checks 审核: what the scheme says must hold, run over a week or over one record while typing.

A check is an SQL condition over field names (``checks.toml``) with a level and a Chinese sentence:
``must`` blocks submission, ``explain`` asks for a written explanation. One statement per check and
period, behind SQLite's authorizer; all checks of a register read one temporary table that holds
its rows of the period beside last week's and the subject's columns, joined once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

import msgspec

from desktop.ledger import periods
from desktop.ledger.conditions import MISSING, Checks, Level, Prepared, load, rows
from desktop.ledger.definitions import Register
from desktop.ledger.entry import ledger_identity
from desktop.ledger.expressions import guarded
from desktop.ledger.store import Store

__all__ = ["Finding", "blocking", "check_period", "check_record", "load", "unexplained"]

EXPLANATION = "explanation"
#: How many steps of SQLite's machine a register's checks may take, and how many more for each of
#: its rows: some hundred times what the shipped ones need.
_STEPS, _STEPS_PER_ROW = 100_000_000, 100_000


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What a check says about one cell of one record.

    ``id`` is short enough to type. ``subject`` is the project's record, ``cell`` a field's name.
    ``explanation`` is the text that was given, ``explained`` whether it was given for these very
    figures.
    """

    id: str
    check: str
    title: str
    level: Level
    register: str
    record: str
    subject: str
    subject_name: str
    period: str
    cell: str
    sentence: str
    explained: bool = False
    explanation: str | None = None

    @property
    def state(self) -> str:
        """须改正, 请说明, 已说明, or that the figures changed after the explanation."""
        if self.level == "must":
            return "须改正"
        if self.explained:
            return "已说明"
        return "请说明" if self.explanation is None else "已变化，请重新说明"


def check_period(store: Store, period: str, unit: str | None = None) -> list[Finding]:
    """Every finding of a period: its ledgers, the projects that report in it, their lists.

    ``unit`` (a record) narrows to the projects of one unit. In the order of the projects' names,
    then of registers and checks. Raises :class:`~desktop.ledger.periods.NoSuchPeriod` and, for a
    check that misbehaves, :class:`~desktop.ledger.expressions.BadExpression`.
    """
    asked = periods.parse_period(period)
    weekly = store.scheme.registers[store.scheme.head.weekly]
    values = _values(store, asked, unit=unit, weekly=asked.kind in weekly.period)
    with store.atomic():
        checks = load(store)
        with rows(store.connection, weekly.name, checks.period[weekly.name], values) as many:
            findings = _judge(store, checks, weekly.name, values, many)
            with guarded(store.connection, "expected"):
                reporting = store.connection.execute(checks.reporting, values).fetchall()
        values["reporting"] = msgspec.json.encode([row[0] for row in reporting]).decode()
        findings += [
            _missing(weekly, subject, name, str(asked)) for subject, name, gap in reporting if gap
        ]
        for register in checks.prepared:
            if register != weekly.name:
                with rows(store.connection, register, checks.period[register], values) as many:
                    findings += _judge(store, checks, register, values, many)
        return _explained(store, str(asked), _ordered(checks, findings))


def check_record(
    store: Store, register: str, record: str, period: str | None = None
) -> list[Finding]:
    """The findings of one record, by the same statements; none for a record that is gone.

    A ledger's record says its period itself; files and lists are judged in ``period``, else in the
    latest week of the book. Raises as :func:`check_period`, and
    :class:`~desktop.ledger.definitions.NoSuchRegister`.
    """
    definition = store.scheme.register(register)
    with store.atomic():
        checks, present = load(store), store.present(register, record)
        if present is None or register not in checks.prepared:
            return []
        if definition.shape == "ledger":
            period = present.values["period"]
        period = period or store.latest_week()
        asked = periods.parse_period(period) if period else None
        values = _values(store, asked, record=record)
        with rows(store.connection, register, checks.single[register], values) as many:
            findings = _judge(store, checks, register, values, many)
        return _explained(store, str(asked or ""), _ordered(checks, findings))


def blocking(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that must be corrected before the week is submitted."""
    return [finding for finding in findings if finding.level == "must"]


def unexplained(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that still ask for a written explanation."""
    return [one for one in findings if one.level == "explain" and not one.explained]


def identity(check: str, record: str, period: str) -> str:
    """What a person types to name a finding: ten hexadecimal digits."""
    return sha256("\n".join((check, record, period)).encode()).hexdigest()[:10]


def _values(
    store: Store,
    period: periods.Period | None,
    *,
    unit: str | None = None,
    record: str | None = None,
    weekly: bool = False,
) -> dict[str, Any]:
    """The parameters of the statements; without a period those of time are NULL."""
    days: tuple[Any, Any] = (None, None)
    if period is not None:
        days = periods.date_range(period, store.scheme.week_last_day)
    return {
        "period": str(period) if period else None,
        "first_day": days[0] and days[0].isoformat(),
        "last_day": days[1] and days[1].isoformat(),
        "unit": unit,
        "record": record,
        "reporting": None,
        "weekly": weekly,
    }


def _missing(weekly: Register, subject: str, name: str, period: str) -> Finding:
    """The finding that ``subject`` has no row; it names the record that the row would be."""
    record = ledger_identity(weekly.name, subject, period, *("" for _ in weekly.key))
    return Finding(
        id=identity(MISSING, record, period),
        check=MISSING,
        title="没有填报",
        level="must",
        register=weekly.name,
        record=record,
        subject=subject,
        subject_name=name,
        period=period,
        cell=next((field.name for field in weekly.shown if field.required), "period"),
        sentence="本周还没有填报；没有完成投资的也要填 0，并写明形象进度。",
    )


def _judge(
    store: Store, checks: Checks, register: str, values: Mapping[str, Any], many: int
) -> list[Finding]:
    """The findings of one register's checks, whose ``many`` joined rows stand."""
    found = []
    with guarded(store.connection, register, steps=_STEPS + _STEPS_PER_ROW * many) as guard:
        for prepared in checks.prepared[register]:
            if prepared.levels and store.level and store.level not in prepared.levels:
                continue
            guard.where = prepared.check.title
            given = store.connection.execute(prepared.statement, values).fetchall()
            found += [(prepared, row) for row in given]
    return [_finding(store, prepared, values["period"] or "", row) for prepared, row in found]


def _finding(store: Store, prepared: Prepared, period: str, row: tuple[Any, ...]) -> Finding:
    check, (record, subject, name, *figures) = prepared.check, row
    return Finding(
        id=identity(check.name, record, period),
        check=check.name,
        title=check.title,
        level=check.level,
        register=check.register,
        record=record,
        subject=subject,
        subject_name=name,
        period=period,
        cell=check.cell,
        sentence=prepared.sentence.filled(figures, store.scheme.head.money_unit),
    )


def _ordered(checks: Checks, findings: list[Finding]) -> list[Finding]:
    names = [one.check.name for found in checks.prepared.values() for one in found]
    place = {name: at for at, name in enumerate((*names, MISSING))}
    return sorted(
        findings, key=lambda f: (f.subject_name, f.subject, place[f.check], f.register, f.record)
    )


def _explained(store: Store, period: str, findings: list[Finding]) -> list[Finding]:
    """The findings with what was written about them up to ``period``.

    An explanation counts as long as the sentence that it was written for stands.
    """
    if EXPLANATION not in store.scheme.registers:
        return findings
    written = {
        (check, item): (sentence, text)
        for check, item, sentence, text in store.connection.execute(
            f'SELECT "check", item, sentence, text FROM "{EXPLANATION}"'
            " WHERE removed = 0 AND period <= ? ORDER BY period",
            (period,),
        )
    }
    found = []
    for finding in findings:
        given = written.get((finding.check, finding.record))
        if given is not None and finding.level == "explain":
            sentence, text = given
            explained = sentence == finding.sentence
            finding = msgspec.structs.replace(finding, explained=explained, explanation=text)
        found.append(finding)
    return found
