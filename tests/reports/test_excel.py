"""Papers as workbooks, read back by calamine and openpyxl: cells, figures, sheets, bytes."""

from __future__ import annotations

import errno
import os
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, get_args
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from desktop.errors import DiskFull, NotWritable
from desktop.ledger.money import MINUS, format_printed
from desktop.reports import excel
from desktop.reports.content import (
    Block,
    Chart,
    Column,
    Heading,
    LedgerPaper,
    Paper,
    Paragraph,
    Row,
    Slip,
    Table,
)
from desktop.reports.excel import write_paper
from desktop.sheets.writing.figures import number_in
from tests.reports import papers, word_papers


def written(paper: Paper | LedgerPaper) -> BytesIO:
    data = BytesIO()
    assert write_paper(paper, data) == ()
    data.seek(0)
    return data


def read(paper: Paper | LedgerPaper) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(written(paper))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def value_of(text: str) -> Any:
    """What a printed cell is read back as."""
    bare = text.replace(",", "").replace(MINUS, "-")
    if bare.endswith("%"):
        return float(Decimal(bare[:-1]) / 100)
    return float(bare)


def test_a_ledger_is_read_back_as_it_was_printed() -> None:
    paper = papers.ledger_paper(12)
    ((name, rows),) = read(paper).items()
    assert name == "源汇区重点项目周调度台账"
    assert rows[0][0] == "源汇区重点项目周调度台账"
    assert rows[1][0] == "2023年第9周（2月24日—3月2日）"
    assert rows[2][0] == "填报单位：源汇区重点项目办"
    assert "单位：万元" in rows[2]
    assert rows[3][3:8] == ["总投资", "资金来源", "", "完成投资", ""]
    assert rows[4][4:8] == ["专项债", "自筹", "本周完成", "年累计"]
    kinds = [column.kind for column in papers.COLUMNS]
    signs = {"green": "●", "yellow": "▲", "red": "■"}
    for row, cells in zip(paper.ledger.table.rows, rows[5:], strict=False):
        printed = list(row.cells) + [""] * (12 - len(row.cells))
        for number, (text, cell) in enumerate(zip(printed, cells, strict=True)):
            if kinds[number] == "light":
                assert cell == signs.get(row.light, "")
            elif text and (kinds[number] == "figure" or (number == 0 and row.kind == "row")):
                assert cell == pytest.approx(value_of(text), rel=1e-12), text
                assert not isinstance(cell, str)
            else:
                assert cell == text
    below = [row[0] for row in rows[5 + len(paper.ledger.table.rows) :]]
    assert below[0] == "注：完成投资为调度口径。"
    assert below[1].split() == ["填表人：", "审核人：", "单位负责人（签章）："]
    assert below[2] == "账本：源汇区　期次：2023年第9周"


def test_a_figure_is_shown_as_it_was_printed() -> None:
    book = load_workbook(written(papers.paper()))
    page = book["各单位完成情况"]
    row = next(row for row in page.iter_rows() if row[0].value == 1)
    assert [cell.number_format for cell in row[2:5]] == ["#,##0.00", "#,##0.00", "0.0%"]
    assert row[2].alignment.horizontal == "right"
    total = next(row for row in page.iter_rows() if str(row[0].value).startswith("合计"))
    assert total[2].value == 270
    assert total[2].font.name == "黑体"
    assert [row[5].font.color.rgb for row in page.iter_rows(min_row=4, max_row=6)] == [
        "FF0D7A38", "FFD99400", "FFCC0D17",
    ]  # fmt: skip


def test_sheets_are_set_up_for_print() -> None:
    page = load_workbook(written(papers.ledger_paper(12))).active
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.fitToWidth >= 1
    assert page.print_title_rows == "$4:$5"
    assert page.freeze_panes == "C6"
    merged = {str(one) for one in page.merged_cells.ranges}
    assert {"A1:L1", "E4:F4", "G4:H4", "A4:A5", "A6:L6"} <= merged


def test_each_table_has_a_sheet_and_the_prose_is_on_the_first() -> None:
    sheets = read(word_papers.every())
    assert list(sheets) == [
        "说明",
        "各单位完成情况",
        "源汇区重点项目周调度台账",
        "源汇区重点项目周调度台账（2）",
    ]
    prose = "\n".join(row[0] for row in sheets["说明"])
    at = 0
    for block in word_papers.EVERY_BLOCK:
        if isinstance(block, Table | Chart):
            continue
        for text in word_papers.said([block]):
            found = prose.find(text, at)
            assert found >= 0, text
            at = found + len(text)


def test_every_kind_of_block_is_said_or_left_out_on_purpose() -> None:
    for block in word_papers.EVERY_BLOCK:
        lines = [text for _, text in excel._said(block)]
        assert bool(lines) != isinstance(block, Table | Chart)
    assert {type(block) for block in word_papers.EVERY_BLOCK} == set(get_args(Block))


