"""Records of two lines: 计划 over 完成."""

from __future__ import annotations

from typing import Any

from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.proposing import propose
from tests.sheets.making import book_of, investment, sheet

WEEK: tuple[list[Any], ...] = (
    ["2023年第22周计划与完成情况", *[""] * 5],
    ["序号", "项目名称", "类型", "投资额（万元）", "形象进度", "备注"],
    [1, "甲项目", "本周计划", 600, "浇筑2000平方米", "共建"],
    ["", "", "本周完成", 545.6, "浇筑1750平方米", ""],
    [2, "乙项目", "本周计划", 80, "二层砌体", ""],
    ["", "", "本周完成", 0, "停工", ""],
)
WEEK_MERGES = ("A1:F1", "A3:A4", "B3:B4", "A5:A6", "B5:B6")
MONTHS: tuple[list[Any], ...] = (
    ["2023年分月情况（单位：万元）", *[""] * 4],
    ["项目名称", "指标", "1月", "2月", "年度计划"],
    ["甲项目", "完成", 180, "", 5000],
    ["", "计划", 200, 300, ""],
)


def proposed(*rows: list[Any], **more: Any) -> Proposal:
    return propose(book_of(sheet(*rows, **more)), investment())


def test_what_was_done_is_read_and_what_was_planned_is_said() -> None:
    found = proposed(*WEEK, merges=WEEK_MERGES)
    read = [
        [one.values.get(name) for name in ("name", "completed_week", "physical_progress")]
        for one in found.projects
    ]
    assert read == [["甲项目", 5_456_000, "浇筑1750平方米"], ["乙项目", 0, "停工"]]
    assert found.projects[0].cell("completed_week") == "D4"
    assert found.projects[0].values["remark"] == "共建"
    assert {one.heading for one in found.unmapped} == {
        "本周计划/投资额（万元）",
        "本周计划/形象进度",
    }
    (marks,) = [one for one in found.columns if one.column == "C"]
    assert (marks.heading, marks.fields) == ("类型", ())
    assert found.questions == ()


def test_months_of_two_lines_are_records_of_their_months() -> None:
    found = proposed(*MONTHS, merges=("A1:E1", "A3:A4"))
    monthly = [
        (one.period, one.values.get("planned_month"), one.values.get("completed_month"))
        for one in found.items
    ]
    assert monthly == [("2023-01", 2_000_000, 1_800_000), ("2023-02", 3_000_000, None)]
    assert found.items[0].cell("planned_month") == "C4"
    assert found.items[0].cell("completed_month") == "C3"
    assert found.projects[0].values["annual_plan"] == 50_000_000


def test_an_answer_about_a_figure_of_the_second_line_finds_it() -> None:
    rows = [*WEEK[:3], ["", "", "本周完成", "约500余", "浇筑", ""], *WEEK[4:5]]
    rows.append(["", "", "本周完成", "详见附件", "停工", ""])
    found = proposed(*rows, merges=WEEK_MERGES)
    (question,) = found.questions
    assert question.cell == "D6"
    assert found.projects[1].open == {"completed_week": question.id}


def test_lines_that_do_not_alternate_stay_rows() -> None:
    rows = [*WEEK[:4], [2, "乙项目", "本周完成", 80, "二层砌体", ""]]
    found = proposed(*rows, merges=WEEK_MERGES[:3])
    assert [one.values["name"] for one in found.projects] == ["甲项目", "乙项目"]
    assert all(one.fields != ("completed_week",) for one in found.columns)


def test_states_of_projects_are_no_lines() -> None:
    rows: tuple[list[Any], ...] = (
        ["项目名称", "项目状态", "总投资（万元）"],
        ["甲项目", "竣工", 600],
        ["乙项目", "在建", 500],
    )
    assert len(proposed(*rows).projects) == 2
