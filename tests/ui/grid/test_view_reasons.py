"""Refused values, locked cells, rows read anew while one types: nothing is lost, all is said."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.grid.writing import READ_ONLY
from tests.ui.grid.sample_grid import ALT, AT, Hands, Key, ledger, shown

REFUSED = "“完成投资”不能填“12x”：应为数。"


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    hands = shown(ledger(40), size=(1200, 420))
    qtbot.addWidget(hands.view)
    return hands


def test_a_refused_value_stays_and_its_reason_stands_under_the_cell(hands: Hands) -> None:
    hands.go(3, "completed_week")
    hands.type("12x")
    hands.key(Key.Key_Return)
    assert hands.at == (3, "completed_week")  # one stays where something is wrong
    assert hands.text(3, "completed_week") == "12x"
    bubble = hands.view.bubble
    assert bubble.sentence == REFUSED
    assert bubble.refusal
    cell = hands.view.rect_of(3, AT["completed_week"])
    assert bubble.geometry().top() == cell.bottom() + 1
    assert bubble.geometry().left() <= cell.center().x() <= bubble.geometry().right()


def test_the_reason_is_put_away_when_one_goes_on_and_comes_back(hands: Hands) -> None:
    hands.go(3, "completed_week")
    hands.type("12x")
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Down)
    assert hands.view.bubble.sentence == ""
    hands.key(Key.Key_Up)
    assert hands.view.bubble.sentence == REFUSED
    hands.key(Key.Key_F2)
    assert hands.editor_text == "12x"  # to be mended
    assert hands.view.bubble.sentence == REFUSED
    hands.key(Key.Key_Backspace)
    hands.type("12")
    hands.key(Key.Key_Return)
    assert hands.text(3, "completed_week") == "12"
    assert hands.view.bubble.sentence == ""
    hands.key(Key.Key_Up)
    assert hands.view.bubble.sentence == ""


def test_esc_puts_a_reason_away(hands: Hands) -> None:
    hands.go(3, "completed_week")
    hands.type("x")
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Escape)
    assert hands.view.bubble.sentence == ""
    assert hands.text(3, "completed_week") == "x"


def test_a_press_elsewhere_does_not_leave_a_refused_value_unseen(hands: Hands) -> None:
    hands.go(3, "completed_week")
    hands.type("12x")
    hands.click(7, "plan")
    assert hands.at == (3, "completed_week")
    assert hands.view.bubble.sentence == REFUSED
    hands.click(7, "plan")
    assert hands.at == (7, "plan")


def test_committing_says_whether_the_value_was_taken(hands: Hands) -> None:
    hands.go(3, "completed_week")
    hands.type("12x")
    assert not hands.view.commit_open_editor()
    hands.go(4, "completed_week")
    hands.type("12")
    assert hands.view.commit_open_editor()


def test_a_refusal_that_comes_late_is_shown_at_its_cell(hands: Hands) -> None:
    hands.go(4, "completed_week")
    hands.model.tones[3, AT["completed_week"]] = "must"
    hands.model.refused.emit(3, AT["completed_week"], "本周已上报。")
    bubble, cell = hands.view.bubble, hands.view.rect_of(3, AT["completed_week"])
    assert bubble.sentence == "本周已上报。"
    assert bubble.geometry().bottom() < cell.top()  # not over the cell where one is now
    hands.key(Key.Key_Up)
    assert hands.view.bubble.sentence == "本周已上报。"


def test_a_refusal_mended_elsewhere_is_forgotten(hands: Hands) -> None:
    hands.go(3, "completed_week")
    hands.type("12x")
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Down)
    hands.model.commit([(3, AT["completed_week"], "5")], "撤销")
    hands.key(Key.Key_Up)
    assert hands.view.bubble.sentence == ""


def test_a_locked_cell_says_why(hands: Hands) -> None:
    hands.model.locked[2, AT["completed_week"]] = "本周已上报，不能再改。"
    hands.go(2, "completed_week")
    for key, modifiers in ((Key.Key_5, None), (Key.Key_F2, None), (Key.Key_Down, ALT)):
        hands.key(key, *([modifiers] if modifiers is not None else []))
        assert hands.editor_text is None
        assert hands.view.bubble.sentence == "本周已上报，不能再改。"
        assert not hands.view.bubble.refusal
        hands.key(Key.Key_Escape)
    hands.double_click(2, "completed_week")
    assert hands.view.bubble.sentence == "本周已上报，不能再改。"
    assert hands.text(2, "completed_week") == ""
    hands.key(Key.Key_Right)
    assert hands.view.bubble.sentence == ""


def test_composing_in_a_locked_cell_says_why(hands: Hands) -> None:
    hands.go(2, "plan")
    QApplication.sendEvent(hands.view, QInputMethodEvent("zhang", []))
    assert hands.editor_text is None
    assert hands.view.bubble.sentence == READ_ONLY


def test_the_bubble_follows_its_cell_and_hides_with_it(hands: Hands) -> None:
    hands.go(3, "completed_week")
    hands.type("12x")
    hands.key(Key.Key_Return)
    hands.view.verticalScrollBar().setValue(30)
    cell = hands.view.rect_of(3, AT["completed_week"])
    assert hands.view.bubble.geometry().top() == cell.bottom() + 1
    hands.view.verticalScrollBar().setValue(600)
    assert hands.view.bubble.sentence == ""
    hands.view.verticalScrollBar().setValue(0)
    assert hands.view.bubble.sentence == REFUSED


def test_a_bubble_at_the_last_rows_stands_above(hands: Hands) -> None:
    hands.go(39, "completed_week")
    hands.type("12x")
    hands.key(Key.Key_Return)
    bubble = hands.view.bubble
    assert bubble.geometry().bottom() < hands.view.rect_of(39, AT["completed_week"]).top()
    assert hands.view.viewport().rect().contains(bubble.geometry())


# Rows read anew --------------------------------------------------------------------------------


def test_sorting_keeps_the_active_record(hands: Hands) -> None:
    hands.go(3, "stage")
    hands.model.show(list(reversed(ledger(40))))
    assert hands.at == (36, "stage")
    assert 36 in hands.view.measures.visible_rows()
    assert hands.view.selected_block() == (36, AT["stage"], 36, AT["stage"])


def test_a_record_that_is_gone_leaves_one_at_its_row(hands: Hands) -> None:
    hands.go(3, "stage")
    hands.model.show([row for row in ledger(40) if row["key"] != "p3"])
    assert hands.at == (3, "stage")
    hands.go(38, "stage")
    hands.model.show(ledger(5))
    assert hands.at == (4, "stage")


def test_reading_anew_does_not_scroll_back_to_a_cell_out_of_sight(hands: Hands) -> None:
    hands.go(3, "stage")
    hands.view.verticalScrollBar().setValue(700)
    hands.model.show(ledger(40))
    assert hands.view.measures.top == 700


def test_typing_goes_on_while_rows_are_read_anew(hands: Hands) -> None:
    hands.go(3, "person")
    hands.type("zha")
    hands.model.show(list(reversed(ledger(40))))
    assert hands.editor_text == "zha"
    editor = hands.view.open_editor
    assert editor is not None
    assert editor.geometry().center().y() == hands.view.rect_of(36, AT["person"]).center().y()
    hands.type("ng")
    hands.key(Key.Key_Return)
    assert hands.text(36, "person") == "zhang"
    assert hands.text(3, "person") == ""


def test_what_was_typed_in_a_row_that_vanishes_is_told(hands: Hands) -> None:
    hands.go(3, "person")
    hands.type("zhang")
    hands.model.show([row for row in ledger(40) if row["key"] != "p3"])
    assert hands.editor_text is None
    assert hands.model.acts == []
    assert "“zhang”没有存入" in hands.view.bubble.sentence


def test_a_row_that_vanishes_untouched_needs_no_word(hands: Hands) -> None:
    hands.go(3, "person")
    hands.key(Key.Key_F2)
    hands.model.show([row for row in ledger(40) if row["key"] != "p3"])
    assert hands.editor_text is None
    assert hands.view.bubble.sentence == ""


def test_an_open_editor_follows_rows_that_come_and_go(hands: Hands) -> None:
    hands.go(3, "person")
    hands.type("li")
    model = hands.model
    model.beginRemoveRows(QModelIndex(), 0, 0)
    del model.rows[0]
    model.endRemoveRows()
    assert hands.editor_text == "li"
    hands.key(Key.Key_Return)
    assert [row["key"] for row in model.rows if row["person"] == "li"] == ["p3"]
    model.beginRemoveRows(QModelIndex(), 0, len(model.rows) - 1)
    model.rows.clear()
    model.endRemoveRows()
    assert hands.view.current() == (-1, -1)
    model.beginInsertRows(QModelIndex(), 0, 0)
    model.rows.append(ledger(1)[0])
    model.endInsertRows()
    assert hands.at[0] == 0
