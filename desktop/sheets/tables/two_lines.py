"""Records of two lines, 计划 over 完成: a column says which line is which, and those behind it have
two figures each. Read as if the two stood side by side, under 计划 and under 完成.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from desktop.sheets.tables.headings import Column
from desktop.sheets.tables.rows import plain
from desktop.sheets.workbook.grid import Sheet, line

_OF = "(?:(?:本|当)?(?:年度?|季度?|月度?|周|期)|月度|年初)?"
_WHAT = "(?:投资|完成|投资额|数|额|值|进度|情况|任务|指标)?"
_PLAN = re.compile(f"{_OF}(?:计划|目标|任务|拟)(?:完成)?{_WHAT}(?:数|额)?")
_DONE = re.compile(f"{_OF}(?:实际|完成)(?:完成)?{_WHAT}(?:数|额)?")
#: A heading that is a time alone: 1月, 第9周, 一季度.
_TIME = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月份?|第?\d{1,2}周|第?[一二三四1-4]季度|上半年|下半年|全年)"
)


class TwoLines(msgspec.Struct, frozen=True):
    """``columns`` of such a table, done before planned; ``rows`` the first of each record;
    ``lines``: row and index of a column → the row where its value stands; ``marks`` the column that
    says which line is which."""

    columns: tuple[Column, ...]
    rows: tuple[int, ...]
    lines: Mapping[tuple[int, int], int]
    marks: Column


def two_lines(sheet: Sheet, columns: Sequence[Column], rows: Sequence[int]) -> TwoLines | None:
    """The data ``rows`` of a table as records of two lines, None where they are not."""
    if len(rows) < 2 or len(rows) % 2:
        return None
    for number, marks in enumerate(columns[1:-1], 1):
        first = sheet.at(rows[0], marks.column)
        if not isinstance(first, str) or _kind(plain(line(first))) is None:
            continue
        said = [plain(line(sheet.at(row, marks.column))) for row in rows]
        kinds = [_kind(text) for text in said]
        if None in kinds:
            continue
        records = _records(rows, kinds)
        if records is None:
            continue
        words = {kind: _usual(said, kinds, kind) for kind in ("done", "plan")}
        return _apart(sheet, columns, number, records, words)
    return None


def _kind(text: str) -> str | None:
    return "plan" if _PLAN.fullmatch(text) else "done" if _DONE.fullmatch(text) else None


def _records(rows: Sequence[int], kinds: Sequence[str | None]) -> list[dict[str, int]] | None:
    """The lines of each record by kind; None where any record lacks one or is no neighbour."""
    pairs = list(zip(rows[::2], rows[1::2], strict=False))
    order = list(kinds[:2])
    if sorted(str(kind) for kind in order) != ["done", "plan"]:
        return None
    if any(list(kinds[at : at + 2]) != order for at in range(0, len(kinds), 2)):
        return None
    if any(below != above + 1 for above, below in pairs):
        return None
    return [dict(zip([str(kind) for kind in order], pair, strict=True)) for pair in pairs]


def _usual(said: Sequence[str], kinds: Sequence[str | None], kind: str) -> str:
    """How the lines of a kind are called."""
    return Counter(text for text, one in zip(said, kinds, strict=True) if one == kind).most_common(
        1
    )[0][0]


def _apart(
    sheet: Sheet,
    columns: Sequence[Column],
    number: int,
    records: Sequence[Mapping[str, int]],
    words: Mapping[str, str],
) -> TwoLines:
    found = list(columns[:number])
    lines: dict[tuple[int, int], int] = {}
    firsts = [min(record.values()) for record in records]
    seconds = [max(record.values()) for record in records]
    for column in columns[number + 1 :]:
        if not _divided(sheet, column, seconds):
            found.append(column)
            continue
        for kind in ("done", "plan"):
            for first, record in zip(firsts, records, strict=True):
                lines[first, len(found)] = record[kind]
            found.append(Column(column.column, column.last, _path(column.path, words[kind])))
    return TwoLines(tuple(found), tuple(firsts), lines, columns[number])


def _divided(sheet: Sheet, column: Column, seconds: Sequence[int]) -> bool:
    """Whether a column has figures in the second lines, or stands under a time; a remark on the
    whole record stands in the first line alone."""
    timed = bool(column.path) and bool(_TIME.fullmatch(plain(column.path[-1])))
    return timed or any(sheet.at(row, column.column) != "" for row in seconds)


def _path(path: tuple[str, ...], word: str) -> tuple[str, ...]:
    return (*path, word) if path and _TIME.fullmatch(plain(path[-1])) else (word, *path)
