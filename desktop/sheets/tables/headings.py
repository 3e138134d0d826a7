"""Headings of tables: where they stand, of one to four rows, merged or not, and what they say.

A heading row is known by its words (two or more that the scheme knows) or by its shape: all short
texts, nearly as wide as what follows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

import msgspec

from desktop.sheets.tables.rows import is_quantity, plain
from desktop.sheets.tables.shapes import counting, shaped, starting, titles, translates
from desktop.sheets.workbook.grid import Cell, Sheet, line, spread

MOST_ROWS = 4
#: So many section rows may follow a heading.
MOST_SECTIONS = 4
#: A table may have a running number, a card never.
NUMBERED = frozenset({"序号", "编号", "序"})
LONGEST = 60

_UNIT_WORD = re.compile(
    r"\(?(?:单位[:：])?(?:亿元|万元|千元|百万元|元|%|个|项|人|户|亩|公顷|平方米|万平方米|m2|km|公里|米|吨|万吨|台|套|年|月)\)?"
)
_UNIT_ASIDE = re.compile(
    r"\((?:单位[:：])?(?:亿元|万元|千元|百万元|元|%|个|人|亩|平方米|万平方米|公里|户)\)"
)
#: What forms and questionnaires put before and behind a heading: 1.项目名称（必填）.
_ASKED = re.compile(
    r"^(?:\d{1,2}[.、]|\(\d{1,2}\)|[一二三四五六七八九十]{1,2}、)(?=[\u4e00-\u9fff])"
    r"|\((?:必填|选填|必填项|选填项|非必填|单选|多选|填空|单选题|多选题|填空题|必选|请填写)\)"
)
_YEAR = re.compile(r"199\d|20\d\d|2100")
_DATE = re.compile(r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?.*|\d{8}")
_PERIOD = re.compile(r"(?:\d{4}年?度?)?(?:\d{1,2}月份?|第?[一二三四1-4]季度|\d{4}年?)?")
_LABELLED = re.compile(r"(?!其中[:：])[^:：]{1,12}[:：].+")
_SENTENCE = re.compile(r"[。；;！？]|\d{7,}|元整")


class Column(msgspec.Struct, frozen=True):
    """One column of a table: ``path`` are its heading's levels from the top, as they are written
    but for blanks and line breaks; ``last`` is its last sheet column when one heading spans several
    of one meaning."""

    column: int
    last: int
    path: tuple[str, ...]

    @property
    def heading(self) -> str:
        """The levels joined: 资金来源/专项债."""
        return "/".join(self.path)


class Header(msgspec.Struct, frozen=True):
    """The heading rows ``top`` … ``bottom`` and the columns they name, from left to right."""

    top: int
    bottom: int
    columns: tuple[Column, ...]

    @property
    def left(self) -> int:
        return self.columns[0].column

    @property
    def right(self) -> int:
        return self.columns[-1].last


def filled(row: Sequence[Cell], left: int = 0, right: int | None = None) -> list[tuple[int, Cell]]:
    """The cells of a row that hold something, with their columns."""
    end = len(row) if right is None else right + 1
    return [
        (column, cell)
        for column, cell in enumerate(row[left:end], left)
        if cell != "" and (type(cell) is not str or not cell.isspace())
    ]


def header_at(
    sheet: Sheet, row: int, known: Collection[str], *, fresh: bool = True
) -> Header | None:
    """The heading that begins in ``row``, or None.

    ``known`` are the keys of headings that the scheme knows (:func:`key`). ``fresh``: nothing of
    another table stands directly above, so that the shape alone may decide.
    """
    cells = filled(sheet.rows[row])
    if len(cells) < 2:
        return None
    if titles(sheet, row, cells):
        return None
    counted = counting(cells)
    labels = [cell for column, cell in cells if column in counted or is_label(cell)]
    if len(labels) < 0.8 * len(cells):
        return None
    hits = [column for column, cell in cells if isinstance(cell, str) and key(cell) in known]
    strong = len(hits) >= 2 and len(hits) >= 0.4 * len(cells)
    numbered = any(key(line(cell)) in NUMBERED for _, cell in cells)
    if strong and not numbered and is_card_row(sheet, row, hits):
        strong = len(hits) >= 0.5 * len(cells) and _figures_below(sheet, row, known)
    if not strong and not (fresh and len(labels) == len(cells) and shaped(sheet, row, cells)):
        return None
    bottom = _bottom(sheet, row)
    columns = _columns(sheet, row, bottom)
    return Header(row, bottom, columns) if len(columns) >= 2 else None


def repeats(sheet: Sheet, row: int, header: Header) -> bool:
    """Whether the heading stands again in ``row``: most cells say the same as its first row."""
    same = total = 0
    for column in range(header.left, header.right + 1):
        above, here = sheet.at(header.top, column), sheet.at(row, column)
        if above == "" and here == "":
            continue
        total += 1
        same += plain(line(above)) == plain(line(here))
    return total >= 2 and same >= 0.7 * total


def is_label(cell: Cell) -> bool:
    """Whether a cell could be a heading: a short text, or a year or month."""
    text = plain(line(cell))
    if not isinstance(cell, str) or (text.isascii() and text.isdigit()):
        return not isinstance(cell, bool) and bool(_YEAR.fullmatch(text))
    if not text or len(text) > LONGEST or _SENTENCE.search(text) or _DATE.fullmatch(text):
        return False
    if _LABELLED.fullmatch(text):
        return False
    return not is_quantity(text) or bool(_PERIOD.fullmatch(text))


def key(text: str) -> str:
    """A heading for comparing: half width, without blanks, units in brackets and punctuation."""
    bare = without_unit(_ASKED.sub("", plain(text)))
    return re.sub(r"[*★☆、,，。:：;；\"'“”‘’《》/\\·…_\-—]", "", bare)


def without_unit(text: str) -> str:
    """A heading without a unit in brackets: 4月（万元） is 4月."""
    return _UNIT_ASIDE.sub("", text)


def is_unit_word(text: str) -> bool:
    """Whether a heading level is nothing but a unit: （万元）, %."""
    return bool(_UNIT_WORD.fullmatch(plain(text)))


def is_card_row(sheet: Sheet, row: int, hits: Sequence[int]) -> bool:
    """Whether known labels stand apart, each followed by its value, as on a card."""
    spans = {area.left: area.right for area in starting(sheet, row)}
    taken = set(hits)
    return not any(spans.get(column, column) + 1 in taken for column in hits)


def _figures_below(sheet: Sheet, row: int, known: Collection[str]) -> bool:
    """Whether the next row of several cells holds numbers and no known label: then this one is no
    card's."""
    below = (filled(one) for one in sheet.rows[row + 1 : row + 1 + MOST_SECTIONS])
    cells = next((one for one in below if len(one) > 1), [])
    labels = [cell for _, cell in cells if isinstance(cell, str) and key(cell) in known]
    return not labels and any(not isinstance(cell, str) for _, cell in cells)


