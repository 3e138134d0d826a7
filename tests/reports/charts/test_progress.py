"""The curve of progress."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.charts.drawing import Drawing, Path
from desktop.reports.charts.forms import BIG, PLAIN, Style, money_form
from desktop.reports.charts.progress import Week, progress_curve
from tests.reports.charts.looking import assert_sound, symbols, texts, tips, words

RATES = st.none() | st.fractions(-2, 5, max_denominator=1000)
WEEKS = st.lists(st.builds(Week, st.text("第周12 W", max_size=8), RATES, RATES), max_size=60)


def nine(done: tuple[int | None, ...] = (1, 3, 5, 8, 10, 11, 12, 13, 14)) -> list[Week]:
    return [
        Week(
            f"第{number}周",
            None if value is None else Fraction(value, 100),
            Fraction(7 * number - 2, 365),
        )
        for number, value in enumerate(done, 1)
    ]


def lines(drawing: Drawing, *, dashed: bool) -> list[Path]:
    return [
        mark
        for mark in drawing.marks
        if isinstance(mark, Path) and not mark.filled and mark.dashed == dashed
    ]


def test_what_was_done_is_a_full_line_and_the_schedule_a_dashed_one() -> None:
    drawing = progress_curve(nine(), 440, 200)
    (done,), (schedule,) = lines(drawing, dashed=False), lines(drawing, dashed=True)
    assert (len(done.points), len(schedule.points)) == (9, 9)
    assert done.width > schedule.width
    assert_sound(drawing)


def test_heights_are_proportional_to_values() -> None:
    weeks = [
        Week("第1周", Fraction(0)),
        Week("第2周", Fraction(5, 100)),
        Week("第3周", Fraction(1, 5)),
    ]
    (line,) = lines(progress_curve(weeks, 440, 200), dashed=False)
    (x1, zero), (x2, low), (x3, high) = line.points
    assert (zero - low) * 4 == pytest.approx(zero - high)
    assert x2 - x1 == pytest.approx(x3 - x2)


def test_the_last_values_are_written_at_the_ends() -> None:
    drawing = progress_curve(nine(), 440, 200)
    written = {text.text: text for text in texts(drawing)}
    done, schedule = written["完成 14.0%"], written["序时 16.7%"]
    assert schedule.y < done.y
    assert min(done.x, schedule.x) > lines(drawing, dashed=False)[0].points[-1][0]
    assert {"第1周", "第9周"} <= set(written)


def test_ends_that_are_equal_stand_apart() -> None:
    weeks = [Week("第1周", Fraction(1, 10), Fraction(1, 10))] * 2
    drawing = progress_curve(weeks, 300, 120)
    assert {"完成 10.0%", "序时 10.0%"} <= set(words(drawing))
    assert_sound(drawing)


def test_ends_that_are_close_stand_apart_in_the_middle_too() -> None:
    high, close, low = Fraction(1, 2), Fraction(201, 1000), Fraction(1, 5)
    weeks = [Week("第1周", high, high), Week("第2周", low, close)]
    drawing = progress_curve(weeks, 300, 200)
    written = {text.text: text.y for text in texts(drawing)}
    assert written["序时 20.1%"] < written["完成 20.0%"]
    assert_sound(drawing)


def test_a_week_without_a_report_is_a_gap() -> None:
    drawing = progress_curve(nine((1, 3, None, 8, 10, None, 12, None, None)), 440, 200)
    stretches = lines(drawing, dashed=False)
    assert [len(line.points) for line in stretches] == [2, 2]
    assert len(symbols(drawing)) == 2  # the lone week, and the end of what is known
    assert "完成 12.0%" in words(drawing)
    assert "第3周\n完成 无\n序时 5.2%" in tips(drawing)


def test_one_week_is_a_point() -> None:
    drawing = progress_curve(nine()[:1], 440, 200)
    assert lines(drawing, dashed=False) == []
    assert {mark.shape for mark in symbols(drawing)} == {"disc", "ring"}
    assert drawing.said == "第1周：最后一期完成1.0%，序时1.4%。"
    assert_sound(drawing)


def test_money_beside_a_plan() -> None:
    weeks = [Week("第1周", 10**7, 2 * 10**7), Week("第2周", 3 * 10**7, 4 * 10**7)]
    form = money_form([4 * 10**7])
    drawing = progress_curve(weeks, 440, 200, form=form, plan="计划")
    assert {"完成 3,000", "计划 4,000"} <= set(words(drawing))
    assert drawing.said == "第1周至第2周：最后一期完成3,000 万元，计划4,000 万元。"


def test_nothing_at_all() -> None:
    assert words(progress_curve([], 300, 100)) == ["没有数据"]
    assert words(progress_curve([Week("第1周", None)], 300, 100)) == ["没有数据"]


def test_where_there_is_little_room_the_values_stay() -> None:
    drawing = progress_curve(nine(), 120, 80)
    assert {"14.0%", "16.7%"} <= set(words(drawing))
    assert progress_curve(nine(), 60, 30).marks == ()


def test_big_texts_are_big() -> None:
    assert {text.size for text in texts(progress_curve(nine(), 1200, 600, style=BIG))} == {24}


@given(
    WEEKS,
    st.floats(108, 1500),
    st.floats(60, 900),
    st.sampled_from([PLAIN, BIG]),
)
def test_any_curve_is_sound(weeks: list[Week], width: float, height: float, style: Style) -> None:
    assert_sound(progress_curve(weeks, width, height, style=style))
