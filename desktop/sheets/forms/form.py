"""A learned form: what goes into which cells of the template. Kept as JSON beside the template."""

from __future__ import annotations

import msgspec

from desktop.sheets.forms.body import (
    Block,
    Body,
    Column,
    FormSection,
    Row,
    RowOrNone,
    Total,
)
from desktop.sheets.forms.fixed import FixedCell
from desktop.sheets.tables.surroundings import MoneyUnit

#: Where a value goes: its row, 0 where it is any line of a table, and its column, from 1.
Place = tuple[int, int]


class FormColumn(msgspec.Struct, frozen=True):
    """A column of the form, counted from 1, and what goes into it; ``also`` are fields that share
    it (起止年限, 责任人及电话); ``unit`` of its money. Of a card it is one cell: its ``row``, and
    the address of its label in ``label``."""

    column: Column
    heading: str
    register: str
    field: str
    unit: MoneyUnit = "万元"
    also: tuple[str, ...] = ()
    row: RowOrNone = 0
    label: str = ""

    @property
    def place(self) -> Place:
        return self.row, self.column


class Form(msgspec.Struct, frozen=True):
    """A learned form. Rows count from 1: ``heading`` is the last heading row, ``first`` … ``last``
    the rows to be filled, ``totals`` those that sum up; ``blocks`` divide the rows to be filled by
    ``sections``, ``sums`` say of what the totals are. ``kind`` is the register of its rows,
    ``number`` the column that counts them. A ``card`` shows one row of the book and is copied for
    each. ``digest`` is the template's SHA-256."""

    name: str
    digest: str
    sheet: str
    heading: RowOrNone
    first: Row
    last: RowOrNone
    totals: tuple[Row, ...]
    kind: str
    columns: tuple[FormColumn, ...]
    number: Column | None
    fixed: tuple[FixedCell, ...]
    blocks: tuple[Block, ...] = ()
    sections: tuple[FormSection, ...] = ()
    sums: tuple[Total, ...] = ()
    card: bool = False

    @property
    def body(self) -> Body:
        """Lines, sections and sums; of a form learned before there were sections one block."""
        blocks = self.blocks or (Block(self.first, self.last),)
        sums = self.sums if self.blocks else tuple(Total(row) for row in self.totals)
        return Body(blocks, self.sections, sums)
