"""A register's ledger as it is printed 台账: rows, sections, subtotals, totals, signature line.

The weekly ledger lists every dispatched project: one that did not report this week stands with its
latest cumulative figures, so that the ledger's totals are those of the report. Money is rounded
balanced, rates come from unrounded sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Any, Literal, NamedTuple

from desktop.ledger import periods
from desktop.ledger.definitions import Register
from desktop.ledger.dispatch import consolidates, latest_rows, week_of
from desktop.ledger.entry import json_text
from desktop.ledger.periods import Period
from desktop.ledger.store import Store
from desktop.reports import sums
from desktop.reports.content import Column, Footer, Ledger, LedgerPaper, Row, SheetSize, Table
from desktop.reports.ledger_columns import (
    UNREPORTED,
    Entry,
    LedgerColumn,
    Links,
    cell,
    columns_of,
    rate_of,
    share_of,
)
from desktop.reports.ledger_sections import (
    Branch,
    Members,
    Section,
    arranged,
    branches,
    groups,
    leaves,
    numeral,
)

SIGNATURES = ("填表人", "审核人", "单位负责人")
#: A ledger wider than so many signs goes on A3.
_WIDEST_A4 = 170


def ledger_paper(
    store: Store,
    register: str,
    period: str | None = None,
    *,
    sections: Sequence[Section] | None = None,
    demonstration: bool = False,
) -> LedgerPaper:
    """A register's ledger as a paper of its own; of a ledger register one ``period``, or all.

    ``sections`` cuts it by unit, by level, or by level within units; None: by unit where the book
    looks after several, else by level. Raises
    :class:`~desktop.ledger.definitions.NoSuchRegister`,
    :class:`~desktop.ledger.definitions.MalformedScheme` and what no period raises.
    """
    ledger = ledger_of(store, register, period, sections=sections, signatures=SIGNATURES)
    unit = Links(store).name("unit", store.unit)
    said = periods.parse_period(period) if period else None
    return LedgerPaper(
        ledger,
        Footer(unit, said.title if said else ""),
        _made_on(store, said),
        author=unit,
        demonstration=demonstration,
    )


def ledger_of(
    store: Store,
    register: str,
    period: str | None = None,
    *,
    sections: Sequence[Section] | None = None,
    label: str = "",
    size: SheetSize | None = None,
    signatures: tuple[str, ...] = (),
    only: Callable[[Entry], bool] | None = None,
) -> Ledger:
    """The ledger itself, for a paper or its appendix; ``only`` keeps some of its rows."""
    definition = store.scheme.register(register)
    said = periods.parse_period(period) if period and definition.shape == "ledger" else None
    links = Links(store)
    entries, note = _entries(store, definition, said)
    if only is not None:
        entries = [entry for entry in entries if only(entry)]
    tree = arranged(store, links, definition, entries, sections)
    owner = definition.owner
    told = not consolidates(store) or (
        "unit" in (sections or ("unit",)) and len({entry.get(owner or "") for entry in entries}) > 1
    )
    columns = columns_of(
        store,
        definition,
        entries,
        with_period=definition.shape == "ledger" and said is None,
        leave_out=owner if told else None,
    )
    summed = definition.shape != "ledger" or said is not None
    table = _table(store, links, definition, columns, tree, note, summed=summed)
    unit = links.name("unit", store.unit)
    return Ledger(
        f"{unit}{definition.title}",
        table,
        subtitle=periods.label(said, store.scheme.week_last_day) if said else "",
        label=label,
        prepared=f"填报单位：{unit}",
        signatures=signatures,
        size=size or _size(columns),
    )


def _entries(store: Store, register: Register, period: Period | None) -> tuple[list[Entry], str]:
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
    found, silent = [], 0
    for project, record in latest.items():
        if project in reported:
            found.append(reported.pop(project))
            continue
        silent += 1
        row = {
            name: value for name, value in earlier.get(record or "", {}).items() if name in lasting
        }
        found.append(Entry(row, subjects[project], reported=False))
    notes = []
    if silent:
        notes.append(f"{silent}个项目本周未填报，累计数为本年最近一期所填")
    if reported:
        notes.append(f"另有{len(reported)}个不在本年调度范围的项目填报了本周，未列入")
    return found, "；".join(notes)


def _table(
    store: Store,
    links: Links,
    register: Register,
    columns: list[LedgerColumn],
    tree: Members,
    note: str,
    *,
    summed: bool,
) -> Table:
    """The table; ``summed`` False leaves sums out, as of cumulative figures of several periods."""
    entries = list(leaves(tree))
    sections = list(branches(tree))
    unit = store.scheme.head.money_unit
    figures: list[_Figures] = []
    notes = [note]
    sums_at: list[int] = []
    for place, column in enumerate(columns, 1):
        shares = share_of(store, column.field)
        if column.field.type == "money":
            yuan = [column.value(entry) for entry in entries]
            money = sums.printed(yuan, unit, sums.fewest_decimals(yuan, unit), groups(tree))
            figures.append(
                _Figures(_marked(column, entries, money.cells), money.subtotals, money.total)
            )
            notes.append(money.note or "")
        else:
            cells = [cell(store, links, column, entry) for entry in entries]
            subtotals, total = [""] * len(sections), ""
            if shares is not None and register.of is not None:
                subtotals = [rate_of(list(leaves(one.members)), *shares) for one in sections]
                total = rate_of(entries, *shares)
            figures.append(_Figures(cells, subtotals, total))
        if figures[-1].total and summed:
            sums_at.append(place)
    span = sums_at[0] if sums_at else 0
    rows = list(_rows(tree, figures, span))
    if span and len(entries) > 1:
        rows.append(_sum_row("total", "合计", len(entries), [one.total for one in figures], span))
    number = Column(("序号",), "word", 5.0)
    has_money = any(column.field.type == "money" for column in columns)
    return Table(
        (number, *(column.heading for column in columns)),
        tuple(rows),
        unit=f"单位：{unit}" if has_money else "",
        note=sums.note_below(*notes),
    )


class _Figures(NamedTuple):
    """A column as text: its cells, its subtotals in the order of the sections, its total."""

    cells: Sequence[str]
    subtotals: Sequence[str]
    total: str


def _marked(column: LedgerColumn, entries: list[Entry], cells: Sequence[str]) -> list[str]:
    """The cells; the week's own figure of a project that did not report says so."""
    return [
        UNREPORTED if not entry.reported and column.field.required and not text else text
        for entry, text in zip(entries, cells, strict=True)
    ]


