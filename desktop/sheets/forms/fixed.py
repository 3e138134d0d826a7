"""The cells of a form that say the same for all rows: 填报单位, 日期, 填表人, 期次.

A label with a colon is followed by its value in the same cell, up to the next label, or by a cell
of its own (:mod:`~desktop.sheets.forms.pairs`). A title names the period, with or without figures:
2023年2月, ____年__月, 第  周.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Literal

import msgspec

from desktop.ledger import periods
from desktop.ledger.periods import Period
from desktop.sheets.forms.body import Column, ColumnOrNone, Row
from desktop.sheets.tables.rows import plain
from desktop.sheets.workbook.grid import Cell

What = Literal["unit", "date", "filler", "phone", "period", "text"]
#: Labels and what they ask for; the first that fits counts.
_LABELS: tuple[tuple[What, str], ...] = (
    ("unit", r"(?:填报|报送|上报|填表|编制|报表|申报)(?:单位|部门|机关)|单位名称"),
    ("date", r"(?:填报|填表|报送|上报|制表|报出|统计)?(?:日期|时间)"),
    ("phone", r"(?:联系)?(?:电话|方式)|手机"),
    ("filler", r"(?:填表|填报|制表|经办|统计|联系)人(?:员)?"),
    ("text", r"(?:单位|部门|分管|统计|科室)?(?:负责人|领导|审核人|复核人|签发人|审批人)"),
    ("period", r"期次|报告期|所属期|(?:填报|统计|报表)(?:期|月份|周次)|周次"),
)
#: Labels that a card of a project may have as well; the others are a form's own.
_ALSO_OF_CARDS = re.compile(
    r"单位名称|日期|时间|(?:联系)?(?:电话|方式)|手机|(?:经办|联系)人(?:员)?|(?:单位|部门)?(?:负责人|领导)"
)
_SEAL = r"(?:[（(][^（()）]{1,6}[）)])?"
_GAP = r"[ \u3000_＿—\-]*"
_LABEL = re.compile(
    "|".join(f"(?P<{what}{number}>{words})" for number, (what, words) in enumerate(_LABELS))
)
#: The beginning of a label in a cell: it stands first, or after a gap.
_START = re.compile(
    rf"(?:^|(?<=[ \u3000_＿]))(?:{'|'.join(words for _, words in _LABELS)}){_SEAL}{_GAP}[:：]"
)
_OPEN = r"[ \u3000_＿]"
_YEAR = rf"(?:\d{{4}}|^{_OPEN}*|(?<=[（(]){_OPEN}*|{_OPEN}+)年(?:度)?"
_WEEK = re.compile(rf"(?P<year>{_YEAR})?第{_OPEN}*\d{{0,2}}{_OPEN}*周")
_MONTH = re.compile(
    rf"{_YEAR}{_OPEN}*(?:\d{{1,2}}[-—~至])?(?:\d{{1,2}})?{_OPEN}*月(?![\s\d_＿]*日)"
)
_LONGEST = 120


class FixedCell(msgspec.Struct, frozen=True):
    """A cell to be filled. ``row`` and ``column`` count from 1 and are the label's; ``text`` is
    what a person gave; ``value`` is the column of the value's own cell, 0 where the value follows
    the label in its cell."""

    row: Row
    column: Column
    what: What
    label: str
    text: str = ""
    value: ColumnOrNone = 0


def label_of(cell: Cell) -> tuple[What | None, str, bool]:
    """What a cell that is nothing but a label asks for (None: it is no label), its words without
    seal and colon, whether it has a colon."""
    if not isinstance(cell, str):
        return None, "", False
    text = plain(cell)
    label = re.sub(r"(?:[（(][^（()）]{1,6}[）)])?[:：]?$", "", text)
    named = _LABEL.fullmatch(label)
    if named is None or named.lastgroup is None:
        return None, "", False
    return _LABELS[int(named.lastgroup[-1])][0], label, text.endswith((":", "："))


def belongs_to_form(label: str) -> bool:
    """Whether a label is a form's own; others may as well be a project's."""
    return bool(label) and _ALSO_OF_CARDS.fullmatch(label) is None


def fixed_in(text: str, row: int, column: int) -> list[FixedCell]:
    """What a cell above or below the table asks for."""
    if len(text) > _LONGEST:
        return []
    found = []
    for start in _START.finditer(text):
        label = re.sub(rf"{_SEAL}{_GAP}[:：]$", "", start.group()).strip()
        named = _LABEL.fullmatch(label)
        if named is None or named.lastgroup is None:
            continue
        what: What = _LABELS[int(named.lastgroup[-1])][0]
        found.append(FixedCell(row, column, what, label))
    if not found and (_WEEK.search(text) or _MONTH.search(text)):
        found.append(FixedCell(row, column, "period", ""))
    return found


def filled_text(text: str, cell: FixedCell, values: Mapping[What, str]) -> str:
    """A label's cell with its value behind the label, up to the next one."""
    value = cell.text or values.get(cell.what, "")
    if not value:
        return text
    for start in _START.finditer(text):
        if not start.group().startswith(cell.label):
            continue
        behind = text[start.end() :]
        following = _START.search(behind)
        end = following.start() if following else len(behind)
        old, rest = behind[:end], behind[end:]
        gap = " " * max(4, len(old) - len(value)) if rest else ""
        return f"{text[: start.end()]}{value}{gap}{rest}"
    return text


def dated(text: str, period: Period, last_day: int) -> str:
    """A title with the period that the form is filled for."""
    _, last = periods.date_range(period, last_day)
    if period.kind == "week" and _WEEK.search(text):

        def week(found: re.Match[str]) -> str:
            return (period.title if found["year"] else period.short).strip()

        return _WEEK.sub(week, text, count=1)

    def month(found: re.Match[str]) -> str:
        several = re.search(r"\d{1,2}[-—~至]\d{1,2}", found.group()) and last.month > 1
        return f"{last.year}年{'1—' if several else ''}{last.month}月"

    return _MONTH.sub(month, text, count=1)


def day_text(on: date) -> str:
    """A date as Chinese forms write it."""
    return f"{on.year}年{on.month}月{on.day}日"
