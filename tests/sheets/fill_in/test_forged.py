"""Fill-in workbooks in which somebody put what was not given out to them, or broke the marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.ledger.workspace import Book
from desktop.sheets.fill_in import marks
from tests.sheets.filler import Filler, asked, came_back, district, given_out, writes

TOWN, OTHER = "空冢郭镇", "问十乡"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with district(tmp_path) as made:
        yield made


def papers(book: Book, folder: Path) -> dict[str, Filler]:
    return {who: Filler(path) for who, path in given_out(book, folder).items()}


def pasted(paper: Filler, other: Filler, name: str) -> Filler:
    """A whole row of another workbook, with its hidden key, under the last row of this."""
    below = paper.page.max_row + 1
    for column in range(1, other.page.max_column + 1):
        value = other.page.cell(other.row(name), column).value
        paper.page.cell(below, column).value = value
    return paper


def unseen(paper: Filler) -> Any:
    """The hidden worksheet."""
    return paper.workbook[marks.SHEET]


def remarked(paper: Filler, **changes: Any) -> Filler:
    """Another mark with a right check, wherever the mark stands."""
    mark = marks.decode(str(paper.page.cell(paper.keys, 1).value))
    assert mark is not None
    text = marks.encode(msgspec.structs.replace(mark, **changes))
    paper.page.cell(paper.keys, 1).value = text
    unseen(paper).cell(1, 1).value = text
    return paper


@pytest.mark.parametrize("known", [True, False], ids=["hidden sheet there", "hidden sheet lost"])
def test_a_row_given_out_to_another_is_not_taken_unasked(
    book: Book, tmp_path: Path, known: bool
) -> None:
    """Even one that the book has a record for: its value would be lost."""
    project = next(row["record"] for row in book.rows("project") if row["name"] == "丙项目")
    with book.batch("add") as batch:
        week = {"project": project, "period": "2023-W10", "completed_week": 50_000}
        batch.create("weekly", week)
    own = papers(book, tmp_path / "out")
    paper = pasted(own[TOWN], own[OTHER].type("丙项目", completed_week=99), "丙项目")
    if not known:
        paper.workbook.remove(unseen(paper))
    proposal, planned = came_back(book, paper.type("甲项目", completed_week=1).send())
    assert "丙项目" not in writes(planned)
    assert writes(planned)["甲项目"]["completed_week"] == 10_000
    ((identity, question),) = asked(proposal, planned).items()
    assert "丙项目" in question
    _, planned = came_back(book, paper.path, {identity: "丙项目" if known else "是"})
    assert writes(planned)["丙项目"]["completed_week"] == 990_000


def test_a_row_that_the_hidden_sheet_has_forgotten_is_asked_about(
    book: Book, tmp_path: Path
) -> None:
    paper = papers(book, tmp_path / "out")[TOWN].type("甲项目", completed_week=1)
    unseen(paper).delete_rows(3, 2)
    proposal, planned = came_back(book, paper.send())
    assert writes(planned) == {}
    assert len(asked(proposal, planned)) == 2


@pytest.mark.parametrize(
    "changes",
    [{"depth": 0}, {"depth": -5}, {"depth": 10**9}, {"columns": {"": ("项目名称",)}}],
    ids=str,
)
def test_a_mark_that_cannot_be_ours_is_none(
    book: Book, tmp_path: Path, changes: Mapping[str, Any]
) -> None:
    """The workbook is read like any other."""
    paper = papers(book, tmp_path / "out")[TOWN].type("甲项目", completed_week=1)
    proposal, _ = came_back(book, remarked(paper, **changes).send())
    assert proposal.returned is None


@pytest.mark.parametrize("key", ["=", "=nosuch", "!nosuch", "<nosuch"])
def test_columns_that_mean_no_field_are_not_read(book: Book, tmp_path: Path, key: str) -> None:
    paper = papers(book, tmp_path / "out")[TOWN].type("甲项目", completed_week=1)
    columns = {key: ("项目名称",), "completed_week": ("本周完成投资", "本周")}
    proposal, planned = came_back(book, remarked(paper, columns=columns).send())
    assert proposal.returned is not None
    assert {key for row in writes(planned).values() for key in row} <= {"completed_week"}


@pytest.mark.parametrize(
    "kept", ['{"a": [1, {}]}', "[" * 5_000, '["a", 1]', "true", "-1.5", '"2023-13-45"', '"x"', "{"]
)
def test_what_the_hidden_sheet_remembers_may_be_anything(
    book: Book, tmp_path: Path, kept: str
) -> None:
    paper = papers(book, tmp_path / "out")[TOWN].type("甲项目", completed_week=1)
    for row in unseen(paper).iter_rows(min_row=3, min_col=3):
        for cell in row:
            cell.value = kept
    proposal, planned = came_back(book, paper.send())
    if not asked(proposal, planned):
        assert writes(planned)["甲项目"]["completed_week"] == 10_000
