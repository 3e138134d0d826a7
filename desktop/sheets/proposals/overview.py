"""Where a workbook's tables and cards stand and how each column was understood: for showing.

A proposal's records say what would be written; this says of which part of which sheet. The window
draws it over the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from desktop.sheets.meaning.mapping import Mapped
from desktop.sheets.tables.cards import Card
from desktop.sheets.tables.finding import Table
from desktop.sheets.tables.sources import Place, Source
from desktop.sheets.workbook.grid import Area, address

#: What an answer that names a column's field, asked about or not, calls its field.
COLUMN = "column"


class ColumnSeen(msgspec.Struct, frozen=True):
    """One column: ``head`` is the lowest cell of its heading, ``last`` its last sheet column;
    ``value`` is where a card's value stands, None in a table. ``fields`` are empty for what is not
    read, ``what`` then says why it need not be (``sequence``, ``rate``) or is "". ``unit`` is the
    money unit of a column of amounts, "" for others; ``question`` the id of the open question
    about the column, "" when there is none."""

    head: Place
    last: int
    value: Place | None
    heading: str
    what: str
    fields: tuple[str, ...]
    homes: tuple[str, ...]
    unit: str
    reason: str
    question: str


class TableSeen(msgspec.Struct, frozen=True):
    """A table, or a card: the cells it takes, its heading rows, the register that its rows fill
    ("" for a table that is not about projects)."""

    sheet: str
    area: Area
    header: tuple[int, int]
    card: bool
    kind: str
    columns: tuple[ColumnSeen, ...]

    def column_at(self, column: int) -> ColumnSeen | None:
        """The column that covers a sheet column of a table."""
        return next((one for one in self.columns if one.head[1] <= column <= one.last), None)


def column_id(sheet: str, head: Place) -> str:
    """The id of an answer that names the field of the column under ``head``."""
    return f"{sheet}!{address(*head)}:{COLUMN}"


def columns_of(
    source: Source,
    mapped: Sequence[Mapped],
    homes: Mapping[str, str],
    units: Mapping[int, str],
    open_: Mapping[int, str],
) -> tuple[ColumnSeen, ...]:
    """The columns of ``source`` as they were understood; ``units`` and ``open_`` by their index."""
    seen: list[ColumnSeen] = []
    for index, (column, one) in enumerate(zip(source.columns, mapped, strict=True)):
        stored = one.target is not None and one.target.what in ("field", "pair")
        fields = one.target.fields if one.target is not None and stored else ()
        seen.append(
            ColumnSeen(
                head=source.heads[index],
                last=column.last,
                value=source.apart[index] if source.apart else None,
                heading=column.heading,
                what="" if one.target is None else one.target.what,
                fields=fields,
                homes=tuple(homes.get(name, "") for name in fields),
                unit=units.get(index, ""),
                reason=one.reason,
                question=open_.get(index, ""),
            )
        )
    return tuple(seen)


def of_table(table: Table, kind: str, columns: tuple[ColumnSeen, ...]) -> TableSeen:
    """A table with its outline: heading, rows of every role, columns with or without heading."""
    header = table.header
    sections = [section.row for section in table.sections]
    rows = [*table.data, *table.totals, *table.repeated, *table.numbering, *sections]
    area = Area(
        header.top,
        min(header.left, *(one.head[1] for one in columns)),
        max(header.bottom, *rows) if rows else header.bottom,
        max(header.right, *(one.last for one in columns)),
    )
    return TableSeen(table.sheet, area, (header.top, header.bottom), False, kind, columns)


def of_card(card: Card, kind: str, columns: tuple[ColumnSeen, ...]) -> TableSeen:
    """A card with its outline: all its labels and values."""
    left = min(pair.column for pair in card.pairs)
    right = max(pair.value_column for pair in card.pairs)
    area = Area(card.top, left, card.bottom, right)
    return TableSeen(card.sheet, area, (card.top, card.bottom), True, kind, columns)
