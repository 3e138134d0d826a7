"""The charts of the page say what its table says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.trend import trend_of
from desktop.ledger.workspace import Book
from desktop.reports.charts.forms import BIG, PLAIN
from desktop.ui.figures.drawings import NO_KEY, Chart, charts_of, headline
from desktop.ui.figures.reading import Scope, Sheet, sheet_of
from tests.ledger.district import WEEK, district
from tests.reports.charts.looking import assert_sound, words


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The district whose figures are known, only read."""
    folder = tmp_path_factory.mktemp("district")
    opened, _ = district(folder / "district.yzb", profile=folder / "profile")
    with opened:
        yield opened


def charts(book: Book, scope: Scope, period: str = WEEK) -> tuple[Sheet, dict[str, Chart]]:
    sheet = sheet_of(book, period, scope)
    plan = sheet.total.row.amount("annual_plan")
    points = trend_of(book, period, sheet.projects, plan)
    return sheet, {chart.name: chart for chart in charts_of(sheet, points)}


def test_titles_name_what_is_looked_at(book: Book) -> None:
    _, found = charts(book, Scope("unit"))
    assert [chart.title for chart in found.values()] == [
        "按单位完成率与序时进度",
        "完成率走势",
        "近10周完成投资（万元）",
        "按单位年累计完成投资（万元）",
    ]
    _, inside = charts(book, Scope("project", "category", "工业"))
    assert inside["completion"].title == "工业：各项目完成率与序时进度"


def test_lines_stand_beside_the_schedule(book: Book) -> None:
    _, found = charts(book, Scope("unit"))
    drawing = found["completion"].at()(400, 200)
    assert {"空冢郭镇", "47.5%", "13.1%", "4.0%", "序时 16.7%"} <= set(words(drawing))


def test_a_line_leads_to_its_group_that_of_nothing_too(book: Book) -> None:
    sheet, found = charts(book, Scope("category"))
    keys = {mark.key for mark in found["completion"].at()(400, 200).marks if mark.key}
    assert keys == {NO_KEY if line.key is None else line.key for line in sheet.lines}


def test_the_last_weeks_and_the_curve(book: Book) -> None:
    _, found = charts(book, Scope("unit"))
    assert {"120", "100", "0", "第9周"} <= set(words(found["weeks"].at()(400, 200)))
    assert "完成 22.1%" in words(found["trend"].at()(400, 200))
    assert {"950", "610", "20"} <= set(words(found["sums"].at()(400, 200)))


def test_without_plan_or_report_there_is_no_curve(book: Book) -> None:
    _, found = charts(book, Scope("project", "category", "交通"))
    assert words(found["trend"].at()(400, 200)) == ["没有数据"]
    assert "无计划" in words(found["completion"].at()(400, 200))


def test_the_headline_says_the_total(book: Book) -> None:
    sheet, _ = charts(book, Scope("unit"))
    drawing = headline(sheet, 1300, 96, BIG)
    assert {"5个", "120万元", "1580万元", "22.1%", "+5.4"} <= set(words(drawing))
    nobody = sheet_of(book, "2023-W12", Scope("unit"))
    assert "未报" in words(headline(nobody, 1300, 96, BIG))


@given(st.floats(1, 2000), st.floats(1, 300), st.sampled_from([PLAIN, BIG]))
def test_any_headline_is_sound(book: Book, width: float, height: float, style: object) -> None:
    sheet = sheet_of(book, WEEK, Scope("unit"))
    assert_sound(headline(sheet, width, height, style))  # type: ignore[arg-type]
