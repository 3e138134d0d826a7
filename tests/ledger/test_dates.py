"""Dates as people write them; a month means its end for a limit and its beginning for a start."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.dates import DateRead, NotADate, Precision, read_date, read_span

YEAR = 2023
days = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "limit", "precision"),
    [
        ("2023.3", (3, 1), (3, 31), "month"),
        ("2023.10", (10, 1), (10, 31), "month"),
        ("2023-02", (2, 1), (2, 28), "month"),
        ("2023/3", (3, 1), (3, 31), "month"),
        ("202303", (3, 1), (3, 31), "month"),
        ("2023年3月", (3, 1), (3, 31), "month"),
        ("２０２３年３月份", (3, 1), (3, 31), "month"),
        ("二〇二三年十二月", (12, 1), (12, 31), "month"),
        ("23年3月", (3, 1), (3, 31), "month"),
        ("2023.03", (3, 1), (3, 31), "month"),
        ("3月", (3, 1), (3, 31), "month"),
        ("2023年3月底前", (3, 31), (3, 31), "month"),
        ("2023年3月底以前完成", (3, 31), (3, 31), "month"),
        ("8月底前全部开工", (8, 31), (8, 31), "month"),
        ("3月底前", (3, 31), (3, 31), "month"),
        ("三月末", (3, 31), (3, 31), "month"),
        ("今年6月底", (6, 30), (6, 30), "month"),
        ("一季度", (1, 1), (3, 31), "quarter"),
        ("2023年第一季度", (1, 1), (3, 31), "quarter"),
        ("2023年一季度末", (3, 31), (3, 31), "quarter"),
        ("2023Q4", (10, 1), (12, 31), "quarter"),
        ("2023-Q1", (1, 1), (3, 31), "quarter"),
        ("2023一季度", (1, 1), (3, 31), "quarter"),
        ("上半年", (1, 1), (6, 30), "half_year"),
        ("2023年下半年", (7, 1), (12, 31), "half_year"),
        ("2023下半年", (7, 1), (12, 31), "half_year"),
        ("2023.05.", (5, 1), (5, 31), "month"),
        ("2023年", (1, 1), (12, 31), "year"),
        ("2023年度", (1, 1), (12, 31), "year"),
        ("2023", (1, 1), (12, 31), "year"),
        ("年内", (1, 1), (12, 31), "year"),
        ("年底前", (12, 31), (12, 31), "year"),
        ("2023年底前", (12, 31), (12, 31), "year"),
        ("2023年年底", (12, 31), (12, 31), "year"),
        ("今年年底前", (12, 31), (12, 31), "year"),
    ],
)
def test_what_is_less_than_a_day_is_read_by_its_part(
    text: str, start: tuple[int, int], limit: tuple[int, int], precision: Precision
) -> None:
    assert read_date(text, "start", YEAR) == DateRead(date(YEAR, *start), precision)
    assert read_date(text, "limit", YEAR) == DateRead(date(YEAR, *limit), precision)
    with pytest.raises(NotADate, match="没有写到哪一天"):
        read_date(text, "day", YEAR)


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月15日",
        "2023年3月15号",
        "2023-3-15",
        "2023-03-15",
        "2023/3/15",
        "2023.3.15",
        "２０２３．３．１５",
        "20230315",
        "2023 年 3 月 15 日",
        "2023-03-15 00:00:00",
        "2023-3-15 9:30",
        "2023-03-15T08:00:00.000",
        "二〇二三年三月十五日",
        "3月15日",
        "三月十五日前",
        "2023年3月15日之前完成",
        "3月15日止",
        "今年3月15日",
    ],
)
def test_a_day_is_that_day_whatever_its_part(text: str) -> None:
    for role in ("limit", "start", "day"):
        assert read_date(text, role, YEAR) == DateRead(date(2023, 3, 15))


@pytest.mark.parametrize(
    ("text", "start", "limit"),
    [
        ("3月上旬", date(2023, 3, 1), date(2023, 3, 10)),
        ("3月初", date(2023, 3, 1), date(2023, 3, 10)),
        ("2023年2月中旬", date(2023, 2, 11), date(2023, 2, 20)),
        ("2月下旬", date(2023, 2, 21), date(2023, 2, 28)),
        ("约2023年6月", date(2023, 6, 1), date(2023, 6, 30)),
        ("预计6月底前竣工", date(2023, 6, 30), date(2023, 6, 30)),
        ("2023年6月左右", date(2023, 6, 1), date(2023, 6, 30)),
        ("力争年底前", date(2023, 12, 31), date(2023, 12, 31)),
    ],
)
def test_an_approximate_date_is_marked(text: str, start: date, limit: date) -> None:
    for role, day in (("start", start), ("limit", limit)):
        read = read_date(text, role, YEAR)  # type: ignore[arg-type]
        assert (read.date, read.approximate) == (day, True)


def test_last_year_and_next_are_counted_from_the_year_given() -> None:
    assert read_date("明年6月底前", "limit", YEAR).date == date(2024, 6, 30)
    assert read_date("去年", "start", YEAR).date == date(2022, 1, 1)
    assert read_date("2021年3月", "start", YEAR).date == date(2021, 3, 1)
    assert read_date("20年3月", "start", YEAR).date == date(2020, 3, 1)
    with pytest.raises(NotADate, match="没有写是哪一年"):
        read_date("明年6月", "limit")


@pytest.mark.parametrize("text", ["", " ", "—", "-", "/", "无", "暂无", None])
def test_nothing_is_no_date(text: str | None) -> None:
    assert read_date(text, "day") == DateRead(None)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("3月前", "底前"),
        ("2023年一季度前", "底前"),
        ("2023年前", "底前"),
        ("2023-2-30", "日历上没有"),
        ("2023年4月31日", "日历上没有"),
        ("2023.13", "日历上没有"),
        ("2023-00-10", "日历上没有"),
        ("2203.3", "1949到2100"),
        ("1023年3月", "1949到2100"),
        ("年初", "说不准"),
        ("2023年中旬", "说不准"),
        ("2023-3-2 1", "空格"),
        ("2023-3.15", "读不成日期"),
        ("2021-2023", "读不成日期"),
        ("45000", "读不成日期"),
        ("长期", "读不成日期"),
        ("年", "读不成日期"),
        ("3.20", "读不成日期"),
        ("3月20日后", "读不成日期"),
        ("2023年3月15日底", "读不成日期"),
        ("2023年3月⑮日", "读不成日期"),
    ],
)
def test_what_is_not_one_date_is_refused_with_the_text(text: str, why: str) -> None:
    with pytest.raises(NotADate) as refused:
        read_date(text, "limit", YEAR)
    assert f"“{text}”" in refused.value.sentence
    assert why in refused.value.sentence


@pytest.mark.parametrize("text", ["3月", "3月底前", "一季度", "年底前", "上半年", "3月15日"])
def test_without_a_year_there_is_no_date(text: str) -> None:
    with pytest.raises(NotADate, match="没有写是哪一年"):
        read_date(text, "limit")


@given(days, st.sampled_from(["{0:%Y-%m-%d}", "{0.year}年{0.month}月{0.day}日", "{0:%Y%m%d}"]))
def test_the_time_of_day_is_left_aside(day: date, form: str) -> None:
    assert read_date(f"{form.format(day)} 8:30", "day") == DateRead(day)
    assert read_date(f"{day}T08:30:00", "day") == DateRead(day)


@given(days, st.sampled_from(["{0:%Y-%m-%d}", "{0.year}年{0.month}月{0.day}日", "{0:%Y%m%d}"]))
def test_a_day_written_in_full_is_read_back(day: date, form: str) -> None:
    assert read_date(form.format(day), "day") == DateRead(day)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)))
def test_dates_of_a_workbook_are_taken_as_they_are(moment: datetime) -> None:
    assert read_date(moment, "limit") == read_date(moment.date(), "start")
    assert read_date(moment, "day") == DateRead(moment.date())


@pytest.mark.parametrize(
    ("number", "day"),
    [
        (20230315, date(2023, 3, 15)),
        (202303, date(2023, 3, 31)),
        (2023, date(2023, 12, 31)),
        (2023.0, date(2023, 12, 31)),
        (2023.3, date(2023, 3, 31)),
        (2023.11, date(2023, 11, 30)),
        (2023.03, date(2023, 3, 31)),
    ],
)
def test_numbers_are_read_as_they_look(number: float, day: date) -> None:
    assert read_date(number, "limit").date == day


def test_the_number_2023_1_may_be_october() -> None:
    with pytest.raises(NotADate, match="1月还是10月"):
        read_date(2023.10, "limit")
    assert read_date("2023.1", "limit").date == date(2023, 1, 31)


@pytest.mark.parametrize(
    "number",
    [45000, 45000.5, 0, -2023, 2023.333, 1e300, float("nan"), float("inf"), True, 202313, 20230230],
)
def test_other_numbers_are_refused(number: float) -> None:
    with pytest.raises(NotADate):
        read_date(number, "limit")


def test_serial_numbers_are_dates_only_when_we_are_told() -> None:
    assert read_date(45000, "day", serial=1900).date == date(2023, 3, 15)
    assert read_date(45000.75, "day", serial=1900).date == date(2023, 3, 15)
    assert read_date(43538, "day", serial=1904).date == date(2023, 3, 15)
    for wrong in (0, -1, 10**6, float("nan"), 10**5000, 20):
        with pytest.raises(NotADate):
            read_date(wrong, "day", serial=1900)


def test_dates_of_other_centuries_are_slips() -> None:
    for year in (1949, 2100):
        assert read_date(date(year, 10, 1), "day") == read_date(f"{year}-10-01", "day")
    for year in (1900, 1948, 2101):
        for value in (date(year, 10, 1), f"{year}-10-01"):
            with pytest.raises(NotADate, match="1949到2100"):
                read_date(value, "day")


@given(st.text(max_size=10) | st.text("0123456789年月日前底.-至第季度上", max_size=12))
def test_whatever_is_typed_is_a_date_or_a_refusal(text: str) -> None:
    for read in (lambda: read_date(text, "limit", YEAR), lambda: read_span(text, YEAR)):
        try:
            read()
        except NotADate as refused:
            assert refused.sentence


@pytest.mark.parametrize(
    ("text", "start", "finish"),
    [
        ("2021.8-2023.12", date(2021, 8, 1), date(2023, 12, 31)),
        ("2021.10-2023.12", date(2021, 10, 1), date(2023, 12, 31)),
        ("2022.11－2024.6", date(2022, 11, 1), date(2024, 6, 30)),
        ("2021—2023", date(2021, 1, 1), date(2023, 12, 31)),
        ("2021-2023年", date(2021, 1, 1), date(2023, 12, 31)),
        ("2021年至2023年", date(2021, 1, 1), date(2023, 12, 31)),
        ("2021年8月至2023年12月", date(2021, 8, 1), date(2023, 12, 31)),
        ("2021年8月—12月", date(2021, 8, 1), date(2021, 12, 31)),
        ("2021-08-2023-12", date(2021, 8, 1), date(2023, 12, 31)),
        ("2021-8-1—2023-12-15", date(2021, 8, 1), date(2023, 12, 15)),
        ("2021-08-01-2022-08-01", date(2021, 8, 1), date(2022, 8, 1)),
        ("2021-2023-06", date(2021, 1, 1), date(2023, 6, 30)),
        ("2021-2023.6", date(2021, 1, 1), date(2023, 6, 30)),
        ("2021.8 ～ 2023年底", date(2021, 8, 1), date(2023, 12, 31)),
        ("2023年", date(2023, 1, 1), date(2023, 12, 31)),
        ("2022.3\n2024.6", date(2022, 3, 1), date(2024, 6, 30)),
        ("2022年3月 2024年6月底", date(2022, 3, 1), date(2024, 6, 30)),
        ("2022年3月开工，2024年6月竣工", date(2022, 3, 1), date(2024, 6, 30)),
        ("2022年3月开工，12月完工", date(2022, 3, 1), date(2022, 12, 31)),
        ("2021.8至今", date(2021, 8, 1), None),
        ("2021.8-至今", date(2021, 8, 1), None),
        ("", None, None),
        ("—", None, None),
    ],
)
def test_years_of_construction_become_start_and_finish(
    text: str, start: date | None, finish: date | None
) -> None:
    first, second = read_span(text)
    assert (first.date, second.date) == (start, finish)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2023.12-2021.8", "止在起之前"),
        ("2023-12", "看不出起止"),
        ("2023.5", "看不出起止"),
        ("2021.8-", "看不出起止"),
        ("2021.8-2023.13", "日历上没有"),
        ("3月-5月", "没有写是哪一年"),
        ("12个月", "看不出起止"),
        ("2年", "看不出起止"),
        ("2023.3-12", "读不成日期"),
        ("2023.3 12", "数字中间有空格"),
        ("2023年3月开工", "看不出起止"),
    ],
)
def test_what_has_no_clear_start_and_finish_is_refused(text: str, why: str) -> None:
    with pytest.raises(NotADate) as refused:
        read_span(text)
    assert f"“{text}”" in refused.value.sentence
    assert why in refused.value.sentence


@given(days, days)
def test_a_span_of_days_is_read_back(one: date, other: date) -> None:
    start, finish = sorted((one, other))
    for form in ("{}-{}", "{}—{}", "{}至{}"):
        first, second = read_span(form.format(start, finish))
        assert (first.date, second.date) == (start, finish)


def test_a_long_text_is_no_date_and_takes_no_time() -> None:
    """Thirty thousand blanks took a minute: where this hangs, the limit is lost."""
    with pytest.raises(NotADate):
        read_date("1" + " " * 200_000 + "x", "day")
    assert read_date("2023年3月20日" + " " * 100, "day").date == date(2023, 3, 20)
