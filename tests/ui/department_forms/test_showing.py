"""A learned form over its sheet: the outline, the fields, the words about a cell. No Qt."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import Scheme
from desktop.paths import resources
from desktop.sheets.workbook import reading as files
from desktop.sheets.workbook.grid import Sheet, Workbook
from desktop.ui.department_forms import reading
from desktop.ui.department_forms.showing import FormEffects, table_of, told, with_formulas
from tests.sheets.department import empty_form


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return schemes.load(resources() / "scheme" / "investment")


@pytest.fixture
def studied(scheme: Scheme, tmp_path: Path) -> reading.Studied:
    path = empty_form(tmp_path / "月报.xlsx")
    given = {
        "统计月报!A9:text-负责人": "王建国",
        "统计月报!F4:column": "completed_month",
        "统计月报!G4:column": "completed_year",
    }
    return reading.study(scheme, files.read(path), path, "月报", given)


def sheet_of(workbook: Workbook) -> Sheet:
    return next(one for one in workbook.sheets if one.name == "统计月报")


def test_the_outline_begins_where_merged_headings_do(
    scheme: Scheme, studied: reading.Studied
) -> None:
    table = table_of(scheme, studied.learned.form, sheet_of(studied.workbook))
    assert table.header == (2, 3)
    assert table.area.bottom == 6, "the last line that is filled, not the total"
    seen = {one.heading: one for one in table.columns}
    assert seen["总投资"].unit == "亿元"
    assert seen["项目名称"].unit == ""
    assert table.columns[0].what == "sequence"


def test_what_is_said_of_a_cell(scheme: Scheme, studied: reading.Studied) -> None:
    form, sheet = studied.learned.form, sheet_of(studied.workbook)
    effects = FormEffects(studied.workbook, form, (table_of(scheme, form, sheet),))

    def said(row: int, column: int) -> str:
        return told(scheme, effects, sheet, row, column).partition("：")[2]

    assert said(4, 3) == "填项目档案・总投资，按亿元"
    assert said(4, 0) == "填序号"
    assert said(4, 1) == "填项目档案・项目名称"
    assert said(7, 3) == "原样保留，合计由公式求和"
    assert "王建国" in said(8, 0) and "填报日期" in said(8, 0)
    assert "填报单位" in said(1, 0)
    other = next(one for one in studied.workbook.sheets if one.name == "汇总")
    assert told(scheme, effects, other, 0, 0).endswith("这张工作表原样保留")


def test_the_cells_that_are_filled_are_marked(scheme: Scheme, studied: reading.Studied) -> None:
    form, sheet = studied.learned.form, sheet_of(studied.workbook)
    effects = FormEffects(studied.workbook, form, (table_of(scheme, form, sheet),))
    assert set(effects.row(sheet.name, 4)) >= {0, 1, 2, 3, 4, 5, 6}
    assert effects.row(sheet.name, 7) == {}, "the total computes itself"
    assert set(effects.row(sheet.name, 8)) == {0}
    assert effects.row("汇总", 4) == {}


def test_formulas_that_nobody_computed_are_said_to_be_there(studied: reading.Studied) -> None:
    shown = sheet_of(with_formulas(studied.workbook))
    assert shown.at(7, 3) == "（公式）"
    assert not shown.uncomputed
    assert sheet_of(studied.workbook).at(7, 3) == "", "what is filled stays as it was read"


def test_answers_of_a_form_teach_the_same_form_again(
    scheme: Scheme, studied: reading.Studied
) -> None:
    form = studied.learned.form
    again = reading.study(scheme, studied.workbook, studied.path, "月报", reading.answers_of(form))
    assert again.learned.form == form
    assert reading.kinds_of(scheme, form) == ("month", "week"), "本月完成投资 is a month's"
