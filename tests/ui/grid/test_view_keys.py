"""Walking through the grid with the keyboard: each habit of a spreadsheet, with real keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop.ui.grid.cells import Block
from desktop.ui.grid.navigation import Field, types_text
from tests.ui.grid.sample_grid import (
    ALT,
    AT,
    CTRL,
    NONE,
    SHIFT,
    TODAY,
    Hands,
    Key,
    ledger,
    shown,
)


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    hands = shown()
    qtbot.addWidget(hands.view)
    return hands


@pytest.fixture
def many(qtbot: QtBot) -> Hands:
    hands = shown(ledger(500))
    qtbot.addWidget(hands.view)
    return hands


def test_the_first_cell_is_active_at_first(hands: Hands) -> None:
    assert hands.at == (0, "name")
    assert hands.view.selected_block() == (0, 0, 0, 0)


def test_arrows_go_to_the_neighbours_and_stop_at_the_border(hands: Hands) -> None:
    hands.key(Key.Key_Up)
    hands.key(Key.Key_Left)
    assert hands.at == (0, "name")
    hands.key(Key.Key_Down)
    hands.key(Key.Key_Right)
    assert hands.at == (1, "plan")
    hands.go(11, "person")
    hands.key(Key.Key_Down)
    hands.key(Key.Key_Right)
    assert hands.at == (11, "person")


def test_arrows_pass_over_hidden_columns_and_follow_moved_ones(hands: Hands) -> None:
    layout = hands.view.get_layout()
    layout["hidden"] = ["plan", "last_total"]
    layout["order"].remove("person")
    layout["order"].insert(1, "person")
    hands.view.set_layout(layout)
    hands.key(Key.Key_Right)
    assert hands.at == (0, "person")
    hands.key(Key.Key_Right)
    assert hands.at == (0, "last_week")


def test_home_and_end_go_along_the_row(hands: Hands) -> None:
    hands.go(3, "rate")
    hands.key(Key.Key_Home)
    assert hands.at == (3, "name")
    hands.key(Key.Key_End)
    assert hands.at == (3, "person")


def test_ctrl_home_and_ctrl_end_go_to_the_corners(hands: Hands) -> None:
    hands.key(Key.Key_End, CTRL)
    assert hands.at == (11, "person")
    hands.key(Key.Key_Home, CTRL)
    assert hands.at == (0, "name")


def test_pages_move_by_what_is_seen(many: Hands) -> None:
    page = many.view.measures.page
    assert page == many.view.measures.body_height // many.view.measures.row_height - 1
    many.key(Key.Key_PageDown)
    assert many.at == (page, "name")
    many.key(Key.Key_PageDown)
    many.key(Key.Key_PageUp)
    assert many.at == (page, "name")


def test_ctrl_arrow_stops_at_the_edges_of_the_data(hands: Hands) -> None:
    """完成投资 stands in rows 0, 1, 3, 4, 6 …; each third row is empty."""
    hands.go(0, "completed_week")
    found = []
    for _ in range(6):
        hands.key(Key.Key_Down, CTRL)
        found.append(hands.at[0])
    assert found == [1, 3, 4, 6, 7, 9]
    hands.key(Key.Key_Up, CTRL)
    assert hands.at[0] == 7
    hands.key(Key.Key_Right, CTRL)
    assert hands.at == (7, "progress")  # 责任人 is empty
    hands.key(Key.Key_Right, CTRL)
    assert hands.at == (7, "person")
    hands.key(Key.Key_Left, CTRL)
    hands.key(Key.Key_Left, CTRL)
    assert hands.at == (7, "name")


def test_ctrl_down_in_an_empty_column_goes_to_the_end(hands: Hands) -> None:
    hands.go(2, "person")
    hands.key(Key.Key_Down, CTRL)
    assert hands.at == (11, "person")


def test_shift_extends_the_block_and_the_active_cell_stays(hands: Hands) -> None:
    hands.go(3, "plan")
    hands.key(Key.Key_Down, SHIFT)
    hands.key(Key.Key_Right, SHIFT)
    hands.key(Key.Key_Right, SHIFT)
    assert hands.at == (3, "plan")
    assert hands.view.selected_block() == (3, AT["plan"], 4, AT["last_week"])
    hands.key(Key.Key_Up, SHIFT)
    hands.key(Key.Key_Up, SHIFT)
    assert hands.view.selected_block() == (2, AT["plan"], 3, AT["last_week"])
    hands.key(Key.Key_Down)
    assert hands.view.selected_block() == (4, AT["plan"], 4, AT["plan"])


def test_shift_extends_with_the_long_moves_too(hands: Hands) -> None:
    hands.go(2, "plan")
    hands.key(Key.Key_End, CTRL | SHIFT)
    assert hands.view.selected_block() == (2, AT["plan"], 11, AT["person"])
    hands.go(4, "completed_week")
    hands.key(Key.Key_Up, CTRL | SHIFT)
    assert hands.view.selected_block() == (3, 4, 4, 4)


def test_qt_knows_the_block_as_its_selection(hands: Hands) -> None:
    hands.go(1, "plan")
    hands.key(Key.Key_Down, SHIFT)
    hands.key(Key.Key_Right, SHIFT)
    chosen = hands.view.selectionModel().selectedIndexes()
    cells = {(index.row(), index.column()) for index in chosen}
    assert cells == {(1, 1), (1, 2), (2, 1), (2, 2)}
    assert (2, 2) in hands.view.block()
    assert (2, 3) not in hands.view.block()


def test_a_block_over_moved_and_hidden_columns_holds_what_is_seen(hands: Hands) -> None:
    layout = hands.view.get_layout()
    layout["order"].remove("person")
    layout["order"].insert(2, "person")
    layout["hidden"] = ["last_total"]
    hands.view.set_layout(layout)
    hands.go(0, "plan")
    hands.key(Key.Key_Right, SHIFT)
    hands.key(Key.Key_Right, SHIFT)
    assert hands.view.block() == Block(range(1), (AT["plan"], AT["person"], AT["last_week"]))
    chosen = {index.column() for index in hands.view.selectionModel().selectedIndexes()}
    assert chosen == {AT["plan"], AT["person"], AT["last_week"]}
    assert hands.view.columns_from(AT["person"])[:2] == (AT["person"], AT["last_week"])


def test_ctrl_a_selects_everything_shown_and_leaves_the_active_cell(hands: Hands) -> None:
    hands.go(5, "stage")
    hands.key(Key.Key_A, CTRL)
    assert hands.at == (5, "stage")
    assert hands.view.selected_block() == (0, 0, 11, AT["person"])


def test_tab_runs_over_the_cells_that_can_be_filled(hands: Hands) -> None:
    hands.model.locked[0, AT["completed_total"]] = "已上报。"
    layout = hands.view.get_layout()
    layout["hidden"] = ["stage"]
    hands.view.set_layout(layout)
    seen = []
    for _ in range(6):
        hands.key(Key.Key_Tab)
        seen.append(hands.at)
    assert seen == [
        (0, "completed_week"), (0, "due"), (0, "progress"), (0, "person"),
        (1, "completed_week"), (1, "completed_total"),
    ]  # fmt: skip
    hands.key(Key.Key_Backtab)
    hands.key(Key.Key_Backtab)
    assert hands.at == (0, "person")


def test_tab_stays_within_the_grid(hands: Hands) -> None:
    hands.go(11, "person")
    hands.key(Key.Key_Tab)
    assert hands.at == (11, "person")
    hands.go(0, "name")
    hands.key(Key.Key_Backtab)
    assert hands.at == (0, "name")
    assert hands.view.hasFocus()


def test_where_nothing_can_be_filled_tab_goes_one_to_the_right(hands: Hands) -> None:
    for row in range(12):
        for column in range(len(AT)):
            hands.model.locked[row, column] = "已上报。"
    hands.key(Key.Key_Tab)
    assert hands.at == (0, "plan")


def test_enter_goes_down_and_shift_enter_up(hands: Hands) -> None:
    hands.go(3, "plan")
    hands.key(Key.Key_Return)
    assert hands.at == (4, "plan")
    hands.key(Key.Key_Enter)
    assert hands.at == (5, "plan")
    hands.key(Key.Key_Return, SHIFT)
    assert hands.at == (4, "plan")


def test_after_a_tab_run_enter_returns_to_the_column_where_it_began(hands: Hands) -> None:
    hands.go(0, "completed_week")
    for text in ("1", "2", "3"):
        hands.type(text)
        hands.key(Key.Key_Tab)
    hands.type("2023-03-01")
    hands.key(Key.Key_Return)
    assert hands.at == (1, "completed_week")
    hands.key(Key.Key_Return)
    assert hands.at == (2, "completed_week")


def test_another_move_ends_the_tab_run(hands: Hands) -> None:
    hands.go(0, "completed_week")
    hands.key(Key.Key_Tab)
    hands.key(Key.Key_Right)
    hands.key(Key.Key_Return)
    assert hands.at == (1, "rate")
    hands.go(0, "completed_week")
    hands.key(Key.Key_Tab)
    hands.click(3, "stage")
    hands.key(Key.Key_Return)
    assert hands.at == (4, "stage")


def test_enter_and_tab_go_round_in_a_selected_block(hands: Hands) -> None:
    hands.view.select_block(1, AT["completed_week"], 2, AT["completed_total"])
    seen = [hands.at]
    for _ in range(4):
        hands.key(Key.Key_Return)
        seen.append(hands.at)
    week, total = "completed_week", "completed_total"
    assert seen == [(1, week), (2, week), (1, total), (2, total), (1, week)]
    hands.key(Key.Key_Tab)
    hands.key(Key.Key_Tab)
    assert hands.at == (2, week)
    hands.key(Key.Key_Backtab)
    assert hands.at == (1, total)
    assert hands.view.selected_block() == (1, 4, 2, 5)


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Key.Key_C, "copy_requested"),
        (Key.Key_X, "cut_requested"),
        (Key.Key_V, "paste_requested"),
        (Key.Key_D, "fill_down_requested"),
        (Key.Key_F, "find_requested"),
        (Key.Key_H, "replace_requested"),
        (Key.Key_Z, "undo_requested"),
        (Key.Key_Y, "redo_requested"),
    ],
)
def test_ctrl_and_a_letter_asks_the_page(hands: Hands, qtbot: QtBot, key: Key, signal: str) -> None:
    with qtbot.waitSignal(getattr(hands.view, signal), timeout=1000):
        hands.key(key, CTRL)
    assert hands.editor_text is None


def test_delete_asks_the_page_to_empty_the_block(hands: Hands, qtbot: QtBot) -> None:
    with qtbot.waitSignal(hands.view.delete_requested, timeout=1000):
        hands.key(Key.Key_Delete)


def test_ctrl_semicolon_writes_today(hands: Hands) -> None:
    hands.go(2, "due")
    hands.key(Key.Key_Semicolon, CTRL)
    assert hands.text(2, "due") == TODAY.isoformat() == "2023-03-02"
    hands.go(2, "name")
    hands.key(Key.Key_Semicolon, CTRL)
    assert hands.text(2, "name") == "第3个项目"
    assert hands.view.bubble.sentence


def test_the_active_cell_is_always_kept_in_view(many: Hands) -> None:
    view = many.view
    for key, modifiers in [
        (Key.Key_End, CTRL), (Key.Key_Home, CTRL), (Key.Key_PageDown, NONE),
        (Key.Key_End, NONE), (Key.Key_Down, CTRL), (Key.Key_Home, NONE),
    ]:  # fmt: skip
        many.key(key, modifiers)
        rect = view.rect_of(*view.current())
        assert rect.top() >= 0
        assert rect.bottom() < view.measures.body_height
        assert rect.right() <= view.viewport().width()


def test_the_far_corner_is_kept_in_view_while_extending(many: Hands) -> None:
    for _ in range(40):
        many.key(Key.Key_Down, SHIFT)
    assert many.view.selected_block()[2] == 40
    assert 40 in many.view.measures.visible_rows()
    assert many.at == (0, "name")


def test_alt_with_an_arrow_moves_nothing(hands: Hands) -> None:
    hands.key(Key.Key_Right, ALT)
    assert hands.at == (0, "name")


def test_a_hundred_thousand_rows_are_walked_to_their_end(qtbot: QtBot) -> None:
    row = ledger(1)[0]
    hands = shown([row] * 100_000)
    qtbot.addWidget(hands.view)
    hands.key(Key.Key_Down, CTRL)
    assert hands.at == (99_999, "name")
    rect = hands.view.rect_of(99_999, 0)
    assert rect.bottom() < hands.view.measures.body_height


def test_an_empty_grid_takes_keys_calmly(qtbot: QtBot) -> None:
    hands = shown([])
    qtbot.addWidget(hands.view)
    for key in (Key.Key_Down, Key.Key_Tab, Key.Key_Return, Key.Key_F2, Key.Key_5, Key.Key_End):
        hands.key(key)
    hands.key(Key.Key_A, CTRL)
    assert hands.view.current() == (-1, -1)
    assert hands.view.selected_block() == (-1, -1, -1, -1)
    assert not hands.view.block()


def test_only_keys_that_write_put_characters_into_a_cell() -> None:
    assert types_text("a", NONE)
    assert types_text("A", SHIFT)
    assert types_text("@", CTRL | ALT)  # AltGr
    assert not types_text("a", CTRL)
    assert not types_text("a", ALT)
    assert not types_text("", NONE)
    assert not types_text("\x08", NONE)


@given(st.data())
def test_edges_of_data_are_where_a_person_would_see_them(data: st.DataObject) -> None:
    """Against a slow reading of Excel's rule along one column."""
    filled = data.draw(st.lists(st.booleans(), min_size=1, max_size=12))
    start = data.draw(st.integers(0, len(filled) - 1))
    field = Field(len(filled), 1, 5, lambda row, _: not filled[row], lambda *_: True)
    ahead = list(range(start + 1, len(filled)))
    if not ahead:
        expected = start
    elif filled[start] and filled[start + 1]:
        gap = next((row for row in ahead if not filled[row]), len(filled))
        expected = gap - 1
    else:
        expected = next((row for row in ahead if filled[row]), len(filled) - 1)
    assert field.walk((start, 0), "edge_down") == (expected, 0)
