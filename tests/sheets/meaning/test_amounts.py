"""In which unit a column of money stands, and where that was found."""

from __future__ import annotations

import pytest

from desktop.sheets.meaning.amounts import fitting, spoken_for, unit_of
from desktop.sheets.tables.surroundings import MoneyUnit
from desktop.sheets.workbook.grid import Cell


@pytest.mark.parametrize(
    ("heading", "around", "others", "cells", "unit", "source"),
    [
        ("总投资（亿元）", "万元", [], [1.2], "亿元", "表头"),
        ("总投资", "万元", ["计划投资（亿元）"], [1200], "万元", "表头上方的单位"),
        ("总投资", None, [], ["12.5亿元", "8600万元", "—"], "万元", "每格都写明"),
        ("总投资", None, ["计划投资（亿元）"], ["1.2亿元", 3], "亿元", "同一张表的其他金额栏"),
        ("总投资", None, [], [3, 4], "亿元", "同一张表中写明单位的金额"),
    ],
)
def test_where_the_unit_is_found(
    heading: str,
    around: MoneyUnit | None,
    others: list[str],
    cells: list[Cell],
    unit: str,
    source: str,
) -> None:
    found = unit_of(heading, around, others, lambda: "亿元", cells)
    assert (found.unit, found.source, found.asked) == (unit, source, False)


def test_without_any_unit_it_is_asked() -> None:
    assert unit_of("总投资", None, [], lambda: None, [1200]).asked
    assert not unit_of("总投资", None, [], lambda: None, ["", "/"]).asked


def test_one_cell_speaks_for_bare_numbers_of_its_size_only() -> None:
    assert spoken_for(["3.2亿元", 2.8, 4]) == "亿元"
    assert spoken_for(["3.2亿元", 28_000]) is None
    assert spoken_for(["3.2亿元", "500万元"]) is None


def test_parts_are_in_the_unit_in_which_they_fit_into_their_total() -> None:
    total = 3 * 10**8
    assert fitting([5_000 * 10**8], total, "亿元") == "万元"
    assert fitting([10**8], total, "亿元") is None
