"""Weeks by the rule of their Thursday, months, quarters and years; what people call them."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.periods import (
    Kind,
    NoSuchPeriod,
    Period,
    date_range,
    fold_numerals,
    how_many,
    label,
    parse_period,
    period_of,
    periods_between,
    schedule_progress,
    together,
    week_of,
    week_range,
    weeks_of_year,
    year_to_date,
)

MONDAY, WEDNESDAY, THURSDAY, SUNDAY = 0, 2, 3, 6
kinds = st.sampled_from(get_args(Kind))
last_days = st.integers(0, 6)
days = st.dates(date(1951, 1, 1), date(2198, 12, 1))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    kind = draw(kinds)
    year = draw(st.integers(1951, 2198))
    return Period(kind, year, draw(st.integers(1, how_many(kind, year))))


def test_the_week_of_the_design() -> None:
    """DESIGN: February 24 to March 2, 2023, ending on a Thursday, is 第9周."""
    week = Period("week", 2023, 9)
    assert week_range(week, THURSDAY) == (date(2023, 2, 24), date(2023, 3, 2))
    assert week_of(date(2023, 2, 24), THURSDAY) == week_of(date(2023, 3, 2), THURSDAY) == week
    assert week_of(date(2023, 3, 3), THURSDAY) == Period("week", 2023, 10)
    assert label(week, THURSDAY) == "2023年第9周（2月24日—3月2日）"
    assert (str(week), week.title, week.short) == ("2023-W09", "2023年第9周", "第9周")


@pytest.mark.parametrize(
    ("last_day", "first", "last"),
    [
        (MONDAY, date(2023, 2, 28), date(2023, 3, 6)),
        (WEDNESDAY, date(2023, 3, 2), date(2023, 3, 8)),
        (THURSDAY, date(2023, 2, 24), date(2023, 3, 2)),
        (SUNDAY, date(2023, 2, 27), date(2023, 3, 5)),
    ],
)
def test_the_same_week_ends_on_the_day_that_the_district_sets(
    last_day: int, first: date, last: date
) -> None:
    assert week_range(Period("week", 2023, 9), last_day) == (first, last)


@given(days, last_days)
def test_every_day_lies_in_exactly_one_week(day: date, last_day: int) -> None:
    week = week_of(day, last_day)
    first, last = week_range(week, last_day)
    assert first <= day <= last
    assert last.weekday() == last_day and last - first == timedelta(days=6)
    assert week_range(week.next(), last_day)[0] == last + timedelta(days=1)
    assert week_range(week.previous(), last_day)[1] == first - timedelta(days=1)


@given(days, last_days)
def test_a_week_has_year_and_number_of_the_iso_week_of_its_thursday(
    day: date, last_day: int
) -> None:
    week = week_of(day, last_day)
    first, _ = week_range(week, last_day)
    (thursday,) = [d for n in range(7) if (d := first + timedelta(days=n)).weekday() == THURSDAY]
    assert f"{week.year}-W{week.number:02}" == thursday.strftime("%G-W%V")


@given(days)
def test_weeks_to_sunday_are_iso_weeks(day: date) -> None:
    assert str(week_of(day, SUNDAY)) == day.strftime("%G-W%V")


@given(days, kinds, last_days)
def test_every_day_lies_in_exactly_one_period_of_each_kind(
    day: date, kind: Kind, last_day: int
) -> None:
    period = period_of(day, kind, last_day)
    first, last = date_range(period, last_day)
    assert first <= day <= last
    assert date_range(period.next(), last_day)[0] == last + timedelta(days=1)
    assert period_of(first, kind, last_day) == period_of(last, kind, last_day) == period


@given(periods())
def test_next_and_previous_undo_each_other(period: Period) -> None:
    assert period.next().previous() == period.previous().next() == period
    assert str(period.previous()) < str(period) < str(period.next())


@given(kinds, days, days, last_days)
def test_canonical_texts_sort_as_time_does(
    kind: Kind, one: date, other: date, last_day: int
) -> None:
    earlier, later = sorted((one, other))
    assert str(period_of(earlier, kind, last_day)) <= str(period_of(later, kind, last_day))


@given(periods())
def test_a_period_is_read_back_from_all_that_it_prints(period: Period) -> None:
    assert parse_period(str(period)) == period
    assert parse_period(period.title) == period
    assert parse_period(period.short, period.year) == period


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2023-W09", "2023-W09"),
        ("2023-W9", "2023-W09"),
        ("2023w9", "2023-W09"),
        ("２０２３年第９周", "2023-W09"),
        ("2023年9周", "2023-W09"),
        ("2023年度第9周", "2023-W09"),
        ("2023第9周", "2023-W09"),
        ("二〇二三年第九周", "2023-W09"),
        ("2020年第五十三周", "2020-W53"),
        ("第9周", "2021-W09"),
        ("第 十二 周", "2021-W12"),
        ("第二十周", "2021-W20"),
        ("9周", "2021-W09"),
        ("w9", "2021-W09"),
        ("2023-02", "2023-02"),
        ("2023-2", "2023-02"),
        ("2023.2", "2023-02"),
        ("2023/12", "2023-12"),
        ("202302", "2023-02"),
        ("2023年2月", "2023-02"),
        ("2023年2月份", "2023-02"),
        ("二〇二三年十二月", "2023-12"),
        ("十月", "2021-10"),
        ("2月", "2021-02"),
        ("2023-Q1", "2023-Q1"),
        ("2023q4", "2023-Q4"),
        ("2023年一季度", "2023-Q1"),
        ("2023年第二季度", "2023-Q2"),
        ("2023年第3季度", "2023-Q3"),
        ("三季度", "2021-Q3"),
        ("2023", "2023"),
        ("2023年", "2023"),
        ("2023年度", "2023"),
    ],
)
def test_periods_are_read_as_people_name_them(text: str, canonical: str) -> None:
    assert str(parse_period(text, 2021)) == canonical


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2023-W53", "2023年只有第1至第52周"),
        ("2020-W54", "2020年只有第1至第53周"),
        ("2023年第0周", "2023年只有第1至第52周"),
        ("2023-13", "2023年只有1至12月"),
        ("2023-00", "2023年只有1至12月"),
        ("2023-Q5", "2023年只有一至四季度"),
        ("第9周", "没有写是哪一年"),
        ("2月", "没有写是哪一年"),
        ("一季度", "没有写是哪一年"),
        ("1900-01", "年份应在1949到2199之间"),
        ("2200", "年份应在1949到2199之间"),
        ("0023年2月", "年份应在1949到2199之间"),
        ("", "看不出"),
        ("本周", "看不出"),
        ("20239周", "看不出"),
        ("2023-2-24", "看不出"),
        ("①月", "看不出"),
    ],
)
def test_what_names_no_period_is_refused_with_the_text_and_the_reason(text: str, why: str) -> None:
    with pytest.raises(NoSuchPeriod) as refused:
        parse_period(text)
    assert refused.value.sentence.startswith(f"没有“{text}”这一期：{why}")
    assert "2023-W09" in refused.value.advice


@given(st.text(max_size=12) | st.text("0123年第周月季度一二三十wWqQ-. ", max_size=10))
def test_whatever_is_typed_is_a_period_or_a_refusal(text: str) -> None:
    try:
        period = parse_period(text, 2023)
    except NoSuchPeriod:
        return
    assert parse_period(str(period)) == period


def test_a_period_that_the_calendar_lacks_cannot_be_made() -> None:
    for kind, year, number in (("week", 2023, 53), ("month", 2023, 0), ("year", 2023, 2)):
        with pytest.raises(NoSuchPeriod):
            Period(kind, year, number)  # type: ignore[arg-type]


@pytest.mark.parametrize(("year", "weeks"), [(2020, 53), (2021, 52), (2023, 52), (2026, 53)])
def test_a_year_has_52_or_53_weeks(year: int, weeks: int) -> None:
    all_weeks = weeks_of_year(year)
    assert len(all_weeks) == how_many("week", year) == weeks
    assert all(one.next() == other for one, other in pairwise(all_weeks))
    assert all_weeks[-1].next() == Period("week", year + 1, 1)
    assert all_weeks[0].previous().year == year - 1


def test_labels_name_the_years_only_where_a_week_reaches_into_another() -> None:
    assert label(Period("week", 2024, 1), THURSDAY) == "2024年第1周（2023年12月29日—2024年1月4日）"
    assert label(Period("week", 2020, 53), SUNDAY) == "2020年第53周（2020年12月28日—2021年1月3日）"
    assert label(Period("week", 2023, 10), SUNDAY) == "2023年第10周（3月6日—3月12日）"
    assert label(Period("month", 2023, 2), SUNDAY) == "2023年2月"
    assert label(Period("quarter", 2023, 1), SUNDAY) == "2023年一季度"
    assert label(Period("year", 2023), SUNDAY) == "2023年"


def test_short_labels() -> None:
    assert [Period("month", 2023, 2).short, Period("quarter", 2023, 4).short] == ["2月", "四季度"]
    assert Period("year", 2023).short == "2023年"


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period("month", 2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
        (Period("month", 2023, 12), date(2023, 12, 1), date(2023, 12, 31)),
        (Period("quarter", 2023, 1), date(2023, 1, 1), date(2023, 3, 31)),
        (Period("quarter", 2023, 4), date(2023, 10, 1), date(2023, 12, 31)),
        (Period("year", 2023), date(2023, 1, 1), date(2023, 12, 31)),
    ],
)
def test_months_quarters_and_years_have_their_days(period: Period, first: date, last: date) -> None:
    assert date_range(period, THURSDAY) == (first, last)


def test_only_weeks_have_week_ranges() -> None:
    with pytest.raises(ValueError, match="2023-02"):
        week_range(Period("month", 2023, 2), SUNDAY)


@given(periods())
def test_year_to_date_begins_with_the_first_of_the_year(period: Period) -> None:
    so_far = year_to_date(period)
    assert so_far[0] == Period(period.kind, period.year, 1)
    assert so_far[-1] == period and len(so_far) == period.number
    assert so_far == tuple(periods_between(so_far[0], period))


def test_periods_between_cross_the_year_and_stay_in_their_kind() -> None:
    weeks = [
        str(week) for week in periods_between(Period("week", 2020, 52), Period("week", 2021, 1))
    ]
    assert weeks == ["2020-W52", "2020-W53", "2021-W01"]
    assert list(periods_between(Period("month", 2023, 2), Period("month", 2023, 1))) == []
    with pytest.raises(ValueError, match="week"):
        list(periods_between(Period("month", 2023, 2), Period("week", 2023, 1)))


def test_schedule_progress_counts_days_for_a_week_and_months_for_a_month() -> None:
    """STANDARDS, Indicators. March 2 is the 61st day of 2023."""
    assert schedule_progress(Period("week", 2023, 9), THURSDAY) == Fraction(61, 365)
    assert schedule_progress(Period("week", 2024, 9), SUNDAY) == Fraction(31 + 29 + 3, 366)
    assert schedule_progress(Period("month", 2023, 10), SUNDAY) == Fraction(10, 12)
    assert schedule_progress(Period("quarter", 2023, 3), SUNDAY) == Fraction(3, 4)
    assert schedule_progress(Period("year", 2023), SUNDAY) == 1


def test_the_year_is_over_with_the_last_week_that_ends_in_the_next() -> None:
    assert week_range(Period("week", 2020, 53), SUNDAY)[1] == date(2021, 1, 3)
    assert schedule_progress(Period("week", 2020, 53), SUNDAY) == 1
    assert schedule_progress(Period("week", 2020, 52), SUNDAY) == Fraction(362, 366)


@given(periods(), last_days)
def test_schedule_progress_is_a_share_that_grows(period: Period, last_day: int) -> None:
    progress = schedule_progress(period, last_day)
    assert 0 < progress <= 1
    following = period.next()
    if following.year == period.year:
        assert progress < schedule_progress(following, last_day) or progress == 1


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("二〇二三年 十二月三十一日", "2023年12月31日"),
        ("十", "10"),
        ("二十", "20"),
        ("二十五", "25"),
        ("一十五", "15"),
        ("２０○九", "2009"),
        ("Ｗ９", "w9"),
        ("上旬", "上旬"),
    ],
)
def test_numerals_become_digits(text: str, folded: str) -> None:
    assert fold_numerals(text) == folded


def test_several_periods_in_a_few_words() -> None:
    weeks = [Period("week", 2023, number) for number in (10, 9, 10)]
    assert together(weeks[:1]) == "2023年第10周"
    assert together(weeks) == "2023年第9周、第10周"
    assert together([*weeks, Period("week", 2023, 12)]) == "2023年第9周、第10周、第12周"
    more = [Period("week", 2023, number) for number in (12, 13)]
    assert together([*weeks, *more]) == "2023年第9周至2023年第13周（4 期）"
    assert together(Period("month", year, 1) for year in (2022, 2023)) == (
        "2022年1月至2023年1月（2 期）"
    )
