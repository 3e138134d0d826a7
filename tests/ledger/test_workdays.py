"""Workdays by the holiday list of the scheme."""

from __future__ import annotations

import importlib.util
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import NotFound
from desktop.ledger.workdays import BadHolidays, Calendar, parse_calendar, read_calendar
from desktop.paths import scheme_folder

LIST = scheme_folder("investment") / "holidays.toml"
CALENDAR = read_calendar(LIST)
days = st.dates(date(2003, 1, 1), date(2030, 12, 31))


def test_a_spring_festival() -> None:
    """国务院办公厅关于2023年部分节假日安排的通知: January 21 to 27 off, 28 and 29 worked."""
    off = [date(2023, 1, n) for n in range(21, 28)]
    assert not any(CALENDAR.is_workday(day) for day in off)
    assert CALENDAR.is_workday(date(2023, 1, 28)) and CALENDAR.is_workday(date(2023, 1, 29))
    assert CALENDAR.add_workdays(date(2023, 1, 20), 1) == date(2023, 1, 28)
    assert CALENDAR.add_workdays(date(2023, 1, 30), -2) == date(2023, 1, 28)
    assert CALENDAR.workdays_between(date(2023, 1, 20), date(2023, 1, 31)) == 4


def test_the_first_day_is_not_counted_and_the_last_is() -> None:
    friday = date(2023, 3, 3)
    assert CALENDAR.add_workdays(friday, 1) == date(2023, 3, 6)
    assert CALENDAR.add_workdays(friday, 5) == date(2023, 3, 10)
    assert CALENDAR.add_workdays(friday, 0) == friday
    assert CALENDAR.workdays_between(friday, friday) == 0
    assert CALENDAR.workdays_between(friday, date(2023, 3, 10)) == 5
    assert CALENDAR.workdays_between(date(2023, 3, 10), friday) == -5


def test_beyond_the_known_years_only_weekends_are_off() -> None:
    assert CALENDAR.known(2023) and not CALENDAR.known(2003) and not CALENDAR.known(2199)
    assert CALENDAR.is_workday(date(2199, 10, 1)), "a Tuesday"
    assert not CALENDAR.is_workday(date(2199, 10, 5)), "a Saturday"


@given(days, st.integers(0, 120))
def test_adding_workdays_and_counting_them_agree(day: date, n: int) -> None:
    later = CALENDAR.add_workdays(day, n)
    assert CALENDAR.workdays_between(day, later) == n
    assert n == 0 or CALENDAR.is_workday(later)
    earlier = CALENDAR.add_workdays(day, -n)
    assert earlier <= day <= later
    if CALENDAR.is_workday(day):
        assert CALENDAR.add_workdays(later, -n) == CALENDAR.add_workdays(earlier, n) == day


@given(days, days, days)
def test_counts_add_up(a: date, b: date, c: date) -> None:
    between = CALENDAR.workdays_between
    assert between(a, b) + between(b, c) == between(a, c)


def test_the_list_says_what_chinesecalendar_says() -> None:
    chinese_calendar = pytest.importorskip("chinese_calendar")
    day, end = date(min(CALENDAR.years), 1, 1), date(max(CALENDAR.years), 12, 31)
    while day <= end:
        assert CALENDAR.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_the_refresh_script_writes_a_list_that_is_read_back() -> None:
    pytest.importorskip("chinese_calendar")
    script = Path(__file__).resolve().parents[2] / "packaging" / "holidays.py"
    spec = importlib.util.spec_from_file_location("holidays_script", script)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    off = {date(2023, 1, 1), date(2024, 2, 10), date(2024, 2, 12)}
    worked = {date(2024, 2, 4)}
    text = module.holiday_list(off, worked)
    assert parse_calendar(text) == Calendar(
        frozenset({2023, 2024}), frozenset(off), frozenset(worked)
    )
    years = {str(year) for year in CALENDAR.years}
    assert years == set(tomllib.loads(LIST.read_text("utf-8")))


@pytest.mark.parametrize(
    ("text", "key", "why"),
    [
        ("[2023", "", "TOML"),
        ("[二三]", "", "TOML"),
        ('["２０２３"]', "２０２３", "四位数"),
        ("[23]", "23", "四位数"),
        ("2023 = 5", "2023", "一节"),
        ("[2023]\nholidays = []", "2023.workdays", "缺少"),
        ("[2023]\nholidays = []\nworkdays = []\nhalf = []", "2023.half", "不认识"),
        ("[2023]\nholidays = 2023-01-01\nworkdays = []", "2023.holidays", "列表"),
        ('[2023]\nholidays = ["2023-01-01"]\nworkdays = []', "2023.holidays", "不加引号"),
        ("[2023]\nholidays = [2023-01-01T00:00:00]\nworkdays = []", "2023.holidays", "不是日期"),
        ("[2023]\nholidays = [2024-01-01]\nworkdays = []", "2023.holidays", "不在2023年"),
        ("[2023]\nholidays = []\nworkdays = [2023-01-30]", "2023.workdays", "不是周末"),
        ("[2023]\nholidays = [2023-01-28]\nworkdays = [2023-01-28]", "2023.workdays", "又放假又"),
    ],
)
def test_a_malformed_list_is_refused_with_file_key_and_reason(
    text: str, key: str, why: str
) -> None:
    with pytest.raises(BadHolidays) as refused:
        parse_calendar(text, "节假日.toml")
    assert (refused.value.where, refused.value.key) == ("节假日.toml", key)
    assert why in refused.value.reason
    assert all(part in refused.value.sentence for part in ("节假日.toml", key, why))


def test_a_list_that_is_missing_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_calendar(tmp_path / "holidays.toml")
    (tmp_path / "holidays.toml").write_bytes("[2023] # 节".encode("gb18030"))
    with pytest.raises(BadHolidays, match="UTF-8"):
        read_calendar(tmp_path / "holidays.toml")


def test_an_empty_list_knows_weekends_only() -> None:
    assert parse_calendar("") == Calendar(frozenset(), frozenset(), frozenset())
