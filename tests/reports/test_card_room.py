"""How the parts of a sheet share its height."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.card_room import Part, shared

HEIGHTS = st.tuples(st.floats(0, 200), st.floats(0, 200), st.floats(0, 200)).map(sorted)
PARTS = st.lists(HEIGHTS.map(lambda heights: Part(*heights)), max_size=6)


@given(PARTS, st.floats(0, 900))
def test_the_parts_never_take_more_than_there_is(parts: list[Part], room: float) -> None:
    heights = shared(parts, room)
    assert sum(heights) <= room + 0.001
    assert all(high <= part.most + 0.001 for high, part in zip(heights, parts, strict=True))
    if sum(part.least for part in parts) <= room:
        assert all(high >= part.least for high, part in zip(heights, parts, strict=True))


def test_what_is_left_is_shared_by_what_is_missing() -> None:
    parts = [Part(10, 30, 50), Part(20, 30, 30)]
    assert shared(parts, 45) == pytest.approx([20, 25])
    assert shared(parts, 60) == pytest.approx([30, 30])
    assert shared(parts, 70) == pytest.approx([40, 30])
    assert shared(parts, 500) == pytest.approx([50, 30])
    assert shared(parts, 15) == pytest.approx([5, 10])
