"""本周工作 of a township, with real keys and mouse: every figure and line leads somewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ledger import cycle
from desktop.ledger.correspondence import WRITTEN
from desktop.ledger.workspace import Book
from desktop.ui.page import Landing
from desktop.ui.week import printed
from desktop.ui.week.page import WeekPage
from desktop.ui.week.township import TownshipView
from desktop.ui.week.township_level import TownshipLevel
from tests.ledger.books import noon
from tests.ui.conftest import TestDesk, ask, settle
from tests.ui.week.books import BEFORE, WEEK, item, project, township, week
from tests.ui.week.hands import OFFSCREEN, click

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
Fill = Callable[[Book], None]
Open = Callable[[Fill], tuple[TestDesk, WeekPage]]


@pytest.fixture
def opened(make_desk: Callable[[Path], TestDesk], tmp_path: Path, qtbot: Any) -> Open:
    """A page over a book that ``fill`` made, its clock at noon of March 2."""

    def made(fill: Fill) -> tuple[TestDesk, WeekPage]:
        with township(tmp_path) as book:
            fill(book)
        desk = make_desk(tmp_path / "township.yzb")
        ask(desk, lambda book: setattr(book, "clock", noon))
        desk.set_period(WEEK)
        page = WeekPage(desk)
        qtbot.addWidget(page)
        page.resize(1210, 688)
        desk.changed.connect(lambda _changes: page.refresh())
        page.refresh()
        page.show()
        settle(desk)
        return desk, page

    return made


def view(page: WeekPage) -> TownshipView:
    assert isinstance(page.level, TownshipLevel)
    return page.level.view


def sound(book: Book) -> None:
    week(book, project(book, "甲"), WEEK, 10, 10)


def broken(book: Book) -> None:
    """One wrong, one missing, one doubtful, a milestone due."""
    wrong, doubtful = project(book, "错"), project(book, "疑")
    project(book, "缺")
    for one in (wrong, doubtful):
        week(book, one, BEFORE, 10, 10)
    week(book, wrong, WEEK, 10, 30)
    week(book, doubtful, WEEK, 0, 0, completed_week=5000, completed_year=105_000)
    item(book, "milestone", wrong, name="封顶", due="2023-03-05")


def test_the_cards_say_the_week(opened: Open) -> None:
    _, page = opened(broken)
    assert [card.words() for card in view(page).cards.values()] == [
        "应填项目，3，已填 2，待填 1",
        "本周完成投资，10.5 万元，比上周少 9.5 万元",
        "年度完成率，0.4%，黄灯，低于序时进度 16.3 个百分点",
        "审核，1 错误　1 待说明，点开即到单元格",
    ]


def test_each_card_leads_somewhere_by_mouse_and_by_key(opened: Open) -> None:
    desk, page = opened(broken)
    cards = view(page).cards
    click(cards["fill"])
    QTest.keyClick(cards["money"], Qt.Key.Key_Return)
    QTest.keyClick(cards["rate"], Qt.Key.Key_Space)
    pages = [name for name, _ in desk.places]
    assert pages == ["grid", "grid", "figures"]
    first = desk.places[0][1]
    assert isinstance(first, Landing)
    assert (first.register, first.field) == ("weekly", "completed_week")
    assert first.subject
    click(cards["check"])
    settle(desk)
    assert view(page).look.hasFocus()
    assert desk.notes[-1] == "审核：错误 1 处，待说明 1 处"


def test_a_line_lands_in_its_cell(opened: Open) -> None:
    desk, page = opened(broken)
    look = view(page).look
    assert len(look.rows()) == 4
    look.setFocus()
    QTest.keyClick(look, Qt.Key.Key_Return)
    name, landing = desk.places[-1]
    assert (name, landing.register, landing.field) == ("grid", "weekly", "completed_year")  # type: ignore[attr-defined]
    for _ in range(3):
        QTest.keyClick(look, Qt.Key.Key_Down)
    QTest.keyClick(look, Qt.Key.Key_Return)
    name, landing = desk.places[-1]
    assert (name, landing.register) == ("lists", "milestone")  # type: ignore[attr-defined]
    assert "要看一眼的（4）" in view(page).look_card.accessibleName()


def test_the_keyboard_begins_with_the_step_that_is_due(opened: Open) -> None:
    desk, page = opened(broken)
    page.setFocus()
    assert QApplication.focusWidget() is view(page).steps["fill"]
    QTest.keyClick(view(page).steps["fill"], Qt.Key.Key_Return)
    assert desk.places[-1][0] == "grid"


def test_the_keyboard_does_not_wait_for_the_first_answer(
    make_desk: Callable[[Path], TestDesk], tmp_path: Path, qtbot: Any
) -> None:
    with township(tmp_path) as book:
        sound(book)
    desk = make_desk(tmp_path / "township.yzb")
    page = WeekPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    page.refresh()
    page.setFocus()  # as the window does, before anything is read
    settle(desk)
    assert QApplication.focusWidget() is view(page).steps["print"]


def test_what_blocks_the_submission_is_said_with_the_way_there(opened: Open) -> None:
    desk, page = opened(broken)
    click(view(page).steps["submit"])
    (error,) = desk.warnings
    assert isinstance(error, cycle.Blocked)
    assert "2 处错误要改正、1 处待说明" in error.sentence
    assert desk.places == []


def test_printing_asks_the_papers_page(opened: Open) -> None:
    desk, page = opened(sound)
    assert [step.state() for step in view(page).steps.values()] == [
        "done", "done", "next", "plain",
    ]  # fmt: skip
    click(view(page).steps["print"])
    name, landing = desk.places[-1]
    assert (name, landing) == ("papers", Landing(register="weekly", text="print"))


def test_a_printed_report_makes_the_submission_due(opened: Open) -> None:
    desk, page = opened(sound)
    position = ask(desk, lambda book: book.journal.position)
    assert isinstance(position, int)
    printed.note(desk.memory, WEEK, position)
    page.hide()
    page.show()
    assert view(page).steps["submit"].state() == "next"
    assert "签字盖章后，到“收发”上报" in view(page).sentence.text()


def test_the_last_step_leads_to_the_page_that_writes_the_package(opened: Open) -> None:
    desk, page = opened(sound)
    click(view(page).steps["submit"])
    assert desk.places == [("exchange", Landing(text="submit"))]
    assert ask(desk, lambda book: book.rows("submission", WEEK)) == []


def test_a_submitted_week_leads_to_what_was_sent(opened: Open) -> None:
    desk, page = opened(sound)
    desk.write(page, "上报", lambda book: cycle.submit(book, WEEK, noon().date(), reviewer="刘伟"))
    settle(desk)
    page.refresh()
    settle(desk)
    states = {name: step.state() for name, step in view(page).steps.items()}
    assert states == {"fill": "done", "check": "done", "print": "plain", "submit": "done"}
    assert view(page).sentence.text() == (
        "本周已上报（已锁定）：3月2日上报，审核人刘伟。要修改，到“收发”撤回。"
    )
    click(view(page).steps["submit"])
    assert desk.notes[-1].startswith("本周已上报（已锁定）")
    assert desk.places == [("exchange", Landing(text="submit"))], "no package: 寄出的包 is empty"

    values = {"kind": "report", "replica": "r", "number": 1, "digest": "d" * 64, "state": WRITTEN}

    def pack(book: Book) -> None:
        with book.batch("send") as batch:
            batch.create("sent", {**values, "weeks": f"{BEFORE} {WEEK}", "unit": book.unit})

    desk.write(page, "包", pack)
    settle(desk)
    assert view(page).sentence.text().endswith("要修改，请源汇区退回。")
    click(view(page).steps["submit"])
    assert desk.places[-1] == ("exchange", Landing(tab="sent"))


def test_a_change_after_submission_goes_up_as_a_correction(opened: Open) -> None:
    desk, page = opened(sound)

    def submit_and_change(book: Book) -> None:
        cycle.submit(book, WEEK, noon().date())
        (sent,) = book.rows("submission", WEEK)
        with book.batch("change") as batch:  # as if what it covered had come in differently
            batch.change("submission", sent["record"], {"contents": "{}"})

    desk.write(page, "改", submit_and_change)
    settle(desk)
    assert "又有 1 条改动" in view(page).sentence.text()
    click(view(page).steps["submit"])
    assert desk.places == [("exchange", Landing(text="submit"))]


def test_an_empty_book_offers_the_first_project(opened: Open) -> None:
    desk, page = opened(lambda book: None)
    shown = view(page)
    assert not any(step.isVisible() for step in shown.steps.values())
    assert "还没有项目" in shown.sentence.text()
    page.setFocus()
    assert QApplication.focusWidget() is shown.new
    click(shown.new)
    assert desk.places == [("project", Landing(text="new"))]


def test_all_done_and_nothing_to_look_at_is_said(opened: Open) -> None:
    _, page = opened(sound)
    shown = view(page)
    assert not shown.look.isVisible()
    assert shown.calm.isVisible()
    assert not shown.asked.isVisible()
    assert shown.unasked.text() == "没有未办结的事项。"


def test_checking_a_sound_week_says_so(opened: Open) -> None:
    desk, page = opened(sound)
    click(view(page).steps["check"])
    settle(desk)
    assert desk.notes[-1] == "审核通过：没有错误，疑点都已说明"


def test_another_week_shows_its_own_figures(opened: Open) -> None:
    desk, page = opened(broken)
    desk.set_period(BEFORE)
    page.refresh()
    settle(desk)
    assert view(page).cards["fill"].words() == "应填项目，3，已填 2，待填 1"
    assert view(page).cards["check"].words() == "审核，—，填完后看结果"


def test_the_curve_tells_its_last_week(opened: Open) -> None:
    _, page = opened(sound)
    assert "第9周" in view(page).curve.accessibleDescription()


def test_landing_on_the_findings(opened: Open) -> None:
    _, page = opened(broken)
    page.land(Landing(text="check"))
    assert view(page).look.hasFocus()
