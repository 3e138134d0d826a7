"""Pasting: every value lands where it belongs or nowhere, and what is left out is said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.grid.cells import Block as Selection
from desktop.ui.grid.pasting import Plan, Table, copied, plan

TITLES = ("项目名称", "年度计划", "本周完成", "本年累计", "开累", "形象进度")
NAMES = ("甲", "乙", "丙", "丁")


def table(**changed: object) -> Table:
    """Four projects; name and plan are read only, the rest can be filled."""
    given = {
        "rows": 4,
        "columns": (0, 1, 2, 3, 4, 5),
        "hidden": frozenset(),
        "titles": TITLES,
        "fills": frozenset({2, 3, 4, 5}),
        "open_row": lambda _row: True,
        "named": 0,
        "name": lambda row: NAMES[row],
        **changed,
    }
    return Table(**given)  # type: ignore[arg-type]


def at(row: int, column: int) -> Selection:
    return Selection(range(row, row + 1), (column,))


def cells(plan: Plan) -> dict[tuple[int, int], str]:
    return {(row, column): text for row, column, text in plan.edits}


def test_a_block_begins_at_the_active_cell() -> None:
    made = plan((("1", "2"), ("3", "4")), at(1, 2), table())
    assert cells(made) == {(1, 2): "1", (1, 3): "2", (2, 2): "3", (2, 3): "4"}
    assert made.note == ""
    assert made.covered == Selection(range(1, 3), (2, 3))


def test_one_value_fills_all_selected_cells() -> None:
    made = plan((("0",),), Selection(range(4), (2, 3)), table())
    assert cells(made) == {(row, column): "0" for row in range(4) for column in (2, 3)}


def test_a_block_is_repeated_over_a_multiple_of_it() -> None:
    made = plan((("1", "2"), ("3", "4")), Selection(range(4), (2, 3)), table())
    assert [text for _, _, text in made.edits] == ["1", "2", "3", "4"] * 2


def test_a_row_is_repeated_downwards() -> None:
    made = plan((("1", "2"),), Selection(range(3), (2, 3)), table())
    assert [text for _, _, text in made.edits] == ["1", "2"] * 3


def test_a_selection_that_is_no_multiple_is_only_an_anchor() -> None:
    made = plan((("1",), ("2",)), Selection(range(3), (2,)), table())
    assert cells(made) == {(0, 2): "1", (1, 2): "2"}


def test_rows_beyond_the_table_are_left_out_and_said() -> None:
    block = tuple((str(number),) for number in range(15))
    made = plan(block, at(2, 2), table())
    assert cells(made) == {(2, 2): "0", (3, 2): "1"}
    assert made.note == "剪贴板有 15 行，表中只剩 2 行，最后 13 行没有粘贴。"


def test_columns_beyond_the_table_are_left_out_and_said() -> None:
    made = plan((("1", "2", "3"),), at(0, 4), table())
    assert cells(made) == {(0, 4): "1", (0, 5): "2"}
    assert made.note == "剪贴板有 3 列，右边只剩 2 列，最后 1 列没有粘贴。"


def test_read_only_cells_are_passed_over_and_nothing_is_shifted() -> None:
    made = plan((("1", "2", "3"), ("4", "5", "6")), at(0, 2), table(fills=frozenset({2, 4})))
    assert cells(made) == {(0, 2): "1", (0, 4): "3", (1, 2): "4", (1, 4): "6"}
    assert made.note == "本年累计不能填写，2 格没有动。"


def test_closed_rows_are_passed_over_and_nothing_is_shifted() -> None:
    made = plan((("1",), ("2",), ("3",)), at(0, 2), table(open_row=lambda row: row != 1))
    assert cells(made) == {(0, 2): "1", (2, 2): "3"}
    assert made.note == "已锁定的行里 1 格没有动。"


def test_what_the_program_computes_is_named() -> None:
    given = table(fills=frozenset({2}), computed=frozenset({3}))
    made = plan((("1", "2", "3"), ("4", "5", "6")), at(0, 2), given)
    assert made.note == "本年累计由程序计算，2 格没有动。开累不能填写，2 格没有动。"


def test_a_hidden_column_takes_its_value_along() -> None:
    made = plan((("1", "2", "3"),), at(0, 3), table(hidden=frozenset({4})))
    assert cells(made) == {(0, 3): "1", (0, 5): "3"}
    assert made.note == "隐藏的“开累”没有粘贴。"
    assert made.covered.columns == (3, 5)


def test_one_value_fills_what_is_seen_and_says_nothing_of_hidden_columns() -> None:
    made = plan((("0",),), Selection(range(1), (3, 5)), table(hidden=frozenset({4})))
    assert (cells(made), made.note) == ({(0, 3): "0", (0, 5): "0"}, "")


def test_moved_columns_are_filled_in_the_order_in_which_they_stand() -> None:
    made = plan((("1", "2"),), at(0, 4), table(columns=(0, 1, 4, 2, 3, 5)))
    assert cells(made) == {(0, 4): "1", (0, 2): "2"}


def test_ragged_rows_leave_what_they_do_not_hold() -> None:
    made = plan((("1", "2"), ("3",)), at(0, 2), table())
    assert cells(made) == {(0, 2): "1", (0, 3): "2", (1, 2): "3"}


def test_rows_of_another_name_are_left_out() -> None:
    block = (("甲", "9", "1"), (" 丙 ", "9", "2"), ("丙", "9", "3"))
    made = plan(block, at(0, 0), table())
    assert cells(made) == {(0, 2): "1", (2, 2): "3"}
    assert "第 2 行表中是“乙”，剪贴板是“ 丙 ”" in made.note


def test_names_are_the_same_whatever_their_width_and_blanks() -> None:
    named = table(name=lambda row: "A区 二期")
    assert len(plan((("Ａ区二期", "9", "1"),), at(0, 0), named).edits) == 1


def test_many_strangers_are_counted() -> None:
    block = tuple((name, "", "1") for name in ("乙", "丙", "丁", "甲"))
    made = plan(block, at(0, 0), table())
    assert made.edits == ()
    assert "等 4 行" in made.note


def test_an_empty_clipboard_or_selection_changes_nothing() -> None:
    assert plan((), at(0, 2), table()).edits == ()
    assert plan((("1",),), Selection(), table()).edits == ()


def test_copying_takes_hidden_columns_along() -> None:
    hiding = table(hidden=frozenset({4}))
    assert copied(Selection(range(1), (3, 5)), hiding) == (3, 4, 5)
    assert copied(Selection(), hiding) == ()


@given(
    block=st.lists(
        st.lists(st.sampled_from("123"), min_size=1, max_size=4), min_size=1, max_size=6
    ),
    top=st.integers(0, 3),
    height=st.integers(1, 4),
    place=st.integers(0, 5),
    width=st.integers(1, 3),
    order=st.permutations(range(6)),
    hidden=st.sets(st.integers(0, 5), max_size=3),
)
def test_no_value_ever_moves(
    block: list[list[str]],
    top: int,
    height: int,
    place: int,
    width: int,
    order: list[int],
    hidden: set[int],
) -> None:
    shown = [column for column in order if column not in hidden]
    chosen = shown[place : place + width]
    into = table(columns=tuple(order), hidden=frozenset(hidden), named=-1)
    selection = Selection(range(top, min(top + height, 4)), tuple(chosen))
    made = plan(tuple(map(tuple, block)), selection, into)
    if not chosen:
        assert made.edits == ()
        return
    left, tall, wide = order.index(chosen[0]), len(block), max(map(len, block))
    for row, column, text in made.edits:
        line = block[(row - top) % tall]
        assert line[(order.index(column) - left) % wide] == text
        assert column >= 2
        assert column not in hidden
    assert len({edit[:2] for edit in made.edits}) == len(made.edits)
