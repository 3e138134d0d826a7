"""The page 台账: filters, findings and their cells, the aside, landings, what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.ledger import workspace
from desktop.ledger.workspace import Book
from desktop.ui.grid.filter_panel import FilterPanel
from desktop.ui.grid.page import GridPage
from desktop.ui.page import Landing
from tests.ui.conftest import TestDesk, ask, settle, shot
from tests.ui.grid.clerk import CTRL, LAST, NEXT, SHIFT, Clerk, Key


@pytest.fixture
def clerk(desk: TestDesk) -> Clerk:
    return Clerk(desk)


def button(clerk: Clerk, words: str) -> QPushButton:
    """A button of the aside by the beginning of its words."""
    found = [
        one
        for one in clerk.page.aside.findChildren(QPushButton)
        if one.text().startswith(words) and one.isVisible()
    ]
    assert found, [one.text() for one in clerk.page.aside.findChildren(QPushButton)]
    return found[0]


def chips(clerk: Clerk) -> list[int | None]:
    return list(clerk.page.headline._counts)


def wrong(clerk: Clerk, row: int = 2) -> None:
    """A week's figure that its cumulative one does not follow."""
    stays = [clerk.text(row, name) for name in ("completed_year", "completed_total")]
    clerk.go(row, "completed_week")
    clerk.paste("\t".join(["1200", *stays]))
    clerk.go(row + 1, "completed_week")
    clerk.wait()


# Filters ---------------------------------------------------------------------------------------


def test_chips_count_and_filter(clerk: Clerk) -> None:
    assert chips(clerk) == [12, 0, 0, 0]
    wrong(clerk)
    assert chips(clerk) == [12, 0, 1, 1]
    clerk.page.headline.chosen.emit("must")
    clerk.wait()
    assert clerk.model.rowCount() == 1
    assert chips(clerk)[0] == 12
    clerk.go(0, "completed_week")
    clerk.type("180.75")
    clerk.wait()
    assert clerk.model.rowCount() == 1  # the row stays until one filters again
    assert chips(clerk) == [12, 0, 0, 0]
    clerk.page.headline.chosen.emit("all")
    clerk.wait()
    assert clerk.model.rowCount() == 12


def test_the_filter_box_takes_pinyin_initials(clerk: Clerk) -> None:
    box = clerk.page.headline.box
    box.setFocus()
    QTest.keyClicks(box, "lhcs")
    clerk.wait()
    assert clerk.model.rowCount() == 0
    assert clerk.page.empty.isVisible()
    clerk.page.empty.clicked.emit()
    clerk.wait()
    assert (clerk.model.rowCount(), box.text()) == (12, "")
    QTest.keyClicks(box, "lllwl")
    clerk.wait()
    assert clerk.model.rowCount() == 0
    box.clear()
    QTest.keyClicks(box, "llwl")
    clerk.wait()
    assert [("冷链物流" in name) for name in clerk.names()] == [True]
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert clerk.view.hasFocus()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Escape)
    clerk.wait()
    assert clerk.model.rowCount() == 12


def test_sorting_by_a_heading_and_back(clerk: Clerk) -> None:
    view = clerk.page.body.view
    key = clerk.model.row_key(5)
    clerk.go(5, "completed_week")
    view.sort_requested.emit("completed_week", True)
    clerk.wait()
    shown = [float(text.replace(",", "")) for text in clerk.texts("completed_week")]
    assert shown == sorted(shown, reverse=True)
    assert clerk.model.row_key(view.current()[0]) == key  # one stays on one's project
    view.sort_requested.emit("completed_week", True)
    clerk.wait()
    assert clerk.model.row_key(5) == key


def test_the_panel_filters_by_lists_and_by_any_column(clerk: Clerk) -> None:
    clerk.page.asking.open_panel()
    panel = clerk.page.findChild(FilterPanel)
    assert panel is not None
    box = panel.choices["subject.state"]
    box.setCurrentIndex(box.findData("在建"))
    panel.column.setCurrentIndex(panel.column.findData("completed_week"))
    panel.how.setCurrentIndex(panel.how.findData("least"))
    panel.value.setText("800")
    shot(panel, "grid-filter-panel", 360, 420)
    panel.apply()
    clerk.wait()
    shown = [float(text.replace(",", "")) for text in clerk.texts("completed_week")]
    assert shown
    assert min(shown) >= 800
    assert "本周完成投资不小于800" in clerk.page.headline.conditions.toolTip()
    clerk.page.asking.open_panel()
    panel = clerk.page.findChildren(FilterPanel)[-1]
    assert panel.value.text() == "800"
    panel.clear()
    clerk.wait()
    assert clerk.model.rowCount() == 12


