"""What stands around a table: its money unit, who fills it in, when, for which week.

Read from the texts above and below the table, then from the sheet's and the file's name. A week's
number in a title or file name wins over a filling date (DESIGN, Excel).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from desktop.ledger.dates import NotADate, read_date
from desktop.ledger.definitions import Register
from desktop.ledger.periods import Kind, NoSuchPeriod, Period, fold_numerals
from desktop.sheets.tables.rows import plain
from desktop.sheets.tables.spans import numbered_week, week_of_days

#: The units that money stands in: the ledger's three, and two that only statistics use.
MoneyUnit = Literal["元", "千元", "万元", "百万元", "亿元"]
UNITS: dict[str, MoneyUnit] = {
    "亿元": "亿元",
    "亿": "亿元",
    "百万元": "百万元",
    "万元": "万元",
    "万": "万元",
    "千元": "千元",
    "元": "元",
}
_ANY = "亿元|百万元|万元|千元|元"
#: A title with a unit in it has at least so many other signs.
SHORTEST_TITLE = 6
_UNIT_LINE = re.compile(rf"(?:计量|金额|货币|计价)?单位[:：]?\(?(?:人民币)?({_ANY})(?!/)")
_UNIT_BARE = re.compile(rf"\((?:单位[:：])?(?:人民币)?({_ANY})\)|^({_ANY})$")
#: One of several units (单位：公里、万元), or said in a note (投资单位为万元).
_UNIT_AMONG = re.compile(
    rf"单位[:：][^:：。]{{1,14}}?[、,，/;；和]({_ANY})(?!/)"
    rf"|(?:投资|金额|资金|款项|单位)(?:单位)?(?:均?为|均?是|均?以|都是)({_ANY})"
)
_UNIT_HEADING = re.compile(
    rf"\((?:单位[:：]?)?(?:人民币)?({_ANY}|亿|万)\)|[/,，、]({_ANY})$|(?<!单)(亿元|百万元|万元|千元)$|^({_ANY})$"
)
#: A unit line of a table that is not about money: 单位：万亩.
_UNIT_OTHER = re.compile(
    r"单位[:：](?P<unit>[万亿千百]?(?:亩|公顷|人次|人|户|个|项|件|吨|米|公里|千米|平方米|立方米|千瓦时?|台|套|家|%))(?!\w)"
)
_REPORTER = re.compile(
    r"(?:填报|报送|上报|填表|编制|汇总|报告|制表|责任)(?:单位|部门|机关)(?:\([^)]*\))?[:：]\s*(?P<unit>[^\s:：]+)"
)
#: 有效期至：2024年1月 is no title.
_LABELLED = re.compile(r"[^(:：]{1,10}[:：]")
_NEXT_LABEL = re.compile(r"(?:填报|填表|报送|上报|制表|统计)?(?:时间|日期|人)$|(?:金额)?单位$")
_SEAL = re.compile(r"\((?:盖章|公章|签章|章|加盖公章|印章)\)")
_FILLED_ON = re.compile(
    r"(?:填报|填表|报送|上报|制表|报出|统计|编制|报告)?(?:日期|时间)[:：]\s*(?P<date>[^\s:：]+)"
)
_UNTIL = re.compile(r"(?:截至|截止|截止到|数据截至)[:：]?(?P<date>(?:\d{4}年)?\d{1,2}月\d{1,2}日)")
_WHOLE_DATE = re.compile(r"\(?(\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2})\)?")
_MONTH = re.compile(
    r"(?:(20\d{2})年?度?)?(?:1[-—~至到])?(?<![\d.])(?P<month>1[0-2]|0?[1-9])月份?(?!\d*日|\d)"
    r"|(?<!\d)(20\d{2})[-.](?P<month2>1[0-2]|0?[1-9])(?![\d.\-])"
)
_SPAN = re.compile(r"\d{1,2}月\d{1,2}日?[-—~至到]")
_QUARTER = re.compile(r"(?<![前\d一二三四])第?([1-4一二三四])季度")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?=年|\D|$)")
_BODY = (
    r"(?:人民政府|镇|乡|街道办事处|街道|办事处|开发区|示范区|产业园区?|园区|高新区|新区|区|县|市|局|委员会|委|"
    r"指挥部|管委会|办公室|中心|公司|集团)"
)
_TITLE_UNIT = re.compile(
    rf"^(?P<unit>[\u4e00-\u9fff]{{2,24}}?{_BODY})(?=20\d\d|本?年|项目|重点|重大|固定|投资|在建|工程|建设|周|第|月|问题|"
    r"一季|二季|三季|四季|上半|下半)"
)


_SIGNATURE = re.compile(rf"[\u4e00-\u9fff]{{2,20}}?{_BODY}")


class Around(msgspec.Struct, frozen=True):
    """What the texts around a table say; None where they say nothing.

    ``stated_unit`` is the money unit; ``unit_cell`` the place of the text that states it.
    """

    title: str | None = None
    money: MoneyUnit | None = None
    reporter: str | None = None
    filled_on: date | None = None
    week: int | None = None
    year: int | None = None
    month: int | None = None
    quarter: int | None = None

    def period_of(self, registers: Iterable[Register]) -> str:
        """The period that is stated, of a kind that one of ``registers`` has; "" for none."""
        for register in registers:
            kinds: tuple[tuple[Kind, int | None], ...] = (
                ("week", self.week),
                ("month", self.month),
                ("quarter", self.quarter),
                ("year", 1),
            )
            for kind, number in kinds:
                if kind in register.period and self.year and number:
                    try:
                        return str(Period(kind, self.year, number))
                    except NoSuchPeriod:
                        continue
        return ""

    def over(self, other: Around) -> Around:
        """This, completed by ``other`` where it says nothing."""
        both = zip(self.__struct_fields__, msgspec.structs.astuple(self), strict=True)
        return Around(
            **{name: getattr(other, name) if value is None else value for name, value in both}
        )


def look(
    above: Iterable[str],
    below: Iterable[str] = (),
    names: Iterable[str] = (),
    year_else: int | None = None,
) -> Around:
    """What the texts ``above`` and ``below`` a table and the ``names`` of sheet and file say.
    ``year_else`` is the year of days that name none; it is not said by these texts."""
    upper = [text for text in above if text]
    lower = [text for text in below if text]
    name_texts = [text for text in names if text]
    title = next((text for text in upper if len(plain(text)) > 4 and not _is_line(text)), None)
    titles = [text for text in upper if not _is_line(text)]
    filled_on = _date_in(upper) or _date_in(lower)
    week, week_year = numbered_week([*upper, *name_texts])
    month = _month_in([*titles, *name_texts])
    year = week_year or _year_in([*titles, *name_texts]) or (filled_on.year if filled_on else None)
    days = week_of_days([*upper, *name_texts], year or year_else) if week is None else None
    if days is not None and (year is not None or days.year == year_else):
        week, year = days.number, None if year is None else days.year
    return Around(
        title=title,
        money=money_unit([*upper, *lower]),
        reporter=_reporter([*upper, *lower]) or _title_unit(titles) or _signed(lower),
        filled_on=filled_on,
        week=week,
        month=month,
        quarter=_quarter_in([*titles, *name_texts]),
        year=year,
    )


def money_unit(texts: Iterable[str]) -> MoneyUnit | None:
    """The unit that a title or a unit line states: 单位：万元, （万元）."""
    for text in texts:
        bare = plain(text)
        found = _UNIT_LINE.search(bare) or _UNIT_BARE.search(bare) or _UNIT_AMONG.search(bare)
        if found:
            return UNITS[next(group for group in found.groups() if group)]
    return None


def stated_unit(texts: Iterable[str]) -> str | None:
    """The unit of a table's figures that its title or unit line states, of money or not."""
    said = list(texts)
    other = (_UNIT_OTHER.search(plain(text)) for text in said)
    return money_unit(said) or next((found["unit"] for found in other if found), None)


