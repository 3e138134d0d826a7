"""What stands on a worksheet to be written, and what of it a worksheet cannot hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from desktop.ledger.definitions import FieldType
from desktop.ledger.money import Unit

#: Excel's limits.
LONGEST_TEXT = 32_767
LONGEST_NAME = 31
LARGEST = 10**15
FIRST_DAY = date(1900, 3, 1)
CUT = "…（超长，余下从略）"
SIGNATURES = ("填表人：", "审核人：", "单位负责人：", "填报日期：")

_BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NO_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


class Column(msgspec.Struct, frozen=True):
    """A column: its heading from the group down to the title, its type, its width in half-width
    signs, the choices it offers, and whether the total row adds it up."""

    path: tuple[str, ...]
    type: FieldType = "text"
    width: int = 12
    choices: tuple[str, ...] = ()
    total: bool = False


class Sheet(msgspec.Struct, frozen=True):
    """A worksheet to be written. ``rows`` hold typed values in the order of ``columns``: money as
    integer yuan, dates as ISO text, choices as a list, everything else as the book has it.

    ``left`` stands on the unit line beside the unit; ``numbered`` puts 序号 in front.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Any]]
    name: str = ""
    unit: Unit = "万元"
    left: str = ""
    totals: bool = True
    note: str = ""
    signatures: tuple[str, ...] = SIGNATURES
    numbered: bool = True
    demonstration: bool = False


def keeps(value: Any) -> bool:
    """Whether a cell keeps a number or a date as it is: a number has 15 digits, and the calendar
    of Excel begins in 1900, rightly from 1 March on."""
    if isinstance(value, date):
        return value >= FIRST_DAY
    return bool(abs(value) < LARGEST)


class Remarks:
    """What had to be changed to fit into a worksheet; said to the person."""

    def __init__(self) -> None:
        self.cut: list[str] = []
        self.cleaned: list[str] = []

    def fit(self, text: str, cell: str) -> str:
        """``text`` as a worksheet can hold it in ``cell``; what was changed is remembered."""
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        clean = _BARRED.sub("", plain)
        if clean != plain:
            self.cleaned.append(cell)
        escaped = _ESCAPE.sub("_x005F_", clean)
        if _too_long(escaped):
            self.cut.append(cell)
            escaped = _cut(escaped, LONGEST_TEXT - len(CUT)) + CUT
        return escaped

    def sentences(self) -> tuple[str, ...]:
        """In Chinese, with the cells."""
        said = []
        if self.cut:
            said.append(f"单元格最多 {LONGEST_TEXT} 字，以下各格已截断：{_listed(self.cut)}。")
        if self.cleaned:
            said.append(f"以下各格含有表格不能保存的控制字符，已去掉：{_listed(self.cleaned)}。")
        return tuple(said)


def fits(text: str) -> bool:
    """Whether a cell holds ``text`` as it is; False where only :meth:`Remarks.fit` can say."""
    return text.isprintable() and "_x" not in text and not _too_long(text)


def sheet_name(title: str, names: set[str]) -> str:
    """A worksheet's name: what Excel allows, and not taken."""
    base = _NO_NAME.sub("", _BARRED.sub("", title)).strip() or "表"
    name, number = _cut(base, LONGEST_NAME), 2
    while name.casefold() in names:
        tail = f"（{number}）"
        name, number = _cut(base, LONGEST_NAME - len(tail)) + tail, number + 1
    names.add(name.casefold())
    return name


def _too_long(text: str) -> bool:
    return 2 * len(text) > LONGEST_TEXT and _length(text) > LONGEST_TEXT


def _length(text: str) -> int:
    """How long Excel says a text is: signs beyond the first plane (𬭎) count as two."""
    return len(text) + sum(sign > "\uffff" for sign in text)


def _cut(text: str, length: int) -> str:
    """As much of a text as is so long for Excel."""
    while _length(text) > length:
        text = text[: len(text) - max(1, (_length(text) - length) // 2)]
    return text


def _listed(cells: Sequence[str]) -> str:
    return "、".join(cells[:10]) + (f"等 {len(cells)} 格" if len(cells) > 10 else "")
