"""A register's ledger as it is printed 台账: rows, sections, subtotals, totals, signature line.

The weekly ledger lists every dispatched project: one that did not report this week stands with its
latest cumulative figures, so that the ledger's totals are those of the report. Money is rounded
balanced, rates come from unrounded sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import count
from typing import Literal, NamedTuple

from desktop.ledger import paper_code, periods
from desktop.ledger.definitions import Register
from desktop.ledger.dispatch import consolidates
from desktop.ledger.ledger_rows import UNREPORTED, Entry, entries_of
from desktop.ledger.periods import Period
from desktop.ledger.store import Store
from desktop.reports import sums
from desktop.reports.content import Column, Footer, Ledger, LedgerPaper, Row, SheetSize, Table
from desktop.reports.ledger_changes import Changes, changes_since
from desktop.reports.ledger_columns import (
    LedgerColumn,
    Links,
    cell,
    columns_of,
    rate_of,
    share_of,
    with_room,
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
    changed_since: str = "",
    demonstration: bool = False,
) -> LedgerPaper:
    """A register's ledger as a paper of its own; of a ledger register one ``period``, or all.

    ``sections`` cuts it by unit, by level, or by level within units; None: by unit where the book
    looks after several, else by level. ``changed_since``, the code of an earlier paper of this
    book, leaves only the rows that have changed since; sums stay those of the whole. Raises
    :class:`~desktop.ledger.definitions.NoSuchRegister`,
    :class:`~desktop.ledger.definitions.MalformedScheme`, what no period raises,
    :class:`~desktop.ledger.paper_code.MistypedCode` and
    :class:`~desktop.ledger.paper_code.NotOfThisBook`.
    """
    ledger = ledger_of(
        store,
        register,
        period,
        sections=sections,
        signatures=SIGNATURES,
        changed_since=changed_since,
    )
    unit = Links(store).name("unit", store.unit)
    said = periods.parse_period(period) if period else None
    return LedgerPaper(
        ledger,
        Footer(unit, said.title if said else "", paper_code.code(store.journal.head)),
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
    changed_since: str = "",
) -> Ledger:
    """The ledger itself, for a paper or its appendix; ``only`` keeps some of its rows.

    ``changed_since`` as in :func:`ledger_paper`.
    """
    definition = store.scheme.register(register)
    said = periods.parse_period(period) if period and definition.shape == "ledger" else None
    links = Links(store)
    entries, note = entries_of(store, definition, said)
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
    size = size or _size(columns)
    columns = with_room(columns, entries, size)
    changes = None
    if changed_since:
        changes = changes_since(store, definition, said, columns, entries, changed_since)
    summed = definition.shape != "ledger" or said is not None
    table = _table(store, links, definition, columns, tree, note, changes, summed=summed)
    unit = links.name("unit", store.unit)
    return Ledger(
        f"{unit}{definition.title}{'（变动部分）' if changes else ''}",
        table,
        subtitle=periods.label(said, store.scheme.week_last_day) if said else "",
        label=label,
        prepared=f"填报单位：{unit}",
        signatures=signatures,
        size=size,
    )


def _table(
    store: Store,
    links: Links,
    register: Register,
    columns: list[LedgerColumn],
    tree: Members,
    note: str,
    changes: Changes | None,
    *,
    summed: bool,
) -> Table:
    """The table; ``summed`` False leaves sums out, as of cumulative figures of several periods.

    With ``changes`` rows that have not changed are passed over, and sections of nothing else.
    """
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
    shown = [changes is None or changes.of(entry) for entry in entries]
    rows = list(_rows(tree, figures, span, shown))
    if span and len(entries) > 1 and any(shown):
        rows.append(_sum_row("total", "合计", len(entries), [one.total for one in figures], span))
    number = Column(("序号",), "word", 5.0)
    if changes is not None:
        notes.insert(0, changes.note(sum(shown), len(entries), summed=bool(span)))
        notes.insert(1, changes.taken_away)
    has_money = any(column.field.type == "money" for column in columns)
    return Table(
        (number, *(column.heading for column in columns)),
        tuple(rows),
        unit=f"单位：{unit}" if has_money else "",
        note=sums.note_below(*notes),
        **({"empty": changes.nothing} if changes else {}),
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
    shown: Sequence[bool],
) -> Iterator[Row]:
    """The rows of the sections in turn, each with its heading and, where money is, its subtotal.

    Only rows that are ``shown``, under the numbers that they have in the whole ledger.
    """
    place, section = count(), count()

    def walk(members: Members, depth: int) -> Iterator[Row]:
        for number, member in enumerate(members, 1):
            if isinstance(member, Branch):
                index = next(section)
                mark = f"{numeral(number)}、" if depth == 0 else f"（{numeral(number)}）"
                within = walk(member.members, depth + 1)
                first = next(within, None)
                if first is None:
                    continue
                yield Row((mark + member.title,), "section")
                yield from (first, *within)
                if span:
                    size = sum(1 for _ in leaves(member.members))
                    texts = [one.subtotals[index] for one in figures]
                    yield _sum_row("subtotal", f"{member.title}小计", size, texts, span)
            else:
                at = next(place)
                if shown[at]:
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
