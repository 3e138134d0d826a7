"""A learned form filled: the template's own look, this period's figures.

The template is opened, never drawn anew: what it looks like is the department's affair. Formulas
in the form stay formulas; where a column has one in its first line, every line has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec

from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.sheets.forms import cards, values
from desktop.sheets.forms.cells import fix, fixed_values
from desktop.sheets.forms.form import Form
from desktop.sheets.forms.groups import folded, grouping_of, in_one_cell
from desktop.sheets.forms.keeping import FormChanged
from desktop.sheets.forms.lines import Lines
from desktop.sheets.forms.losses import opened
from desktop.sheets.forms.placing import Placed, place
from desktop.sheets.forms.rows import even_out, make_room
from desktop.sheets.forms.sums import Sum, sum_up
from desktop.sheets.forms.values import Contents
from desktop.sheets.writing.drafts import drafting
from desktop.sheets.writing.looks import Remarks


class Filled(msgspec.Struct, frozen=True):
    """A filled form as the bytes of an xlsx file; ``remarks`` are sentences for the person."""

    data: bytes
    rows: int
    remarks: tuple[str, ...]


def fill(book: Book, form: Form, template: Path, period: Period | None, on: date) -> Filled:
    """Fill ``template`` as learned, for ``period``, dated ``on``.

    Raises what :func:`~desktop.sheets.forms.values.contents` and :func:`opened` raise.
    """
    contents = values.contents(book, form, period)
    workbook = opened(template)
    if form.sheet not in workbook.sheetnames:
        raise FormChanged(form.name)
    remarks = Remarks()
    said = _said(form, contents)
    fixed = fixed_values(book, on, period)
    if form.card:
        contents = in_one_cell(contents)
        rows = len(contents.rows)
        pages = cards.fill(workbook, form, contents, remarks)
        for page in pages:
            fix(page, form, fixed, period, book.week_last_day, {}, remarks)
    else:
        page = workbook[form.sheet]
        table = _Table(book, workbook, page, form, contents, remarks)
        rows = table.fill()
        said += table.said
        fix(page, form, fixed, period, book.week_last_day, table.moved, remarks)
    workbook.calculation.fullCalcOnLoad = True
    data = BytesIO()
    with drafting():
        workbook.save(data)
    return Filled(data.getvalue(), rows, (*said, *remarks.sentences()))


def _said(form: Form, contents: Contents) -> list[str]:
    """Which columns stay empty because this kind of period has no such figure."""
    empty = [one.heading for one in form.columns if contents.fields.get(one.place) is None]
    return [f"这一期没有“{'”“'.join(empty)}”的数，这些栏留空。"] if empty else []


class _Table:
    """The table of a form: room for all rows, the rows, the sums."""

    def __init__(
        self,
        book: Book,
        workbook: Any,
        page: Any,
        form: Form,
        contents: Contents,
        remarks: Remarks,
    ) -> None:
        self.workbook, self.page, self.form = workbook, page, form
        self.body = form.body
        columns = [one.column for one in form.columns if one.place not in contents.by_item]
        self.grouping = grouping_of(page, self.body.blocks, columns)
        self.contents = folded(contents) if self.grouping else in_one_cell(contents)
        self.placed: Placed = place(book, self.body, self.contents.rows)
        self.remarks = remarks
        self.said = self.placed.remarks()
        #: How many rows came into each block.
        self._grown = [0] * len(self.body.blocks)

    def fill(self) -> int:
        """All of it; returns how many rows of the book stand in the form."""
        restarts = self._restarts()
        self._make_room()
        spans = [self._span(at) for at in range(len(self.body.blocks))]
        lines = Lines(self.page, self.form, self.contents, self.grouping, self.remarks)
        number = 0
        for (first, last), rows in zip(spans, self.placed.blocks, strict=True):
            if first <= last:
                lines.fill(first, last, rows, 0 if restarts else number)
            number += len(rows)
        fields = {one.column: self.contents.fields.get(one.place) for one in self.form.columns}
        self.said += sum_up(self.page, list(self._sums(spans)), spans, fields)
        return number

    @property
    def moved(self) -> dict[int, int]:
        """Where the rows of the template have gone."""
        return {row: self._now(row) for row in range(1, self.page.max_row + 1)}

    def _now(self, row: int) -> int:
        """Where a row of the template that is no line of a block has gone."""
        blocks = zip(self.body.blocks, self._grown, strict=True)
        return row + sum(more for block, more in blocks if block.last < row)

    def _span(self, at: int) -> tuple[int, int]:
        """The first and the last line of a block in the end."""
        block, above = self.body.blocks[at], sum(self._grown[:at])
        return block.first + above, block.last + above + self._grown[at]

    def _make_room(self) -> None:
        """Room for all rows of every block, from the last block up."""
        blocks = self.body.blocks
        for block in blocks:
            if block.first <= block.last:
                even_out(self.page, block.first, block.last)
        lead = next((at for at, one in enumerate(blocks) if one.first <= one.last), None)
        for at in reversed(range(len(blocks))):
            block, wanted = blocks[at], self._needed(at)
            like = None
            if lead is not None:
                like = blocks[lead].first + sum(self._grown[at + 1 : lead])
            last = make_room(self.workbook, self.page, block.first, block.last, wanted, like)
            self._grown[at] = last - block.last

    def _needed(self, at: int) -> int:
        least = self.grouping.least if self.grouping else 1
        return sum(max(least, len(row.lines)) for row in self.placed.blocks[at])

    def _restarts(self) -> bool:
        """Whether the template's own numbers begin again with 1 in every section."""
        if self.form.number is None:
            return False
        ones = [
            str(self.page.cell(block.first, self.form.number).value).strip()
            for block in self.body.blocks
            if block.first <= block.last
        ]
        return len(ones) > 1 and set(ones) == {"1"}

    def _sums(self, spans: Sequence[tuple[int, int]]) -> Iterator[Sum]:
        """The rows that sum up, those of sections with figures of their own among them."""
        blocks = self.body.blocks
        summed = {one.section for one in self.body.totals}
        scopes = [(one.row, one.section, True) for one in self.body.totals]
        scopes += [(one.row, at, at not in summed) for at, one in enumerate(self.body.sections)]
        for row, section, always in scopes:
            inside = [
                at for at, block in enumerate(blocks) if section is None or section in block.under
            ]
            count = sum(len(self.placed.blocks[at]) for at in inside)
            yield Sum(self._now(row), [spans[at] for at in inside], count, blank=always)
