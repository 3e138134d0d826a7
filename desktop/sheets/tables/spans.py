"""The week of the ledgers that a text names: by its number (第10周), or by its days (3月6日-12日,
2月24日至3月2日, 3.6-3.12)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from desktop.ledger.periods import THURSDAY, Period, fold_numerals
from desktop.sheets.tables.rows import plain

_YEAR = r"(?:(?P<{}>20\d\d)[年.]\s*)?"
#: With 日 or 号 at its end, or every day with its month before a dot.
_DAYS = re.compile(
    rf"{_YEAR.format('year')}(?<!\d)(?P<month>\d{{1,2}})[月./](?P<day>\d{{1,2}})[日号]?"
    rf"\s*[-—–~～至到]+\s*{_YEAR.format('year2')}(?:(?P<month2>\d{{1,2}})[月./])?(?P<day2>\d{{1,2}})[日号]"
    r"|(?<![\d./])(?:(?P<year3>20\d\d)[年./])?(?P<month3>\d{1,2})[./](?P<day3>\d{1,2})"
    r"\s*[-—–~～至到]+\s*(?:(?P<year4>20\d\d)[年./])?(?P<month4>\d{1,2})[./](?P<day4>\d{1,2})(?![\d./%])"
)
_NO_WEEK = "(?!期|边|围|岁|年|转)"
#: 第十二周. 3月第2周 is a week of the month, which nobody numbers alike.
_NUMBERED = re.compile(rf"(?:(\d{{4}})年?度?)?(?<!月)(?<!月份)第(\d{{1,2}})周{_NO_WEEK}")
#: In figures also without 第; 一周 is any week, 5周报 as a whole name the fifth of several reports.
_BARE = re.compile(
    rf"(?<!\d)(?!^\d{{1,2}}周报)(?:(\d{{4}})年?度?)?(?<![月第份])(\d{{1,2}})周{_NO_WEEK}"
)
#: A working week has five days, one with a bridge day nine; four where a holiday cuts it.
SHORTEST, LONGEST = 4, 9


class Span(msgspec.Struct, frozen=True):
    """Month and day of the first and of the last day; ``year`` of the first, None where the text
    does not say it. ``start`` and ``end`` are where it stands in the text."""

    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None
    start: int
    end: int

    def days(self, year: int) -> tuple[date, date] | None:
        """The days in ``year``, the last one in the next where the year ends between; None where
        the calendar has no such days."""
        try:
            first = date(year, *self.first)
            return first, date(year + (self.last < self.first), *self.last)
        except ValueError:
            return None

    def week(self, year: int) -> Period | None:
        """The week that these days are: that of the last Thursday among them (DESIGN, The scheme).
        None for a span that is no week."""
        days = self.days(year)
        if days is None or not SHORTEST <= (days[1] - days[0]).days + 1 <= LONGEST:
            return None
        day = days[1] - timedelta((days[1].weekday() - THURSDAY) % 7)
        if day < days[0]:
            return None
        found = day.isocalendar()
        return Period("week", found.year, found.week)


def span_in(text: str) -> Span | None:
    """The first span of days that a text names, None where it names none."""
    found = _DAYS.search(text)
    if found is None:
        return None
    part = found.groupdict()
    month, day = part["month"] or part["month3"], part["day"] or part["day3"]
    month2, day2 = part["month2"] or part["month4"] or month, part["day2"] or part["day4"]
    first, last = (int(month), int(day)), (int(month2), int(day2))
    if not all(1 <= one <= 12 and 1 <= of <= 31 for one, of in (first, last)):
        return None
    year = part["year"] or part["year3"]
    if year is None and (later := part["year2"] or part["year4"]):
        year = str(int(later) - (last < first))
    return Span(first, last, int(year) if year else None, found.start(), found.end())


def numbered_week(texts: Iterable[str]) -> tuple[int | None, int | None]:
    """The first week that texts name by its number, and its year where it is written beside."""
    for text in texts:
        found = _NUMBERED.search(fold_numerals(text)) or _BARE.search(plain(text))
        if found and 1 <= int(found[2]) <= 53:
            return int(found[2]), int(found[1]) if found[1] else None
    return None, None


def week_of_days(texts: Iterable[str], year: int | None) -> Period | None:
    """The first week that texts name by its days, in ``year`` where they do not say theirs."""
    for text in texts:
        span = span_in(plain(text))
        if span is not None and (own := span.year or year) and (found := span.week(own)):
            return found
    return None


def is_week(span: Span) -> bool:
    """Whether the days are a week in any year."""
    return any(span.week(year) is not None for year in (2023, 2024))
