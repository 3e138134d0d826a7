"""Writing in cells: typing, F2, the input method, long text, choices, dates, every way out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.grid.cell_line import CellLine
from desktop.ui.grid.choice_popup import CalendarPopup, ChoicePopup
from desktop.ui.grid.long_text import RoomyEditor
from desktop.ui.grid.view import GridView
from tests.ui.grid.sample_grid import (
    ALT,
    AT,
    COLUMNS,
    CTRL,
    LEFT,
    NONE,
    SHIFT,
    Hands,
    Key,
    SampleModel,
    at_work,
    ledger,
    shown,
)

CARET = Qt.InputMethodQuery.ImCursorRectangle


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    hands = shown(size=(1300, 440))
    qtbot.addWidget(hands.view)
    return hands


def choices(hands: Hands) -> list[str]:
    """What the open list offers."""
    popup = hands.view.popup
    assert isinstance(popup, ChoicePopup)
    return [popup.item(row).text() for row in range(popup.count())]


def test_typing_replaces_what_stood_there(hands: Hands) -> None:
    hands.go(0, "completed_week")
    hands.type("512")
    assert hands.editor_text == "512"
    assert hands.text(0, "completed_week") == "300"
    hands.key(Key.Key_Return)
    assert hands.text(0, "completed_week") == "512"
    assert hands.at == (1, "completed_week")
    assert hands.model.acts == [([(0, AT["completed_week"], "512")], "填写完成投资")]


def test_f2_goes_on_with_what_stands_there(hands: Hands) -> None:
    hands.go(0, "completed_week")
    hands.key(Key.Key_F2)
    assert hands.editor_text == "300"
    hands.key(Key.Key_End)
    hands.type("5")
    hands.key(Key.Key_Return)
    assert hands.text(0, "completed_week") == "3005"


def test_a_double_click_edits(hands: Hands) -> None:
    hands.double_click(2, "completed_total")
    assert hands.editor_text == "2302"
    assert isinstance(hands.view.open_editor, CellLine)
    assert hands.view.open_editor.hasFocus()


def test_backspace_empties_and_edits(hands: Hands) -> None:
    hands.go(0, "completed_week")
    hands.key(Key.Key_Backspace)
    assert hands.editor_text == ""
    hands.key(Key.Key_Return)
    assert hands.text(0, "completed_week") == ""


def test_esc_leaves_everything_as_it_was(hands: Hands) -> None:
    hands.go(0, "completed_week")
    hands.type("512")
    hands.key(Key.Key_Escape)
    assert hands.editor_text is None
    assert hands.text(0, "completed_week") == "300"
    assert hands.model.acts == []
    assert hands.at == (0, "completed_week")
    assert hands.view.hasFocus()


def test_leaving_without_a_change_writes_nothing(hands: Hands) -> None:
    hands.go(0, "completed_week")
    hands.key(Key.Key_F2)
    hands.key(Key.Key_Return)
    assert hands.model.acts == []
    assert hands.at == (1, "completed_week")


@pytest.mark.parametrize(
    ("key", "modifiers", "to"),
    [
        (Key.Key_Return, NONE, (4, "completed_week")),
        (Key.Key_Enter, NONE, (4, "completed_week")),
        (Key.Key_Return, SHIFT, (2, "completed_week")),
        (Key.Key_Tab, NONE, (3, "completed_total")),
        (Key.Key_Backtab, SHIFT, (2, "person")),
        (Key.Key_Up, NONE, (2, "completed_week")),
        (Key.Key_Down, NONE, (4, "completed_week")),
        (Key.Key_Left, NONE, (3, "last_week")),
        (Key.Key_Right, NONE, (3, "completed_total")),
    ],
)
def test_every_key_out_of_a_cell_writes_and_goes_on(
    hands: Hands, key: Key, modifiers: object, to: tuple[int, str]
) -> None:
    hands.go(3, "completed_week")
    hands.type("77")
    hands.key(key, modifiers)  # type: ignore[arg-type]
    assert hands.text(3, "completed_week") == "77"
    assert hands.at == to
    assert hands.view.hasFocus()


def test_after_f2_arrows_move_the_caret(hands: Hands) -> None:
    hands.go(0, "completed_week")
    hands.key(Key.Key_F2)
    hands.key(Key.Key_Home)
    hands.key(Key.Key_Right)
    hands.type("9")
    assert hands.editor_text == "3900"
    hands.key(Key.Key_F2)  # and again: arrows leave
    hands.key(Key.Key_Right)
    assert hands.text(0, "completed_week") == "3900"
    assert hands.at == (0, "completed_total")


def test_pressing_another_cell_writes(hands: Hands) -> None:
    hands.go(0, "completed_week")
    hands.type("512")
    hands.click(5, "plan")
    assert hands.text(0, "completed_week") == "512"
    assert hands.at == (5, "plan")


def test_pressing_inside_the_editor_stays_in_it(hands: Hands) -> None:
    hands.go(0, "completed_week")
    hands.type("512")
    editor = hands.view.open_editor
    assert editor is not None
    QTest.mouseClick(editor, LEFT, NONE, QPoint(10, 10))
    assert hands.editor_text == "512"
    assert hands.model.acts == []


def test_focus_elsewhere_writes(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    model = SampleModel(ledger())
    view, other = GridView(window), QLineEdit(window)
    view.set_model(model)
    inside = QVBoxLayout(window)
    inside.addWidget(view)
    inside.addWidget(other)
    window.resize(900, 400)
    hands = at_work(view, model)
    hands.go(1, "person")
    hands.type("zhang")
    other.setFocus()
    assert hands.text(1, "person") == "zhang"
    assert other.hasFocus()
    view.setFocus()
    hands.go(2, "person")
    hands.type("li")
    assert view.commit_open_editor()
    assert hands.text(2, "person") == "li"
    assert view.commit_open_editor()  # nothing is open any more
    view.setModel(None)
    model.deleteLater()


def test_the_editor_grows_to_the_right_and_within_the_grid(hands: Hands) -> None:
    hands.go(0, "person")
    cell = hands.view.rect_of(0, AT["person"])
    hands.type("a")
    editor = hands.view.open_editor
    assert editor is not None
    assert abs(editor.width() - cell.width()) <= 1
    hands.type("bcdefghijklmnopqrstuvwxyz" * 8)
    area = hands.view.viewport().rect()
    assert area.contains(editor.geometry())
    hands.key(Key.Key_Escape)
    hands.go(0, "completed_week")
    cell = hands.view.rect_of(0, AT["completed_week"])
    hands.type("1" * 30)
    editor = hands.view.open_editor
    assert editor is not None
    assert editor.geometry().left() == cell.left() - 1
    assert editor.width() > cell.width()
    assert editor.fontMetrics().horizontalAdvance("1" * 30) < editor.width()


def test_the_editor_follows_its_cell(hands: Hands) -> None:
    hands.view.resize(700, 300)
    hands.go(2, "completed_week")
    hands.type("7")
    editor = hands.view.open_editor
    assert editor is not None
    hands.view.verticalScrollBar().setValue(30)
    hands.view.horizontalScrollBar().setValue(20)
    cell = hands.view.rect_of(2, AT["completed_week"])
    assert editor.geometry().topLeft() == cell.topLeft() - QPoint(1, 1)


# The input method ------------------------------------------------------------------------------


def test_the_first_composed_character_lands_in_the_editor(hands: Hands) -> None:
    hands.go(0, "person")
    compose(hands, "z")
    caret = hands.view.inputMethodQuery(CARET)
    compose(hands, "zhang")
    assert hands.editor_text == ""
    editor = hands.view.open_editor
    assert isinstance(editor, CellLine)
    assert hands.view.inputMethodQuery(CARET).x() > caret.x()  # what is composed is seen
    assert hands.view.hasFocus()  # taking the focus away now would end the composition
    compose(hands, "", commit="张")
    assert hands.editor_text == "张"
    assert editor.hasFocus()
    hands.type("3")
    hands.key(Key.Key_Return)
    assert hands.text(0, "person") == "张3"


def test_a_composed_character_replaces_what_stood_there(hands: Hands) -> None:
    hands.model.rows[0]["person"] = "李四"
    hands.go(0, "person")
    compose(hands, "", commit="张")
    assert hands.editor_text == "张"


def test_composing_lands_in_the_roomy_editor_too(hands: Hands) -> None:
    hands.go(0, "progress")
    compose(hands, "zhu")
    compose(hands, "", commit="主体")
    assert isinstance(hands.view.open_editor, RoomyEditor)
    assert hands.editor_text == "主体"
    assert hands.view.open_editor.writing.hasFocus()


def test_a_composition_given_up_changes_nothing(hands: Hands) -> None:
    hands.model.rows[0]["person"] = "李四"
    hands.go(0, "person")
    compose(hands, "z")
    compose(hands, "")
    assert hands.editor_text is None
    assert hands.text(0, "person") == "李四"
    assert hands.model.acts == []


def test_the_input_method_is_told_where_the_cell_is(hands: Hands) -> None:
    hands.go(3, "person")
    assert hands.view.inputMethodQuery(Qt.InputMethodQuery.ImEnabled) is True
    cell = hands.view.rect_of(3, AT["person"]).translated(hands.view.viewport().pos())
    assert hands.view.inputMethodQuery(CARET) == cell
    compose(hands, "zhang")
    caret = hands.view.inputMethodQuery(CARET)
    assert isinstance(caret, QRect)
    assert cell.adjusted(-4, -4, 4, 4).contains(caret)


def test_keys_pressed_while_composing_reach_the_editor(hands: Hands) -> None:
    hands.go(0, "person")
    compose(hands, "zhang")
    QTest.keyClick(hands.view, Key.Key_Escape)
    assert hands.editor_text is None


def compose(hands: Hands, preedit: str, commit: str = "") -> None:
    """What an input method sends: characters being composed, then those that were chosen."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(QApplication.focusWidget() or hands.view, event)


