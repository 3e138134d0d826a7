"""A township's week as the page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger import audience, cycle, merging, workspace
from desktop.ledger.workspace import Book
from desktop.ui.week.reading import week_of
from tests.ledger.books import noon
from tests.ui.week.books import BEFORE, WEEK, explain_all, item, project, township, week

DAY = date(2023, 3, 2)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with township(tmp_path) as made:
        yield made


def test_an_empty_book(book: Book) -> None:
    found = week_of(book, WEEK)
    assert (found.projects, found.expected, found.filled) == (0, 0, 0)
    assert (found.findings, found.unfilled, found.asked) == ((), (), ())
    assert found.sent.state == "未上报"
    assert found.passed


def test_filled_and_to_fill(book: Book) -> None:
    done, half = project(book, "甲"), project(book, "乙")
    missing = project(book, "丙")
    project(book, "早已竣工", state="竣工", actual_finish="2022-12-01")
    for one in (done, half):
        week(book, one, BEFORE, 10, 10)
    week(book, done, WEEK, 10, 20)
    record = week(book, half, WEEK, 10, 20, physical_progress=None)
    found = week_of(book, WEEK)
    assert (found.projects, found.expected, found.filled) == (4, 3, 1)
    assert [(one.subject, one.cell) for one in found.unfilled] == [
        (missing, "completed_week"),
        (half, "physical_progress"),
    ]
    assert found.unfilled[1].record == record
    # The half filled one is an error to correct too; the missing row is only unfilled.
    assert [(one.subject, one.cell) for one in found.errors] == [(half, "physical_progress")]
    assert not found.passed
    with book.batch("change") as batch:
        batch.change("weekly", record, {"completed_year": None})
    emptier = week_of(book, WEEK)
    assert [one.cell for one in emptier.unfilled] == ["completed_week", "completed_year"]
    assert (emptier.filled, len(emptier.errors)) == (1, 2)


def test_findings_come_errors_first_and_explained_last(book: Book) -> None:
    behind, wrong = project(book, "甲"), project(book, "乙")
    doubtful = project(book, "丙")
    for one in (behind, wrong, doubtful):
        week(book, one, BEFORE, 10, 10)
    week(book, behind, WEEK, 0, 0, completed_week=5000, completed_year=105_000)
    explain_all(book, WEEK)
    week(book, wrong, WEEK, 10, 30)
    week(book, doubtful, WEEK, 0, 0, completed_week=5000, completed_year=105_000)
    found = week_of(book, WEEK)
    assert [(one.subject, one.level, one.explained) for one in found.findings] == [
        (wrong, "must", False),
        (doubtful, "explain", False),
        (behind, "explain", True),
    ]
    assert [one.subject for one in found.errors] == [wrong]
    assert [one.subject for one in found.open] == [doubtful]
    assert [one.explanation for one in found.explained] == ["经核实，情况属实。"]


def test_what_blocks_is_what_the_cycle_blocks(book: Book) -> None:
    one = project(book, "甲")
    record = week(book, one, WEEK, 10, 10)
    assert week_of(book, WEEK).passed
    with book.batch("change") as batch:
        batch.change("weekly", record, {"physical_progress": None})
    assert not week_of(book, WEEK).passed
    with pytest.raises(cycle.Blocked):
        cycle.submit(book, WEEK, DAY)


def test_a_submitted_week_says_when_and_by_whom(book: Book) -> None:
    week(book, project(book, "甲"), WEEK, 10, 10)
    cycle.submit(book, WEEK, DAY, filler="张晓燕", reviewer="刘伟")
    sent = week_of(book, WEEK).sent
    assert (sent.state, sent.on, sent.number) == ("已上报", "2023-03-02", 1)
    assert (sent.filler, sent.reviewer, sent.correction) == ("张晓燕", "刘伟", None)
    assert sent.locked
    assert not week_of(book, BEFORE).sent.locked


def test_a_return_and_a_later_change_show(tmp_path: Path) -> None:
    with workspace.create(tmp_path / "d.yzb", "源汇区", clock=noon) as district:
        with district.batch("create") as batch:
            unit = batch.create(
                "unit", {"name": "大刘镇", "level": "township", "above": district.unit}
            )
        handed = audience.entries(district, unit)
        with (
            workspace.create_from(tmp_path / "1.yzb", handed, unit, package="p") as first,
            workspace.create_from(tmp_path / "2.yzb", handed, unit, package="p") as second,
        ):
            record = week(first, project(first, "甲"), WEEK, 10, 10)
            merging.receive(second, audience.entries(first, unit), "share")
            cycle.submit(first, WEEK, DAY)
            with second.batch("change") as batch:
                batch.change("weekly", record, {"physical_progress": "主体封顶"})
            merging.receive(first, audience.entries(second, unit), "share")
            assert week_of(first, WEEK).sent.changed == 1
            cycle.submit(first, WEEK, DAY, correction="补报形象进度。")
            sent = week_of(first, WEEK).sent
            assert (sent.number, sent.correction, sent.changed) == (2, "补报形象进度。", 0)
            merging.receive(district, audience.entries(first, district.unit), "report")
            cycle.return_week(district, unit, WEEK, DAY, "累计数不符")
            merging.receive(first, audience.entries(district, unit), "task")
            sent = week_of(first, WEEK).sent
            assert (sent.state, sent.reason, sent.locked) == ("已退回", "累计数不符", False)


def test_only_the_units_own_items_are_asked_for(tmp_path: Path) -> None:
    with township(tmp_path) as book:
        assert week_of(book, WEEK).asked == ()
    with workspace.create(tmp_path / "d.yzb", "源汇区", clock=noon) as district:
        item(district, "supervision", district.unit, matter="征地", due="2023-03-09")
        assert [one.text for one in week_of(district, WEEK).asked] == ["征地"]


def test_what_a_submission_covers_is_followed_in_the_journal(book: Book) -> None:
    one = project(book, "甲")
    assert week_of(book, WEEK).reached == 0
    record = week(book, one, WEEK, 10, 10)
    filled = book.journal.position
    assert week_of(book, WEEK).reached == filled
    with book.batch("change") as batch:  # the file is not what is sent
        batch.change("project", one, {"phone": "13800000000"})
    week(book, one, "2023-W10", 10, 20)
    assert week_of(book, WEEK).reached == filled
    with book.batch("change") as batch:
        batch.change("weekly", record, {"remark": "改过"})
    assert week_of(book, WEEK).reached == book.journal.position
