"""Choices, units and links with real keys and mouse: lists, initials, names that are looked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout

from desktop.ledger.workspace import Book
from desktop.ui.forms.checklist import Checklist, MarkedList
from desktop.ui.forms.picker import Picker
from desktop.ui.forms.reading import Candidate
from tests.ui.conftest import TestDesk, ask, settle
from tests.ui.forms.typing import Make, field, got, offering, press, say

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # off screen


def test_a_choice_by_its_initials(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "state"))
    QTest.keyClicks(box.editor.inner, "g")
    assert offering(box).offered() == ["新开工", "停工", "竣工"]
    press(box.editor.inner, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert got(box) == "停工"
    assert offering(box).offered() == []
    assert box.editor.inner.hasFocus()  # the list is closed, the field is not left


def test_a_choice_from_the_whole_list_is_stored_by_its_name(
    desk: TestDesk, field_box: Make
) -> None:
    box = field_box(field(desk, "project", "level"), "市", "市重点项目")
    press(box.editor.inner, Qt.Key.Key_Down)
    assert offering(box).offered()[:2] == ["省重点项目", "市重点项目"]
    assert offering(box).list.currentRow() == 1
    press(box.editor.inner, Qt.Key.Key_Up, Qt.Key.Key_Tab)
    assert got(box) == "省"
    assert not box.editor.inner.hasFocus()


def test_a_choice_by_mouse(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "nature"))
    QTest.mouseClick(box.editor.inner, Qt.MouseButton.LeftButton)
    shown = offering(box).list
    assert offering(box).offered() == ["新建", "扩建", "改建", "技改"]
    spot = shown.visualItemRect(shown.item(2)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert got(box) == "改建"


def test_esc_closes_the_list_first_then_takes_back(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "nature"), "新建", "新建")
    box.editor.inner.selectAll()
    QTest.keyClicks(box.editor.inner, "k")
    assert offering(box).offered() == ["扩建"]
    press(box.editor.inner, Qt.Key.Key_Escape)
    assert (offering(box).offered(), box.editor.text()) == ([], "k")
    press(box.editor.inner, Qt.Key.Key_Escape)
    assert box.editor.text() == "新建"


def test_what_is_no_choice_is_refused(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "nature"))
    say(box.editor.inner, "重建")
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) is ... and "应为其中之一" in box.refusal


def test_a_flag(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "problem", "needs_level"))
    QTest.keyClicks(box.editor.inner, "s")
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) == 1


def test_several_choices_are_marked_in_a_list(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "categories"), '["工业"]', "工业")
    assert isinstance(box.editor, Checklist)
    press(box.editor.inner, Qt.Key.Key_Space)
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, MarkedList)
    assert shown.marked() == ["工业"]
    press(shown.list, Qt.Key.Key_J, Qt.Key.Key_Space)  # 交通
    assert got(box) is ...
    press(shown.list, Qt.Key.Key_Return)
    assert got(box) == '["工业","交通"]'
    assert box.editor.text() == "工业、交通"


def test_marks_are_left_as_they_were_by_esc(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "categories"), '["工业"]', "工业")
    QTest.mouseClick(box.editor.inner, Qt.MouseButton.LeftButton)
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, MarkedList)
    spot = shown.list.visualItemRect(shown.list.item(3)).center()
    QTest.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert shown.marked() == ["工业", "社会事业"]
    press(shown.list, Qt.Key.Key_Escape)
    assert (got(box), box.editor.text()) == (..., "工业")
    press(box.editor.inner, Qt.Key.Key_Delete)
    assert got(box) is None


def test_a_responsible_unit_is_offered_and_may_be_another(desk: TestDesk, field_box: Make) -> None:
    own = desk.facts.unit_name
    box = field_box(field(desk, "project", "responsible_unit"))
    QTest.keyClicks(box.editor.inner, "slgx")
    assert offering(box).offered() == [own]
    press(box.editor.inner, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert got(box) == own
    box = field_box(field(desk, "project", "responsible_unit"))
    say(box.editor.inner, "市自然资源和规划局")
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) == "市自然资源和规划局"
    box = field_box(field(desk, "project", "responsible_unit"))
    say(box.editor.inner, desk.facts.unit_short)
    press(box.editor.inner, Qt.Key.Key_Escape, Qt.Key.Key_Tab)
    assert got(box) == own


def test_a_unit_that_a_link_names(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "unit"))
    QTest.keyClicks(box.editor.inner, "slgx")
    press(box.editor.inner, Qt.Key.Key_Return)
    settle(desk)
    assert got(box) == desk.facts.unit


def projects(desk: TestDesk) -> dict[str, str]:
    found = ask(desk, lambda book: {row["name"]: row["record"] for row in book.rows("project")})
    assert isinstance(found, dict)
    return found


def test_a_project_is_picked_by_its_initials(desk: TestDesk, field_box: Make) -> None:
    known = projects(desk)
    box = field_box(field(desk, "supervision", "subject_project"))
    QTest.keyClicks(box.editor.inner, "abk")
    settle(desk)
    assert [one.split("　")[0] for one in offering(box).offered()] == ["艾宝克联想智能终端制造项目"]
    press(box.editor.inner, Qt.Key.Key_Return)
    settle(desk)
    assert got(box) == known["艾宝克联想智能终端制造项目"]
    assert box.editor.text() == "艾宝克联想智能终端制造项目"


def test_a_project_is_found_by_a_part_of_its_name_or_refused(
    desk: TestDesk, field_box: Make
) -> None:
    known = projects(desk)
    box = field_box(field(desk, "supervision", "subject_project"))
    say(box.editor.inner, "大轴机电")
    settle(desk)
    press(box.editor.inner, Qt.Key.Key_Escape, Qt.Key.Key_Tab)
    settle(desk)
    assert got(box) == known["大轴机电CNC精雕机生产项目"]
    box = field_box(field(desk, "supervision", "subject_project"))
    say(box.editor.inner, "没有这个项目")
    press(box.editor.inner, Qt.Key.Key_Tab)
    settle(desk)
    assert got(box) is ...
    assert "没有“没有这个项目”" in box.refusal


def test_an_answer_that_comes_late_is_not_shown(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "supervision", "subject_project"))
    assert isinstance(box.editor, Picker)
    say(box.editor.inner, "大")
    say(box.editor.inner, "轴")
    box.editor._show([Candidate("1", "大刘镇卫生院")], "大")
    assert offering(box).offered() == []
    settle(desk)
    assert len(offering(box).offered()) == 1


def test_an_emptied_link_names_nothing(desk: TestDesk, field_box: Make) -> None:
    name, record = next(iter(projects(desk).items()))
    box = field_box(field(desk, "supervision", "subject_project"), record, name)
    box.editor.inner.selectAll()
    press(box.editor.inner, Qt.Key.Key_Delete)
    settle(desk)
    assert len(offering(box).offered()) == 12  # all of them, none chosen
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) is None


def test_the_list_stays_within_the_window(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "stage"))
    window = box.window()
    room = window.layout()
    assert isinstance(room, QVBoxLayout)
    room.insertStretch(0, 1)
    room.setStretch(room.count() - 1, 0)
    QApplication.processEvents()
    press(box.editor.inner, Qt.Key.Key_Down)
    shown = offering(box).list
    assert shown.isVisible()
    assert window.rect().contains(shown.geometry())
    assert shown.geometry().bottom() <= box.editor.mapTo(window, QPoint(0, 0)).y()


def test_a_choice_that_was_retired_is_offered_where_it_stands(
    desk: TestDesk, field_box: Make
) -> None:
    def held(book: Book) -> tuple[str, ...]:
        return book.scheme.codes["nature"].names

    assert ask(desk, held) == ("新建", "扩建", "改建", "技改")
    box = field_box(field(desk, "project", "nature"), "技改", "技改")
    press(box.editor.inner, Qt.Key.Key_Down)
    assert offering(box).offered()[-1] == "技改"


def test_ctrl_enter_keeps_the_marks_and_is_done_with_the_form(
    desk: TestDesk, field_box: Make
) -> None:
    box = field_box(field(desk, "project", "categories"), '["工业"]', "工业")
    done: list[object] = []
    box.editor.finished.connect(lambda: done.append(got(box)))
    press(box.editor.inner, Qt.Key.Key_Space)
    shown = QApplication.activePopupWidget()
    assert isinstance(shown, MarkedList)
    press(shown.list, Qt.Key.Key_J, Qt.Key.Key_Space)
    press(shown.list, Qt.Key.Key_Return, with_=Qt.KeyboardModifier.ControlModifier)
    assert QApplication.activePopupWidget() is None
    assert done == ['["工业","交通"]']  # decided first, then done
