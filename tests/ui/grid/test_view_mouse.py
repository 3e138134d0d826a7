"""The mouse over the cells: presses, blocks dragged out across borders, wheel and menu."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.grid.sample_grid import AT, LEFT, NONE, SHIFT, Hands, Key, ledger, shown

RIGHT = Qt.MouseButton.RightButton


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    """A grid that has to be scrolled both ways."""
    hands = shown(ledger(100), size=(620, 360))
    qtbot.addWidget(hands.view)
    return hands


def test_a_press_makes_the_cell_active(hands: Hands) -> None:
    hands.click(3, "last_total")
    assert hands.at == (3, "last_total")
    assert hands.view.selected_block() == (3, 2, 3, 2)


def test_shift_and_a_press_extend_the_block(hands: Hands) -> None:
    hands.click(1, "plan")
    hands.click(4, "last_week", SHIFT)
    assert hands.at == (1, "plan")
    assert hands.view.selected_block() == (1, AT["plan"], 4, AT["last_week"])
    hands.click(0, "name", SHIFT)
    assert hands.view.selected_block() == (0, AT["name"], 1, AT["plan"])


def test_dragging_selects_a_block(hands: Hands) -> None:
    hands.drag(hands.spot(1, "plan"), hands.spot(3, "last_total"), hands.spot(2, "last_week"))
    assert hands.view.selected_block() == (1, AT["plan"], 2, AT["last_week"])
    QTest.mouseMove(hands.view.viewport(), hands.spot(5, "plan"))
    assert hands.view.selected_block() == (1, AT["plan"], 2, AT["last_week"])


def test_dragging_from_the_frozen_column_begins_beside_it(hands: Hands) -> None:
    """What is scrolled under the frozen column is shown before it is selected."""
    hands.view.horizontalScrollBar().setValue(200)
    hands.drag(hands.spot(1, "name"), QPoint(hands.view.measures.frozen_edge + 20, 100))
    assert hands.view.measures.left == 0
    assert hands.view.selected_block()[1::2] == (AT["name"], AT["plan"])


def test_dragging_onto_the_frozen_column_scrolls_back_first(hands: Hands, qtbot: QtBot) -> None:
    view = hands.view
    view.horizontalScrollBar().setValue(view.horizontalScrollBar().maximum())
    start = hands.spot(1, "due")
    QTest.mousePress(view.viewport(), LEFT, NONE, start)
    QTest.mouseMove(view.viewport(), QPoint(view.measures.frozen_edge - 30, start.y()))
    first = view.measures.visible_places().start
    assert view.selected_block()[1] >= view.measures.columns[first] > AT["name"]
    qtbot.waitUntil(lambda: view.measures.left == 0)
    qtbot.waitUntil(lambda: view.selected_block()[1] == AT["name"])
    QTest.mouseRelease(view.viewport(), LEFT, NONE, start)
    assert view.selected_block() == (1, AT["name"], 1, AT["due"])


def test_dragging_below_the_grid_runs_on(hands: Hands, qtbot: QtBot) -> None:
    view = hands.view
    below = QPoint(hands.spot(1, "plan").x(), view.viewport().height() + 60)
    QTest.mousePress(view.viewport(), LEFT, NONE, hands.spot(1, "plan"))
    QTest.mouseMove(view.viewport(), below)
    qtbot.waitUntil(lambda: view.selected_block()[2] == 99)
    qtbot.waitUntil(lambda: view.measures.top == view.measures.farthest[1])
    QTest.mouseMove(view.viewport(), QPoint(below.x(), -40))
    qtbot.waitUntil(lambda: view.selected_block() == (0, 1, 1, 1))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, below)


def test_running_on_stops_with_the_button(hands: Hands, qtbot: QtBot) -> None:
    view = hands.view
    spot = QPoint(hands.spot(1, "plan").x(), view.viewport().height() + 5)
    QTest.mousePress(view.viewport(), LEFT, NONE, hands.spot(1, "plan"))
    QTest.mouseMove(view.viewport(), spot)
    qtbot.waitUntil(lambda: view.measures.top > 0)
    QTest.mouseRelease(view.viewport(), LEFT, NONE, spot)
    reached = view.measures.top
    qtbot.wait(100)
    assert view.measures.top == reached < view.measures.farthest[1]


def test_dragging_to_the_right_runs_on(hands: Hands, qtbot: QtBot) -> None:
    view = hands.view
    QTest.mousePress(view.viewport(), LEFT, NONE, hands.spot(1, "plan"))
    QTest.mouseMove(view.viewport(), QPoint(view.viewport().width() + 30, 50))
    qtbot.waitUntil(lambda: view.selected_block() == (1, AT["plan"], 1, AT["person"]))
    QTest.mouseRelease(view.viewport(), LEFT, NONE, QPoint(0, 0))


def test_row_numbers_select_rows(hands: Hands) -> None:
    view = hands.view
    QTest.mouseClick(view.viewport(), LEFT, NONE, QPoint(5, hands.spot(2, "name").y()))
    assert view.selected_block() == (2, 0, 2, AT["person"])
    drag_to = QPoint(5, hands.spot(4, "name").y())
    hands.drag(QPoint(5, hands.spot(1, "name").y()), drag_to)
    assert view.selected_block() == (1, 0, 4, AT["person"])
    assert hands.at == (1, "name")
    spot = QPoint(5, hands.spot(6, "name").y())
    QTest.mouseClick(view.viewport(), LEFT, SHIFT, spot)
    assert view.selected_block() == (1, 0, 6, AT["person"])


def test_row_numbers_can_be_left_out(hands: Hands) -> None:
    assert hands.view.measures.margin > 0
    hands.view.set_row_numbers(False)
    assert hands.view.measures.margin == 0
    assert hands.view.rect_of(0, 0).left() == 0


def test_a_press_beside_the_cells_changes_nothing(qtbot: QtBot) -> None:
    hands = shown(ledger(3), size=(1400, 400))
    qtbot.addWidget(hands.view)
    hands.model.with_totals = True
    hands.view.updateGeometries()
    hands.go(1, "plan")
    totals = hands.view.measures.body_bottom + 5
    for spot in (QPoint(300, totals), QPoint(300, 350), QPoint(1380, 20)):
        QTest.mouseClick(hands.view.viewport(), LEFT, NONE, spot)
        assert hands.at == (1, "plan")


def test_the_right_button_keeps_a_block_it_is_pressed_in(hands: Hands, qtbot: QtBot) -> None:
    view = hands.view
    view.select_block(1, AT["plan"], 3, AT["last_week"])
    QTest.mouseClick(view.viewport(), RIGHT, NONE, hands.spot(2, "last_total"))
    assert view.selected_block() == (1, AT["plan"], 3, AT["last_week"])
    QTest.mouseClick(view.viewport(), RIGHT, NONE, hands.spot(5, "plan"))
    assert view.selected_block() == (5, AT["plan"], 5, AT["plan"])


def test_the_menu_is_asked_for_where_the_mouse_or_the_cell_is(hands: Hands, qtbot: QtBot) -> None:
    view, reason = hands.view, QContextMenuEvent.Reason
    hands.go(2, "plan")
    there = view.viewport().mapToGlobal(QPoint(50, 60))
    with qtbot.waitSignal(view.context_menu_requested) as asked:
        event = QContextMenuEvent(reason.Mouse, QPoint(50, 60), there)
        QApplication.sendEvent(view.viewport(), event)
    assert asked.args == [there]
    with qtbot.waitSignal(view.context_menu_requested) as asked:
        event = QContextMenuEvent(reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
        QApplication.sendEvent(view.viewport(), event)
    corner = view.rect_of(2, AT["plan"]).bottomLeft()
    assert asked.args == [view.viewport().mapToGlobal(corner)]


def test_the_wheel_scrolls_three_rows_and_a_touchpad_by_pixels(hands: Hands) -> None:
    view = hands.view
    turn(hands, -120)
    assert view.measures.top == 3 * view.measures.row_height
    turn(hands, -8)
    assert view.measures.top == 3 * view.measures.row_height + 6
    turn(hands, 8)
    turn(hands, 120)
    assert view.measures.top == 0


def test_scrolling_leaves_the_active_cell_alone(hands: Hands) -> None:
    hands.go(1, "plan")
    turn(hands, -1200)
    assert hands.at == (1, "plan")
    assert 1 not in hands.view.measures.visible_rows()
    hands.key(Key.Key_Down)
    assert 2 in hands.view.measures.visible_rows()


def test_frozen_columns_stay_while_the_rest_scrolls(hands: Hands) -> None:
    view = hands.view
    before, beside = view.rect_of(0, AT["name"]), view.rect_of(0, AT["plan"])
    view.horizontalScrollBar().setValue(150)
    assert view.rect_of(0, AT["name"]) == before
    assert view.rect_of(0, AT["plan"]) == beside.translated(-150, 0)
    assert view.indexAt(before.center()).column() == AT["name"]
    assert view.indexAt(QPoint(view.measures.frozen_edge + 1, 5)).column() != AT["plan"]


def turn(hands: Hands, angle: int) -> None:
    """Turn the wheel over the cells: 120 is a notch of a mouse, a touchpad gives parts of it."""
    spot = QPointF(hands.spot(0, "name"))
    there = QPointF(hands.view.viewport().mapToGlobal(spot.toPoint()))
    event = QWheelEvent(
        spot, there, QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton, NONE,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(hands.view.viewport(), event)
