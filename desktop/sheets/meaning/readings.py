"""One cell → one value of a field, or the question that it raises.

Nothing is guessed silently: what cannot be read becomes a question, what was read with a remark
(约, a fraction of a yuan lost) says so. Values have the form that a book stores and JSON shows:
integer yuan, ISO dates, names of choices, text; None for empty (—, /, 无).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time

from desktop.ledger.codes import fold_width
from desktop.ledger.dates import DateRead, NotADate, read_date, read_span
from desktop.ledger.definitions import Field, Scheme
from desktop.ledger.money import LARGEST, PLACES, NotMoney, Unit, format_money, in_words, parse
from desktop.ledger.periods import fold_numerals
from desktop.ledger.values import WrongValue, admit
from desktop.sheets.meaning.people import person, person_and_phone, phone, unit_and_person
from desktop.sheets.meaning.texts import (
    BLANK,
    Reader,
    Reading,
    choice_reader,
    is_empty,
    text_reader,
)
from desktop.sheets.meaning.vocabulary import Choices
from desktop.sheets.tables.rows import plain
from desktop.sheets.tables.surroundings import MoneyUnit
from desktop.sheets.workbook.grid import Cell, is_number, text_of

#: Types whose text a book takes as it is, control characters gone (see grid.text_of).
_FREE = frozenset({"text", "long_text", "person", "unit", "phone"})
_DIGIT = re.compile(r"\d")
#: A sum with a remark behind it; a number alone in the brackets may be a correction.
_REMARKED = re.compile(r"(?P<sum>[^()]*)\((?=[^()]*[\u4e00-\u9fff])[^()]*\)")
#: How long building takes: 6个月, 两年, 180日历天.
_LENGTH = re.compile(
    r"(?:约|共|工期)?[\d一二两三四五六七八九十百半.]{1,8}(?:个月|个半月|年半?|个?(?:日历|工作)?[天日])"
)
_SERIAL_FIRST, _SERIAL_LAST = 36526, 73050  # 2000-01-01 … 2099-12-31 as Excel counts days


def reader(
    scheme: Scheme,
    fields: tuple[Field, ...],
    *,
    unit: MoneyUnit = "万元",
    year: int | None = None,
    choices: Choices | None = None,
    likely: Callable[[], int | None] = lambda: None,
) -> Reader:
    """A reader of the cells of one column: one reading per field.

    ``unit`` is the column's money unit, ``year`` completes dates without one; where it is not
    known, ``likely`` is the year that is offered.
    """
    names = tuple(field.name for field in fields)
    read: Callable[[Cell], tuple[Reading, ...]]
    if names == ("planned_start", "planned_finish"):
        read = _span_reader(year)
    elif names == ("responsible_person", "phone"):
        read = person_and_phone
    elif names == ("responsible_unit", "responsible_person"):
        read = unit_and_person
    elif fields[0].type == "money":
        read = _money_reader(unit)
    elif fields[0].type == "date":
        read = _date_reader(fields[0], year, likely)
    elif choices is not None:
        read = choice_reader(fields[0], choices)
    else:
        people = {"phone": phone, "person": person}
        single = people.get(fields[0].type) or text_reader(fields[0])

        def read(cell: Cell) -> tuple[Reading, ...]:
            return (single(cell),)

    def admitted(cell: Cell) -> tuple[Reading, ...]:
        if cell == "":
            return (BLANK,) * len(fields)
        return tuple(
            _admitted(scheme, field, reading)
            for field, reading in zip(fields, read(cell), strict=True)
        )

    return admitted


def read_column(read: Reader, cells: Sequence[Cell]) -> tuple[list[tuple[Reading, ...]], bool]:
    """The readings of a column's cells, and whether any has a question or a remark.

    Equal cells are read once: a column of 50,000 rows says few different things.
    """
    kinds = set(map(type, cells))
    if bool in kinds and len(kinds & {bool, int, float}) > 1:  # True would be taken for 1
        readings = [read(cell) for cell in cells]
        return readings, _flagged(readings)
    memory = {cell: read(cell) for cell in set(cells)}
    return [memory[cell] for cell in cells], _flagged(memory.values())


def _flagged(readings: Iterable[tuple[Reading, ...]]) -> bool:
    return any(one.question or one.note for some in readings for one in some)


def _admitted(scheme: Scheme, field: Field, reading: Reading) -> Reading:
    """The reading, unless the book would refuse its value: then a question."""
    if reading.value is None or field.of is not None:
        return reading
    if field.type in _FREE and field.pattern is None and type(reading.value) is str:
        return reading
    if field.type == "money" and (field.minimum or 0) <= reading.value and field.maximum is None:
        return reading
    try:
        admit(scheme, field, reading.value)
    except WrongValue as refused:
        if field.type == "money":  # the refusal names yuan, the cell does not
            shown = format_money(reading.value, "万元")
            return Reading(None, f"“{field.title}”读得 {shown} 万元，超出允许的范围，应是多少？")
        return Reading(None, f"{refused.sentence}应填什么？")
    return reading


# Money ---------------------------------------------------------------------------------------


#: Units that the ledger does not read: the larger one it does, and how many of them go into it.
_PARTS: dict[MoneyUnit, tuple[Unit, int]] = {"千元": ("万元", 10), "百万元": ("亿元", 100)}


def _money_reader(unit: MoneyUnit) -> Reader:
    if unit in _PARTS:
        return _part_reader(*_PARTS[unit])
    return _whole_reader(unit)  # type: ignore[arg-type]


def _part_reader(unit: Unit, parts: int) -> Reader:
    """Money in a tenth or hundredth of a unit of the ledger; a cell's own unit counts more."""

    def read(cell: Cell) -> tuple[Reading, ...]:
        reading = read_money(cell, unit)
        if reading.value is None or _names_unit(cell):
            return (reading,)
        yuan, rest = divmod(reading.value, parts)
        lost = f"“{text_of(cell)}”不足一元的部分已舍去" if rest else ""
        return (Reading(yuan, note=reading.note or lost),)

    return read


