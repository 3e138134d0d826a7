"""Forms with section rows: rows under the section that names what they are, sums as formulas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger.periods import parse_period
from desktop.ledger.workspace import Book
from desktop.sheets.forms.body import Block, Total, body_of
from desktop.sheets.forms.filling import Filled, fill
from desktop.sheets.forms.learning import Learned, learn
from desktop.sheets.meaning import vocabulary
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.workbook.refusals import AnswerNotUnderstood
from tests.sheets.department import cells, ruled, sectioned_form
from tests.sheets.filler import district
from tests.sheets.making import investment, read_here, sheet

DAY = date(2023, 3, 5)
KINDS = {"甲项目": ("省", "在建"), "乙项目": ("省", "前期"), "丙项目": ("市", "在建")}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with district(tmp_path) as made:
        with made.batch("change") as batch:
            batch.change("unit", made.unit, {"contact": "张三", "phone": "0395-1234567"})
            for row in made.rows("project"):
                level, state = KINDS.get(row["name"], ("一般", "停工"))
                batch.change("project", row["record"], {"level": level, "state": state})
                month = {"project": row["record"], "period": "2023-02"}
                batch.create("monthly", {**month, "completed_month": 10**6})
        yield made


def learned(book: Book, path: Path, **told: Any) -> Learned:
    return learn(book.scheme, read_here(path), path, "表", Answers(told))


def filled(book: Book, path: Path, **told: Any) -> Filled:
    return fill(book, learned(book, path, **told).form, path, parse_period("2023-02"), DAY)


def column(page: Any, letter: str, first: int, last: int) -> list[Any]:
    return [page[f"{letter}{row}"].value for row in range(first, last + 1)]


def test_rows_stand_under_the_section_that_names_what_they_are(book: Book, tmp_path: Path) -> None:
    made = filled(book, sectioned_form(tmp_path / "空表.xlsx"))
    page = cells(made.data, "重点项目")
    assert made.rows == 4
    names = {8: "甲项目", 9: None, 11: "乙项目", 13: "丙项目", 16: "丁项目"}
    assert {row: page[f"B{row}"].value for row in names} == names
    assert [page[f"A{row}"].value for row in (8, 11, 13, 16)] == [1, 2, 3, 4]
    titles = [page[f"A{row}"].value for row in (5, 6, 7, 12, 14, 15)]
    assert titles == [
        "合计（4个）",
        "一、省级重点项目（2个）",
        "（一）在建",
        "二、市级重点项目（1个）",
        "小计",
        "三、其他",
    ]
    assert page["B16"].border.left.style == "thin"  # a line where the form had none
    assert page["G16"].value == "=F16/D16"
    assert (page["A17"].value, page["B17"].value, page["F17"].value) == (
        "期次",
        "2023年2月",
        "单位：亿元",
    )


def test_sums_are_formulas_over_their_lines(book: Book, tmp_path: Path) -> None:
    made = filled(book, sectioned_form(tmp_path / "空表.xlsx", filled=True))
    page = cells(made.data, "重点项目")
    lines = "=SUM(C8:C9,C11:C11,C13:C13,C16:C16)"
    assert page["C5"].value == lines  # added up its own sections, too
    assert page["E5"].value == lines.replace("C", "E").replace("=SUM".replace("C", "E"), "=SUM")
    assert page["C6"].value == "=SUM(C8:C9,C11:C11)"  # a number of last month
    assert page["C14"].value == "=SUM(C13:C13)"
    assert page["E12"].value is None  # it has its 小计
    assert page["D5"].value == "=D6+D12"  # adds up sections: stays, and these have their sums
    assert page["D12"].value == "=SUM(D13:D13)"
    assert page["C15"].value == "=SUM(C16:C16)"
    assert page["G5"].value == "=F5/D5"
    assert page["G6"].value is None
    assert made.remarks == (
        "D5 的公式没有包括它应合计的各行，请核对。",
        "G6 的“占年度计划”原来是固定的数，已去掉，请核对。",
    )


def test_what_fits_no_section_is_said_by_name(book: Book, tmp_path: Path) -> None:
    path = sectioned_form(tmp_path / "空表.xlsx")
    page = cells(path, "重点项目")
    page["A15"] = "三、区级重点项目"
    page["D5"] = None
    page.parent.save(path)
    made = filled(book, path)
    assert made.rows == 3
    assert made.remarks == ("以下各项不属于表样中的任何一节，没有填入，请核对：丁项目。",)
    assert cells(made.data, "重点项目")["D5"].value == "=SUM(D8:D9,D11:D11,D13:D13)"


def test_a_section_that_says_nothing_is_asked_about(book: Book, tmp_path: Path) -> None:
    path = sectioned_form(tmp_path / "空表.xlsx")
    page = cells(path, "重点项目")
    page["A15"] = "三、打捆项目"
    page.parent.save(path)
    found = learned(book, path)
    key = "重点项目!A15:section"
    assert key in {one.id for one in found.questions}
    assert "丁项目" in filled(book, path).remarks[0]
    assert cells(filled(book, path, **{key: "停工"}).data, "重点项目")["B16"].value == "丁项目"
    assert cells(filled(book, path, **{key: "其他"}).data, "重点项目")["B16"].value == "丁项目"
    assert filled(book, path, **{key: None}).rows == 3
    with pytest.raises(AnswerNotUnderstood):
        learned(book, path, **{key: "不知道"})


def test_sections_of_units_and_more_rows_than_lines(book: Book, tmp_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    page = workbook.active
    for row in (
        ["项目表"],
        ["序号", "项目名称", "总投资（万元）"],
        ["空冢郭镇政府"],
        [1],
        ["问十乡"],
        [1],
        ["合计"],
    ):
        page.append(row)
    for number in (3, 5):
        page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=3)
    ruled(page, "A2:C7")
    path = tmp_path / "空表.xlsx"
    workbook.save(path)
    page = cells(filled(book, path).data, "Sheet")
    assert column(page, "A", 3, 9) == ["空冢郭镇政府", 1, 2, "问十乡", 1, 2, "合计"]
    assert sorted(column(page, "B", 4, 5)) == ["乙项目", "甲项目"]
    assert sorted(column(page, "B", 7, 8)) == ["丁项目", "丙项目"]
    assert page["C9"].value == "=SUM(C4:C5,C7:C8)"
    assert {"A3:C3", "A6:C6"} <= {str(area) for area in page.merged_cells.ranges}


@pytest.mark.parametrize(
    ("rows", "blocks", "totals"),
    [
        ([[], [], ["合计"]], [(2, 3)], [(4, None)]),
        ([["合计"], [], [], ["注：略"]], [(3, 4)], [(2, None)]),
        ([["合计"], ["填表人："]], [(3, 2)], [(2, None)]),
        ([["1", "2", "3"], []], [(3, 3)], []),
        (
            [["一、省级"], [], ["小计"], ["二、市级"], [], ["小计"], ["合计"]],
            [(3, 3), (6, 6)],
            [(4, 0), (7, 1), (8, None)],
        ),
        (
            [["一、省级"], ["小计"], [], ["二、市级"], ["小计"], [], ["合计"]],
            [(4, 4), (7, 7)],
            [(3, 0), (6, 1), (8, None)],
        ),
        ([["一、省级"], ["二、市级"], ["总计"]], [(3, 2), (4, 3)], [(4, None)]),
        (
            [["一、省级"], ["（一）在建"], [], ["小计"], ["（二）前期"], [], ["小计"], ["小计"]],
            [(4, 4), (7, 7)],
            [(5, 1), (8, 2), (9, 0)],
        ),
        (
            [["一、省级"], [], ["合计"], ["二、市级"], [], ["合计"]],
            [(3, 3), (6, 6)],
            [(4, 0), (7, 1)],
        ),
    ],
)
def test_the_rows_of_a_body(
    rows: list[list[Any]], blocks: list[tuple[int, int]], totals: list[tuple[int, int | None]]
) -> None:
    grid = sheet(["序号", "项目名称", "总投资"], *rows)
    body = body_of(vocabulary.load(investment()), grid, 0, (0, 2))
    assert [(one.first, one.last) for one in body.blocks] == blocks
    assert list(body.totals) == [Total(*one) for one in totals]
    assert isinstance(body.blocks[0], Block)