# Long text -------------------------------------------------------------------------------------


def test_long_text_opens_a_roomy_editor(hands: Hands) -> None:
    hands.go(1, "progress")
    hands.key(Key.Key_F2)
    panel = hands.view.open_editor
    assert isinstance(panel, RoomyEditor)
    assert panel.width() >= 420
    assert panel.height() >= 160
    assert hands.view.viewport().rect().contains(panel.geometry())
    assert panel.text() == "主体施工"
    assert panel.writing.textCursor().atEnd()


def test_alt_enter_breaks_the_line_and_enter_writes(hands: Hands) -> None:
    hands.go(1, "progress")
    hands.type("a")
    hands.key(Key.Key_Return, ALT)
    hands.type("b")
    hands.key(Key.Key_Return)
    assert hands.text(1, "progress") == "a\nb"
    assert hands.at == (2, "progress")


@pytest.mark.parametrize(
    ("key", "modifiers", "to"),
    [
        (Key.Key_Return, CTRL, (2, "progress")),
        (Key.Key_Return, SHIFT, (0, "progress")),
        (Key.Key_Tab, NONE, (1, "person")),
        (Key.Key_Backtab, SHIFT, (1, "due")),
    ],
)
def test_ways_out_of_the_roomy_editor(
    hands: Hands, key: Key, modifiers: object, to: tuple[int, str]
) -> None:
    hands.go(1, "progress")
    hands.type("x")
    hands.key(key, modifiers)  # type: ignore[arg-type]
    assert hands.text(1, "progress") == "x"
    assert hands.at == to


