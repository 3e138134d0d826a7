"""Periods of the ledgers: weeks, months, quarters and years.

A week ends on the weekday that the district sets (``last_day``: 0 = Monday … 6 = Sunday). It
belongs to the year, and has the number, of the ISO week of its Thursday: February 24 to March 2,
2023, ending on a Thursday, is 2023年第9周 (DESIGN, The scheme). So a period is named without
knowing the last day, and only its dates depend on it. Months are never made by splitting weeks.

The canonical texts ``2023-W09``, ``2023-02``, ``2023-Q1``, ``2023`` are what a book stores; within
one kind they sort as time does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from desktop.errors import OneLedgerError
from desktop.ledger.codes import fold_width

Kind = Literal["week", "month", "quarter", "year"]
FIRST_YEAR, LAST_YEAR = 1949, 2199
THURSDAY = 3
_QUARTERS = "一二三四"
#: More periods are named by the first and the last.
FEW = 3


class NoSuchPeriod(OneLedgerError):
    """What was given names no period."""

    def __init__(self, text: object, reason: str) -> None:
        cited = str(text)
        cited = cited if len(cited) <= 40 else f"{cited[:40]}…"
        self.reason = reason
        super().__init__(
            f"没有“{cited}”这一期：{reason}。",
            "请写成2023年第9周、2023年2月、2023年一季度或2023年，也可写2023-W09、2023-02、2023-Q1、2023。",
        )


@dataclass(frozen=True, slots=True)
class Period:
    """One week, month, quarter or year; ``number`` counts within the year and is 1 for a year.

    Raises NoSuchPeriod for what the calendar does not have (week 53 of a year of 52).
    """

    kind: Kind
    year: int
    number: int = 1

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise NoSuchPeriod(self, f"年份应在{FIRST_YEAR}到{LAST_YEAR}之间")
        many = how_many(self.kind, self.year)
        if not 1 <= self.number <= many:
            has = {"week": f"第1至第{many}周", "month": "1至12月", "quarter": "一至四季度"}
            raise NoSuchPeriod(self, f"{self.year}年只有{has.get(self.kind, '一个全年')}")

    def __str__(self) -> str:
        """The canonical text."""
        sign = {"week": "-W{:02}", "month": "-{:02}", "quarter": "-Q{}", "year": ""}[self.kind]
        return f"{self.year:04}{sign.format(self.number)}"

    @property
    def title(self) -> str:
        """As headings say it: 2023年第9周, 2023年2月, 2023年一季度, 2023年."""
        return f"{self.year}年" if self.kind == "year" else f"{self.year}年{self.short}"

    @property
    def short(self) -> str:
        """Without the year where there is one to leave out: 第9周, 2月, 一季度, 2023年."""
        if self.kind == "quarter":
            return f"{_QUARTERS[self.number - 1]}季度"
        form = {"week": "第{}周", "month": "{}月", "year": f"{self.year}年"}[self.kind]
        return form.format(self.number)

    def next(self) -> Period:
        """The period of the same kind that follows."""
        if self.number < how_many(self.kind, self.year):
            return Period(self.kind, self.year, self.number + 1)
        return Period(self.kind, self.year + 1)

    def previous(self) -> Period:
        """The period of the same kind before this one."""
        if self.number > 1:
            return Period(self.kind, self.year, self.number - 1)
        return Period(self.kind, self.year - 1, how_many(self.kind, self.year - 1))


def how_many(kind: Kind, year: int) -> int:
    """How many periods of ``kind`` the year has: 52 or 53 weeks, 12 months, 4 quarters, 1 year."""
    if kind == "week":  # December 28 always lies in the last ISO week of its year
        return date(year, 12, 28).isocalendar().week
    return {"month": 12, "quarter": 4, "year": 1}[kind]


# What people type ---------------------------------------------------------------------------

_NUMERALS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_TENS = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "week",
        re.compile(r"(?:([0-9]{4})(?:年度?|-|(?=[第w])))?(?:第?([0-9]{1,2})周|w([0-9]{1,2}))"),
    ),
    ("quarter", re.compile(r"(?:([0-9]{4})(?:年度?|-)?)?(?:第?([0-9])季度|q([0-9]))")),
    ("month", re.compile(r"(?:([0-9]{4})年)?([0-9]{1,2})月份?|([0-9]{4})[-./]([0-9]{1,2})")),
    ("month", re.compile(r"([0-9]{4})([0-9]{2})")),
    ("year", re.compile(r"([0-9]{4})(?:年度?)?")),
)


def fold_numerals(text: str) -> str:
    """``text`` in plain width, without blanks, Chinese numerals below a hundred as digits.

    二〇二三年十二月 becomes 2023年12月. Lower case.
    """
    folded = "".join(fold_width(text).split()).lower()
    folded = _TENS.sub(
        lambda m: str(10 * _NUMERALS.get(m[1], 1) + _NUMERALS.get(m[2], 0)),
        folded,
    )
    return "".join(str(_NUMERALS.get(sign, sign)) for sign in folded)


def parse_period(text: str, year: int | None = None) -> Period:
    """The period that a person or a file names.

    Canonical texts, 2023年第9周, 2023W9, 2023年2月, 2023.2, 2023年一季度, 2023年度; with ``year``
    also 第9周, 2月, 一季度. Raises NoSuchPeriod.
    """
    folded = fold_numerals(text)
    for kind, form in _FORMS:
        found = form.fullmatch(folded)
        if found is None:
            continue
        named, *numbers = (int(part) for part in found.groups() if part is not None)
        if kind == "year":
            numbers = [1]
        elif not numbers:  # only the number was named
            if year is None:
                raise NoSuchPeriod(text, "没有写是哪一年")
            named, numbers = year, [named]
        try:
            return Period(kind, named, numbers[0])
        except NoSuchPeriod as refused:
            raise NoSuchPeriod(text, refused.reason) from None
    raise NoSuchPeriod(text, "看不出是哪一周、哪个月、哪个季度或哪一年")


# Dates --------------------------------------------------------------------------------------


def week_of(day: date, last_day: int) -> Period:
    """The week in which ``day`` lies, where weeks end on weekday ``last_day``."""
    end = day + timedelta(days=(last_day - day.weekday()) % 7)
    thursday = end - timedelta(days=(last_day - THURSDAY) % 7)
    iso = thursday.isocalendar()
    return Period("week", iso.year, iso.week)


def period_of(day: date, kind: Kind, last_day: int) -> Period:
    """The period of ``kind`` in which ``day`` lies; ``last_day`` matters to weeks only."""
    if kind == "week":
        return week_of(day, last_day)
    number = {"month": day.month, "quarter": (day.month + 2) // 3, "year": 1}[kind]
    return Period(kind, day.year, number)


def week_range(period: Period, last_day: int) -> tuple[date, date]:
    """First and last day of a week. Raises ValueError for another kind of period."""
    if period.kind != "week":
        raise ValueError(period)
    thursday = date.fromisocalendar(period.year, period.number, THURSDAY + 1)
    last = thursday + timedelta(days=(last_day - THURSDAY) % 7)
    return last - timedelta(days=6), last


def date_range(period: Period, last_day: int) -> tuple[date, date]:
    """First and last day of any period; ``last_day`` matters to weeks only."""
    if period.kind == "week":
        return week_range(period, last_day)
    months = {"month": 1, "quarter": 3, "year": 12}[period.kind]
    last_month = period.number * months
    after = date(period.year + last_month // 12, last_month % 12 + 1, 1)
    return date(period.year, last_month - months + 1, 1), after - timedelta(days=1)


def label(period: Period, last_day: int) -> str:
    """The title, for a week with its dates: 2023年第9周（2月24日—3月2日）.

    The dates name their years when the week reaches into another year.
    """
    if period.kind != "week":
        return period.title
    days = week_range(period, last_day)
    with_years = any(day.year != period.year for day in days)
    named = (f"{f'{d.year}年' if with_years else ''}{d.month}月{d.day}日" for d in days)
    return f"{period.title}（{'—'.join(named)}）"


def together(several: Iterable[Period]) -> str:
    """Periods of one kind, one at least, in a few words: 2023年第9周, 2023年第9周、第10周,
    2023年1月至2023年12月（12 期）."""
    first, *others = sorted(set(several), key=str)
    if not others:
        return first.title
    if len(others) < FEW and others[-1].year == first.year:
        return "、".join([first.title, *(one.short for one in others)])
    return f"{first.title}至{others[-1].title}（{len(others) + 1} 期）"


def weeks_of_year(year: int) -> tuple[Period, ...]:
    """All weeks of a year, 52 or 53."""
    return tuple(Period("week", year, n) for n in range(1, how_many("week", year) + 1))


def year_to_date(period: Period) -> tuple[Period, ...]:
    """The periods of the same kind from the first of the year to this one: 年累计."""
    return tuple(Period(period.kind, period.year, n) for n in range(1, period.number + 1))


def periods_between(first: Period, last: Period) -> Iterator[Period]:
    """``first``, the periods after it, ``last``; nothing when ``last`` is earlier.

    Raises ValueError when they are of different kinds.
    """
    if first.kind != last.kind:
        raise ValueError((first, last))
    period = first
    while (period.year, period.number) <= (last.year, last.number):
        yield period
        period = period.next()


def schedule_progress(period: Period, last_day: int) -> Fraction:
    """The share of the year that has passed at the period's end (序时进度).

    By day for a week, by month for a month and a quarter (STANDARDS, Indicators). The last week of
    a year may end in the next one: the year is then over, 1.
    """
    if period.kind != "week":
        return Fraction(period.number, how_many(period.kind, period.year))
    new_year = date(period.year, 1, 1)
    elapsed = (week_range(period, last_day)[1] - new_year).days + 1
    days = (date(period.year + 1, 1, 1) - new_year).days
    return Fraction(min(elapsed, days), days)
