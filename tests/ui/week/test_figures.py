"""The three figures of a week and the words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.ledger.workspace import Book
from desktop.ui.week.figures import (
    Figures,
    compared_with_last_week,
    compared_with_schedule,
    figures_of,
)
from tests.ui.week.books import BEFORE, WEEK, W, project, township, week


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with township(tmp_path) as made:
        yield made


def test_figures_are_those_of_the_indicators(book: Book) -> None:
    first, second = project(book, "甲"), project(book, "乙")
    week(book, first, BEFORE, 100, 300)
    week(book, first, WEEK, 110, 410)
    week(book, second, WEEK, 20, 200)
    found = figures_of(book, WEEK)
    assert (found.projects, found.done, found.earlier) == (2, 130 * W, 100 * W)
    assert (found.plan, found.done_year) == (7300 * W, 610 * W)
    # 61 of 365 days have passed by March 2; 610 of 7300 is 8.36 percent.
    assert found.rate == Fraction(610, 7300)
    assert found.schedule == Fraction(61, 365)
    assert found.gap == (Fraction(610, 7300) - Fraction(61, 365)) * 100
    assert found.light == "green"
    assert compared_with_last_week(found, "万元") == "比上周多 30 万元"
    assert compared_with_schedule(found) == "低于序时进度 8.4 个百分点"


def test_ten_points_behind_is_yellow(book: Book) -> None:
    week(book, project(book, "甲"), WEEK, 10, 100)
    assert figures_of(book, WEEK).light == "yellow"


def test_a_silent_week_is_told_apart_from_nothing_done(book: Book) -> None:
    first = project(book, "甲")
    assert figures_of(book, WEEK).done is None
    assert compared_with_last_week(figures_of(book, WEEK), "万元") == "本周还没有填报"
    week(book, first, WEEK, 0, 0)
    found = figures_of(book, WEEK)
    assert (found.done, found.earlier) == (0, None)
    assert compared_with_last_week(found, "万元") == "上周没有填报"


def test_a_book_without_projects_has_no_rate(book: Book) -> None:
    found = figures_of(book, WEEK)
    assert (found.projects, found.rate, found.gap, found.light) == (0, None, None, None)
    assert compared_with_schedule(found) == "没有年度计划"


@pytest.mark.parametrize(
    ("done", "earlier", "words"),
    [
        (5, 5, "与上周持平"),
        (0, 3 * W, "比上周少 3 万元"),
        (24_962_500, 21_960_000, "比上周多 300.25 万元"),
        (-W, W, "比上周少 2 万元"),
    ],
)
def test_this_week_against_the_last(done: int, earlier: int, words: str) -> None:
    assert compared_with_last_week(_figures(done=done, earlier=earlier), "万元") == words


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (Fraction(-28, 10), "低于序时进度 2.8 个百分点"),
        (Fraction(2), "超序时进度 2.0 个百分点"),
        (Fraction(-4, 100), "与序时进度持平"),
        (Fraction(5, 100), "超序时进度 0.1 个百分点"),
    ],
)
def test_the_rate_against_the_schedule(gap: Fraction, words: str) -> None:
    assert compared_with_schedule(_figures(gap=gap)) == words


def _figures(
    done: int | None = None, earlier: int | None = None, gap: Fraction | None = None
) -> Figures:
    return Figures(1, done, earlier, W, 0, Fraction(0), Fraction(0), gap, "green")
