"""The matrix: a model that Qt accepts, keys, clicks and the menu key, the weeks that fit."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.week.district import Cell, District, Line
from desktop.ui.week.figures import Figures
from desktop.ui.week.matrix import Matrix, MatrixView
from desktop.ui.week.matrix_painting import LOOKS
from tests.ui.week.hands import OFFSCREEN

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
FIGURES = Figures(9, None, None, 0, 0, None, None, None, None)


def district(units: int, weeks: int = 10) -> District:
    shown = tuple(f"2023-W{number:02}" for number in range(1, weeks + 1))
    states = list(LOOKS)
    lines = tuple(
        Line(
            f"u{unit}", f"第{unit}镇", 3, (1, 1, 1), None, None,
            tuple(
                Cell(f"u{unit}", week, states[(unit + at) % 5], on="2023-03-02")
                for at, week in enumerate(shown)
            ),
        )
        for unit in range(units)
    )  # fmt: skip
    return District(shown[-1], FIGURES, shown, lines, ())


@pytest.fixture
def shown(qtbot: Any) -> MatrixView:
    made = MatrixView()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show_district(district(40))
    made.show()
    made.setFocus()
    return made


def asked(shown: MatrixView) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    shown.asked.connect(lambda cell, _where: found.append((cell.unit, cell.period)))
    return found


def test_the_model_is_one_that_qt_accepts(qapp: QApplication) -> None:
    model = Matrix()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for units, weeks in ((0, 1), (3, 10), (40, 2)):
        model.show_district(district(units, weeks))
        assert (model.rowCount(), model.columnCount()) == (units, weeks + 1)
    assert tester.model() is model


def test_units_and_weeks_stand_in_the_headings(shown: MatrixView) -> None:
    model = shown.matrix
    assert model.headerData(39, Qt.Orientation.Vertical) == "第39镇"
    across = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(11)]
    assert across[:2] == ["项目亮灯", "第1周"]
    assert across[-1] == "第10周"


def test_every_state_has_a_word_and_a_sentence(shown: MatrixView) -> None:
    index = shown.matrix.index(0, 2)
    assert index.data() == "已报"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "第0镇第2周：已上报（3月2日），待接收。"
    assert shown.matrix.index(0, 0).data() == "● 1　▲ 1　■ 1"
    assert len({word for _, word, _ in LOOKS.values()}) == 5
    assert len({mark for mark, _, _ in LOOKS.values()}) == 5


def test_it_begins_with_this_week_and_arrows_move(shown: MatrixView) -> None:
    found = asked(shown)
    assert (shown.currentIndex().row(), shown.currentIndex().column()) == (0, 10)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Left)
    QTest.keyClick(shown, Qt.Key.Key_Space)
    assert found == [("u0", "2023-W10"), ("u1", "2023-W09")]


def test_a_click_and_the_menu_key_ask(shown: MatrixView) -> None:
    found = asked(shown)
    spot = shown.visualRect(shown.matrix.index(2, 9)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(shown.viewport(), event)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, shown.mapToGlobal(spot))
    QApplication.sendEvent(shown.viewport(), event)
    assert found == [("u2", "2023-W09")] * 3


def test_the_lights_have_no_menu(shown: MatrixView) -> None:
    found = asked(shown)
    spot = shown.visualRect(shown.matrix.index(0, 0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert found == []


def test_the_place_is_kept_and_a_unit_is_found(shown: MatrixView) -> None:
    shown.setCurrentIndex(shown.matrix.index(7, 4))
    shown.show_district(district(40))
    assert (shown.currentIndex().row(), shown.currentIndex().column()) == (7, 4)
    shown.go_to("u30")
    assert (shown.currentIndex().row(), shown.currentIndex().column()) == (30, 10)
    assert shown.viewport().rect().contains(shown.visualRect(shown.currentIndex()))
    shown.show_district(district(3, 2))
    assert (shown.currentIndex().row(), shown.currentIndex().column()) == (2, 2)


def test_in_a_narrow_window_the_earliest_weeks_give_way(shown: MatrixView) -> None:
    def seen() -> list[int]:
        return [column for column in range(1, 11) if not shown.isColumnHidden(column)]

    assert seen() == list(range(1, 11))
    shown.resize(500, 400)
    QApplication.processEvents()
    assert 1 <= len(seen()) < 10
    assert seen()[-1] == 10
    last = shown.visualRect(shown.matrix.index(0, 10))
    assert shown.viewport().rect().contains(last)
