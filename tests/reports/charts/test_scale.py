"""Axes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.charts.scale import Scale, evenly, round_step, spanning, ticks

VALUES = st.lists(st.integers(-(10**15), 10**15), max_size=20)


def test_zero_and_all_values_are_on_the_axis() -> None:
    scale = spanning([50, None, 200], 100, 0)
    assert (scale.at(0), scale.at(50), scale.at(200)) == (100, 75, 0)


def test_an_axis_of_nothing_but_zeros() -> None:
    scale = spanning([0, 0], 100, 0)
    assert scale.at(0) == 100
    assert spanning([], 100, 0).at(0) == 100


@given(VALUES)
def test_values_lie_between_the_ends_in_their_order(values: list[int]) -> None:
    scale = spanning(values, 0, 300)
    places = [scale.at(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 300 for place in places)


@pytest.mark.parametrize(
    ("least", "step"),
    [("1", "1"), ("1.1", "2"), ("3", "5"), ("6", "10"), ("0.03", "0.05"), ("2000", "2000")],
)
def test_steps_are_round(least: str, step: str) -> None:
    assert round_step(Fraction(least)) == Fraction(step)


def test_marks_of_an_axis() -> None:
    scale = Scale(Fraction(-3), Fraction(17), 0, 100)
    assert ticks(scale, 4) == [0, 5, 10, 15]
    assert ticks(scale, 10) == [-2, 0, 2, 4, 6, 8, 10, 12, 14, 16]


@given(VALUES, st.integers(1, 12))
def test_zero_is_marked_and_the_marks_are_few(values: list[int], most: int) -> None:
    scale = spanning(values, 0, 300)
    marked = ticks(scale, most)
    assert 0 in marked
    assert len(marked) <= most + 1
    assert all(scale.low <= value <= scale.high for value in marked)


def test_names_stand_at_even_steps_back_from_the_last() -> None:
    assert evenly(10, 30, 29) == (9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
    assert evenly(10, 30, 61) == (9, 6, 3, 0)
    assert evenly(9, 30, 61) == (8, 4, 0)
    assert evenly(60, 7, 44) == (59, 52, 45, 38, 31, 24, 17, 10, 3)
    assert evenly(1, 0, 61) == (0,)
