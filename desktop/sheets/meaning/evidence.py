"""What the values of a column say about its meaning, whatever its heading says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from desktop.ledger.codes import read_credit_code, read_project_code
from desktop.ledger.dates import NotADate, read_date, read_span
from desktop.ledger.definitions import Field
from desktop.ledger.money import NotMoney, parse
from desktop.sheets.tables.rows import plain
from desktop.sheets.workbook.grid import Cell, is_number, text_of

#: So many filled cells of a column are looked at.
SAMPLE = 60
EMPTY = frozenset({"", "-", "--", "—", "——", "–", "―", "/", "//", "\\", "无", "暂无", "空", "_"})
#: What a column of ticks holds.
YES_NO = frozenset("是否√×有无✓✔✗xo○●已未")
PHONE = re.compile(
    r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[-\s]?\d{7,8}(?:[-转]\d{1,5})?|[2-9]\d{6,7})(?!\d)"
)
#: No sign for "nothing" is longer.
_LONGEST_EMPTY = max(map(len, EMPTY))
_MOBILE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}")
#: What the names of offices and firms end in; no cell with a person's name and post is longer.
_OFFICE = re.compile("(?:局|委|办|镇|乡|街道|公司|中心|政府|集团|院|厂|园区|高新区|开发区|部门)$")
LONGEST_PERSON = 16
_HAN = re.compile(r"[\u4e00-\u9fff]")


class Profile(msgspec.Struct, frozen=True):
    """Shares (0 … 1) of a column's filled cells; ``count`` is how many were looked at."""

    count: int = 0
    numbers: float = 0.0
    money: float = 0.0
    dates: float = 0.0
    spans: float = 0.0
    codes: float = 0.0
    credit_codes: float = 0.0
    phones: float = 0.0
    mobiles: float = 0.0
    people_with_phones: float = 0.0
    texts: tuple[str, ...] = ()

    def chosen(self, names: Mapping[str, str]) -> float:
        """The share of cells that are a choice of a code list."""
        if not self.texts:
            return 0.0
        return sum(text in names or text.removesuffix("类") in names for text in self.texts) / len(
            self.texts
        )


def says_nothing(text: str) -> bool:
    """Whether a text means an empty cell: —, /, 无."""
    return len(text) <= _LONGEST_EMPTY + 2 and plain(text) in EMPTY


def profile(cells: Iterable[Cell]) -> Profile:
    """Look at the first filled cells of a column."""
    looked: list[Cell] = []
    for cell in cells:
        if cell != "" and not says_nothing(text_of(cell)):
            looked.append(cell)
            if len(looked) == SAMPLE:
                break
    if not looked:
        return Profile()
    texts = [plain(text_of(cell)) for cell in looked]

    def share(many: Iterable[bool]) -> float:
        return sum(many) / len(looked)

    with_phone = [bool(PHONE.search(text)) for text in texts]
    return Profile(
        count=len(looked),
        numbers=share(is_number(cell) for cell in looked),
        money=share(_is_money(cell) for cell in looked),
        dates=share(_is_date(cell) for cell in looked),
        spans=share(_is_span(text) for text in texts),
        codes=share(read_project_code(text) is not None for text in texts),
        credit_codes=share(read_credit_code(text) is not None for text in texts),
        phones=share(
            phone and not _HAN.search(text) for phone, text in zip(with_phone, texts, strict=True)
        ),
        mobiles=share(bool(_MOBILE.fullmatch(text)) for text in texts),
        people_with_phones=share(
            phone and bool(_HAN.search(text)) for phone, text in zip(with_phone, texts, strict=True)
        ),
        texts=tuple(texts),
    )


def fits(field: Field, seen: Profile, *, known: bool) -> float:
    """How well the values suit the field: 1 … 0; 1 where nothing speaks against it.

    ``known``: the heading is one that the scheme lists. Then only a column that is plainly
    something else raises a doubt; single bad cells are asked about one by one.
    """
    if seen.texts and field.type in ("date", "money", "phone") and YES_NO.issuperset(seen.texts):
        return 0.5
    if field.type in ("text", "long_text") and _counts(seen.texts):
        return 0.6
    if not seen.count or (known and seen.count < 5):
        return 1.0
    least = 0.2 if known else 0.5
    if field.type == "money":
        return 1.0 if seen.money >= least else 0.6
    if field.type == "date":
        return 1.0 if max(seen.dates, seen.spans) >= least else 0.7
    if field.type == "phone":
        return 1.0 if seen.phones + seen.people_with_phones >= least else 0.7
    if field.type in ("text", "long_text", "person", "unit", "link"):
        return 0.7 if seen.numbers >= 0.9 else 1.0
    return 1.0


def _counts(texts: tuple[str, ...]) -> bool:
    """Whether cells only number the rows: 1, 2, 3 …"""
    return len(texts) >= 2 and texts == tuple(str(one) for one in range(1, len(texts) + 1))


def supports(field: Field, seen: Profile, choices: Mapping[str, str] | None) -> float:
    """How far the values of a column alone bear out that it is the field: 1 they do, 0.5 there are
    none to tell, 0 they speak against it. ``choices`` are the names of the field's code list."""
    if not seen.count:
        return 0.5
    if choices is not None:
        return 1.0 if seen.chosen(choices) >= 0.5 else 0.0
    if field.type == "money":
        return 1.0 if seen.money >= 0.5 else 0.0
    if field.type == "date":
        return 1.0 if max(seen.dates, seen.spans) >= 0.5 else 0.0
    if field.type == "phone":
        return 1.0 if seen.phones + seen.people_with_phones >= 0.5 else 0.0
    if max(seen.numbers, seen.money, seen.dates, seen.phones) >= 0.5:
        return 0.0
    officious = sum(bool(_OFFICE.search(text)) for text in seen.texts) / len(seen.texts)
    if field.type == "person":
        longest = max(map(len, seen.texts))
        return 1.0 if officious < 0.5 and longest <= LONGEST_PERSON else 0.0
    return 1.0


def _is_money(cell: Cell) -> bool:
    if not isinstance(cell, str | int | float):
        return False
    try:
        return parse(cell, "万元").yuan is not None
    except NotMoney:
        return False


def _is_date(cell: Cell) -> bool:
    if isinstance(cell, str | int | float) and not isinstance(cell, bool):
        try:
            return read_date(cell, "limit", 2000).date is not None
        except NotADate:
            return False
    return not isinstance(cell, str | int | float)


def _is_span(text: str) -> bool:
    try:
        start, finish = read_span(text)
    except NotADate:
        return False
    return start.date is not None or finish.date is not None
