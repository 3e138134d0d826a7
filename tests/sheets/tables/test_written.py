"""Cards whose cells hold label and value together."""

from __future__ import annotations

from typing import Any

from desktop.sheets.meaning import vocabulary
from desktop.sheets.proposing import propose
from desktop.sheets.tables.finding import find
from tests.sheets.making import book_of, investment, sheet

KNOWN = vocabulary.load(investment()).known
ROWS: tuple[list[Any], ...] = (
    ["观摩项目简介", ""],
    ["项目名称：甲项目", ""],
    ["总投资：5.6亿元", "2023年计划投资：1.8亿元"],
    ["建设地点：某村", "暗号：乙"],
    ["形象进度：主体完成：85%", ""],
    ["", ""],
    ["项目名称：乙项目", "建设地点：另村"],
    ["总投资：9800万元", "存在问题："],
    ["（资料由业主提供）", ""],
)


def test_each_block_is_a_card() -> None:
    found = find(sheet(*ROWS), KNOWN)
    assert [(one.top, one.bottom) for one in found.cards] == [(1, 4), (6, 7)]
    assert [text.text for text in found.cards[0].above] == ["观摩项目简介"]
    assert [text.text for text in found.outside] == ["（资料由业主提供）"]


def test_values_are_read_without_their_labels_and_know_their_cell() -> None:
    found = propose(book_of(sheet(*ROWS)), investment(), year=2023)
    first, second = found.projects
    assert first.values["name"] == "甲项目"
    assert first.values["total_investment"] == 560_000_000
    assert first.values["annual_plan"] == 180_000_000
    assert first.values["physical_progress"] == "主体完成：85%"
    assert first.cell("annual_plan") == "B3"
    assert (second.values["place"], second.values["problems"]) == ("另村", None)
    assert [one.heading for one in found.unmapped] == ["暗号"]


def test_lines_over_and_under_a_table_are_no_card() -> None:
    lines: tuple[list[Any], ...] = (
        ["填报单位：空冢郭镇", "填报日期：2023年3月10日"],
        ["责任人：王五", "单位：万元"],
        ["项目名称", "总投资"],
        ["甲项目", 100],
        ["填表人：张三", "联系电话：13800000000"],
        ["负责人：李四", "责任单位：某局"],
    )
    found = find(sheet(*lines), KNOWN)
    assert found.cards == ()
    assert len(found.tables) == 1
    read = propose(book_of(sheet(*lines)), investment())
    assert read.unit == "空冢郭镇"
    assert [one.values["name"] for one in read.projects] == ["甲项目"]


def test_a_name_alone_is_no_card() -> None:
    rows: tuple[list[Any], ...] = (["项目名称：甲项目"], ["总投资：100万元"], ["就这些"])
    assert find(sheet(*rows), KNOWN).cards == ()
