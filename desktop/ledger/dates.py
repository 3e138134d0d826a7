"""Dates as people write them: 2023.3, 2023年3月底前, 一季度, 年底前, 20230315.

What is less than a day is read by the part it plays: as a time limit a month means its last day, as
a start its first (STANDARDS, "Excel as it really arrives"). What could be two dates is refused, so
that someone is asked: 3月前, and the number 2023.1, which Excel also makes of 2023.10.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from desktop.errors import OneLedgerError
from desktop.ledger.codes import fold_width
from desktop.ledger.periods import Period, date_range, fold_numerals

#: limit: the last day that is meant; start: the first; day: nothing but a day will do.
Role = Literal["limit", "start", "day"]
Precision = Literal["day", "month", "quarter", "half_year", "year"]
FIRST_YEAR, LAST_YEAR = 1949, 2100
#: The day before Excel's day 1 in each of its two calendars; 1900 counts a February 29 too many.
_EXCEL_ZERO = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date as it was read.

    ``date`` is None where nothing was given (empty, —, /, 无). ``precision``: how much was written,
    so "month" for 2023年3月底前. ``approximate``: 约, 预计, 左右, 初, 上旬, 中旬 or 下旬 stood by.
    """

    date: date | None
    precision: Precision = "day"
    approximate: bool = False


class NotADate(OneLedgerError):
    """What stands in a date cell cannot be read as one date, or as one span."""

    def __init__(self, text: object, reason: str = "") -> None:
        cited = str(text)
        cited = cited if len(cited) <= 40 else f"{cited[:40]}…"
        self.reason = reason
        super().__init__(
            f"“{cited}”读不成日期{'：' if reason else ''}{reason}。",
            "请写成2023年3月20日或2023-3-20，也可写2023年3月底前、2023年一季度；没有日期请留空。",
        )


_EMPTY = re.compile(r"[-‐‑‒–—―─−/\\]*|无|暂无|空|n/a")
#: No date is written in more signs, with all that stands around it.
LONGEST = 500
#: Start and finish in two lines or with a blank between, each with its year; or each with its word.
_TWO_DATES = re.compile(r"(?P<first>\d{4}[年./]\S*)\s+(?P<second>\d{4}[年./]\S*)")
_BEGUN_AND_DONE = re.compile(
    r"(?P<first>\d{4}[^,，;；、\s]*?)(?:开工|动工|开始)[,，;；、\s]*"
    r"(?P<second>(?:\d{4}年)?\d[^,，;；、\s]*?)(?:竣工|完工|建成|结束)"
)
_TIME = re.compile(r"(?:\s+|(?<=[0-9])t)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*$")
_Y = r"(?:(?P<year>[0-9]{4}|[0-9]{2})年度?|(?P<said>今年|本年|明年|去年))?"
_CORES: tuple[tuple[Precision, str], ...] = (
    ("day", r"(?P<year>[0-9]{4})(?P<sep>[-./])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})"),
    ("day", r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
    ("day", rf"{_Y}(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})[日号]?"),
    ("month", r"(?P<year>[0-9]{4})[-./](?P<month>[0-9]{1,2})"),
    ("month", r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})"),
    ("month", rf"{_Y}(?P<month>[0-9]{{1,2}})月份?"),
    ("quarter", rf"{_Y}第?(?P<quarter>[1-4])季度"),
    ("quarter", r"(?P<year>[0-9]{4})(?P<quarter>[1-4])季度"),
    ("quarter", r"(?P<year>[0-9]{4})-?q(?P<quarter>[1-4])"),
    ("half_year", rf"{_Y}(?P<half>[上下])半年"),
    ("half_year", r"(?P<year>[0-9]{4})(?P<half>[上下])半年"),
    ("year", r"(?:(?P<year>[0-9]{4})(?:年度?)?|(?P<said>今年|本年|明年|去年))年?|年(?=[底末初内])"),
)
_SHAPES = tuple(
    (
        precision,
        re.compile(
            rf"""(?P<maybe>(?:大约|约|预计|计划|拟|力争|争取|暂定)*) (?:{core})
            (?P<part>底|末|初|上旬|中旬|下旬|内)? (?P<before>之前|以前|前)?
            (?:止|(?:全部|全面|基本)?(?:完成|办结|竣工|完工|开工|投产|建成|到位|销号))?
            (?P<about>左右|前后)?""",
            re.VERBOSE,
        ),
    )
    for precision, core in _CORES
)
#: First and last day of the parts of a month; None is the month's own.
_PARTS: dict[str, tuple[int, int | None]] = {
    "初": (1, 10),
    "上旬": (1, 10),
    "中旬": (11, 20),
    "下旬": (21, None),
}
_SAID = {"去年": -1, "今年": 0, "本年": 0, "明年": 1}


def read_date(
    text: str | int | float | date | None,
    role: Role,
    year: int | None = None,
    serial: Literal[1900, 1904] | None = None,
) -> DateRead:
    """Read one cell of a date column.

    ``year`` completes 3月底前, 一季度, 年底前. 3月15日前 includes that day; 3月底 is the 31st for a
    start, too. Numbers are read as they look (20230315, 202303, 2023.3, 2023); only
    with ``serial`` they are days of that Excel calendar. Raises NotADate, also for a bare month
    where ``role`` wants a day.
    """
    if text is None:
        return DateRead(None)
    if isinstance(text, datetime):
        text = text.date()
    if isinstance(text, date):
        return DateRead(_within(text, text))
    if isinstance(text, bool):
        raise NotADate(text, "这是“是／否”")
    if isinstance(text, str):
        return _read(_folded(text), text, role, year)
    shown = re.sub(r"\.0$", "", str(text)) if abs(text) < 10**9 else "过大或无效的数"
    if serial is not None:
        if not 0 < text < 10**6:
            raise NotADate(shown, "不是Excel的日期序号")
        # The time of day is dropped.
        return DateRead(_within(_EXCEL_ZERO[serial] + timedelta(days=int(text)), shown))
    if re.fullmatch(r"[0-9]{4}\.1", shown):
        raise NotADate(shown, "作为数字，看不出是1月还是10月")
    if not re.fullmatch(r"[0-9]{4}(?:\.[0-9]{1,2}|[0-9]{2}|[0-9]{4})?", shown):
        raise NotADate(shown, "这个数字不像日期，若是Excel日期，请把单元格设为日期格式")
    return _read(shown, shown, role, year)


