"""Lying bars."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.charts.drawing import Line
from desktop.reports.charts.forms import BIG, PLAIN, Style
from desktop.reports.charts.ranks import Rank, completion_by_unit, ranks_height
from tests.reports.charts.looking import assert_sound, rects, symbols, tips, words

PROGRESS = Fraction(61, 365)
UNITS = st.lists(
    st.builds(
        Rank,
        st.text("镇乡街道12 Wi", max_size=12) | st.just("镇" * 200),
        st.none() | st.fractions(-1, 3, max_denominator=1000),
        st.sampled_from(["", "green", "yellow", "red"]),
        st.sampled_from(["", "无计划"]),
    ),
    max_size=60,
)


def four() -> list[Rank]:
    return [
        Rank("问十乡", Fraction(59, 1000), "yellow", key="d"),
        Rank("沙澧高新区", Fraction(187, 1000), "green", key="a"),
        Rank("老街街道", None, "", "无计划", key="e"),
        Rank("空冢郭镇", Fraction(136, 1000), "green", key="c"),
        Rank("阴阳赵镇", Fraction(0), "red", tip="12个项目", key="f"),
    ]


def test_units_stand_from_the_highest_to_the_lowest_those_without_a_plan_last() -> None:
    drawing = completion_by_unit(four(), PROGRESS, 400, 200)
    names = [
        word
        for word in words(drawing)
        if "镇" in word or "乡" in word or "区" in word or "街" in word
    ]
    assert names == ["沙澧高新区", "空冢郭镇", "问十乡", "阴阳赵镇", "老街街道"]
    assert {"18.7%", "13.6%", "5.9%", "0.0%", "无计划", "序时 16.7%"} <= set(words(drawing))
    assert drawing.said.startswith("序时16.7%：沙澧高新区18.7%，空冢郭镇13.6%")
    assert_sound(drawing)


def test_bars_are_proportional_and_the_schedule_is_a_line_through_them() -> None:
    drawing = completion_by_unit(four(), PROGRESS, 400, 200)
    by_key = {rect.key: rect for rect in rects(drawing)}
    assert by_key["a"].width / 187 == pytest.approx(by_key["d"].width / 59)
    (line,) = [mark for mark in drawing.marks if isinstance(mark, Line) and mark.dashed]
    start = by_key["a"].x
    assert (line.x1 - start) / by_key["a"].width == pytest.approx(float(PROGRESS) / 0.187)
    assert line.y2 >= max(rect.y + rect.height for rect in rects(drawing))


def test_lights_are_told_apart_by_shape() -> None:
    drawing = completion_by_unit(four(), PROGRESS, 400, 200)
    assert [mark.shape for mark in symbols(drawing)] == ["disc", "disc", "triangle", "square"]
    assert "阴阳赵镇\n0.0%　红灯\n12个项目" in tips(drawing)


def test_without_a_schedule_there_is_no_line() -> None:
    drawing = completion_by_unit(four(), None, 400, 200)
    assert not any(isinstance(mark, Line) and mark.dashed for mark in drawing.marks)
    assert "序时" not in drawing.said


def sixty() -> list[Rank]:
    return [Rank(f"第{number}镇", Fraction(number, 100)) for number in range(1, 61)]


def test_many_units_stand_in_several_columns() -> None:
    drawing = completion_by_unit(sixty(), PROGRESS, 1200, 450)
    assert len(rects(drawing)) == 60
    assert len({rect.x for rect in rects(drawing)}) == 3
    assert_sound(drawing)


def test_where_there_is_no_room_the_middle_is_left_out_and_counted() -> None:
    drawing = completion_by_unit(sixty(), PROGRESS, 300, 200)
    written = words(drawing)
    (gap,) = [word for word in written if "未画出" in word]
    assert f"{60 - len(rects(drawing))} 个" in gap
    assert {"第60镇", "第1镇"} <= set(written)
    assert_sound(drawing)


def test_the_wanted_height_holds_all_rows_in_one_column() -> None:
    for style in (PLAIN, BIG):
        drawing = completion_by_unit(
            sixty(), PROGRESS, 30 * style.text, ranks_height(60, style), style=style
        )
        assert len(rects(drawing)) == 60
        assert len({rect.x for rect in rects(drawing)}) == 1


def test_negative_values_go_to_the_other_side_hatched() -> None:
    units = [Rank("甲镇", Fraction(1, 10)), Rank("乙镇", Fraction(-1, 20))]
    right, left = rects(completion_by_unit(units, PROGRESS, 400, 200))
    assert left.x + left.width == pytest.approx(right.x)
    assert right.width == pytest.approx(2 * left.width)
    assert (right.hatched, left.hatched) == (False, True)


def test_nothing_at_all() -> None:
    assert words(completion_by_unit([], PROGRESS, 300, 100)) == ["没有数据"]


@given(
    UNITS,
    st.none() | st.fractions(0, 1, max_denominator=365),
    st.floats(144, 1500),
    st.floats(60, 900),
    st.sampled_from([PLAIN, BIG]),
)
def test_any_units_are_sound(
    units: list[Rank],
    schedule: Fraction | None,
    width: float,
    height: float,
    style: Style,
) -> None:
    assert_sound(completion_by_unit(units, schedule, width, height, style=style))