def _names_unit(cell: Cell) -> bool:
    return isinstance(cell, str) and any(mark in cell for mark in "元万亿")


def _whole_reader(unit: Unit) -> Reader:
    size = 10.0 ** PLACES[unit]

    def read(cell: Cell) -> tuple[Reading, ...]:
        if type(cell) is float and abs(cell) < 1e9:
            # Exact where it can be no other yuan; else the ledger's own slow and careful way.
            yuan = cell * size
            nearest = round(yuan)
            if abs(yuan - nearest) < 1e-6 and abs(nearest) < LARGEST:
                return (Reading(nearest),)
        return (read_money(cell, unit),)

    return read


def read_money(cell: Cell, unit: Unit) -> Reading:
    """A sum in whole yuan; approximations and lost fractions are noted."""
    if isinstance(cell, date | time):
        return Reading(None, f"“{text_of(cell)}”是日期，不是金额，应是多少？")
    try:
        money = parse(cell, unit)
    except NotMoney as refused:
        return _beside_words(cell, unit) or Reading(None, f"{refused.sentence}应是多少？")
    if money.yuan is None:
        return BLANK
    if money.approximate:
        return Reading(money.yuan, note=f"“{text_of(cell)}”是约数，按所写数额读入")
    if not money.exact:
        return Reading(money.yuan, note=f"“{text_of(cell)}”不足一元的部分已舍去")
    return Reading(money.yuan)


def _beside_words(cell: Cell, unit: Unit) -> Reading | None:
    """A sum with a remark in brackets behind it, 4.86（含征地0.3）: the sum is offered."""
    found = _REMARKED.fullmatch(fold_width(text_of(cell)))
    if found is None:
        return None
    try:
        money = parse(found["sum"], unit)
    except NotMoney:
        return None
    if money.yuan is None:
        return None
    asked = f"“{text_of(cell)}”括号里像是说明，按 {in_words(money.yuan)}读入，对吗？"
    return Reading(money.yuan, f"{asked}对则答“是”，不对请填写数额。")


