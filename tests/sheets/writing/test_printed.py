"""Printed tables as worksheets: any table, written and read again, says what it said on paper."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.sheets.tables.headings import filled
from desktop.sheets.workbook.grid import Cell
from desktop.sheets.writing.figures import number_in
from desktop.sheets.writing.looks import Remarks
from desktop.sheets.writing.printed import (
    PrintedColumn,
    PrintedRow,
    PrintedSheet,
    ProseSheet,
    workbook_of,
)
from tests.sheets.making import read_here

DAY = date(2023, 3, 5)
SIGNS = "一二项目（）、，。0123456789 .,-+=@%−●▲■\t\n'\"<>&_xABC㙍𬭎"
WORDS = st.text(SIGNS, max_size=12) | st.sampled_from(
    ["=1+1", "@SUM(A1)", "+8613800000000", "-5", "无计划", "未报", "2108-411102-04-01-583920",
     "1234567890123456", "0012", "1e999", "1900-02-29", "1899-12-31", "_x0041_", "TRUE", "#REF!"]
)  # fmt: skip
FIGURES = st.builds(
    lambda value, places, comma: f"{value:{',' if comma else ''}.{places}f}".replace("-", "−"),
    st.decimals(-(10**9), 10**9, places=4, allow_nan=False),
    st.integers(0, 4),
    st.booleans(),
) | st.builds("{:.1f}%".format, st.integers(-2000, 9999).map(lambda n: n / 10))
KINDS = st.sampled_from(["text", "figure", "word", "light"])


@st.composite
def tables(draw: Any) -> PrintedSheet:
    """A table of two to six columns with any texts, some under a common heading, some rows sums."""
    kinds = draw(st.lists(KINDS, min_size=2, max_size=6))
    columns = tuple(
        PrintedColumn((("组",) if number and number % 3 else ()) + (f"栏{number}",), kind)
        for number, kind in enumerate(kinds)
    )
    cell = WORDS | FIGURES
    row = st.builds(
        PrintedRow,
        st.lists(cell, min_size=len(kinds), max_size=len(kinds)).map(tuple),
        st.booleans(),
        st.integers(1, len(kinds)),
    )
    return PrintedSheet("表", columns, draw(st.lists(row, min_size=1, max_size=5)))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_any_table_says_again_what_it_said(tmp_path: Path, table: PrintedSheet) -> None:
    data, said = workbook_of([table], "表", "源汇区", DAY)
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    (sheet,) = read_here(path).sheets
    depth = max(len(column.path) for column in table.columns)
    for number, row in enumerate(table.rows):
        for column, text in enumerate(row.cells):
            expected = "" if 0 < column < row.span else text
            assert same(sheet.at(2 + depth + number, column), expected), (number, column)
    assert said == ()
    heads = [cell for _, cell in filled(sheet.rows[1 + depth])]
    assert heads[-1] == table.columns[-1].path[-1] or depth > len(table.columns[-1].path)


def same(cell: Cell, text: str) -> bool:
    """Whether a cell holds a text, or the number that it prints; a last row of blanks alone is
    none."""
    if cell == "" and text.isspace():
        return True
    if isinstance(cell, str):
        return cell == Remarks().fit(text, "").replace("_x005F_", "_")
    found = number_in(text)
    assert found is not None, (cell, text)
    value, style = found
    places = int(re.sub(r"\D", "", style) or 0) + (2 if style.startswith("percent") else 0)
    shown = Decimal(str(cell)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return shown == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.booleans(), WORDS), max_size=6).map(tuple))
def test_running_text_is_text(tmp_path: Path, lines: tuple[tuple[bool, str], ...]) -> None:
    data, _ = workbook_of([ProseSheet("说明", lines)], "表", "源汇区", DAY)
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    (sheet,) = read_here(path).sheets
    found = [str(sheet.at(number, 0)) for number in range(1, len(lines) + 1)]
    told = [Remarks().fit(text, "").replace("_x005F_", "_") for _, text in lines]
    while told and not told[-1].strip():  # blank rows at a sheet's end are none
        assert not told.pop().strip() + found.pop().strip()
    assert found == told


def test_another_moment_gives_the_same_bytes() -> None:
    table = PrintedSheet("表", (PrintedColumn(("甲",)), PrintedColumn(("数",), "figure")), ())
    one, two = (workbook_of([table], "表", "源汇区", DAY)[0] for _ in range(2))
    assert one == two
    from openpyxl import load_workbook

    assert load_workbook(BytesIO(one)).properties.created.date() == DAY
