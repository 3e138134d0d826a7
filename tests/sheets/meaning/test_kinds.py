"""Every register that workbooks may fill, told by its table and joined to a district's book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger.periods import parse_period
from desktop.ledger.undo import undo
from desktop.ledger.workspace import Book, create
from desktop.sheets.joining import plan
from desktop.sheets.plans.plan import Plan
from desktop.sheets.plans.taking import take
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.proposing import propose
from desktop.sheets.workbook.refusals import PeriodUnknown
from tests.sheets.making import book_of, investment, proposed, sheet

TOWN, OFFICE = "空冢郭镇", "区住房和城乡建设局"
MONTHS = (
    ["2023年分月投资计划表"],
    ["单位：万元"],
    ["序号", "项目名称", "1月", None, "2月", None],
    [None, None, "计划", "完成", "计划", "完成"],
    [1, "甲项目", 10, 11, 20, 22],
    [2, "乙项目", 5, None, None, None],
)
MERGES = ("A3:A4", "B3:B4", "C3:D3", "E3:F3")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with create(tmp_path / "a.yzb", "源汇区", "district", profile=tmp_path / "p") as made:
        with made.batch("make") as batch:
            for name, level, short in (
                (TOWN, "township", ""),
                ("问十乡", "township", ""),
                (OFFICE, "department", "区住建局"),
            ):
                batch.create(
                    "unit", {"name": name, "level": level, "above": made.unit, "short": short}
                )
        units = {row["name"]: row["record"] for row in made.rows("unit")}
        with made.batch("make") as batch:
            for name in ("甲项目", "乙项目"):
                batch.create(
                    "project",
                    {"name": name, "unit": units[TOWN], "state": "在建", "total_investment": 10**8},
                )
        yield made


def unit(book: Book, name: str) -> str:
    return next(str(row["record"]) for row in book.rows("unit") if row["name"] == name)


def project(book: Book, name: str) -> str:
    return next(str(row["record"]) for row in book.rows("project") if row["name"] == name)


def planned(
    book: Book, *rows: Any, answers: dict[str, Any] | None = None, **more: Any
) -> tuple[Proposal, Plan]:
    name = more.pop("file", "表.xlsx")
    period = more.pop("period", None)
    given = Answers(answers or {})
    proposal = propose(book_of(sheet(*rows, **more), name=name), investment(), given, year=2023)
    return proposal, plan(book, proposal, parse_period(period) if period else None, given)


def taken(book: Book, *rows: Any, **more: Any) -> dict[str, int]:
    return take(book, planned(book, *rows, **more)[1])


SUPERVISION = (
    ["源汇区重点项目督办事项台账"],
    ["序号", "督办事项", "涉及项目", "责任单位", "责任人", "办结时限", "办理情况", "是否办结"],
    [
        1,
        "加快办理用地手续",
        "甲项目",
        "空冢郭镇人民政府",
        "李建国",
        "2023年3月底前",
        "已上报",
        "否",
    ],
    [2, "协调供水接入", None, "区住建局", "王敏", "2023-04-15", "已完成", "√"],
)


def test_supervision_items_hang_under_the_units_that_they_name(book: Book) -> None:
    proposal, found = planned(book, *SUPERVISION)
    assert {record.register for record in proposal.items} == {"supervision"}
    assert found.questions == ()
    assert take(book, found)["supervision_new"] == 2
    first, second = book.rows("supervision")
    if first["matter"] != "加快办理用地手续":
        first, second = second, first
    assert (first["unit"], second["unit"]) == (unit(book, TOWN), unit(book, OFFICE))
    assert first["subject_project"] == project(book, "甲项目")
    assert (first["due"], first["state"], second["state"]) == ("2023-03-31", "待办", "已办结")
    assert taken(book, *SUPERVISION)["supervision_same"] == 2
    undo(book)
    assert book.rows("supervision") == []


def test_a_unit_that_nobody_knows_is_asked_about_once(book: Book) -> None:
    rows = (
        ["督办事项台账"],
        ["督办事项", "责任单位", "办结时限"],
        ["甲事", "区发展和改革委", "2023-03-31"],
        ["乙事", "区发展和改革委", "2023-04-30"],
    )
    _, found = planned(book, *rows)
    (question,) = found.questions
    assert found.steps == ()
    assert (question.field, question.text) == ("match", "区发展和改革委")
    counts = taken(book, *rows, answers={question.id: OFFICE})
    assert counts["supervision_new"] == 2
    assert {row["unit"] for row in book.rows("supervision")} == {unit(book, OFFICE)}


def test_a_monthly_table_goes_to_the_month_that_its_title_states(book: Book) -> None:
    rows = (
        ["源汇区2023年3月重点项目进展情况表"],
        ["单位：万元"],
        ["序号", "项目名称", "总投资", "3月完成投资", "1-3月累计完成投资", "形象进度", "存在问题"],
        [1, "甲项目", 10000, 100, 300, "主体施工", "用电"],
    )
    proposal, found = planned(book, *rows)
    assert (str(proposal.period), str(found.period)) == ("2023-03", "2023-03")
    assert take(book, found)["monthly_new"] == 1
    (row,) = book.rows("monthly", "2023-03")
    assert (row["completed_month"], row["completed_year"]) == (1_000_000, 3_000_000)
    assert (row["project"], row["problems"]) == (project(book, "甲项目"), "用电")
    assert book.rows("weekly") == []
    assert taken(book, *rows)["monthly_same"] == 1


def test_a_month_that_nothing_states_is_asked_about_and_nothing_is_written(book: Book) -> None:
    rows = (["单位：万元"], ["项目名称", "本月完成投资"], ["甲项目", 100])
    _, found = planned(book, *rows)
    (question,) = found.questions
    assert "哪个月" in question.question
    with pytest.raises(PeriodUnknown):
        take(book, found)
    assert taken(book, *rows, answers={question.id: "2023-05"})["monthly_new"] == 1
    assert taken(book, *rows, period="2023-06")["monthly_new"] == 1
    assert len(book.rows("monthly", "2023-05")) == len(book.rows("monthly", "2023-06")) == 1


def test_each_sheet_of_a_workbook_may_be_a_month_of_its_own(book: Book) -> None:
    head = ["项目名称", "本月完成投资（万元）", "本年累计完成投资（万元）"]
    sheets = [
        sheet(head, ["甲项目", 10 * month, 100 * month], name=f"{month}月") for month in (1, 2)
    ]
    proposal = propose(book_of(*sheets, name="2023年月报.xlsx"), investment())
    take(book, plan(book, proposal))
    figures = {row["period"]: row["completed_year"] for row in book.rows("monthly")}
    assert figures == {"2023-01": 1_000_000, "2023-02": 2_000_000}


def test_column_pairs_under_months_are_records_of_their_months(book: Book) -> None:
    proposal, found = planned(book, *MONTHS, merges=MERGES)
    listed = proposal.to_json()["lists"]["monthly"]
    assert [(one["project"], one["period"], one.get("completed_month")) for one in listed] == [
        ("甲项目", "2023-01", 110_000),
        ("乙项目", "2023-01", None),
        ("甲项目", "2023-02", 220_000),
    ]
    assert listed[2]["source"]["cells"]["completed_month"] == "F5"
    assert take(book, found)["monthly_new"] == 3
    rows = {(row["project"], row["period"]): row for row in book.rows("monthly")}
    assert rows[project(book, "甲项目"), "2023-02"]["planned_month"] == 200_000
    assert taken(book, *MONTHS, merges=MERGES)["monthly_same"] == 3


def test_units_months_and_targets(book: Book) -> None:
    units = (
        ["源汇区2023年1-3月固定资产投资完成情况"],
        ["单位：亿元"],
        ["单位", "累计完成投资", "上年同期", "同比增速"],
        [TOWN, 1.2, 1, "20%"],
        ["问十乡", 0.5, 0.4, "25%"],
    )
    proposal, found = planned(book, *units)
    assert [one.heading for one in proposal.unmapped] == ["同比增速"]
    assert take(book, found)["monthly_unit_new"] == 2
    (row, _) = book.rows("monthly_unit", "2023-03")
    assert row["completed_year"] in (120_000_000, 50_000_000)
    targets = (
        ["2023年目标任务分解表"],
        ["单位", "指标", "口径", "确保目标", "力争目标"],
        [TOWN, "固定资产投资增速", "增速", 10, 12],
        ["问十乡", "固定资产投资增速", "增速", 9, 11],
    )
    assert taken(book, *targets)["target_new"] == 2
    assert {row["period"] for row in book.rows("target")} == {"2023"}
    assert taken(book, *targets)["target_same"] == 2


def test_sponsors_and_decisions(book: Book) -> None:
    sponsors = (
        ["重点项目包联服务清单"],
        ["项目名称", "姓名", "身份", "职务", "联系电话"],
        ["甲项目", "周志远", "包联领导", "副区长", "13803951234"],
    )
    assert taken(book, *sponsors)["sponsor_new"] == 1
    assert book.rows("sponsor")[0]["person"] == "周志远"
    with book.batch("make") as batch:
        batch.create("meeting", {"name": "第3次调度会", "held_on": "2023-03-05"})
    decisions = (
        ["会议议定事项台账"],
        ["议定事项", "承办单位", "完成时限", "落实情况"],
        ["解决用电接入", TOWN, "2023-04-30", "正在办理"],
    )
    proposal, found = planned(book, *decisions)
    assert proposal.items[0].register == "decision"
    (question,) = found.questions
    assert taken(book, *decisions, answers={question.id: "第3次调度会"})["decision_new"] == 1
    assert book.rows("decision")[0]["unit"] == unit(book, TOWN)


def test_a_list_of_problems_without_projects_asks_whose_they_are(book: Book) -> None:
    rows = (
        ["问题清单"],
        ["序号", "存在问题", "整改措施", "完成时限"],
        [1, "用电", "架线", "2023-03-31"],
        [2, "用地", "报批", "2023-04-30"],
    )
    _, found = planned(book, *rows)
    (question,) = found.questions
    assert taken(book, *rows, answers={question.id: "甲项目"})["problem_new"] == 2
    assert {row["project"] for row in book.rows("problem")} == {project(book, "甲项目")}


def test_one_project_in_two_sheets_is_one_record_and_differences_are_asked() -> None:
    head = ["项目名称", "总投资（万元）", "责任单位"]
    one = sheet(head, ["甲项目", 100, None], ["乙项目", 5, None], name="一")
    other = sheet(head, ["甲项目", 120, TOWN], ["乙项目", 5, TOWN], name="二")
    found = propose(book_of(one, other), investment())
    assert [record.label for record in found.projects] == ["甲项目", "乙项目"]
    first = found.projects[0]
    assert first.origin("responsible_unit") == "二!C2"
    (question,) = found.questions
    assert first.open == {"total_investment": question.id}
    answers = {question.id: 1_200_000}
    settled = propose(book_of(one, other), investment(), Answers(answers)).projects[0]
    assert (settled.values["total_investment"], dict(settled.open)) == (1_200_000, {})


def test_thousands_and_millions_of_yuan() -> None:
    found = proposed(["单位：千元"], ["项目名称", "总投资"], ["甲", 5860], ["乙", "1.2亿元"])
    assert [record.values["total_investment"] for record in found.projects] == [
        5_860_000,
        120_000_000,
    ]
    found = proposed(["项目名称", "总投资（百万元）"], ["甲", 358.125])
    assert found.projects[0].values["total_investment"] == 358_125_000
    assert found.questions == ()
