"""Milestones on a time axis."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.charts.drawing import Box, Drawing, Line, Rect, Text
from desktop.reports.charts.forms import BIG, PLAIN, Style
from desktop.reports.charts.timeline import Milestone, timeline, timeline_height
from tests.reports.charts.looking import assert_sound, rects, symbols, texts, tips, words

TODAY = date(2023, 3, 2)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
MAYBE = st.none() | DAYS
MILESTONES = st.lists(
    st.builds(
        Milestone,
        st.text("节点12 Wi", max_size=12) | st.just("节" * 200),
        DAYS,
        MAYBE,
        MAYBE,
        MAYBE,
    ),
    max_size=40,
)


def five() -> list[Milestone]:
    return [
        Milestone("土地组卷报批", date(2023, 3, 1), date(2023, 1, 1), key="a"),
        Milestone("厂房基础", date(2023, 3, 29), date(2023, 2, 5), date(2023, 2, 5), key="b"),
        Milestone("厂房主体", date(2023, 7, 1), date(2023, 3, 20), key="c"),
        Milestone("开工仪式", date(2023, 2, 15), finished=date(2023, 2, 15), key="d"),
        Milestone("主体完工", date(2023, 12, 31), key="e"),
    ]


def row_of(drawing: Drawing, name: str) -> list[Rect]:
    """The bars that stand beside a name."""
    (text,) = [text for text in texts(drawing) if text.text == name]
    return [rect for rect in rects(drawing) if rect.y < text.y < rect.y + rect.height]


def today_line(drawing: Drawing) -> Line:
    (line,) = [mark for mark in drawing.marks if isinstance(mark, Line) and mark.role == "late"]
    return line


def test_bars_stand_where_their_dates_are() -> None:
    drawing = timeline(five(), TODAY, 820, 230)
    (late, _), (main,) = row_of(drawing, "土地组卷报批"), row_of(drawing, "厂房主体")
    days = (date(2023, 7, 2) - date(2023, 3, 20)).days
    per_day = main.width / days
    assert main.x - late.x == pytest.approx((date(2023, 3, 20) - date(2023, 1, 1)).days * per_day)
    assert today_line(drawing).x1 - late.x == pytest.approx(61 * per_day)  # the end of March 2
    assert_sound(drawing)


def test_what_is_done_goes_to_todays_line() -> None:
    drawing = timeline(five(), TODAY, 820, 230)
    planned, done = row_of(drawing, "厂房基础")
    assert (planned.tint, done.tint) == (0.2, 1.0)
    assert done.x == planned.x
    assert done.x + done.width == pytest.approx(today_line(drawing).x1)
    assert done.width < planned.width


def test_what_is_late_is_hatched_to_today_and_said() -> None:
    drawing = timeline(five(), TODAY, 820, 230)
    planned, late = row_of(drawing, "土地组卷报批")
    assert (planned.hatched, late.hatched) == (False, True)
    assert late.x == pytest.approx(planned.x + planned.width)
    assert late.x + late.width == pytest.approx(today_line(drawing).x1)
    assert "逾期 1 天" in words(drawing)
    assert "土地组卷报批\n计划 1月1日—3月1日\n逾期 1 天" in tips(drawing)


def test_what_was_finished_late_says_by_how_much() -> None:
    one = Milestone("审图", date(2023, 2, 10), date(2023, 1, 10), None, date(2023, 2, 25))
    drawing = timeline([one], TODAY, 820, 230)
    _, done, late = row_of(drawing, "审图")
    assert (done.tint, late.hatched) == (1.0, True)
    assert late.width / done.width == pytest.approx(15 / 32)
    assert "晚 15 天完成" in words(drawing)
    assert drawing.said == "审图2月25日完成，晚 15 天。"


def test_a_point_in_time_is_a_diamond_full_when_reached() -> None:
    drawing = timeline(five(), TODAY, 820, 230)
    shapes = [mark.shape for mark in symbols(drawing)]
    assert shapes == ["square", "diamond", "hollow_diamond"]
    assert {"2月15日完成", "12月31日"} <= set(words(drawing))


def test_no_text_crosses_todays_line() -> None:
    drawing = timeline(five(), TODAY, 820, 230)
    line = today_line(drawing)
    across = Box(line.x1 - 1, line.y1, line.x1 + 1, line.y2)
    assert [text.text for text in texts(drawing) if text.box.meets(across)] == []


def test_no_text_is_crossed_by_a_months_line() -> None:
    drawing = timeline(five(), TODAY, 820, 230)
    lines = [mark for mark in drawing.marks if isinstance(mark, Line) and not mark.dashed]
    crossed = [
        text.text
        for text in texts(drawing)
        for line in lines
        if text.box.meets(Box(line.x1 - 0.5, line.y1, line.x1 + 0.5, line.y2))
    ]
    assert crossed == []
    columns: dict[float, float] = {}
    for line in lines:
        columns[line.x1] = columns.get(line.x1, 0) + line.y2 - line.y1
    assert len(lines) > len(columns)  # some are interrupted
    assert min(columns.values()) > 100  # none is lost


def test_months_stand_on_top_and_a_new_year_is_named() -> None:
    drawing = timeline(five(), TODAY, 900, 230)
    assert {"1月", "3月", "5月"} <= set(words(drawing))
    later = timeline([Milestone("竣工", date(2024, 5, 1), date(2023, 11, 1))], TODAY, 900, 230)
    assert "2024年1月" in words(later)


def test_a_mistyped_year_does_not_hide_the_others() -> None:
    wrong = [*five(), Milestone("错年", date(2203, 5, 1))]
    (main,) = row_of(timeline(wrong, TODAY, 900, 260), "厂房主体")
    assert main.width > 100


def test_what_has_no_room_is_counted() -> None:
    many = [Milestone(f"节点{number}", TODAY + timedelta(number)) for number in range(40)]
    drawing = timeline(many, TODAY, 600, 200)
    shown = [word for word in words(drawing) if word.startswith("节点")]
    assert f"另有 {40 - len(shown)} 个节点未画出" in words(drawing)
    whole = timeline(many, TODAY, 600, timeline_height(40))
    assert sum(word.startswith("节点") for word in words(whole)) == 40


def test_nothing_at_all() -> None:
    assert words(timeline([], TODAY, 300, 100)) == ["没有节点"]


def test_todays_line_may_be_a_weeks_last_day() -> None:
    drawing = timeline(five(), TODAY, 820, 230, today_name="本周末")
    (name,) = [mark for mark in drawing.marks if isinstance(mark, Text) and mark.text == "本周末"]
    assert name.y > today_line(drawing).y2


@given(
    MILESTONES,
    DAYS,
    st.floats(108, 1500),
    st.floats(60, 900),
    st.sampled_from([PLAIN, BIG]),
)
def test_any_milestones_are_sound(
    milestones: list[Milestone], today: date, width: float, height: float, style: Style
) -> None:
    assert_sound(timeline(milestones, today, width, height, style=style))
