"""How many lines a cell's text needs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.sheets.writing.drawing import lines_of

SIGNS = st.sampled_from(["中", "㙍", "𬭎", "a", "1", "，", " ", "\n"])


@given(st.lists(SIGNS, max_size=60).map("".join), st.integers(1, 40))
def test_every_line_of_a_text_is_counted_by_its_half_width_signs(text: str, width: int) -> None:
    room = max(2, width - 1)
    lines = [len(part.encode("gbk", "replace")) for part in text.split("\n")]
    assert lines_of(text, width) == sum(max(1, math.ceil(signs / room)) for signs in lines)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [("", 4, 1), ("四个汉字", 9, 1), ("四个汉字", 8, 2), ("ab\ncd", 9, 2), ("12345678", 9, 1)],
)
def test_a_sign_of_chinese_takes_two(text: str, width: int, lines: int) -> None:
    assert lines_of(text, width) == lines
