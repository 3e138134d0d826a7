"""Units of money: what the table states, what is borrowed, and what must be asked."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.sheets.proposals.proposal import Proposal
from tests.sheets.making import proposed

HEAD = ["序号", "项目名称", "总投资", "年度计划投资"]
KEY = "Sheet1!C1:money_unit"


def asked(found: Proposal) -> list[tuple[str, Any]]:
    """The cells at which the unit is asked, with what is proposed."""
    return [(one.cell, one.value) for one in found.questions if one.field == "money_unit"]


def sums(found: Proposal, field: str = "total_investment") -> list[int | None]:
    return [record.values.get(field) for record in found.projects]


def test_a_unit_inside_one_cell_is_that_cells_alone() -> None:
    found = proposed(HEAD, [1, "甲项目", 12000, 3000], [2, "乙项目", "约1.2亿", 2000])
    assert asked(found) == [("C1", "万元")]
    assert sums(found) == [120_000_000, 120_000_000]


def test_it_speaks_for_bare_numbers_of_its_own_size() -> None:
    found = proposed(HEAD, [1, "甲项目", 12000, 3000], [2, "乙项目", "8600万元", 2000])
    assert (asked(found), sums(found)) == ([], [120_000_000, 86_000_000])
    assert any("写明单位" in note.text for note in found.notes)


def test_two_units_inside_cells_say_nothing_of_the_bare_ones() -> None:
    found = proposed(HEAD, [1, "甲", "1.2亿元", 3000], [2, "乙", "8600万元", 2000])
    assert asked(found) == [("D1", "万元")]
    assert sums(found) == [120_000_000, 86_000_000]


@given(st.integers(1, 60), st.integers(1_000, 90_000))
def test_no_bare_number_becomes_a_hundred_million_by_a_neighbour(large: int, plain: int) -> None:
    found = proposed(HEAD, [1, "甲项目", plain, plain // 4], [2, "乙项目", f"{large}亿元", 900])
    assert asked(found) or sums(found)[0] == plain * 10_000


def test_parts_larger_than_the_total_do_not_take_its_unit() -> None:
    head = [*HEAD[:2], "总投资（亿元）", "年度计划投资"]
    found = proposed(head, [1, "甲项目", 1.2, 3000], [2, "乙项目", 0.8, 2000])
    assert asked(found) == [("D1", "万元")]
    assert sums(found, "annual_plan") == [30_000_000, 20_000_000]
    assert {record.open["annual_plan"] for record in found.projects} == {"Sheet1!D1:money_unit"}


def test_parts_that_fit_take_the_unit_of_the_total_and_it_is_said() -> None:
    head = [*HEAD[:2], "总投资（亿元）", "年度计划投资"]
    found = proposed(head, [1, "甲项目", 1.2, 0.3], [2, "乙项目", 0.8, 0.2])
    assert (asked(found), sums(found, "annual_plan")) == ([], [30_000_000, 20_000_000])
    assert any("同一张表的其他金额栏以亿元" in note.text for note in found.notes)


def test_what_a_heading_states_is_not_doubted_by_its_parts() -> None:
    head = [*HEAD[:2], "总投资（亿元）", "年度计划投资（万元）"]
    found = proposed(head, [1, "甲项目", 1.2, 3000])
    assert (asked(found), sums(found, "annual_plan")) == ([], [30_000_000])


@pytest.mark.parametrize(("said", "yuan"), [("万元", 120_000_000), ("亿元", 1_200_000_000_000)])
def test_the_person_says_it(said: str, yuan: int) -> None:
    rows = (HEAD, [1, "甲项目", 12000, 3000], [2, "乙项目", "约1.2亿", 2000])
    found = proposed(*rows, answers={KEY: said})
    assert (asked(found), sums(found)[0]) == ([], yuan)
