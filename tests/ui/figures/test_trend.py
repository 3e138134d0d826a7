"""The weeks of the year: what was reached is kept, the last week is what the table says."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.ledger import workspace
from desktop.ledger.indicators import indicators_of
from desktop.ledger.trend import Point, trend_of
from desktop.ledger.workspace import Book
from desktop.ui.figures.reading import Scope, dimensions_of, sheet_of
from tests.ledger.district import WEEK, W, district


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The district whose figures are known, only read."""
    folder = tmp_path_factory.mktemp("district")
    opened, _ = district(folder / "district.yzb", profile=folder / "profile")
    with opened:
        yield opened


def trend(book: Book, period: str, scope: Scope) -> tuple[Point, ...]:
    sheet = sheet_of(book, period, scope)
    return trend_of(book, period, sheet.projects, sheet.total.row.amount("annual_plan"))


def test_from_the_first_week_to_this_one(book: Book) -> None:
    points = trend(book, WEEK, Scope("unit"))
    assert [point.label for point in points] == [f"第{number}周" for number in range(1, 10)]
    assert [point.done for point in points[5:]] == [None, 0, 500 * W, 1580 * W]
    assert [point.week for point in points[5:]] == [None, 0, 100 * W, 120 * W]
    assert points[8].rate == Fraction(1580, 7150)
    assert points[8].schedule == Fraction(61, 365)


def test_a_project_that_did_not_report_keeps_what_it_had_reached(book: Book) -> None:
    points = trend(book, "2023-W11", Scope("unit"))
    assert [point.done for point in points[8:]] == [1580 * W, 1675 * W, 1675 * W]
    assert points[10].week is None


def test_without_a_plan_there_is_no_rate(book: Book) -> None:
    points = trend(book, WEEK, Scope("project", "category", "交通"))
    assert [point.rate for point in points] == [None] * 9
    assert points[8].done == 50 * W


def test_of_no_projects(book: Book) -> None:
    points = trend_of(book, WEEK, (), 0)
    assert {(point.done, point.rate, point.week) for point in points} == {(None, None, None)}


def test_the_last_point_is_what_the_table_says(demonstration: Path, tmp_path: Path) -> None:
    path = tmp_path / "district.yzb"
    path.write_bytes((demonstration / "district.yzb").read_bytes())
    with workspace.open_book(path) as opened:
        for period in ("2023-W01", "2023-W05", "2023-W10", "2023-W12"):
            scopes = [Scope("unit")]
            for dimension in dimensions_of(opened)[:-1]:
                rows = indicators_of(opened, period, dimension.name)
                scopes += [Scope("project", dimension.name, row.key) for row in rows]
            for scope in scopes:
                whole = sheet_of(opened, period, scope).total.row
                last = trend(opened, period, scope)[-1]
                assert (last.done or 0) == whole.amount("completed_year")
                assert last.week == whole.values["completed_week"]
                if last.rate is not None:
                    assert last.rate == whole.share("completion_rate")


def test_removed_rows_and_rows_without_the_cumulative_figure_do_not_count(tmp_path: Path) -> None:
    opened, made = district(tmp_path / "district.yzb")
    with opened:
        with opened.batch("change") as batch:
            rows = {(row["project"], row["period"]): row for row in opened.rows("weekly")}
            batch.change("weekly", rows[made["甲"], WEEK]["record"], {"completed_year": None})
            batch.remove("weekly", rows[made["庚"], "2023-W10"]["record"])
        for period in (WEEK, "2023-W10"):
            whole = sheet_of(opened, period, Scope("unit")).total.row
            last = trend(opened, period, Scope("unit"))[-1]
            assert last.done == whole.amount("completed_year")
            assert last.week == whole.values["completed_week"]
        assert last.done == (700 + 50 + 900 + 20) * W