def test_esc_leaves_the_roomy_editor(hands: Hands) -> None:
    hands.go(1, "progress")
    hands.type("x")
    hands.key(Key.Key_Escape)
    assert hands.text(1, "progress") == "主体施工"
    assert hands.editor_text is None
    assert hands.view.hasFocus()


def test_the_roomy_editor_counts_characters(hands: Hands) -> None:
    hands.go(1, "progress")
    hands.key(Key.Key_F2)
    panel = hands.view.open_editor
    assert isinstance(panel, RoomyEditor)
    hands.key(Key.Key_Return, ALT)
    hands.type("ab")
    assert "6 字" in [label.text() for label in panel.findChildren(QLabel)]


def test_alt_enter_in_a_line_goes_on_in_the_roomy_editor(hands: Hands) -> None:
    hands.go(0, "person")
    hands.type("zhangsan")
    for _ in range(3):
        hands.view.open_editor.cursorBackward(False)  # type: ignore[union-attr]
    hands.key(Key.Key_Return, ALT)
    assert isinstance(hands.view.open_editor, RoomyEditor)
    hands.type("x")
    hands.key(Key.Key_Return)
    assert hands.text(0, "person") == "zhang\nxsan"
    hands.go(0, "person")
    hands.key(Key.Key_F2)
    assert isinstance(hands.view.open_editor, RoomyEditor)  # no line can show it


def test_alt_enter_breaks_no_line_in_a_number(hands: Hands) -> None:
    hands.go(0, "completed_week")
    hands.type("12")
    hands.key(Key.Key_Return, ALT)
    assert hands.editor_text == "12"
    assert isinstance(hands.view.open_editor, CellLine)


# Choices and dates -----------------------------------------------------------------------------


def test_a_cell_with_choices_offers_them(hands: Hands) -> None:
    hands.go(1, "stage")
    hands.key(Key.Key_F2)
    assert choices(hands) == ["前期", "开工", "在建", "竣工"]
    popup = hands.view.popup
    assert isinstance(popup, ChoicePopup)
    assert popup.chosen == "开工"
    cell = hands.view.rect_of(1, AT["stage"])
    assert popup.geometry().top() == cell.bottom() + 1
    hands.key(Key.Key_Down)
    hands.key(Key.Key_Return)
    assert hands.text(1, "stage") == "在建"
    assert hands.at == (2, "stage")


def test_alt_down_opens_the_choices(hands: Hands) -> None:
    hands.go(1, "stage")
    hands.key(Key.Key_Down, ALT)
    assert len(choices(hands)) == 4
    hands.key(Key.Key_Escape)
    assert hands.view.popup is None
    assert hands.text(1, "stage") == "开工"