def _rows(
    tree: Members,
    figures: list[_Figures],
    span: int,
) -> Iterator[Row]:
    """The rows of the sections in turn, each with its heading and, where money is, its subtotal."""
    place, section = count(), count()

    def walk(members: Members, depth: int) -> Iterator[Row]:
        for number, member in enumerate(members, 1):
            if isinstance(member, Branch):
                index = next(section)
                mark = f"{numeral(number)}、" if depth == 0 else f"（{numeral(number)}）"
                yield Row((mark + member.title,), "section")
                yield from walk(member.members, depth + 1)
                if span:
                    size = sum(1 for _ in leaves(member.members))
                    texts = [one.subtotals[index] for one in figures]
                    yield _sum_row("subtotal", f"{member.title}小计", size, texts, span)
            else:
                at = next(place)
                yield Row((str(at + 1), *(one.cells[at] for one in figures)))

    return walk(tree, 0)


def _sum_row(
    kind: Literal["subtotal", "total"], title: str, size: int, texts: Sequence[str], span: int
) -> Row:
    """A row of sums whose first cell runs over everything before the first sum."""
    return Row((f"{title}（{size}项）", *texts), kind, span=span)


def _size(columns: list[LedgerColumn]) -> SheetSize:
    width = sum(column.heading.weight for column in columns)
    return "A3 landscape" if width > _WIDEST_A4 else "A4 landscape"


def _made_on(store: Store, period: Period | None) -> date:
    """The period's last day, else the day of the book's last entry."""
    if period is not None:
        return periods.date_range(period, store.scheme.week_last_day)[1]
    (time,) = store.connection.execute(
        "SELECT time FROM journal ORDER BY position DESC LIMIT 1"
    ).fetchone()
    return date.fromisoformat(time[:10])
