"""Fill-in workbooks: whose rows, which columns, what is open, and how they look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import DiskFull
from desktop.ledger.definitions import NoSuchField, NoSuchRegister
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in import files as fill_in_files
from desktop.sheets.fill_in.contents import NothingToFill, WhichPeriod, fill_ins
from desktop.sheets.fill_in.files import file_name
from desktop.sheets.fill_in.marks import SHEET
from desktop.sheets.workbook.grid import letters
from desktop.sheets.writing import drafts
from desktop.sheets.writing.lists import LISTS
from tests.sheets.filler import Filler, came_back, district, given_out

TOWN = "空冢郭镇"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with district(tmp_path) as made:
        yield made


def names(book: Book, register: str = "weekly", **more: Any) -> dict[str, list[str]]:
    period = more.pop("period", "2023-W10" if register == "weekly" else None)
    made = fill_ins(book, register, period, **more)
    return {one.recipient: [str(row.cells["=name"]) for row in one.rows] for one in made}


def test_rows_are_divided_by_unit_or_by_any_field(book: Book) -> None:
    by_unit = {who: sorted(some) for who, some in names(book).items()}
    assert by_unit == {TOWN: ["乙项目", "甲项目"], "问十乡": ["丁项目", "丙项目"]}
    by_owner = names(book, by="owner")
    assert {who: sorted(some) for who, some in by_owner.items()} == {
        "业主0": ["丁项目", "甲项目"],
        "业主1": ["乙项目"],
        "业主2": ["丙项目"],
    }
    assert set(names(book, by="responsible_unit")) == {"未注明"}
    with pytest.raises(NoSuchField):
        names(book, by="nothing")


def test_a_list_is_divided_by_its_own_field_and_offers_blank_rows(book: Book) -> None:
    (project,) = [row["record"] for row in book.rows("project") if row["name"] == "甲项目"]
    with book.batch("add") as batch:
        fields = {"project": project, "problem": "缺地", "responsible_unit": "区自然资源局"}
        batch.create("problem", fields)
    assert names(book, "problem")["问十乡"] == []
    (by_department, *_) = fill_ins(book, "problem", by="responsible_unit")
    assert (by_department.recipient, by_department.spare) == ("区自然资源局", 10)
    (town,) = [one for one in fill_ins(book, "problem") if one.recipient == TOWN]
    assert set(town.subjects) == {"甲项目", "乙项目"}


def test_what_cannot_be_given_out(book: Book) -> None:
    with pytest.raises(NoSuchRegister):
        fill_ins(book, "nothing")
    with pytest.raises(NothingToFill):
        fill_ins(book, "submission", "2023-W10")
    with pytest.raises(NothingToFill):  # its rows must have been named first
        fill_ins(book, "target", "2023")
    for register, period in (("weekly", None), ("weekly", "2023-02"), ("problem", "2023-W10")):
        with pytest.raises(WhichPeriod):
            fill_ins(book, register, period)


def test_the_period_before_is_of_the_same_kind(book: Book) -> None:
    (town,) = [row["record"] for row in book.rows("unit") if row["name"] == TOWN]
    with book.batch("add") as batch:
        fields = {"unit": town, "indicator": "投资", "basis": "金额", "assured_money": 10**8}
        for period in ("2023-01", "2023-02"):
            batch.create("target", {**fields, "period": period})
    with pytest.raises(NothingToFill):  # a month is no quarter's predecessor
        fill_ins(book, "target", "2023-Q1")
    ((month,),) = [fill_ins(book, "target", "2023-03")]
    assert [row.cells["<assured_money"] for row in month.rows] == [10**8]


def test_only_what_this_level_fills_is_open(tmp_path: Path) -> None:
    from desktop.ledger.workspace import create

    made = create(tmp_path / "t.yzb", TOWN, "township", profile=tmp_path / "p")
    with made as town, pytest.raises(NothingToFill):  # the district's alone
        fill_ins(town, "monthly_unit", "2023-02")


def test_the_columns_of_a_week(book: Book) -> None:
    (town, _) = fill_ins(book, "weekly", "2023-W10")
    columns = {column.key: (column.kind, column.path) for column in town.columns}
    assert columns["=name"] == ("given", ("项目名称",))
    assert columns["=annual_plan"][0] == "given"
    assert columns["<completed_week"] == ("before", ("本周完成投资", "上周"))
    assert columns["completed_week"] == ("fill", ("本周完成投资", "本周"))
    assert columns["<next_plan"][0] == "before"
    assert "<physical_progress" not in columns  # carried into the open cell instead
    assert {"completion_rate", "photos", "=unit"}.isdisjoint(columns)
    (row,) = [row for row in town.rows if row.cells["=name"] == "甲项目"]
    assert row.cells["<completed_week"] == 120_000
    assert row.cells["completed_week"] is None
    assert row.cells["physical_progress"] == "甲项目基础施工"
    assert row.carried == {"physical_progress"}
    (later, _) = fill_ins(book, "weekly", "2023-W12")
    assert ("本周完成投资", "第9周") in [column.path for column in later.columns]


def test_what_the_period_holds_already_is_in_the_open_cells(book: Book) -> None:
    (town, _) = fill_ins(book, "weekly", "2023-W09")
    (row,) = [row for row in town.rows if row.cells["=name"] == "甲项目"]
    assert row.cells["completed_week"] == 120_000
    assert row.carried == frozenset()


def test_the_look_of_a_workbook(book: Book, tmp_path: Path) -> None:
    paper = Filler(given_out(book, tmp_path / "out")[TOWN])
    page = paper.page
    assert page["B1"].value == "2023年第10周周调度台账填报表"
    assert page["B2"].value.startswith("填写说明：")
    assert page["B3"].value.startswith("填报单位：空冢郭镇")
    assert page.protection.sheet
    assert page.protection.password is None
    assert (page.protection.sort, page.protection.autoFilter) == (False, False)
    assert paper.workbook.security.lockStructure
    assert page.column_dimensions["A"].hidden
    assert page.row_dimensions[paper.keys].hidden
    assert [paper.workbook[name].sheet_state for name in (SHEET,)] == ["veryHidden"]
    grey, open_ = paper.cell("甲项目", "<completed_week"), paper.cell("甲项目", "completed_week")
    assert (grey.protection.locked, open_.protection.locked) == (True, False)
    assert grey.fill.fgColor.rgb != open_.fill.fgColor.rgb
    assert (grey.value, open_.value) == (12, None)
    assert page.print_title_rows == f"${paper.keys + 1}:${paper.keys + 2}"
    assert page.page_setup.orientation == "landscape"
    locked = [
        cell.coordinate
        for row in page.iter_rows(min_row=1, max_row=paper.keys + 2)
        for cell in row
        if not cell.protection.locked
    ]
    assert locked == []


def test_a_text_that_looks_like_a_formula_stays_text(book: Book, tmp_path: Path) -> None:
    (project,) = [row["record"] for row in book.rows("project") if row["name"] == "甲项目"]
    with book.batch("change") as batch:
        batch.change("project", project, {"name": "=1+1"})
    paper = Filler(given_out(book, tmp_path / "out")[TOWN])
    cell = paper.cell("=1+1", "=name")
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    proposal, planned = came_back(book, paper.path)
    assert (proposal.questions, planned.questions, planned.steps) == ((), (), ())


def test_rules_of_the_open_cells(book: Book, tmp_path: Path) -> None:
    paper = Filler(given_out(book, tmp_path / "out", "problem", None)[TOWN])
    rules = {
        str(rule.sqref).split(":")[0].rstrip("0123456789"): rule
        for rule in paper.page.data_validations.dataValidation
    }
    letter = {key: letters(at - 1) for key, at in paper.columns.items()}
    name = rules[letter["=name"]]
    assert name.type == "list"
    assert sorted(name.formula1.strip('"').split(",")) == ["乙项目", "甲项目"]
    assert rules[letter["needs_level"]].formula1 == '"是,否"'
    assert "资金" in rules[letter["aspect"]].formula1
    assert "请从列表中选择" in rules[letter["aspect"]].error
    assert rules[letter["due"]].type == "date"
    assert rules[letter["problem"]].type == "textLength"
    first = paper.keys + 2
    assert str(rules[letter["due"]].sqref) == f"{letter['due']}{first}:{letter['due']}{first + 9}"


def test_long_lists_stand_on_a_hidden_sheet(book: Book, tmp_path: Path) -> None:
    (town,) = [row["record"] for row in book.rows("unit") if row["name"] == TOWN]
    with book.batch("add") as batch:
        for number in range(40):
            fields = {"name": f"第{number}个名称很长的项目", "unit": town, "state": "在建"}
            batch.create("project", {**fields, "total_investment": 10**8})
    paper = Filler(given_out(book, tmp_path / "out", "problem", None)[TOWN])
    assert paper.workbook[LISTS].sheet_state == "veryHidden"
    rules = [str(rule.formula1) for rule in paper.page.data_validations.dataValidation]
    assert f"'{LISTS}'!$A$1:$A$42" in rules
    assert paper.workbook[LISTS]["A42"].value is not None
    assert paper.workbook[LISTS]["A43"].value is None


def test_names_of_files(book: Book, tmp_path: Path) -> None:
    import msgspec

    (town, _) = made = fill_ins(book, "weekly", "2023-W10")
    assert file_name(town) == "空冢郭镇 2023年第10周周调度台账填报表.xlsx"
    odd = msgspec.structs.replace(town, recipient='a/b:c*?"<>|' + "很长" * 100)
    assert len(file_name(odd).encode()) <= 204
    assert file_name(odd).startswith("abc很长")
    for _ in range(2):
        written = fill_in_files.write(book.scheme, made, tmp_path / "out")
    assert written[0][1].name == "空冢郭镇 2023年第10周周调度台账填报表（2）.xlsx"
    assert len(list((tmp_path / "out").iterdir())) == 4


def test_all_are_written_or_none(book: Book, tmp_path: Path, monkeypatch: Any) -> None:
    folder = tmp_path / "out"
    made = fill_ins(book, "weekly", "2023-W10")
    (first,) = fill_in_files.write(book.scheme, made[:1], folder)
    kept = first[1].read_bytes()
    put, places = drafts.put_in_place, []

    def full(path: Path, data: memoryview) -> None:
        places.append(path)
        if len(places) == 2:
            raise DiskFull(path.name)
        put(path, data)

    monkeypatch.setattr(fill_in_files, "put_in_place", full)
    with pytest.raises(DiskFull):
        fill_in_files.write(book.scheme, made, folder)
    assert len(places) == 2
    assert list(folder.iterdir()) == [first[1]]
    assert first[1].read_bytes() == kept