def test_typing_narrows_the_choices_by_what_is_given_to_match(qtbot: QtBot) -> None:
    initials = {"前期": "qq", "开工": "kg", "在建": "zj", "竣工": "jg"}
    hands = shown()
    qtbot.addWidget(hands.view)
    view = GridView(matches=lambda text, choice: initials[choice].startswith(text))
    qtbot.addWidget(view)
    view.set_model(hands.model)
    hands = at_work(view, hands.model)
    hands.go(0, "stage")
    hands.type("z")
    assert choices(hands) == ["在建"]
    hands.key(Key.Key_Tab)
    assert hands.text(0, "stage") == "在建"
    view.setModel(None)


def test_what_matches_nothing_is_written_as_typed(hands: Hands) -> None:
    hands.go(0, "stage")
    hands.type("xyz")
    assert hands.view.popup is None
    hands.key(Key.Key_Return)
    assert hands.text(0, "stage") == "xyz"


def test_a_choice_can_be_emptied(hands: Hands) -> None:
    hands.go(0, "stage")
    hands.key(Key.Key_Backspace)
    hands.key(Key.Key_Return)
    assert hands.text(0, "stage") == ""


def test_a_choice_is_picked_by_mouse(hands: Hands) -> None:
    hands.go(0, "stage")
    hands.key(Key.Key_F2)
    popup = hands.view.popup
    assert isinstance(popup, ChoicePopup)
    spot = popup.visualItemRect(popup.item(3)).center()
    QTest.mouseClick(popup.viewport(), LEFT, NONE, spot)
    assert hands.text(0, "stage") == "竣工"
    assert hands.at == (0, "stage")
    assert hands.editor_text is None


def test_near_the_bottom_the_choices_open_upwards(hands: Hands) -> None:
    hands.view.resize(1300, 300)
    hands.go(11, "stage")
    hands.key(Key.Key_F2)
    popup = hands.view.popup
    assert popup is not None
    assert popup.geometry().bottom() < hands.view.rect_of(11, AT["stage"]).top()
    assert hands.view.viewport().rect().contains(popup.geometry())


def test_several_choices_are_joined(qtbot: QtBot) -> None:
    columns = list(COLUMNS)
    index = AT["stage"]
    columns[index] = type(columns[index])("stage", "阶段", width=160, kind="choices", editable=True)
    model = SampleModel(ledger(), columns)
    view = GridView()
    qtbot.addWidget(view)
    view.set_model(model)
    view.resize(1300, 400)
    hands = at_work(view, model)
    hands.go(0, "stage")
    hands.key(Key.Key_F2)
    hands.key(Key.Key_Down)
    hands.key(Key.Key_Down)
    hands.key(Key.Key_Return)
    assert hands.text(0, "stage") == "前期、开工"
    hands.go(0, "stage")
    compose(hands, "", commit="竣工、前")
    assert choices(hands) == ["前期"]
    hands.key(Key.Key_Return)
    assert hands.text(0, "stage") == "竣工、前期"
    view.setModel(None)
    model.deleteLater()


def test_alt_down_in_a_date_opens_a_calendar(hands: Hands, qtbot: QtBot) -> None:
    hands.go(1, "due")
    hands.key(Key.Key_Down, ALT)
    popup = hands.view.popup
    assert isinstance(popup, CalendarPopup)
    assert popup.calendar.selectedDate().toString("yyyy-MM-dd") == "2023-12-31"
    hands.key(Key.Key_Left)
    hands.key(Key.Key_Return)
    qtbot.waitUntil(lambda: hands.editor_text is None)
    assert hands.text(1, "due") == "2023-12-30"
    assert hands.at == (1, "due")
    assert hands.view.hasFocus()


def test_the_calendar_begins_with_today_and_esc_closes_it_alone(hands: Hands) -> None:
    hands.model.rows[1]["due"] = "年底"
    hands.go(1, "due")
    hands.key(Key.Key_Down, ALT)
    popup = hands.view.popup
    assert isinstance(popup, CalendarPopup)
    assert popup.calendar.selectedDate().toString("yyyy-MM-dd") == "2023-03-02"
    hands.key(Key.Key_Escape)
    assert hands.view.popup is None
    assert hands.editor_text == "年底"
    assert isinstance(QApplication.focusWidget(), CellLine)


def test_ctrl_semicolon_in_the_editor_puts_today_at_the_caret(hands: Hands) -> None:
    hands.go(1, "due")
    hands.key(Key.Key_F2)
    hands.key(Key.Key_Semicolon, CTRL)
    assert hands.editor_text == "2023-03-02"
