"""The district's Friday: weeks come in, one goes back, what is red is followed up, the report goes
out; by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QWidget
from python_calamine import CalamineWorkbook

from desktop.ledger import cycle, workspace
from desktop.ledger.verify import verify
from desktop.ledger.workspace import Book
from desktop.ui.figures.page import FiguresPage
from desktop.ui.lists.page import ListsPage
from desktop.ui.papers.page import PapersPage
from desktop.ui.project.page import ProjectPage
from desktop.ui.settings.page import SettingsPage
from desktop.ui.settings.week_day import WeekDaySection
from desktop.ui.supervision.page import SupervisionPage
from desktop.ui.week.matrix import MatrixView
from tests.stories.person import Person

WEEK = "2023-W10"
TAKEN, RETURNED = "沙澧高新技术产业开发区", "空冢郭镇"
REASON = "道路提升工程已停工五周，请补充复工计划后重新上报。"
RED = "沙澧高新区道路提升工程"
FEEDBACK = "资金已落实，3月20日前复工。"


def test_the_districts_friday(
    person: Callable[[Path], Person], book_copy: Callable[[str], Path], tmp_path: Path
) -> None:
    book = book_copy("district.yzb")
    both_townships_have_sent(book)
    clerk = person(book)
    sees_who_has_sent(clerk)
    accepts_one_by_keyboard(clerk)
    returns_the_other_with_a_reason(clerk)
    issues_a_supervised_item_from_a_red_project(clerk)
    writes_the_feedback(clerk)
    closes_two_items_by_one_key(clerk)
    goes_from_a_total_to_a_project(clerk)
    saves_the_report(clerk, tmp_path)
    saves_the_ledger_as_a_workbook(clerk, tmp_path)
    lets_weeks_end_on_fridays(clerk)
    takes_the_last_acts_back(clerk)


def both_townships_have_sent(path: Path) -> None:
    """What the exchange will bring: the week of both units."""
    with workspace.open_book(path, operator="郭汇总") as book:
        for unit, _ in cycle.reporting_units(book):
            cycle.submit(book, WEEK, date(2023, 3, 9), unit=unit, filler="张晓燕", reviewer="刘伟")


def sees_who_has_sent(clerk: Person) -> None:
    assert clerk.desk.period == WEEK
    clerk.look("friday-01-matrix")
    assert states(clerk) == {TAKEN: "已上报", RETURNED: "已上报"}


def accepts_one_by_keyboard(clerk: Person) -> None:
    tab_to(clerk, clerk.page.findChild(MatrixView))
    clerk.press("Ctrl+Home", "End", "Enter")
    clerk.look("friday-02-menu", menu())
    clerk.press("A")
    assert states(clerk) == {TAKEN: "已接收", RETURNED: "已上报"}


def returns_the_other_with_a_reason(clerk: Person) -> None:
    clerk.press("Down", "Enter", "R")
    assert clerk.dialog.windowTitle() == "退回"
    clerk.type(REASON)
    clerk.look("friday-03-returning", clerk.dialog)
    clerk.press("Tab", "Tab", "Space")
    assert states(clerk) == {TAKEN: "已接收", RETURNED: "已退回"}
    (answer,) = rows(
        clerk, "reception", lambda row: row["state"] == "已退回" and row["period"] == WEEK
    )
    assert answer["reason"] == REASON
    clerk.look("friday-04-returned")


def issues_a_supervised_item_from_a_red_project(clerk: Person) -> None:
    clerk.press("Ctrl+6")
    clerk.wait()
    page = clerk.page
    assert isinstance(page, SupervisionPage)
    clerk.click(page.propose)
    clerk.look("friday-05-proposals", clerk.dialog)
    clerk.press("Ctrl+Enter")
    (item,) = rows(clerk, "supervision", lambda row: row["number"] == "督办〔2023〕4号")
    (project,) = rows(clerk, "project", lambda row: row["name"] == RED)
    assert item["subject_project"] == project["record"] and item["unit"] == project["unit"]
    assert (item["issued_on"], item["due"], item["state"]) == ("2023-03-09", "2023-03-16", "待办")
    clerk.look("friday-06-issued")


def writes_the_feedback(clerk: Person) -> None:
    page = clerk.page
    assert isinstance(page, SupervisionPage)
    clerk.click(page.list.viewport(), page.list.visualRect(page.model.index(0)).center())
    current = page.list.current()
    assert current is not None and current.number == "督办〔2023〕3号"
    clerk.press("Down")
    clerk.press("Enter")
    clerk.type(FEEDBACK)
    clerk.look("friday-07-feedback", clerk.dialog)
    clerk.press("Ctrl+Enter")
    (item,) = rows(clerk, "supervision", lambda row: row["number"] == "督办〔2023〕4号")
    assert (item["feedback"], item["feedback_on"], item["state"]) == (
        FEEDBACK,
        "2023-03-09",
        "办理中",
    )
    clerk.look("friday-08-fed-back")


def closes_two_items_by_one_key(clerk: Person) -> None:
    clerk.press("Ctrl+3")
    clerk.wait()
    page = clerk.page
    assert isinstance(page, ListsPage)
    for _ in range(page.switch.count()):
        if page.register.name != "problem":
            clerk.press("Ctrl+PgDown")
            clerk.wait()
    assert page.register.name == "problem"
    clerk.press("Ctrl+Home", "Shift+Down")
    chosen = page.chosen()
    assert len(chosen) == 2
    clerk.look("friday-09-two-problems")
    clerk.press("F9")
    closed = rows(clerk, "problem", lambda row: row["record"] in chosen)
    assert [(row["state"], row["closed_on"]) for row in closed] == [("已销号", "2023-03-09")] * 2
    clerk.look("friday-10-closed")


def goes_from_a_total_to_a_project(clerk: Person) -> None:
    clerk.press("Ctrl+7")
    clerk.wait()
    page = clerk.page
    assert isinstance(page, FiguresPage)
    clerk.press("Ctrl+End", "Enter")
    clerk.wait()
    clerk.look("friday-11-behind-the-total")
    assert len(page.table.figures.rows) == total_projects(clerk)
    clerk.press("Ctrl+Home", "Down")
    record = page.table.current_key()
    clerk.press("Enter")
    clerk.wait()
    project = clerk.page
    assert isinstance(project, ProjectPage)
    assert project.record == record
    clerk.look("friday-12-project")


def saves_the_report(clerk: Person, folder: Path) -> None:
    clerk.press("Ctrl+5")
    clerk.wait()
    page = clerk.page
    assert isinstance(page, PapersPage)
    page.verbs.ask = lambda _parent, _title, proposed, _kinds: folder / proposed.name
    clerk.press("Ctrl+S")
    clerk.wait()
    (report,) = folder.glob("*.pdf")
    assert report.read_bytes().startswith(b"%PDF-")
    clerk.look("friday-13-report")


def saves_the_ledger_as_a_workbook(clerk: Person, folder: Path) -> None:
    page = clerk.page
    assert isinstance(page, PapersPage)
    tab_to(clerk, page.shelf)
    clerk.press("Home")
    clerk.down_to("周调度台账")
    clerk.wait()
    clerk.press("Ctrl+Shift+S")
    clerk.wait()
    (workbook,) = folder.glob("*.xlsx")
    cells = CalamineWorkbook.from_path(workbook).get_sheet_by_index(0).to_python()
    names = {cell for row in cells for cell in row}
    assert {row["name"] for row in rows(clerk, "project")} <= names
    clerk.look("friday-14-ledger")


def lets_weeks_end_on_fridays(clerk: Person) -> None:
    clerk.press("Ctrl+9", "Down")
    clerk.wait()
    page = clerk.page
    assert isinstance(page, SettingsPage)
    section = page.current
    assert isinstance(section, WeekDaySection)
    tab_to(clerk, section.days)
    clerk.press("Down")
    clerk.look("friday-15-week-day")
    answer(clerk, "更改")
    clerk.press("Tab", "Space")
    assert clerk.ask(lambda book: book.scheme.week_last_day) == 4
    assert clerk.desk.facts.week(WEEK) == "2023年第10周（3月4日—3月10日）"
    assert clerk.window.top.weeks.label.text() == "2023年第10周（3月4日—3月10日）"
    clerk.look("friday-16-fridays")


def takes_the_last_acts_back(clerk: Person) -> None:
    """The two close-outs as one act, then the feedback; the scheme stays as it is."""
    clerk.press("Ctrl+3")
    clerk.wait()
    clerk.press("Ctrl+Z")
    assert rows(clerk, "problem", lambda row: row["closed_on"] == "2023-03-09") == []
    clerk.press("Ctrl+Z")
    (item,) = rows(clerk, "supervision", lambda row: row["number"] == "督办〔2023〕4号")
    assert (item["feedback"], item["state"]) == (None, "待办")
    assert clerk.ask(lambda book: book.scheme.week_last_day) == 4
    assert clerk.ask(lambda book: verify(book)).ok
    clerk.look("friday-17-taken-back")


def states(clerk: Person) -> dict[str, str]:
    """Where each unit stands with the week."""
    return clerk.ask(
        lambda book: {one.name: str(one.state) for one in cycle.submissions(book, WEEK)}
    )


def rows(
    clerk: Person, register: str, wanted: Callable[[dict[str, Any]], bool] = lambda _row: True
) -> list[dict[str, Any]]:
    """The records of a register that are ``wanted``, as the book has them."""

    def read(book: Book) -> list[dict[str, Any]]:
        return [row for row in map(dict, book.rows(register)) if wanted(row)]

    return clerk.ask(read)


def total_projects(clerk: Person) -> int:
    """How many projects there are."""
    return len(rows(clerk, "project"))


def tab_to(clerk: Person, wanted: QWidget | None) -> None:
    """Press Tab until ``wanted`` has the keyboard."""
    assert wanted is not None
    for _ in range(40):
        if clerk.focus is wanted:
            return
        clerk.press("Tab")
    raise AssertionError(f"Tab does not lead to {wanted}")


def menu() -> QMenu:
    """The menu that is open."""
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def answer(clerk: Person, words: str) -> None:
    """Answer the question that comes next by its button ``words``."""

    def press() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            return
        waiting.stop()
        clerk.look("friday-question", box)
        (button,) = (one for one in box.buttons() if one.text() == words)
        clerk.click(button)

    waiting = QTimer(clerk.window)
    waiting.timeout.connect(press)
    waiting.start(1)
