"""A department's form: learned once, kept beside the book, filled in its own look."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger.periods import parse_period
from desktop.ledger.workspace import Book
from desktop.sheets.forms import keeping as form_keeping
from desktop.sheets.forms.filling import fill
from desktop.sheets.forms.keeping import FormChanged, FormNameBarred, NoSuchForm
from desktop.sheets.forms.learning import FormNotXlsx, Learned, NoTableInForm, learn
from desktop.sheets.forms.losses import FormUnopenable
from desktop.sheets.forms.values import FormNeedsPeriod
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.workbook.reading import read
from tests.sheets.department import cells, empty_form
from tests.sheets.filler import district
from tests.sheets.making import read_here

#: What a person says where the mapping is not sure.
TOLD = {
    "统计月报!F4:column": "completed_month",
    "统计月报!G4:column": "completed_year",
    "统计月报!A9:text-负责人": "王某",
}
DAY = date(2023, 3, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with district(tmp_path) as made:
        with made.batch("add") as batch:
            for number, row in enumerate(made.rows("project")):
                fields = {"completed_month": 10**6 * number, "completed_year": 3 * 10**6}
                month = {"project": row["record"], "period": "2023-02", "remark": "=1+1"}
                batch.create("monthly", {**month, **fields})
        yield made


def learned(book: Book, path: Path, **more: Any) -> Learned:
    told = {**TOLD, **more}
    foot = next(row for row in range(6, 30) if str(cells(path).cell(row, 1).value)[:3] == "填表人")
    told[f"统计月报!A{foot}:text-负责人"] = told.pop("统计月报!A9:text-负责人")
    return learn(book.scheme, read_here(path), path, "统计局月报表", Answers(told))


def test_a_form_is_learned_from_its_headings(book: Book, tmp_path: Path) -> None:
    path = empty_form(tmp_path / "空表.xlsx")
    found = learned(book, path)
    form = found.form
    assert (form.sheet, form.heading, form.first, form.last) == ("统计月报", 4, 5, 7)
    assert (form.totals, form.kind, form.number) == ((8,), "project", 1)
    assert {one.column: (one.register, one.field) for one in form.columns} == {
        2: ("project", "name"),
        3: ("project", "code"),
        4: ("project", "total_investment"),
        5: ("project", "annual_plan"),
        6: ("monthly", "completed_month"),
        7: ("monthly", "completed_year"),
        8: ("monthly", "completion_rate"),
        9: ("monthly", "remark"),
    }
    assert {one.unit for one in form.columns if one.column in (4, 5, 6, 7)} == {"亿元"}
    assert [(one.what, one.label, one.text) for one in form.fixed] == [
        ("period", "", ""),
        ("unit", "填报单位", ""),
        ("filler", "填表人", ""),
        ("text", "负责人", "王某"),
        ("date", "填报日期", ""),
    ]
    assert (found.left, found.questions, found.lost) == ((), (), ())


def test_what_is_not_sure_is_left_and_said(book: Book, tmp_path: Path) -> None:
    path = empty_form(tmp_path / "空表.xlsx")
    page = cells(path)
    page["I3"] = "神秘栏目"
    page.parent.save(path)
    found = learn(book.scheme, read_here(path), path, "表", Answers())
    assert "统计月报!I3:column" in {one.id for one in found.left}
    assert {one.id for one in found.questions} == {"统计月报!A9:text-负责人"}
    again = learn(
        book.scheme, read_here(path), path, "表", Answers({"统计月报!I3:column": "place"})
    )
    assert (9, "place") in {(one.column, one.field) for one in again.form.columns}


@pytest.mark.parametrize("lines", [1, 2, 3, 4, 9])
@pytest.mark.parametrize("totals_first", [False, True])
def test_a_form_is_filled_in_its_own_look(
    book: Book, tmp_path: Path, lines: int, totals_first: bool
) -> None:
    path = empty_form(tmp_path / "空表.xlsx", lines, totals_first=totals_first)
    form = learned(book, path).form
    made = fill(book, form, path, parse_period("2023-02"), DAY)
    assert (made.rows, made.remarks) == (4, ())
    page = cells(made.data)
    first, more = form.first, max(0, 4 - lines)
    last = form.last + more
    total = 5 if totals_first else last + 1
    foot = last + 1 + (not totals_first)
    assert page["A1"].value == "2023年2月固定资产投资项目完成情况表"
    assert page["A1"].font.name == "黑体"
    assert page["A2"].value == "填报单位（盖章）：源汇区"
    assert page["H2"].value == "计量单位：亿元"
    names = [page.cell(row, 2).value for row in range(first, first + 4)]
    assert sorted(names) == ["丁项目", "丙项目", "乙项目", "甲项目"]
    assert set(names[:2]) == {"甲项目", "乙项目"}  # by unit
    assert [page.cell(row, 1).value for row in range(first, first + 4)] == [1, 2, 3, 4]
    assert page.cell(first, 4).value == 1
    assert page.cell(first, 4).number_format == "#,##0.00"
    assert page.cell(first, 7).value == 0.03
    assert page.cell(first + 3, 8).value == f"=G{first + 3}/E{first + 3}*100"
    assert (page.cell(first, 9).value, page.cell(first, 9).data_type) == ("=1+1", "s")
    for row in range(first, last + 1):
        assert page.cell(row, 5).font.name == "仿宋"
        assert page.row_dimensions[row].height == 28
        assert page.cell(row, 5).border.left.style == "thin"
        bottom = "medium" if row == last or lines == 1 else "thin"
        assert page.cell(row, 5).border.bottom.style == bottom
        if row >= first + 4:
            assert [page.cell(row, column).value for column in range(1, 10)] == [None] * 9
    assert page.cell(total, 1).value == "合  计"
    assert page.cell(total, 1).fill.fgColor.rgb == "FFDDDDDD"
    assert page.row_dimensions[total].height == 33
    assert page.cell(total, 4).value == f"=SUM(D{first}:D{last})"
    assert page.cell(total, 7).value == f"=SUM(G{first}:G{last})"  # was blank
    assert page.cell(total, 8).value == f"=G{total}/E{total}*100"
    assert page.cell(foot, 1).value.startswith("填表人：")
    assert "负责人：王某" in page.cell(foot, 1).value
    assert page.cell(foot, 1).value.endswith("填报日期：2023年3月5日")
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A1:I1", "F3:H3", "A3:A4", f"A{total}:C{total}", f"A{foot}:I{foot}"} <= merged
    assert page.print_area == f"'统计月报'!$A$1:$I${foot}"
    assert page.print_title_rows == "$3:$4"
    assert page.page_setup.orientation == "landscape"
    assert page.column_dimensions["B"].width == 33
    other = page.parent["汇总"]
    assert other["A1"].value == f"='统计月报'!D{total}"
    assert other["A2"].value == f"=SUM(统计月报!G{first}:G{last})"
    assert other["A3"].value == "=SUM(B1:B9)"


@pytest.mark.parametrize(
    ("unit", "shown"), [("元", 10**8), ("千元", 10**5), ("万元", 10**4), ("百万元", 100)]
)
def test_money_goes_into_the_unit_of_the_form(
    book: Book, tmp_path: Path, unit: str, shown: int
) -> None:
    path = empty_form(tmp_path / "空表.xlsx")
    page = cells(path)
    page["H2"] = f"单位：{unit}"
    page.parent.save(path)
    made = fill(book, learned(book, path).form, path, parse_period("2023-02"), DAY)
    assert cells(made.data)["D5"].value == shown


def test_a_form_that_says_no_unit_is_asked_about(book: Book, tmp_path: Path) -> None:
    path = empty_form(tmp_path / "空表.xlsx")
    page = cells(path)
    page["H2"] = None
    page.parent.save(path)
    found = learn(book.scheme, read_here(path), path, "表", Answers())
    money = [one for one in found.left if one.heading == "总投资"]
    assert [one.id for one in money] == ["统计月报!D3:money_unit"]
    assert 4 not in {one.column for one in found.form.columns}
    told = learn(
        book.scheme, read_here(path), path, "表", Answers({"统计月报!D3:money_unit": "元"})
    )
    assert {one.unit for one in told.form.columns if one.column == 4} == {"元"}


def test_last_months_filled_form_serves_as_template(book: Book, tmp_path: Path) -> None:
    path = empty_form(tmp_path / "上月.xlsx", 6, filled=True)
    page = cells(path)
    page["A1"] = "2023年1月固定资产投资项目完成情况表"
    page.parent.save(path)
    made = fill(book, learned(book, path).form, path, parse_period("2023-02"), DAY)
    filled = cells(made.data)
    assert filled["A1"].value == "2023年2月固定资产投资项目完成情况表"
    said = [filled.cell(row, column).value for row in range(5, 11) for column in (2, 4)]
    assert "上月的项目9" not in said
    assert said[8:] == [None] * 4


def test_projects_finished_in_earlier_years_are_left_out(book: Book, tmp_path: Path) -> None:
    with book.batch("add") as batch:
        fields = {"unit": book.rows("project")[0]["unit"], "state": "竣工", "total_investment": 1}
        batch.create("project", {**fields, "name": "旧项目", "actual_finish": "2022-12-30"})
    path = empty_form(tmp_path / "空表.xlsx")
    made = fill(book, learned(book, path).form, path, parse_period("2023-02"), DAY)
    assert made.rows == 4
    assert "旧项目" not in {cells(made.data).cell(row, 2).value for row in range(5, 9)}


def test_a_figure_that_the_period_has_not_is_said(book: Book, tmp_path: Path) -> None:
    path = empty_form(tmp_path / "空表.xlsx")
    form = learned(book, path).form
    made = fill(book, form, path, parse_period("2023-W09"), DAY)
    assert "本月完成投资" in made.remarks[0]
    page = cells(made.data)
    assert page["F5"].value is None
    assert page["G5"].value == 0.01  # the week's own year to date
    with pytest.raises(FormNeedsPeriod):
        fill(book, form, path, None, DAY)


def test_a_form_of_a_list_has_a_line_per_item(book: Book, tmp_path: Path) -> None:
    from openpyxl import Workbook

    (project,) = [row["record"] for row in book.rows("project") if row["name"] == "甲项目"]
    with book.batch("add") as batch:
        for text in ("缺地", "缺电"):
            batch.create("problem", {"project": project, "problem": text, "due": "2023-04-30"})
    workbook = Workbook()
    workbook.active.append(["问题清单"])
    workbook.active.append(["序号", "项目名称", "存在问题", "整改措施", "完成时限"])
    workbook.active.append([None, None, None, None, None])
    workbook.active["E3"].number_format = "yyyy/m/d"
    workbook.save(tmp_path / "问题.xlsx")
    path = tmp_path / "问题.xlsx"
    form = learn(book.scheme, read_here(path), path, "问题", Answers()).form
    assert form.kind == "problem"
    page = cells(fill(book, form, path, None, DAY).data, "Sheet")
    assert {page["C3"].value, page["C4"].value} == {"缺地", "缺电"}
    assert page["B4"].value == "甲项目"
    assert (page["E3"].value.date(), page["E3"].number_format) == (date(2023, 4, 30), "yyyy/m/d")


def test_a_form_filled_before_is_evened_out(book: Book, tmp_path: Path) -> None:
    from openpyxl.styles import Alignment

    path = empty_form(tmp_path / "上月.xlsx", 8, filled=True)
    page = cells(path)
    page.merge_cells("B6:B7")  # a project over two lines
    page.merge_cells("A9:I9")  # a section's heading
    page["D3"] = "责任人及电话"
    page["E3"] = "建设起止年限"
    for row in range(5, 13):
        page.cell(row, 2).alignment = Alignment(wrap_text=True)
    page.parent.save(path)
    project = book.rows("project")[0]["record"]
    with book.batch("change") as batch:
        fields = {"responsible_person": "李建国", "phone": "13800000001"}
        dates = {"planned_start": "2021-08-01", "planned_finish": "2023-12-31"}
        batch.change("project", project, {**fields, **dates, "name": "很长的名称" * 16})
    made = fill(book, learned(book, path).form, path, parse_period("2023-02"), DAY)
    filled = cells(made.data)
    names = [filled.cell(row, 2).value for row in range(5, 9)]
    assert len(set(names)) == 4
    assert None not in names
    at = 5 + names.index("很长的名称" * 16)
    assert filled.cell(at, 4).value == "李建国 13800000001"
    assert filled.cell(at, 5).value == "2021.8—2023.12"
    assert filled.row_dimensions[at].height > 60
    assert filled.row_dimensions[at + 1 if at < 8 else 5].height == 28
    assert {filled.cell(row, 2).border.left.style for row in range(5, 13)} == {"thin"}
    assert {filled.cell(row, 9).font.name for row in range(5, 13)} == {"仿宋"}
    assert {"B6:B7", "A9:I9"}.isdisjoint({str(area) for area in filled.merged_cells.ranges})


def test_other_tables_of_the_workbook_are_said(book: Book, tmp_path: Path) -> None:
    path = empty_form(tmp_path / "空表.xlsx")
    page = cells(path)
    other = page.parent.create_sheet("第二张")
    other.append(["序号", "项目名称", "总投资（万元）"])
    other.append([1, "甲项目", 100])
    page.parent.save(path)
    assert [(one.id, one.heading) for one in learned(book, path).left] == [("", "第二张 第 1 行")]


def test_a_form_styled_to_the_far_end_stays_small(book: Book, tmp_path: Path) -> None:
    from openpyxl.styles import Font

    path = empty_form(tmp_path / "空表.xlsx")
    page = cells(path)
    page.cell(6, 16_384).font = Font(bold=True)
    page.cell(9_000, 1).font = Font(bold=True)
    page.parent.save(path)
    filled = cells(fill(book, learned(book, path).form, path, parse_period("2023-02"), DAY).data)
    assert len(filled._cells) < 400
    assert filled["B8"].value is not None


def test_a_template_that_cannot_be_written_is_refused(book: Book, tmp_path: Path) -> None:
    path = empty_form(tmp_path / "空表.xlsx")
    broken = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/styles.xml":
                data = data.replace(b"<cellXfs count", b'<cellXfs wrong="1" count')
            target.writestr(name, data)
    with pytest.raises(FormUnopenable):
        learn(book.scheme, read_here(broken), broken, "表", Answers())


def test_what_would_be_lost_is_named(book: Book, tmp_path: Path) -> None:
    path = empty_form(tmp_path / "空表.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
        archive.writestr("xl/drawings/drawing9.xml", b"<xdr:wsDr><xdr:sp macro=''/></xdr:wsDr>")
    assert learned(book, path).lost == ("宏", "文本框和图形")


def test_forms_are_kept_beside_the_book(book: Book, tmp_path: Path) -> None:
    path = empty_form(tmp_path / "空表.xlsx")
    form = learned(book, path).form
    assert form_keeping.kept(book.path) == []
    with pytest.raises(NoSuchForm):
        form_keeping.find(book.path, "统计局月报表")
    kept = form_keeping.keep(book.path, form, path.read_bytes())
    assert kept.parent == tmp_path / "d.表样"
    assert form_keeping.kept(book.path) == [form]
    assert form_keeping.find(book.path, "统计局月报表") == (form, kept)
    with pytest.raises(NoSuchForm):
        form_keeping.find(book.path, "../d")
    kept.write_bytes(b"changed")
    with pytest.raises(FormChanged):
        form_keeping.find(book.path, "统计局月报表")
    kept.with_suffix(".json").write_text(json.dumps({"name": 1}), "utf-8")
    with pytest.raises(FormChanged):
        form_keeping.kept(book.path)


@pytest.mark.parametrize("name", ["", " ", "a/b", "..", "a" * 61, "表.", "CON", "com1.表"])
def test_names_that_no_file_can_have(book: Book, tmp_path: Path, name: str) -> None:
    import msgspec

    form = learned(book, empty_form(tmp_path / "空表.xlsx")).form
    with pytest.raises(FormNameBarred):
        form_keeping.keep(book.path, msgspec.structs.replace(form, name=name), b"")


def test_what_is_no_form(book: Book, tmp_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active.append(["只有一句话"])
    workbook.save(tmp_path / "a.xlsx")
    with pytest.raises(NoTableInForm):
        learn(book.scheme, read_here(tmp_path / "a.xlsx"), tmp_path / "a.xlsx", "表", Answers())
    (tmp_path / "a.csv").write_text("项目名称,总投资\n甲,1\n", "utf-8")
    with pytest.raises(FormNotXlsx):
        learn(book.scheme, read_here(tmp_path / "a.csv"), tmp_path / "a.csv", "表", Answers())


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_another_program_computes_the_totals(book: Book, tmp_path: Path) -> None:
    path = empty_form(tmp_path / "空表.xlsx")
    made = fill(book, learned(book, path).form, path, parse_period("2023-02"), DAY)
    (tmp_path / "filled.xlsx").write_bytes(made.data)
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "ods", "--outdir", str(tmp_path), str(tmp_path / "filled.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    sheet = read(tmp_path / "filled.ods").sheets[0]
    assert sheet.rows[8][3] == 4
    assert sheet.rows[8][6] == 0.12
