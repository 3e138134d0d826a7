"""Days from one date to another that a text names, and which week of the ledgers they are:
3月6日-12日, 2月24日至3月2日, 3.6-3.12."""

from __future__ import annotations

import re
from datetime import date, timedelta

import msgspec

from desktop.ledger.periods import THURSDAY, Period

_YEAR = r"(?:(?P<{}>20\d\d)[年.]\s*)?"
#: With 日 or 号 at its end, or every day with its month before a dot.
_DAYS = re.compile(
    rf"{_YEAR.format('year')}(?<!\d)(?P<month>\d{{1,2}})[月./](?P<day>\d{{1,2}})[日号]?"
    rf"\s*[-—–~～至到]+\s*{_YEAR.format('year2')}(?:(?P<month2>\d{{1,2}})[月./])?(?P<day2>\d{{1,2}})[日号]"
    r"|(?<![\d./])(?:(?P<year3>20\d\d)[年./])?(?P<month3>\d{1,2})[./](?P<day3>\d{1,2})"
    r"\s*[-—–~～至到]+\s*(?:(?P<year4>20\d\d)[年./])?(?P<month4>\d{1,2})[./](?P<day4>\d{1,2})(?![\d./%])"
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


def is_week(span: Span) -> bool:
    """Whether the days are a week in any year."""
    return any(span.week(year) is not None for year in (2023, 2024))
