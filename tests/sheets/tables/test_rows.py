"""What a row says of itself."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.sheets.tables import rows
from desktop.sheets.tables.rows import Section


def cells(*values: Any) -> list[tuple[int, Any]]:
    return [(column, value) for column, value in enumerate(values) if value is not None]


@pytest.mark.parametrize(
    "text",
    [
        "合计",
        "合 计",
        "总  计",
        "小计",
        "小计：",
        "合计（5个）",
        "总计3个项目",
        "共12个项目",
        "全区合计",
        "空冢郭镇小计",
        "总计（9个，其中新开工3个）",
        "共计",
        "平均",
        "本页小计",
    ],
)
def test_total_rows(text: str) -> None:
    assert rows.is_total(cells(None, text, 1.0))
    assert rows.is_total(cells(text))


@pytest.mark.parametrize(
    "text",
    [
        "共享单车停放点项目",
        "计划生育服务中心",
        "合计大厦建设项目",
        "平均分配站",
        "总部基地",
        "设计总院项目",
        "计算中心共建项目",
    ],
)
def test_names_that_only_look_like_totals(text: str) -> None:
    assert not rows.is_total(cells(1.0, text, 2.0))


def test_the_whole_of_a_place_before_figures_is_a_total() -> None:
    assert rows.is_total(cells("全区", 280_000, "24.2%", "/"))
    assert rows.is_total(cells("全 县", 5.0))
    assert not rows.is_total(cells("全区", 280_000, "推进中"))
    assert not rows.is_total(cells("全区"))
    assert not rows.is_total(cells(1.0, "全区", 280_000))
    assert not rows.is_total(cells("全区道路维修", 5.0))


def test_a_total_further_right_is_no_total_row() -> None:
    assert not rows.is_total(cells(1.0, "甲项目", "新建", "合计"))


@pytest.mark.parametrize(
    "row",
    [
        cells("填表人：张晓燕        联系电话：0395-0000000        审核人：刘伟"),
        cells("单位负责人（签字）：", None, "填报人：", None, "填报日期：2023年3月3日"),
        cells("审核："),
        cells("制表人:李四"),
        cells("分管领导：", None, "填表时间："),
    ],
)
def test_footers(row: list[tuple[int, Any]]) -> None:
    assert rows.is_footer(row) or rows.is_note(row) or row[0][1] == "审核："


def test_a_data_row_is_no_footer() -> None:
    assert not rows.is_footer(cells(1.0, "甲项目", "张三"))
    assert not rows.is_footer(cells("项目建设进展", "x"))


@pytest.mark.parametrize(
    "text",
    [
        "注：以文件为准",
        "备注：x",
        "注1：x",
        "填表说明：",
        "※ 数据截至3月",
        "说明:1.x",
        "单位：亿元",
    ],
)
def test_notes(text: str) -> None:
    assert rows.is_note(cells(text))


def test_a_project_called_note_is_none() -> None:
    assert not rows.is_note(cells("注塑机生产项目"))
    assert not rows.is_note(cells("说明书印刷项目"))


@pytest.mark.parametrize(
    ("row", "alone", "section"),
    [
        (
            cells("一、省重点项目（2个）"),
            True,
            Section(3, "省重点项目", 0, "省重点项目(2个)"),
        ),
        (
            cells("一、省重点项目（2个）", None, None, 138000.0),
            False,
            Section(3, "省重点项目", 0, "省重点项目(2个)"),
        ),
        (
            cells("一", "省重点项目（2个）", None, 138000.0, "45%"),
            False,
            Section(3, "省重点项目", 0, "省重点项目(2个)"),
        ),
        (cells("（一）", "工业项目"), False, Section(3, "工业项目", 1, "工业项目")),
        (cells("（二）基础设施类：共3个"), False, Section(3, "基础设施类", 1, "基础设施类:共3个")),
        (cells("空冢郭镇（5个）"), True, Section(3, "空冢郭镇", None, "空冢郭镇(5个)")),
        (cells("续建项目"), True, Section(3, "续建项目", None, "续建项目")),
        (
            cells(None, "市重点项目（共4个项目）"),
            False,
            Section(3, "市重点项目", None, "市重点项目(共4个项目)"),
        ),
    ],
)
def test_sections(row: list[tuple[int, Any]], alone: bool, section: Section) -> None:
    assert rows.section_of(3, row, alone=alone) == section


def test_rows_that_open_no_section() -> None:
    assert rows.section_of(3, cells(None, "甲项目"), alone=False) is None
    assert rows.section_of(3, cells("一", "甲项目", "新建"), alone=False) is None
    assert rows.section_of(3, cells(1.0, "甲项目"), alone=False) is None


def test_numbering_rows() -> None:
    assert rows.is_numbering(cells("1", "2", "3", "4"))
    assert rows.is_numbering(cells("甲", "乙", 1.0, 2.0, "3=2/1"))
    assert rows.is_numbering(cells("(1)", "(2)", "(3)"))
    assert not rows.is_numbering(cells(1.0, "甲项目", 3.0))
    assert not rows.is_numbering(cells(1.0, 5.0, 9.0))
    assert not rows.is_numbering(cells(1.0, 2.0))
