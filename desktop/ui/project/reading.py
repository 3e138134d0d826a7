"""One project in one week: the card at its head, and its weeks. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import msgspec

from desktop.ledger import money, periods, values
from desktop.ledger.definitions import Field, Register, Scheme
from desktop.ledger.narrowing import narrowed
from desktop.ledger.standing import Standing, standing_of
from desktop.ledger.store import NoSuchRecord, Store
from desktop.reports.charts.progress import Week
from desktop.ui.forms.typed import chosen, remark
from desktop.ui.grid.cells import Cell, Column
from desktop.ui.project.listing import subject_of

#: States of a project that deserve a tone of their own.
STATE_TONES = {"停工": "must", "竣工": "good", "新开工": "accent", "在建": "accent"}
#: Pixels, at size 1.0, for half a Chinese sign, and the most that a column takes.
EM, WIDEST = 8, 280


class Figure(msgspec.Struct, frozen=True):
    """A figure of the head: caption, value in words, tone."""

    caption: str
    value: str
    tone: str = "plain"


class Head(msgspec.Struct, frozen=True):
    """The card at the head of a project.

    ``chips`` are (word, tone); ``reasons`` say why the light is on; ``remark`` is what is to be
    said of the code; ``unit`` its record; ``conflicts`` how many fields stand apart.
    """

    record: str
    name: str
    light: str
    chips: tuple[tuple[str, str], ...]
    code: str
    remark: str
    figures: tuple[Figure, ...]
    reasons: tuple[str, ...]
    unit: str
    conflicts: int


class Table(msgspec.Struct, frozen=True):
    """Rows made for showing; ``keys`` name what stands behind each."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...]


class Weeks(msgspec.Struct, frozen=True):
    """A project's weekly rows, newest first, and the curve of the shown year."""

    table: Table
    curve: tuple[Week, ...]


def head(store: Store, record: str, period: str) -> Head:
    """The head of a project in a week; raises :class:`NoSuchRecord`."""
    subject = subject_of(store.scheme)
    present = store.present(subject.name, record)
    if present is None or present.removed:
        raise NoSuchRecord(subject.title, record[:8])
    with narrowed(store, [record]):
        found = standing_of(store, period)
    stands = found[0] if found else None
    fields = present.values
    code = next((field for field in subject.shown if field.code == "project"), None)
    number = str(fields.get(code.name) or "") if code else ""
    return Head(
        record=record,
        name=str(fields.get(subject.label or "") or record[:8]),
        light=stands.light if stands else "none",
        chips=tuple(_chips(store.scheme, subject, fields)),
        code=number,
        remark=remark(code, number) if code else "",
        figures=tuple(_figures(fields, stands)),
        reasons=tuple(reason.sentence for reason in stands.reasons) if stands else (),
        unit=str(fields.get(subject.owner or "") or ""),
        conflicts=present.conflicts,
    )


def amount(yuan: int | None) -> str:
    """A sum in running text: 9,800 万元, 1.2 亿元; — for none."""
    if yuan is None:
        return "—"
    unit: money.Unit = "万元" if abs(yuan) < 10 ** money.PLACES["亿元"] else "亿元"
    text = money.format_money(yuan, unit)
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {unit}"


def weeks(store: Store, record: str, period: str) -> Weeks:
    """The project's weekly rows, and its completion against the schedule up to the week."""
    register = store.scheme.registers[store.scheme.head.weekly]
    rows = store.select(
        f'SELECT * FROM "v_{register.name}" WHERE "{register.of}" = ? ORDER BY period DESC',
        (record,),
    )
    shown = [
        field
        for field in register.shown
        if field.type != "attachment"
        and (field.required or any(row[field.name] is not None for row in rows))
    ]
    columns = (
        Column("period", "周次", width=92, frozen=True),
        *(
            Column(
                field.name,
                field.title,
                width=width_of(field),
                kind=field.type,
                right=field.type in ("money", "number", "percent", "integer"),
            )
            for field in shown
        ),
    )
    lines = tuple(
        (
            Cell(_week(str(row["period"]), period), bold=row["period"] == period),
            *(
                Cell(
                    f"{len(chosen(row[field.name]))} 张"
                    if field.type == "photo" and row[field.name]
                    else values.shown(store.scheme, field, row[field.name]),
                    right=field.type in ("money", "number", "percent", "integer"),
                )
                for field in shown
            ),
        )
        for row in rows
    )
    table = Table(columns, lines, tuple(str(row["period"]) for row in rows))
    return Weeks(table, tuple(_curve(store, record, rows, period)))


def _chips(scheme: Scheme, subject: Register, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = []
    for name in ("level", "state"):
        field, value = subject.by_name.get(name), fields.get(name)
        codes = scheme.code_list(field) if field else None
        if value:
            title = codes.title_of(value) if codes else str(value)
            found.append((title, STATE_TONES.get(value, "plain") if name == "state" else "plain"))
    for name in ("batches", "categories"):
        if subject.by_name.get(name) is not None:
            found += [(item, "plain") for item in chosen(fields.get(name))]
    return found


def _figures(fields: Mapping[str, Any], stands: Standing | None) -> list[Figure]:
    row = stands.row.values if stands else {}
    done, rate, gap = (row.get(name) for name in ("completed_year", "completion_rate", "gap"))
    share = f"（{money.format_rate(rate)}）" if isinstance(rate, Fraction) else ""
    ahead = money.format_points(gap) + " 个百分点" if isinstance(gap, Fraction) else "—"
    tone = "plain"
    if stands is not None and isinstance(gap, Fraction) and gap < 0:
        behind = {"red": "must", "yellow": "explain"}
        tone = behind.get(next((r.light for r in stands.reasons if r.rule == "behind"), ""), tone)
    people = [
        str(value)
        for value in (fields.get("responsible_unit"), fields.get("sponsor"))
        if value is not None
    ]
    return [
        Figure("总投资", amount(fields.get("total_investment"))),
        Figure("年度计划", amount(fields.get("annual_plan"))),
        Figure("年累计", (amount(done) if isinstance(done, int) else "—") + share),
        Figure("与序时进度之差", ahead, tone),
        Figure("责任单位 / 包联领导", " / ".join(people) or "—"),
    ]


def _curve(store: Store, record: str, rows: list[dict[str, Any]], period: str) -> list[Week]:
    """Completion and schedule of the shown year's weeks, from its first to the shown one."""
    subject = subject_of(store.scheme)
    present = store.present(subject.name, record)
    plan = present.values.get("annual_plan") if present else None
    if not plan:
        return []
    week = periods.parse_period(period)
    by_period = {str(row["period"]): row.get("completed_year") for row in rows}
    last_day = store.scheme.week_last_day
    return [
        Week(
            one.short,
            money.rate(by_period.get(str(one)), plan),
            periods.schedule_progress(one, last_day),
        )
        for one in periods.year_to_date(week)
    ]


def _week(text: str, shown: str) -> str:
    """第9周; with its year where that is not the shown week's."""
    week = periods.parse_period(text)
    return week.short if text[:4] == shown[:4] else week.title


def width_of(field: Field) -> int:
    """The most pixels, at size 1.0, that a field's column takes for its words."""
    return min(field.width * EM, WIDEST)
