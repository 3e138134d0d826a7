"""The lines of a form's block: emptied of what stood in them, then filled, one row of the book or
one project with its items after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.sheets.forms.cells import grow, merged, put, put_value
from desktop.sheets.forms.form import Form
from desktop.sheets.forms.groups import Grouping
from desktop.sheets.forms.values import Contents, FormRow
from desktop.sheets.writing.looks import Remarks


class Lines:
    """Fills blocks of ``page``; ``grouping`` where a row of the book takes several lines."""

    def __init__(
        self,
        page: Any,
        form: Form,
        contents: Contents,
        grouping: Grouping | None,
        remarks: Remarks,
    ) -> None:
        self.page, self.form, self.contents = page, form, contents
        self.grouping, self.remarks = grouping, remarks

    def fill(self, first: int, last: int, rows: Sequence[FormRow], number: int) -> None:
        """Fill ``first`` … ``last``; the first row is counted as ``number`` + 1."""
        computed = {
            column
            for (row, column), cell in self.page._cells.items()
            if row == first and cell.data_type == "f"
        }
        for (line, column), cell in list(self.page._cells.items()):
            if first <= line <= last and column not in computed and not merged(cell):
                cell.value = None
        least = self.grouping.least if self.grouping else 1
        at, counted = first, number
        for row in rows:
            end = at + max(least, len(row.lines)) - 1
            counted = self._row(row, at, end, counted, computed)
            at = end + 1
        for line in range(at, last + 1):
            self._compute_nothing(line, computed)
        while self.grouping and at <= last:
            self.grouping.merge(self.page, at, min(last, at + least - 1))
            at += least

    def _row(self, row: FormRow, first: int, last: int, counted: int, computed: set[int]) -> int:
        """One row of the book over its lines; returns the last number given."""
        lines = row.lines or ({},)
        each = self.grouping is not None and not self.grouping.has(self.form.number or 0)
        for offset in range(last - first + 1):
            line = first + offset
            here = lines[offset] if offset < len(lines) else {}
            if offset == 0 or (each and here):
                counted += 1
                if self.form.number is not None and self.form.number not in computed:
                    put(self.page, line, self.form.number, counted, self.remarks)
            for one in self.form.columns:
                value = here.get(one.place)
                if value is None and offset == 0:
                    value = row.values.get(one.place)
                if one.column not in computed:
                    field = self.contents.fields.get(one.place)
                    put_value(self.page, line, one, field, value, self.remarks)
            if offset:
                self._compute_nothing(line, computed)
        if self.grouping:
            self.grouping.merge(self.page, first, last)
        cells = [(line, one.column) for line in range(first, last + 1) for one in self.form.columns]
        grow(self.page, first, last, cells)
        return counted

    def _compute_nothing(self, row: int, computed: set[int]) -> None:
        """A line without a row of its own computes nothing."""
        for column in computed:
            cell = self.page.cell(row, column)
            if not merged(cell):
                cell.value = None