def test_the_panel_says_what_it_cannot_read(clerk: Clerk) -> None:
    clerk.page.asking.open_panel_at("completed_week", QPoint(10, 10))
    panel = clerk.page.findChild(FilterPanel)
    assert panel is not None
    assert panel.column.currentData() == "completed_week"
    panel.value.setText("很多")
    panel.apply()
    assert "读不成金额" in panel.wrong.text()
    assert clerk.model.rowCount() == 12
    panel.close()


def test_filtering_by_light(clerk: Clerk) -> None:
    clerk.page.asking.open_panel()
    panel = clerk.page.findChild(FilterPanel)
    assert panel is not None
    assert panel.light is not None
    panel.light.setCurrentIndex(panel.light.findData("red"))
    panel.apply()
    clerk.wait()
    assert 0 < clerk.model.rowCount() < 12
    assert {clerk.tone(row, "completion_rate") for row in range(clerk.model.rowCount())} == {
        "light:red"
    }


# Findings --------------------------------------------------------------------------------------


def test_f8_goes_through_what_asks_for_something(clerk: Clerk) -> None:
    clerk.key(Key.Key_F8)
    assert clerk.desk.notes[-1] == "没有要处理的提示。"
    wrong(clerk)
    clerk.go(0, "completed_week")
    clerk.key(Key.Key_F8)
    assert clerk.where() == (2, "completed_year")
    clerk.key(Key.Key_F8)
    assert clerk.where() == (2, "completed_total")
    clerk.key(Key.Key_F8)
    assert clerk.where() == (2, "completed_year")
    clerk.key(Key.Key_F8, SHIFT)
    assert clerk.where() == (2, "completed_total")


def test_the_cell_is_told_in_words_and_mended_by_a_button(clerk: Clerk) -> None:
    wrong(clerk)
    clerk.go(2, "completed_year")
    clerk.wait()
    aside = clerk.page.aside
    assert aside.cell.title.text() == "这一格有问题"
    assert aside.about is not None
    assert "累计应为" in aside.about.found[0].sentence
    button(clerk, "累计改为").click()
    clerk.wait()
    assert clerk.text(2, "completed_year") == "1,888"
    assert clerk.tone(2, "completed_year") == "plain"
    assert clerk.view.hasFocus()


def test_enter_on_a_finding_lands_in_its_cell(clerk: Clerk) -> None:
    wrong(clerk)
    clerk.go(0, "subject.name")
    clerk.wait()
    listed = clerk.page.aside.list
    assert listed.isVisible()
    assert clerk.page.aside.list_card.title.text() == "全部提示　2"
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert clerk.where() == (2, "completed_total")
    assert clerk.view.hasFocus()


def test_an_explanation_is_written_in_place(clerk: Clerk) -> None:
    wrong(clerk)
    clerk.go(2, "completed_total")
    clerk.wait()
    clerk.key(Key.Key_E, CTRL)
    box = clerk.page.aside.box
    assert box is not None
    assert not box.save.isEnabled()
    box.text.setPlainText("决算审减，开累未变")
    QTest.keyClick(box.text, Qt.Key.Key_Return, CTRL)
    clerk.wait()
    assert chips(clerk)[3] == 0
    assert clerk.tone(2, "completed_total") == "plain"
    said = clerk.page.aside.about
    assert said is not None
    assert said.found[0].explanation == "决算审减，开累未变"
    assert button(clerk, "改说明")


def test_going_on_keeps_an_explanation_that_was_not_saved(clerk: Clerk) -> None:
    wrong(clerk)
    clerk.go(2, "completed_total")
    clerk.wait()
    button(clerk, "写说明").click()
    box = clerk.page.aside.box
    assert box is not None
    box.text.setPlainText("审计调整")
    clerk.go(5, "completed_week")
    clerk.wait()
    assert chips(clerk)[3] == 0


