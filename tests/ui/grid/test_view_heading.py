"""The heading: choose, widen, fit, move, sort, hide and freeze columns; what is remembered."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.grid.cells import Column
from desktop.ui.grid.header_menu import HeadingMenu
from tests.ui.grid.sample_grid import (
    AT,
    COLUMNS,
    CTRL,
    LEFT,
    NONE,
    SHIFT,
    Hands,
    Key,
    SampleModel,
    drag,
    ledger,
    shown,
)  # fmt: skip

#: Menus are windows; the screenless platform warns that it cannot raise them.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    hands = shown(ledger(40), size=(1400, 420))
    qtbot.addWidget(hands.view)
    return hands


def edge(hands: Hands, column: str) -> QPoint:
    """On the right edge of a title."""
    place = hands.view.measures.place_of(AT[column])
    area = hands.view.heading.area_of(place)
    return QPoint(area.right(), area.center().y())


def shown_order(hands: Hands) -> list[str]:
    return [COLUMNS[column].name for column in hands.view.measures.columns]


def choose(menu: HeadingMenu, text: str) -> None:
    """Choose an entry of a menu or of its submenus by the beginning of its text."""
    actions = menu.findChildren(QAction)
    [action] = [action for action in actions if action.text().startswith(text)]
    assert action.isEnabled(), text
    action.trigger()


def menu_of(hands: Hands, column: str) -> HeadingMenu:
    place = hands.view.measures.place_of(AT[column])
    return hands.view.open_heading_menu(place, QPoint(10, 10))


def test_a_press_on_a_title_chooses_the_column(hands: Hands) -> None:
    hands.view.verticalScrollBar().setValue(300)
    QTest.mouseClick(hands.view.heading, LEFT, NONE, hands.heading("last_total"))
    assert hands.view.selected_block() == (0, AT["last_total"], 39, AT["last_total"])
    assert hands.at == (10, "last_total")  # the first row in sight
    assert hands.view.measures.top == 300
    QTest.mouseClick(hands.view.heading, LEFT, SHIFT, hands.heading("completed_week"))
    assert hands.view.selected_block() == (0, AT["last_total"], 39, AT["completed_week"])


def test_the_corner_selects_everything(hands: Hands) -> None:
    QTest.mouseClick(hands.view.heading, LEFT, NONE, QPoint(5, 20))
    assert hands.view.selected_block() == (0, 0, 39, AT["person"])


def test_dragging_an_edge_widens_the_column(hands: Hands, qtbot: QtBot) -> None:
    spy = QSignalSpy(hands.view.layout_changed)
    start = edge(hands, "plan")
    drag(hands.view.heading, start, start + QPoint(50, 0))
    # The edge is taken to where the mouse is.
    assert hands.view.rect_of(0, AT["plan"]).width() == 84 + 49
    assert hands.view.get_layout()["widths"] == {"plan": 133}
    assert spy.count() > 0
    assert hands.view.selected_block() == (0, 0, 0, 0)


def test_a_column_does_not_vanish_when_it_is_narrowed(hands: Hands) -> None:
    start = edge(hands, "plan")
    drag(hands.view.heading, start, start - QPoint(500, 0))
    assert hands.view.rect_of(0, AT["plan"]).width() == 28


def test_a_double_click_on_an_edge_fits_the_column(hands: Hands) -> None:
    hands.model.rows[3]["person"] = "一个相当长的责任人姓名和他的电话号码13800000000"
    QTest.mouseDClick(hands.view.heading, LEFT, NONE, edge(hands, "person"))
    wide = hands.view.rect_of(3, AT["person"]).width()
    look = hands.view.fontMetrics().horizontalAdvance(hands.model.rows[3]["person"])
    assert look < wide <= look + 30
    hands.model.rows[3]["person"] = ""
    QTest.mouseDClick(hands.view.heading, LEFT, NONE, edge(hands, "person"))
    assert hands.view.rect_of(3, AT["person"]).width() < 120


def test_dragging_a_title_moves_the_column(hands: Hands) -> None:
    drag(hands.view.heading, hands.heading("person"), hands.heading("last_week") - QPoint(20, 0))
    order = shown_order(hands)
    assert order.index("person") == order.index("last_week") - 1
    assert sorted(order) == sorted(AT)
    assert hands.view.get_layout()["order"] == order


def test_a_small_shake_moves_nothing(hands: Hands) -> None:
    before = shown_order(hands)
    spot = hands.heading("last_total")
    drag(hands.view.heading, spot, spot + QPoint(QApplication.startDragDistance() - 2, 0))
    assert shown_order(hands) == before


def test_a_column_dropped_among_the_frozen_ones_is_frozen(hands: Hands) -> None:
    drag(hands.view.heading, hands.heading("stage"), hands.heading("name") - QPoint(60, 0))
    assert shown_order(hands)[:2] == ["stage", "name"]
    assert hands.view.measures.frozen == 2


def test_the_arrow_opens_the_menu_and_leaves_the_selection(hands: Hands) -> None:
    place = hands.view.measures.place_of(AT["plan"])
    hands.go(2, "due")
    spot = hands.view.heading.arrow_of(place).center()
    QTest.mouseClick(hands.view.heading, LEFT, NONE, spot)
    [menu] = hands.view.findChildren(HeadingMenu)
    assert menu.isVisible()
    assert hands.at == (2, "due")
    menu.close()


def test_the_right_button_opens_the_menu(hands: Hands) -> None:
    right = Qt.MouseButton.RightButton
    QTest.mouseClick(hands.view.heading, right, NONE, hands.heading("plan"))
    assert [menu.isVisible() for menu in hands.view.findChildren(HeadingMenu)] == [True]


def test_the_keyboard_opens_the_menu_of_the_active_column(hands: Hands) -> None:
    hands.go(2, "due")
    hands.key(Key.Key_L, CTRL | SHIFT)
    [menu] = hands.view.findChildren(HeadingMenu)
    assert menu.accessibleName().startswith("完成时限")


def test_the_menu_sorts_and_filters(hands: Hands) -> None:
    sorts = QSignalSpy(hands.view.sort_requested)
    filters = QSignalSpy(hands.view.filter_requested)
    choose(menu_of(hands, "plan"), "升序")
    choose(menu_of(hands, "plan"), "降序")
    choose(menu_of(hands, "stage"), "筛选")
    assert [sorts.at(n) for n in range(2)] == [["plan", False], ["plan", True]]
    assert filters.at(0)[0] == "stage"


def test_the_menu_says_by_what_is_sorted(hands: Hands) -> None:
    hands.view.set_sorted("plan", True)
    hands.view.set_filtered({"plan"})
    menu = menu_of(hands, "plan")
    checked = [action.text()[:2] for action in menu.actions() if action.isChecked()]
    assert checked == ["降序"]
    assert any("正在筛选" in action.text() for action in menu.actions())


def test_the_menu_hides_and_shows_columns(hands: Hands) -> None:
    choose(menu_of(hands, "plan"), "隐藏此列")
    choose(menu_of(hands, "stage"), "隐藏此列")
    assert "plan" not in shown_order(hands)
    assert "stage" not in shown_order(hands)
    choose(menu_of(hands, "name"), "年度计划")
    assert shown_order(hands)[:2] == ["name", "plan"]
    choose(menu_of(hands, "name"), "隐藏此列")
    choose(menu_of(hands, "plan"), "全部显示")
    assert shown_order(hands) == list(AT)


def test_the_menu_freezes_up_to_a_column(hands: Hands) -> None:
    choose(menu_of(hands, "last_total"), "冻结到此列")
    assert hands.view.measures.frozen == 3
    choose(menu_of(hands, "last_total"), "取消冻结")
    assert hands.view.measures.frozen == 0


def test_the_menu_fits_and_resets(hands: Hands) -> None:
    first = hands.view.get_layout()
    choose(menu_of(hands, "progress"), "列宽合适")
    assert hands.view.rect_of(0, AT["progress"]).width() < 120
    choose(menu_of(hands, "plan"), "隐藏此列")
    choose(menu_of(hands, "name"), "恢复原来的列")
    assert hands.view.get_layout() == first


def test_a_layout_is_remembered_across_windows(hands: Hands, qtbot: QtBot) -> None:
    choose(menu_of(hands, "plan"), "隐藏此列")
    choose(menu_of(hands, "last_week"), "冻结到此列")
    drag(hands.view.heading, edge(hands, "due"), edge(hands, "due") + QPoint(30, 0))
    kept = json.loads(json.dumps(hands.view.get_layout()))
    other = shown(ledger(3), size=(1400, 300))
    qtbot.addWidget(other.view)
    spy = QSignalSpy(other.view.layout_changed)
    other.view.set_layout(kept)
    assert shown_order(other) == shown_order(hands)
    assert other.view.measures.frozen == hands.view.measures.frozen == 3
    assert other.view.rect_of(0, AT["due"]).width() == hands.view.rect_of(0, AT["due"]).width()
    assert spy.count() == 0


def test_a_layout_may_come_before_the_model(qtbot: QtBot, hands: Hands) -> None:
    other = shown(ledger(3), size=(1400, 300))
    qtbot.addWidget(other.view)
    other.view.setModel(None)
    other.view.set_layout({"order": ["person", "name"], "frozen": "", "hidden": ["plan"]})
    other.view.set_model(other.model)
    assert shown_order(other)[:2] == ["person", "name"]
    assert "plan" not in shown_order(other)


def test_columns_without_groups_have_a_heading_of_one_row(hands: Hands, qtbot: QtBot) -> None:
    assert hands.view.heading.two_rows
    high = hands.view.heading.height()
    plain = SampleModel(ledger(3), (Column("name", "项目名称"), Column("plan", "年度计划")))
    hands.view.set_model(plain)
    assert not hands.view.heading.two_rows
    assert hands.view.heading.height() < high
    assert hands.view.viewport().geometry().top() == hands.view.heading.geometry().bottom() + 1
    hands.view.setModel(None)
    plain.deleteLater()


def test_going_to_a_hidden_column_shows_it(hands: Hands, qtbot: QtBot) -> None:
    choose(menu_of(hands, "stage"), "隐藏此列")
    with qtbot.waitSignal(hands.view.layout_changed):
        hands.view.go_to(3, AT["stage"])
    assert hands.at == (3, "stage")
    assert "stage" in shown_order(hands)


def test_grasping_a_title_writes_what_is_being_typed(hands: Hands) -> None:
    hands.go(2, "person")
    hands.type("li")
    QTest.mouseClick(hands.view.heading, LEFT, NONE, hands.heading("plan"))
    assert hands.text(2, "person") == "li"
    assert hands.editor_text is None
