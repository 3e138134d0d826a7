"""Lists for choices: in the rule where they fit, on a hidden worksheet where they do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop.sheets.proposing import propose
from desktop.sheets.writing.lists import LISTS
from desktop.sheets.writing.registers import Column, Sheet, write_register
from tests.sheets.making import investment, read_here

LONG = tuple(f"第{number}号很长的选项" for number in range(40))


def page_of(path: Path, *lists: tuple[str, ...]) -> Any:
    from openpyxl import load_workbook

    columns = (
        Column(("项目名称",)),
        *(Column((f"栏{n}",), "choice", 12, one) for n, one in enumerate(lists)),
    )
    rows = [("甲项目", *(one[0] for one in lists))]
    write_register(path, [Sheet("表", columns, rows)])
    return load_workbook(path).worksheets[0]


def test_a_short_list_stands_in_the_rule(tmp_path: Path) -> None:
    page = page_of(tmp_path / "a.xlsx", ("甲", "乙"))
    assert [one.formula1 for one in page.data_validations.dataValidation] == ['"甲,乙"']
    assert page.parent.sheetnames == ["表"]


@pytest.mark.parametrize("names", [LONG, ("甲,乙", "丙"), ('"甲"', "丙"), ("=1+1,2", "丙")])
def test_what_a_rule_cannot_hold_stands_on_a_hidden_sheet(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    page = page_of(tmp_path / "a.xlsx", names, names, ("甲", "乙"))
    rules = [one.formula1 for one in page.data_validations.dataValidation]
    assert rules == [f"'{LISTS}'!$A$1:$A${len(names)}"] * 2 + ['"甲,乙"']
    hidden = page.parent[LISTS]
    assert hidden.sheet_state == "veryHidden"
    assert [cell.value for cell in hidden["A"]] == list(names)
    assert {cell.data_type for cell in hidden["A"]} == {"s"}


def test_the_hidden_sheet_brings_nothing_and_takes_no_name(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    columns = (Column(("项目名称",)), Column(("项目级别",), "choice", 12, LONG))
    write_register(path, [Sheet(LISTS, columns, [("甲项目", LONG[0])])])
    found = propose(read_here(path), investment())
    assert [table.sheet for table in found.tables] == [f"{LISTS}（2）"]
