"""A project that moved away stands on no page of the weekly work; its own page still shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger.workspace import Book
from desktop.ui.grid import reading as grid
from desktop.ui.grid.filtering import Asked
from desktop.ui.lists import reading as lists
from desktop.ui.lists.sheet import list_sheet
from desktop.ui.papers import catalogue
from desktop.ui.project.listing import Wanted, listing
from desktop.ui.week import due
from desktop.ui.week import reading as week
from tests.ledger.books import WEEK
from tests.ledger.test_belonging import Offices

TODAY = date(2023, 3, 2)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    made = Offices(tmp_path)
    yield made
    made.close()


def of_grid(book: Book) -> int:
    sheet = grid.sheet_of(book.scheme, "weekly", WEEK, book.level, many_units=False)
    return len(grid.keys(book, sheet, Asked()))


def of_list(book: Book) -> int:
    sheet = list_sheet(book.scheme, "problem", book.level, TODAY, "all", many_units=False)
    return len(grid.keys(book, sheet, Asked()))


def of_tally(book: Book) -> int:
    problem = book.scheme.register("problem")
    assert len(lists.part_of(book, problem, "all", TODAY)) == lists.tally(book, problem, TODAY).all
    return lists.tally(book, problem, TODAY).late


def of_papers(book: Book) -> tuple[int, ...]:
    rows = {one.key: one.rows for one in catalogue.offers(book, WEEK)}
    return rows[catalogue.REPORT], rows["weekly"], rows["problem"]


@pytest.mark.parametrize(
    ("read", "before", "after", "elsewhere"),
    [
        (of_grid, 2, 1, 2),
        (of_list, 3, 2, 2),  # one names the township, wherever its project is
        (of_tally, 3, 2, 2),
        (of_papers, (2, 2, 3), (1, 1, 2), (2, 2, 2)),
        (lambda book: len(due.problems(book, WEEK)), 3, 2, 2),
        (lambda book: week.week_of(book, WEEK).projects, 2, 1, 2),
        (lambda book: week.week_of(book, WEEK).expected, 2, 1, 2),
    ],
)
def test_the_pages_of_the_weekly_work(
    offices: Offices,
    read: Callable[[Book], object],
    before: object,
    after: object,
    elsewhere: object,
) -> None:
    had, has = offices.books["大刘镇"], offices.books["问十乡"]
    assert read(had) == before
    offices.move("甲", "问十乡")
    assert read(had) == after
    assert read(has) == elsewhere


def test_the_projects_page_still_shows_it(offices: Offices) -> None:
    offices.move("甲", "问十乡")
    found = listing(offices.books["大刘镇"], Wanted(), {})
    assert offices.projects["甲"] in found.entries
