"""What a workbook hides is read, and said."""

from __future__ import annotations

import pytest

from desktop.sheets.proposals import hidden
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.workbook.grid import Sheet
from tests.sheets.making import proposed, sheet


def said(grid: Sheet) -> list[tuple[str, str]]:
    gathering = Gathering(Answers({}))
    hidden.mark(grid, gathering)
    return [(one.cell, one.text) for one in gathering.notes]


def test_what_is_in_sight_is_not_remarked_upon() -> None:
    assert said(sheet(["甲", "乙"], ["丙", 1])) == []


def test_hidden_rows_and_columns_are_named() -> None:
    grid = sheet(
        ["甲", "乙"], ["丙", 1], ["丁", 2], hidden_rows=frozenset({2, 1}),
        hidden_columns=frozenset({1}),
    )  # fmt: skip
    assert said(grid) == [
        ("A2", "隐藏的行（2、3）已照常读入"),
        ("B1", "隐藏的列（B）已照常读入"),
    ]


def test_a_hidden_sheet_says_so() -> None:
    assert said(sheet(["甲"], hidden=True)) == [("A1", "这张工作表是隐藏的，已照常读入")]


def test_what_hides_nothing_is_not_remarked_upon() -> None:
    grid = sheet(
        ["甲", None], [None, None], hidden_rows=frozenset({1}), hidden_columns=frozenset({1})
    )
    assert said(grid) == []


def test_a_nought_is_something_in_a_column() -> None:
    assert said(sheet(["", 0], hidden_columns=frozenset({1})))[0][0] == "B1"


@pytest.mark.parametrize("more", [0, 1])
def test_of_many_the_first_are_named_and_all_are_counted(more: int) -> None:
    many = hidden.LISTED + more
    ((_, text),) = said(sheet(*([str(n)] for n in range(many)), hidden_rows=frozenset(range(many))))
    assert (f"等 {many} 行" in text) is bool(more)
    assert f"、{hidden.LISTED}" in text and f"、{hidden.LISTED + 1}" not in text


def test_only_those_asked_for_are_named() -> None:
    gathering = Gathering(Answers({}))
    grid = sheet(["甲"], ["乙"], hidden_rows=frozenset({0, 1}))
    hidden.rows(grid, {1}, gathering)
    assert [one.cell for one in gathering.notes] == ["A2"]


def test_a_hidden_project_is_read() -> None:
    found = proposed(
        ["项目名称", "总投资（万元）"], ["甲项目", 5000], ["乙项目", 6000],
        hidden_rows=frozenset({2}),
    )  # fmt: skip
    assert [one.label for one in found.projects] == ["甲项目", "乙项目"]
    assert [one.cell for one in found.notes if "隐藏" in one.text] == ["A3"]
