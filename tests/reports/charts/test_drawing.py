"""Marks and what they cover."""

from __future__ import annotations

import pytest

from desktop.reports.charts.drawing import Box, Line, Path, Rect, Symbol, Text, placed


def test_what_marks_cover() -> None:
    assert Line(x1=5, y1=9, x2=1, y2=2).box == Box(1, 2, 5, 9)
    assert Path(points=((3, 4), (1, 9), (2, 2))).box == Box(1, 2, 3, 9)
    assert Rect(x=1, y=2, width=3, height=4).box == Box(1, 2, 4, 6)
    assert Symbol(x=5, y=5, size=4, shape="disc").box == Box(3, 3, 7, 7)


@pytest.mark.parametrize(
    ("anchor", "left", "right"), [("start", 50, 70), ("middle", 40, 60), ("end", 30, 50)]
)
def test_a_text_stands_about_its_anchor(anchor: str, left: float, right: float) -> None:
    text = Text(x=50, y=20, text="周报", size=10, anchor=anchor)  # type: ignore[arg-type]
    assert text.box == Box(left, 13.75, right, 26.25)


def test_boxes_that_only_touch_do_not_meet() -> None:
    box = Box(0, 0, 10, 10)
    assert not box.meets(Box(10, 0, 20, 10))
    assert not box.meets(Box(0, 10, 10, 20))
    assert box.meets(Box(9, 9, 20, 20))
    assert Box(1, 1, 10, 10).within(box)
    assert not Box(1, 1, 10.1, 10).within(box)


def test_the_first_place_that_is_free_is_taken() -> None:
    bounds = Box(0, 0, 100, 20)
    taken: list[Box] = []

    def at(x: float) -> Text:
        return Text(x=x, y=10, text="周报", size=10)

    assert placed([at(0)], taken, bounds) == at(0)
    assert placed([at(10), at(90), at(30)], taken, bounds) == at(30)
    assert placed([at(-1), at(81)], taken, bounds) is None
    assert len(taken) == 2
