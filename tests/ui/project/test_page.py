"""The page 项目: landing on it and coming back, new projects and removed ones, pictures."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop.ledger.workspace import Book
from desktop.ui.page import Landing
from desktop.ui.project.page import ProjectPage
from tests.ui.conftest import ask, settle, shot
from tests.ui.forms.typing import press, write
from tests.ui.project.looking import (
    ROTARY,
    Shown,
    desk_of,
    dialog,
    in_list,
    listed,
    records,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # off screen


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


def test_a_project_on_one_sheet_by_a_click_or_a_key(page: ProjectPage) -> None:
    desk = desk_of(page)
    there = ("papers", Landing(tab="card", record=page.record))
    QTest.mouseClick(page.head.paper, Qt.MouseButton.LeftButton)
    assert desk.places == [there]
    press(page.pane.list, Qt.Key.Key_P, with_=Qt.KeyboardModifier.ControlModifier)
    assert desk.places == [there, there]


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
    assert page.tabs.key() == "weeks" and page.weeks.isVisible()


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
    assert again.tabs.key() == "weeks" and again.weeks.isVisible()
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
    assert button is not None
    assert button.text().startswith("从 Excel 读入")
    desk.places.clear()
    button.click()
    assert [name for name, _landing in desk.places] == ["reading-in"]
    assert page.either.currentWidget() is page.nothing


@pytest.mark.parametrize("tab", ["file", "lists", "weeks", "photos", "changes"])
def test_pictures(page: ProjectPage, tab: str) -> None:
    page.show_tab(tab)
    settle(page.desk)
    shot(page, f"project-{tab}", 1210, 688)
    for widget in (page.head, page.tabs, page.pane):
        corner = widget.mapTo(page, QPoint(widget.width(), widget.height()))
        assert corner.x() <= page.width() and corner.y() <= page.height()
