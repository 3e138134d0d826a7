"""Cells that name people and their telephones, alone or together, → a value or a question."""

from __future__ import annotations

import re

from desktop.ledger.codes import fold_width
from desktop.sheets.meaning.evidence import EMPTY, PHONE
from desktop.sheets.meaning.texts import BLANK, Reading, is_empty
from desktop.sheets.workbook.grid import Cell, line, text_of

#: A mobile number, as long as it is; and what is so nearly one that a digit was lost or doubled.
_MOBILE = 11
_NEARLY = re.compile(r"1[3-9]\d{6,11}")


def phone(cell: Cell) -> Reading:
    """A telephone number, or several; one of a mobile's beginning with too few or too many digits
    is asked about. Blanks inside a mobile number go."""
    text = fold_width(line(cell))
    if text in EMPTY:
        return BLANK
    joined = re.sub(r"(?<=\d)[ -](?=\d)", "", text)
    if len(joined) == _MOBILE and _NEARLY.fullmatch(joined):
        return Reading(joined)
    for part in re.split(r"[、,，;；/\s()（）]+", text):
        digits = part.replace("-", "")
        if _NEARLY.fullmatch(digits) and len(digits) != _MOBILE:
            return Reading(
                text, f"“{part}”是 {len(digits)} 位，手机号应是 {_MOBILE} 位，应填什么？"
            )
    return Reading(text)


def person(cell: Cell) -> Reading:
    """A person's name; a telephone number in the same cell is asked about."""
    text = line(cell)
    if is_empty(cell):
        return BLANK
    if not PHONE.search(fold_width(text)):
        return Reading(text)
    name, number = person_and_phone(cell)
    if name.value is None or name.question:
        return Reading(None, f"“{text}”里的姓名和电话分不清，只填姓名，应填什么？")
    asked = f"“{text}”里还有电话 {number.value}，姓名按“{name.value}”读入、电话不读入，对吗？"
    return Reading(name.value, f"{asked}对则答“是”，不对请填写姓名。")


def person_and_phone(cell: Cell) -> tuple[Reading, ...]:
    """李建国 13800000001 → the name and the number; several of both stay in their order."""
    if is_empty(cell):
        return BLANK, BLANK
    # 王五(局长) stays together; the brackets of a number go with it
    text = re.sub(r"\(([^()\d]+)\)", r"（\1）", fold_width(text_of(cell)))
    numbers = [found.group() for found in PHONE.finditer(text)]
    rest = PHONE.sub("、", text)
    rest = re.sub(r"(?:联系)?(?:电话|手机|方式)(?:号码?)?[:：]?", "", rest)
    rest = re.sub(r"（\s*）", "", rest)
    people = [line(part).strip("():：-—.,，;； ") for part in re.split(r"[、/\n;；,，()]+", rest)]
    people = [person for person in people if person]
    if any(any(mark.isdigit() for mark in person) for person in people):
        asked = f"“{line(cell)}”里的姓名和电话分不清，请分别填写。"
        return Reading(None, asked), Reading(None, asked)
    return Reading("、".join(people) or None), Reading("、".join(numbers) or None)


_UNIT_END = re.compile(
    r"(?:局|委|办|院|中心|公司|集团|政府|街道|镇|乡|区|站|处|所|队|厂|园|会|部|社|村|分局|指挥部|管委会)(?=[\s:：(（、，,/]|$)"
)
_UNIT_THEN = re.compile(
    r"(?P<unit>.*(?:局|委|办|院|中心|公司|集团|政府|街道|镇|乡|管委会|指挥部))(?P<person>[\u4e00-\u9fff]{2,4})"
)


def unit_and_person(cell: Cell) -> tuple[Reading, ...]:
    """区林业局 王科长 → the unit and the person; a cell that names only a unit has no person."""
    if is_empty(cell):
        return BLANK, BLANK
    text = line(cell).strip()
    cut = re.split(r"[\s:：(（)）、，,;；/]+", text.rstrip(")） "))
    parts = [part for part in cut if part]
    if len(parts) == 2 and _UNIT_END.search(parts[0]) and not _UNIT_END.search(parts[1]):
        return Reading(parts[0]), Reading(parts[1])
    if len(parts) == 1 and _UNIT_END.search(text):
        return Reading(text), BLANK
    glued = _UNIT_THEN.fullmatch(text)
    if glued:
        return Reading(glued["unit"]), Reading(glued["person"])
    asked = f"“{text}”里的单位和人分不清，请分别填写。"
    return Reading(None, asked), Reading(None, asked)
