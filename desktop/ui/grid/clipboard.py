"""The clipboard as Excel and WPS write and read it: cells by tabs, rows by line ends.

A cell that holds a tab, a line break or begins with a quotation mark stands in quotation marks,
which are doubled inside it. Excel puts no others in quotation marks, so a text that is plainly
“like this” keeps them; other programs do so with figures and dates, which lose them. Where a
program gives only a web page, the first table in it is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser
from typing import TypeAlias

#: Rows of cells; rows may differ in length: what is missing is not touched by a paste.
Block: TypeAlias = tuple[tuple[str, ...], ...]

_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=\t|\r|\n|\Z)')
_FIGURE = re.compile(r"[\s\d.,，．：:/年月日¥￥%％+－-]*\d[\s\d.,，．：:/年月日%％万亿元-]*")
_PLAIN = re.compile(r"[^\t\r\n]*")
_END = re.compile(r"\r\n|\r|\n")
_SPECIAL = re.compile(r'[\t\r\n]|\A"')
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,9})(\.\d+)?%?", re.ASCII)


def parse(text: str) -> Block:
    """The cells of ``text``; line breaks within a cell become ``\\n``. "" holds no cell."""
    if '"' not in text and "\r" not in text.replace("\r\n", "\n"):  # the common case, at once
        lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n") if text else []
        return tuple(tuple(line.split("\t")) for line in lines)
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    at, end = 0, len(text)
    while at < end:
        cell, at = _cell(text, at)
        cells.append(cell)
        if at < end and text[at] == "\t":
            at += 1
            if at < end:
                continue
            cells.append("")  # the text ends behind a tab: with an empty cell
        elif at < end:
            at = _line_end(text, at)
        rows.append(tuple(cells))
        cells = []
    return tuple(rows)


def write(block: Sequence[Sequence[str]]) -> str:
    """``block`` as tabbed text, each row ended as Excel ends it; :func:`parse` reads it back."""
    return "".join("\t".join(map(_quoted, row)) + "\r\n" for row in block)


def write_html(block: Sequence[Sequence[str]]) -> str:
    """``block`` as a web page's table: numbers as numbers, everything else as text.

    Excel and WPS take this in preference to the tabbed text, so that a project's code, a phone
    number or a text that begins with = stays what it is.
    """
    rows = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in block)
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'


def parse_html(page: str) -> Block:
    """The cells of the first table in a web page; of merged cells the first holds the text."""
    reader = _Table()
    reader.feed(page)
    reader.close()
    return tuple(tuple(row) for row in reader.filled())


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins at ``at``, and where it ends."""
    quoted = _QUOTED.match(text, at)
    if quoted is not None:
        inside = quoted[1]
        # In quotation marks for a reason; otherwise they are the cell's own.
        special = '""' in inside or any(sign in inside for sign in "\t\r\n")
        if special or _FIGURE.fullmatch(inside):
            return _END.sub("\n", inside.replace('""', '"')), quoted.end()
    plain = _PLAIN.match(text, at)
    assert plain is not None
    return plain[0], plain.end()


def _line_end(text: str, at: int) -> int:
    found = _END.match(text, at)
    assert found is not None
    return found.end()


def _quoted(cell: str) -> str:
    cell = _END.sub("\n", cell)
    return '"{}"'.format(cell.replace('"', '""')) if _SPECIAL.search(cell) else cell


def _html_cell(cell: str) -> str:
    inside = escape(_END.sub("\n", cell)).replace("\n", '<br style="mso-data-placement:same-cell">')
    if _NUMBER.fullmatch(cell):
        return f"<td>{inside}</td>"
    return f"<td style=\"mso-number-format:'\\@'\">{inside}</td>"


class _Table(HTMLParser):
    """Reads the first table; tables within its cells are part of their text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[list[str]] = []
        #: Columns that a cell above still covers: column → rows that are left.
        self._covered: dict[int, int] = {}
        self._parts: list[str] | None = None
        self._span = (1, 1)
        self._depth = 0
        self._over = False

    def filled(self) -> list[list[str]]:
        """All rows that were read; those of a page that was cut off too."""
        if not self._over:
            self._end_row()
        return [row for row in self._rows if row]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._depth += 1
        if self._over or self._depth != 1:
            return
        if tag == "tr":
            self._end_row()
            self._rows.append([])
        elif tag in ("td", "th"):
            self._finish()
            if not self._rows:
                self._rows.append([])
            given = dict(attrs)
            self._span = (_span(given.get("rowspan")), _span(given.get("colspan")))
            self._parts = []
        elif tag == "br" and self._parts is not None:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if self._depth == 1 and not self._over:
            if tag in ("td", "th"):
                self._finish()
            elif tag == "table":
                self._end_row()
        if tag == "table" and self._depth:
            self._depth -= 1
            self._over = self._over or self._depth == 0

    def handle_data(self, data: str) -> None:
        if self._parts is not None:
            self._parts.append(_BLANKS.sub(" ", data))

    def _finish(self) -> None:
        """Put the cell that was read, and the empty ones that it covers, into the row."""
        if self._parts is None:
            return
        text = "".join(self._parts).replace("\xa0", " ")
        lines = [line.strip() for line in text.split("\n")]
        self._parts = None
        row = self._rows[-1]
        self._cover(row)
        rows, columns = self._span
        for at in range(columns):
            if rows > 1:
                self._covered[len(row)] = rows - 1
            row.append("\n".join(lines).strip() if at == 0 else "")

    def _cover(self, row: list[str]) -> None:
        """Empty cells for the next columns that a cell above covers."""
        while self._covered.get(len(row), 0):
            self._covered[len(row)] -= 1
            row.append("")

    def _end_row(self) -> None:
        self._finish()
        if self._rows:
            self._cover(self._rows[-1])


def _span(text: str | None) -> int:
    """How many rows or columns a cell covers; nonsense counts as one, a thousand at most."""
    return min(max(int(text), 1), 1000) if text and text.isdecimal() and len(text) < 6 else 1