def read_span(text: str, year: int | None = None) -> tuple[DateRead, DateRead]:
    """Start and finish from years of construction (起止年限): 2021.8-2023.12, 2021—2023年.

    The start is read as a start, the finish as a time limit; the finish may leave out the year of
    the start (2021年8月-12月). A bare year spans itself; 至今 and an empty cell give None. Raises
    NotADate, also where only one month stands.
    """
    if len(text) > LONGEST:
        raise NotADate(text)
    apart = _TWO_DATES.fullmatch(text.strip()) or _BEGUN_AND_DONE.fullmatch(text.strip())
    folded = _folded(text if apart is None else f"{apart['first']}-{apart['second']}")
    if _EMPTY.fullmatch(folded):
        return DateRead(None), DateRead(None)
    found: list[tuple[DateRead, DateRead]] = []
    reason = "看不出起止"
    for cut in re.finditer(r"[-‐‑‒–—―─~]*[至到]|[-‐‑‒–—―─~]+", folded):
        first, second = folded[: cut.start()], folded[cut.end() :]
        if not first or not second:
            continue
        try:
            start = _read(first, text, "start", year)
            if second == "今":
                finish = DateRead(None)
            else:
                finish = _read(second, text, "limit", start.date.year if start.date else year)
        except NotADate as refused:
            reason = refused.reason or reason
            continue
        found.append((start, finish))
    if not found and re.fullmatch(r"[0-9]{4}(?:年度?)?", folded):
        found = [(_read(folded, text, "start", year), _read(folded, text, "limit", year))]
    if len(found) != 1:
        raise NotADate(text, reason)
    start, finish = found[0]
    if start.date and finish.date and finish.date < start.date:
        raise NotADate(text, "止在起之前")
    return start, finish


def _folded(text: str) -> str:
    if len(text) > LONGEST:
        raise NotADate(text)
    plain = _TIME.sub("", fold_width(text).lower())
    if re.search(r"[0-9]\s+[0-9]", plain):
        raise NotADate(text, "数字中间有空格")
    return fold_numerals(plain).rstrip("。;.,，")


def _read(folded: str, text: object, role: Role, year: int | None) -> DateRead:
    """The date that ``folded`` writes; ``text`` is what a refusal cites."""
    if _EMPTY.fullmatch(folded):
        return DateRead(None)
    matches = ((precision, shape.fullmatch(folded)) for precision, shape in _SHAPES)
    precision, found = next((match for match in matches if match[1]), ("day", None))
    if found is None:
        raise NotADate(text)
    named = found.groupdict()
    if precision != "day" and role == "day":
        raise NotADate(text, "没有写到哪一天")
    written = _year(named.get("year"), named.get("said"), year)
    if written is None:
        raise NotADate(text, "没有写是哪一年")
    if not FIRST_YEAR <= written <= LAST_YEAR:
        raise NotADate(text, f"年份应在{FIRST_YEAR}到{LAST_YEAR}之间")
    part = named["part"]
    about = bool(named["maybe"] or named["about"] or part in _PARTS)
    try:
        if precision == "day":
            if part:
                raise NotADate(text)
            day = date(written, int(named["month"]), int(named["day"]))
            return DateRead(day, "day", about)
        first, last = _reach(precision, named, written)
    except ValueError:
        raise NotADate(text, "日历上没有这样的日期") from None
    if part in _PARTS:
        if precision != "month":
            raise NotADate(text, f"“{part}”说不准是哪一天")
        begin, end = _PARTS[part]
        first, last = first.replace(day=begin), last.replace(day=end) if end else last
    elif part in ("底", "末"):
        first = last
    elif named["before"]:
        raise NotADate(text, "“前”可能指它开始之前，也可能指它结束之前，请写“底前”")
    return DateRead(last if role == "limit" else first, precision, about)


def _year(written: str | None, said: str | None, given: int | None) -> int | None:
    if written:
        return int(written) + (2000 if len(written) == 2 else 0)
    return given if given is None or said is None else given + _SAID[said]


def _reach(precision: Precision, named: dict[str, str], year: int) -> tuple[date, date]:
    """First and last day of the month, quarter, half or whole of ``year`` that was named."""
    if precision == "half_year":
        quarter = 1 if named["half"] == "上" else 3
        halves = (Period("quarter", year, quarter), Period("quarter", year, quarter + 1))
        return date_range(halves[0], 0)[0], date_range(halves[1], 0)[1]
    if precision == "month":
        month = int(named["month"])
        date(year, month, 1)  # refuses a thirteenth month as it refuses a thirtieth of February
        return date_range(Period("month", year, month), 0)
    if precision == "quarter":
        return date_range(Period("quarter", year, int(named["quarter"])), 0)
    return date_range(Period("year", year), 0)


def _within(day: date, text: object) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise NotADate(text, f"年份应在{FIRST_YEAR}到{LAST_YEAR}之间")
    return day
