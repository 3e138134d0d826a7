"""What a clerk alters around the cells: asked about, never read as if it were not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger.workspace import Book
from desktop.sheets.workbook.grid import letters
from tests.sheets.filler import Filler, asked, came_back, district, given_out, writes

TOWN = "空冢郭镇"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with district(tmp_path) as made:
        yield made


@pytest.fixture
def paper(book: Book, tmp_path: Path) -> Filler:
    found = Filler(given_out(book, tmp_path / "out")[TOWN])
    found.type("甲项目", completed_week=12, problems="缺地")
    return found.type("乙项目", completed_week=7)


def letter(paper: Filler, key: str) -> str:
    return letters(paper.columns[key] - 1)


def test_cells_that_were_merged_are_asked_about(book: Book, paper: Filler) -> None:
    """Excel keeps the upper value only; whether it stands for both nobody knows."""
    upper, lower = sorted(("甲项目", "乙项目"), key=paper.row)
    at, first = letter(paper, "completed_week"), paper.row(upper)
    paper.page.merge_cells(f"{at}{first}:{at}{first + 1}")
    proposal, planned = came_back(book, paper.send())
    ((identity, question),) = asked(proposal, planned).items()
    assert identity == f"周调度台账!{at}{first + 1}:completed_week"
    shown = {"甲项目": 12, "乙项目": 7}[upper]
    assert f"与 {at}{first}（{shown}）合并了" in question
    assert writes(planned)[upper]["completed_week"] == shown * 10_000
    assert "completed_week" not in writes(planned)[lower]
    _, planned = came_back(book, paper.path, {identity: "5"})
    assert writes(planned)[lower]["completed_week"] == 50_000
    proposal, planned = came_back(book, paper.path, {identity: "不是"})
    assert asked(proposal, planned) == {}
    assert writes(planned)[lower].get("completed_week") is None


def test_a_text_over_two_columns_is_asked_about(book: Book, paper: Filler) -> None:
    row = paper.row("甲项目")
    paper.page.merge_cells(f"{letter(paper, 'problems')}{row}:{letter(paper, 'needs')}{row}")
    proposal, planned = came_back(book, paper.send())
    (identity,) = asked(proposal, planned)
    assert identity.endswith(":needs")
    assert writes(planned)["甲项目"]["problems"] == "缺地"


def test_an_altered_heading_is_asked_about(book: Book, paper: Filler) -> None:
    """本周 turned into 本周（元）: the figures below are ten thousand times too large."""
    heading = paper.page.cell(paper.keys + 2, paper.columns["completed_week"])
    heading.value = "本周（元）"
    paper.type("甲项目", completed_week=120_000)
    proposal, planned = came_back(book, paper.send())
    ((identity, question),) = asked(proposal, planned).items()
    assert identity == f"周调度台账!{heading.coordinate}:completed_week"
    assert "改成了“本周完成投资/本周（元）”" in question
    assert "按万元读入" in question
    assert "completed_week" not in writes(planned)["甲项目"]
    assert writes(planned)["甲项目"]["problems"] == "缺地"
    _, planned = came_back(book, paper.path, {identity: "是"})
    assert writes(planned)["甲项目"]["completed_week"] == 1_200_000_000
    proposal, planned = came_back(book, paper.path, {identity: "不是"})
    assert asked(proposal, planned) == {}
    assert "completed_week" not in writes(planned)["甲项目"]


def test_headings_without_their_groups_are_no_others(book: Book, paper: Filler) -> None:
    """As a text table has them, where no cells are merged."""
    for area in list(paper.page.merged_cells.ranges):
        paper.page.unmerge_cells(str(area))
    proposal, planned = came_back(book, paper.send())
    assert asked(proposal, planned) == {}
    assert writes(planned)["甲项目"]["completed_week"] == 120_000


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("2023年第11周周调度台账填报表", "2023年第11周"),
        ("第11周周调度台账", "2023年第11周"),
        ("2024年第10周周调度台账填报表", "2024年第10周"),
    ],
)
def test_last_week_s_workbook_under_a_new_title_is_asked_about(
    book: Book, paper: Filler, title: str, named: str
) -> None:
    paper.page["B1"] = title
    proposal, planned = came_back(book, paper.send())
    ((identity, question),) = asked(proposal, planned).items()
    assert identity.endswith(":period")
    assert f"为2023年第10周发出的，表上写的是{named}" in question
    assert writes(planned) == {}
    _, planned = came_back(book, paper.path, {identity: "是"})
    assert writes(planned)["甲项目"]["completed_week"] == 120_000
    proposal, planned = came_back(book, paper.path, {identity: "不是"})
    assert (asked(proposal, planned), writes(planned)) == ({}, {})


def test_a_title_that_names_no_week_asks_nothing(book: Book, paper: Filler) -> None:
    paper.page["B1"] = "我镇的台账"
    paper.page["B3"] = "填报单位：空冢郭镇    第99周"
    proposal, planned = came_back(book, paper.send())
    assert asked(proposal, planned) == {}


def test_rows_under_deleted_headings_are_read(book: Book, paper: Filler) -> None:
    """The first rows stood where the headings had been, and were taken for them."""
    for area in list(paper.page.merged_cells.ranges):
        paper.page.unmerge_cells(str(area))
    paper.page.delete_rows(paper.keys + 1, 2)
    proposal, planned = came_back(book, paper.send())
    assert asked(proposal, planned) == {}
    assert writes(planned)["甲项目"]["completed_week"] == 120_000
    assert writes(planned)["乙项目"]["completed_week"] == 70_000
    assert planned.notes == ()


def test_a_column_of_the_filler_is_named_by_its_whole_heading(book: Book, paper: Filler) -> None:
    extra = paper.page.max_column + 1
    paper.page.cell(paper.keys + 1, extra).value = "完成率"
    paper.page.cell(paper.row("甲项目"), extra).value = 0.5
    proposal, _ = came_back(book, paper.send())
    assert [one.heading for one in proposal.unmapped] == ["完成率"]