def test_tables_of_a_slip_and_tables_without_caption_find_a_name() -> None:
    table = Table((Column(("姓名",)),), (Row(("张昇",)),))
    blocks = (Heading(1, "一、名单"), table, table, Slip("参会回执", (table,)))
    assert list(read(papers.paper(*blocks))) == ["说明", "一、名单", "一、名单（2）", "参会回执"]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-", "@甲", "−", "无计划", "1.2亿", "2023-03"])
def test_text_never_becomes_a_formula_or_a_number(text: str) -> None:
    table = Table((Column(("甲",)), Column(("数",), "figure")), (Row((text, text)),))
    data = written(papers.paper(table, Paragraph(text)))
    book = load_workbook(data)
    cells = next(row for row in book[book.sheetnames[1]].iter_rows() if row[0].value == text)
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s"), (text, "s")]
    assert text in [row[0].value for row in book["说明"].iter_rows()]
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)


@given(st.integers(-(10**12), 10**12), st.integers(0, 4), st.booleans())
def test_what_is_printed_is_the_number_it_was(value: int, decimals: int, grouping: bool) -> None:
    text = format_printed(value, decimals, grouping=grouping).replace("-", MINUS)
    found = number_in(text)
    assert found is not None
    number, style = found
    assert number == Decimal(value).scaleb(-decimals)
    assert style == f"money{decimals}" or (style == "plain" and not decimals)


@pytest.mark.parametrize(
    ("text", "number", "style"),
    [
        ("18.7%", Decimal("0.187"), "percent1"),
        (f"{MINUS}3%", Decimal("-0.03"), "percent0"),
        ("0.00", Decimal(0), "money2"),
        ("2023", Decimal(2023), "plain"),
        ("1,234.50", Decimal("1234.5"), "money2"),
    ],
)
def test_figures_keep_their_form(text: str, number: Decimal, style: str) -> None:
    assert number_in(text) == (number, style)


@pytest.mark.parametrize(
    "text", ["", "007", "1,23", "12,3456", "+3.2", "1.2.3", "１２", "1e5", "1234567890123456", "—"]
)
def test_what_is_no_plain_figure_stays_text(text: str) -> None:
    assert number_in(text) is None


def test_a_column_of_codes_stays_text() -> None:
    columns = (Column(("序号",), "word"), Column(("电话",), "word"), Column(("代码",), "word"))
    table = Table(columns, tuple(Row((str(n), f"1380000000{n}", f"00{n}")) for n in (1, 2)))
    rows = read(papers.paper(table))["全区重点项目第9周进展情况"]
    assert rows[-1] == [2, "13800000002", "002"]


def test_an_empty_table_says_so() -> None:
    table = Table((Column(("甲",)), Column(("乙",))), (), caption="空表")
    assert read(papers.paper(table))["空表"][-1] == ["本期无数据", ""]


def test_what_is_too_long_or_barred_is_said_or_cleaned() -> None:
    long = "土地未落实；" * 6000
    ugly = "\x00\x0b控\ud800\ufffe\u200b㙍" + "长" * 200
    table = Table((Column((ugly,)), Column(("问题",))), (Row((ugly, long)),), caption=ugly)
    paper = papers.paper(table, Paragraph("土地；" * 1000))
    data = BytesIO()
    remarks = write_paper(paper, data)
    assert any("32767" in remark for remark in remarks)
    data.seek(0)
    book = CalamineWorkbook.from_filelike(data)
    name = book.sheet_names[1]
    assert len(name) <= 31
    cells = book.get_sheet_by_name(name).to_python(skip_empty_area=False)[-1]
    row = [str(cell) for cell in cells]
    assert row[0].endswith("㙍" + "长" * 200)
    assert row[1].startswith(long[:30000])
    assert row[1].endswith("（超长，余下从略）")


def test_the_same_content_gives_the_same_bytes() -> None:
    one, two = written(word_papers.every()), written(word_papers.every())
    assert one.getvalue() == two.getvalue()
    with ZipFile(one) as package:
        assert {entry.date_time for entry in package.infolist()} == {(2023, 3, 3, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert core.count("2023-03-03T00:00:00Z") == 2
    assert "源汇区重点项目办" in core


@pytest.mark.parametrize(
    ("number", "error"), [(errno.ENOSPC, DiskFull), (errno.EACCES, NotWritable)]
)
def test_a_full_disk_or_an_open_file_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, error: type[Exception]
) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")

    def refuse(_file: int) -> None:
        raise OSError(number, "refused")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(error, match=r"台账\.xlsx"):
        write_paper(papers.ledger_paper(), target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
