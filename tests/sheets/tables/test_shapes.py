"""Headings known by their looks: counted days, two tables that say the same, two languages."""

from __future__ import annotations

from typing import Any

from desktop.sheets.tables.as_found import as_json
from tests.sheets.making import book_of, sheet


def tables(*rows: list[Any], merges: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    return as_json(book_of(sheet(*rows, merges=merges)), frozenset())


def test_the_days_of_a_month_are_columns() -> None:
    days = [float(day) for day in range(1, 32)]
    (found,) = tables(
        ["3月考勤表"],
        ["姓名", *days, "出勤天数"],
        ["甲", *["√"] * 31, 31.0],
        ["乙", *["√"] * 31, 31.0],
    )
    assert found["headings"] == ["姓名", *(str(day) for day in range(1, 32)), "出勤天数"]
    assert (found["header_rows"], found["data_rows"]) == ([2, 2], 2)


def test_figures_that_follow_each_other_are_no_columns() -> None:
    assert tables(["甲镇", 2.0, 3.0, 4.0, 5.0, 6.0], ["乙镇", 1.0, 2.0, 3.0, 4.0, 5.0]) == []
    assert tables(["栏次", 1.0, 2.0, 3.0, 4.0, 5.0], ["甲镇", 1.0, 2.0, 3.0, 4.0, 5.0]) == []


def test_two_tables_side_by_side_may_say_the_same() -> None:
    found = tables(
        ["收入", "", "", "支出", ""],
        ["科目", "预算数", "", "科目", "预算数"],
        ["税收收入", 1200.0, "", "一般公共服务", 800.0],
        ["合计", 1500.0, "", "合计", 1300.0],
        merges=("A1:B1", "D1:E1"),
    )
    assert [one["headings"] for one in found] == [["科目", "预算数"]] * 2
    assert [(one["data_rows"], one["totals_rows"]) for one in found] == [(1, [4]), (1, [4])]


def test_a_heading_in_two_languages_goes_on_below() -> None:
    (found,) = tables(
        ["乡镇", "户数（户）", "人口（人）", ""],
        ["Township", "", "合计", "男"],
        ["全区总计", 84210.0, 312456.0, 158002.0],
        ["大刘镇", 18210.0, 70123.0, 35601.0],
        merges=("C1:D1",),
    )
    assert found["header_rows"] == [1, 2]
    assert found["headings"][2:] == ["人口（人）/合计", "人口（人）/男"]
    assert (found["totals_rows"], found["data_rows"]) == ([3], 1)
