"""A list of lines: keys and mouse lead on, long sentences wrap, the place is kept."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.week.look import Aim, Row
from desktop.ui.week.rows import RowList, Rows
from tests.ui.conftest import spin
from tests.ui.week.hands import OFFSCREEN

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)


def rows(count: int, text: str = "第{}行") -> list[Row]:
    return [
        Row(
            text=text.format(number),
            mark="yellow",
            right="说明",
            aim=Aim("grid", record=str(number)),
        )
        for number in range(count)
    ]


@pytest.fixture
def shown(qtbot: Any) -> RowList:
    made = RowList("要看一眼的")
    qtbot.addWidget(made)
    made.resize(400, 300)
    made.show_rows(rows(5))
    made.show()
    return made


def chosen(shown: RowList) -> list[str]:
    found: list[str] = []
    shown.chosen.connect(lambda row: found.append(row.aim.record))
    return found


def test_the_model_is_one_that_qt_accepts(qapp: QApplication) -> None:
    model = Rows()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for count in (3, 0, 7):
        model.show_rows(rows(count))
        assert model.rowCount() == count
    assert tester.model() is model


def test_arrows_move_and_enter_leads_on(shown: RowList) -> None:
    found = chosen(shown)
    shown.setFocus()
    assert shown.currentIndex().row() == 0
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    QTest.keyClick(shown, Qt.Key.Key_End)
    QTest.keyClick(shown, Qt.Key.Key_Space)
    assert found == ["1", "4"]


def test_a_click_leads_on(shown: RowList) -> None:
    found = chosen(shown)
    spot = shown.visualRect(shown.model().index(3, 0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert found == ["3"]


def test_tab_leaves_the_list(shown: RowList, qtbot: Any) -> None:
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Tab)
    assert shown.currentIndex().row() == 0


def test_the_place_is_kept_where_the_line_still_is(shown: RowList) -> None:
    shown.setCurrentIndex(shown.model().index(3, 0))
    shown.show_rows(rows(5)[2:])
    assert shown.currentIndex().row() == 1
    shown.show_rows(rows(2))
    assert shown.currentIndex().row() == 1
    shown.show_rows([])
    assert not shown.currentIndex().isValid()


def test_a_long_sentence_takes_two_lines_and_no_more(shown: RowList) -> None:
    one = shown.sizeHintForRow(0)
    shown.show_rows(rows(1, "很长" * 25))
    two = shown.sizeHintForRow(0)
    assert one < two < 2 * one
    shown.show_rows(rows(1, "很长" * 200))
    assert shown.sizeHintForRow(0) == two
    assert shown.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "很长" * 200


def test_so_many_lines_are_seen_whole_at_least(qtbot: Any) -> None:
    made = RowList("收发", 3)
    qtbot.addWidget(made)
    made.resize(240, 300)
    made.show()
    made.show_rows(rows(5, "还没有打印恢复单：这台电脑一旦损坏，就不能再收发 {}"))
    double = made.sizeHintForRow(0)
    made.resize(240, made.minimumSizeHint().height())
    assert made.minimumSizeHint().height() >= 3 * double
    third = made.visualRect(made.model().index(2, 0))
    assert made.viewport().rect().contains(third)
    made.resize(900, 300)
    assert made.minimumSizeHint().height() < 3 * double, "wide, each takes one line"


def test_a_thousand_lines_ask_for_no_more_room_than_twelve(shown: RowList) -> None:
    found = chosen(shown)
    shown.show_rows(rows(1000))
    assert shown.sizeHint().height() <= 13 * shown.sizeHintForRow(0)
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_End)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert found == ["999"]
    spin(lambda: shown.viewport().rect().contains(shown.visualRect(shown.currentIndex())))


def test_what_a_line_says_is_told_to_who_cannot_see(shown: RowList) -> None:
    told = shown.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told == "黄灯，第2行，说明"
