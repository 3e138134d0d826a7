"""A learned form filled: the template's own look, this period's figures.

The template is opened, never drawn anew: what it looks like is the department's affair. Formulas
in the form stay formulas; where a column has one in its first line, every line has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec

from desktop.ledger.definitions import Field
from desktop.ledger.money import to_excel
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in.columns import as_cell
from desktop.sheets.forms import values
from desktop.sheets.forms.fixed import What, dated, day_text, filled_text
from desktop.sheets.forms.learning import Form, FormColumn
from desktop.sheets.forms.losses import opened
from desktop.sheets.forms.rows import even_out, make_room
from desktop.sheets.tables.rows import plain
from desktop.sheets.tables.surroundings import MoneyUnit
from desktop.sheets.workbook.grid import letters
from desktop.sheets.writing.drawing import AROUND, LINE, lines_of
from desktop.sheets.writing.looks import Remarks
from desktop.sheets.writing.registers import Labels

#: Excel's own: a column's width in half-width signs where none is set, a row's greatest height.
USUAL_WIDTH, HIGHEST = 8, 409.0


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
    page = workbook[form.sheet]
    remarks = Remarks()
    even_out(page, form.first, form.last)
    last = make_room(workbook, page, form.first, form.last, max(1, len(contents.rows)))
    _Page(page, form, contents, last, remarks).fill()
    _fix(book, page, form, last - form.last, period, on)
    workbook.calculation.fullCalcOnLoad = True
    data = BytesIO()
    workbook.save(data)
    return Filled(
        data.getvalue(), len(contents.rows), (*_said(form, contents), *remarks.sentences())
    )


def _said(form: Form, contents: values.Contents) -> list[str]:
    """Which columns stay empty because this kind of period has no such figure."""
    empty = [one.heading for one in form.columns if contents.fields.get(one.column) is None]
    return [f"这一期没有“{'”“'.join(empty)}”的数，这些栏留空。"] if empty else []


class _Page:
    def __init__(
        self, page: Any, form: Form, contents: values.Contents, last: int, remarks: Remarks
    ) -> None:
        self.page, self.form, self.contents = page, form, contents
        self.last, self.remarks = last, remarks
        #: Columns whose lines compute themselves.
        self.formulas = {
            column
            for (row, column), cell in page._cells.items()
            if row == form.first and cell.data_type == "f"
        }

    def fill(self) -> None:
        """Empty the lines of what stood in them, then write the rows and the totals."""
        for (line, column), cell in list(self.page._cells.items()):
            inside = self.form.first <= line <= self.last
            if inside and column not in self.formulas and not _merged(cell):
                cell.value = None
        for number, row in enumerate(self.contents.rows):
            at = self.form.first + number
            if self.form.number is not None:
                self._put(at, self.form.number, number + 1)
            for one in self.form.columns:
                if one.column not in self.formulas:
                    self._value(at, one, row.values.get(one.column))
            self._grow(at)
        self._empty_formulas()
        self._totals()

    def _grow(self, row: int) -> None:
        """A line whose wrapped texts need more room than the form gives gets it."""
        needed = 1
        for one in self.form.columns:
            cell = self.page.cell(row, one.column)
            if isinstance(cell.value, str) and cell.alignment.wrap_text:
                width = self.page.column_dimensions[letters(one.column - 1)].width
                needed = max(needed, lines_of(cell.value, int(width or USUAL_WIDTH)))
        height = needed * LINE + AROUND
        line = self.page.row_dimensions[row]
        if needed > 1 and (line.height or 0) < height:
            line.height = min(HIGHEST, height)

    def _value(self, row: int, column: FormColumn, value: Any) -> None:
        field = self.contents.fields.get(column.column)
        if field is None or value is None:
            return
        cell = self.page.cell(row, column.column)
        shown = value if column.also else _shown(cell, field, column, value)
        self._put(row, column.column, shown)

    def _put(self, row: int, column: int, value: Any) -> None:
        cell = self.page.cell(row, column)
        if _merged(cell):
            return
        if isinstance(value, str):
            text = self.remarks.fit(value, f"{self.page.title}!{letters(column - 1)}{row}")
            cell.value = text
            cell.data_type = "s"  # what begins with = is text too
            if text.startswith(("=", "+", "-", "@")):
                cell.quotePrefix = True
        else:
            cell.value = value

    def _empty_formulas(self) -> None:
        """Lines without a row compute nothing."""
        first = self.form.first + max(1, len(self.contents.rows))
        for row in range(first, self.last + 1):
            for column in self.formulas:
                cell = self.page.cell(row, column)
                if not _merged(cell):
                    cell.value = None

    def _totals(self) -> None:
        """A blank cell of a total row under money becomes the sum of the lines."""
        for given in self.form.totals:
            row = given + (self.last - self.form.last if given > self.form.last else 0)
            for one in self.form.columns:
                field, cell = self.contents.fields.get(one.column), self.page.cell(row, one.column)
                if (
                    field is None
                    or field.type != "money"
                    or cell.value is not None
                    or _merged(cell)
                ):
                    continue
                letter = letters(one.column - 1)
                cell.value = f"=SUM({letter}{self.form.first}:{letter}{self.last})"


def _merged(cell: Any) -> bool:
    return type(cell).__name__ == "MergedCell"


def _shown(cell: Any, field: Field, column: FormColumn, value: Any) -> Any:
    """A value as this cell of the form shows it: in its unit, as a share or per hundred, a date
    as a date where the cell is formatted as one."""
    from openpyxl.styles.numbers import is_date_format

    if field.type == "money":
        return _amount(value, column.unit)
    if field.type == "percent":
        if "%" in plain(column.heading) and "%" not in str(cell.number_format):
            return round(value * 100, 2)
        if cell.number_format == "General":
            cell.number_format = "0.0%"
        return value
    if field.type == "date" and not is_date_format(cell.number_format):
        if cell.number_format == "General":
            return date.fromisoformat(value)
        return str(value)
    return as_cell(field, value, "万元")


def _amount(yuan: int, unit: MoneyUnit) -> Decimal:
    """The exact number for a cell in any unit that a form may have."""
    if unit == "千元" or unit == "百万元":
        return Decimal(yuan).scaleb(-3 if unit == "千元" else -6)
    return to_excel(yuan, unit)


def _fix(book: Book, page: Any, form: Form, more: int, period: Period | None, on: date) -> None:
    """The cells that are the same for all rows."""
    fixed = _fixed_values(book, on)
    for one in form.fixed:
        row = one.row + (more if one.row > form.last else 0)
        cell = page.cell(row, one.column)
        text = str(cell.value or "")
        if one.what == "period":
            new = dated(text, period, book.week_last_day) if period is not None else text
        else:
            new = filled_text(text, one, fixed)
        if new != text and not _merged(cell):
            cell.value = new
            cell.data_type = "s"


def _fixed_values(book: Book, on: date) -> Mapping[What, str]:
    """What the book knows: its unit, the unit's contact and telephone, the day."""
    labels = Labels(book)
    unit = labels.rows("unit").get(book.unit, {})
    return {
        "unit": str(unit.get("name") or ""),
        "filler": str(unit.get("contact") or ""),
        "phone": str(unit.get("phone") or ""),
        "date": day_text(on),
    }
