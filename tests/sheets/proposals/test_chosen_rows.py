"""Rows that a person wants read, or left out."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.sheets.proposals.chosen_rows import REASON
from desktop.sheets.proposals.proposal import Proposal
from tests.sheets.making import proposed

ROWS: tuple[list[Any], ...] = (
    ["单位：万元"],
    ["项目名称", "总投资"],
    ["一、省重点", 30],
    ["甲项目", 10],
    ["小计", 10],
    ["乙项目", 20],
    ["注：含前期费用"],
)


def labels(found: Proposal) -> list[str]:
    return [one.label for one in found.projects]


@pytest.mark.parametrize(("row", "label"), [(3, "一、省重点"), (5, "小计")])
def test_a_row_that_was_left_out_is_read(row: int, label: str) -> None:
    assert label not in labels(proposed(*ROWS))
    found = proposed(*ROWS, answers={f"Sheet1!{row}:read": True})
    assert label in labels(found)
    assert not [one for one in found.skipped if one.row == row]


def test_a_row_that_was_read_is_left_out_and_said() -> None:
    found = proposed(*ROWS, answers={"Sheet1!6:skip": True})
    assert labels(found) == ["甲项目"]
    assert [one.reason for one in found.skipped if one.row == 6] == [REASON]


def test_taken_back_it_is_as_it_was() -> None:
    found = proposed(*ROWS, answers={"Sheet1!6:skip": False, "Sheet1!5:read": False})
    assert found == proposed(*ROWS)
