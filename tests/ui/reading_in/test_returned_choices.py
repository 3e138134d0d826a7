"""A fill-in workbook that came back, by key: what an empty cell does is said by the choices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ledger.workspace import Book
from desktop.ui.fill_ins import reading as fill_ins
from desktop.ui.fill_ins.reading import Given
from desktop.ui.reading_in.page import ReadingInPage
from desktop.ui.worker import Progress
from tests.sheets.filler import Filler
from tests.ui.conftest import TestDesk, ask, settle

Read = Callable[[Path], ReadingInPage]
WEEK = "2023-W10"


@pytest.fixture
def paper(desk: TestDesk, tmp_path: Path) -> Filler:
    """The weekly template of a week that holds figures already, as it was given out."""
    (tmp_path / "out").mkdir()

    def give(book: Book) -> Path:
        given = Given("weekly", WEEK)
        names = [one.name for one in fill_ins.divide(book, given).recipients]
        return fill_ins.write(book, given, names, tmp_path / "out", Progress()).made[0][1]

    return Filler(ask(desk, give))


def planned(page: ReadingInPage) -> set[str]:
    """What the next plan of some project is to become, told by kind."""
    assert page.intake.found is not None
    steps = page.intake.found.plan.steps
    return {f"{one.what} {one.workbook}" for step in steps for one in step.fields
            if one.name == "next_plan" and one.what != "same"}  # fmt: skip


def test_a_cell_that_came_back_empty_is_kept_or_cleared(read: Read, paper: Filler) -> None:
    first = next(
        row
        for row in range(paper.keys + 1, paper.page.max_row + 1)
        if paper.page.cell(row, paper.columns["next_plan"]).value
        and not paper.page.cell(row, paper.columns["next_plan"]).protection.locked
    )
    held = paper.page.cell(first, paper.columns["next_plan"]).value
    paper.page.cell(first, paper.columns["next_plan"]).value = None
    page = read(paper.send())
    pane = page.questions
    assert pane.case is not None
    assert "要清空吗？" in pane.sentence.text()
    assert [choice.words for choice in pane.case.choices] == [f"保留“{held}”", "清空"]
    QTest.keyClick(pane, Qt.Key.Key_2)
    settle(page.desk)
    assert planned(page) == {"different None"}
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(page.desk)
    QTest.keyClick(pane, Qt.Key.Key_1)
    settle(page.desk)
    assert page.intake.found is not None
    assert page.intake.found.cases == ()
    assert planned(page) == set()


def test_a_title_of_another_week_is_read_for_its_own_or_not_at_all(
    read: Read, paper: Filler
) -> None:
    paper.page["B1"] = "2023年第11周周调度台账填报表"
    page = read(paper.send())
    pane = page.questions
    assert pane.case is not None
    assert pane.sentence.text() == ("这份模板是为2023年第10周发出的，表上写的是2023年第11周。")
    words = [choice.words for choice in pane.case.choices]
    assert words == ["按2023年第10周读入", "都不读入"]
    QTest.keyClick(pane, Qt.Key.Key_1)
    settle(page.desk)
    assert page.intake.found is not None
    assert page.intake.found.cases == ()
    assert str(page.intake.found.plan.period) == WEEK


def test_what_both_changed_offers_each_and_says_what_clears(
    read: Read, desk: TestDesk, paper: Filler
) -> None:
    column = paper.columns["next_plan"]
    first = next(
        row
        for row in range(paper.keys + 1, paper.page.max_row + 1)
        if not paper.page.cell(row, column).protection.locked
    )
    name = paper.page.cell(first, paper.columns["=name"]).value
    paper.page.cell(first, column).value = "村里写的"

    def change(book: Book) -> None:
        projects = {one["name"]: one["record"] for one in book.rows("project")}
        row = next(one for one in book.rows("weekly", WEEK) if one["project"] == projects[name])
        with book.batch("change") as batch:
            batch.change("weekly", row["record"], {"next_plan": "镇里后来写的"})

    ask(desk, change)
    page = read(paper.send())
    pane = page.questions
    assert pane.case is not None
    assert [choice.words for choice in pane.case.choices] == [
        "按送回的“村里写的”",
        "保留账本的“镇里后来写的”",
        "清空",
    ]
    QTest.keyClick(pane, Qt.Key.Key_2)
    settle(page.desk)
    assert planned(page) == set()


def test_what_cannot_be_read_keeps_the_book_s_figure_or_clears_it(
    read: Read, paper: Filler
) -> None:
    column = paper.columns["completed_week"]
    first = next(
        row
        for row in range(paper.keys + 1, paper.page.max_row + 1)
        if paper.page.cell(row, column).value and not paper.page.cell(row, column).protection.locked
    )
    held = paper.page.cell(first, column).value
    paper.page.cell(first, column).value = "见附件"
    page = read(paper.send())
    pane = page.questions
    assert pane.case is not None
    assert "读不成金额" in pane.sentence.text()
    words = [choice.words for choice in pane.case.choices]
    assert words == [f"保留“{held:,} 万元”", "清空"]
    QTest.keyClick(pane, Qt.Key.Key_1)
    settle(page.desk)
    assert page.intake.found is not None
    assert page.intake.found.cases == ()
    kinds = {
        one.what
        for step in page.intake.found.plan.steps
        for one in step.fields
        if one.name == "completed_week"
    }
    assert kinds == {"same"}
