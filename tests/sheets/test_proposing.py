"""Whole tables proposed: what becomes a record, what a question, what is set aside and said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.proposing import propose
from desktop.sheets.workbook.refusals import AnswerNotUnderstood
from tests.sheets.making import book_of, investment, proposed, sheet
from tests.sheets.tables.test_finding import grids

HEAD = ["序号", "项目名称", "总投资", "年度计划投资"]
UNIT = ["单位：万元"]


def values(found: Proposal) -> list[dict[str, Any]]:
    return [
        {name: value for name, value in record.values.items() if value is not None}
        for record in found.projects
    ]


def test_sections_give_level_category_state_and_unit() -> None:
    found = proposed(
        UNIT,
        HEAD,
        ["一、省重点项目（2个）"],
        ["（一）工业类"],
        [1, "甲项目", 10, 1],
        ["（二）交通类"],
        [2, "乙项目", 10, 1],
        ["二、续建项目"],
        [3, "丙项目", 10, 1],
        ["三、空冢郭镇（1个）"],
        [4, "丁项目", 10, 1],
        ["四、其他（1个）"],
        [5, "戊项目", 10, 1],
    )
    said = [
        {k: v for k, v in one.items() if k not in ("total_investment", "annual_plan", "name")}
        for one in values(found)
    ]
    assert said == [
        {"level": "省", "categories": ["工业"]},
        {"level": "省", "categories": ["交通"]},
        {"state": "在建"},
        {"responsible_unit": "空冢郭镇"},
        {},
    ]
    assert "没有对应的栏目" in found.skipped[-1].reason
    assert found.projects[1].cell("level") == "A3"


def test_a_column_wins_over_the_section() -> None:
    found = proposed(
        UNIT,
        [*HEAD, "项目级别"],
        ["一、省重点项目"],
        [1, "甲", 10, 1, "市"],
        [2, "乙", 10, 1, None],
    )
    assert [one["level"] for one in values(found)] == ["市", "省"]


def test_a_project_is_proposed_when_anything_is_said_of_it() -> None:
    found = proposed(UNIT, HEAD, [1, "甲项目", 10, 1], [2, "乙项目", None, "/"])
    assert [record.label for record in found.projects] == ["甲项目"]
    assert [(one.row, "只有项目名称" in one.reason) for one in found.skipped] == [(4, True)]


def test_a_row_without_a_name_is_said() -> None:
    found = proposed(UNIT, HEAD, [1, "甲项目", 10, 1], [2, None, 20, 2])
    assert len(found.projects) == 1
    assert "B4 没有项目名称" in found.skipped[0].reason


def test_a_project_over_several_merged_rows_has_its_problems_as_items() -> None:
    found = proposed(
        UNIT,
        ["序号", "项目名称", "总投资", "形象进度", "存在问题", "责任单位", "完成时限"],
        [1, "甲项目", 10, "基础", "缺地", "区自然资源局", "2023年4月底"],
        [None, None, None, None, "缺电", "供电公司", "2023.4.15"],
        [2, "乙项目", 20, "主体", "无", "某镇", None],
        merges=["A3:A4", "B3:B4", "C3:C4", "D3:D4"],
    )
    said = [
        (one.values["project"], one.values["problem"], one.values["due"]) for one in found.items
    ]
    assert said == [
        ("甲项目", "缺地", "2023-04-30"),
        ("甲项目", "缺电", "2023-04-15"),
    ]
    assert [one.values["responsible_unit"] for one in found.items] == ["区自然资源局", "供电公司"]
    assert [one["name"] for one in values(found)] == ["甲项目", "乙项目"]
    assert "problems" not in values(found)[0]
    assert found.items[1].origin("problem") == "Sheet1!E4"
    assert found.items[1].origin("project") == "Sheet1!B3"


def test_the_lines_of_one_project_are_joined_or_said() -> None:
    found = proposed(
        UNIT,
        ["序号", "项目名称", "总投资", "形象进度"],
        [1, "甲项目", 10, "一期封顶"],
        [None, None, 5, "二期基础"],
    )
    assert values(found) == [
        {"name": "甲项目", "total_investment": 100_000, "physical_progress": "一期封顶\n二期基础"}
    ]
    assert "总投资“50000”没有读入" in found.skipped[0].reason


def test_cells_merged_over_several_projects_hold_for_all_of_them() -> None:
    found = proposed(
        UNIT,
        [*HEAD, "责任单位"],
        [1, "甲", 10, 1, "某镇"],
        [2, "乙", 20, 2, None],
        merges=["E3:E4"],
    )
    assert [one["responsible_unit"] for one in values(found)] == ["某镇", "某镇"]
    assert found.projects[1].cell("responsible_unit") == "E3"


def test_items_come_from_tables_with_one_row_per_problem() -> None:
    found = proposed(
        ["问题清单（2023年第9周）"],
        ["序号", "项目名称", "总投资（万元）", "存在问题", "整改措施", "完成时限"],
        [1, "甲项目", 100, "缺地", "报批", "3月底"],
        [2, None, None, "缺电", None, "待定"],
        [3, "乙项目", None, "无", "/", None],
    )
    assert [(one.values["project"], one.values["problem"]) for one in found.items] == [
        ("甲项目", "缺地"),
        ("甲项目", "缺电"),
    ]
    assert values(found) == [{"name": "甲项目", "total_investment": 1_000_000}]
    assert [note.cell for note in found.notes] == ["B4"]
    assert [(q.id, q.record) for q in found.questions] == [("Sheet1!F4:due", "缺电")]
    assert found.skipped[0].row == 5
    assert found.to_json()["items"][0]["due"] == "2023-03-31"


def test_other_lists_stand_beside_the_problems() -> None:
    found = proposed(["项目名称", "节点名称", "计划完成时间"], ["甲项目", "主体封顶", "2023年6月"])
    assert found.to_json()["items"] == []
    (milestone,) = found.to_json()["lists"]["milestone"]
    assert (milestone["name"], milestone["due"]) == ("主体封顶", "2023-06-30")


@pytest.mark.parametrize(
    ("rows", "yuan"),
    [
        ([["项目名称", "总投资（亿元）"], ["甲", 1.5]], 150_000_000),
        ([["金额单位：元"], ["项目名称", "总投资"], ["甲", 1_500_000.0]], 1_500_000),
        ([["项目名称", "总投资"], ["甲", "1.5亿元"]], 150_000_000),
        ([["项目名称", "总投资"], ["甲", 150], [], ["单位：亿元"]], 15_000_000_000),
        ([["项目名称", "总投资", "年度计划投资（万元）"], ["甲", 150, 100]], 1_500_000),
        ([["项目名称", "总投资", "年度计划投资"], ["甲", 150, "100万元"]], 1_500_000),
    ],
)
def test_money_takes_its_unit_from_cell_heading_title_or_the_other_money(
    rows: list[list[Any]], yuan: int
) -> None:
    found = proposed(*rows)
    assert found.projects[0].values["total_investment"] == yuan
    assert found.questions == ()


def test_money_without_any_unit_is_in_wan_and_asked_about_once() -> None:
    rows: list[list[Any]] = [
        ["项目名称", "总投资", "年度计划投资"],
        ["甲", 5000, 2000],
        ["乙", 6000, 3000],
    ]
    found = proposed(*rows)
    (question,) = found.questions
    assert (question.id, question.value, question.record) == ("Sheet1!B1:money_unit", "万元", None)
    assert found.projects[0].values["total_investment"] == 50_000_000
    assert all(len(record.open) == 2 for record in found.projects)
    answered = proposed(*rows, answers={question.id: "亿元"})
    assert answered.questions == ()
    assert answered.projects[0].values["total_investment"] == 500_000_000_000
    assert answered.projects[0].open == {}
    with pytest.raises(AnswerNotUnderstood):
        proposed(*rows, answers={question.id: "美元"})


def test_a_unit_line_holds_for_the_tables_below_it() -> None:
    found = proposed(["单位：亿元"], HEAD, [1, "甲", 1, 1], [], ["表二"], HEAD, [1, "乙", 2, 1])
    assert [one["total_investment"] for one in values(found)] == [10**8, 2 * 10**8]


def test_a_unit_that_cannot_be_is_asked_about() -> None:
    found = proposed(["单位：亿元"], HEAD, [1, "甲", 52000, 18000], [2, "乙", 86000, 31500])
    assert [question.field for question in found.questions] == ["money_unit"]
    assert "不合常理" in found.questions[0].question


def test_a_cell_that_cannot_be_read_is_asked_about_and_answered() -> None:
    rows: tuple[list[Any], ...] = (
        UNIT,
        [*HEAD, "开工时间"],
        [1, "甲", "待定", 10, "3月前"],
        [2, "乙", 20, 10, "2023.5"],
    )
    found = proposed(*rows)
    assert [(q.id, q.record, q.text, q.value) for q in found.questions] == [
        ("Sheet1!C3:total_investment", "甲", "待定", None),
        ("Sheet1!E3:planned_start", "甲", "3月前", None),
    ]
    assert found.projects[0].open == {
        "total_investment": "Sheet1!C3:total_investment",
        "planned_start": "Sheet1!E3:planned_start",
    }
    answers = {"Sheet1!C3:total_investment": "1.2亿元", "Sheet1!E3:planned_start": None}
    answered = proposed(*rows, answers=answers)
    assert answered.questions == ()
    assert answered.projects[0].values["total_investment"] == 120_000_000
    assert answered.projects[0].values["planned_start"] is None
    assert answered.projects[0].open == {}
    with pytest.raises(AnswerNotUnderstood):
        proposed(*rows, answers={"Sheet1!C3:total_investment": "不清楚"})
    with pytest.raises(AnswerNotUnderstood):
        proposed(*rows, answers={"Sheet1!C3:total_investment": -5})


def test_any_value_may_be_corrected_and_unused_answers_are_known() -> None:
    answers = Answers({"Sheet1!C3:total_investment": 70_000, "Sheet1!Z9:total_investment": 1})
    workbook = book_of(sheet(UNIT, HEAD, [1, "甲", 5, 1]))
    found = propose(workbook, investment(), answers)
    assert found.projects[0].values["total_investment"] == 70_000
    assert set(answers.given) - answers.used == {"Sheet1!Z9:total_investment"}


def test_a_doubtful_column_is_asked_about_and_the_answer_counts() -> None:
    rows: tuple[list[Any], ...] = (UNIT, ["项目名称", "政府总投资"], ["甲", 10], ["乙", 20])
    found = proposed(*rows)
    (question,) = found.questions
    assert (question.id, question.value) == ("Sheet1!B2:total_investment", "total_investment")
    assert found.projects[0].open == {"total_investment": question.id}
    assert proposed(*rows, answers={question.id: True}).projects[0].open == {}
    other = proposed(*rows, answers={question.id: "annual_plan"})
    assert other.projects[0].values["annual_plan"] == 100_000
    none = proposed(*rows, answers={question.id: None})
    assert [dict(one.values) for one in none.projects] == [{"name": "甲"}, {"name": "乙"}]
    assert [one.heading for one in none.unmapped] == ["政府总投资"]
    with pytest.raises(AnswerNotUnderstood):
        proposed(*rows, answers={question.id: "没有的栏目"})


def test_unknown_columns_are_listed_with_a_sample() -> None:
    found = proposed(
        UNIT,
        [*HEAD, "能耗指标", None],
        [1, "甲", 10, 1, None, "无头"],
        [2, "乙", 10, 1, "3吨", None],
    )
    assert [(one.column, one.heading, one.sample) for one in found.unmapped] == [
        ("E", "能耗指标", "3吨"),
        ("F", "", "无头"),
    ]


def test_a_rate_is_compared_and_not_stored() -> None:
    head = ["项目名称", "年度计划投资", "本年累计完成投资", "占年度计划%"]
    found = proposed(
        UNIT,
        head,
        ["甲", 18000, 2980, "16.6%"],
        ["乙", 18000, 2980, 16.6],
        ["丙", 18000, 2980, 0.16555],
        ["丁", 18000, 2980, "17%"],
        ["戊", 18000, 2980, "18%"],
        ["己", 0, 0, "0.0%"],
        ["庚", 18000, 2980, None],
    )
    assert [(q.id, q.record, q.value) for q in found.questions] == [
        ("Sheet1!D7:completion_rate", "戊", 0.1656)
    ]
    assert "completion_rate" not in found.projects[0].values
    assert [one.reason for one in found.columns if one.heading == "占年度计划%"] == [
        "由两项金额算得，只核对，不入账"
    ]


def test_a_total_that_is_not_the_sum_is_noted() -> None:
    found = proposed(UNIT, HEAD, [1, "甲", 10, 1], [2, "乙", 20, 2], [None, "合计", 31, 3])
    assert [(note.cell, "相加是 30 万元" in note.text) for note in found.notes] == [("C5", True)]


def test_errors_and_uncomputed_formulas_in_cells_are_asked_about() -> None:
    found = proposed(
        UNIT,
        HEAD,
        [1, "甲", "", 1],
        [2, "乙", 20, ""],
        faults=frozenset({(2, 2)}),
        uncomputed=frozenset({(3, 3)}),
    )
    assert [(q.id, q.question[:8]) for q in found.questions] == [
        ("Sheet1!C3:total_investment", "单元格是表格的出"),
        ("Sheet1!D4:annual_plan", "单元格是没有计算"),
    ]


def test_hidden_rows_columns_and_sheets_are_read_and_said() -> None:
    found = proposed(
        UNIT,
        HEAD,
        [1, "甲", 10, 1],
        hidden=True,
        hidden_rows=frozenset({2, 50}),
        hidden_columns=frozenset({3}),
    )
    assert len(found.projects) == 1
    assert [note.text for note in found.notes] == [
        "这张工作表是隐藏的，已照常读入",
        "隐藏的行（3）已照常读入",
        "隐藏的列（D）已照常读入",
    ]


def test_several_sheets_and_what_they_say_together() -> None:
    found = propose(
        book_of(
            sheet(["某镇2023年重点项目进展（第9周）"], UNIT, HEAD, [1, "甲", 10, 1], name="一"),
            sheet(["说明"], ["请按时报送。"], name="二"),
            sheet(["指标", "数"], ["产量", 5], name="三"),
            name="周报.xlsx",
        ),
        investment(),
    )
    assert (found.week, found.year, str(found.period)) == (9, 2023, "2023-W09")
    assert [(one.sheet, one.reason[:8]) for one in found.skipped] == [
        ("二", "没有找到表格"),
        ("二", "表格之外的文字："),
        ("二", "表格之外的文字："),
        ("三", "没有项目名称一栏"),
    ]


def test_week_and_year_from_the_file_name() -> None:
    found = proposed(UNIT, HEAD, [1, "甲", 10, 1], name="空冢郭镇2023年第12周.xlsx")
    assert str(found.period) == "2023-W12"
    assert proposed(["填报时间：2023年3月3日"], UNIT, HEAD, [1, "甲", 10, 1]).filled_on == date(
        2023, 3, 3
    )


def test_a_week_that_does_not_exist_is_none() -> None:
    assert proposed(["2023年第53周台账"], UNIT, HEAD, [1, "甲", 10, 1]).period is None


def test_names_keep_their_numbers_and_lose_running_ones() -> None:
    found = proposed(
        UNIT,
        ["项目名称", "总投资"],
        ["1.甲项目", 10],
        ["（2）乙项目", 10],
        ["1.5万吨水厂项目", 10],
        ["3D打印项目", 10],
    )
    assert [one["name"] for one in values(found)] == [
        "甲项目",
        "乙项目",
        "1.5万吨水厂项目",
        "3D打印项目",
    ]


def test_cards_are_projects_too() -> None:
    found = proposed(
        ["项目基本情况表"],
        ["项目名称", "甲项目", "项目代码", "2108-411102-04-01-583920"],
        ["总投资", "52000万元", "年度计划投资", "18000"],
        ["建设地点", "某镇", "开工时间", "2021年8月"],
        ["特别栏", "某某", None, None],
    )
    assert values(found) == [
        {
            "name": "甲项目",
            "code": "2108-411102-04-01-583920",
            "total_investment": 520_000_000,
            "annual_plan": 180_000_000,
            "place": "某镇",
            "planned_start": "2021-08-01",
        }
    ]
    assert found.projects[0].cell("planned_start") == "D4"
    assert [one.heading for one in found.unmapped] == ["特别栏"]


@given(grids())
def test_no_grid_is_too_strange(given_: Any) -> None:
    import json

    found = propose(book_of(given_), investment(), year=2023)
    json.dumps(found.to_json(), ensure_ascii=False, allow_nan=False)
    for question in found.questions:
        assert question.id.startswith("Sheet1!")
