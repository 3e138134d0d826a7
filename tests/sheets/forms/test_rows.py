"""Rows inserted into a form: formulas follow as they do in a spreadsheet program."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.sheets.forms.rows import make_room, shifted


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("=SUM(D5:D7)", "=SUM(D5:D10)"),
        ("=SUM(D$5:D$7)", "=SUM(D$5:D$10)"),
        ("=SUM(D5:D6)", "=SUM(D5:D6)"),
        ("=SUM(B7:D7)", "=SUM(B7:D7)"),
        ("=SUM(B8:D8)", "=SUM(B11:D11)"),
        ("=D7+D8", "=D7+D11"),
        ("=SUM(D:D)+SUM(5:5)", "=SUM(D:D)+SUM(5:5)"),
        ('=IF(D8>1,"D8","")', '=IF(D11>1,"D8","")'),
        ("=表!D8+别表!D8", "=表!D11+别表!D8"),
        ("='表'!D8", "='表'!D11"),
        ("=1+2", "=1+2"),
        ("=LOG10(D8)", "=LOG10(D11)"),
    ],
)
def test_formulas_after_three_rows_at_row_7(formula: str, after: str) -> None:
    assert shifted(formula, "表", 7, 3, own=True) == after


def test_formulas_of_other_sheets_move_only_where_they_name_this_one() -> None:
    assert shifted("=D8+表!D8", "表", 7, 3, own=False) == "=D8+表!D11"


def test_rules_formats_and_merged_lines_go_along() -> None:
    from openpyxl import Workbook
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.worksheet.datavalidation import DataValidation

    workbook = Workbook()
    page = workbook.active
    for row in (2, 3):
        page.merge_cells(f"A{row}:B{row}")
        page.cell(row, 3).value = f"=D{row}*2"
    rule = DataValidation(type="list", formula1='"甲,乙"')
    rule.add("D2:D3")
    page.add_data_validation(rule)
    page.conditional_formatting.add("D2:D3", CellIsRule(operator="lessThan", formula=["0"]))
    page.merge_cells("A4:D5")
    page["A4"] = "说明"
    assert make_room(workbook, page, 2, 3, 5) == 6
    merged = {str(area) for area in page.merged_cells.ranges}
    assert merged == {*(f"A{row}:B{row}" for row in range(2, 7)), "A7:D8"}
    assert page["A7"].value == "说明"
    assert [page.cell(row, 3).value for row in range(2, 7)] == [f"=D{row}*2" for row in range(2, 7)]
    assert str(page.data_validations.dataValidation[0].sqref) == "D2:D6"
    assert [str(one.sqref) for one in page.conditional_formatting] == ["D2:D6"]
    assert make_room(workbook, page, 2, 6, 2) == 6


def test_pictures_and_links_below_go_along(tmp_path: Path) -> None:
    from openpyxl import Workbook, load_workbook
    from openpyxl.drawing.image import Image
    from PIL import Image as Picture

    Picture.new("RGB", (8, 8)).save(tmp_path / "seal.png")
    workbook = Workbook()
    page = workbook.active
    page["A4"] = "见附件"
    page["A4"].hyperlink = "https://example.com/"
    page.add_image(Image(str(tmp_path / "seal.png")), "B5")
    page.add_image(Image(str(tmp_path / "seal.png")), "B1")
    workbook.save(tmp_path / "a.xlsx")
    workbook = load_workbook(tmp_path / "a.xlsx")
    make_room(workbook, workbook.active, 2, 2, 4)
    workbook.save(tmp_path / "b.xlsx")
    page = load_workbook(tmp_path / "b.xlsx").active
    assert sorted(image.anchor._from.row for image in page._images) == [0, 7]
    assert page["A7"].hyperlink.target == "https://example.com/"
    assert page["A4"].hyperlink is None
