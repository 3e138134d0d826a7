"""Sheets written: they come back equal, text stays text, files are whole or not there."""

from __future__ import annotations

import errno
import os
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import DiskFull, NotWritable
from desktop.ledger.workspace import Book, create
from desktop.sheets.joining import plan
from desktop.sheets.plans.taking import take
from desktop.sheets.proposing import propose
from desktop.sheets.workbook.reading import read
from desktop.sheets.writing.registers import (
    Column,
    Sheet,
    TooManyRows,
    register_sheet,
    write_register,
)
from tests.sheets.any_values import typed
from tests.sheets.making import SAMPLES, investment, read_here

MONEY = Column(("总投资",), "money", 12, total=True)
NAME = Column(("项目名称",), "text", 30)


def written(folder: Path, *sheets: Sheet) -> Path:
    path = folder / "新文件夹" / "台账.xlsx"
    write_register(path, sheets)
    return path


def openpyxl_page(path: Path, number: int = 0) -> Any:
    from openpyxl import load_workbook

    return load_workbook(path).worksheets[number]


def test_the_look_of_a_sheet(tmp_path: Path) -> None:
    columns = (
        NAME,
        Column(("资金来源", "专项债"), "money", 10, total=True),
        Column(("资金来源", "自筹"), "money", 10, total=True),
        Column(("状态",), "choice", 8, choices=("在建", "停工")),
        Column(("开工",), "date", 12),
        Column(("完成率",), "percent", 8),
        Column(("协调",), "flag", 6),
    )
    rows = [
        ("甲", 123_450_000, None, "在建", "2023-03-01", 0.166, True),
        ("乙", 10_000, None, None, None, None, False),
    ]
    path = written(
        tmp_path,
        Sheet("某镇台账", columns, rows, left="填报单位：某镇", note="说明", demonstration=True),
    )
    page = openpyxl_page(path)
    assert page["A1"].value == "某镇台账"
    assert "演示" in page["A2"].value
    assert (page["A3"].value, page["G3"].value) == ("填报单位：某镇", "单位：万元")
    assert [cell.value for cell in page[4]] == [
        "序号",
        "项目名称",
        "资金来源",
        None,
        "状态",
        "开工",
        "完成率",
        "协调",
    ]
    assert [cell.value for cell in page[5]][2:4] == ["专项债", "自筹"]
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A1:H1", "A4:A5", "C4:D4", "E4:E5"} <= merged
    assert page["C6"].value == 12345
    assert (page["C6"].number_format, page["F6"].number_format) == ("#,##0", "yyyy-mm-dd")
    assert page["H6"].value == "是"
    assert page["B8"].value == "合计"
    assert page["C8"].value == "=SUM(C6:C7)"
    assert page["D8"].value is None  # nothing to add
    assert page["A9"].value.startswith("填表人：")
    assert page["A10"].value == "注：说明"
    assert page.freeze_panes == "C6"
    assert page.print_title_rows == "$4:$5"
    assert page.page_setup.orientation == "landscape"
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    offered = {str(one.sqref): one.formula1 for one in page.data_validations.dataValidation}
    assert offered == {"E6:E7": '"在建,停工"', "H6:H7": '"是,否"'}


