"""Single cells of a form: a value in the form's own unit and format, text that stays text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from desktop.ledger.definitions import Field
from desktop.ledger.money import to_excel
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in.columns import as_cell
from desktop.sheets.forms.fixed import What, dated, day_text, filled_text
from desktop.sheets.forms.form import Form, FormColumn
from desktop.sheets.tables.rows import plain
from desktop.sheets.tables.surroundings import MoneyUnit
from desktop.sheets.workbook.grid import letters
from desktop.sheets.writing.drawing import AROUND, LINE, lines_of
from desktop.sheets.writing.looks import Remarks
from desktop.sheets.writing.registers import Labels
from desktop.sheets.writing.styles import RISKY

#: Excel's own: a column's width in half-width signs where none is set, a row's greatest height.
USUAL_WIDTH, HIGHEST = 8, 409.0


def merged(cell: Any) -> bool:
    """Whether a cell is hidden under a merged area."""
    return type(cell).__name__ == "MergedCell"


def put(page: Any, row: int, column: int, value: Any, remarks: Remarks) -> None:
    """Write a value; a text stays one, whatever it begins with."""
    cell = page.cell(row, column)
    if merged(cell):
        return
    if isinstance(value, str):
        text = remarks.fit(value, f"{page.title}!{letters(column - 1)}{row}")
        cell.value = text
        cell.data_type = "s"  # what begins with = is text too
        if text.startswith(RISKY):
            cell.quotePrefix = True
    else:
        cell.value = value


def put_value(
    page: Any, row: int, one: FormColumn, field: Field | None, value: Any, remarks: Remarks
) -> None:
    """Write a value of the book as its cell of the form shows it."""
    if field is None or value is None:
        return
    told = bool(one.also) or (isinstance(value, str) and "\n" in value)
    shown = value if told else _shown(page.cell(row, one.column), field, one, value)
    put(page, row, one.column, shown, remarks)


def grow(page: Any, first: int, last: int, columns: list[tuple[int, int]]) -> None:
    """Give the rows of a line more height where the wrapped texts of ``columns`` (row, column) need
    it; a cell merged over all of them shares its need out."""
    needed = dict.fromkeys(range(first, last + 1), 1)
    areas = {(area.min_row, area.min_col): area for area in page.merged_cells.ranges}
    for row, column in columns:
        cell = page.cell(row, column)
        if not isinstance(cell.value, str) or not cell.alignment.wrap_text:
            continue
        area = areas.get((row, column))
        right = area.max_col if area else column
        bottom = area.max_row if area else row
        width = sum(_width(page, at) for at in range(column, right + 1))
        each = -(-lines_of(cell.value, int(width)) // (bottom - row + 1))
        for at in range(row, min(bottom, last) + 1):
            needed[at] = max(needed[at], each)
    for row, lines in needed.items():
        height = lines * LINE + AROUND
        line = page.row_dimensions[row]
        if lines > 1 and (line.height or 0) < height:
            line.height = min(HIGHEST, height)


def _width(page: Any, column: int) -> float:
    return float(page.column_dimensions[letters(column - 1)].width or USUAL_WIDTH)


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


def fix(
    page: Any,
    form: Form,
    values: Mapping[What, str],
    period: Period | None,
    last_day: int,
    moved: Mapping[int, int],
    remarks: Remarks,
) -> None:
    """Fill the cells that are the same for all rows; ``moved`` says where a row of the template
    has gone, itself where it has not."""
    for one in form.fixed:
        row = moved.get(one.row, one.row)
        cell = page.cell(row, one.value or one.column)
        old = "" if cell.value is None else str(cell.value)
        if one.what == "period" and (not one.label or (one.value and old.strip())):
            new = dated(old, period, last_day) if period is not None else old
            if new == old and one.value and period is not None:
                new = period.title
        elif one.value:
            new = one.text or values.get(one.what, "") or old
        else:
            new = filled_text(old, one, values)
        if new != old and not merged(cell):
            put(page, row, one.value or one.column, new, remarks)


def fixed_values(book: Book, on: date, period: Period | None) -> Mapping[What, str]:
    """What the book knows: its unit, the unit's contact and telephone, the day, the period."""
    unit = Labels(book).rows("unit").get(book.unit, {})
    return {
        "unit": str(unit.get("name") or ""),
        "filler": str(unit.get("contact") or ""),
        "phone": str(unit.get("phone") or ""),
        "date": day_text(on),
        "period": period.title if period is not None else "",
    }
