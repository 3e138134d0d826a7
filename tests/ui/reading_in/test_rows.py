"""A row that was left out is read, one that was taken is set aside: by key and by menu."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.reading_in.page import REMARKS, ReadingInPage
from desktop.ui.reading_in.row_verbs import turn_of
from tests.ui.conftest import settle
from tests.ui.reading_in.workbooks import HEADING as HEADINGS
from tests.ui.reading_in.workbooks import KNOWN, NEW, weekly, written

Read = Callable[[Path], ReadingInPage]
#: The rows of the made workbook, from 0: heading, the two projects, the total.
HEADING, FIRST, SECOND, TOTAL = 2, 3, 4, 5


@pytest.fixture
def page(read: Read, tmp_path: Path) -> ReadingInPage:
    return read(weekly(tmp_path))


def projects(page: ReadingInPage) -> set[str]:
    assert page.intake.found is not None
    return {step.label for step in page.intake.found.plan.steps}


def f7(page: ReadingInPage, row: int) -> None:
    view = page.workbook.view
    view.setFocus()
    view.go_to(row, 1)
    QTest.keyClick(view, Qt.Key.Key_F7)
    settle(page.desk)


def menu_at(page: ReadingInPage, row: int) -> list[str]:
    """The right button on a row; what the menu offers."""
    view = page.workbook.view
    point = view.cell_rect(row, 1).center()
    where = view.viewport().mapToGlobal(point)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, where)
    QApplication.sendEvent(view.viewport(), event)
    menu = page.rows.menu
    return [] if menu is None else [one.text() for one in menu.actions() if one.text()]


def test_what_can_be_done_with_a_row(page: ReadingInPage) -> None:
    assert page.intake.found is not None
    found = page.intake.found
    assert turn_of(found, "周报", TOTAL) == "read"
    assert turn_of(found, "周报", FIRST) == "skip"
    assert turn_of(found, "周报", HEADING) == ""
    assert turn_of(found, "周报", 99) == ""
    assert turn_of(found, "人员", 0) == "", "nor is its heading a row to be read"
    assert turn_of(found, "人员", 1) == "", "a table that is not read has no rows to leave out"


def test_the_menu_says_the_row_and_what_can_be_done(page: ReadingInPage) -> None:
    assert menu_at(page, TOTAL) == ["第 6 行：合计行，不作为项目", "读入这一行\tF7"]
    page.rows.menu = None
    assert menu_at(page, FIRST) == ["第 4 行", "不读这一行\tF7"]
    page.rows.menu = None
    assert menu_at(page, HEADING) == []


def test_a_word_about_a_row_is_an_answer_and_taken_back_by_its_opposite(
    page: ReadingInPage,
) -> None:
    intake = page.intake
    intake.set_row("周报", TOTAL, read=True)
    settle(page.desk)
    assert intake.wanted.given == {"周报!6:read": True}
    intake.set_row("周报", TOTAL, read=False)
    settle(page.desk)
    assert intake.wanted.given == {}
    intake.set_row("周报", FIRST, read=False)
    settle(page.desk)
    assert intake.wanted.given == {"周报!4:skip": True}
    QTest.keyClick(page.workbook.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(page.desk)
    assert intake.wanted.given == {}


def test_f7_sets_a_row_aside_and_reads_it_again(page: ReadingInPage) -> None:
    assert KNOWN in projects(page)
    f7(page, FIRST)
    assert KNOWN not in projects(page)
    assert page.intake.found is not None
    assert ("周报", FIRST) in page.intake.found.effects.skipped
    f7(page, FIRST)
    assert KNOWN in projects(page)
    assert page.intake.wanted.given == {}


def test_f7_on_the_list_of_what_is_not_read(page: ReadingInPage) -> None:
    page.tabs.setCurrentIndex(REMARKS)
    remarks = page.remarks
    at = next(row for row, one in enumerate(remarks.model.lines) if one.row == TOTAL)
    assert remarks.turn.isVisibleTo(page)
    remarks.list.setFocus()
    remarks.list.setCurrentIndex(remarks.model.index(at))
    QTest.keyClick(remarks.list, Qt.Key.Key_F7)
    settle(page.desk)
    assert page.intake.wanted.given == {"周报!6:read": True}
    assert page.intake.found is not None
    assert ("周报", TOTAL) not in page.intake.found.effects.skipped
    assert page.workbook.view.painting is not None


def test_the_menu_of_the_list(page: ReadingInPage) -> None:
    page.tabs.setCurrentIndex(REMARKS)
    remarks = page.remarks
    at = next(row for row, one in enumerate(remarks.model.lines) if one.row == TOTAL)
    index = remarks.model.index(at)
    remarks.list.setCurrentIndex(index)
    remarks.list.customContextMenuRequested.emit(QPoint(5, 5))
    menu = page.rows.menu
    assert menu is not None
    menu.actions()[-1].trigger()
    settle(page.desk)
    assert page.intake.wanted.given == {"周报!6:read": True}


def test_a_section_row_may_be_read_as_data(read: Read, tmp_path: Path) -> None:
    """It is no row that was left out, and gives nothing itself."""
    rows: list[list[Any]] = [HEADINGS, ["一、省重点项目"], [1, KNOWN, 800, 3], [2, NEW, 900, 4]]
    page = read(written(tmp_path, ("周报", [["2023年第11周进展"], ["单位：万元"], *rows])))
    found = page.intake.found
    assert found is not None
    assert turn_of(found, "周报", 4) == "skip"
    assert turn_of(found, "周报", 3) == "read"
