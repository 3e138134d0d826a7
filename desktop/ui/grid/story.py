"""What the aside tells of one cell: who changed it and when, and the last ten weeks. Qt-free."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from desktop.ledger import history, lookup, periods, values
from desktop.ledger.definitions import Field
from desktop.ledger.money import Unit
from desktop.ledger.store import NoSuchRecord, Store
from desktop.ledger.undo import TITLES
from desktop.ledger.wording import day_in_words
from desktop.ui.grid.columns import beside
from desktop.ui.grid.reading import Row, Sheet

#: So many steps and weeks are told.
STEPS, WEEKS = 4, 10
EMPTY = "空"


class Step(msgspec.Struct, frozen=True):
    """One change of the cell: when and by whom, what it was and what it became."""

    when: str
    who: str
    old: str
    new: str
    act: str


class Week(msgspec.Struct, frozen=True):
    """One period's figure (yuan), None where nothing was filled."""

    label: str
    value: int | None


class Story(msgspec.Struct, frozen=True):
    """What is told of a cell; ``weeks`` is empty where the sheet is not filled each week, their
    figures are told in ``unit``, that of the sheet."""

    steps: tuple[Step, ...] = ()
    more: int = 0
    weeks: tuple[Week, ...] = ()
    measured: str = ""
    unit: Unit = "万元"


def read(store: Store, sheet: Sheet, row: Row, column: int, today: date) -> Story:
    """The story of a cell, the newest step first, the weeks in their order."""
    placed = sheet.placed[column]
    register, record = sheet.register.name, row.record
    if placed.part == "subject":
        register = str(sheet.register.of)
        record = row.key if sheet.weekly else ""
    told: list[Step] = []
    if record and placed.part != "last" and placed.field.formula is None:
        try:
            found = history.of_record(store, register, record, placed.field.name)
        except NoSuchRecord:
            found = []
        told = [_step(store, placed.field, one, today) for one in reversed(found)]
    weeks, measured = _weeks(store, sheet, row) if sheet.weekly else ((), "")
    unit = store.scheme.head.money_unit
    return Story(tuple(told[:STEPS]), max(0, len(told) - STEPS), weeks, measured, unit)


def _step(store: Store, field: Field, step: history.Step, today: date) -> Step:
    return Step(
        when=when(step.time, today),
        who=step.operator or f"电脑 {step.author[:6]}",
        old=_text(store, field, step.old),
        new=_text(store, field, step.new),
        act=TITLES.get(step.act, step.act),
    )


def when(time: str, today: date) -> str:
    """A moment as people say it: 今天 10:42, 昨天 15:30, 3月2日 15:30."""
    try:
        moment = datetime.fromisoformat(time)
    except ValueError:
        return time
    day = moment.date()
    if day == today:
        said = "今天"
    elif day == today - timedelta(days=1):
        said = "昨天"
    else:
        said = day_in_words(day, today.year)
    return f"{said} {moment:%H:%M}"


def _text(store: Store, field: Field, value: Any) -> str:
    if value is None:
        return EMPTY
    if field.of is not None:
        return lookup.label(store, field.of, str(value))
    return values.shown(store.scheme, field, value) or EMPTY


def _weeks(store: Store, sheet: Sheet, row: Row) -> tuple[tuple[Week, ...], str]:
    """The figure of each of the last ten periods, and what it is called."""
    named = beside(sheet.register)
    if not named:
        return (), ""
    field = named[-1]  # what is added each week, not the cumulative figure
    week = periods.parse_period(sheet.period)
    wanted = [week]
    while len(wanted) < WEEKS and wanted[-1].number > 1:
        wanted.append(wanted[-1].previous())
    filled = dict(
        store.connection.execute(
            f'SELECT period, "{field.name}" FROM "{sheet.register.name}"'
            f' WHERE "{sheet.register.of}" = ? AND period BETWEEN ? AND ? AND removed = 0',
            (row.key, str(wanted[-1]), str(week)),
        ).fetchall()
    )
    told = tuple(Week(f"{one.number}周", filled.get(str(one))) for one in reversed(wanted))
    return told, field.title
