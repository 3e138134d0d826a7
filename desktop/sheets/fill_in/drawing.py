"""A fill-in workbook drawn: open cells pale yellow, all else grey and locked, marks out of sight.

Drawn row by row as every other workbook of ours. The protection has no password: it keeps a
finger from slipping and is no secret. Column A holds the rows' keys, the hidden row over the
headings those of the columns.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from desktop.sheets.fill_in import marks
from desktop.sheets.fill_in.columns import FillColumn, as_cell
from desktop.sheets.fill_in.contents import FillIn
from desktop.sheets.fill_in.limits import choice, limit_of, validation
from desktop.sheets.workbook.grid import letters
from desktop.sheets.writing.drawing import AROUND, DEMONSTRATION, LINE, WIDEST_A3, lines_of, set_up
from desktop.sheets.writing.lists import Lists
from desktop.sheets.writing.looks import Remarks

if TYPE_CHECKING:
    from desktop.ledger.definitions import Scheme

GREY, OPEN = "FFF0F0F0", "FFFFFBE0"
INSTRUCTIONS = (
    "填写说明：只填浅黄色的格，灰色格是已有资料和上期数，不用填。没有的留空。"
    "日期写成 2023-03-02 的形式。可以排序，不要删除隐藏的行、列和工作表；填好后原样送回。"
)
SIGNATURES = ("填表人：", "联系电话：", "负责人：", "填报日期：")
_NUMBER = 5


def drawn(one: FillIn, scheme: Scheme, remarks: Remarks) -> bytes:
    """The workbook as the bytes of an xlsx file."""
    from openpyxl import Workbook
    from openpyxl.workbook.protection import WorkbookProtection

    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = one.title, one.mark.unit
    book.properties.language = "zh-CN"
    lists = Lists()
    _Page(book, one, scheme, remarks, lists).draw()
    _draw_marks(book, one)
    lists.write(book, remarks)
    book.security = WorkbookProtection(lockStructure=True)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def _draw_marks(book: Any, one: FillIn) -> None:
    """The hidden worksheet: the mark, the keys of the columns, then every row as it was given."""
    from desktop.sheets.writing.styles import Styles

    page = book.create_sheet(marks.SHEET)
    page.sheet_state = "veryHidden"
    styles = Styles(page)
    keys = [column.key for column in one.columns]
    rows = [[marks.encode(one.mark)], ["", marks.CARRIED, *keys]]
    for row in one.rows:
        values = [marks.kept(_fitted(row.cells.get(key))) for key in keys]
        carried = ",".join(sorted(row.carried))
        rows.append([marks.row_key(one.mark, row.place), carried, *values])
    for texts in rows:
        page.append([styles.text(text, "line") for text in texts])


def _fitted(value: Any) -> Any:
    """A given text as the sheet can hold it: what was cut comes back cut and is no change."""
    if isinstance(value, str) and len(value) > marks.LONGEST:
        return Remarks().fit(value, "").replace("_x005F_", "_")
    return value


class _Page:
    def __init__(
        self, book: Any, one: FillIn, scheme: Scheme, remarks: Remarks, lists: Lists
    ) -> None:
        from desktop.sheets.writing.looks import sheet_name
        from desktop.sheets.writing.styles import Styles

        self.one, self.remarks, self.lists, self.scheme = one, remarks, lists, scheme
        self.name = sheet_name(scheme.register(one.mark.register).title, set())
        self.page = book.create_sheet(self.name)
        self.styles = Styles(self.page)
        self.columns = one.columns
        self.paths = [("",), ("序号",), *(column.path for column in one.columns)]
        self.widths = [4, _NUMBER, *(column.field.width for column in one.columns)]
        self.wide = len(self.widths)
        #: Columns of the first printed page: title and unit line stand over these.
        self.span = self._first_page()
        self.depth = one.mark.depth
        #: Rows from 1: title, [warning,] instructions, unit line, keys, headings, then the rows.
        self.keys = 4 + one.demonstration
        self.top = self.keys + 1
        self.first = self.top + self.depth
        self.last = self.first + len(one.rows) + one.spare - 1

    def draw(self) -> None:
        """The page, row by row, then its rules and its protection."""
        set_up(self.page, self.widths, self.top, self.first, 3)
        self.page.column_dimensions["A"].hidden = True
        self.page.row_dimensions[self.keys].hidden = True
        for row in self._head():
            self.page.append(row)
        for number, given in enumerate(self.one.rows):
            self._append(number, marks.row_key(self.one.mark, given.place), given.cells)
        for number in range(self.one.spare):
            key = marks.spare_key(self.one.mark, number + 1)
            self._append(len(self.one.rows) + number, key, None)
        for row in self._foot():
            self.page.append(row)
        self._limit()
        self._protect()

    # Rows -----------------------------------------------------------------------------------------

    def _head(self) -> Iterator[list[Any]]:
        yield self._over_all(1, self.one.title, "title")
        if self.one.demonstration:
            yield self._over_all(2, DEMONSTRATION, "warning")
        row = self.keys - 2
        yield self._over_all(row, INSTRUCTIONS, "wrapped")
        lines = lines_of(INSTRUCTIONS, sum(self.widths[1 : self.span]))
        self.page.row_dimensions[row].height = lines * LINE + AROUND
        yield self._unit_line(self.keys - 1)
        keys = ["", "#", *(column.key for column in self.columns)]
        keys[0] = marks.encode(self.one.mark)
        yield [self.styles.text(key, "line") for key in keys]
        for level in range(self.depth):
            yield self._heading(level)

    def _over_all(self, row: int, text: str, style: str) -> list[Any]:
        self._merge(row, 1, row, self.span - 1)
        return [None, self._text(text, style, row, 1)]

    def _unit_line(self, row: int) -> list[Any]:
        money = any(column.field.type == "money" for column in self.columns)
        at = max(self.span - 2, 2)
        self._merge(row, 1, row, at - 1)
        self._merge(row, at, row, self.span - 1)
        cells: list[Any] = [None] * max(self.span, at + 1)
        left = f"填报单位：{self.one.recipient}    {self.one.where}".rstrip()
        cells[1] = self._text(left, "line", row, 1)
        if money:
            cells[at] = self._text(f"单位：{self.one.mark.money}", "unit", row, at)
        return cells

    def _heading(self, level: int) -> list[Any]:
        """Groups merged over their columns, single headings down to the last row."""
        row = self.top + level
        cells: list[Any] = [self.styles.text("", "line")]
        for number, path in enumerate(self.paths[1:], 1):
            before, text = self.paths[number - 1], path[level] if level < len(path) else ""
            grouped = level < len(path) - 1
            if grouped and before[: level + 1] == path[: level + 1]:
                text = ""
            elif grouped:
                end = number
                while self._together(end + 1, path, level):
                    end += 1
                self._merge(row, number, row, end)
            elif level == len(path) - 1:
                self._merge(row, number, self.top + self.depth - 1, number)
            cells.append(self._text(text, "heading", row, number))
        high = max(
            lines_of(path[-1], width) / (self.depth - len(path) + 1)
            for path, width in zip(self.paths[1:], self.widths[1:], strict=True)
        )
        self.page.row_dimensions[row].height = max(1, -(-high // 1)) * LINE + AROUND
        return cells

    def _together(self, number: int, path: tuple[str, ...], level: int) -> bool:
        if number >= self.wide:
            return False
        other = self.paths[number]
        return other[: level + 1] == path[: level + 1] and len(other) > level + 1

    def _append(self, number: int, key: str, values: Any) -> None:
        """A row to be filled; ``values`` is None in a blank one, whose subject is open too."""
        row = self.first + number
        made = [self.styles.text(key, "line"), self.styles.cell(number + 1, "integer", GREY)]
        lines = 1
        for at, column in enumerate(self.columns, 2):
            open_ = column.kind == "fill" or (values is None and self._names(column))
            ground = OPEN if open_ else GREY
            value = as_cell(column.field, (values or {}).get(column.key), self.one.mark.money)
            style = self._style(column)
            if isinstance(value, str):
                fitted = self.remarks.fit(value, f"{self.name}!{letters(at)}{row}")
                made.append(self.styles.text(fitted, style, ground, locked=not open_))
                lines = max(lines, lines_of(fitted, column.field.width))
            else:
                made.append(self.styles.cell(value, style, ground, locked=not open_))
        if lines > 1:
            self.page.row_dimensions[row].height = min(409.0, lines * LINE + AROUND)
        self.page.append(made)

    def _names(self, column: FillColumn) -> bool:
        """Whether the column names the subject of a row."""
        return column.key == next(
            (one.key for one in self.columns if one.key.startswith("=")), None
        )

    def _style(self, column: FillColumn) -> str:
        kind = column.field.type
        if kind == "money":
            return "figures"
        known = {"percent", "date", "code", "phone", "long_text", "integer", "number"}
        return kind if kind in known else "text"

    def _foot(self) -> Iterator[list[Any]]:
        row = self.last + 1
        self._merge(row, 1, row, self.span - 1)
        text = self._text((" " * 12).join(SIGNATURES), "line", row, 1, locked=False)
        yield [None, text]

    # Page -----------------------------------------------------------------------------------------

    def _limit(self) -> None:
        """Lists and limits on every open column, the subjects' list on blank rows."""
        if self.last < self.first:
            return
        for at, column in enumerate(self.columns, 2):
            codes = self.scheme.code_list(column.field)
            first = self.first
            if column.kind == "fill":
                limit = limit_of(column.field, codes, self.one.mark.money, self.lists)
            elif self._names(column) and self.one.spare and self.one.subjects:
                error = f"请从列表中选择{column.path[-1]}。"
                limit = choice(self.one.subjects, self.lists, error, f"新增一行时，{error}")
                first = self.last - self.one.spare + 1
            else:
                continue
            if limit is not None:
                rule = validation(limit, column.field.title)
                rule.add(f"{letters(at)}{first}:{letters(at)}{self.last}")
                self.page.data_validations.append(rule)

    def _protect(self) -> None:
        """Only open cells can be typed into; widths, heights, sorting and filtering stay free."""
        protection = self.page.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.formatCells = False
        protection.sort = protection.autoFilter = False

    def _first_page(self) -> int:
        wide = sum(self.widths)
        room = wide / math.ceil(wide / WIDEST_A3)
        for number, width in enumerate(self.widths):
            room -= width
            if room < 0:
                return max(3, number)
        return self.wide

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.page.merged_cells.add(f"{letters(left)}{top}:{letters(right)}{bottom}")

    def _text(self, text: str, style: str, row: int, column: int, *, locked: bool = True) -> Any:
        fitted = self.remarks.fit(text, f"{self.name}!{letters(column)}{row}")
        return self.styles.text(fitted, style, locked=locked)
