"""Places and pixels of a grid: laws that hold however columns are arranged and scrolled."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.grid.cells import Column
from desktop.ui.grid.geometry import NARROWEST, ROOM_TO_SCROLL, WIDEST, Arrangement, Geometry

NAMES = [f"c{number}" for number in range(8)]


@st.composite
def arranged(draw: st.DrawFn) -> tuple[list[Column], Arrangement]:
    """Some columns, rearranged by some of the things a person does."""
    count = draw(st.integers(1, 8))
    columns = [
        Column(name, name, width=draw(st.integers(30, 200)), frozen=draw(st.booleans()))
        for name in NAMES[:count]
    ]
    arrangement = Arrangement.first(columns)
    name = st.sampled_from(NAMES[:count])
    for _ in range(draw(st.integers(0, 6))):
        match draw(st.sampled_from(["hide", "show", "move", "end", "freeze", "free", "widen"])):
            case "hide":
                arrangement = arrangement.with_hidden(draw(name))
            case "show":
                arrangement = arrangement.with_hidden(draw(name), False)
            case "move":
                arrangement = arrangement.moved(draw(name), draw(name))
            case "end":
                arrangement = arrangement.moved(draw(name), "")
            case "freeze":
                arrangement = arrangement.frozen_up_to(draw(name))
            case "free":
                arrangement = arrangement.frozen_up_to("")
            case "widen":
                arrangement = arrangement.resized(draw(name), draw(st.integers(-5, 2000)))
    return columns, arrangement


@st.composite
def geometries(draw: st.DrawFn) -> Geometry:
    """Of some columns, scrolled somewhere."""
    columns, arrangement = draw(arranged())
    geometry = Geometry.of(
        columns,
        arrangement,
        rows=draw(st.integers(0, 200_000)),
        row_height=draw(st.integers(20, 60)),
        scale=draw(st.sampled_from([1.0, 1.15, 1.3, 1.5])),
        margin=draw(st.sampled_from([0, 37])),
        size=(draw(st.integers(120, 1400)), draw(st.integers(60, 800))),
        totals=draw(st.booleans()),
    )
    most = geometry.farthest
    return geometry.scrolled(draw(st.integers(0, most[0])), draw(st.integers(0, most[1])))


@given(arranged())
def test_every_column_keeps_its_one_place_in_the_order(
    arranged: tuple[list[Column], Arrangement],
) -> None:
    columns, arrangement = arranged
    assert sorted(arrangement.order) == [column.name for column in columns]
    assert set(arrangement.order) - arrangement.hidden
    assert 0 <= arrangement.frozen <= len(columns)
    for column in columns:
        assert NARROWEST <= arrangement.width(column) <= WIDEST


@given(arranged())
def test_an_arrangement_is_read_back_as_it_was_written(
    arranged: tuple[list[Column], Arrangement],
) -> None:
    columns, arrangement = arranged
    assert Arrangement.read(arrangement.written(), columns) == arrangement


@given(arranged(), st.sampled_from(NAMES))
def test_a_moved_column_stands_before_the_other_and_the_rest_keep_their_order(
    arranged: tuple[list[Column], Arrangement], before: str
) -> None:
    columns, arrangement = arranged
    name = columns[0].name
    ahead = before if before in arrangement.order and before != name else ""
    moved = arrangement.moved(name, ahead)
    at = moved.order.index(name)
    assert (moved.order[at + 1] if ahead else "") == ahead
    assert [n for n in moved.order if n != name] == [n for n in arrangement.order if n != name]
    if ahead:
        was_frozen = arrangement.order.index(ahead) < arrangement.frozen
        assert (at < moved.frozen) == was_frozen


def test_frozen_columns_lead_at_first() -> None:
    columns = [Column("a", "a"), Column("b", "b", frozen=True), Column("c", "c")]
    first = Arrangement.first(columns)
    assert (first.order, first.frozen) == (("b", "a", "c"), 1)


def test_a_layout_of_older_columns_is_fitted() -> None:
    columns = [Column(name, name) for name in "abcd"]
    saved = {
        "order": ["d", "gone", "b", "a"],
        "frozen": "b",
        "hidden": ["gone", "a"],
        "widths": {"b": 77, "gone": 5, "a": "wide", "d": 100_000},
    }
    read = Arrangement.read(saved, columns)
    assert read.order == ("d", "b", "c", "a")
    assert read.frozen == 2
    assert read.hidden == {"a"}
    assert read.widths == {"b": 77, "d": WIDEST}


@pytest.mark.parametrize(
    "saved",
    [{}, {"order": 7, "hidden": "a", "widths": [1], "frozen": 3}, {"order": [1, None, "a", "a"]}],
)
def test_a_layout_that_makes_no_sense_is_passed_over(saved: dict[str, object]) -> None:
    columns = [Column("a", "a", frozen=True), Column("b", "b")]
    assert Arrangement.read(saved, columns) == Arrangement.first(columns)


def test_the_last_shown_column_cannot_be_hidden() -> None:
    columns = [Column("a", "a"), Column("b", "b")]
    one = Arrangement.first(columns).with_hidden("a")
    assert one.with_hidden("b") == one
    assert Arrangement.read({"hidden": ["a", "b"]}, columns).hidden == frozenset()


@given(geometries(), st.data())
def test_a_visible_cell_is_found_again_at_every_corner_of_it(
    geometry: Geometry, data: st.DataObject
) -> None:
    rows = geometry.visible_rows()
    places = [*range(geometry.frozen), *geometry.visible_places()]
    if not rows or not places:
        return
    row, place = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(places))
    left, top, width, height = geometry.rect(row, place)
    start = geometry.frozen_edge if place >= geometry.frozen else geometry.margin
    for x in (max(left, start), min(left + width, geometry.width) - 1):
        assert geometry.place_at(x) == place
    for y in (max(top, 0), min(top + height, geometry.body_bottom) - 1):
        assert geometry.row_at(y) == row


@given(geometries(), st.integers(-50, 1500), st.integers(-50, 900))
def test_what_is_found_at_a_point_covers_the_point(geometry: Geometry, x: int, y: int) -> None:
    row, place = geometry.row_at(y), geometry.place_at(x)
    if place >= 0:
        left = geometry.left_of(place)
        assert left <= x < left + geometry.width_of(place)
        assert place in range(geometry.frozen) or place in geometry.visible_places()
    if row >= 0:
        assert row in geometry.visible_rows()
        assert row * geometry.row_height - geometry.top <= y < geometry.body_bottom
    if geometry.rows and geometry.places and geometry.body_bottom:
        near_row, near_place = geometry.nearest(x, y)
        assert 0 <= near_row < geometry.rows
        assert 0 <= near_place < geometry.places
        assert (row, place) == (near_row, near_place) or row < 0 or place < 0


@given(geometries(), st.integers(0, 3000), st.integers(0, 10**7))
def test_frozen_columns_never_move(geometry: Geometry, left: int, top: int) -> None:
    elsewhere = geometry.scrolled(left, top)
    for place in range(geometry.frozen):
        assert elsewhere.left_of(place) == geometry.left_of(place)
    for place in range(geometry.frozen, geometry.places):
        moved = elsewhere.left_of(place) - geometry.left_of(place)
        assert moved == geometry.left - elsewhere.left


@given(arranged())
def test_hidden_columns_have_no_place_and_no_width(
    arranged: tuple[list[Column], Arrangement],
) -> None:
    columns, arrangement = arranged
    geometry = Geometry.of(columns, arrangement, rows=3, row_height=30, size=(500, 300))
    shown = [columns[number].name for number in geometry.columns]
    assert shown == [name for name in arrangement.order if name not in arrangement.hidden]
    widths = [arrangement.width(columns[number]) for number in geometry.columns]
    assert geometry.lefts[-1] == sum(widths)
    for name in arrangement.hidden:
        assert geometry.place_of([column.name for column in columns].index(name)) == -1


@given(geometries())
def test_frozen_columns_leave_room_to_scroll(geometry: Geometry) -> None:
    if geometry.frozen:
        assert geometry.frozen_edge <= geometry.width * (1 - ROOM_TO_SCROLL)


@given(geometries(), st.data())
def test_showing_a_cell_brings_it_into_view_and_moves_nothing_else(
    geometry: Geometry, data: st.DataObject
) -> None:
    if not geometry.rows or geometry.body_height < geometry.row_height:
        return
    row = data.draw(st.integers(0, geometry.rows - 1))
    place = data.draw(st.integers(0, geometry.places - 1))
    there = geometry.scrolled(*geometry.to_show(row, place))
    left, top, width, height = there.rect(row, place)
    assert top >= 0
    assert top + height <= there.body_height
    if place >= geometry.frozen:
        assert left >= there.frozen_edge
        fits = width <= there.width - there.frozen_edge
        assert left + width <= there.width or (not fits and left == there.frozen_edge)
    else:
        assert there.left == geometry.left
    assert there.scrolled(*there.to_show(row, place)) == there


@given(geometries())
def test_the_totals_line_closes_the_rows_and_never_leaves_the_viewport(geometry: Geometry) -> None:
    end = geometry.rows * geometry.row_height - geometry.top
    room = geometry.height - (geometry.row_height if geometry.totals else 0)
    assert geometry.body_bottom == max(0, min(end, room))
    if geometry.top == geometry.farthest[1] and geometry.rows and room > 0:
        assert geometry.visible_rows()[-1] == geometry.rows - 1


@given(geometries(), st.integers(0, 5))
def test_an_edge_is_grasped_from_both_sides(geometry: Geometry, reach: int) -> None:
    for place in [*range(geometry.frozen), *geometry.visible_places()]:
        edge = geometry.left_of(place) + geometry.width_of(place)
        if geometry.frozen_edge + 2 * reach < edge < geometry.width - reach:
            assert geometry.border_at(edge - reach, reach) == place
            assert geometry.border_at(edge + reach, reach) == place
            assert geometry.border_at(edge - reach - 1, reach) != place


def test_a_page_keeps_one_row_in_sight() -> None:
    geometry = Geometry.of(
        [Column("a", "a")], Arrangement(("a",)), rows=100, row_height=30, size=(300, 300)
    )
    assert geometry.page == 9
