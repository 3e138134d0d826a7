"""Each editor with real keys: what is typed, what the book would store, what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.ledger.definitions import Field
from desktop.ledger.workspace import Book
from desktop.ui.forms.checklist import Checklist, MarkedList
from desktop.ui.forms.choosing import Offering
from desktop.ui.forms.editors import Box, Calendar, DateLine
from desktop.ui.forms.field_box import FieldBox
from desktop.ui.forms.reading import FieldValue
from tests.ui.conftest import TestDesk, ask, settle
from tests.ui.forms.typing import press, say

Make = Callable[..., FieldBox]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # off screen


@pytest.fixture
def field_box(desk: TestDesk) -> Make:
    """Make a field's box in a shown window, with another field after it to go to."""
    windows: list[QWidget] = []  # Python lets go of what nobody holds

    def make(field: Field, stored: object = None, text: str = "", locked: str = "") -> FieldBox:
        window = QWidget()
        windows.append(window)
        room = QVBoxLayout(window)
        box = FieldBox(desk, field)
        after = FieldBox(desk, Field(name="after", title="后面", type="text"))
        room.addWidget(box)
        room.addWidget(after)
        room.addStretch(1)
        window.resize(480, 480)
        window.show()
        window.activateWindow()
        QApplication.processEvents()
        box.show_value(FieldValue(stored, text, locked))
        box.setFocus()
        box.changed.connect(lambda _name, value: box.setProperty("got", [value]))
        return box

    return make


def got(box: FieldBox) -> object:
    """The value that was offered, ``...`` when none was."""
    found = box.property("got")
    return found[0] if found else ...


def field(desk: TestDesk, register: str, name: str) -> Field:
    return desk.facts.scheme.register(register).get(name)


@pytest.mark.parametrize(
    ("name", "typed", "stored"),
    [
        ("total_investment", "1.2亿", 120_000_000),
        ("total_investment", "1200", 12_000_000),
        ("total_investment", "１，２００", 12_000_000),
        ("total_investment", "-", None),
        ("planned_finish", "2023.3.31", "2023-03-31"),
        ("planned_finish", "2023年3月底前", "2023-03-31"),
        ("planned_finish", "3月31日", "2023-03-31"),  # the year of the week being shown
        ("planned_start", "2023.3", "2023-03-01"),
        ("phone", "0395-1234567", "0395-1234567"),
        ("code", "25093201938901544060", "2509-320193-89-01-544060"),
        ("responsible_person", " 李卫东 ", "李卫东"),
    ],
)
def test_what_is_typed_is_taken_when_the_field_is_left(
    desk: TestDesk, field_box: Make, name: str, typed: str, stored: object
) -> None:
    box = field_box(field(desk, "project", name), stored="x", text="x")
    box.editor.inner.selectAll()
    say(box.editor.inner, typed)
    assert got(box) is ...
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) == stored
    assert not box.editor.inner.hasFocus()


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [("percent", "13.9", 0.139), ("number", "1,200.5", 1200.5), ("integer", "７", 7)],
)
def test_figures(desk: TestDesk, field_box: Make, kind: str, typed: str, stored: object) -> None:
    box = field_box(Field(name="f", title="数", type=kind))  # type: ignore[arg-type]
    say(box.editor.inner, typed)
    press(box.editor.inner, Qt.Key.Key_Return)
    assert got(box) == pytest.approx(stored)
    assert not box.editor.inner.hasFocus()  # Enter goes on


def test_a_month(desk: TestDesk, field_box: Make) -> None:
    box = field_box(Field(name="m", title="月份", type="month"))
    say(box.editor.inner, "2023年3月")
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) == "2023-03"


def test_a_refusal_is_said_under_the_field_and_the_text_is_kept(
    desk: TestDesk, field_box: Make
) -> None:
    box = field_box(field(desk, "project", "total_investment"), 10_000, "1")
    box.editor.inner.selectAll()
    QTest.keyClicks(box.editor.inner, "1-2")
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) is ...
    assert box.editor.text() == "1-2"
    assert "范围" in box.refusal
    assert box.note.isVisible() and "范围" in box.note.text()
    box.setFocus()
    press(box.editor.inner, Qt.Key.Key_End)
    QTest.keyClicks(box.editor.inner, "0")  # typing takes the refusal away
    assert not box.refusal and not box.note.isVisible()
    press(box.editor.inner, Qt.Key.Key_Escape)
    assert box.editor.text() == "1"
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) is ...


