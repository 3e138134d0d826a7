"""The history of a cell and the last ten weeks, as the aside tells them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger.workspace import Book
from desktop.ui.grid import reading, story
from tests.ledger import books
from tests.ledger.district import WEEK, district
from tests.ui.grid.sheets import W, sheet

TODAY = date(2023, 3, 2)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Book, dict[str, str]]]:
    book, records = district(tmp_path / "book.yzb")
    with book:
        yield book, records


def told(
    made: tuple[Book, dict[str, str]], name: str, column: str, register: str = "weekly"
) -> story.Story:
    book, records = made
    of = sheet(book, register)
    row = reading.rows(book, of, [records[name]])[records[name]]
    return story.read(book, of, row, of.column(column), TODAY)


def test_every_change_is_told_the_newest_first(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    books.week(book, records["甲"], WEEK, completed_week=200 * W)
    steps = told(made, "甲", "completed_week").steps
    assert [(step.old, step.new) for step in steps] == [("110", "200"), ("空", "110")]
    assert (steps[0].when, steps[0].who) == ("今天 12:00", "王敏")


def test_old_changes_are_counted(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    for number in range(1, 8):
        books.week(book, records["甲"], WEEK, completed_week=number * W)
    found = told(made, "甲", "completed_week")
    assert (len(found.steps), found.more) == (story.STEPS, 8 - story.STEPS)


def test_the_projects_own_fields_have_their_history(made: tuple[Book, dict[str, str]]) -> None:
    assert [step.new for step in told(made, "甲", "subject.annual_plan").steps] == ["3,650"]
    assert [step.new for step in told(made, "甲", "subject.unit").steps] == ["大刘镇"]


def test_what_nobody_types_has_none(made: tuple[Book, dict[str, str]]) -> None:
    assert told(made, "甲", "last.completed_year").steps == ()
    assert told(made, "甲", "completion_rate").steps == ()
    assert told(made, "乙", "completed_week").steps == ()  # no row yet


def test_the_weeks_of_the_year_up_to_now(made: tuple[Book, dict[str, str]]) -> None:
    found = told(made, "甲", "remark")
    assert [week.label for week in found.weeks] == [f"{number}周" for number in range(1, 10)]
    assert [week.value for week in found.weeks[-2:]] == [100 * W, 110 * W]
    assert found.weeks[0].value is None
    assert found.measured == "本周完成投资"


def test_a_list_has_no_weeks(made: tuple[Book, dict[str, str]]) -> None:
    found = told(made, "土地未征收", "state", "problem")
    assert found.weeks == ()
    assert [step.new for step in found.steps] == ["整改中"]


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("2023-03-02T10:42:00+08:00", "今天 10:42"),
        ("2023-03-01T09:05:00+08:00", "昨天 09:05"),
        ("2023-02-24T15:30:00+08:00", "2月24日 15:30"),
        ("2022-12-31T23:59:00+08:00", "2022年12月31日 23:59"),
        ("没有钟", "没有钟"),
    ],
)
def test_moments_are_said_as_people_do(time: str, said: str) -> None:
    assert story.when(time, TODAY) == said
