"""Days from one date to another, and which week they are."""

from __future__ import annotations

import pytest

from desktop.sheets.tables.spans import is_week, span_in
from desktop.sheets.tables.surroundings import look


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2月24日-3月2日", "2023-W09"),  # DESIGN: ends on a Thursday
        ("3月6日—12日", "2023-W10"),
        ("周进展（2023年3月6日至3月12日）", "2023-W10"),
        ("3.6-3.10", "2023-W10"),
        ("(2023.3.6～2023.3.12)", "2023-W10"),
        ("3/4-3/10", "2023-W10"),
        ("2022.12.26-2023.1.1", "2022-W52"),
        ("12月26日-2023年1月1日", "2022-W52"),
        ("3月3日-3月8日", None),  # no Thursday
        ("1月1日-3月31日", None),
        ("1月-3月", None),
        ("2021.8-2023.12", None),
        ("增速0.5-1.5%", None),
        ("13月6日-13月12日", None),
        ("2月27日-2月30日", None),
    ],
)
def test_the_week_that_a_span_is(text: str, week: str | None) -> None:
    span = span_in(text)
    found = span.week(span.year or 2023) if span else None
    assert (str(found) if found else None) == week


def test_a_span_stands_where_it_says() -> None:
    text = "本周（3月6日-12日）完成"
    span = span_in(text)
    assert span is not None
    assert text[span.start : span.end] == "3月6日-12日"
    assert is_week(span)
    assert not is_week(span_in("3月6日-4月12日") or span)


@pytest.mark.parametrize(
    ("title", "week"),
    [
        ("空冢郭镇重点项目周进展（2023年3月6日-3月12日）", (2023, 10)),
        ("空冢郭镇2023年重点项目周进展（3月6日-3月12日）", (2023, 10)),
        ("2023年第9周周报（3月6日-3月12日）", (2023, 9)),  # the number is what the office says
        ("2023年重点项目进展（1月1日-3月31日）", (2023, None)),
        ("重点项目周进展（3月6日-3月12日）", (None, None)),
    ],
)
def test_the_days_in_a_title_are_its_week(title: str, week: tuple[int | None, int | None]) -> None:
    around = look([title])
    assert (around.year, around.week) == week


def test_days_without_a_year_are_of_the_book_s() -> None:
    around = look(["重点项目周进展（3月6日-3月12日）"], year_else=2023)
    assert (around.year, around.week) == (None, 10)
    assert look(["周进展（12月30日-1月5日）"], year_else=2023).week is None  # of the next year


@pytest.mark.parametrize(
    ("name", "week"), [("5周报汇总", None), ("15周报", None), ("第5周报", 5), ("大刘镇5周报", 5)]
)
def test_the_number_before_a_file_s_name_is_no_week(name: str, week: int | None) -> None:
    assert look(["重点项目台账"], names=[name]).week == week


@pytest.mark.parametrize(
    ("title", "week"),
    [
        ("源汇区重点项目一周工作动态", None),
        ("重点项目两周攻坚台账", None),
        ("空冢郭镇第十二周台账", 12),
        ("空冢郭镇2023年12周台账", 12),
        ("2023年3月第2周台账", None),
        ("2023年3月份第二周台账", None),
    ],
)
def test_a_week_of_the_year_is_a_numbered_one(title: str, week: int | None) -> None:
    assert look([title]).week == week
