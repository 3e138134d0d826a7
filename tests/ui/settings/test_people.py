"""单位和填表人, 每周截止日: who signs, and the day that the district may change."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ledger import backups
from desktop.ledger.workspace import Book
from desktop.ui.settings.copies import WEEK_DAY
from desktop.ui.settings.page import SettingsPage
from desktop.ui.settings.people import PeopleSection
from desktop.ui.settings.week_day import WeekDaySection
from desktop.ui.week.submit import SIGNED
from tests.ui.conftest import TestDesk, ask, settle
from tests.ui.settings.standing import Show, answer, click

#: The offscreen screen says that it takes no size hints; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def people(page: SettingsPage) -> PeopleSection:
    assert isinstance(page.current, PeopleSection)
    return page.current


def test_a_new_operator_signs_what_is_written_from_now_on(desk: TestDesk, show: Show) -> None:
    section = people(show(desk, "people"))
    assert section.unit.text().startswith(desk.facts.unit_name)
    assert "上级下发" in section.origin.text()
    section.operator.setFocus()
    section.operator.selectAll()
    typed = QInputMethodEvent()
    typed.setCommitString("李建国")
    QApplication.sendEvent(section.operator, typed)
    QTest.keyClick(section.operator, Qt.Key.Key_Return)
    settle(desk)
    assert desk.facts.operator == "李建国"
    assert desk.memory.get("operator") == "李建国"

    def write(book: Book) -> None:
        (record,) = book.connection.execute("SELECT record FROM problem LIMIT 1").fetchone()
        with book.batch("change") as batch:
            batch.change("problem", record, {"remark": "试一试"})

    desk.write(section, "改", write)
    line = "SELECT operator FROM journal ORDER BY position DESC LIMIT 1"
    assert ask(desk, lambda book: book.connection.execute(line).fetchone()[0]) == "李建国"


def test_an_empty_operator_is_not_taken(desk: TestDesk, show: Show) -> None:
    section = people(show(desk, "people"))
    section.operator.clear()
    section.operator.editingFinished.emit()
    settle(desk)
    assert (section.operator.text(), desk.facts.operator) == ("张晓燕", "张晓燕")


def test_the_reviewer_is_taken_when_the_page_is_left(desk: TestDesk, show: Show) -> None:
    page = show(desk, "people")
    desk.memory.put(SIGNED, {"filler": "张晓燕", "reviewer": ""})
    people(page).reviewer.setText("王主任")
    assert page.leave()
    assert desk.memory.get(SIGNED) == {"filler": "张晓燕", "reviewer": "王主任"}
    people(page).refresh()
    assert people(page).reviewer.text() == "王主任"


def test_the_district_gave_itself_its_name(district_desk: TestDesk, show: Show) -> None:
    section = people(show(district_desk, "people"))
    assert "2023-01-03 建账时填的" in section.origin.text()
    assert section.above.text() == "没有"


def week_day(page: SettingsPage) -> WeekDaySection:
    assert isinstance(page.current, WeekDaySection)
    return page.current


def test_a_township_sees_the_last_day_and_cannot_change_it(desk: TestDesk, show: Show) -> None:
    section = week_day(show(desk, "week"))
    assert "星期四" in section.now.text()
    assert "区县统一确定" in section.source.text()
    assert section.days.isHidden()
    assert section.change.isHidden()


def test_the_district_changes_it_after_reading_what_it_means(
    district_desk: TestDesk, show: Show
) -> None:
    desk = district_desk
    section = week_day(show(desk, "week"))
    assert not section.change.isEnabled()
    QTest.keyClick(section.days, Qt.Key.Key_End)
    assert section.days.currentText() == "星期日"
    assert "（3月6日—3月12日）" in section.meaning.text()
    asked = answer(desk, yes=False)
    click(section.change)
    settle(desk)
    assert desk.facts.scheme.week_last_day == 3
    asked = answer(desk, yes=True)
    click(section.change)
    settle(desk)
    assert "星期日" in asked[0][0]
    assert "一个也不变" in asked[0][1]
    assert (desk.facts.scheme.week_last_day, desk.facts.scheme.version) == (6, 2)
    assert desk.facts.week("2023-W10") == "2023年第10周（3月6日—3月12日）"
    assert "星期日" in section.now.text()
    assert not section.change.isEnabled()
    folder = ask(desk, backups.folder_of)
    assert isinstance(folder, Path)
    assert [WEEK_DAY in path.name for path in folder.glob("*.yzb")] == [True]
