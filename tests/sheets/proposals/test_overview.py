"""Where tables stand and how each column was understood; and what a person says of a column."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.overview import ColumnSeen, TableSeen
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.proposing import propose
from desktop.sheets.workbook.grid import Area
from desktop.sheets.workbook.refusals import AnswerNotUnderstood
from tests.sheets.making import book_of, investment, sheet

TITLE = ["大刘镇重点项目进展情况表（单位：万元）"]
HEADING = ["序号", "项目名称", "总投资", "本周完成投资", "暗号栏"]
ROWS = [[1, "标准化厂房", 12000, 100, "甲"], [2, "冷链物流园", 800, 50, "乙"]]
TOTAL = ["", "合计", 12800, 150, ""]


def read(*rows: Any, answers: dict[str, Any] | None = None, **marks: Any) -> Proposal:
    workbook = book_of(sheet(*rows, **marks))
    return propose(workbook, investment(), Answers(answers or {}), year=2023)


def plain(answers: dict[str, Any] | None = None) -> Proposal:
    return read(TITLE, HEADING, *ROWS, TOTAL, answers=answers)


def fields(table: TableSeen) -> list[tuple[str, ...]]:
    return [column.fields for column in table.columns]


def column(table: TableSeen, heading: str) -> ColumnSeen:
    return next(one for one in table.columns if one.heading == heading)


def test_a_table_is_outlined_with_its_heading_and_total() -> None:
    (table,) = plain().tables
    assert table.area == Area(1, 0, 4, 4)
    assert table.header == (1, 1)
    assert (table.card, table.kind) == (False, "project")
    assert fields(table) == [(), ("name",), ("total_investment",), ("completed_week",), ()]
    assert [one.what for one in table.columns] == ["sequence", "field", "field", "field", ""]
    assert table.columns[2].homes == ("project",)
    assert table.columns[3].homes == ("weekly",)


def test_amounts_have_their_unit_and_nothing_else_has() -> None:
    (table,) = plain().tables
    assert [one.unit for one in table.columns] == ["", "", "万元", "万元", ""]


def test_a_column_is_found_by_where_it_stands() -> None:
    rows = [["序号", "项目名称", None, "总投资（万元）"], [1, "标准化厂房", None, 12000]]
    (table,) = read(*rows, merges=["B1:C1"]).tables
    assert [table.column_at(at).heading for at in range(4)] == [  # type: ignore[union-attr]
        "序号",
        "项目名称",
        "项目名称",
        "总投资（万元）",
    ]
    assert table.column_at(9) is None


def test_a_question_about_the_unit_names_its_columns() -> None:
    (table,) = read(HEADING, *ROWS).tables
    assert column(table, "总投资").question == "Sheet1!C1:money_unit"
    assert column(table, "项目名称").question == ""


def test_several_tables_and_one_that_is_not_about_projects() -> None:
    people = [["姓名", "年龄", "部门"], ["张三", 33, "办公室"], ["李四", 44, "项目办"]]
    proposal = read(TITLE, HEADING, *ROWS, [None], [None], *people)
    first, second = proposal.tables
    assert (first.area.bottom, second.area.top) == (3, 6)
    assert second.kind == ""
    assert fields(second) == [(), (), ()]


def test_a_card_says_where_each_value_stands() -> None:
    card = [
        ["项目名称", "标准化厂房", "总投资（万元）", 3000],
        ["建设地点", "空冢郭镇", "建设性质", "新建"],
        ["自定义项", "x", "建设内容", "厂房两栋"],
    ]
    (table,) = read(*card).tables
    assert (table.card, table.area) == (True, Area(0, 0, 2, 3))
    total = column(table, "总投资（万元）")
    assert (total.head, total.value, total.fields) == ((0, 2), (0, 3), ("total_investment",))
    assert column(table, "自定义项").fields == ()


# What the person says -----------------------------------------------------------------------------


def test_a_column_that_was_not_understood_is_what_the_person_says() -> None:
    proposal = plain({"Sheet1!E2:column": "remark"})
    assert [one.values["remark"] for one in proposal.projects] == ["甲", "乙"]
    assert proposal.unmapped == ()
    assert column(proposal.tables[0], "暗号栏").fields == ("remark",)


def test_a_column_is_not_read_when_the_person_says_so() -> None:
    proposal = plain({"Sheet1!C2:column": None})
    assert all("total_investment" not in one.values for one in proposal.projects)
    assert [one.heading for one in proposal.unmapped] == ["总投资", "暗号栏"]


def test_a_field_leaves_the_column_that_had_it() -> None:
    proposal = plain({"Sheet1!D2:column": "total_investment"})
    assert [one.values["total_investment"] for one in proposal.projects] == [1_000_000, 500_000]
    assert column(proposal.tables[0], "总投资").fields == ()


def test_a_table_without_names_is_read_once_the_person_names_the_column() -> None:
    rows = [
        ["甲栏", "乙栏", "丙栏"],
        ["标准化厂房", "空冢郭镇", "新建"],
        ["物流园", "大刘镇", "改建"],
    ]
    assert read(*rows).projects == ()
    given = {"Sheet1!A1:column": "name", "Sheet1!B1:column": "place"}
    proposal = read(*rows, answers=given)
    found = [(one.values["name"], one.values["place"]) for one in proposal.projects]
    assert found == [("标准化厂房", "空冢郭镇"), ("物流园", "大刘镇")]


def test_a_table_whose_name_column_is_taken_away_is_left_out_whole() -> None:
    proposal = plain({"Sheet1!B2:column": None})
    assert proposal.projects == ()
    assert proposal.tables[0].kind == ""
    assert any("2 行没有作为项目读入" in one.reason for one in proposal.skipped)


def test_a_unit_holds_for_the_column_it_is_said_of() -> None:
    proposal = plain({"Sheet1!D2:money_unit": "元"})
    first = proposal.projects[0].values
    assert (first["total_investment"], first["completed_week"]) == (120_000_000, 100)


def test_the_answer_to_the_question_about_the_unit_holds_for_all_that_it_asked_of() -> None:
    given = {"Sheet1!C1:money_unit": "元"}
    first = read(HEADING, *ROWS, answers=given).projects[0].values
    assert (first["total_investment"], first["completed_week"]) == (12000, 100)
    given["Sheet1!D1:money_unit"] = "万元"
    first = read(HEADING, *ROWS, answers=given).projects[0].values
    assert (first["total_investment"], first["completed_week"]) == (12000, 1_000_000)


@pytest.mark.parametrize(
    ("identity", "answer"),
    [("Sheet1!E2:column", "nonsense"), ("Sheet1!D2:money_unit", "美元")],
)
def test_what_cannot_be_is_refused(identity: str, answer: str) -> None:
    with pytest.raises(AnswerNotUnderstood) as raised:
        plain({identity: answer})
    assert answer in raised.value.sentence
