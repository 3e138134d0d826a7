"""What the texts around a table say: unit, reporter, date, week, year."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.sheets.tables.surroundings import (
    Around,
    heading_unit,
    look,
    money_unit,
    unit_name,
    units_of,
)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("单位:亿元", "亿元"),
        ("（单位：元）", "元"),
        ("金额单位：人民币万元", "万元"),
        ("填报单位：某镇   单位：万元", "万元"),
        ("2023年重点项目表（万元）", "万元"),
        ("计量单位： 亿元", "亿元"),
        ("万元", "万元"),
        ("单位：个", None),
        ("单位：元/吨", None),
        ("责任单位", None),
    ],
)
def test_money_unit(text: str, unit: str | None) -> None:
    assert money_unit([text]) == unit


def test_the_unit_of_a_heading_its_lowest_level_first() -> None:
    assert units_of("投资（亿元）/总投资（万元）") == ["万元", "亿元"]
    assert units_of("总投资/万元") == ["万元"]
    assert units_of("总投资（亿）") == ["亿元"]
    assert units_of("责任单位") == []
    assert heading_unit(["总投资（万元）", "面积（亩）"]) == "万元"
    assert heading_unit(["总投资（万元）", "其中（亿元）"]) is None


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (
            [
                "空冢郭镇2023年重点项目建设周调度台账（第9周）",
                "填报单位：空冢郭镇人民政府（盖章）    填报时间：2023年3月3日    单位：万元",
            ],
            Around(
                "空冢郭镇2023年重点项目建设周调度台账（第9周）",
                "万元",
                "空冢郭镇",
                date(2023, 3, 3),
                9,
                2023,
            ),
        ),
        (
            ["沙澧高新技术产业开发区项目进展情况周报", "2023年3月10日", "单位：万元"],
            Around(
                "沙澧高新技术产业开发区项目进展情况周报",
                "万元",
                "沙澧高新技术产业开发区",
                date(2023, 3, 10),
                None,
                2023,
            ),
        ),
        (
            [
                "附件1",
                "关于2023年第十二周项目情况的报告",
                "填报单位（盖章）：区发改委 填表日期：2023-3-24",
            ],
            Around(
                "关于2023年第十二周项目情况的报告", None, "区发改委", date(2023, 3, 24), 12, 2023
            ),
        ),
        (["项目进展表（2023年3月）"], Around("项目进展表（2023年3月）", year=2023, month=3)),
        ([], Around()),
    ],
)
def test_look(texts: list[str], expected: Around) -> None:
    assert look(texts) == expected


def test_footers_and_names_say_what_titles_leave_out() -> None:
    said = look(
        ["重点项目进展情况表"], ["填表人：张三", "填报日期：2023年3月3日"], ["2023年第9周周报"]
    )
    assert (said.filled_on, said.week, said.year) == (date(2023, 3, 3), 9, 2023)


def test_a_title_wins_over_the_file_name() -> None:
    assert look(["某镇周报（第10周）"], (), ["第9周"]).week == 10


@pytest.mark.parametrize("text", ["周边环境整治", "一周期内", "第99周", "2023周年庆"])
def test_no_week(text: str) -> None:
    assert look([text]).week is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("空冢郭镇人民政府（盖章）", "空冢郭镇"),
        ("空冢郭镇政府", "空冢郭镇"),
        ("某某街道办事处", "某某街道"),
        ("区发改委", "区发改委"),
        ("沙澧高新区", "沙澧高新区"),
        ("源汇区人民政府", "源汇区"),
    ],
)
def test_unit_names(text: str, name: str) -> None:
    assert unit_name(text) == name


def test_what_one_text_leaves_open_another_may_say() -> None:
    assert Around(week=9).over(Around(week=10, year=2023)) == Around(week=9, year=2023)