def test_leaving_the_page_saves_what_is_being_written(clerk: Clerk) -> None:
    wrong(clerk)
    clerk.go(2, "completed_total")
    clerk.wait()
    button(clerk, "写说明").click()
    box = clerk.page.aside.box
    assert box is not None
    box.text.setPlainText("审计调整")
    clerk.go(5, "remark")
    clerk.keys("abc")
    assert clerk.page.leave()
    settle(clerk.desk)
    assert clerk.text(5, "remark") == "abc"
    assert clerk.model.contents.findings.count("explain") == 0


def test_esc_leaves_the_box_unwritten(clerk: Clerk) -> None:
    wrong(clerk)
    clerk.go(2, "completed_total")
    clerk.wait()
    clerk.key(Key.Key_E, CTRL)
    box = clerk.page.aside.box
    assert box is not None
    QTest.keyClick(box.text, Qt.Key.Key_Escape)
    assert clerk.page.aside.box is None
    assert clerk.view.hasFocus()
    assert chips(clerk)[3] == 1


def test_checking_says_what_it_found_and_goes_to_the_first(clerk: Clerk) -> None:
    clerk.page.headline.check_button.click()
    clerk.wait()
    assert clerk.desk.notes[-1] == "审核通过，没有要处理的提示。"
    wrong(clerk)
    clerk.go(9, "remark")
    clerk.key(Key.Key_F9)
    clerk.wait()
    assert clerk.desk.notes[-1] == "审核完成：错误 1 处，待说明 1 处。"
    assert clerk.where() == (2, "completed_year")


def test_a_finding_of_another_page_leads_there(clerk: Clerk) -> None:
    key = clerk.model.row_key(0)

    def change(book: Book) -> None:
        with book.batch("change") as batch:
            batch.change("project", key, {"actual_start": None})

    clerk.desk.write(clerk.desk, "修改", change)
    clerk.wait()
    line = next(
        one
        for one in clerk.page.aside.list.lines()
        if one.finding and one.finding.cell == "actual_start"
    )
    clerk.page.aside.wanted.emit(line)
    page, landing = clerk.desk.places[-1]
    assert page == "project"
    assert landing == Landing(register="project", record=key, field="actual_start", subject=key)


def test_what_was_refused_is_told_and_can_be_given_up(clerk: Clerk) -> None:
    was = clerk.text(4, "completed_week")
    clerk.go(4, "completed_week")
    clerk.type("两三百")
    clerk.go(4, "completed_week")
    clerk.wait()
    assert clerk.page.aside.about is not None
    assert clerk.page.aside.about.typed == "两三百"
    assert "没有写入“两三百”" in clerk.page.aside.list.lines()[0].title
    button(clerk, "恢复原来的内容").click()
    clerk.wait()
    assert clerk.text(4, "completed_week") == was
    assert clerk.page.aside.list.lines() == []


def test_the_story_of_a_cell(clerk: Clerk) -> None:
    clerk.go(0, "completed_week")
    clerk.type("777")
    clerk.go(0, "completed_week")
    clerk.wait()
    aside = clerk.page.aside
    assert aside.history.isVisible()
    assert aside.weeks.isVisible()
    drawn = aside.chart.drawing()
    assert drawn is not None
    assert "10周777" in drawn.said.replace(" ", "").replace(".00", "")


# The week and its rows -------------------------------------------------------------------------


def test_a_submitted_week_says_so_above_the_grid(desk: TestDesk) -> None:
    clerk = Clerk(desk, "2023-W09")
    assert "2023年第9周已经上报，不能再改" in clerk.page.closed.said()
    assert not clerk.page.headline.carry_button.isEnabled()
    clerk.keys("5")
    settle(desk)
    assert clerk.acts() == 0
    desk.set_period(LAST)
    clerk.page.refresh()
    clerk.wait()
    assert clerk.page.closed.said() == ""


def test_another_week_keeps_project_and_column(clerk: Clerk) -> None:
    clerk.go(7, "problems")
    key = clerk.model.row_key(7)
    clerk.desk.set_period(NEXT)
    clerk.page.refresh()
    clerk.wait()
    row, name = clerk.where()
    assert (clerk.model.row_key(row), name) == (key, "problems")
    assert clerk.text(row, "completed_week") == ""


def test_changing_the_week_writes_what_is_being_typed(clerk: Clerk) -> None:
    clerk.go(0, "remark")
    clerk.keys("xyz")
    clerk.desk.set_period(NEXT)
    clerk.page.refresh()
    clerk.wait()
    clerk.desk.set_period(LAST)
    clerk.page.refresh()
    clerk.wait()
    assert clerk.text(0, "remark") == "xyz"


