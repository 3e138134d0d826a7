"""A table drawn as a worksheet: title, unit line, merged headings, formats, page, footers.

Drawn with openpyxl row by row (write-only), so that 50,000 rows need little memory. Text is always
text: what begins with = + - @ never becomes a formula.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop.ledger.ledger_rows import UNREPORTED
from desktop.ledger.money import PLACES, to_excel
from desktop.sheets.workbook.grid import letters
from desktop.sheets.writing.lists import Lists
from desktop.sheets.writing.looks import LONGEST_NAME, Column, Remarks, Sheet, keeps, sheet_name

if TYPE_CHECKING:
    from openpyxl import Workbook

#: Excel's own limit of a rule's message.
LONGEST_MESSAGE = 255
DEMONSTRATION = "演示数据，不是真实项目，不得引用"
#: A table wider than this (in half-width signs) is printed on A3, else on A4, both landscape; one
#: wider than an A3 page can show legibly goes over several pages side by side.
WIDEST_A4, WIDEST_A3 = 170, 320
A3, A4 = 8, 9
#: Points per line of text and around it.
LINE, AROUND = 14.0, 6.0
_PLAIN_NUMBERS = frozenset({"integer", "number"})


def draw(book: Workbook, sheet: Sheet, remarks: Remarks, names: set[str], lists: Lists) -> None:
    """Append ``sheet`` to an openpyxl write-only workbook; ``names`` are those already taken,
    ``lists`` takes long lists of choices."""
    _Drawing(book, sheet, remarks, sheet_name(sheet.name or sheet.title, names), lists).draw()


class _Drawing:
    def __init__(
        self, book: Workbook, sheet: Sheet, remarks: Remarks, name: str, lists: Lists
    ) -> None:
        from desktop.sheets.writing.styles import Styles

        self.sheet, self.remarks, self.name, self.lists = sheet, remarks, name, lists
        self.page = book.create_sheet(name)
        self.styles = Styles(self.page)
        first = (Column(("序号",), "integer", 5),) if sheet.numbered else ()
        self.columns = (*first, *sheet.columns)
        self.depth = max(len(column.path) for column in self.columns)
        #: Columns of the first printed page: title and unit line stand over these.
        self.span = self._first_page()
        #: Rows of the page, from 1.
        self.top = 3 + sheet.demonstration
        self.first = self.top + self.depth
        self.last = self.first + len(sheet.rows) - 1
        self.formats = [self._format(number) for number in range(len(self.columns))]

    def draw(self) -> None:
        """All rows, then what belongs to the whole page."""
        widths = [column.width for column in self.columns]
        set_up(self.page, widths, self.top, self.first, self._frozen())
        for values in self._head():
            self.page.append(values)
        for number, row in enumerate(self.sheet.rows):
            typed = (number + 1, *row) if self.sheet.numbered else tuple(row)
            self._append(
                [
                    self._cell(value, column, style, self.first + number)
                    for column, (value, style) in enumerate(zip(typed, self.formats, strict=True))
                ],
                self.first + number,
            )
        for values in self._foot():
            self.page.append(values)
        self._offer_choices()

    def _append(self, cells: list[Any], row: int) -> None:
        """A row of the table, high enough for its longest text: no program wraps for us."""
        lines = 1
        for cell, column in zip(cells, self.columns, strict=True):
            if cell is not None and cell.data_type == "s" and cell.value:
                lines = max(lines, lines_of(cell.value, column.width))
        if lines > 1:
            self.page.row_dimensions[row].height = min(409.0, lines * LINE + AROUND)
        self.page.append(cells)

    # Page -----------------------------------------------------------------------------------------

    def _first_page(self) -> int:
        """How many columns go on the first printed page."""
        pages = math.ceil(sum(column.width for column in self.columns) / WIDEST_A3)
        room = sum(column.width for column in self.columns) / pages
        for number in range(len(self.columns)):
            room -= self.columns[number].width
            if room < 0:
                return max(2, number)
        return len(self.columns)

    def _frozen(self) -> int:
        """The first column that scrolls: after the number and the name."""
        return max(1, min(len(self.columns) - 1, 1 + self.sheet.numbered))

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.page.merged_cells.add(f"{letters(left)}{top}:{letters(right)}{bottom}")

    def _offer_choices(self) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        if self.last < self.first:
            return
        for number, column in enumerate(self.columns):
            choices = ("是", "否") if column.type == "flag" else column.choices
            if column.type not in ("choice", "flag") or not choices:
                continue
            formula = self.lists.formula(choices)
            offered = DataValidation(type="list", formula1=formula, allow_blank=True)
            offered.error = f"请选择：{'、'.join(choices)}"[:LONGEST_MESSAGE]
            offered.errorTitle = column.path[-1][:LONGEST_NAME]
            offered.showErrorMessage = True
            letter = letters(number)
            offered.add(f"{letter}{self.first}:{letter}{self.last}")
            self.page.data_validations.append(offered)

    # Rows -----------------------------------------------------------------------------------------

    def _head(self) -> Iterator[list[Any]]:
        self._merge(1, 0, 1, self.span - 1)
        yield [self._text(self.sheet.title, "title", 1, 0)]
        if self.sheet.demonstration:
            self._merge(2, 0, 2, self.span - 1)
            yield [self._text(DEMONSTRATION, "warning", 2, 0)]
        yield self._unit_line(self.span)
        for level in range(self.depth):
            self.page.row_dimensions[self.top + level].height = self._heading_height()
            yield self._heading(level)

    def _unit_line(self, width: int) -> list[Any]:
        row = self.top - 1
        money = any(column.type == "money" for column in self.columns)
        right = f"单位：{self.sheet.unit}" if money else ""
        at = max(width - 2, 1) if width > 1 else 0
        self._merge(row, 0, row, max(at - 1, 0))
        self._merge(row, at, row, width - 1)
        cells: list[Any] = [None] * width
        cells[0] = self._text(self.sheet.left, "line", row, 0)
        if right and at:
            cells[at] = self._text(right, "unit", row, at)
        return cells

    def _heading(self, level: int) -> list[Any]:
        """One heading row: groups merged over their columns, single headings down to the last."""
        cells: list[Any] = []
        row = self.top + level
        for number, column in enumerate(self.columns):
            path = column.path
            text = path[level] if level < len(path) else ""
            before = self.columns[number - 1].path if number else ()
            grouped = level < len(path) - 1
            if grouped and before[: level + 1] == path[: level + 1] and len(before) > level + 1:
                text = ""
            elif grouped:
                self._merge(row, number, row, self._group_end(number, level))
            elif level == len(path) - 1:
                self._merge(row, number, self.top + self.depth - 1, number)
            cells.append(self._text(text, "heading", row, number))
        return cells

    def _heading_height(self) -> float:
        """The height of each heading row, so that the longest title has room over all of them."""
        most = max(
            lines_of(column.path[-1], column.width) / (self.depth - len(column.path) + 1)
            for column in self.columns
        )
        return max(1, math.ceil(most)) * LINE + AROUND

    def _group_end(self, number: int, level: int) -> int:
        group = self.columns[number].path[: level + 1]
        end = number
        while end + 1 < len(self.columns):
            path = self.columns[end + 1].path
            if path[: level + 1] != group or len(path) <= level + 1:
                break
            end += 1
        return end

    def _foot(self) -> Iterator[list[Any]]:
        row = self.last + 1
        adds = [self._adds(number) for number in range(len(self.columns))]
        if self.sheet.totals and any(adds) and self.last >= self.first:
            yield self._total_row(adds, row)
            row += 1
        if self.sheet.signatures:
            self._merge(row, 0, row, self.span - 1)
            yield [self._text((" " * 16).join(self.sheet.signatures), "line", row, 0)]
            row += 1
        if self.sheet.note:
            self._merge(row, 0, row, self.span - 1)
            yield [self._text(f"注：{self.sheet.note}", "line", row, 0)]

    def _adds(self, number: int) -> bool:
        """Whether the total row adds a column up: it says so and has something to add."""
        column, at = self.columns[number], number - self.sheet.numbered
        return column.total and any(row[at] is not None for row in self.sheet.rows)

    def _total_row(self, adds: list[bool], row: int) -> list[Any]:
        cells: list[Any] = []
        label = 1 if self.sheet.numbered and len(adds) > 1 and not adds[1] else 0
        for number, added in enumerate(adds):
            letter = letters(number)
            if added:
                formula = f"=SUM({letter}{self.first}:{letter}{self.last})"
                cells.append(self.styles.cell(formula, self.formats[number]))
            else:
                cells.append(self._text("合计" if number == label else "", "heading", row, number))
        return cells

    # Cells ----------------------------------------------------------------------------------------

    def _format(self, number: int) -> str:
        """The style of a column's cells; a sum shows as many decimals as its column needs."""
        column = self.columns[number]
        if column.type != "money":
            known = {"percent", "date", "code", "phone", "long_text", "integer", "number"}
            return column.type if column.type in known else "text"
        at = number - self.sheet.numbered
        places = PLACES[self.sheet.unit]
        needed = 0
        for row in self.sheet.rows:
            value = row[at]
            while isinstance(value, int) and needed < places and value % 10 ** (places - needed):
                needed += 1
        return f"money{needed}"

    def _cell(self, value: Any, number: int, style: str, row: int) -> Any:
        column = self.columns[number]
        if value is None or value == "" or value == []:
            return self.styles.cell(None, style)
        if value == UNREPORTED:
            return self._text(value, style, row, number)
        if column.type == "money":
            return self.styles.cell(to_excel(value, self.sheet.unit), style)
        if (column.type == "percent" or column.type in _PLAIN_NUMBERS) and keeps(value):
            return self.styles.cell(value, style)
        if column.type == "date":
            day = date.fromisoformat(str(value))
            if keeps(day):
                return self.styles.cell(day, style)
        if column.type == "flag":
            return self._text("是" if value else "否", style, row, number)
        text = "、".join(value) if isinstance(value, list | tuple) else str(value)
        return self._text(text, style, row, number)

    def _text(self, text: str, style: str, row: int, column: int) -> Any:
        """A cell that holds text and nothing else, fit for a worksheet."""
        return self.styles.text(
            self.remarks.fit(text, f"{self.name}!{letters(column)}{row}"), style
        )


