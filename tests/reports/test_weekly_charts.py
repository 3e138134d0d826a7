"""The charts of the weekly report: what is in them, and when there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import scheme as schemes
from desktop.ledger.workspace import Book
from desktop.reports.charts.drawing import Text
from desktop.reports.content import Chart, Heading, Table
from desktop.reports.weekly import weekly_paper
from desktop.reports.weekly_charts import HIGHEST, WIDTH
from tests.ledger import books
from tests.ledger.books import texts
from tests.reports import paper_books
from tests.reports.paper_books import UNITS, WEEK, W


@pytest.fixture(scope="module")
def read_only(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    with paper_books.district(tmp_path_factory.mktemp("district")) as book:
        yield book


@pytest.fixture
def book(read_only: Book) -> Book:
    read_only.use(books.shipped())
    return read_only


def charts(book: Book, week: str = WEEK) -> list[Chart]:
    return [block for block in weekly_paper(book, week).blocks if isinstance(block, Chart)]


def written(chart: Chart) -> list[str]:
    return [mark.text for mark in chart.drawing.marks if isinstance(mark, Text)]


def test_the_charts_stand_after_the_units_table_and_say_its_figures(book: Book) -> None:
    blocks = weekly_paper(book, WEEK).blocks
    kinds = [type(block) for block in blocks]
    first = kinds.index(Chart)
    assert kinds[first - 1 : first + 4] == [Table, Chart, Chart, Chart, Heading]
    table, units, weeks, pace = blocks[first - 1 : first + 3]
    assert isinstance(table, Table)
    assert isinstance(units, Chart)
    assert isinstance(weeks, Chart)
    assert isinstance(pace, Chart)
    names = [(row.cells[1], row.cells[6]) for row in table.rows if row.kind == "row"]
    said = written(units)
    assert [(name, said[said.index(name) + 1]) for name, _ in names] == names
    assert "序时 16.7%" in said
    assert weeks.caption == "近8周完成投资（万元）"
    assert weeks.drawing.said.endswith("，第9周245.15 万元。")
    assert "245.15" in written(weeks)
    total = table.rows[-1].cells[6]
    assert {f"完成 {total}", "序时 16.7%"} <= set(written(pace))


def test_they_are_as_wide_as_the_type_area_and_hold_their_marks(book: Book) -> None:
    found = charts(book)
    for chart in found:
        assert chart.drawing.width == WIDTH
        assert chart.drawing.height <= HIGHEST
        assert all(mark.box.within(chart.drawing.box) for mark in chart.drawing.marks)
        assert not any(mark.key for mark in chart.drawing.marks)  # records differ from book to book
    assert charts(book) == found


def test_a_few_weeks_and_a_few_units_are_told_by_the_table(book: Book) -> None:
    assert [chart.caption for chart in charts(book, "2023-W03")] == [
        "各单位年度计划完成率与序时进度"
    ]
    assert [chart.caption for chart in charts(book, "2023-W04")] == [
        "各单位年度计划完成率与序时进度",
        "近4周完成投资（万元）",
        "年度计划完成率与序时进度走势",
    ]


@pytest.mark.parametrize(
    ("old", "new", "left"),
    [
        ("chart_units = 4", "chart_units = 7", 2),
        ("chart_units = 4", "chart_units = 6", 3),
        ("chart_units = 4", "chart_units = 0", 2),
        ("chart_weeks = 8", "chart_weeks = 0", 1),
        ("chart_weeks = 8", "chart_weeks = 3", 2),
    ],
)
def test_a_district_may_do_without_them(book: Book, old: str, new: str, left: int) -> None:
    text = texts()["weekly-report.toml"]
    assert old in text
    book.use(schemes.parse({**texts(), "weekly-report.toml": text.replace(old, new)}))
    assert len(charts(book)) == left


def test_weeks_before_the_first_report_have_no_bar(tmp_path: Path) -> None:
    with paper_books.township(tmp_path) as book:
        weeks, _ = charts(book)
        assert weeks.caption == "近6周完成投资（万元）"
        assert weeks.drawing.said.startswith("第4周")


def test_units_without_a_plan_are_named_with_no_bar(tmp_path: Path) -> None:
    with books.found(tmp_path / "d.yzb") as book:
        with book.batch("create") as batch:
            for name in UNITS[:5]:
                fields = {"name": name, "level": "township", "above": book.unit}
                unit = batch.create("unit", fields)
                plan = None if name == UNITS[0] else 100 * W
                given = {"name": f"{name}项目", "unit": unit, "annual_plan": plan, "state": "在建"}
                planned = batch.create("project", given)
                week = {"project": planned, "period": WEEK}
                batch.create("weekly", {**week, "completed_week": W, "completed_year": 9 * W})
        [chart] = charts(book)
        said = written(chart)
        books.change(book, "project", planned, annual_plan=None)
        assert charts(book) == []  # Three that can be compared are told by the table.
    assert said[said.index(UNITS[0]) + 1] == "无计划"


def test_a_township_sees_its_weeks_and_no_comparison(tmp_path: Path) -> None:
    with paper_books.township(tmp_path) as book:
        assert [chart.caption for chart in charts(book)] == [
            "近6周完成投资（万元）",
            "年度计划完成率与序时进度走势",
        ]
