"""Tables as papers print them, drawn as worksheets: the printed figures become numbers.

A paper's table is text already, rounded and balanced; here a figure is a number again where it is
one, shown with as many decimals as on paper. What is no number (``−``, ``无计划``) stays text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec

from desktop.sheets.workbook.grid import letters
from desktop.sheets.writing.drafts import drafting
from desktop.sheets.writing.drawing import (
    AROUND,
    DEMONSTRATION,
    LINE,
    lines_of,
    set_up,
)
from desktop.sheets.writing.figures import number_in
from desktop.sheets.writing.looks import Remarks, fits, sheet_name
from desktop.sheets.writing.registers import MOST_ROWS, TooManyRows

if TYPE_CHECKING:
    from openpyxl import Workbook

Kind = Literal["text", "figure", "word", "light"]
_STYLES: dict[Kind, str] = {
    "text": "long_text",
    "figure": "figure",
    "word": "text",
    "light": "text",
}
#: A zip knows no earlier date.
EARLIEST = date(1980, 1, 1)
#: A row of prose is so many half-width signs wide, and at most so high that Excel shows it.
PROSE_WIDTH, _HIGHEST, _PROSE_LINE = 80, 409.0, 17.0


class PrintedColumn(msgspec.Struct, frozen=True):
    """A column: its heading from the group down, its kind, its width in half-width signs."""

    path: tuple[str, ...]
    kind: Kind = "text"
    width: int = 12


class PrintedRow(msgspec.Struct, frozen=True):
    """A row of texts; ``heavy`` rows sum up, the first cell runs over ``span`` columns."""

    cells: tuple[str, ...]
    heavy: bool = False
    span: int = 1


class PrintedSheet(msgspec.Struct, frozen=True):
    """A table on a sheet: ``left`` and ``right`` above it, the lines of ``below`` under it."""

    title: str
    columns: tuple[PrintedColumn, ...]
    rows: Sequence[PrintedRow]
    name: str = ""
    subtitle: str = ""
    left: str = ""
    right: str = ""
    below: tuple[str, ...] = ()
    demonstration: bool = False


class ProseSheet(msgspec.Struct, frozen=True):
    """Running text: (whether it is a heading, the text) row by row."""

    title: str
    lines: tuple[tuple[bool, str], ...]
    name: str = ""
    subtitle: str = ""
    demonstration: bool = False


class _Dated(ZipFile):
    """A zip to write in which every entry has one date: same content, same bytes."""

    def __init__(self, file: BytesIO, day: datetime) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)
        self.day = day

    def open(self, name: Any, mode: Any = "r", *more: Any, **named: Any) -> Any:
        """Openpyxl gives each entry the clock's date, or that of its temporary file."""
        name.date_time = self.day.timetuple()[:6]
        name.external_attr = 0o600 << 16
        return super().open(name, mode, *more, **named)


def workbook_of(
    sheets: Sequence[PrintedSheet | ProseSheet], title: str, author: str, made_on: date
) -> tuple[bytes, tuple[str, ...]]:
    """A workbook of these sheets, and sentences about what had to be cut or cleaned.

    Its only date is ``made_on``, none before 1980. Raises
    :class:`~desktop.sheets.writing.registers.TooManyRows`; and what
    :func:`~desktop.sheets.writing.drafts.drafting` does where openpyxl's own temporary file
    meets a full disk.
    """
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    remarks, names, data = Remarks(), set[str](), BytesIO()
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, author
    book.properties.language = "zh-CN"
    for sheet in sheets:
        if isinstance(sheet, ProseSheet):
            _prose(book, sheet, remarks, names)
        elif len(sheet.rows) > MOST_ROWS:
            raise TooManyRows(sheet.title, len(sheet.rows))
        else:
            _Table(book, sheet, remarks, names).draw()
    day = datetime.combine(max(made_on, EARLIEST), time())
    book.properties.created = book.properties.modified = day
    with drafting(), _Dated(data, day) as archive:
        ExcelWriter(book, archive).save()
    return data.getvalue(), remarks.sentences()


