"""Tables as villages, forms and earlier colleagues send them, each once read wrongly."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.sheets.proposals.proposal import Proposal
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


def test_a_sum_that_no_county_has_is_asked_about() -> None:
    head = ["项目名称", "总投资（万元）"]
    found = proposed(head, ["甲", 32000], ["乙", 58000000], ["丙", 45000], ["丁", 3.2])
    assert [one.cell for one in found.questions] == ["B3", "B5"]
    assert all("一千倍" in one.question for one in found.questions)
    assert [bool(one.open) for one in found.projects] == [False, True, False, True]
    fine = proposed(head, ["甲", 32000], ["乙", 580000], ["丙", 45000], ["丁", 300])
    assert (fine.notes, fine.questions) == ((), ())


def test_a_sum_that_few_projects_have_is_remarked_upon() -> None:
    found = proposed(["项目名称", "总投资（万元）"], ["甲", 300], ["乙", 1_500_000], ["丙", 500])
    assert [one.cell for one in found.notes if "一千倍" in one.text] == ["B3"]
    assert found.questions == ()


def test_one_word_that_is_no_choice_is_asked_about_once() -> None:
    rows = [["项目" + name, "备案"] for name in "甲乙丙"] + [["项目丁", "工业"]]
    found = proposed(["项目名称", "项目类别"], *rows)
    (question,) = found.questions
    assert "共 3 行" in question.question
    assert [bool(one.open) for one in found.projects] == [True, True, True, False]
    told = proposed(["项目名称", "项目类别"], *rows, answers={question.id: "交通"})
    assert [one.values["categories"] for one in told.projects] == [["交通"]] * 3 + [["工业"]]


def _kinds(found: Proposal) -> set[str]:
    return {one.register for one in found.items}


def test_projects_without_problems_are_no_list_of_problems() -> None:
    found = proposed(
        ["项目名称", "目前进展", "需要解决的问题", "完成时间"],
        ["甲项目", "主体", "用电", "2023-05-01"],
        ["乙项目", "基础", "", ""],
    )
    assert found.items == ()
    assert [one.values["physical_progress"] for one in found.projects] == ["主体", "基础"]
    filled = proposed(
        ["项目名称", "目前进展", "存在问题", "完成时间"],
        ["甲项目", "主体", "用电", "2023-05-01"],
        ["乙项目", "基础", "用水", "2023-06-01"],
    )
    assert filled.items == ()
    listed = proposed(
        ["项目名称", "存在问题", "整改措施", "目前进展", "完成时间"],
        ["甲项目", "用电", "架线", "主体", "2023-05-01"],
        ["乙项目", "用水", "接管", "基础", "2023-06-01"],
    )
    assert _kinds(listed) == {"problem"}


def test_the_time_of_a_permit_is_no_time_limit() -> None:
    found = proposed(
        ["项目名称", "总投资（万元）", "规划许可", "", "需要解决的问题", "责任单位"],
        ["", "", "是否办理", "办理时间", "", ""],
        ["甲项目", 9800, "是", "2022-11-03", "施工许可证未办", "区住建局"],
        merges=["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"],
    )
    assert not [one for one in (*found.items, *found.projects) if one.values.get("due")]
    assert "规划许可/办理时间" in {one.heading for one in found.unmapped}


STOPPED = (
    ["停缓建项目排查表"],
    ["项目名称", "建设单位", "总投资（万元）", "停工时间", "停工原因", "责任单位", "备注"],
    ["汽配城", "汽配商贸", 18000, "2021年6月", "资金链断裂", "空冢郭镇", "法院查封"],
)


def test_stopped_projects_stand_in_their_register() -> None:
    found = proposed(*STOPPED)
    (item,), (project,) = found.items, found.projects
    assert (item.register, item.values["project"]) == ("stopped", "汽配城")
    assert (item.values["since"], item.values["reason"]) == ("2021-06-01", "资金链断裂")
    assert project.values["total_investment"] == 180_000_000
    assert (project.values["responsible_unit"], project.values["remark"]) == (
        "空冢郭镇",
        "法院查封",
    )


def test_what_stands_beside_a_stop_is_its_own_where_nothing_is_said_of_the_project() -> None:
    found = proposed(
        ["停工项目清单"],
        ["项目名称", "停工时间", "停工原因", "责任单位", "备注"],
        ["汽配城", "2021年6月", "资金链断裂", "空冢郭镇", "法院查封"],
    )
    (item,) = found.items
    assert (item.values["responsible_unit"], item.values["remark"]) == ("空冢郭镇", "法院查封")
    assert found.projects == ()


@pytest.mark.parametrize("cells", [("是", "否"), (True, False), ("√", "×")])
def test_yes_and_no_are_no_states_of_a_project(cells: tuple[Any, Any]) -> None:
    found = proposed(
        UNIT,
        ["项目名称", "总投资", "项目状态"],
        ["甲项目", 100, cells[0]],
        ["乙项目", 200, cells[1]],
    )
    assert [one.cell for one in found.questions] == ["C2"]
    assert all("state" in one.open and not one.values.get("state") for one in found.projects)


def test_stopped_or_put_off_is_stopped() -> None:
    head = ["项目名称", "总投资", "项目状态"]
    found = proposed(UNIT, head, ["甲项目", 100, "停工/缓建"], ["乙项目", 200, "在建"])
    assert [one.values["state"] for one in found.projects] == ["停工", "在建"]


@pytest.mark.parametrize("said", ["改扩建", "迁建"])
def test_no_choice_is_put_into_another(said: str) -> None:
    found = proposed(
        UNIT, ["项目名称", "总投资", "建设性质"], ["甲项目", 100, said], ["乙项目", 200, "新建"]
    )
    assert [one.field for one in found.questions] == ["nature"]
    assert not found.projects[0].values.get("nature")


@pytest.mark.parametrize(
    "heading",
    ["社会投资", "政府性投资", "政府投资", "建筑安装工程", "其中：建安工程", "建安投资"],
)
def test_money_of_more_than_one_field_is_given_to_none(heading: str) -> None:
    found = proposed(
        ["2023年3月月报"],
        UNIT,
        ["项目名称", "总投资", "本月完成投资", heading],
        ["甲项目", 100, 20, 30],
    )
    (project,) = found.projects
    read = {name for name, value in project.values.items() if value == 300_000}
    asked = {one.field for one in found.questions if one.record is None}
    assert read <= asked
    assert asked or heading in {one.heading for one in found.unmapped}


def test_the_statisticians_words_for_the_sum_since_the_start() -> None:
    head = ["项目名称", "自开始建设至本年底累计完成投资", "本年完成投资"]
    found = proposed(["2023年2月固定资产投资"], UNIT, head, ["甲项目", 1725, 525])
    assert found.projects[0].values["completed_total"] == 17_250_000
    head[1] = "自开始建设至上年底累计完成投资"
    before = proposed(["2023年2月固定资产投资"], UNIT, head, ["甲项目", 1725, 525])
    assert before.projects[0].values.get("completed_total") is None


def test_money_asked_of_the_centre_is_the_centres() -> None:
    found = proposed(UNIT, ["项目名称", "总投资", "拟申请中央预算内资金"], ["甲项目", 6200, 3700])
    assert found.projects[0].values["funds_central"] == 37_000_000
    assert found.questions == ()
    given = proposed(UNIT, ["项目名称", "总投资", "中央预算内资金到位"], ["甲项目", 6200, 3700])
    assert given.projects[0].values.get("funds_central") is None


@pytest.mark.parametrize("heading", ["项目名称及业主", "项目名称和建设单位", "项目名称、业主"])
def test_a_name_with_more_is_asked_about(heading: str) -> None:
    found = proposed(
        ["序号", heading, "项目概况", "进度"], [1, "甲项目（鑫源公司）", "车间", "封顶"]
    )
    assert [one.field for one in found.questions] == ["name"]
    assert [one.label for one in found.projects] == ["甲项目（鑫源公司）"]


def test_a_mark_before_a_name_is_no_part_of_it() -> None:
    found = proposed(UNIT, ["项目名称", "总投资"], ["★甲项目", 100], ["乙项目", 200])
    assert [one.label for one in found.projects] == ["甲项目", "乙项目"]
    assert [note.cell for note in found.notes] == ["A3"]


def test_how_long_it_takes_is_no_date() -> None:
    found = proposed(
        UNIT,
        ["项目名称", "总投资", "计划开工日期"],
        ["甲项目", 100, "6个月"],
        ["乙", 1, "2023-5-1"],
    )
    (question,) = found.questions
    assert "长短" in question.question
    left = proposed(
        UNIT,
        ["项目名称", "总投资", "计划开工日期"],
        ["甲项目", 100, "6个月"],
        ["乙", 1, "2023-5-1"],
        answers={question.id: "是"},
    )
    assert (left.projects[0].open, left.projects[0].values["planned_start"]) == ({}, None)


def test_a_wrong_check_digit_is_remarked_upon() -> None:
    head = ["项目名称", "总投资", "统一社会信用代码"]
    found = proposed(UNIT, head, ["甲项目", 100, "91411102MA44XU8A1T"])
    assert ["校验位" in one.text for one in found.notes] == [True]


@pytest.mark.parametrize("heading", ["总投资上限", "累计完成投资红线", "本月完成投资口径"])
def test_a_sum_with_another_ending_is_asked_about(heading: str) -> None:
    found = proposed(UNIT, ["项目名称", heading, "形象进度"], ["甲项目", 100, "主体"])
    assert [one.cell for one in found.questions if one.record is None] == ["B2"]


def test_a_list_of_those_who_serve_names_them() -> None:
    found = proposed(
        ["重点项目首席服务员一览表"],
        ["项目名称", "首席服务员姓名", "单位及职务", "联系电话"],
        ["甲项目", "钟伟", "区发改委副主任", "13603950010"],
    )
    assert [one.values["person"] for one in found.items] == ["钟伟"]
    assert found.skipped == ()
