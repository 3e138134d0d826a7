"""Upright bars."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.charts.bars import Amount, bars, columns
from desktop.reports.charts.forms import BIG, COUNT, PLAIN, Style
from tests.reports.charts.looking import assert_sound, rects, texts, tips, words

NAMES = st.text("第周基础设施12 Wi", max_size=12) | st.just("项" * 200)
AMOUNTS = st.lists(
    st.builds(Amount, NAMES, st.none() | st.integers(-(10**13), 10**13)), max_size=60
)


def ten() -> list[Amount]:
    weeks = [540, 700, 610, 980, 900, 1210, 1100, 1300, 1350, 1896]
    return [Amount(f"{week}周", value * 10_000) for week, value in enumerate(weeks, 1)]


def test_bars_are_proportional_to_values_and_the_last_is_accented() -> None:
    drawing = bars(ten(), 400, 150)
    found = rects(drawing)
    ratios = [rect.height / (one.value or 1) for rect, one in zip(found, ten(), strict=True)]
    assert ratios == pytest.approx([ratios[0]] * 10)
    assert [rect.tint for rect in found].count(1.0) == 1
    assert found[-1].tint == 1.0
    assert_sound(drawing)


def test_every_value_is_written_where_there_is_room_and_told_where_not() -> None:
    assert {"540", "1,896", "1周", "10周"} <= set(words(bars(ten(), 600, 150)))
    narrow = bars(ten(), 180, 100)
    assert {"1,896", "10周"} <= set(words(narrow))
    assert "1,100" not in words(narrow)
    assert "7周\n1,100 万元" in tips(narrow)
    assert_sound(narrow)


def test_no_value_stands_on_a_bar() -> None:
    drawing = bars(ten(), 260, 100)
    values = [text for text in texts(drawing) if not text.text.endswith("周")]
    painted = [rect.box for rect in rects(drawing)]
    assert len(values) >= 3
    assert not any(value.box.meets(box) for value in values for box in painted)


def test_negative_values_hang_below_hatched() -> None:
    drawing = bars([Amount("上周", 500), Amount("本周", -250)], 200, 150, form=COUNT)
    up, down = rects(drawing)
    assert up.y + up.height == pytest.approx(down.y)
    assert up.height == pytest.approx(2 * down.height)
    assert (up.hatched, down.hatched) == (False, True)
    assert {"500", "−250"} <= set(words(drawing))
    assert_sound(drawing)


def test_a_week_without_a_report_has_no_bar() -> None:
    drawing = bars([Amount("上周", None), Amount("本周", 5)], 200, 150, form=COUNT)
    assert len(rects(drawing)) == 1
    assert "上周\n无" in tips(drawing)
    assert drawing.said == "上周无，本周5个。"


def test_all_zero_is_written() -> None:
    drawing = bars([Amount("上周", 0), Amount("本周", 0)], 200, 150, form=COUNT)
    assert [rect.height for rect in rects(drawing)] == [0, 0]
    assert words(drawing).count("0") == 2


def test_nothing_at_all() -> None:
    assert words(bars([], 200, 100)) == ["没有数据"]
    assert words(columns([Amount("本周", None)], 200, 100)) == ["没有数据"]


def test_categories_stand_with_value_and_name() -> None:
    amounts = [Amount("基础设施", 5 * 10**8, "infra"), Amount("产业", 17 * 10**8, "industry")]
    drawing = columns(amounts, 300, 160)
    assert set(words(drawing)) == {"基础设施", "产业", "5.00", "17.00"}
    assert [rect.tint for rect in rects(drawing)] == [1.0, 1.0]
    assert {mark.key for mark in drawing.marks if mark.tip} == {"infra", "industry"}
    assert_sound(drawing)


def test_longer_names_take_two_lines_and_long_ones_lie() -> None:
    two = columns([Amount("基础设施和公共服务", 5), Amount("产业", 7)], 160, 160, form=COUNT)
    assert {"基础设施和公", "共服务"} <= set(words(two))
    lying = columns(
        [Amount("自毁式疫苗注射器生产及无菌", 5), Amount("产业", 7)], 160, 160, form=COUNT
    )
    first, second = rects(lying)
    assert first.height == second.height
    assert first.width * 7 == pytest.approx(second.width * 5)
    assert_sound(lying)


@given(AMOUNTS, st.floats(144, 1500), st.floats(60, 900), st.sampled_from([PLAIN, BIG]))
def test_any_bars_are_sound(
    amounts: list[Amount], width: float, height: float, style: Style
) -> None:
    assert_sound(bars(amounts, width, height, style=style))
    assert_sound(columns(amounts, width, height, style=style))


def test_the_latest_value_is_written_when_the_last_weeks_are_not_filled() -> None:
    """Between a higher bar and the sheet's edge it has room below only."""
    values = [None] * 40 + [10063, 10000, None]
    drawing = bars([Amount("", value) for value in values], 400, 200, form=COUNT)
    assert "10,000" in words(drawing)


@given(AMOUNTS.filter(lambda amounts: any(one.value is not None for one in amounts)))
def test_the_latest_value_is_always_written(amounts: list[Amount]) -> None:
    drawing = bars(amounts, 400, 200, form=COUNT)
    last = [one.value for one in amounts if one.value is not None][-1]
    assert COUNT.show(last) in words(drawing)