def test_a_book_without_projects_offers_the_first_one(
    make_desk: Callable[[Path], TestDesk], tmp_path: Path
) -> None:
    workspace.create(tmp_path / "new.yzb", "新镇", "township", under="新区").close()
    clerk = Clerk(make_desk(tmp_path / "new.yzb"))
    assert clerk.page.empty.isVisible()
    assert clerk.page.empty.button is not None
    assert clerk.page.empty.button.text() == "新增项目"
    clerk.page.empty.button.click()
    assert clerk.desk.places == [("project", Landing(text="new"))]


def test_the_other_ledgers_can_be_chosen(district_desk: TestDesk) -> None:
    clerk = Clerk(district_desk)
    ledgers = clerk.page.headline.ledgers
    titles = ["周调度台账", "月调度台账", "单位月度投资", "目标任务分解"]
    assert [ledgers.itemText(at) for at in range(ledgers.count())] == titles
    ledgers.setCurrentIndex(3)
    ledgers.activated.emit(3)
    clerk.wait()
    assert clerk.model.contents.sheet.register.name == "target"
    assert clerk.model.rowCount() == 2
    assert clerk.page.headline.new_button.isVisible()
    assert not clerk.page.headline.carry_button.isVisible()
    shot(clerk.page, "grid-target", 1210, 688)


# Landing, remembering --------------------------------------------------------------------------


def test_landing_in_a_cell_lifts_a_filter_that_hides_it(clerk: Clerk) -> None:
    key = clerk.model.row_key(8)
    clerk.page.headline.box.setText("llwl")
    clerk.page.headline.filtered.emit("llwl")
    clerk.wait()
    clerk.page.land(Landing(register="weekly", subject=key, field="needs"))
    clerk.wait()
    row, name = clerk.where()
    assert (clerk.model.row_key(row), name) == (key, "needs")
    assert clerk.page.headline.box.text() == ""


def test_landing_by_the_weeks_record(clerk: Clerk) -> None:
    record = clerk.model.contents.rows[clerk.model.row_key(3)].record
    clerk.page.land(Landing(register="weekly", record=record, field="remark"))
    clerk.wait()
    assert clerk.where() == (3, "remark")


def test_landing_on_what_is_to_be_filled(desk: TestDesk) -> None:
    clerk = Clerk(desk, NEXT)
    clerk.page.land(Landing(register="weekly", text="todo"))
    clerk.wait()
    assert clerk.page.headline.chips.current() == "todo"
    assert clerk.model.rowCount() == 12


def test_landing_on_a_row_that_is_not_there_says_so(clerk: Clerk) -> None:
    clerk.page.land(Landing(register="weekly", subject="0" * 32))
    clerk.wait()
    assert clerk.desk.notes[-1] == "要去的这一行不在这张表里。"


def test_one_comes_back_to_the_same_cell_with_what_was_refused(clerk: Clerk) -> None:
    clerk.go(6, "completed_week")
    clerk.type("许多")
    clerk.go(6, "completed_total")
    place = clerk.page.place()
    key = clerk.model.row_key(6)
    page = GridPage(clerk.desk)
    page.return_to(place)
    page.resize(1210, 688)
    page.show()
    page.refresh()
    again = Clerk.__new__(Clerk)
    again.desk, again.page = clerk.desk, page
    again.wait()
    row, name = again.where()
    assert (again.model.row_key(row), name) == (key, "completed_total")
    assert again.text(row, "completed_week") == "许多"


def test_columns_order_and_filter_are_remembered(clerk: Clerk) -> None:
    view = clerk.page.body.view
    layout = view.get_layout()
    view.set_layout({**layout, "hidden": [*layout["hidden"], "remark"]})
    view.layout_changed.emit()
    view.sort_requested.emit("completed_week", True)
    clerk.wait()
    again = Clerk(clerk.desk)
    assert "remark" in again.page.body.view.get_layout()["hidden"]
    assert again.model.asked.sort == "completed_week"
    assert again.names() == clerk.names()