# Dates ---------------------------------------------------------------------------------------


def _date_reader(field: Field, year: int | None, likely: Callable[[], int | None]) -> Reader:
    def read(cell: Cell) -> tuple[Reading, ...]:
        if is_empty(cell):
            return (BLANK,)
        if isinstance(cell, time):
            return (Reading(None, f"“{text_of(cell)}”只有时刻，没有日期，应是哪一天？"),)
        try:
            return (_dated(cell, read_date(cell, field.role, year)),)
        except NotADate as refused:
            return (_of_likely_year(cell, field, likely) or _ask_date(cell, field, refused),)

    return read


def _of_likely_year(cell: Cell, field: Field, likely: Callable[[], int | None]) -> Reading | None:
    """A date that lacks nothing but its year, with the likely one."""
    if not isinstance(cell, str) or not _DIGIT.search(cell) or (year := likely()) is None:
        return None
    try:
        found = read_date(cell, field.role, year).date
    except NotADate:
        return None
    if found is None:
        return None
    asked = f"“{text_of(cell)}”没有写是哪一年，按 {found.isoformat()} 读入，对吗？"
    return Reading(found.isoformat(), f"{asked}对则答“是”，不对请填写日期。")


def _dated(cell: Cell, read: DateRead) -> Reading:
    if read.date is None:
        return BLANK
    note = f"“{text_of(cell)}”是约略的日期" if read.approximate else ""
    return Reading(read.date.isoformat(), note=note)


def _ask_date(cell: Cell, field: Field, refused: NotADate) -> Reading:
    if is_number(cell) and _SERIAL_FIRST <= float(cell) <= _SERIAL_LAST:
        proposed = read_date(cell, field.role, serial=1900).date
        assert proposed is not None
        return Reading(
            proposed.isoformat(),
            f"“{text_of(cell)}”像是没有设日期格式的日期 {proposed.isoformat()}，对吗？"
            "对则答“是”，不对请填写日期。",
        )
    if isinstance(cell, str) and not _DIGIT.search(fold_numerals(fold_width(cell))):
        asked = f"“{text_of(cell)}”不是日期，“{field.title}”留空吗？"
        return Reading(None, f"{asked}留空答“是”，有日期请填写。", empty=True)
    if isinstance(cell, str) and _LENGTH.fullmatch(plain(cell)):
        asked = f"“{text_of(cell)}”是时间的长短，不是日期，“{field.title}”留空吗？"
        return Reading(None, f"{asked}留空答“是”，有日期请填写。", empty=True)
    return Reading(None, f"{refused.sentence}“{field.title}”应是哪一天？")


def _slashed(text: str) -> str:
    """2021.3/2024.10 → 2021.3-2024.10: a slash between two whole months is no part of a date."""
    return re.sub(r"(?<=[.月年]\d)(\d?月?)\s*/\s*(?=\d{4}[.年])", r"\1-", text)


def _span_reader(year: int | None) -> Reader:
    def read(cell: Cell) -> tuple[Reading, ...]:
        if is_empty(cell):
            return BLANK, BLANK
        try:
            if isinstance(cell, datetime | date | time) or is_number(cell):
                raise NotADate(text_of(cell), "只有一个日期，看不出起止")
            start, finish = read_span(_slashed(text_of(cell)), year)
        except NotADate as refused:
            if isinstance(cell, str) and _LENGTH.fullmatch(plain(cell)):
                said = f"“{text_of(cell)}”是工期的长短，没有写起止日期，没有读入"
                return Reading(note=said), BLANK
            return (
                Reading(None, f"{refused.sentence}计划开工日期是哪一天？"),
                Reading(None, f"{refused.sentence}计划竣工日期是哪一天？"),
            )
        return _dated(cell, start), _dated(cell, finish)

    return read
