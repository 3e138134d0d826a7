"""Labels of a form whose value stands in the next cell: 填报单位 | ____ | 填表人 | ____.

The reader of tables would take such a row for a card or for the top of the headings, so the labels
and their values are found first and hidden from it. A row counts when it holds nothing but labels
and values, perhaps the unit of the money, and one of the labels is a form's own (填报单位, 填表人);
联系人 and 联系电话 alone may be a card's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from desktop.sheets.forms.fixed import FixedCell, belongs_to_form, label_of
from desktop.sheets.tables.headings import filled
from desktop.sheets.tables.rows import is_unit_line
from desktop.sheets.workbook.grid import Cell, Sheet, Workbook


def pairs_in(sheet: Sheet, row: int) -> list[FixedCell]:
    """The labels of a row (from 0) whose value stands beside them; empty where the row is none of
    labels. A label with a colon and no blank cell behind it has its value in its own cell."""
    cells = filled(sheet.rows[row])
    labels = {column: label_of(cell) for column, cell in cells}
    if not any(belongs_to_form(label) for _, label, _ in labels.values()):
        return []
    found: list[tuple[FixedCell, bool]] = []
    value_column = -1
    for column, cell in cells:
        what, label, colon = labels[column]
        if what is None:
            if column != value_column and not is_unit_line(cell):
                return []
            continue
        beside = _right_of(sheet, row, column)
        given = beside in labels and labels[beside][0] is None
        given = given and not is_unit_line(sheet.at(row, beside))
        if beside >= sheet.width or (beside in labels and not given):
            if not colon:
                return []
            continue  # the value follows in the cell itself
        value_column = beside
        sure = given or not colon or _framed(sheet, row, beside)
        found.append((FixedCell(row + 1, column + 1, what, label, value=beside + 1), sure))
    return [one for one, _ in found] if any(sure for _, sure in found) else []


def without(workbook: Workbook, pairs: Mapping[str, Iterable[FixedCell]]) -> Workbook:
    """``workbook`` without labels and values (by sheet), for the reader of tables."""
    sheets = []
    for sheet in workbook.sheets:
        blank = {
            (one.row - 1, column - 1)
            for one in pairs.get(sheet.name, ())
            for column in (one.column, one.value)
        }
        lines: list[list[Cell]] = [
            ["" if (number, column) in blank else cell for column, cell in enumerate(line)]
            if any(row == number for row, _ in blank)
            else line
            for number, line in enumerate(sheet.rows)
        ]
        sheets.append(msgspec.structs.replace(sheet, rows=lines) if blank else sheet)
    return msgspec.structs.replace(workbook, sheets=tuple(sheets))


def _right_of(sheet: Sheet, row: int, column: int) -> int:
    """The first column right of a cell, merged or not."""
    return 1 + max(
        (
            area.right
            for area in sheet.merges
            if area.left == column and area.top <= row <= area.bottom
        ),
        default=column,
    )


def _framed(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a blank cell was made for a value: it is merged, or a label follows right behind."""
    right = _right_of(sheet, row, column)
    return right > column + 1 or label_of(sheet.at(row, right))[0] is not None