def heading_unit(headings: Iterable[str]) -> MoneyUnit | None:
    """The one unit that headings state: 总投资（亿元）; None when there is none or several."""
    units = {unit for heading in headings for unit in units_of(heading)}
    return units.pop() if len(units) == 1 else None


def units_of(heading: str) -> list[MoneyUnit]:
    """The money units that one heading states, its lowest level first."""
    found: list[MoneyUnit] = []
    for part in reversed(heading.split("/")):
        match = _UNIT_HEADING.search(plain(part))
        if match:
            found.append(UNITS[next(group for group in match.groups() if group)])
    return found


def unit_name(text: str) -> str:
    """A unit's name as it is spoken of: without seal mark, 空冢郭镇人民政府 as 空冢郭镇."""
    name = _SEAL.sub("", plain(text)).strip("_—-。.,，")
    return re.sub(r"(?<=[镇乡县区市道])(?:人民)?政府$|(?<=街道)办事处$", "", name)


def _is_line(text: str) -> bool:
    """Whether a text is a unit line, a filling date or the like, not a title."""
    bare = plain(text)
    unit = _UNIT_LINE.search(bare)
    return bool(
        (unit and len(bare) - len(unit.group()) < SHORTEST_TITLE)
        or _UNIT_BARE.fullmatch(bare)
        or _REPORTER.search(bare)
        or _FILLED_ON.search(bare)
        or _WHOLE_DATE.fullmatch(bare)
        or re.match(r"附件|附表|表\d|附\d", bare)
        or _LABELLED.match(bare)
    )


