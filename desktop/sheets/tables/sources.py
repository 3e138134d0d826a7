"""A table or a card as one thing to be read: headings, rows, and where each cell stands.

A card is a table of one row whose cells lie apart. Vertically merged cells show their value in
every row they cover, with the place where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from desktop.sheets.tables.cards import Card
from desktop.sheets.tables.finding import Table
from desktop.sheets.tables.headings import Column
from desktop.sheets.tables.rows import Section
from desktop.sheets.tables.two_lines import two_lines
from desktop.sheets.workbook.grid import Cell, Sheet, Text

Place = tuple[int, int]


class Owner(msgspec.Struct, frozen=True):
    """The project of the card above a table that names none: its name, and where that stands."""

    name: str
    place: Place


class Source(msgspec.Struct, frozen=True):
    """What is read. ``heads``: where each heading stands; ``apart``: for a card, where each value
    stands; ``covered``: cells under a vertical merge → the row that holds their value; ``owner``:
    whose the rows are where they do not say it; ``inside``: the values of a card's columns whose
    label stands in the same cell; ``lines``: of records of two lines, row and index of a column →
    the row where its value stands, ``marks`` the heading of what tells the lines apart."""

    sheet: Sheet
    columns: tuple[Column, ...]
    heads: tuple[Place, ...]
    rows: tuple[int, ...]
    above: tuple[Text, ...]
    below: tuple[Text, ...]
    sections: tuple[Section, ...] = ()
    totals: tuple[int, ...] = ()
    apart: tuple[Place, ...] = ()
    covered: Mapping[Place, int] = {}
    owner: Owner | None = None
    inside: Mapping[int, str] = {}
    lines: Mapping[Place, int] = {}
    marks: Place | None = None

    def place(self, row: int, index: int) -> Place:
        """Where the value of column ``index`` stands for the sheet row ``row``."""
        if self.apart:
            return self.apart[index]
        column = self.columns[index]
        row = self.lines.get((row, index), row)
        top = self.covered.get((row, column.column), row)
        for number in range(column.column, column.last + 1):
            if self.sheet.rows[top][number] != "":
                return top, number
        return top, column.column

    def cells(self) -> list[Sequence[Cell]]:
        """The cells of every column, one per row."""
        if (
            self.apart
            or self.covered
            or self.lines
            or any(one.last > one.column for one in self.columns)
        ):
            return [
                [
                    self.inside[index]
                    if index in self.inside
                    else self.sheet.at(*self.place(row, index))
                    for row in self.rows
                ]
                for index in range(len(self.columns))
            ]
        turned = list(zip(*(self.sheet.rows[row] for row in self.rows), strict=True))
        return [turned[one.column] if turned else () for one in self.columns]


def of_table(sheet: Sheet, table: Table, owner: Owner | None = None) -> Source:
    """A table as a source; ``owner`` is the project of the card above it."""
    first = table.header.bottom + 1
    covered = {
        (row, area.left): area.top
        for area in sheet.merges
        if area.top >= first and area.bottom > area.top
        for row in range(area.top + 1, area.bottom + 1)
    }
    columns = _with_headless(sheet, table)
    double = two_lines(sheet, columns, table.data)
    columns = columns if double is None else double.columns
    return Source(
        sheet=sheet,
        columns=columns,
        heads=tuple(_head(sheet, table, column) for column in columns),
        rows=table.data if double is None else double.rows,
        above=table.above,
        below=table.below,
        sections=table.sections,
        totals=table.totals if double is None else (),
        covered=covered,
        owner=owner,
        lines={} if double is None else double.lines,
        marks=None if double is None else _head(sheet, table, double.marks),
    )


def of_card(sheet: Sheet, card: Card) -> Source:
    """A card as a source of one row."""
    return Source(
        sheet=sheet,
        columns=tuple(Column(pair.column, pair.column, (pair.label,)) for pair in card.pairs),
        heads=tuple((pair.row, pair.column) for pair in card.pairs),
        rows=(card.top,),
        above=card.above,
        below=(),
        apart=tuple((pair.row, pair.value_column) for pair in card.pairs),
        inside={
            index: pair.inside for index, pair in enumerate(card.pairs) if pair.inside is not None
        },
    )


def _with_headless(sheet: Sheet, table: Table) -> tuple[Column, ...]:
    """The columns, with those that hold data under no heading."""
    named = {number for column in table.columns for number in range(column.column, column.last + 1)}
    headless = {
        number
        for number in range(table.reach[0], table.reach[1] + 1)
        if number not in named and any(sheet.rows[row][number] != "" for row in table.data)
    }
    bare = tuple(Column(number, number, ()) for number in headless)
    return tuple(sorted((*table.columns, *bare), key=lambda column: column.column))


def _head(sheet: Sheet, table: Table, column: Column) -> Place:
    """The lowest heading cell of a column that holds text."""
    for row in range(table.header.bottom, table.header.top - 1, -1):
        if sheet.at(row, column.column) != "":
            return row, column.column
    return table.header.bottom, column.column
