"""Text tables (csv): UTF-8 with or without BOM, UTF-16 with BOM, GB18030; commas, tabs, semicolons.

Every cell stays text: long codes survive. A text whose lines have no columns is no table.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from desktop.sheets.workbook.bounds import Content
from desktop.sheets.workbook.grid import Cell, trimmed

SEPARATORS = (",", "\t", ";", "，")
MAX_COLUMNS = 1_000
#: The signs in which the separator is looked for.
BEGINNING = 1 << 20
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class NotColumns(Exception):
    """The file is text, but not a table; the message is Chinese."""


def read_text(path: str) -> list[list[Cell]]:
    """The rows of a text table, equally long.

    Raises :class:`NotColumns`, :class:`~desktop.sheets.workbook.bounds.Outgrown`.
    """
    return parse(decoded(Path(path).read_bytes()))


def decoded(data: bytes) -> str:
    """The text of ``data``; raises :class:`NotColumns` when it is in no known encoding."""
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("gb18030").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise NotColumns("文字编码无法识别") from error


def parse(text: str) -> list[list[Cell]]:
    """Rows of a text whose separator is the one that divides most lines."""
    if "\0" in text:
        raise NotColumns("其他类型的文件")
    lines = [line for line in text[:BEGINNING].splitlines() if line.strip()]
    separator = _separator(lines)
    if separator is None:
        raise NotColumns("不分栏的文字")
    content = Content()
    try:
        rows: list[list[Cell]] = [
            list(row) if content.add(row) else []
            for row in csv.reader(_lines(text), delimiter=separator)
        ]
        _close_quotes(text, separator)
    except csv.Error as error:
        raise NotColumns("分栏方式无法识别的文字") from error
    rows = trimmed(rows)
    if rows and not 2 <= len(rows[0]) <= MAX_COLUMNS:
        raise NotColumns("分栏方式无法识别的文字")
    return rows


def _lines(text: str) -> Iterator[str]:
    """Lines with their ends, one by one: a copy of the text may be too much."""
    return (found.group() for found in _LINE.finditer(text))


def _close_quotes(text: str, separator: str) -> None:
    """Raise :class:`NotColumns` when a quote is never closed: all rows after it lie in one cell."""
    try:
        for _ in csv.reader(_lines(text), delimiter=separator, strict=True):
            pass
    except csv.Error as error:
        if "end of data" in str(error):
            raise NotColumns("引号不成对的文字") from error


def _separator(lines: Sequence[str]) -> str | None:
    """The separator that stands in at least two lines and in most of those with any."""
    seen = lines[:200]
    counts = {mark: sum(mark in line for line in seen) for mark in SEPARATORS}
    best = max(SEPARATORS, key=lambda mark: (counts[mark], -SEPARATORS.index(mark)))
    if counts[best] < 2:
        return None
    parts = [line.count(best) for line in seen if best in line]
    commonest = max(set(parts), key=parts.count)
    return best if parts.count(commonest) * 2 >= len(parts) else None
