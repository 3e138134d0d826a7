"""Where targets stand at a month's end, what is missing, what each remaining month must bring."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from desktop.ledger.months_reading import projects_of
from desktop.ledger.months_targets import Target, targets_of
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from tests.ledger.district import W
from tests.ledger.months_book import months_book


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("targets")
    book, _ = months_book(folder / "a.yzb", profile=folder / "profile")
    with book:
        yield book


def targets(book: Book, number: int = 2, year: int = 2023) -> dict[str, Target]:
    month = Period("month", year, number)
    found = targets_of(book, month, projects_of(book, month))
    return {f"{one.indicator}{one.category or ''}{one.period}": one for one in found}


def test_all_that_hold_the_month_and_no_others(opened: Book) -> None:
    assert set(targets(opened)) == {
        "固定资产投资任务完成率2023",
        "重点项目完成投资2023",
        "固定资产投资2023-02",
        "固定资产投资增速位次2023",
        "招商引资签约2023",
        "开工率2023",
        "固定资产投资增速2023",
        "重点项目完成投资工业2023-Q1",
    }
    assert set(targets(opened, 5)) == set(targets(opened)) - {
        "固定资产投资2023-02",
        "重点项目完成投资工业2023-Q1",
    }


@pytest.mark.parametrize(
    ("name", "now", "gap", "rate", "each"),
    [
        ("重点项目完成投资2023", 480 * W, 4170 * W, Fraction(480, 4650), 417 * W),
        ("重点项目完成投资工业2023-Q1", 500 * W, 500 * W, Fraction(1, 2), 500 * W),
        ("固定资产投资2023-02", 240 * W, 0, Fraction(6, 5), None),
        ("固定资产投资增速2023", Fraction(5, 1495) * 100, 8 - Fraction(500, 1495), None, None),
        ("固定资产投资增速位次2023", 3, 1, None, None),
        ("固定资产投资任务完成率2023", 10, 90, None, None),
        ("开工率2023", 50, 40, None, None),
        ("招商引资签约2023", None, None, None, None),
    ],
)
def test_where_each_stands(
    opened: Book, name: str, now: Any, gap: Any, rate: Any, each: Any
) -> None:
    one = targets(opened)[name]
    assert (one.now, one.gap, one.rate, one.each_month) == (now, gap, rate, each)


@pytest.mark.parametrize(
    ("name", "left", "schedule"),
    [
        ("重点项目完成投资2023", 10, Fraction(1, 6)),
        ("重点项目完成投资工业2023-Q1", 1, Fraction(2, 3)),
        ("固定资产投资2023-02", 0, Fraction(1)),
    ],
)
def test_what_is_left_of_its_period(opened: Book, name: str, left: int, schedule: Fraction) -> None:
    one = targets(opened)[name]
    assert (one.left, one.schedule) == (left, schedule)


def test_without_the_months_statistics_there_is_no_figure(opened: Book) -> None:
    found = targets(opened, 3)
    assert found["固定资产投资增速2023"].now is None
    assert found["固定资产投资增速位次2023"].gap is None
    assert found["重点项目完成投资工业2023-Q1"].now == 500 * W