def test_figures_are_never_cut(clerk: Clerk) -> None:
    layout = clerk.page.body.view.get_layout()
    totals = clerk.model.totals()
    view = clerk.page.body.view
    for at, column in enumerate(clerk.model.columns()):
        if column.right:
            room = layout["widths"].get(column.name, column.width) - 16
            assert view._look.natural_width(totals[at].text, True) <= room, column.name


def test_the_list_of_columns_shows_and_hides(clerk: Clerk) -> None:
    menu = clerk.page.menus.open_columns(QPoint(10, 10))
    words = {action.text(): action for action in menu.actions()}
    assert not words["项目级别"].isChecked()
    assert words["上周累计完成投资" if "上周累计完成投资" in words else "上周累计"].isChecked()
    words["项目级别"].setChecked(True)
    words["备注"].setChecked(False)
    hidden = clerk.page.body.view.get_layout()["hidden"]
    assert "subject.level" not in hidden
    assert "remark" in hidden
    menu.close()


def test_the_aside_folds_on_a_narrow_screen(desk: TestDesk) -> None:
    clerk = Clerk(desk, width=944)
    assert not clerk.page.aside.isVisible()
    clerk.page.headline.aside_button.click()
    assert clerk.page.aside.isVisible()
    clerk.page.resize(1210, 688)
    assert clerk.page.aside.isVisible()
    clerk.page.headline.aside_button.click()
    assert not clerk.page.aside.isVisible()


def test_the_menu_of_cells(clerk: Clerk) -> None:
    clerk.go(1, "completed_week")
    menu = clerk.page.menus.open_cells(QPoint(5, 5))
    words = {action.text().split("\t")[0]: action for action in menu.actions()}
    assert words["粘贴"].isEnabled()
    assert not words["照提示填写"].isEnabled()
    words["打开项目"].trigger()
    page, landing = clerk.desk.places[-1]
    assert (page, landing) == (
        "project",
        Landing(register="project", record=clerk.model.row_key(1)),
    )
    menu.close()


# Photos ----------------------------------------------------------------------------------------


def picture(path: Path) -> Path:
    """A small photo."""
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(path))
    return path


def test_a_photo_dropped_on_a_row_is_added_to_it(clerk: Clerk, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(picture(tmp_path / "现场.png")))])
    view = clerk.page.body.view
    spot = view.viewport().mapTo(clerk.page, view.rect_of(3, clerk.at("remark")).center())
    spot.setX(view.viewport().mapTo(clerk.page, QPoint(60, 0)).x())
    assert clerk.page.photographs.takes(data)
    event = QDropEvent(
        QPointF(spot),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    clerk.page.dropEvent(event)
    clerk.wait()
    assert clerk.text(3, "photos") == "1 件"
    assert clerk.text(2, "photos") == ""
    assert event.isAccepted()


def test_a_picture_on_the_clipboard_is_added_to_the_row(clerk: Clerk) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(image)
    clerk.go(1, "photos")
    clerk.key(Key.Key_V, CTRL)
    clerk.wait()
    assert clerk.text(1, "photos") == "1 件"


def test_words_are_not_dropped_as_photos(clerk: Clerk) -> None:
    data = QMimeData()
    data.setText("文字")
    assert not clerk.page.photographs.takes(data)


def test_others_changes_reach_the_page(clerk: Clerk) -> None:
    key = clerk.model.row_key(0)

    def change(book: Book) -> None:
        with book.batch("change") as batch:
            batch.create("weekly", {"project": key, "period": LAST, "remark": "别处写的"})

    clerk.desk.write(clerk.desk, "修改", change)
    settle(clerk.desk)
    assert clerk.text(0, "remark") == "别处写的"
    count = ask(
        clerk.desk,
        lambda book: book.connection.execute("SELECT count(*) FROM weekly").fetchone()[0],
    )
    assert count == 120


def test_without_a_project_nothing_blank_stands_beside_the_advice(desk: TestDesk) -> None:
    def empty(book: Book) -> None:
        book.connection.execute("UPDATE project SET removed = 1")
        book.connection.commit()

    ask(desk, empty)
    clerk = Clerk(desk)
    page = clerk.page
    shot(page, "no_projects", 1210, 688)
    assert page.empty.isVisible() and "收发" in page.empty.advice.text()
    assert not page.aside.isVisible() and not page.body.isVisible()
    QTest.mouseClick(page.headline.aside_button, Qt.MouseButton.LeftButton)
    assert not page.aside.isVisible()
