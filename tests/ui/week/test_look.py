"""The lines of the page: what they say, their marks, and where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger.workspace import Book
from desktop.ui.week.due import Due
from desktop.ui.week.look import Aim, asked_row, due_row, short, to_look_at
from desktop.ui.week.reading import week_of
from tests.ui.week.books import BEFORE, WEEK, W, explain_all, item, project, township, week


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with township(tmp_path) as made:
        yield made


def test_errors_then_what_is_missing_then_doubts_then_what_is_due(book: Book) -> None:
    wrong, doubtful, told = project(book, "错"), project(book, "疑"), project(book, "明")
    small = {"completed_week": 5000, "completed_year": 10 * W + 5000}
    for one in (wrong, doubtful, told):
        week(book, one, BEFORE, 10, 10)
    week(book, told, WEEK, 0, 0, **small)
    explain_all(book, WEEK)
    week(book, doubtful, WEEK, 0, 0, **small)
    record = week(book, wrong, WEEK, 10, 30)
    problem = item(book, "problem", wrong, problem="征迁", due="2023-02-20")
    milestone = item(book, "milestone", wrong, name="封顶", due="2023-03-05")
    names = [f"缺{number}" for number in range(1, 6)]
    missing = [project(book, name) for name in names]
    rows = to_look_at(week_of(book, WEEK))
    assert [(row.mark, row.right, row.faint) for row in rows] == [
        ("red", "改正", False),
        ("none", "填报", False),
        ("yellow", "说明", False),
        ("yellow", "问题　逾期 10 天", False),
        ("yellow", "节点　还有 3 天", False),
        ("yellow", "已说明", True),
    ]
    assert rows[0].text.startswith("错：本周完成 10 万元，累计应为")
    assert rows[0].aim == Aim("grid", "weekly", record, wrong, "completed_year")
    assert rows[1].text == "还没有填报：缺1、缺2、缺3等 5 个项目"
    assert rows[1].tip == "\n".join(names)
    assert rows[1].aim is not None
    assert (rows[1].aim.page, rows[1].aim.subject) == ("grid", missing[0])
    assert rows[3].aim == Aim("lists", "problem", problem, wrong)
    assert rows[4].aim == Aim("lists", "milestone", milestone, wrong)
    assert rows[5].text == "明：本周完成不足 1 万元。说明：经核实，情况属实。"
    assert "说明：经核实" in rows[5].tip


def test_a_finding_on_the_file_leads_to_the_project(book: Book) -> None:
    one = project(book, "甲", annual_plan=20_000 * W)
    week(book, one, WEEK, 10, 10)
    row = to_look_at(week_of(book, WEEK))[0]
    assert row.aim == Aim("project", "project", one, one, "annual_plan")


def test_a_half_filled_row_is_named_once(book: Book) -> None:
    one = project(book, "甲")
    week(book, one, WEEK, 10, 10, physical_progress=None)
    rows = to_look_at(week_of(book, WEEK))
    assert [(row.mark, row.text) for row in rows] == [("red", "甲：“形象进度”没有填写。")]


def test_nothing_asks_for_a_look_in_a_quiet_week(book: Book) -> None:
    week(book, project(book, "甲"), WEEK, 10, 10)
    assert to_look_at(week_of(book, WEEK)) == []


def test_supervised_items_and_decisions_say_number_matter_and_days() -> None:
    late = Due(
        register="supervision", record="r", text="42亩土地征收", number="督办〔2023〕7号",
        unit="大刘镇", due=date(2023, 3, 1), days=-1,
    )  # fmt: skip
    row = asked_row(late)
    assert (row.mark, row.text) == ("red", "督办〔2023〕7号　42亩土地征收")
    assert (row.right, row.tone) == ("逾期 1 天", "must")
    assert row.aim == Aim("supervision", "supervision", "r")
    assert asked_row(late, units=True).text == "督办〔2023〕7号　大刘镇　42亩土地征收"
    decision = Due(register="decision", record="d", text="征迁", unit="大刘镇", days=5)
    row = asked_row(decision)
    assert (row.mark, row.text, row.right) == ("yellow", "议定事项　征迁", "还有 5 天")
    assert row.aim == Aim("lists", "decision", "d")
    assert asked_row(decision, units=True).text == "大刘镇　征迁"
    endless = Due(register="decision", record="d", text="征迁")
    assert (asked_row(endless).mark, asked_row(endless).right) == ("none", "没有时限")
    done = Due(register="supervision", record="s", text="供电", days=-9, done=True)
    row = asked_row(done)
    assert (row.mark, row.right, row.faint) == ("green", "已办结，待销号", True)
    assert row.text == "督办　供电"


def test_long_names_are_cut_in_the_middle() -> None:
    assert short("奥昌迈得设备生产项目") == "奥昌迈得设备生产项目"
    cut = short("沙澧产业园标准化厂房及配套设施建设项目（二期工程）")
    assert cut == "沙澧产业园标准化厂房及配套…（二期工程）"
    assert len(short("长" * 200)) == 20
    due = Due(register="milestone", record="r", text="封顶", subject_name="长" * 200, days=3)
    assert due_row(due, "节点").text == f"{'长' * 13}…{'长' * 6}：封顶"
    assert due_row(due, "节点").tip == f"{'长' * 200}：封顶"


def test_many_missing_projects_are_counted_in_the_tip(book: Book) -> None:
    for number in range(30):
        project(book, f"缺{number:02}")
    (row,) = to_look_at(week_of(book, WEEK))
    assert row.tip.count("\n") == 20
    assert row.tip.endswith("…… 共 30 个")
