"""Columns beside each other: what one says of another, and what they leave to be asked."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.sheets.proposals.proposal import Proposal
from tests.sheets.making import proposed

UNIT = ["单位：万元"]


def asked(found: Proposal) -> dict[str, str]:
    """The fields that whole columns are asked about, by cell."""
    return {one.cell: one.field for one in found.questions if one.record is None}


def test_other_money_beside_funds_is_no_remark() -> None:
    found = proposed(
        UNIT, ["项目名称", "总投资", "资本金", "专项债券", "其他"], ["甲项目", 100, 30, 65, 5]
    )
    (project,) = found.projects
    assert (project.values["funds_other"], project.values.get("remark")) == (50_000, None)
    assert found.questions == ()


def test_other_money_beside_parts_is_the_months_other() -> None:
    found = proposed(
        ["2023年3月投资月报"],
        UNIT,
        ["项目名称", "本月完成投资", "建筑工程", "安装工程", "设备购置", "其他"],
        ["甲项目", 100, 30, 45, 20, 5],
    )
    (project,) = found.projects
    assert project.values["other"] == 50_000


def test_numbers_under_other_that_nothing_explains_are_asked_about() -> None:
    found = proposed(UNIT, ["项目名称", "总投资", "其他"], ["甲项目", 100, 5])
    assert asked(found) == {"C2": "remark"}
    words = proposed(UNIT, ["项目名称", "总投资", "其他"], ["甲项目", 100, "打包项目"])
    assert asked(words) == {}


def test_a_leader_beside_a_person_is_another_one() -> None:
    found = proposed(
        UNIT, ["项目名称", "总投资", "责任领导", "联系人"], ["甲项目", 100, "吕区长", "郑毅"]
    )
    (project,) = found.projects
    assert project.values["responsible_person"] == "郑毅"
    assert asked(found) == {"C2": "sponsor"}
    alone = proposed(UNIT, ["项目名称", "总投资", "责任领导"], ["甲项目", 100, "吕区长"])
    assert alone.projects[0].values["responsible_person"] == "吕区长"


def test_states_under_a_heading_of_progress_are_the_state() -> None:
    found = proposed(
        ["重点工作督办台账"],
        ["督办事项", "承办单位", "办结时限", "办理进展", "完成情况"],
        ["杆线迁改", "区发改委", "2023-03-31", "已召开协调会", "推进中"],
        ["消防验收", "区住建局", "2023-03-15", "资料已补充", "已完成"],
    )
    told = [(one.values["feedback"], one.values["state"]) for one in found.items]
    assert told == [("已召开协调会", "办理中"), ("资料已补充", "已办结")]
    listed = proposed(
        ["重点项目问题清单"],
        ["项目名称", "存在问题", "解决措施", "解决情况"],
        ["甲项目", "用电", "架线", "正在解决"],
        ["甲项目", "用水", "接管", "未解决"],
    )
    assert [one.values["state"] for one in listed.items] == ["整改中", "待办"]


@pytest.mark.parametrize("heading", ["截至目前完成投资", "到目前累计完成", "截至本周累计完成投资"])
def test_so_far_is_of_the_year_or_since_the_start(heading: str) -> None:
    """Asked alike in a table and on a card; what else stands in the table may tell it."""
    head = ["项目名称", "总投资", "本年计划投资", heading]
    table = proposed(UNIT, head, ["甲项目", 100, 50, 20])
    assert asked(table) == {"D2": "completed_year"}
    pairs: list[list[Any]] = [["项目名称", "甲项目", "总投资", "100万元"]]
    card = proposed(*pairs, ["本年计划投资", "50万元", heading, "20万元"])
    assert asked(card) == {"C2": "completed_year"}
    total = proposed(UNIT, ["项目名称", "总投资", heading], ["甲项目", 100, 20])
    assert asked(total) == {"C2": "completed_total"}
    rated = proposed(UNIT, [*head, "占年度计划%"], ["甲项目", 100, 50, 20, "40%"])
    assert (asked(rated), rated.projects[0].values["completed_year"]) == ({}, 200_000)


def test_what_was_done_until_last_month_is_not_this_years() -> None:
    found = proposed(
        ["2023年3月月报"],
        UNIT,
        ["项目名称", "截至上月底累计完成投资", "本月完成投资"],
        ["甲项目", 20, 5],
    )
    assert found.projects[0].values.get("completed_year") is None


def test_dates_that_have_passed_are_no_plans() -> None:
    title = ["2023年1-2月固定资产投资项目表"]
    found = proposed(title, UNIT, ["项目名称", "总投资", "开工年月"], ["甲项目", 100, "2022.9"])
    assert asked(found) == {"C3": "actual_start"}
    coming = proposed(title, UNIT, ["项目名称", "总投资", "开工年月"], ["甲项目", 100, "2023.9"])
    assert asked(coming) == {}
    head = ["项目名称", "总投资", "开工时间", "竣工时间"]
    both = proposed(title, UNIT, head, ["甲项目", 100, "2022.9", "2024.9"])
    assert (asked(both), both.projects[0].values["planned_start"]) == ({}, "2022-09-01")


def test_a_list_of_what_is_done_has_no_plans_to_finish() -> None:
    head = ["项目名称", "总投资", "投产时间"]
    found = proposed(["第七期投产项目清单"], UNIT, head, ["甲项目", 100, "2023年1月"])
    assert asked(found) == {"C3": "actual_finish"}
    planned = proposed(["拟竣工项目清单"], UNIT, head, ["甲项目", 100, "2023年1月"])
    assert asked(planned) == {}


def test_a_share_of_the_months_plan_is_not_one_of_the_years() -> None:
    found = proposed(
        ["2023年3月份投资完成情况表"],
        UNIT,
        ["项目名称", "2023年计划投资", "3月份", "", "1-3月累计", "", ""],
        ["", "", "计划", "实际", "计划", "实际", "完成率"],
        ["甲项目", 5200, 400, 385.5, 1200, 1150.5, "95.9%"],
        merges=["A3:A4", "B3:B4", "C3:D3", "E3:G3"],
    )
    (project,) = found.projects
    assert project.values["planned_month"] == 4_000_000
    assert project.values["completed_month"] == 3_855_000
    assert project.values["completed_year"] == 11_505_000
    assert found.questions == ()
    assert {"1-3月累计/完成率", "1-3月累计/计划"} <= {one.heading for one in found.unmapped}


def test_a_plan_divided_by_its_sources_may_be_the_total() -> None:
    rows: tuple[list[Any], ...] = (
        ["项目名称", "计划投资", "", ""],
        ["", "合计", "省补", "县乡自筹"],
        ["甲项目", 980, 544, 436],
    )
    found = proposed(["2023年农村公路计划"], UNIT, *rows, merges=["A3:A4", "B3:D3"])
    assert asked(found) == {"B4": "total_investment"}
