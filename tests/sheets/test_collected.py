"""Tables as villages, forms and earlier colleagues send them, each once read wrongly."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sheets.making import proposed

UNIT = ["单位：万元"]


def test_a_row_that_begins_with_a_time_is_no_signature() -> None:
    found = proposed(
        ["提交时间", "填写人", "项目名称", "总投资（万元）", "形象进度"],
        ["2023/3/23 10:12", "胡军", "甲项目", 100, "基础"],
        ["2023/3/24 9:12", "王军", "乙项目", 200, "基础"],
    )
    assert [one.label for one in found.projects] == ["甲项目", "乙项目"]
    assert found.skipped == ()


@pytest.mark.parametrize(
    "heading",
    [
        "2.总投资（万元）（必填）",
        "（2）总投资（万元）",
        "二、总投资（万元）*",
        "总投资（万元）(选填)",
    ],
)
def test_what_a_questionnaire_puts_around_a_heading_is_no_part_of_it(heading: str) -> None:
    found = proposed(["1.项目名称（必填）", heading], ["甲项目", 100])
    assert found.questions == ()
    assert [one.values["total_investment"] for one in found.projects] == [1_000_000]


def test_a_table_of_plain_words_is_no_card() -> None:
    """选址 in a row is a value of its table, though it is a label elsewhere."""
    found = proposed(
        ["项  目", "业主\n（公司）", "投资\n规模", "今年\n任务", "开工\n没有", "谁管"],
        ["建材市场改造", "鑫源公司", 3200, 1000, "开了", "小陈"],
        ["养殖场粪污处理", "惠农公司", 800, 300, "选址", "小王"],
    )
    assert "业主（公司）" not in {one.label for one in found.projects}
    assert [one.label for one in found.projects] == ["建材市场改造", "养殖场粪污处理"]


@pytest.mark.parametrize("line", ["单位：公里、万元", "注：投资单位为万元。"])
def test_one_of_several_units_and_one_in_a_note_are_stated(line: str) -> None:
    rows: list[list[Any]] = [["项目名称", "总投资"], ["甲项目", 100], ["乙项目", 300]]
    above = proposed([line], *rows)
    below = proposed(*rows, [line])
    assert (above.questions, below.questions) == ((), ())


def test_a_column_of_yes_and_no_is_no_date() -> None:
    found = proposed(UNIT, ["项目名称", "总投资", "开工"], ["甲", 1, "是"], ["乙", 2, "否"])
    assert all(one.values.get("planned_start") is None for one in found.projects)
    assert not [one for one in found.questions if one.record is not None]


def test_numbers_are_no_names() -> None:
    found = proposed(
        ["工程节点倒排工期表"],
        ["项目名称", "节点", "工作内容", "计划完成时间"],
        ["甲项目", 1, "基础", "2023-05-01"],
        ["甲项目", 2, "主体", "2023-08-01"],
    )
    assert not {"1", "2"} & {str(one.values.get("name")) for one in found.items if not one.open}


def test_a_total_may_say_so_in_other_words() -> None:
    found = proposed(
        UNIT,
        ["项目名称", "总投资"],
        ["甲项目", 1],
        ["乙项目", 2],
        ["以上共2个", 3],
        ["以上合计", 3],
    )
    assert [one.label for one in found.projects] == ["甲项目", "乙项目"]
    assert len(found.skipped) == 2


def test_signatures_over_several_cells_are_no_row() -> None:
    found = proposed(
        UNIT, ["项目名称", "总投资", "备注"], ["甲项目", 1, ""], ["制表：", "审核：", "领导："]
    )
    assert [one.label for one in found.projects] == ["甲项目"]


@pytest.mark.parametrize(("said", "yuan"), [("是", 10_000), ("亿", 10**8), (True, 10_000)])
def test_a_question_is_answered_as_people_answer(said: Any, yuan: int) -> None:
    rows = (["项目名称", "总投资"], ["甲项目", 1])
    found = proposed(*rows, answers={"Sheet1!B1:money_unit": said})
    assert [one.values["total_investment"] for one in found.projects] == [yuan]


def test_what_differs_from_row_to_row_is_no_property_of_the_project() -> None:
    found = proposed(
        ["问题清单"],
        ["项目名称", "总投资（万元）", "存在问题", "整改措施", "配合单位"],
        ["甲项目", 100, "用电", "架线", "供电公司"],
        ["甲项目", 100, "用水", "接管", "自来水公司"],
    )
    (project,) = found.projects
    assert project.values["total_investment"] == 1_000_000
    assert "cooperating_units" not in project.values
    assert [note.cell for note in found.notes if "各行" in note.text] == ["E4"]


def test_a_project_without_a_problem_is_still_a_project() -> None:
    found = proposed(
        ["问题清单"],
        ["项目名称", "总投资（万元）", "存在问题", "整改措施", "完成时限"],
        ["甲项目", 100, "用电", "架线", "2023-05-01"],
        ["乙项目", 300, "", "", ""],
    )
    assert [(one.label, one.values["total_investment"]) for one in found.projects] == [
        ("甲项目", 1_000_000),
        ("乙项目", 3_000_000),
    ]
    assert len(found.items) == 1


YEARS = ["项目名称", "总投资", "2023年计划投资", "2024年计划投资"]


def test_of_two_years_none_is_taken_unasked() -> None:
    found = proposed(UNIT, YEARS, ["甲项目", 100, 30, 40])
    assert [one.cell for one in found.questions] == ["D2"]
    (project,) = found.projects
    assert "annual_plan" in project.open
    told = proposed(UNIT, YEARS, ["甲项目", 100, 30, 40], year=2023)
    assert (told.questions, told.projects[0].values["annual_plan"]) == ((), 300_000)


def test_a_title_of_two_years_is_of_neither() -> None:
    head = ["项目名称", "总投资", "2022年完成投资", "2023年完成投资"]
    found = proposed(["2022年、2023年投资情况"], UNIT, head, ["甲项目", 100, 30, 40])
    held = [one for one in found.projects if "completed_year" in one.values]
    assert all("completed_year" in one.open for one in held)


def test_a_sum_a_thousand_times_the_others_is_remarked_upon() -> None:
    head = ["项目名称", "总投资（万元）"]
    found = proposed(head, ["甲", 32000], ["乙", 58000000], ["丙", 45000], ["丁", 3.2])
    assert [one.cell for one in found.notes if "一千倍" in one.text] == ["B3", "B5"]
    fine = proposed(head, ["甲", 32000], ["乙", 580000], ["丙", 45000], ["丁", 300])
    assert fine.notes == ()


def test_one_word_that_is_no_choice_is_asked_about_once() -> None:
    rows = [["项目" + name, "备案"] for name in "甲乙丙"] + [["项目丁", "工业"]]
    found = proposed(["项目名称", "项目类别"], *rows)
    (question,) = found.questions
    assert "共 3 行" in question.question
    assert [bool(one.open) for one in found.projects] == [True, True, True, False]
    told = proposed(["项目名称", "项目类别"], *rows, answers={question.id: "交通"})
    assert [one.values["categories"] for one in told.projects] == [["交通"]] * 3 + [["工业"]]
