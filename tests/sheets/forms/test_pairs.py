"""Labels whose value stands in the next cell."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ledger.periods import parse_period
from desktop.sheets.forms.cells import fix
from desktop.sheets.forms.form import Form
from desktop.sheets.forms.pairs import pairs_in, without
from desktop.sheets.writing.looks import Remarks
from tests.sheets.making import book_of, sheet


@pytest.mark.parametrize(
    ("row", "merges", "found"),
    [
        (["填报单位", None, "填表人", None], [], [("unit", 2), ("filler", 4)]),
        (["填报单位：", None, "填表人：", None], [], [("unit", 2), ("filler", 4)]),
        (
            ["填报单位（盖章）", None, None, "联系电话", None],
            ["B1:C1"],
            [("unit", 2), ("phone", 5)],
        ),
        (["填报单位：", None, None, None], ["B1:C1"], [("unit", 2)]),
        (["填报单位", "源汇区", "报告期", "2023年1月"], [], [("unit", 2), ("period", 4)]),
        (["填表人", None, None, "单位：万元"], [], [("filler", 2)]),
        (["填表人", "单位：万元"], [], []),
        (["填报单位：", None, None, None], [], []),  # the value follows the colon
        (["联系人", None, "联系电话", None], [], []),  # a card's
        (["填报单位", "填表人", "联系电话"], [], []),  # headings of a table
        (["填报单位", None, "项目名称", None], [], []),
        (["填报单位"], [], []),
    ],
)
def test_labels_and_where_their_value_stands(
    row: list[Any], merges: list[str], found: list[tuple[str, int]]
) -> None:
    pairs = pairs_in(sheet(row, merges=merges), 0)
    assert [(one.what, one.value) for one in pairs] == found


def test_the_reader_does_not_see_them() -> None:
    grid = sheet(["填报单位", "源汇区", None, "单位：万元"], ["序号", "项目名称", "总投资", "备注"])
    seen = without(book_of(grid), {"Sheet1": pairs_in(grid, 0)}).sheets[0]
    assert seen.rows == [["", "", "", "单位：万元"], grid.rows[1]]


@pytest.mark.parametrize(
    ("label", "old", "period", "new"),
    [
        ("填报单位", None, None, "源汇区"),
        ("填报单位", "上月的单位", None, "源汇区"),
        ("填报日期", "2023年1月5日", None, "2023年3月5日"),
        ("期次", None, "2023-02", "2023年2月"),
        ("期次", "    年  月", "2023-02", "2023年2月"),
        ("期次", "2023年1月", "2023-W09", "2023年3月"),
        ("周次", "第8周", "2023-W09", "第9周"),
        ("期次", "上一期", "2023-02", "2023年2月"),
        ("期次", "2023年1月", None, "2023年1月"),
        ("联系电话", "0395-1", None, "0395-1"),  # the book knows none
    ],
)
def test_the_value_goes_into_its_own_cell(
    label: str, old: str | None, period: str | None, new: str
) -> None:
    from openpyxl import Workbook

    page = Workbook().active
    page["A1"], page["B1"] = label, old
    pairs = pairs_in(sheet(["填报人", "", label, old]), 0)[1:]
    assert [one.label for one in pairs] == [label]
    moved = [type(one)(1, 1, one.what, one.label, value=2) for one in pairs]
    form = Form("", "", "", 1, 2, 2, (), "project", (), None, tuple(moved))
    at = parse_period(period) if period else None
    values: Any = {"unit": "源汇区", "date": "2023年3月5日", "phone": ""}
    values["period"] = at.title if at else ""
    fix(page, form, values, at, 3, {}, Remarks())
    assert (page["A1"].value, page["B1"].value) == (label, new)
