"""Forms that give a project several merged lines, one per problem."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger.periods import parse_period
from desktop.ledger.workspace import Book
from desktop.sheets.forms.filling import fill
from desktop.sheets.forms.learning import learn
from desktop.sheets.proposals.answers import Answers
from tests.sheets.department import cells, grouped_form, ruled
from tests.sheets.filler import district
from tests.sheets.making import read_here

DAY = date(2023, 3, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with district(tmp_path) as made:
        projects = {row["name"]: row["record"] for row in made.rows("project")}
        with made.batch("add") as batch:
            for text in ("缺地", "缺电", "缺水"):
                batch.create("problem", {"project": projects["甲项目"], "problem": text})
            batch.create("problem", {"project": projects["丙项目"], "problem": "缺钱"})
            done = {"project": projects["丙项目"], "problem": "已办结的", "state": "已销号"}
            batch.create("problem", done)
        yield made


def page_of(book: Book, path: Path, sheet: str, period: str | None = None) -> Any:
    form = learn(book.scheme, read_here(path), path, "表", Answers()).form
    at = parse_period(period) if period else None
    return cells(fill(book, form, path, at, DAY).data, sheet)


@pytest.mark.parametrize("lines", [2, 3, 4])
def test_a_project_takes_as_many_lines_as_it_has_problems(
    book: Book, tmp_path: Path, lines: int
) -> None:
    page = page_of(book, grouped_form(tmp_path / "空表.xlsx", lines), "问题台账")
    first = max(3, lines)
    second = max(2, lines)
    merged = {str(area) for area in page.merged_cells.ranges}
    for letter in "ABC":
        assert f"{letter}3:{letter}{2 + first}" in merged
        assert f"{letter}{3 + first}:{letter}{2 + first + second}" in merged
    assert not any(one.startswith("D") for one in merged)
    assert (page["A3"].value, page["B3"].value, page["C3"].value) == (1, "甲项目", 10_000)
    assert {page[f"D{row}"].value for row in range(3, 6)} == {"缺地", "缺电", "缺水"}
    assert (page[f"A{3 + first}"].value, page[f"B{3 + first}"].value) == (2, "丙项目")
    total = 3 + first + second
    assert page[f"A{total}"].value == "合计"
    assert page[f"C{total}"].value == f"=SUM(C3:C{total - 1})"
    assert {page.cell(row, 4).border.left.style for row in range(3, total)} == {"thin"}


def test_without_merged_cells_the_problems_share_one(book: Book, tmp_path: Path) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    page = workbook.active
    page.append(["重点项目情况表"])
    heads = ["序号", "项目名称", "总投资（万元）", "建设单位", "建设内容", "开工时间", "问题类别"]
    page.append([*heads, "整改措施"])
    page.append([None] * 8)
    ruled(page, "A2:H3")
    path = tmp_path / "空表.xlsx"
    workbook.save(path)
    projects = {row["name"]: row["record"] for row in book.rows("project")}
    with book.batch("change") as batch:
        for row in book.rows("problem"):
            batch.change("problem", row["record"], {"measure": f"解决{row['problem']}"})
    told = Answers({"Sheet!H2:column": "measure"})
    form = learn(book.scheme, read_here(path), path, "表", told).form
    assert form.kind == "project"
    assert (8, "problem", "measure") in {(c.column, c.register, c.field) for c in form.columns}
    page = cells(fill(book, form, path, None, DAY).data, "Sheet")
    said = {page.cell(row, 2).value: page.cell(row, 8).value for row in range(3, 7)}
    assert set(projects) == set(said)
    lines = str(said["甲项目"]).split("\n")
    assert [line[:2] for line in lines] == ["1.", "2.", "3."]
    assert {line[2:] for line in lines} == {"解决缺地", "解决缺电", "解决缺水"}
    assert said["丙项目"] == "解决缺钱"  # the closed one is none that exists
    assert said["乙项目"] is None
