"""The list of the page 项目 with real keys and mouse: find, narrow, order."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from desktop.ui.project.page import ProjectPage
from tests.ui.conftest import TestDesk, settle
from tests.ui.forms.typing import press, say
from tests.ui.project.looking import (
    ROTARY,
    Shown,
    chips,
    click_chip,
    desk_of,
    listed,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # off screen


def test_the_first_project_is_shown_at_once(page: ProjectPage) -> None:
    assert len(listed(page)) == 12
    assert page.head.name.text() == listed(page)[0]
    assert page.form.boxes["name"].editor.text() == listed(page)[0]
    assert chips(page)[0] == "全部 12"
    assert sum(int(chip.split()[1]) for chip in chips(page)[1:]) == 12


def test_the_arrows_go_from_project_to_project(page: ProjectPage) -> None:
    view = page.pane.list
    press(view, Qt.Key.Key_Down, Qt.Key.Key_Down)
    settle(page.desk)
    assert page.head.name.text() == listed(page)[2]
    press(view, Qt.Key.Key_End)
    settle(page.desk)
    assert page.head.name.text() == listed(page)[-1]
    press(view, Qt.Key.Key_Home)
    settle(page.desk)
    assert page.head.name.text() == listed(page)[0]


def test_enter_goes_on_into_the_project(page: ProjectPage) -> None:
    view = page.pane.list
    places = {
        "file": page.form.boxes["name"].editor.inner,
        "lists": page.lists.cards["milestone"].view,
        "weeks": page.weeks.view,
        "photos": page.photos.list,
        "changes": page.changes.view,
    }
    for tab, place in places.items():
        page.show_tab(tab)
        settle(page.desk)
        view.setFocus()
        press(view, Qt.Key.Key_Return)
        if place.isVisible():
            assert place.hasFocus(), tab


def test_search_by_initials_and_back(page: ProjectPage) -> None:
    page.start_find()
    assert page.pane.search.hasFocus()
    QTest.keyClicks(page.pane.search, "dzjd")
    QTest.qWait(200)
    settle(page.desk)
    assert listed(page) == [ROTARY]
    assert chips(page)[0] == "全部 1"
    press(page.pane.search, Qt.Key.Key_Return)
    assert page.pane.list.hasFocus()
    page.start_find()
    say(page.pane.search, "没有的")
    QTest.qWait(200)
    settle(page.desk)
    assert listed(page) == []
    button = page.pane.nothing.button
    assert button is not None and button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(page.desk)
    assert len(listed(page)) == 12 and page.pane.search.text() == ""


def test_a_light_filters_the_list(page: ProjectPage) -> None:
    counts = {chip.split()[0]: int(chip.split()[1]) for chip in chips(page)}
    click_chip(page, "黄")
    assert len(listed(page)) == counts["黄"] < 12
    assert {page.pane.model.line(row).light for row in range(len(listed(page)))} == {"yellow"}  # type: ignore[union-attr]
    assert chips(page)[0] == "全部 12"  # the others can still be chosen
    click_chip(page, "全部")
    assert len(listed(page)) == 12


def test_filters_with_counts_and_taken_away_by_their_cross(page: ProjectPage) -> None:
    QTest.mouseClick(page.pane.filter, Qt.MouseButton.LeftButton)
    settle(page.desk)
    popup = page.pane.filters
    assert popup.isVisible()
    row = popup.rows["state"]
    texts = {chip.accessibleName(): chip for chip in row._group.buttons()}
    chip = next(chip for text, chip in texts.items() if text.startswith("前期"))
    count = int(chip.accessibleName().split()[1])
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    settle(page.desk)
    assert len(listed(page)) == count
    press(popup, Qt.Key.Key_Escape)
    cross = page.pane.on.findChild(QToolButton)
    assert isinstance(cross, QToolButton)
    assert cross.text() == "项目状态：前期"
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    settle(page.desk)
    assert len(listed(page)) == 12 and not page.pane.on.isVisible()


def test_another_order_is_remembered(page: ProjectPage, shown: Shown) -> None:
    page.pane.sort_by("investment")
    settle(page.desk)
    found = listed(page)
    again = shown(desk_of(page))
    assert listed(again) == found
    chosen = [one.text() for one in again.pane.order.menu().actions() if one.isChecked()]
    assert chosen == ["总投资大的在前"]


def test_a_district_groups_by_unit_and_narrows_to_one(
    district_desk: TestDesk, shown: Shown
) -> None:
    page = shown(district_desk)
    model = page.pane.model
    assert model.with_units
    page.pane.sort_by("unit")
    settle(district_desk)
    headings = [text for row, text in enumerate(listed(page)) if not model.record(row)]
    assert len(headings) == 2 and all("（12）" in heading for heading in headings)
    assert page.record  # the heading above it is not chosen
    unit = district_desk.facts.units[-1]
    page.pane.choose_filter("unit", unit.record)
    settle(district_desk)
    assert [text for row, text in enumerate(listed(page)) if not model.record(row)] == [
        f"{unit.short}（12）"
    ]