class _Table:
    def __init__(
        self, book: Workbook, sheet: PrintedSheet, remarks: Remarks, names: set[str]
    ) -> None:
        from desktop.sheets.writing.styles import Styles

        self.sheet, self.remarks = sheet, remarks
        self.name = sheet_name(sheet.name or sheet.title, names)
        self.page = book.create_sheet(self.name)
        self.styles = Styles(self.page)
        self.depth = max((len(column.path) for column in sheet.columns), default=1)
        self.wide = len(sheet.columns)
        self.row = 0
        self.ordinal = [self._counts(number) for number in range(self.wide)]

    def draw(self) -> None:
        """Title, headings, rows, notes, in the order in which a write-only sheet takes them."""
        sheet = self.sheet
        lines = [sheet.subtitle] if sheet.subtitle else []
        top = 3 + len(lines) + sheet.demonstration
        frozen = max(1, min(self.wide - 1, 2))
        set_up(self.page, [one.width for one in sheet.columns], top, top + self.depth, frozen)
        self._over_all(sheet.title, "title", 32)
        if sheet.demonstration:
            self._over_all(DEMONSTRATION, "warning")
        for line in lines:
            self._over_all(line, "subtitle")
        self._sides()
        for level in range(self.depth):
            self._heading(level)
        for row in sheet.rows:
            self._append(row)
        for line in sheet.below:
            self._over_all(line, "line")

    def _over_all(self, text: str, style: str, height: float = LINE + AROUND) -> None:
        self.row += 1
        width = sum(column.width for column in self.sheet.columns)
        needed = lines_of(text, width * 10 // (18 if style == "title" else 10))
        self.page.row_dimensions[self.row].height = min(_HIGHEST, height * needed)
        self._merge(self.row, 0, self.row, self.wide - 1)
        self.page.append([self._text(text, style, 0)])

    def _sides(self) -> None:
        self.row += 1
        at = max(self.wide - 2, 1) if self.wide > 1 else 0
        cells: list[Any] = [None] * self.wide
        if at:
            self._merge(self.row, 0, self.row, at - 1)
            self._merge(self.row, at, self.row, self.wide - 1)
            cells[at] = self._text(self.sheet.right, "unit", at)
        both = "" if at else self.sheet.right
        cells[0] = self._text(f"{self.sheet.left}{both}", "line", 0)
        self.page.append(cells)

    def _heading(self, level: int) -> None:
        """One heading row: groups merged over their columns, single headings down to the last."""
        self.row += 1
        columns = self.sheet.columns
        cells = [self._text("", "heading", number) for number in range(self.wide)]
        high, first = 1, 0
        while first < self.wide:
            path, last = columns[first].path, first
            if level < len(path) - 1:
                while last + 1 < self.wide and _together(path, columns[last + 1].path, level):
                    last += 1
                self._merge(self.row, first, self.row, last)
            elif level == len(path) - 1:
                self._merge(self.row, first, self.row + self.depth - 1 - level, first)
            if level < len(path):
                cells[first] = self._text(path[level], "heading", first)
                width = sum(column.width for column in columns[first : last + 1])
                levels = self.depth - level if level == len(path) - 1 else 1
                high = max(high, -(-lines_of(path[level], width) // levels))
            first = last + 1
        self.page.row_dimensions[self.row].height = high * LINE + AROUND
        self.page.append(cells)

    def _append(self, row: PrintedRow) -> None:
        """A row of the table, high enough for its longest text."""
        self.row += 1
        span = min(max(row.span, 1), self.wide)
        if span > 1:
            self._merge(self.row, 0, self.row, span - 1)
        cells, high = [], 1
        for number, column in enumerate(self.sheet.columns):
            hidden = 0 < number < span
            text = row.cells[number] if number < len(row.cells) and not hidden else ""
            cells.append(self._cell(text, number, row))
            width = column.width
            if number == 0 and span > 1:
                width = sum(one.width for one in self.sheet.columns[:span])
            # A sign is two half-width ones wide at the most: most cells need not be asked.
            if 2 * len(text) > high * (width - 1) or "\n" in text:
                high = max(high, lines_of(text, width))
        if high > 1:
            height = min(_HIGHEST, high * LINE + AROUND)
            # All that openpyxl asks for; its own record of a row is ten times as large.
            self.page.row_dimensions[self.row] = {"ht": f"{height:g}", "customHeight": "1"}
        self.page.append(cells)

    def _cell(self, text: str, number: int, row: PrintedRow) -> Any:
        kind, heavy = self.sheet.columns[number].kind, "sum_" if row.heavy else ""
        if kind == "figure" or (self.ordinal[number] and not row.heavy):
            found = number_in(text)
            if found is not None:
                value, style = found
                return self.styles.cell(value, heavy + ("integer" if kind == "word" else style))
        if kind == "light" and text in "●▲■" and text:
            return self._text(text, text, number)
        style = _STYLES[kind]
        if number == 0 and row.heavy:
            style = "long_text" if row.span >= self.wide else "text"
        return self._text(text, heavy + style, number)

    def _counts(self, number: int) -> bool:
        """Whether a column of words is but small whole numbers: 序号, 名次."""
        if self.sheet.columns[number].kind != "word":
            return False
        texts = [
            row.cells[number]
            for row in self.sheet.rows
            if not row.heavy and number < len(row.cells) and row.cells[number]
        ]
        return all(text.isdecimal() and text[0] != "0" and len(text) <= 4 for text in texts)

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.page.merged_cells.add(f"{letters(left)}{top}:{letters(right)}{bottom}")

    def _text(self, text: str, style: str, column: int) -> Any:
        """A cell that holds text and nothing else, fit for a worksheet."""
        if not fits(text):
            text = self.remarks.fit(text, f"{self.name}!{letters(column)}{self.row}")
        return self.styles.text(text, style)


def _together(path: tuple[str, ...], other: tuple[str, ...], level: int) -> bool:
    return other[: level + 1] == path[: level + 1] and len(other) > level + 1


def _prose(book: Workbook, sheet: ProseSheet, remarks: Remarks, names: set[str]) -> None:
    from desktop.sheets.writing.styles import Styles

    name = sheet_name(sheet.name or sheet.title, names)
    page = book.create_sheet(name)
    styles = Styles(page)
    set_up(page, [PROSE_WIDTH], 1, 2, 1)
    page.page_setup.orientation = "portrait"
    page.print_title_rows = page.print_title_cols = page.freeze_panes = None
    for number, (text, style) in enumerate(_prose_lines(sheet), 1):
        wide = PROSE_WIDTH * 10 // (18 if style == "title" else 12)
        height = (32.0 if style == "title" else _PROSE_LINE) * lines_of(text, wide)
        page.row_dimensions[number].height = min(_HIGHEST, height + 2)
        page.append([styles.text(remarks.fit(text, f"{name}!A{number}"), style)])


def _prose_lines(sheet: ProseSheet) -> Iterator[tuple[str, str]]:
    yield sheet.title, "title"
    if sheet.demonstration:
        yield DEMONSTRATION, "warning"
    if sheet.subtitle:
        yield sheet.subtitle, "subtitle"
    for heading, text in sheet.lines:
        yield text, "prose_heading" if heading else "prose"
