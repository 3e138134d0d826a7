"""Columns of money as tables print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.money import PLACES, Unit
from desktop.reports.sums import fewest_decimals, minus, note_below, printed, unit_of_table

W, Y = 10_000, 100_000_000
columns = st.lists(st.none() | st.integers(-(10**11), 10**11), min_size=1, max_size=12)


def read(text: str) -> Decimal:
    """A printed figure read back; an empty cell counts nothing."""
    return Decimal(text.replace(",", "").replace("−", "-") or "0")


@given(columns, st.sampled_from(["万元", "亿元"]), st.integers(0, 2), st.integers(1, 11))
def test_printed_figures_add_up_and_lie_within_a_unit(
    values: list[int | None], unit: Unit, decimals: int, cut: int
) -> None:
    cut = min(cut, len(values))
    groups = [list(range(cut)), list(range(cut, len(values)))]
    column = printed(values, unit, decimals, [group for group in groups if group])
    shown = [read(cell) for cell in column.cells]
    assert column.note is None
    assert sum(shown) == read(column.total)
    subtotals = [read(text) for text in column.subtotals]
    assert subtotals[0] == sum(shown[:cut])
    assert sum(subtotals) == read(column.total)
    for value, figure in zip(values, shown, strict=True):
        true = Decimal(value or 0) / 10 ** PLACES[unit]
        assert abs(figure - true) < Decimal(1).scaleb(-decimals)


def test_a_column_without_rows_has_no_total() -> None:
    column = printed([], "万元", 2)
    assert (column.cells, column.subtotals, column.total, column.note) == ((), (), "", None)


def test_what_is_missing_is_no_zero() -> None:
    column = printed([5 * W, None, None], "万元", 0, [[0, 1], [2]], missing="—")
    assert (column.cells, column.subtotals, column.total) == (("5", "—", "—"), ("5", "—"), "5")
    assert printed([None], "万元", 0).total == ""
    assert printed([0, -W], "万元", 0).cells == ("0", "−1")


@pytest.mark.parametrize(
    ("values", "decimals"),
    [
        ([5 * W, None, 120 * W], 0),
        ([], 0),
        ([5 * W + 1000], 1),
        ([5 * W + 1100, 3 * W], 2),
        ([5 * W + 1], 2),
    ],
)
def test_as_few_decimals_as_it_takes_and_never_more_than_two(
    values: list[int | None], decimals: int
) -> None:
    assert fewest_decimals(values, "万元") == decimals


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        ([3 * Y, 50 * W], "亿元"),
        ([3 * Y, 50 * W - 1], "万元"),  # it would print as 0.00
        ([3 * Y, 0, None], "亿元"),
        ([-3 * Y], "亿元"),
        ([Y - 1], "万元"),
        ([], "万元"),
    ],
)
def test_large_tables_are_in_yi_yuan_unless_a_figure_would_vanish(
    values: list[int | None], unit: Unit
) -> None:
    assert unit_of_table(values) == unit


def test_notes_are_told_once() -> None:
    assert note_below("", "一条。", "两条", "一条") == "注：一条；两条。"
    assert note_below("") == ""
    assert minus("-1,234.5") == "−1,234.5"
