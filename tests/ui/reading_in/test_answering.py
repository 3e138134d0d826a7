"""Every kind of question with the keyboard alone: answered, gone back on, answered anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.reading_in.page import REMARKS, ReadingInPage
from desktop.ui.shell.window import MainWindow
from tests.ui.conftest import TestDesk, settle, spin
from tests.ui.dragging import carried, drop, enter
from tests.ui.reading_in.test_questions import ASKING
from tests.ui.reading_in.workbooks import PEOPLE, weekly, written

Read = Callable[[Path], ReadingInPage]
Key = Qt.Key
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def press(page: ReadingInPage, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, held)
    settle(page.desk)


def ids(page: ReadingInPage) -> list[str]:
    assert page.intake.found is not None
    return [case.id for case in page.intake.found.cases]


def go_to(page: ReadingInPage, field: str) -> str:
    """With the arrow to the question about ``field``."""
    for _ in ids(page):
        assert page.questions.case is not None
        if page.questions.case.field == field:
            return page.questions.case.id
        press(page, Key.Key_Down)
    raise AssertionError(f"{field} is not asked about")


@pytest.mark.parametrize("field", ASKING)
def test_a_question_is_answered_taken_back_and_answered_anew(
    read: Read, tmp_path: Path, field: str
) -> None:
    page = read(written(tmp_path, ("表", ASKING[field])))
    assert page.questions.hasFocus()
    identity = go_to(page, field)
    assert page.questions.case is not None
    last = len(page.questions.case.choices)
    assert [button.text()[0] for button in page.questions.buttons] == [
        str(number) for number in range(1, last + 1)
    ]
    press(page, Key.Key_1)
    assert identity not in ids(page)
    press(page, Key.Key_Z, CTRL)
    assert identity in ids(page)
    go_to(page, field)
    press(page, Key(Key.Key_0 + last))
    assert identity not in ids(page)
    answered = page.questions.list
    answered.setFocus()
    answered.setCurrentRow(answered.count() - 1)
    press(page, Key.Key_Return)
    assert identity in ids(page)
    assert page.questions.hasFocus()


def test_no_question_speaks_of_answers_that_are_no_buttons(read: Read, tmp_path: Path) -> None:
    for number, (field, rows) in enumerate(ASKING.items()):
        page = read(written(tmp_path, ("表", rows), name=f"{number}.xlsx"))
        go_to(page, field)
        assert "则答" not in page.questions.sentence.text()
        assert page.questions.sentence.text()


def test_a_workbook_without_projects_opens_on_the_reasons_and_says_what_can_be_done(
    read: Read, tmp_path: Path
) -> None:
    page = read(written(tmp_path, ("人员", PEOPLE)))
    assert page.tabs.currentIndex() == REMARKS
    assert page.remarks.model.rowCount() > 0
    lines = page.outcome.lines
    words = lines.itemAt(0).widget().text()  # type: ignore[attr-defined]
    assert words == "没有认出项目的表。如有项目，请点左边的栏目，指定哪一栏是项目名称。"
    assert not page.head.write_button.isEnabled()
    assert not page.changes.list.isVisibleTo(page.changes)


def test_a_long_remark_is_shown_whole(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.tabs.setCurrentIndex(REMARKS)
    remarks, shown = page.remarks.model.lines, page.remarks.list
    high = [shown.visualRect(page.remarks.model.index(at)).height() for at in range(len(remarks))]
    by_length = sorted(zip((len(one.text) for one in remarks), high, strict=True))
    assert by_length[-1][1] > by_length[0][1]
    shown.setFocus()
    shown.setCurrentIndex(page.remarks.model.index(0))
    at = next(at for at, one in enumerate(remarks) if one.kind == "未读的列")
    for _ in range(at):
        press(page, Key.Key_Down)
    press(page, Key.Key_Return)
    assert (page.workbook.view.row, page.workbook.view.column) == (2, 6)


def test_what_was_said_of_a_refused_file_goes_with_the_next(
    window: MainWindow, desk: TestDesk, tmp_path: Path
) -> None:
    bad = tmp_path / "坏的.xlsx"
    bad.write_bytes(b"PK\x03\x04" + b"\x00" * 400)
    assert enter(window, carried(bad))
    drop(window, carried(bad))
    spin(lambda: bool(desk.warnings))
    settle(desk)
    assert window.banner.isVisible()
    good = weekly(tmp_path)
    assert enter(window, carried(good))
    drop(window, carried(good))
    page = window.current
    assert isinstance(page, ReadingInPage)
    spin(lambda: page.intake.found is not None)
    settle(desk)
    assert not window.banner.isVisible()
    assert page.head.file.text() == good.name
