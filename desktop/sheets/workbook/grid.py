"""A workbook as plain cells: what the child process hands over and every later room reads.

Rows and columns count from 0 here and from 1 in what people see (:func:`address`). A blank cell
is ``""``; numbers stay numbers, dates dates, all else text as it was typed. Merged cells hold their
value in the top left cell only, as in the file; :func:`spread` fills them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time
from functools import cache
from typing import TypeGuard

import msgspec

Cell = str | int | float | bool | date | datetime | time

_SPACE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
#: Characters no cell means: controls but tab and line break, turns of direction (pasted with
#: telephone numbers out of address books), lone surrogates, non-characters.
_BARRED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
_CJK = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f"
_GAP = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")


class Area(msgspec.Struct, frozen=True):
    """A rectangle of cells, all four edges included."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(msgspec.Struct, frozen=True):
    """One worksheet. ``rows`` are equally long; ``uncomputed`` are formulas without a value,
    ``faults`` cells that hold an error such as ``#REF!`` (both blank in ``rows``)."""

    name: str
    rows: list[list[Cell]]
    merges: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    faults: frozenset[tuple[int, int]] = frozenset()

    @property
    def width(self) -> int:
        """Columns of every row."""
        return len(self.rows[0]) if self.rows else 0

    def at(self, row: int, column: int) -> Cell:
        """The cell, blank outside the sheet."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return ""


class Text(msgspec.Struct, frozen=True):
    """A text of the sheet with its place."""

    row: int
    column: int
    text: str


class Workbook(msgspec.Struct, frozen=True):
    """A whole workbook; ``name`` is the file's name without its folder."""

    name: str
    kind: str
    sheets: tuple[Sheet, ...]


@cache
def letters(column: int) -> str:
    """A column's letters: 0 → A, 26 → AA."""
    text = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


def address(row: int, column: int) -> str:
    """A cell as people name it: (4, 1) → B5."""
    return f"{letters(column)}{row + 1}"


def place(text: str) -> tuple[int, int]:
    """The inverse of :func:`address`: B5 → (4, 1)."""
    split = len(text.rstrip("0123456789"))
    column = 0
    for letter in text[:split]:
        column = column * 26 + ord(letter) - 64
    return int(text[split:]) - 1, column - 1


def text_of(cell: Cell) -> str:
    """A cell as text: outer blanks and control characters off, whole numbers without ``.0``."""
    if isinstance(cell, str):
        if cell.isprintable() and "_x" not in cell:  # most cells: nothing but plain signs
            return cell.strip(" ")
        cell = cell.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
        return _BARRED.sub("", cell).strip(" \t\n\u3000\xa0\u200b\ufeff")
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(cell)


def line(cell: Cell) -> str:
    """A cell as one line: a wrapped name is joined, blanks between Chinese characters go."""
    text = text_of(cell)
    if text.isprintable() and " " not in text:
        return text
    return _GAP.sub("", _SPACE.sub(" ", text))


def bare(text: str) -> str:
    """Text for comparing: half width, lower case, no blanks at all (项 目\\n名 称 → 项目名称)."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


def is_number(cell: Cell) -> TypeGuard[int | float]:
    """A number that is no truth value."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def spread(sheet: Sheet, top: int, bottom: int) -> list[list[Cell]]:
    """Copies of the rows ``top`` … ``bottom`` in which merged cells show their value everywhere."""
    rows = [list(row) for row in sheet.rows[top : bottom + 1]]
    for area in sheet.merges:
        if area.bottom < top or area.top > bottom:
            continue
        value = sheet.at(area.top, area.left)
        for row in range(max(area.top, top), min(area.bottom, bottom) + 1):
            for column in range(area.left, min(area.right, sheet.width - 1) + 1):
                rows[row - top][column] = value
    return rows


def trimmed(rows: Sequence[list[Cell]]) -> list[list[Cell]]:
    """Rows made equally long by blanks, without blank rows and columns at their end."""
    width = 0
    height = 0
    for number, row in enumerate(rows):
        last = len(row)
        while last and _blank(row[last - 1]):
            last -= 1
        if last:
            height = number + 1
            width = max(width, last)
    blank: list[Cell] = [""] * width  # one for all: there may be a million between two rows
    return [
        row if len(row) == width else row[:width] + [""] * (width - len(row)) if row else blank
        for row in rows[:height]
    ]


def _blank(cell: Cell) -> bool:
    return cell == "" or (isinstance(cell, str) and not cell.strip())
