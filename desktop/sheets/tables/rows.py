"""What one row of a government table is, told from its own texts: pure questions, no table needed.

合计 rows, section rows (一、省重点项目（2个）), footers (填表人：), notes (注：), numbering rows
under the heading. Which of them applies where is decided in :mod:`~desktop.sheets.tables.finding`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from desktop.sheets.workbook.grid import Cell, bare, line

#: A longer text between the rows is a remark.
LONGEST_SECTION = 30
_NUMERAL = "一二三四五六七八九十"
_TOTAL = re.compile(
    r"(?:其中[:：]?)?(?:.{0,10}(?<![累估预统设共]))?(?:合计|总计|小计|共计|总合计|总数|平均)"
    r"(?:\(.{0,14}\)|[:：]?(?:共?\d+个?(?:项目)?)?)?[:：]?|(?:以上)?共\d+个(?:项目)?|以上(?:合计|共计|总计)|计|累计"
)
#: Before nothing but figures the whole of a place is their sum.
_WHOLE = re.compile("全(?:区|县|市|省|镇|乡|旗|州|街道)")
_HINTS = frozenset("计共总平全")
_FOOTER = re.compile(
    r"(?:填表|填报|制表|审核|复核|审批|统计|经办|报送|上报|单位|部门|分管|主要|科室|项目|填表单位)?"
    r"(?:人|负责人|领导|领导签字|签字|签章|盖章|主管|联系人|联系电话|电话|日期|时间|报出日期)"
    r"(?:\((?:签字|签章|盖章|签名|公章)\))?[:：].*"
    r"|(?:制表|审核|复核|审批|填表|填报|领导|主管|经办|报送)[:：].*"
    r"|第\d+页.*|共\d+页.*|-?\d{1,3}/\d{1,3}页?-?$|续表|\(?续(?:上|下)表\)?"
)
_NOTE = re.compile(
    r"(?:[*※]|(?:备?注|附注|填[表报]说明|说明|备注说明)(?:[:：]|\d{0,2}[.、:：]|$)).*", re.DOTALL
)
_UNIT_LINE = re.compile(r"\(?(?:金额|计量)?单位[:：].{1,6}\)?")
_SECTION_MARK = re.compile(
    rf"(?P<big>[{_NUMERAL}]{{1,3}})[、.．:：]?$|(?P<small>\([{_NUMERAL}]{{1,3}}\))[、.]?$"
    rf"|(?P<big2>[{_NUMERAL}]{{1,3}})[、.．:：](?P<text>.+)"
    rf"|(?P<small2>\([{_NUMERAL}]{{1,3}}\))[、.]?(?P<text2>.+)",
    re.DOTALL,
)
_SECTION_WORDS = re.compile(
    r".*(?:\((?:共?计?\d+个?(?:项目)?|\d+项)\)|共?\d+个(?:项目)?|(?<!污染)(?:类|类项目|重点项目|级项目|领域))$"
)
_SIZE = re.compile(r"\((?:共?计?\d+[个项]?(?:项目)?[^)]*)\)|[,:]?共?计?\d+个(?:项目)?$|[:：]$")
_NUMBER_TEXT = re.compile(r"[-+]?[\d,]*\.?\d+%?")
_STEMS = "甲乙丙丁戊己庚辛"
_COLUMN_NUMBER = re.compile(rf"(?:\d{{1,2}}|[{_STEMS}])(?:=.*|[+-].*)?")


class Section(msgspec.Struct, frozen=True):
    """A section row: its row, its text without numeral and count, its depth (0 for 一、, 1 for
    （一）, None when it has no numeral), and its words in full. A unit line between the rows is a
    section without text."""

    row: int
    text: str
    depth: int | None
    full: str = ""


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """:func:`~desktop.sheets.workbook.grid.bare`, remembered: the same words stand in many rows."""
    return bare(text)


def is_total(cells: Sequence[tuple[int, Cell]]) -> bool:
    """Whether one of the first three filled cells says 合计, 小计 …, or the first one 全区."""
    for _, cell in cells[:3]:
        if isinstance(cell, str) and may_total(cell) and _TOTAL.fullmatch(plain(cell)):
            return True
    first = cells[0][1] if cells else ""
    if len(cells) < 2 or not isinstance(first, str) or not _WHOLE.fullmatch(plain(first)):
        return False
    return all(_is_figure(cell) for _, cell in cells[1:])


def may_total(text: str) -> bool:
    """Whether a text has a sign of 合计 and the like; most have not."""
    return not _HINTS.isdisjoint(text)


def is_footer(cells: Sequence[tuple[int, Cell]]) -> bool:
    """Whether the row is signed or dated: 填表人：…, also divided over several cells."""
    first = cells[0][1]
    return isinstance(first, str) and len(cells) <= 8 and bool(_FOOTER.match(plain(first)))


def is_note(cells: Sequence[tuple[int, Cell]]) -> bool:
    """Whether the row is an annotation below a table (注：…) or states the unit of its money."""
    first = cells[0][1]
    if not isinstance(first, str) or len(cells) > 2:
        return False
    text = plain(first)
    return bool(_NOTE.match(text) or _UNIT_LINE.fullmatch(text))


def is_unit_line(cell: Cell) -> bool:
    """Whether a cell states the unit of a table's money: 单位：万元."""
    return isinstance(cell, str) and bool(_UNIT_LINE.fullmatch(plain(cell)))