def _bottom(sheet: Sheet, top: int) -> int:
    """The last heading row: merges that hang down from ``top``, then rows that go on."""
    bottom = top
    for area in sheet.merges:
        if area.top == top and area.bottom - top < MOST_ROWS and sheet.at(top, area.left) != "":
            bottom = max(bottom, area.bottom)
    while bottom - top + 1 < MOST_ROWS and _goes_on(sheet, top, bottom):
        bottom += 1
    return bottom


def _goes_on(sheet: Sheet, top: int, bottom: int) -> bool:
    """Whether the row below ``bottom`` still belongs to the heading: it divides groups only."""
    if bottom + 1 >= len(sheet.rows):
        return False
    cells = filled(sheet.rows[bottom + 1])
    if not cells or not all(is_label(cell) or is_unit_word(line(cell)) for _, cell in cells):
        return False
    if len(cells) >= 2 and all(is_unit_word(line(cell)) for _, cell in cells):
        return True
    above = spread(sheet, bottom, bottom)[0]
    merged = {
        column
        for area in sheet.merges
        if area.top <= bottom <= area.bottom and area.right > area.left
        for column in range(area.left, area.right + 1)
    }
    named = [column for column, _ in filled(above)]
    if not named:
        return False
    groups = 0
    for column, _ in cells:
        if column in merged or (above[column] == "" and column > named[0]):
            groups += 1
        elif column + 1 < len(above) and above[column + 1] == "" and column + 1 not in merged:
            continue  # the first of an unmerged group stands under the group's own cell
        elif translates(above[column], sheet.at(bottom + 1, column)):
            continue
        else:
            return False
    return groups >= 1


def _columns(sheet: Sheet, top: int, bottom: int) -> tuple[Column, ...]:
    rows = spread(sheet, top, bottom)
    _carry_groups(rows)
    columns: list[Column] = []
    for number in range(sheet.width):
        path: list[str] = []
        for row in rows:
            text = _written(row[number])
            if text and (not path or path[-1] != text):
                path.append(text)
        spanned = columns and columns[-1].last == number - 1 and columns[-1].path == tuple(path)
        if path and spanned and _one_cell(sheet, bottom, columns[-1].column, number):
            before = columns.pop()
            columns.append(Column(before.column, number, before.path))
        elif path:
            columns.append(Column(number, number, tuple(path)))
    return tuple(columns)


def _one_cell(sheet: Sheet, bottom: int, first: int, last: int) -> bool:
    """Whether the lowest heading cell is merged over both columns."""
    return any(
        area.top <= bottom <= area.bottom and area.left <= first and last <= area.right
        for area in sheet.merges
    )


def _carry_groups(rows: list[list[Cell]]) -> None:
    """An unmerged group heading also stands over the blank cells to its right."""
    for number, row in enumerate(rows[:-1]):
        below = rows[number + 1]
        for column in range(1, len(row)):
            divided = "" not in (below[column], below[column - 1])
            grouped = divided and below[column - 1] != row[column - 1]
            if grouped and row[column] == "" and row[column - 1] != "":
                row[column] = row[column - 1]


def _written(cell: Cell) -> str:
    """A heading as it is shown: no line breaks, no blanks inside Chinese words."""
    text = line(cell)
    return re.sub(r"\s+", "", text) if re.search(r"[\u4e00-\u9fff]", text) else text