def _reporter(texts: Iterable[str]) -> str | None:
    for text in texts:
        found = _REPORTER.search(" ".join(unicodedata.normalize("NFKC", text).split()))
        if found:
            name = unit_name(_NEXT_LABEL.sub("", found["unit"]))
            if name:
                return name
    return None


def _signed(texts: Iterable[str]) -> str | None:
    """The unit that stands alone below a table or a letter, as its signature."""
    for text in texts:
        if _SIGNATURE.fullmatch(plain(text)):
            return unit_name(text)
    return None


def _title_unit(titles: Iterable[str]) -> str | None:
    for title in titles:
        found = _TITLE_UNIT.match(plain(title))
        if found:
            return unit_name(found["unit"])
    return None


def _date_in(texts: Iterable[str]) -> date | None:
    for text in texts:
        bare = plain(text)
        for found in (
            _FILLED_ON.search(" ".join(text.split())),
            _UNTIL.search(bare),
            _WHOLE_DATE.fullmatch(bare),
            _WHOLE_DATE.search(bare),
        ):
            if found is None:
                continue
            said = found["date"] if "date" in found.groupdict() else found[1]
            try:
                read = read_date(said, "day").date
            except NotADate:
                continue
            if read is not None:
                return read
    return None


def _month_in(texts: Iterable[str]) -> int | None:
    """The month that a title names, also as the end of 1-3月."""
    for text in texts:
        folded = fold_numerals(plain(text))
        if _SPAN.search(folded):
            continue
        found = _MONTH.search(folded)
        if found:
            return int(found["month"] or found["month2"])
    return None


def _quarter_in(texts: Iterable[str]) -> int | None:
    for text in texts:
        found = _QUARTER.search(plain(text))
        if found:
            return "一二三四".find(found[1]) + 1 or int(found[1])
    return None


def _year_in(texts: Iterable[str]) -> int | None:
    for text in texts:
        found = {int(year) for year in _YEAR.findall(fold_numerals(text))}
        if len(found) == 1:
            return found.pop()
        if found:
            return None  # 2022、2023年投资 is of neither
    return None
