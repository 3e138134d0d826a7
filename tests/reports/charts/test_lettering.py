"""Widths of texts without a font, and what is left out where there is no room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.charts.lettering import fitted, lines_of, text_width

WORDS = st.text(st.sampled_from("空冢郭镇1234567890，.%aWm …·　 \n"), max_size=60)


@pytest.mark.parametrize(
    ("text", "ems"),
    [
        ("空冢郭镇", 4.0),
        ("", 0.0),
        ("１２", 2.0),
        ("12", 1.14),
        ("1.2", 1.47),
        ("%", 0.92),
        ("A", 0.7),
        ("ñ", 0.57),
        ("e\u0301", 0.57),
    ],
)
def test_widths_in_ems(text: str, ems: float) -> None:
    assert text_width(text, 10) == pytest.approx(10 * ems)


def test_what_has_room_stays_as_it_is_on_one_line() -> None:
    assert fitted("沙澧\n高新区", 10, 100) == "沙澧 高新区"
    assert fitted("大刘镇", 10, 30) == "大刘镇"


def test_the_end_is_left_out() -> None:
    assert fitted("自毁式疫苗注射器扩建", 10, 60) == "自毁式疫苗…"
    assert fitted("自毁", 10, 15) == "…"
    assert fitted("自毁", 10, 9) == ""


@given(text=WORDS, size=st.floats(6, 40), room=st.floats(0, 400))
def test_what_is_fitted_has_room(text: str, size: float, room: float) -> None:
    assert text_width(fitted(text, size, room), size) <= room + 0.001


def test_lines_break_where_the_room_ends() -> None:
    assert lines_of("基础设施和公共服务", 10, 50, 2) == ("基础设施和", "公共服务")
    assert lines_of("基础设施和公共服务项目", 10, 50, 2) == ("基础设施和", "公共服务…")
    assert lines_of("基础设施", 10, 50, 2) == ("基础设施",)
    assert lines_of("", 10, 50, 2) == ()


@given(text=WORDS, size=st.floats(6, 40), room=st.floats(0, 400), most=st.integers(1, 4))
def test_lines_have_room_and_are_not_too_many(
    text: str, size: float, room: float, most: int
) -> None:
    lines = lines_of(text, size, room, most)
    assert len(lines) <= most
    assert all(text_width(line, size) <= room + 0.001 for line in lines)
