"""The year so far: the rate of every week, nothing lost when a project skips one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.ledger import periods
from desktop.ledger.workspace import Book
from desktop.ui.week.curve import Point, curve_of
from desktop.ui.week.figures import figures_of
from tests.ui.week.books import BEFORE, WEEK, project, township, week


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with township(tmp_path) as made:
        yield made


def curve(book: Book, period: str = WEEK) -> list[Point]:
    return curve_of(book, period, figures_of(book, period))


def test_every_week_from_the_years_first_to_this_one(book: Book) -> None:
    one, other = project(book, "甲"), project(book, "乙")
    week(book, one, "2022-W52", 500, 9000)
    week(book, one, "2023-W06", 100, 100)
    week(book, other, "2023-W07", 50, 50)
    week(book, one, BEFORE, 30, 130)  # 甲 skipped week 7 and 乙 skips 8: both keep what they had
    week(book, other, WEEK, 20, 70)
    found = curve(book)
    assert [point.week for point in found] == list(range(1, 10))
    plan = 7300
    reached = [None] * 5 + [Fraction(yuan, plan) for yuan in (100, 150, 180, 200)]
    assert [point.rate for point in found] == reached
    assert found[-1].schedule == Fraction(61, 365)
    first = periods.schedule_progress(periods.parse_period("2023-W01"), 3)
    assert found[0].schedule == first


def test_the_last_point_is_the_figure_beside_it(book: Book) -> None:
    one = project(book, "甲")
    project(book, "没有计划", annual_plan=None)
    week(book, one, BEFORE, 100, 100)
    week(book, one, WEEK, 10, 110)
    assert curve(book)[-1].rate == figures_of(book, WEEK).rate == Fraction(110, 3650)


def test_a_shown_week_knows_nothing_later(book: Book) -> None:
    one = project(book, "甲")
    week(book, one, BEFORE, 100, 100)
    week(book, one, WEEK, 10, 110)
    assert curve(book, BEFORE)[-1].rate == Fraction(100, 3650)
    assert len(curve(book, BEFORE)) == 8


def test_money_taken_back_lowers_the_line(book: Book) -> None:
    one = project(book, "甲")
    week(book, one, BEFORE, 100, 100)
    week(book, one, WEEK, -40, 60)
    assert [point.rate for point in curve(book)[-2:]] == [Fraction(100, 3650), Fraction(60, 3650)]


def test_nothing_is_drawn_without_a_plan(book: Book) -> None:
    assert curve(book) == []
    week(book, project(book, "甲", annual_plan=None), WEEK, 1, 1)
    assert curve(book) == []


def test_a_plan_without_a_report_has_the_schedule_alone(book: Book) -> None:
    project(book, "甲")
    found = curve(book)
    assert [point.rate for point in found[:-1]] == [None] * 8
    assert found[-1].rate == 0
