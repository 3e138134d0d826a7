"""Workdays: time limits of formalities are counted without weekends and public holidays.

Which days are off, and which weekends are worked instead, the State Council announces year by year.
So the list is data of the scheme (``holidays.toml``, filled by packaging/holidays.py). Beyond its
years only weekends are known, and ``known`` says so. Limits are counted in workdays by 行政许可法
第八十二条, the day on which a limit begins is not counted (民法典第二百零一条).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from desktop.errors import NotFound, OneLedgerError

_DAY = timedelta(days=1)
_SATURDAY = 5


class BadHolidays(OneLedgerError):
    """The holiday list of a scheme is malformed; says where and why."""

    def __init__(self, where: str, key: str, reason: str) -> None:
        self.where, self.key, self.reason = where, key, reason
        place = f"“{key}”项" if key else ""
        super().__init__(
            f"节假日表{where}{place}有误：{reason}。",
            "每个年份写一节，如[2023]，其中holidays列出放假的日期，workdays列出调休上班的周末。",
        )


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is known of days off: the years that are known, dates off, weekends worked instead."""

    years: frozenset[int]
    holidays: frozenset[date]
    workdays: frozenset[date]

    def known(self, year: int) -> bool:
        """Whether holidays of ``year`` are known; if not, only weekends count as off."""
        return year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether offices work on ``day``."""
        if day.weekday() >= _SATURDAY:
            return day in self.workdays
        return day not in self.holidays

    def add_workdays(self, day: date, n: int) -> date:
        """The ``n``-th workday after ``day``, before it for a negative ``n``; 0 gives ``day``."""
        step = _DAY if n > 0 else -_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_workday(day)
        return day

    def workdays_between(self, a: date, b: date) -> int:
        """How many workdays lie after ``a`` up to and with ``b``; negative when ``b`` is earlier.

        So ``workdays_between(a, add_workdays(a, n)) == n`` for every n ≥ 0.
        """
        if b < a:
            return -self.workdays_between(b, a)
        days = (a + _DAY * n for n in range(1, (b - a).days + 1))
        return sum(self.is_workday(day) for day in days)


def read_calendar(path: Path) -> Calendar:
    """The calendar of a ``holidays.toml``. Raises NotFound, BadHolidays."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotFound(str(path)) from None
    except UnicodeDecodeError:
        raise BadHolidays(path.name, "", "不是UTF-8编码的文本") from None
    return parse_calendar(text, path.name)


def parse_calendar(text: str, where: str = "holidays.toml") -> Calendar:
    """The calendar of a TOML text; ``where`` is what a refusal names. Raises BadHolidays.

    One table per year with the lists ``holidays`` (dates off) and ``workdays`` (weekend days worked
    instead), both of that year.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadHolidays(where, "", f"不是有效的TOML（{fault}）") from None
    holidays: set[date] = set()
    workdays: set[date] = set()
    for name, table in tables.items():
        if not (len(name) == 4 and name.isascii() and name.isdigit()):
            raise BadHolidays(where, name, "节名应是四位数的年份")
        if not isinstance(table, dict):
            raise BadHolidays(where, name, "应是一节，内有holidays和workdays")
        for key in sorted(table.keys() ^ {"holidays", "workdays"}):
            why = "不认识这一项" if key in table else "缺少这一项"
            raise BadHolidays(where, f"{name}.{key}", why)
        off = _dates(table["holidays"], int(name), where, f"{name}.holidays")
        worked = _dates(table["workdays"], int(name), where, f"{name}.workdays")
        if both := off & worked:
            raise BadHolidays(where, f"{name}.workdays", f"{min(both)}又放假又上班")
        if weekdays := [day for day in worked if day.weekday() < _SATURDAY]:
            raise BadHolidays(where, f"{name}.workdays", f"{min(weekdays)}不是周末")
        holidays |= off
        workdays |= worked
    return Calendar(frozenset(map(int, tables)), frozenset(holidays), frozenset(workdays))


def _dates(listed: object, year: int, where: str, key: str) -> set[date]:
    if not isinstance(listed, list):
        raise BadHolidays(where, key, "应是日期的列表")
    for day in listed:
        if not isinstance(day, date) or isinstance(day, datetime):
            raise BadHolidays(where, key, f"{day}不是日期，应写成2023-01-01的样子，不加引号")
        if day.year != year:
            raise BadHolidays(where, key, f"{day}不在{year}年")
    return set(listed)
