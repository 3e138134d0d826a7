"""The tabs of the page 项目 with real keys and mouse: file, lists, weeks, changes, photos."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ledger import undo
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.forms.form import RecordForm
from desktop.ui.page import Landing
from desktop.ui.project.page import ProjectPage
from tests.ui.conftest import TestDesk, ask, settle
from tests.ui.forms.typing import press, value, write
from tests.ui.project.looking import (
    ROTARY,
    desk_of,
    dialog,
    in_list,
    listed,
    records,
    watched,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # off screen


def test_a_field_is_saved_and_the_head_says_so(page: ProjectPage) -> None:
    write(page.form, "total_investment", "1.2亿")
    settle(page.desk)
    assert value(page.desk, "project", page.record, "total_investment") == 120_000_000
    assert page.head.values[0].text() == "1.2 亿元"
    write(page.form, "name", "改了名字的项目")
    settle(page.desk)
    assert page.head.name.text() == "改了名字的项目"
    assert "改了名字的项目" in listed(page)
    ask(page.desk, undo.undo)
    page.refresh()
    settle(page.desk)
    assert "改了名字的项目" not in listed(page)


def test_a_refused_field_keeps_the_person_at_the_project(page: ProjectPage) -> None:
    first = page.record
    write(page.form, "total_investment", "1-2")
    press(page.pane.list, Qt.Key.Key_Down)
    settle(page.desk)
    assert page.record == first
    assert page.pane.list.chosen() == first
    assert not page.leave()
    press(page.form.boxes["total_investment"].editor.inner, Qt.Key.Key_Escape)
    assert page.leave()


def test_a_wrong_code_is_remarked_in_the_head(page: ProjectPage) -> None:
    write(page.form, "code", "2509-320193-89-01-544061")
    settle(page.desk)
    assert page.head.remark.isVisible()
    assert "校验位不符" in page.head.remark.text()


def test_an_item_is_added_closed_and_removed(page: ProjectPage) -> None:
    desk = desk_of(page)
    in_list(page, ROTARY)
    card = page.lists.cards["problem"]
    before = len(card.model.table.rows)
    QTest.mouseClick(card.add, Qt.MouseButton.LeftButton)
    form = dialog(desk).form
    write(form, "problem", "供电未接入")
    write(form, "found_on", "2023.2.27")
    write(form, "due", "2023.3.1")
    press(form, Qt.Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert len(card.model.table.rows) == before + 1
    assert card.late.isVisible() and card.late.text().startswith("逾期")
    item = next(
        key
        for key, row in zip(card.model.table.keys, card.model.table.rows, strict=True)
        if row[0].text == "供电未接入"
    )
    assert value(desk, "problem", item, "project") == page.record
    assert card.view.choose(item)
    card.view.setFocus()
    assert card.close_out.isVisible() and card.close_out.text() == "销号"
    press(card.view, Qt.Key.Key_F9)
    settle(desk)
    assert value(desk, "problem", item, "state") == "已销号"
    assert value(desk, "problem", item, "closed_on") == "2023-03-09"
    assert card.view.chosen() == item and not card.close_out.isVisible()
    desk.messages.asker = lambda _question, _advice, _yes: True
    press(card.view, Qt.Key.Key_Delete)
    settle(desk)
    assert len(card.model.table.rows) == before


def test_in_an_earlier_week_an_item_is_closed_on_that_weeks_last_day(page: ProjectPage) -> None:
    desk = desk_of(page)
    in_list(page, ROTARY)
    desk.set_period("2023-W03")
    settle(desk)
    card = page.lists.cards["milestone"]
    open_ = [
        k
        for k, row in zip(card.model.table.keys, card.model.table.rows, strict=True)
        if row[-1].text != "已完成"
    ]
    assert card.view.choose(open_[-1])
    card.view.setFocus()
    assert card.close_out.text() == "完成"
    QTest.mouseClick(card.close_out, Qt.MouseButton.LeftButton)
    assert value(desk, "milestone", open_[-1], "actual_finish") == "2023-01-19"


def test_an_item_opens_by_enter_and_by_its_bar(page: ProjectPage) -> None:
    desk = desk_of(page)
    in_list(page, ROTARY)
    card = page.lists.cards["milestone"]
    card.view.setFocus()
    press(card.view, Qt.Key.Key_Down, Qt.Key.Key_Return)
    opened = dialog(desk)
    assert opened.windowTitle().startswith("修改")
    opened.reject()
    QApplication.sendPostedEvents()
    card.chart.chosen.emit(card.model.table.keys[0])
    assert dialog(desk).form.record == card.model.table.keys[0]


def test_nothing_is_closed_without_a_choice(page: ProjectPage) -> None:
    in_list(page, ROTARY)
    card = page.lists.cards["milestone"]
    card.view.clearSelection()
    card.view.setCurrentIndex(card.model.index(-1, -1))
    before = ask(page.desk, lambda book: book.journal.position)
    for key in (Qt.Key.Key_F9, Qt.Key.Key_Delete):
        press(card.view, key)
    settle(page.desk)
    assert ask(page.desk, lambda book: book.journal.position) == before


def test_a_week_leads_to_the_grid(page: ProjectPage) -> None:
    desk = desk_of(page)
    page.show_tab("weeks")
    view = page.weeks.view
    view.setFocus()
    press(view, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    week = page.weeks.model.table.keys[2]
    assert desk.period == week
    assert desk.places[-1] == ("grid", Landing(register="weekly", subject=page.record))
    QTest.mouseClick(page.open_grid, Qt.MouseButton.LeftButton)
    assert len(desk.places) == 2
    settle(desk)


def test_the_tabs_say_how_much_there_is(page: ProjectPage) -> None:
    in_list(page, ROTARY)
    titles = [page.tabs.tabText(at) for at in range(page.tabs.count())]
    assert titles[0] == "档案" and titles[2] == "台账 10 周" and titles[4] == "变更记录"
    open_ = sum(
        card.items.open
        for card in page.lists.cards.values()
        if card.items is not None and card.items.closes
    )
    assert titles[1] == (f"清单 {open_}" if open_ else "清单")


def test_changes_of_one_field_and_older_ones(page: ProjectPage) -> None:
    desk = desk_of(page)

    def many(book: Book) -> None:
        for number in range(70):
            with book.batch("change") as batch:
                batch.change("project", page.record, {"place": f"地点{number}"})

    desk.write(page, "", many)
    page.show_tab("changes")
    settle(desk)
    tab = page.changes
    assert tab.model.table.rows[0][5].text == "地点68 → 地点69"
    assert tab.next and "往下还有" in tab.count.text()
    first = len(tab.model.table.rows)
    tab.view.scrollToBottom()
    settle(desk)
    assert len(tab.model.table.rows) > first
    titles = [tab.choice.itemText(at) for at in range(tab.choice.count())]
    at = titles.index("建设地点")
    tab.choice.setCurrentIndex(at)
    tab.choice.activated.emit(at)
    settle(desk)
    assert {row[4].text for row in tab.model.table.rows} == {"建设地点"}
    press(page.pane.list, Qt.Key.Key_Down)
    settle(desk)
    assert tab.choice.currentText() == "全部变更" and tab.only is None


def test_the_changes_are_a_sound_model(page: ProjectPage) -> None:
    watched(page.changes.model)
    page.show_tab("changes")
    page.refresh()
    settle(page.desk)
    assert page.changes.next == 0  # whoever looks at all of them gets all of them
    assert page.changes.model.rowCount() == len(page.changes.model.table.rows) > 60


def test_the_photos_are_those_of_the_project(page: ProjectPage) -> None:
    page.show_tab("photos")
    settle(page.desk)
    assert page.photos._subject == page.record
    page.photos.count_changed.emit(3)
    assert page.tabs.tabText(3) == "照片 3"
    page.photos.count_changed.emit(0)
    assert page.tabs.tabText(3) == "照片"


@pytest.fixture
def largest(qapp: QApplication) -> Iterator[None]:
    """The type in its largest size."""
    theme.apply(qapp, dark=False, scale=1.5)
    yield
    theme.apply(qapp, dark=False, scale=1.0)


def test_every_tab_stands_whole_in_the_largest_type(largest: None, page: ProjectPage) -> None:
    page.resize(1132, 648)  # what a window of 1366 x 768 leaves of it
    settle(page.desk)
    assert page.height() == 648
    bar = page.tabs.tabBar()
    assert bar.tabText(4) == "变更记录"
    assert bar.width() >= bar.sizeHint().width()
    assert page.open_grid.text() == "" and page.open_grid.toolTip() == "打开台账"
    page.resize(1800, 900)
    settle(page.desk)
    assert page.open_grid.text() == "打开台账"


def test_the_file_is_made_for_the_first_project(desk: TestDesk) -> None:
    page = ProjectPage(desk)
    assert page.leave()
    assert not page.findChildren(RecordForm)
    page.pane.seek(next(iter(records(desk).values())))
    page.refresh()
    settle(desk)
    assert page.findChildren(RecordForm) == [page.form]
    assert page.form.record == page.record != ""