def set_up(page: Any, widths: Sequence[int], top: int, first: int, frozen: int) -> None:
    """Widths, page, repeated headings (rows ``top`` to before ``first``), what does not scroll."""
    from openpyxl.worksheet.properties import PageSetupProperties

    for number, width in enumerate(widths):
        page.column_dimensions[letters(number)].width = max(4, width)
    page.sheet_format.defaultRowHeight = LINE + AROUND
    page.sheet_format.customHeight = True
    page.row_dimensions[1].height = 32
    page.freeze_panes = f"{letters(frozen)}{first}"
    page.print_title_rows = f"{top}:{first - 1}"
    page.print_title_cols = f"A:{letters(frozen - 1)}"
    page.page_setup.orientation = "landscape"
    wide = sum(widths)
    page.page_setup.paperSize = A3 if wide > WIDEST_A4 else A4
    page.page_setup.fitToWidth = math.ceil(wide / WIDEST_A3)
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins.left = page.page_margins.right = 0.5
    page.page_margins.top, page.page_margins.bottom = 0.6, 0.8
    page.page_margins.footer = 0.4
    page.print_options.horizontalCentered = True
    page.oddFooter.center.text = "第 &P 页  共 &N 页"


def lines_of(text: str, width: int) -> int:
    """The lines that a text needs in a column; a Chinese sign is two half-width ones wide."""
    room = max(2, width - 1)
    if "\n" in text:
        return sum(lines_of(part, width) for part in text.split("\n"))
    if 2 * len(text) <= room:  # most cells; every cell of a workbook is asked about
        return 1
    return max(1, -(-len(text.encode("gbk", "replace")) // room))
