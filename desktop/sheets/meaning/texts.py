"""Cells of text, codes, choices and plain numbers → a value, or the question that they raise."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, time
from typing import Any

import msgspec

from desktop.ledger.codes import (
    credit_code_state,
    fold_width,
    normalise_project_code,
    project_code_state,
)
from desktop.ledger.dates import NotADate, read_date
from desktop.ledger.definitions import Field
from desktop.ledger.values import NO, YES
from desktop.sheets.meaning.evidence import EMPTY, says_nothing
from desktop.sheets.meaning.ticks import CROSSES, TICKS, ticked
from desktop.sheets.meaning.vocabulary import Choices
from desktop.sheets.tables.rows import plain
from desktop.sheets.workbook.grid import Cell, is_number, line, text_of

_LIST_MARKS = re.compile(r"[、，,;；/\n]+|\s{2,}")


class Reading(msgspec.Struct, frozen=True, gc=False):
    """What a cell gave. ``value`` is the value, or with a ``question`` the proposed one (None when
    there is none to propose, unless the question proposes to leave the field ``empty``); ``note``
    is a remark that needs no answer."""

    value: Any = None
    question: str = ""
    note: str = ""
    empty: bool = False


BLANK = Reading()
Reader = Callable[[Cell], tuple[Reading, ...]]


def is_empty(cell: Cell) -> bool:
    """Whether a cell means nothing: blank, —, /, 无."""
    return cell == "" or (isinstance(cell, str) and says_nothing(text_of(cell)))


def text_reader(field: Field) -> Callable[[Cell], Reading]:
    """The reader of one cell for a field of text, code, flag or plain number."""
    if field.type == "code":
        return _project_code if field.code == "project" else _credit_code
    return {
        "long_text": _long_text,
        "flag": _flag,
        "integer": _integer,
        "number": _number,
        "percent": _percent,
        "month": _month,
    }.get(field.type, _line)


def _line(cell: Cell) -> Reading:
    text = line(cell)
    return BLANK if says_nothing(text) else Reading(text)


def _long_text(cell: Cell) -> Reading:
    text = text_of(cell)
    return BLANK if says_nothing(text.rstrip("。.")) else Reading(text)


def _project_code(cell: Cell) -> Reading:
    if is_empty(cell):
        return BLANK
    text = line(cell)
    if not isinstance(cell, str) and isinstance(cell, int | float):
        shown = f"{cell:.15g}" if isinstance(cell, float) else str(cell)
        if abs(cell) >= 1e14:
            return Reading(
                None, f"项目代码“{shown}”被表格软件当作数字，后几位已经丢失，完整的代码是什么？"
            )
    state = project_code_state(text)
    if state in ("ok", "old"):
        return Reading(normalise_project_code(text))
    if state == "check_digit":
        note = f"项目代码“{text}”的校验位不对，按所写读入，请核对"
        return Reading(normalise_project_code(text), note=note)
    if state == "ruined":
        return Reading(
            None, f"项目代码“{text}”被表格软件当作数字，后几位已经丢失，完整的代码是什么？"
        )
    proposed = normalise_project_code(text) if any(mark.isdigit() for mark in text) else None
    return Reading(proposed, f"“{text}”不是 24 位的项目代码，应填什么？")


def _credit_code(cell: Cell) -> Reading:
    if is_empty(cell):
        return BLANK
    text = fold_width(line(cell)).replace(" ", "").upper()
    if is_number(cell) and not isinstance(cell, str):
        return Reading(None, f"信用代码“{text}”被表格软件当作数字，完整的代码是什么？")
    state = credit_code_state(text)
    if state in ("ok", "check_digit"):
        wrong = f"信用代码“{text}”的校验位不对，按所写读入，请核对"
        return Reading(text, note="" if state == "ok" else wrong)
    return Reading(text, f"“{text}”不是 18 位的统一社会信用代码，应填什么？")


# Choices and numbers -------------------------------------------------------------------------


def choice_reader(field: Field, choices: Choices) -> Reader:
    """The reader of a field with a code list, by all ways of writing its choices."""
    many = field.type == "choices"

    def one(text: str) -> str | None:
        exact = choices.names.get(plain(text))
        if exact is not None:
            return exact
        within = {
            name
            for words, name in choices.names.items()
            if len(words) >= 2 and plain(text).startswith(words)
        }
        return within.pop() if len(within) == 1 else None

    def read(cell: Cell) -> tuple[Reading, ...]:
        text = line(cell)
        if text in TICKS or text in CROSSES:  # a tick in a column of states means yes
            cell = text = "是" if text in TICKS else "否"
        chosen = ticked(text_of(cell))
        if chosen == []:
            return (BLANK,)
        if chosen is not None and (many or len(chosen) == 1):
            cell = text = "、".join(chosen)
        if is_empty(cell) and plain(text) not in choices.names:
            return (BLANK,)
        exact = choices.names.get(plain(text))
        parts = [part for part in _LIST_MARKS.split(text_of(cell)) if part.strip()]
        several = not many and chosen is not None and len(chosen) > 1
        found = [exact] if exact else [one(part) for part in (parts if many else [text])]
        names = [name for name in found if name is not None]
        if several or len(names) < len(found):
            listed = "、".join(dict.fromkeys(choices.names.values()))
            asked = f"“{text}”不是“{choices.title}”的选项，应选哪一项？（{listed}；都不是则留空）"
            return (Reading((names or None) if many else None, asked),)
        return (Reading(list(dict.fromkeys(names)) if many else names[0]),)

    return read


def choose(choices: Choices, text: str) -> str | None:
    """The choice that a text names exactly, or None."""
    return choices.names.get(plain(text))


def _flag(cell: Cell) -> Reading:
    if isinstance(cell, bool):
        return Reading(cell)
    chosen = ticked(text_of(cell))
    text = plain("、".join(chosen) if chosen else text_of(cell))
    if text in YES or text in TICKS:
        return Reading(True)
    if chosen == []:
        return BLANK
    if text in NO or text in CROSSES:
        return Reading(False)
    if text in EMPTY:
        return BLANK
    return Reading(None, f"“{text_of(cell)}”看不出是“是”还是“否”，应填哪个？")


def _integer(cell: Cell) -> Reading:
    reading = _number(cell)
    if reading.value is None:
        return reading
    if reading.value != int(reading.value):
        return Reading(None, f"“{text_of(cell)}”不是整数，应是多少？")
    return Reading(int(reading.value))


def _number(cell: Cell) -> Reading:
    if is_empty(cell):
        return BLANK
    number = figure(cell)
    if number is None:
        return Reading(None, f"“{text_of(cell)}”不是数，应是多少？")
    return Reading(number)


def _percent(cell: Cell) -> Reading:
    """A share: 16.6% and the number 0.166 are 0.166; a number above 1 counts per hundred."""
    if is_empty(cell):
        return BLANK
    number = figure(cell)
    if number is None:
        return Reading(None, f"“{text_of(cell)}”不是百分比，应是多少？")
    if isinstance(cell, str) or number > 1:
        return Reading(number / 100)
    return Reading(number)


def figure(cell: Cell) -> float | None:
    """A cell as a plain number, its percent sign and thousands separators set aside."""
    if isinstance(cell, bool | date | time):
        return None
    if not isinstance(cell, str):
        return float(cell) if math.isfinite(cell) else None
    text = plain(cell).replace(",", "").rstrip("%")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _month(cell: Cell) -> Reading:
    if is_empty(cell):
        return BLANK
    try:
        read = read_date(cell if not isinstance(cell, time) else text_of(cell), "start").date
    except NotADate as refused:
        return Reading(None, f"{refused.sentence}应是哪个月？")
    return Reading(read.isoformat()[:7]) if read else BLANK
