"""What is due: by the week's last day, open as it stood then, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from desktop.ledger import workspace
from desktop.ledger.workspace import Book
from desktop.ui.week import due
from desktop.ui.week.due import Due, days_in_words
from tests.ledger.books import noon
from tests.ui.week.books import WEEK, item, project, township, week


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with township(tmp_path) as made:
        yield made


@pytest.fixture
def district(tmp_path: Path) -> Iterator[Book]:
    with workspace.create(tmp_path / "d.yzb", "源汇区", clock=noon) as made:
        yield made


def named(items: list[Due]) -> list[tuple[str, int | None]]:
    return [(one.text, one.days) for one in items]


def test_milestones_overdue_or_within_seven_days(book: Book) -> None:
    one = project(book, "甲")
    for name, limit, more in (
        ("八天后", "2023-03-10", {}),
        ("七天后", "2023-03-09", {}),
        ("当天", "2023-03-02", {}),
        ("逾期", "2023-02-20", {}),
        ("按期完成", "2023-02-20", {"actual_finish": "2023-02-20", "state": "已完成"}),
        ("本周以后才完成", "2023-02-27", {"actual_finish": "2023-03-03", "state": "已完成"}),
        ("只改了状态", "2023-02-21", {"state": "已完成"}),
    ):
        item(book, "milestone", one, name=name, due=limit, **more)
    found = due.milestones(book, WEEK)
    assert named(found) == [("逾期", -10), ("本周以后才完成", -3), ("当天", 0), ("七天后", 7)]
    assert {(each.subject, each.subject_name) for each in found} == {(one, "甲")}
    assert [each.overdue for each in found] == [True, True, False, False]
    assert [days_in_words(each) for each in found] == [
        "逾期 10 天",
        "逾期 3 天",
        "本周截止日到期",
        "还有 7 天",
    ]


def test_today_is_the_weeks_last_day_and_not_the_clocks(book: Book) -> None:
    item(book, "milestone", project(book, "甲"), name="封顶", due="2023-02-20")
    assert named(due.milestones(book, "2023-W07")) == [("封顶", 4)]
    assert due.last_day(book, "2023-W07") == date(2023, 2, 16)
    assert due.milestones(book, "2023-W05") == []


def test_problems_past_their_limit_and_still_open(book: Book) -> None:
    one = project(book, "甲")
    for text, found, limit, more in (
        ("超期", "2023-02-01", "2023-03-01", {"state": "整改中"}),
        ("当天到期", "2023-02-01", "2023-03-02", {"state": "整改中"}),
        ("已销号", "2023-02-01", "2023-02-03", {"state": "已销号", "closed_on": "2023-02-20"}),
        ("以后才销号", "2023-02-01", "2023-02-03", {"state": "已销号", "closed_on": "2023-03-05"}),
        ("以后才发现", "2023-03-03", "2023-02-28", {}),
        ("没有时限", "2023-02-01", None, {}),
    ):
        item(book, "problem", one, problem=text, found_on=found, due=limit, **more)
    assert named(due.problems(book, WEEK)) == [("以后才销号", -27), ("超期", -1)]


def test_items_of_removed_projects_are_not_spoken_of(book: Book) -> None:
    one = project(book, "甲")
    record = item(book, "milestone", one, name="封顶", due="2023-02-20")
    assert due.milestones(book, WEEK)
    with book.batch("remove") as batch:
        batch.remove("milestone", record)
        batch.remove("project", one)
    assert due.milestones(book, WEEK) == []


def test_supervised_items_of_a_unit_the_most_urgent_first(district: Book) -> None:
    with district.batch("create") as batch:
        units = [
            batch.create("unit", {"name": name, "level": "township", "above": district.unit})
            for name in ("大刘镇", "问十乡")
        ]
    for number, matter, limit, more in (
        (7, "土地\n征收", "2023-03-01", {}),
        (8, "延期的", "2023-02-20", {"extended_to": "2023-03-07"}),
        (9, "办结了", "2023-02-10", {"state": "已办结"}),
        (10, "销号了", "2023-02-10", {"state": "已销号", "closed_on": "2023-02-12"}),
    ):
        item(
            district,
            "supervision",
            units[0],
            number=f"督办〔2023〕{number}号",
            matter=matter,
            due=limit,
            issued_on="2023-02-01",
            **more,
        )
    item(district, "supervision", units[1], matter="别处的", due="2023-03-20")
    found = due.supervised(district, WEEK, units[0])
    assert named(found) == [("土地 征收", -1), ("延期的", 5), ("办结了", -20)]
    assert [one.overdue for one in found] == [True, False, False]
    assert [days_in_words(one) for one in found] == ["逾期 1 天", "还有 5 天", "已办结，待销号"]
    assert found[0].number == "督办〔2023〕7号"
    assert [one.unit for one in due.supervised(district, WEEK)].count("问十乡") == 1


def test_what_came_after_the_week_shows_in_the_latest_week_only(district: Book) -> None:
    item(
        district, "supervision", district.unit, matter="会后", due="2023-03-20",
        issued_on="2023-03-03",
    )  # fmt: skip
    assert len(due.supervised(district, WEEK)) == 1
    week(district, project(district, "甲"), "2023-W10", 1, 1)
    assert due.supervised(district, WEEK) == []
    item(
        district, "supervision", district.unit, matter="再后", due="2023-03-20",
        issued_on="2023-03-10",
    )  # fmt: skip
    assert len(due.supervised(district, "2023-W10")) == 2


def test_decisions_by_the_unit_that_sees_to_them(district: Book) -> None:
    with district.batch("create") as batch:
        unit = batch.create("unit", {"name": "大刘镇", "level": "township", "above": district.unit})
        meeting = batch.create("meeting", {"name": "周调度会", "held_on": "2023-02-24"})
        for matter, whose, limit in (
            ("征迁", unit, "2023-03-08"),
            ("没有时限", unit, None),
            ("区里自己", None, "2023-03-01"),
        ):
            fields = {"meeting": meeting, "matter": matter, "unit": whose, "due": limit}
            batch.create("decision", {**fields, "state": "办理中"})
    assert named(due.decisions(district, WEEK, unit)) == [("征迁", 6), ("没有时限", None)]
    assert named(due.decisions(district, WEEK))[0] == ("区里自己", -1)
    assert days_in_words(due.decisions(district, WEEK, unit)[1]) == "没有时限"


def test_an_older_week_does_not_know_later_meetings(district: Book) -> None:
    with district.batch("create") as batch:
        meeting = batch.create("meeting", {"name": "周调度会", "held_on": "2023-03-03"})
        fields = {"meeting": meeting, "matter": "征迁", "due": "2023-03-08"}
        batch.create("decision", fields)
    week(district, project(district, "甲"), "2023-W10", 1, 1)
    assert due.decisions(district, WEEK) == []
    assert len(due.decisions(district, "2023-W10")) == 1


def test_a_scheme_without_these_lists_has_nothing_due(book: Book) -> None:
    kept = {
        name: register
        for name, register in book.scheme.registers.items()
        if name not in ("milestone", "problem", "supervision", "decision")
    }
    book.scheme = msgspec.structs.replace(book.scheme, registers=kept)
    assert due.milestones(book, WEEK) == due.problems(book, WEEK) == []
    assert due.supervised(book, WEEK) == due.decisions(book, WEEK) == []
