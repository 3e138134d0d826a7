"""Lines, dates and long text with real keys: what is typed, taken and refused."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ledger.definitions import Field
from desktop.ui.forms.editors import Box, DateLine, MonthSheet
from desktop.ui.parts import Calendar
from tests.ui.conftest import TestDesk
from tests.ui.forms.typing import Make, field, got, press, say

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # off screen


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


def test_a_popup_of_the_field_does_not_leave_it(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "total_investment"))
    QTest.keyClicks(box.editor.inner, "1-2")
    popup = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.PopupFocusReason)
    QApplication.sendEvent(box.editor.inner, popup)
    assert not box.refusal
    other_window = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(box.editor.inner, other_window)
    assert box.refusal


def test_a_value_is_offered_once(desk: TestDesk, field_box: Make) -> None:
    box = field_box(field(desk, "project", "place"))
    offered: list[object] = []
    box.changed.connect(lambda _name, value: offered.append(value))
    say(box.editor.inner, "河西")
    box.look()
    box.look()
    assert offered == ["河西"]
    box.settle("河西")
    box.look()
    assert offered == ["河西"]
    say(box.editor.inner, "路")
    box.look()
    assert offered == ["河西", "河西路"]


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
    assert isinstance(calendar, MonthSheet)
    assert isinstance(calendar.calendar, Calendar)  # weekends that can be read, light and dark
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