def test_wide_tables_go_on_a3_and_very_wide_ones_over_several_pages(tmp_path: Path) -> None:
    for width, paper, pages in ((100, 9, 1), (300, 8, 1), (700, 8, 3)):
        columns = tuple(Column((f"栏{n}",), "text", 20) for n in range(width // 20))
        page = openpyxl_page(written(tmp_path, Sheet("表", columns, [])))
        assert (page.page_setup.paperSize, page.page_setup.fitToWidth) == (paper, pages)


@pytest.mark.parametrize(
    ("yuan", "unit", "cell", "shown"),
    [
        ([10_000, 20_000], "万元", 1, "#,##0"),
        ([10_000, 962_500], "万元", 1, "#,##0.00"),
        ([10_001], "万元", Decimal("1.0001"), "#,##0.0000"),
        ([5], "元", 5, "#,##0"),
    ],
)
def test_sums_show_as_many_decimals_as_their_column_needs(
    tmp_path: Path, yuan: list[int], unit: Any, cell: Any, shown: str
) -> None:
    page = openpyxl_page(
        written(tmp_path, Sheet("表", (MONEY,), [(one,) for one in yuan], unit=unit))
    )
    assert page["B4"].number_format == shown
    assert Decimal(str(page["B4"].value)) == cell


@pytest.mark.parametrize("text", ["=1+1", "+5", "-5", "@SUM(A1)", "=cmd|'/c calc'!A0", "'x"])
def test_text_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, Sheet("表", (NAME,), [(text,)]))
    cell = openpyxl_page(path)["B4"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix == (text[0] != "'")
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_what_a_worksheet_cannot_hold_is_changed_and_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    rows = [("甲\x00\x0b乙\ud800",), ("字" * 40_000,), ("正常\r\n两行",), ("_x0041_",)]
    said = write_register(path, [Sheet("表", (NAME,), rows)])
    assert ["控制字符" in one or "截断" in one for one in said] == [True, True]
    assert "表!B4" in said[1]
    assert "表!B5" in said[0]
    cells = [row[1] for row in read(path).sheets[0].rows[3:7]]
    assert cells[0] == "甲乙"
    assert len(str(cells[1])) == 32_767
    assert str(cells[1]).endswith("从略）")
    assert cells[2:] == ["正常\n两行", "_x0041_"]


def test_several_sheets_with_names_that_excel_allows(tmp_path: Path) -> None:
    sheets = [
        Sheet("表", (NAME,), [], name=name)
        for name in ("a/b:c*?[x]", "同名", "同名", "长" * 40, "")
    ]
    workbook = read(written(tmp_path, *sheets))
    assert [one.name for one in workbook.sheets] == ["abcx", "同名", "同名（2）", "长" * 31, "表"]


def test_a_table_without_rows_or_money_or_number(tmp_path: Path) -> None:
    path = written(tmp_path, Sheet("表", (NAME,), [], numbered=False, signatures=()))
    assert read(path).sheets[0].rows == [["表", ""], ["", ""], ["项目名称", ""]] or [
        row[0] for row in read(path).sheets[0].rows
    ] == ["表", "", "项目名称"]


def test_more_rows_than_a_worksheet_holds(tmp_path: Path) -> None:
    with pytest.raises(TooManyRows):
        write_register(tmp_path / "a.xlsx", [Sheet("表", (NAME,), range(1_000_001))])  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "refusal"), [(errno.ENOSPC, DiskFull), (errno.EACCES, NotWritable)]
)
def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, refusal: type[Exception]
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(b"old")

    def failing(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(refusal):
        write_register(path, [Sheet("表", (NAME,), [])])
    assert [one.name for one in tmp_path.iterdir()] == ["台账.xlsx"]
    assert path.read_bytes() == b"old"


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").mkdir()
    with pytest.raises(NotWritable):
        write_register(tmp_path / "台账.xlsx", [Sheet("表", (NAME,), [])])


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with create(tmp_path / "a.yzb", "空冢郭镇", "township", profile=tmp_path / "p") as made:
        yield made


@pytest.mark.parametrize(
    ("register", "period"), [("weekly", "2023-W09"), ("project", None), ("problem", None)]
)
def test_registers_of_the_samples_come_back_without_a_change(
    book: Book, tmp_path: Path, register: str, period: str | None
) -> None:
    for name in ("空冢郭镇周调度台账.xlsx", "源汇区重大项目清单.xlsx", "源汇区问题清单.xlsx"):
        take(book, plan(book, propose(read(SAMPLES / name), book.scheme)))
    path = tmp_path / "out.xlsx"
    write_register(path, [register_sheet(book, register, period, demonstration=True)])
    found = propose(read(path), book.scheme)
    assert found.unmapped == ()
    assert found.questions == ()
    made = plan(book, found)
    assert made.questions == ()
    assert {one.what for step in made.steps for one in step.fields} <= {"same", "kept"}
    assert len([step for step in made.steps if step.register == register]) == len(
        book.rows(register, period)
    )


def test_every_register_of_the_scheme_can_be_written(book: Book, tmp_path: Path) -> None:
    for register in book.scheme.registers.values():
        if register.internal:
            continue
        sheet = register_sheet(book, register.name)
        write_register(tmp_path / f"{register.name}.xlsx", [sheet])
        workbook = read(tmp_path / f"{register.name}.xlsx")
        assert workbook.sheets[0].rows[0][0] == f"空冢郭镇{register.title}"


# Any values, written and read again


@pytest.mark.parametrize("register", ["project", "weekly", "problem", "milestone", "stopped"])
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_values_written_are_read_again(register: str, tmp_path: Path, data: Any) -> None:
    scheme = investment()
    definition = scheme.register(register)
    fields = [
        field
        for field in definition.shown
        if field.formula is None and field.of is None and field.type not in ("photo", "attachment")
    ]
    label = definition.label
    rows: list[tuple[Any, ...]] = []
    for number in range(data.draw(st.integers(1, 4), label="rows")):
        row = [
            data.draw(
                value if field.required or field.name == label else st.none() | value,
                label=field.name,
            )
            for field in fields
            for value in [typed(scheme, field)]
        ]
        rows.append((f"第{number}个项目", *row))
    columns: list[Column] = [NAME]
    columns += [
        Column(
            (field.group, field.title) if field.group else (field.title,), field.type, field.width
        )
        for field in fields
    ]
    if register == "project":
        columns, rows = columns[1:], [one[1:] for one in rows]
    path = tmp_path / "a.xlsx"
    sheet = Sheet(f"空冢郭镇{definition.title}（2023年第9周）", tuple(columns), rows)
    write_register(path, [sheet])
    found = propose(read_here(path), scheme)
    records = found.projects if register in ("project", "weekly") else found.items
    assert found.unmapped == ()
    assert [question.question for question in found.questions] == []
    assert len(records) == len(rows)
    for record, cells in zip(records, rows, strict=True):
        for field, value in zip(fields, cells[-len(fields) :], strict=True):
            assert record.values[field.name] == value, field.name


def test_numbers_and_dates_that_excel_would_ruin_are_text(tmp_path: Path) -> None:
    columns = (Column(("数",), "integer"), Column(("日",), "date"), Column(("码",), "code"))
    rows = [(10**16 + 1, "1899-12-31", "1234567890123456"), (10**14, "1900-03-01", "0012")]
    page = openpyxl_page(written(tmp_path, Sheet("表", columns, rows)))
    cells = [[(page[f"{letter}{row}"].value) for letter in "BCD"] for row in (4, 5)]
    assert cells[0] == [str(10**16 + 1), "1899-12-31", "1234567890123456"]
    assert (cells[1][0], cells[1][1].date().isoformat(), cells[1][2]) == (
        10**14,
        "1900-03-01",
        "0012",
    )


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "full"), DiskFull),
        (OSError(errno.EACCES, "denied"), NotWritable),
        (type("SerialisationError", (Exception,), {})("IO_ENOSPC"), DiskFull),
        (type("SerialisationError", (Exception,), {})("IO_EFBIG"), NotWritable),
    ],
)
def test_a_full_temporary_folder_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, said: type[Exception]
) -> None:
    """openpyxl writes there first; lxml has a word of its own for it. The old file stays."""
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise error

    monkeypatch.setattr(WriteOnlyWorksheet, "append", full)
    with pytest.raises(said):
        write_register(path, [Sheet("表", (Column(("数",), "integer"),), [(1,)])])
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
