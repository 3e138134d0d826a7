"""The page 项目 with real keys and mouse: find, look, fill, add, close, remove, come back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QToolButton

from desktop.ledger import undo
from desktop.ledger.workspace import Book
from desktop.ui.changes import Changes
from desktop.ui.forms.dialog import RecordDialog
from desktop.ui.page import Landing
from desktop.ui.project.page import ProjectPage
from tests.ui.conftest import TestDesk, ask, settle, shot
from tests.ui.forms.typing import press, say, value, write

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # off screen
ROTARY = "大轴机电CNC精雕机生产项目"
Shown = Callable[[TestDesk], ProjectPage]


@pytest.fixture
def shown() -> Iterator[Shown]:
    """Show the page as the window would, refreshed after each act."""
    pages: list[ProjectPage] = []

    def make(desk: TestDesk) -> ProjectPage:
        page = ProjectPage(desk)
        pages.append(page)
        for model in (page.pane.model, page.weeks.model):
            watched(model)

        def hear(_changes: Changes) -> None:
            page.refresh()

        desk.changed.connect(hear)
        desk.period_changed.connect(lambda _period: page.refresh())
        page.resize(1210, 688)
        page.show()
        page.activateWindow()
        page.refresh()
        page.setFocus()
        settle(desk)
        return page

    yield make
    for page in pages:
        page.close()


def watched(model: QAbstractItemModel) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    QAbstractItemModelTester(model, mode, model)


@pytest.fixture
def page(desk: TestDesk, shown: Shown) -> ProjectPage:
    return shown(desk)


def desk_of(page: ProjectPage) -> TestDesk:
    assert isinstance(page.desk, TestDesk)
    return page.desk


def records(desk: TestDesk) -> dict[str, str]:
    found = ask(desk, lambda book: {row["name"]: row["record"] for row in book.rows("project")})
    assert isinstance(found, dict)
    return found


def listed(page: ProjectPage) -> list[str]:
    model = page.pane.model
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def dialog(desk: TestDesk) -> RecordDialog:
    settle(desk)
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, RecordDialog)]
    assert len(found) == 1
    found[0].activateWindow()
    QApplication.processEvents()
    return found[0]


def chips(page: ProjectPage) -> list[str]:
    return [chip.accessibleName() for chip in page.pane.lights._group.buttons()]


def click_chip(page: ProjectPage, beginning: str) -> None:
    for chip in page.pane.lights._group.buttons():
        if chip.accessibleName().startswith(beginning):
            QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
            settle(page.desk)
            return
    raise AssertionError(beginning)


# The list -----------------------------------------------------------------------------------


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


# The file -----------------------------------------------------------------------------------


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


# The lists ----------------------------------------------------------------------------------


def in_list(page: ProjectPage, name: str) -> None:
    """Choose a project by its name and show its lists."""
    page.pane.seek(records(desk_of(page))[name])
    page.show_tab("lists")
    settle(page.desk)
    assert page.head.name.text() == name


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


# Weeks, changes, photos ---------------------------------------------------------------------


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


# New ones, and taking away ------------------------------------------------------------------


def test_a_new_project_by_one_key(page: ProjectPage) -> None:
    desk = desk_of(page)
    press(page.pane.list, Qt.Key.Key_N, with_=Qt.KeyboardModifier.ControlModifier)
    form = dialog(desk).form
    assert form.boxes["unit"].editor.text() == desk.facts.unit_name
    write(form, "name", "全新的项目")
    write(form, "state", "前期")
    write(form, "total_investment", "3000")
    press(form, Qt.Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
    settle(desk)
    assert page.head.name.text() == "全新的项目"
    assert page.pane.list.chosen() == page.record == records(desk)["全新的项目"]


def test_a_new_project_shows_even_where_a_filter_would_hide_it(page: ProjectPage) -> None:
    desk = desk_of(page)
    page.pane.choose_filter("state", "停工")
    settle(desk)
    page.land(Landing(text="new"))
    form = dialog(desk).form
    write(form, "name", "全新的项目")
    write(form, "state", "前期")
    write(form, "total_investment", "3000")
    form.window().save()  # type: ignore[attr-defined]
    settle(desk)
    assert page.head.name.text() == "全新的项目"
    assert len(listed(page)) == 13


def test_removing_asks_and_says_what_forbids_it(page: ProjectPage) -> None:
    desk = desk_of(page)
    asked: list[str] = []

    def answer(question: str, advice: str, _yes: str) -> bool:
        asked.append(question + advice)
        return len(asked) > 1

    desk.messages.asker = answer
    name = page.label
    QTest.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    settle(desk)
    assert "可以按 Ctrl+Z 撤销" in asked[0] and name in records(desk)
    warned: list[object] = []
    desk.messages.warned.connect(warned.append)
    QTest.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    settle(desk)
    assert desk.warnings[-1].name == "InUse"
    remedy = warned[0].remedies[0]  # type: ignore[attr-defined]
    assert remedy.text == "看它的清单"
    remedy.run()
    assert page.tabs.currentWidget() is page.lists


def test_a_removed_project_gives_way_to_another_and_comes_back(page: ProjectPage) -> None:
    desk = desk_of(page)
    desk.messages.asker = lambda _question, _advice, _yes: True
    unit = desk.facts.unit

    def make(book: Book) -> str:
        with book.batch("create") as batch:
            return batch.create(
                "project",
                {"name": "要删的", "unit": unit, "state": "前期", "total_investment": 10_000},
            )

    made = str(ask(desk, make))
    page.refresh()
    page.pane.seek(made)
    settle(desk)
    assert page.record == made
    QTest.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    settle(desk)
    assert "要删的" not in listed(page)
    assert page.record and page.record != made
    assert page.head.name.text() == listed(page)[page.pane.list.currentIndex().row()]
    desk.undo()
    settle(desk)
    assert "要删的" in listed(page)


# Coming and going ---------------------------------------------------------------------------


def test_landing_on_a_field(page: ProjectPage) -> None:
    desk = desk_of(page)
    target = records(desk)[ROTARY]
    page.show_tab("changes")
    page.land(Landing(register="project", record=target, field="phone"))
    page.setFocus()
    settle(desk)
    assert page.record == target
    assert page.form.boxes["phone"].editor.inner.hasFocus()
    page.land(Landing(register="project", record=target, field="code"))
    page.setFocus()
    settle(desk)
    assert page.form.boxes["code"].editor.inner.hasFocus()


def test_landing_on_an_item_of_a_list(page: ProjectPage) -> None:
    desk = desk_of(page)
    target = records(desk)[ROTARY]

    def find(book: Book) -> str:
        return next(str(r["record"]) for r in book.rows("milestone") if r["project"] == target)

    item = str(ask(desk, find))
    page.land(Landing(register="milestone", record=item, subject=target))
    settle(desk)
    assert page.record == target
    assert page.tabs.currentWidget() is page.lists
    assert page.lists.cards["milestone"].view.chosen() == item


def test_landing_where_a_filter_hides_it(page: ProjectPage) -> None:
    desk = desk_of(page)
    page.pane.choose_filter("state", "停工")
    settle(desk)
    page.land(Landing(record=records(desk)[ROTARY], tab="weeks"))
    settle(desk)
    assert page.head.name.text() == ROTARY
    assert page.pane.wanted.choices == {}
    assert page.tabs.currentWidget() is page.weeks


def test_one_comes_back_to_the_same_place(page: ProjectPage, shown: Shown) -> None:
    desk = desk_of(page)
    page.pane.seek(records(desk)[ROTARY])
    page.show_tab("weeks")
    settle(desk)
    kept = page.place()
    again = ProjectPage(desk)
    again.return_to(kept)
    again.show()
    again.refresh()
    settle(desk)
    assert again.head.name.text() == ROTARY
    assert again.tabs.currentWidget() is again.weeks
    again.close()


def test_another_week_shows_its_own_figures(page: ProjectPage) -> None:
    desk = desk_of(page)
    in_list(page, ROTARY)
    before = page.head.values[2].text()
    desk.set_period("2023-W03")
    settle(desk)
    assert page.head.values[2].text() != before
    assert [row[0].bold for row in page.weeks.model.table.rows].index(True) == 7


def test_an_empty_book_says_what_to_do(page: ProjectPage) -> None:
    desk = desk_of(page)
    page.pane.nothing.set_text("")
    ask(desk, lambda book: book.connection.execute("UPDATE project SET removed = 1"))
    page.refresh()
    settle(desk)
    assert listed(page) == []
    assert "还没有项目" in page.pane.nothing.text.text()
    button = page.pane.nothing.button
    assert button is not None and not button.isVisible()
    assert page.either.currentWidget() is page.nothing


# Pictures -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tab", ["file", "lists", "weeks", "photos", "changes"])
def test_pictures(page: ProjectPage, tab: str) -> None:
    page.show_tab(tab)
    settle(page.desk)
    shot(page, f"project-{tab}", 1210, 688)
    for widget in (page.head, page.tabs, page.pane):
        corner = widget.mapTo(page, QPoint(widget.width(), widget.height()))
        assert corner.x() <= page.width() and corner.y() <= page.height()
