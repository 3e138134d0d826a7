"""How charts write values."""

from __future__ import annotations

from fractions import Fraction

import pytest

from desktop.reports.charts.forms import (
    BIG,
    COUNT,
    PLAIN,
    RATE,
    money_form,
    nothing,
    too_small,
)
from tests.reports.charts.looking import assert_sound, words


def test_rates() -> None:
    assert RATE.show(Fraction(139, 1000)) == "13.9%"
    assert RATE.show(Fraction(-5, 100)) == "−5.0%"
    assert (RATE.tick(Fraction(1, 20)), RATE.tick(Fraction(1, 200))) == ("5%", "0.5%")
    assert (RATE.say(None), RATE.say(Fraction(1, 2))) == ("无", "50.0%")


def test_counts() -> None:
    assert (COUNT.show(1200), COUNT.say(-3)) == ("1,200", "−3个")


@pytest.mark.parametrize(
    ("values", "shown", "unit"),
    [
        ([24_962_500, 20_000_000], "2,496.25", " 万元"),
        ([24_960_000, None], "2,496", " 万元"),
        ([24_962_567, 1], "2,496.26", " 万元"),
        ([1_240_000_000, 300_000_000], "12.40", " 亿元"),
        ([-24_960_000], "−2,496", " 万元"),
        ([0], "0", " 万元"),
    ],
)
def test_money_is_written_as_a_table_of_it_would_be(
    values: list[int | None], shown: str, unit: str
) -> None:
    form = money_form(values)
    assert values[0] is not None
    assert (form.show(values[0]), form.unit) == (shown, unit)


def test_money_in_a_given_unit() -> None:
    assert money_form([1_240_000_000], "万元").say(1_240_000_000) == "124,000 万元"


def test_marks_of_an_axis_have_no_idle_zeros() -> None:
    form = money_form([1_240_000_000, 300_000_000])
    assert [form.tick(value) for value in (0, 500_000_000, 1_250_000_000)] == ["0", "5", "12.5"]
    assert money_form([10**8], "万元").tick(50_000_000) == "5,000"


def test_nothing_is_said() -> None:
    drawing = nothing(200, 100)
    assert words(drawing) == ["没有数据"]
    assert drawing.said == "没有数据"
    assert_sound(drawing)
    assert nothing(20, 100).marks == ()


def test_the_big_style_is_read_from_three_metres() -> None:
    assert BIG.text >= 22 > PLAIN.text
    assert too_small(300, 100, BIG)
    assert not too_small(300, 100, PLAIN)
