"""The weekly cycle: submit, accept, return, correct; who is late; what changed afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import audience, checks, cycle, explanations, merging, workspace
from desktop.ledger.lock import WeekSubmitted
from desktop.ledger.refusals import NotYours
from desktop.ledger.undo import NothingToUndo, undo
from desktop.ledger.workspace import Book

WEEK, DAY = "2023-W09", date(2023, 3, 2)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with workspace.create(tmp_path / "a.yzb", "空冢郭镇", "township", under="源汇区") as made:
        yield made


def filled(book: Book, week: str = WEEK, **fields: Any) -> str:
    """A project with a sound week; returns the weekly record."""
    with book.batch("create") as batch:
        project = batch.create(
            "project",
            {
                "name": f"项目{len(book.rows('project')) + 1}",
                "unit": book.unit,
                "state": "在建",
                "total_investment": 10**9,
                "annual_plan": 10**8,
                "actual_start": "2022-03-01",
            },
        )
        row = {
            "project": project,
            "period": week,
            "completed_week": 10**6,
            "completed_year": 9 * 10**6,
            "physical_progress": "主体施工至三层",
        }
        record = batch.create("weekly", {**row, **fields})
    for finding in checks.check_period(book, week):
        if finding.level == "explain":
            explanations.explain(book, finding.id, "经核实，情况属实。", week)
    return record


def state(book: Book) -> cycle.Submission:
    return cycle.submission(book, book.unit, WEEK)


class Pair:
    """A district and one of its townships, each with its own book."""

    def __init__(self, district: Book, folder: Path) -> None:
        self.district = district
        with district.batch("create") as batch:
            fields = {"name": "大刘镇", "level": "township", "above": district.unit}
            self.unit = batch.create("unit", fields)
        handed = audience.entries(district, self.unit)
        self.township = workspace.create_from(folder / "t.yzb", handed, self.unit, package="p")

    def up(self) -> None:
        merging.receive(
            self.district, audience.entries(self.township, self.district.unit), "report"
        )

    def down(self) -> None:
        merging.receive(self.township, audience.entries(self.district, self.unit), "task")

    def states(self) -> set[str]:
        """What the two books say of the week; one word when they agree."""
        return {
            cycle.submission(book, self.unit, WEEK).state for book in (self.district, self.township)
        }


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with workspace.create(tmp_path / "d.yzb", "源汇区") as district:
        both = Pair(district, tmp_path)
        with both.township:
            yield both


def test_a_week_goes_from_unsubmitted_to_accepted(pair: Pair) -> None:
    filled(pair.township)
    pair.up()
    assert pair.states() == {"未上报"}
    cycle.submit(pair.township, WEEK, DAY, filler="张晓燕", reviewer="刘伟")
    pair.up()
    assert pair.states() == {"已上报"}
    (row,) = pair.district.rows("submission", WEEK)
    assert (row["projects"], row["filler"], row["reviewer"]) == (1, "张晓燕", "刘伟")
    assert row["submitted_on"] == "2023-03-02"
    cycle.accept(pair.district, pair.unit, WEEK, DAY)
    pair.down()
    assert pair.states() == {"已接收"}


def test_errors_and_unexplained_doubts_block_and_nothing_is_written(book: Book) -> None:
    record = filled(book)
    with book.batch("change") as batch:
        batch.change("weekly", record, {"physical_progress": None})
    position = book.journal.position
    with pytest.raises(cycle.Blocked) as blocked:
        cycle.submit(book, WEEK, DAY)
    assert "1 处错误要改正" in blocked.value.sentence
    assert book.journal.position == position
    assert state(book).state == "未上报"


def test_a_doubt_without_explanation_blocks(book: Book) -> None:
    record = filled(book)
    with book.batch("change") as batch:
        batch.change("weekly", record, {"completed_week": 5000, "completed_year": 9 * 10**6})
    with pytest.raises(cycle.Blocked) as blocked:
        cycle.submit(book, WEEK, DAY)
    assert "处待说明" in blocked.value.sentence


def test_a_submitted_week_is_locked_until_it_is_returned(pair: Pair) -> None:
    record = filled(pair.township)
    cycle.submit(pair.township, WEEK, DAY)
    pair.up()
    cycle.accept(pair.district, pair.unit, WEEK, DAY)
    for _ in range(2):
        for book in (pair.township, pair.district):
            with pytest.raises(WeekSubmitted) as locked, book.batch("change") as batch:
                batch.change("weekly", record, {"completed_week": 2})
        assert "源汇区" in locked.value.advice
        pair.down()
    cycle.return_week(pair.district, pair.unit, WEEK, DAY, "累计数与上周不符")
    pair.down()
    assert pair.states() == {"已退回"}
    assert cycle.submission(pair.township, pair.unit, WEEK).reason == "累计数与上周不符"
    with pair.township.batch("change") as batch:
        batch.change("weekly", record, {"completed_week": 2 * 10**6})
    cycle.submit(pair.township, WEEK, DAY)
    pair.up()
    assert pair.states() == {"已上报"}
    assert pair.township.locked(pair.unit, WEEK)


def test_the_same_week_submitted_again_unchanged_is_a_new_submission(pair: Pair) -> None:
    filled(pair.township)
    cycle.submit(pair.township, WEEK, DAY)
    pair.up()
    cycle.return_week(pair.district, pair.unit, WEEK, DAY, "请核对")
    pair.down()
    cycle.submit(pair.township, WEEK, DAY)
    pair.up()
    assert pair.states() == {"已上报"}
    assert pair.township.locked(pair.unit, WEEK)
    assert [row["number"] for row in pair.district.rows("submission", WEEK)] == [2]


def test_only_the_unit_above_accepts_and_returns(pair: Pair) -> None:
    filled(pair.township)
    cycle.submit(pair.township, WEEK, DAY)
    with pytest.raises(NotYours):
        cycle.accept(pair.township, pair.unit, WEEK, DAY)
    with pytest.raises(NotYours):
        cycle.return_week(pair.township, pair.unit, WEEK, DAY, "自己退回")


def test_another_week_stays_open(book: Book) -> None:
    filled(book)
    cycle.submit(book, WEEK, DAY)
    (project,) = book.rows("project")
    with book.batch("create") as batch:
        batch.create("weekly", {"project": project["record"], "period": "2023-W10"})
    assert len(book.rows("weekly")) == 2


def test_submitting_again_needs_a_reason(book: Book) -> None:
    filled(book)
    cycle.submit(book, WEEK, DAY)
    with pytest.raises(cycle.ReasonNeeded):
        cycle.submit(book, WEEK, DAY)
    cycle.submit(book, WEEK, DAY, correction="统计口径调整")
    (row,) = book.rows("submission", WEEK)
    assert row["correction"] == "统计口径调整"


def test_submitting_is_not_undone_and_undo_does_not_reach_into_the_week(book: Book) -> None:
    filled(book)
    cycle.submit(book, WEEK, DAY)
    with pytest.raises((WeekSubmitted, NothingToUndo)):
        for _ in range(10):
            undo(book)
    assert state(book).state == "已上报"
    assert len(book.rows("weekly", WEEK)) == 1


def test_a_change_that_comes_in_after_submission_is_shown(tmp_path: Path) -> None:
    with workspace.create(tmp_path / "d.yzb", "源汇区") as district:
        with district.batch("create") as batch:
            unit = batch.create(
                "unit", {"name": "大刘镇", "level": "township", "above": district.unit}
            )
        handed = audience.entries(district, unit)
        with (
            workspace.create_from(tmp_path / "1.yzb", handed, unit, package="p") as first,
            workspace.create_from(tmp_path / "2.yzb", handed, unit, package="p") as second,
        ):
            record = filled(first)
            merging.receive(second, audience.entries(first, unit), "share")
            cycle.submit(first, WEEK, DAY)
            with second.batch("change") as batch:
                batch.change("weekly", record, {"completed_week": 3 * 10**6})
            merging.receive(first, audience.entries(second, unit), "share")
            assert state(first).state == "已上报"
            assert state(first).changed == (record,)


def test_returning_needs_a_submission_and_a_reason(pair: Pair) -> None:
    filled(pair.township)
    pair.up()
    with pytest.raises(cycle.NothingSubmitted):
        cycle.accept(pair.district, pair.unit, WEEK, DAY)
    cycle.submit(pair.township, WEEK, DAY)
    pair.up()
    with pytest.raises(cycle.ReasonNeeded):
        cycle.return_week(pair.district, pair.unit, WEEK, DAY, "  ")


def test_status_lists_every_week_and_names_the_late(tmp_path: Path) -> None:
    with workspace.create(tmp_path / "d.yzb", "源汇区") as district:
        with district.batch("create") as batch:
            units = [
                batch.create("unit", {"name": name, "level": "township", "above": district.unit})
                for name in ("大刘镇", "问十乡")
            ]
            batch.create(
                "unit", {"name": "区工信局", "level": "department", "above": district.unit}
            )
            projects = [
                batch.create("project", {"name": f"项目{unit[:4]}", "unit": unit}) for unit in units
            ]
            for week in ("2023-W08", WEEK):
                for project in projects:
                    batch.create("weekly", {"project": project, "period": week})
        now = cycle.status(district)
        assert (now.unit, now.level, now.period, now.projects) == ("源汇区", "district", WEEK, 2)
        assert {(one.name, one.period) for one in now.submissions} == {
            (name, week) for name in ("大刘镇", "问十乡") for week in ("2023-W08", WEEK)
        }
        assert set(now.late) == {"大刘镇", "问十乡"}
        narrowed = cycle.status(district, "2023-W08")
        assert {one.period for one in narrowed.submissions} == {"2023-W08"}


def test_an_empty_book_has_no_week(book: Book) -> None:
    now = cycle.status(book)
    assert (now.period, now.label, now.submissions, now.projects) == (None, None, (), 0)