def is_numbering(cells: Sequence[tuple[int, Cell]]) -> bool:
    """Whether the row numbers the columns: 1 2 3 …, 甲 乙 1 2 …"""
    if len(cells) < 3:
        return False
    texts = [plain(line(cell)).strip("()") for _, cell in cells]
    if not all(_COLUMN_NUMBER.fullmatch(text) for text in texts):
        return False
    letters = [text for text in texts if text in _STEMS]
    numbers = [int(text) for text in texts if text.isdigit()]
    return (
        texts[: len(letters)] == letters == list(_STEMS[: len(letters)])
        and len(numbers) >= 2
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    )


def section_of(row: int, cells: Sequence[tuple[int, Cell]], *, alone: bool) -> Section | None:
    """The section that a row opens, or None.

    ``alone``: the row's only text stands in the first column or is merged over several, so that it
    is a section whatever it says. With a numeral in front other cells may hold sub-totals.
    """
    first = cells[0][1]
    if not isinstance(first, str):
        return None
    text = plain(first)
    found = _SECTION_MARK.fullmatch(text)
    if found is None:
        if is_sentence(text):
            return None
        if len(cells) == 1 and (alone or _SECTION_WORDS.fullmatch(text)):
            return Section(row, _named(text), None, text)
        return None
    depth = 0 if found["big"] or found["big2"] else 1
    words = found["text"] or found["text2"]
    others = cells[1:]
    if words is None:
        if not others or not isinstance(others[0][1], str):
            return None
        words, others = plain(others[0][1]), others[1:]
    stated = [plain(line(cell)) for _, cell in others if is_unit_line(cell)]
    if any(not _is_figure(cell) and not is_unit_line(cell) for _, cell in others):
        return None
    return Section(row, _named(words), depth, " ".join([words, *stated]))


def unit_line_of(row: int, cells: Sequence[tuple[int, Cell]]) -> Section | None:
    """A unit line that stands between the rows and rules those below it."""
    if len(cells) != 1 or not is_unit_line(cells[0][1]):
        return None
    return Section(row, "", None, plain(line(cells[0][1])))


def is_sentence(text: str) -> bool:
    """Whether a text is a remark or a paragraph, not the name of a section."""
    return len(text) > LONGEST_SECTION or "。" in text


def is_quantity(text: str) -> bool:
    """Whether a text is a bare number, as 156,000 or 16.6%."""
    return bool(_NUMBER_TEXT.fullmatch(text))


def _is_figure(cell: Cell) -> bool:
    return not isinstance(cell, str) or is_quantity(plain(cell)) or plain(cell) in {"-", "/", "—"}


def _named(text: str) -> str:
    return _SIZE.sub("", text)
