"""Cells as text, places, merged cells."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.sheets.workbook.grid import address, bare, line, place, spread, text_of, trimmed
from tests.sheets.making import sheet


@given(st.integers(0, 1_048_575), st.integers(0, 16_383))
def test_addresses_go_there_and_back(row: int, column: int) -> None:
    assert place(address(row, column)) == (row, column)


def test_addresses_are_those_of_excel() -> None:
    assert [address(0, column) for column in (0, 25, 26, 701, 702)] == [
        "A1",
        "Z1",
        "AA1",
        "ZZ1",
        "AAA1",
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("", ""),
        ("  甲\u3000", "甲"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("甲\x0b\x00乙", "甲乙"),
        ("\u202d13800138000\u202c", "13800138000"),
        ("\u202e甲\u2066乙\u200e", "甲乙"),
        (1.0, "1"),
        (13800000001.0, "13800000001"),
        (8.199999999999999, "8.2"),
        (2.10841e23, "2.10841e+23"),
        (True, "是"),
        (date(2023, 3, 1), "2023-03-01"),
        (datetime(2023, 3, 1, 5, 6), "2023-03-01"),
        (time(5, 6), "05:06:00"),
    ],
)
def test_text_of_a_cell(cell: object, text: str) -> None:
    assert text_of(cell) == text  # type: ignore[arg-type]


def test_a_wrapped_name_is_one_line() -> None:
    assert line("奥昌迈得\n设备 生产项目") == "奥昌迈得设备生产项目"
    assert line("王  敏") == "王敏"
    assert line("CNC  精雕机 line 2") == "CNC 精雕机 line 2"


def test_bare_text_for_comparing() -> None:
    assert bare("项 目\n名 称（Ａ）") == "项目名称(a)"


def test_spread_fills_merged_cells_and_leaves_the_sheet_alone() -> None:
    given_ = sheet(["a", None, "b"], [None, None, "c"], merges=["A1:B2"])
    assert spread(given_, 0, 1) == [["a", "a", "b"], ["a", "a", "c"]]
    assert given_.rows[1][0] == ""


def test_trimmed_rows_are_equally_long() -> None:
    assert trimmed([["a", "", " "], ["b", "c"], ["", "\u3000"]]) == [["a", ""], ["b", "c"]]
    assert trimmed([["", " "]]) == []
