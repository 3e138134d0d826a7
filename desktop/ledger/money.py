"""Money: integer yuan, read from what people type and printed as documents print it.

A book holds whole yuan (``int``) and nothing else. People type 万元 (four decimals hold a yuan),
documents also write 亿元; each column says which. All arithmetic is on integers and fractions,
never on floats. Rounding is half away from zero (四舍五入 of the absolute value) and comes last:
rates and differences are fractions of unrounded values (STANDARDS, Money).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, overload

from desktop.errors import OneLedgerError
from desktop.ledger.codes import fold_width

Unit = Literal["元", "万元", "亿元"]
#: How many decimals of a unit hold a yuan: 1 万元 is 10 ** 4 yuan.
PLACES: dict[Unit, int] = {"元": 0, "万元": 4, "亿元": 8}
#: A thousand 万亿元. Whoever types more has slipped.
LARGEST = 10**15
#: Rates and differences stand in running text and print a real minus sign.
MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Money:
    """A sum as it was read.

    ``yuan`` is None where nothing was given (an empty cell, —, /, 无). ``approximate``: the text
    said 约, 左右, 以上 … ``unit`` is the unit that was used; ``stated``: the cell itself named it,
    the column was not asked. ``exact`` is False when a part of a yuan was lost, so when more than
    four decimals of 万元 were given.
    """

    yuan: int | None
    approximate: bool
    unit: Unit
    stated: bool
    exact: bool


class NotMoney(OneLedgerError):
    """What stands in a money cell cannot be read as one sum in yuan."""

    def __init__(self, text: object, unit: Unit, reason: str = "") -> None:
        if isinstance(text, int) and abs(text) > LARGEST:
            text = "过大的整数"  # Python writes out no integer of thousands of digits
        cited = str(text)
        cited = cited if len(cited) <= 40 else f"{cited[:40]}…"
        super().__init__(
            f"“{cited}”读不成金额{'：' if reason else ''}{reason}。",
            f"请只写数字（本列按{unit}计），或连单位一起写，如“1.2亿元”；没有金额请留空。",
        )


_EMPTY = re.compile(r"[-‐‑‒–—―─−/\\]*|无|暂无|空|n/a")
_BEFORE = (
    "大约|约为|约|将近|接近|近|超过|超|逾|至少|最多|不少于|不低于|不超过|不高于|不足|不到"
    "|预计|估计|估算|暂估|暂定"
)
_AFTER = r"左右|上下|以上|以下|以内|之内|出头|余|多|\+"
_SHAPE = re.compile(
    rf"""(?:人民币|rmb|cny)? ¥? (?P<before>(?:{_BEFORE})*) (?:人民币)? (?P<sign>[-+−–负])? ¥?
    (?P<body>[0-9.,十百千万亿]+) (?P<odd>[余多])? (?P<scale>[十百千万亿]*)
    (?P<yuan>[元圆][整正]?)? (?:人民币)? (?P<after>(?:{_AFTER})*) (?P<aside>\((?:{_BEFORE})\))?""",
    re.VERBOSE,
)
_PLAIN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_MARKS = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}

_DIGIT = "零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_WRITTEN = str.maketrans(
    f"{_DIGIT}拾佰仟萬億w",
    "0001223456789123456789十百千万亿万",  # w: 500w is how the young write 500万
)
_DECIMALS = re.compile(f"([{_DIGIT}])点([{_DIGIT}]+)")
# 二三百万 is a range, 一二三 a row of digits: numerals may stand together only after a zero that
# fills a gap (一千零五).
_SIDE_BY_SIDE = re.compile(
    f"[{_DIGIT[3:]}][{_DIGIT}0-9]|[0-9][{_DIGIT}]|(?<![十百千万亿拾佰仟萬億])[零〇○][{_DIGIT}0-9]"
)
_REASONS = (
    (re.compile(r"#"), "这是表格里的出错值"),
    (re.compile(r"%"), "这是百分比"),
    (re.compile(r"[0-9.]e[-+]?[0-9]"), "科学计数法看不出完整的数字"),
    (re.compile(r"[美港欧日]元|[美港]币|英镑|\$|usd|hkd|eur"), "不是人民币"),
    (re.compile(r"[0-9十百千万亿元](?:[-‐–—―─~]|至|到)[0-9]"), "写的是一个范围"),
    (re.compile(r"\(.*\)"), "括号里的数可能是负数，也可能是序号或说明"),
    (_SIDE_BY_SIDE, "数字连写，像是一个范围"),
    (re.compile(r"^[^0-9]*$"), "没有写出确切的数字"),
)


def parse(text: str | int | float | Decimal | None, unit: Unit) -> Money:
    """Read one cell of a money column whose unit is ``unit``.

    Numbers are in ``unit``; a float is taken as the decimal it prints, and noise of a formula
    (1234.5600000000001) is no loss. Text may name its own unit (1.2亿, ９８００万元, 两千万元),
    which then counts instead of the column's. Raises NotMoney for all that is not plainly one sum:
    ranges (1-2亿), percentages, （5）, bare units, scientific notation, other currencies, truth
    values, nan and infinity.
    """
    if text is None:
        return Money(None, False, unit, False, True)
    if isinstance(text, bool):
        raise NotMoney(text, unit, "这是“是／否”")
    if isinstance(text, str):
        return _parse_text(text, unit)
    number = Decimal(repr(text)) if isinstance(text, float) else text
    if isinstance(number, Decimal) and not (number.is_finite() and -400 < number.adjusted() < 20):
        raise NotMoney(text, unit, "这不是一个合理的数")
    yuan, exact = _whole(Fraction(number) * 10 ** PLACES[unit], text, unit)
    return Money(yuan, False, unit, False, exact)


def _parse_text(text: str, unit: Unit) -> Money:
    folded = fold_width(text).strip().lower().lstrip("'‘’").rstrip("。;")
    if len(folded) > 60:
        raise NotMoney(text, unit, "字太多")
    if re.search(r"[0-9]\s+[0-9]", folded):
        raise NotMoney(text, unit, "数字中间有空格，像是两个数")
    folded = "".join(folded.split())
    if _EMPTY.fullmatch(folded):
        return Money(None, False, unit, False, True)
    if folded in ("一", "〇", "○"):
        raise NotMoney(text, unit, "看不出是数字，还是横线、圆圈之类的记号")
    plain = re.sub(r"(?<=[0-9])。(?=[0-9])", ".", folded)  # the decimal point of a Chinese keyboard
    plain = _DECIMALS.sub(lambda m: f"{m[1]}.{m[2]}".translate(_WRITTEN), plain)
    shape = None
    if not _SIDE_BY_SIDE.search(plain):
        plain = plain.translate(_WRITTEN)
        shape = _SHAPE.fullmatch(plain)
    number = _value(shape["body"] + shape["scale"]) if shape else None
    if shape is None or number is None:
        reason = next((why for sign, why in _REASONS if sign.search(plain)), "")
        raise NotMoney(text, unit, reason)
    used = unit
    if stated := bool(shape["yuan"]) or "万" in plain or "亿" in plain:
        used = "亿元" if "亿" in plain else "万元" if "万" in plain else "元"
    sign = -1 if shape["sign"] not in (None, "+") else 1
    yuan, exact = _whole(sign * number * (1 if stated else 10 ** PLACES[unit]), text, unit)
    approximate = any(shape[name] for name in ("before", "odd", "after", "aside"))
    return Money(yuan, approximate, used, stated, exact)


def _value(body: str, marks: str = "亿万千百十") -> Fraction | None:
    """The number that ``body`` writes with digits and the given marks, or None.

    1亿2000万 and 1亿2千万 are read; 3万5 (35,000 or 30,005?) is not.
    """
    if not marks:
        return Fraction(body.replace(",", "")) if _PLAIN.fullmatch(body) else None
    mark, smaller = marks[0], marks[1:]
    head, found, rest = body.rpartition(mark)
    if not found:
        return _value(body, smaller)
    size = _MARKS[mark]
    if mark == "十" and not head:
        whole: Fraction | None = Fraction(1)
    else:  # 一千二百亿 and 1.2万亿, but not 五百千
        whole = _value(head, smaller if size >= 10_000 else "")
    tail = _value(rest, smaller) if rest else Fraction(0)
    if whole is None or tail is None:
        return None
    if rest:
        follows = tail * 10 >= size or rest[0] == "0" or any(m in rest for m in smaller)
        if whole.denominator != 1 or tail >= size or not follows:
            return None
    return whole * size + tail


def _whole(value: Fraction, text: object, unit: Unit) -> tuple[int, bool]:
    """Whole yuan, and whether they are all; beyond twelve digits lies the noise of a formula."""
    if abs(value) >= LARGEST:
        raise NotMoney(text, unit, "数额太大")
    yuan = nearest(value)
    noise = max(Fraction(1, 10_000), abs(value) / 10**12)
    return yuan, abs(value - yuan) <= noise


def nearest(value: Fraction) -> int:
    """The nearest integer, halves away from zero (2.5 → 3, −2.5 → −3)."""
    size = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return -size if value < 0 else size


def format_printed(printed: int, decimals: int, grouping: bool = True) -> str:
    """An integer in units of the last printed digit as text: (-123456, 2) → "-1,234.56"."""
    whole, part = divmod(abs(printed), 10**decimals)
    text = f"{whole:,}" if grouping else str(whole)
    text = f"{text}.{part:0{decimals}}" if decimals else text
    return f"-{text}" if printed < 0 else text


def format_money(
    yuan: int | None,
    unit: Unit,
    decimals: int | None = None,
    grouping: bool = True,
    missing: str = "",
) -> str:
    """A sum as a table prints it, without its unit: "9,800", "3,860.5", "4.36".

    With ``decimals`` None: 元 whole, 亿元 two decimals, 万元 as many of four as it takes (so
    nothing is lost). Half away from zero, never -0; the sign is the plain hyphen, which a cell
    takes back as a number. ``missing`` is printed for None.
    """
    if yuan is None:
        return missing
    places = {"元": 0, "万元": 4, "亿元": 2}[unit] if decimals is None else decimals
    printed = nearest(Fraction(yuan * 10**places, 10 ** PLACES[unit]))
    text = format_printed(printed, places, grouping)
    return text.rstrip("0").rstrip(".") if decimals is None and unit == "万元" else text


def in_words(yuan: int) -> str:
    """A sum in running text, with its unit: 9800万元 below 1亿元, 4.36亿元 from there."""
    unit: Unit = "万元" if abs(yuan) < 10 ** PLACES["亿元"] else "亿元"
    return f"{format_money(yuan, unit, grouping=False)}{unit}"


@overload
def to_excel(yuan: int, unit: Unit) -> Decimal: ...
@overload
def to_excel(yuan: None, unit: Unit) -> None: ...
def to_excel(yuan: int | None, unit: Unit) -> Decimal | None:
    """The exact number for a cell in a column of ``unit``, without trailing zeros."""
    if yuan is None:
        return None
    text = format_printed(yuan, PLACES[unit], grouping=False)
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def rate(part: int | None, whole: int | None) -> Fraction | None:
    """``part`` ÷ ``whole``, unrounded; None without a part or a whole (no plan, no rate)."""
    return None if part is None or not whole else Fraction(part, whole)


def points(a: Fraction, b: Fraction) -> Fraction:
    """How many percentage points (百分点) ``a`` lies above ``b``, unrounded."""
    return (a - b) * 100


def format_rate(value: Fraction | None, decimals: int = 1, missing: str = "") -> str:
    """A rate in percent, "16.2%"; rounded here and only here. ``missing`` is printed for None."""
    if value is None:
        return missing
    return f"{format_printed(nearest(value * 10 ** (decimals + 2)), decimals)}%".replace("-", MINUS)


def format_points(
    value: Fraction | None, signed: bool = True, decimals: int = 1, missing: str = ""
) -> str:
    """Percentage points: "+2.0", "0.0", "−0.6"; unsigned the bare size: 低于序时进度0.6个百分点."""
    if value is None:
        return missing
    printed = nearest(value * 10**decimals)
    sign = "" if not signed or not printed else "+" if printed > 0 else MINUS
    return f"{sign}{format_printed(abs(printed), decimals)}"
