"""Whose row it is: of the book's projects, of those that the workbook itself makes, of none."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ledger.workspace import Book
from desktop.sheets.plans.plan import Plan
from desktop.sheets.plans.states import NEW_STATE
from desktop.sheets.plans.taking import take
from desktop.sheets.workbook.refusals import AnswerNotUnderstood
from tests.sheets.joined import planned, planned_of, units
from tests.sheets.making import sheet

CODE = "2108-411102-04-01-583920"
OTHER = "2109-411102-04-01-226712"
THIRD = "2110-411102-04-01-907730"
HEAD = ["项目名称", "项目代码", "总投资（万元）"]
BARE = ["项目名称", "总投资（万元）"]
WEEK = ["项目名称", "本周完成投资（万元）", "形象进度"]
ITEMS = ["项目名称", "存在问题", "整改措施", "完成时限"]
LONG, SHORT = "奥昌迈得设备生产项目", "奥昌迈得设备生产"


def asked(found: Plan) -> list[tuple[str, Any]]:
    return [(one.id, one.value) for one in found.questions]


def steps(found: Plan) -> list[tuple[str, str]]:
    return [(step.register, step.label) for step in found.steps]


# Projects that the same workbook makes ------------------------------------------------------------


def test_a_problem_is_offered_the_project_that_the_workbook_makes(town: Book) -> None:
    sheets = (
        sheet(BARE, [SHORT, 100], ["新能源汽车零部件产业园", 200], name="项目"),
        sheet(ITEMS, [LONG, "用地", "盯办", "2023年5月底"], name="问题"),
    )
    found = planned_of(town, *sheets)
    (question,) = found.questions
    assert (question.id, question.value) == ("问题!A2:match", SHORT)
    assert f"本工作簿新增的有“{SHORT}”" in question.question
    assert "problem" not in dict(steps(found))
    joined = planned_of(town, *sheets, answers={question.id: SHORT})
    assert take(town, joined) == {
        "fields_new": 7,
        "problem_new": 1,
        "project_new": 2,
    }
    (problem,) = town.rows("problem")
    assert problem["project"] in {r["record"] for r in town.rows("project") if r["name"] == SHORT}


@pytest.mark.parametrize(("answer", "new"), [(True, 1), ("是", 1), ("新建", 2), ("不是", 2)])
def test_weekly_figures_are_offered_the_project_of_another_sheet(
    town: Book, answer: Any, new: int
) -> None:
    sheets = (
        sheet(BARE, [LONG, 100], name="项目"),
        sheet(["2023年第9周进展"], WEEK, [SHORT, 5, "基础"], name="进展"),
    )
    (question,) = planned_of(town, *sheets).questions
    assert (question.id, question.value) == ("进展!A3:match", LONG)
    counts = take(town, planned_of(town, *sheets, answers={question.id: answer}))
    assert (counts["project_new"], counts["weekly_new"]) == (new, 1)


def test_an_answer_counts_for_every_row_of_the_name(town: Book) -> None:
    sheets = (
        sheet(BARE, [LONG, 100], name="项目"),
        sheet(["2023年第9周进展"], WEEK, [SHORT, 5, "基础"], name="进展"),
        sheet(ITEMS, [SHORT, "用地", "盯办", None], [SHORT, "用电", "盯办", None], name="问题"),
    )
    (question,) = planned_of(town, *sheets).questions
    found = planned_of(town, *sheets, answers={question.id: LONG})
    assert [one.field for one in found.questions] == [NEW_STATE]
    counts = take(town, found)
    assert (counts["project_new"], counts["weekly_new"], counts["problem_new"]) == (1, 1, 2)
    assert town.rows("project")[0]["name"] == LONG


def test_a_code_joins_projects_of_one_workbook_without_a_question(town: Book) -> None:
    found = planned_of(
        town,
        sheet(HEAD, [LONG, CODE, 100], name="项目"),
        sheet(["2023年第9周进展"], ["项目代码", *WEEK], [CODE, SHORT, 5, "基础"], name="进展"),
    )
    assert [one.field for one in found.questions] == [NEW_STATE]
    assert take(town, found)["project_new"] == 1
    assert any("仍记" in note for note in found.notes)


def test_like_names_in_one_table_are_two_projects(town: Book) -> None:
    found = planned(town, BARE, [LONG, 100], [SHORT, 200])
    assert found.questions == ()
    assert take(town, found)["project_new"] == 2


def test_lists_side_by_side_are_not_mixed_up(town: Book) -> None:
    found = planned(
        town,
        [*BARE, None, *BARE],
        ["甲项目", 100, None, "乙工程", 200],
        ["丙大桥", 300, None, "丁园区", 400],
    )
    assert sorted(label for _, label in steps(found)) == ["丁园区", "丙大桥", "乙工程", "甲项目"]
    take(town, found)
    assert {r["name"]: r["total_investment"] for r in town.rows("project")} == {
        "甲项目": 1_000_000,
        "乙工程": 2_000_000,
        "丙大桥": 3_000_000,
        "丁园区": 4_000_000,
    }


# Codes --------------------------------------------------------------------------------------------


def test_a_code_that_contradicts_the_name_is_asked_about(town: Book) -> None:
    take(town, planned(town, HEAD, ["污水厂", CODE, 100], ["体育馆", OTHER, 200]))
    rows = (HEAD, ["污水厂", OTHER, 300])
    found = planned(town, *rows)
    assert asked(found) == [("Sheet1!A2:match", "体育馆")]
    assert "按项目代码是账本中的“体育馆”，按名称是“污水厂”" in found.questions[0].question
    assert found.steps == ()
    named = planned(town, *rows, answers={"Sheet1!A2:match": "污水厂"})
    assert [(step.label, one.what) for step in named.steps for one in step.fields][1][1] == (
        "different"
    )
    coded = planned(town, *rows, answers={"Sheet1!A2:match": "体育馆"})
    take(town, coded)
    assert {r["code"]: (r["name"], r["total_investment"]) for r in town.rows("project")} == {
        CODE: ("污水厂", 1_000_000),
        OTHER: ("体育馆", 3_000_000),
    }


def test_a_name_with_another_code_than_the_books_is_asked_about(town: Book) -> None:
    take(town, planned(town, HEAD, ["污水厂", CODE, 100]))
    rows = (HEAD, ["污水厂", OTHER, 300])
    (question,) = planned(town, *rows).questions
    assert f"代码是 {CODE}，工作簿写的是 {OTHER}" in question.question
    take(town, planned(town, *rows, answers={question.id: "新建"}))
    assert sorted(r["code"] for r in town.rows("project")) == [CODE, OTHER]
    (question,) = planned(town, HEAD, ["污水厂", THIRD, 300]).questions
    assert question.value == CODE
    take(town, planned(town, HEAD, ["污水厂", THIRD, 300], answers={question.id: CODE}))
    assert sorted(r["code"] for r in town.rows("project")) == [OTHER, THIRD]


def test_a_code_of_another_phase_is_asked_about(town: Book) -> None:
    take(town, planned(town, HEAD, ["标准化厂房一期", CODE, 100]))
    (question,) = planned(town, HEAD, ["标准化厂房二期", CODE, 100]).questions
    assert "名称不像" in question.question


# Rows of one table --------------------------------------------------------------------------------


def test_two_rows_that_mean_one_project_of_the_book(town: Book) -> None:
    take(town, planned(town, BARE, [LONG, 100]))
    rows = (BARE, [LONG, 110], [SHORT, 120])
    (question,) = planned(town, *rows).questions
    assert question.id == "Sheet1!A3:match"
    same = planned(town, *rows, answers={question.id: LONG})
    assert asked(same) == [("Sheet1!B3:total_investment", None)]
    assert [one.what for one in same.steps[0].fields] == ["same", "open"]
    take(town, planned(town, *rows, answers={question.id: "新建"}))
    assert {r["name"]: r["total_investment"] for r in town.rows("project")} == {
        LONG: 1_100_000,
        SHORT: 1_200_000,
    }


# Units --------------------------------------------------------------------------------------------

OWNED = ["项目名称", "总投资（万元）", "责任单位"]


def test_one_name_in_two_units_are_two_projects(district: Book) -> None:
    rows = (OWNED, ["道路硬化", 38, "空冢郭镇政府"], ["道路硬化", 22, "问十乡"])
    found = planned(district, *rows)
    assert found.questions == ()
    take(district, found)
    assert sorted(r["total_investment"] for r in district.rows("project")) == [220_000, 380_000]
    again = planned(district, OWNED, ["道路硬化", 40, "空冢郭乡"], ["道路硬化", 20, "问十乡"])
    assert again.questions == ()
    take(district, again)
    assert sorted(r["total_investment"] for r in district.rows("project")) == [200_000, 400_000]
    (question,) = planned(district, BARE, ["道路硬化", 50]).questions
    assert "请答其中一个：道路硬化（空冢郭镇）、道路硬化（问十乡）" in question.question
    chosen = planned(district, BARE, ["道路硬化", 50], answers={question.id: "道路硬化（问十乡）"})
    take(district, chosen)
    assert sorted(r["total_investment"] for r in district.rows("project")) == [400_000, 500_000]


def test_a_problem_of_a_name_in_two_units_is_asked_about(district: Book) -> None:
    sheets = (
        sheet(OWNED, ["道路硬化", 38, "空冢郭镇"], ["道路硬化", 22, "问十乡"], name="项目"),
        sheet(ITEMS, ["道路硬化", "缺料", "调运", None], name="问题"),
    )
    (question,) = planned_of(district, *sheets).questions
    assert "本工作簿中有 2 个同名项目" in question.question
    found = planned_of(district, *sheets, answers={question.id: "道路硬化（问十乡）"})
    take(district, found)
    (problem,) = district.rows("problem")
    (owner,) = {r["unit"] for r in district.rows("project") if r["record"] == problem["project"]}
    assert [u["name"] for u in district.rows("unit") if u["record"] == owner] == ["问十乡"]


def test_a_name_of_the_book_in_another_unit_is_asked_about(district: Book) -> None:
    take(district, planned(district, OWNED, ["道路硬化", 38, "空冢郭镇"]))
    rows = (OWNED, ["道路硬化", 22, "问十乡"])
    found = planned(district, *rows)
    (question,) = found.questions
    assert "属于空冢郭镇，工作簿写的是问十乡" in question.question
    assert found.steps == ()
    take(district, planned(district, *rows, answers={question.id: "新建"}))
    assert [r["name"] for r in district.rows("project")] == ["道路硬化"] * 2
    assert len({r["unit"] for r in district.rows("project")}) == 2
    assert planned(district, *rows).questions == ()


def test_the_units_name_in_front_is_no_other_project(town: Book) -> None:
    take(town, planned(town, BARE, ["产业园二期", 100]))
    (question,) = planned(town, BARE, ["空冢郭镇产业园二期", 110]).questions
    assert question.value == "产业园二期"
    assert planned(town, BARE, ["空冢郭镇产业园三期", 110]).questions == ()
    assert units(town) == {"产业园二期": "空冢郭镇"}


def test_an_answer_that_names_no_project_is_refused(town: Book) -> None:
    sheets = (
        sheet(BARE, [LONG, 100], name="项目"),
        sheet(ITEMS, [SHORT, "用地", "盯办", None], name="问题"),
    )
    with pytest.raises(AnswerNotUnderstood):
        planned_of(town, *sheets, answers={"问题!A2:match": "没有的项目"})
    none = planned_of(town, *sheets, answers={"问题!A2:match": None})
    assert steps(none) == [("project", LONG)]
