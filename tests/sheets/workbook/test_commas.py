"""Text tables: lines, quotes, and what ends neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.sheets.workbook import reading
from desktop.sheets.workbook.commas import NotColumns, parse

HEAD = "项目名称,总投资\n"


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_only_line_breaks_end_a_row(sign: str) -> None:
    """Python's own lines end at more signs than a text table's rows do."""
    assert parse(f"{HEAD}甲{sign}项目,5\n乙项目,6\n")[1:] == [
        [f"甲{sign}项目", "5"],
        ["乙项目", "6"],
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_break_ends_a_row(end: str) -> None:
    assert parse(f"项目名称,总投资{end}甲,5{end}乙,6") == [
        ["项目名称", "总投资"],
        ["甲", "5"],
        ["乙", "6"],
    ]


@pytest.mark.parametrize("text", ['"甲项目,5\n乙项目,6\n', '甲项目,"5\n乙项目,6\n', '甲,5\n"'])
def test_a_quote_that_is_never_closed_is_refused(text: str) -> None:
    """All rows after it would lie in one cell, unread and unsaid."""
    with pytest.raises(NotColumns, match="引号不成对"):
        parse(HEAD + text)


def test_quotes_within_a_cell_are_its_own() -> None:
    assert parse(HEAD + '3"管道,5\n"乙""项目",6\n"丙"项目,7\n')[1:] == [
        ['3"管道', "5"],
        ['乙"项目', "6"],
        ["丙项目", "7"],
    ]


def test_errors_of_a_table_are_no_texts(tmp_path: Path) -> None:
    """A name or a progress “#REF!” would be taken in as one."""
    path = tmp_path / "a.csv"
    path.write_text(
        "项目名称,形象进度,总投资\n甲,#REF!,5\n#N/A,#1楼封顶,#DIV/0!\n", encoding="utf-8"
    )
    sheet = reading.read(path).sheets[0]
    assert sheet.rows[1:] == [["甲", "", "5"], ["", "#1楼封顶", ""]]
    assert sheet.faults == {(1, 1), (2, 0), (2, 2)}
