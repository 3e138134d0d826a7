"""Card forms: a sheet per project in the template's look, in one workbook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from desktop.ledger.periods import parse_period
from desktop.ledger.workspace import Book, create
from desktop.sheets.forms.filling import Filled, fill
from desktop.sheets.forms.learning import learn
from desktop.sheets.proposals.answers import Answers
from tests.sheets.department import card_form
from tests.sheets.filler import PROJECTS, district
from tests.sheets.making import read_here

DAY = date(2023, 3, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with district(tmp_path) as made:
        with made.batch("add") as batch:
            for row in made.rows("project"):
                month = {"project": row["record"], "period": "2023-02", "problems": "=缺地"}
                batch.create("monthly", {**month, "completed_month": 10**6})
        yield made


def filled(book: Book, path: Path) -> Filled:
    form = learn(book.scheme, read_here(path), path, "卡", Answers()).form
    assert form.card
    return fill(book, form, path, parse_period("2023-02"), DAY)


def test_labels_and_values_of_a_card_are_learned(book: Book, tmp_path: Path) -> None:
    path = card_form(tmp_path / "卡.xlsx")
    found = learn(book.scheme, read_here(path), path, "卡", Answers())
    cells = {(one.row, one.column): (one.label, one.field) for one in found.form.columns}
    assert cells[3, 2] == ("A3", "name")
    assert cells[5, 4] == ("C5", "annual_plan")
    assert cells[9, 2] == ("A9", "problems")
    assert [(one.what, one.row, one.value) for one in found.form.fixed] == [
        ("period", 1, 0),
        ("unit", 2, 2),
        ("filler", 10, 0),
        ("date", 10, 0),
    ]
    told = Answers({"信息卡!C8:column": "place"})
    again = learn(book.scheme, read_here(path), path, "卡", told).form
    assert (8, 4, "place") in {(one.row, one.column, one.field) for one in again.columns}


def test_every_project_has_its_sheet(book: Book, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    made = filled(book, card_form(tmp_path / "卡.xlsx"))
    workbook = load_workbook(BytesIO(made.data))
    assert (made.rows, made.remarks) == (4, ())
    assert sorted(workbook.sheetnames[:4]) == sorted(PROJECTS)
    assert workbook.sheetnames[4:] == ["说明"]
    for page in workbook.worksheets[:4]:
        assert page["A1"].value == "2023年2月重点项目信息卡"
        assert page["A1"].font.name == "黑体"
        assert page["B2"].value == "源汇区"
        assert page["D2"].value == "单位：万元"
        assert page["B3"].value == page.title
        assert (page["B5"].value, page["B7"].value) == (10_000, 100)
        assert (page["B9"].value, page["B9"].data_type) == ("=缺地", "s")
        assert page["B8"].value == "=D7/D5"  # the form's own formula
        assert page["E5"].value == f"='{page.title}'!B5*2"
        assert page["A10"].value.endswith("填报日期：2023年3月5日")
        assert page["B3"].border.left.style == "thin"
        assert {str(area) for area in page.merged_cells.ranges} == {
            "A1:D1",
            "B3:D3",
            "B9:D9",
            "A10:D10",
        }
        assert (page.row_dimensions[9].height, page.column_dimensions["C"].width) == (60, 22)
        assert page.print_area.endswith("$A$1:$D$10")
        assert page.oddFooter.center.text == "第 &P 页"
        assert [str(one.sqref) for one in page.data_validations.dataValidation] == ["D8"]
    assert workbook["说明"]["A1"].value == f"='{workbook.sheetnames[0]}'!B3"


def test_names_that_no_sheet_can_have(book: Book, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    with book.batch("change") as batch:
        for row, end in zip(book.rows("project"), "一二三说", strict=True):
            name = "说明" if end == "说" else f"源汇区[某/某]项目：很长的名称{'长' * 40}{end}"
            batch.change("project", row["record"], {"name": name})
    made = filled(book, card_form(tmp_path / "卡.xlsx"))
    names = load_workbook(BytesIO(made.data)).sheetnames
    assert len({name.casefold() for name in names}) == 5
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert "说明（2）" in names  # the sheet 说明 was there first


def test_a_book_without_projects_leaves_the_card_as_it_is(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    with create(tmp_path / "e.yzb", "源汇区", "district", profile=tmp_path / "p") as empty:
        made = filled(empty, card_form(tmp_path / "卡.xlsx"))
    workbook = load_workbook(BytesIO(made.data))
    assert made.rows == 0
    assert workbook.sheetnames == ["信息卡", "说明"]
    assert workbook["信息卡"]["E5"].value == "=信息卡!B5*2"


def test_pictures_of_a_card_are_on_every_sheet(book: Book, tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from openpyxl.drawing.image import Image
    from PIL import Image as Picture

    path = card_form(tmp_path / "卡.xlsx")
    Picture.new("RGB", (8, 8)).save(tmp_path / "seal.png")
    workbook = load_workbook(path)
    workbook["信息卡"].add_image(Image(str(tmp_path / "seal.png")), "D2")
    workbook.save(path)
    made = load_workbook(BytesIO(filled(book, path).data))
    assert [len(page._images) for page in made.worksheets] == [1, 1, 1, 1, 0]
    assert {page._images[0].anchor._from.row for page in made.worksheets[:4]} == {1}
