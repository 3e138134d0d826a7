"""How a wall chart fills its sheets: everybody once, nothing over the edges, large letters."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.reports.page import MM
from desktop.reports.wall_room import LEAST, LEAST_MM, MOST, SHEETS, Layout, Placed, arranged

COUNTS = st.lists(st.integers(1, 40), max_size=12)


def test_the_least_letter_is_ten_minutes_of_arc_at_two_metres() -> None:
    seen = 2000 * math.tan(math.radians(10 / 60))
    assert seen <= LEAST_MM < seen + 0.25
    assert pytest.approx(LEAST_MM * 72 / 25.4) == LEAST


def laid(counts: list[int], size: str, *, headed: bool = True) -> tuple[Layout, float, float]:
    """A layout in which every third project needs two lines."""
    area = SHEETS[size]
    height = area.depth - 50 * MM

    def tile(group: int, number: int, letter: float, width: float) -> float:
        return (7 + number % 3 // 2) * letter

    def row(group: int, number: int, letter: float, width: float) -> float:
        return (3.05 if number % 3 == 2 else 1.75) * letter

    found = arranged(counts, [headed] * len(counts), area.measure, height, tile, row)
    return found, area.measure, height


def over(one: Placed, other: Placed) -> bool:
    return (
        one.x < other.x + other.width - 0.01
        and other.x < one.x + one.width - 0.01
        and one.y < other.y + other.height - 0.01
        and other.y < one.y + one.height - 0.01
    )


@settings(deadline=None, max_examples=60)
@given(COUNTS, st.sampled_from(["A3", "A1", "A0"]), st.booleans())
def test_every_project_stands_once_within_the_sheet(
    counts: list[int], size: str, headed: bool
) -> None:
    layout, width, height = laid(counts, size, headed=headed)
    stands = [
        (one.item.group, one.item.tile)
        for sheet in layout.sheets
        for one in sheet
        if one.item.tile is not None
    ]
    assert stands == [(g, n) for g, count in enumerate(counts) for n in range(count)]
    assert LEAST - 0.001 <= layout.letter <= MOST
    for sheet in layout.sheets:
        for number, one in enumerate(sheet):
            assert one.x >= -0.01
            assert one.x + one.width <= width + 0.1
            assert one.y >= -0.01
            assert one.y + one.height <= height + 0.1
            assert not any(over(one, other) for other in sheet[number + 1 :])


@settings(deadline=None, max_examples=60)
@given(COUNTS.filter(bool), st.sampled_from(["A3", "A1"]))
def test_a_units_line_is_followed_by_its_project_and_begins_every_column(
    counts: list[int], size: str
) -> None:
    layout, _, _ = laid(counts, size)
    for sheet in layout.sheets:
        lines = [one for one in sheet if one.item.tile is None]
        for one, after in zip(sheet, [*sheet[1:], None], strict=True):
            if one.item.tile is None:
                assert after is not None
                assert (after.item.group, after.x) == (one.item.group, one.x)
                assert after.y >= one.y + one.height - 0.01
        if layout.form == "rows":
            assert {one.x for one in lines} == {one.x for one in sheet}


def test_few_projects_stand_in_tiles_and_many_in_rows_on_few_sheets() -> None:
    seen = {
        (size, units * each): laid([each] * units, size)[0]
        for size in ("A3", "A1", "A0")
        for units, each in ((4, 3), (6, 10), (20, 15), (25, 40))
    }
    assert [seen[size, 12].form for size in ("A3", "A1", "A0")] == ["rows", "tiles", "tiles"]
    sheets = {key: len(layout.sheets) for key, layout in seen.items()}
    assert [sheets["A0", count] for count in (12, 60, 300)] == [1, 1, 2]
    for count in (12, 60, 300, 1000):
        assert sheets["A3", count] >= sheets["A1", count] >= sheets["A0", count]
    assert seen["A0", 12].letter > seen["A1", 60].letter


def test_rows_come_before_tiles_where_they_are_much_easier_to_read() -> None:
    easier, _, _ = laid([5] * 4, "A1")
    assert easier.form == "rows"
    assert easier.letter > 9 * MM
    assert laid([8] * 4, "A1")[0].form == "tiles"


def test_no_projects_need_one_sheet() -> None:
    assert laid([], "A3")[0].sheets == ((),)