def test_the_same_value_typed_otherwise_is_no_change(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "total_investment"), 120_000_000, "12,000")
    box.editor.inner.selectAll()
    say(box.editor.inner, "1.2亿元")
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) is ...
    assert box.editor.text() == "12,000"


def test_a_closed_field_says_why_and_takes_nothing(desk: TestDesk, field_box: Make) -> None:
    for name in ("name", "state", "categories", "planned_start", "content"):
        box = field_box(field(desk, "project", name), None, "", "由区县填写")
        QTest.keyClicks(box.editor.inner, "1")
        press(box.editor.inner, Qt.Key.Key_Down, Qt.Key.Key_Tab)
        assert box.editor.text() == ""
        assert got(box) is ...
        assert "由区县填写" in box.note.text()
        assert QApplication.activePopupWidget() is None


def test_the_remark_on_a_code_comes_while_one_types(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "code"))
    QTest.keyClicks(box.editor.inner, "2509-320193-89-01-54406")
    assert "不是 24 位" in box.note.text()
    QTest.keyClicks(box.editor.inner, "1")
    assert "校验位不符" in box.note.text()
    press(box.editor.inner, Qt.Key.Key_Backspace)
    QTest.keyClicks(box.editor.inner, "0")
    assert not box.note.isVisible()
    press(box.editor.inner, Qt.Key.Key_Backspace)
    QTest.keyClicks(box.editor.inner, "1")
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) == "2509-320193-89-01-544061"  # doubtful, and kept


# Dates --------------------------------------------------------------------------------------


def test_today_by_one_key(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "problem", "found_on"))
    press(box.editor.inner, Qt.Key.Key_Semicolon, with_=Qt.KeyboardModifier.ControlModifier)
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) == "2023-03-09"


def test_a_day_from_the_calendar(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "problem", "found_on"), "2023-02-27", "2023-02-27")
    assert isinstance(box.editor, DateLine)
    press(box.editor.inner, Qt.Key.Key_Down, with_=Qt.KeyboardModifier.AltModifier)
    calendar = QApplication.activePopupWidget()
    assert isinstance(calendar, Calendar)
    sheet = calendar.calendar.findChild(QWidget, "qt_calendar_calendarview")
    assert sheet is not None
    press(sheet, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert got(box) == "2023-03-07"
    assert QApplication.activePopupWidget() is None
    press(box.editor.inner, Qt.Key.Key_Down, with_=Qt.KeyboardModifier.AltModifier)
    again = QApplication.activePopupWidget()
    assert again is not None
    press(again, Qt.Key.Key_Escape)
    assert box.editor.text() == "2023-03-07"


# Choices ------------------------------------------------------------------------------------


def offering(box: FieldBox) -> Offering:
    assert isinstance(box.editor, Offering)
    return box.editor


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


# Units and links ----------------------------------------------------------------------------


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


def test_an_emptied_link_names_nothing(desk: TestDesk, field_box: Make) -> None:
    name, record = next(iter(projects(desk).items()))
    box = field_box(field(desk, "supervision", "subject_project"), record, name)
    box.editor.inner.selectAll()
    press(box.editor.inner, Qt.Key.Key_Delete, Qt.Key.Key_Escape)
    press(box.editor.inner, Qt.Key.Key_Tab)
    settle(desk)
    assert got(box) is ... or got(box) is None
    assert desk.worker.pending == 0


# Long text ----------------------------------------------------------------------------------


def test_a_box_grows_and_counts(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "content"))
    assert isinstance(box.editor, Box)
    low = box.editor.height()
    say(box.editor.inner, "新建厂房")
    press(box.editor.inner, *[Qt.Key.Key_Return] * 4)
    say(box.editor.inner, "两栋 ")
    QApplication.processEvents()
    assert box.editor.height() > low
    assert (box.editor.count(), box.count.text()) == (6, "6 字")
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert got(box) == "新建厂房\n\n\n\n两栋"
    tall = box.editor.height()
    box.editor.put("字\n" * 80, None)
    QApplication.processEvents()
    assert tall < box.editor.height() < 400


def test_the_hint_is_there_where_one_types(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "annual_plan"))
    assert box.editor.inner.placeholderText() == "如 1200，也可写 1.2亿"
    press(box.editor.inner, Qt.Key.Key_Tab)
    assert box.editor.inner.placeholderText() == ""


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
