"""Pages under one another: nothing overlaps, the place is kept, what is seen is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.papers.pdf import Size
from desktop.ui.papers.stack import BETWEEN, EDGE, FULL, MOST, WIDEST, Stack, Zoom, stepped

A4, LYING = Size(595.28, 841.89), Size(841.89, 595.28)
SIZES = st.lists(st.sampled_from([A4, LYING, Size(841.89, 1190.55)]), min_size=1, max_size=40)
ZOOMS: st.SearchStrategy[Zoom] = st.one_of(
    st.sampled_from(["width", "page"]), st.floats(0.05, 9, allow_nan=False)
)
VIEWS = st.tuples(st.integers(200, 2000), st.integers(150, 1500))


@given(SIZES, ZOOMS, VIEWS)
def test_pages_lie_apart_and_within(sizes: list[Size], zoom: Zoom, view: tuple[int, int]) -> None:
    stack = Stack(sizes, zoom, view)
    for one, after in zip(stack.spots, stack.spots[1:], strict=False):
        assert after.top == one.top + one.height + BETWEEN
    last = stack.spots[-1]
    assert stack.height == last.top + last.height + EDGE
    assert all(spot.left >= EDGE or stack.width > view[0] for spot in stack.spots)
    assert all(spot.left + spot.width <= max(stack.width, view[0]) for spot in stack.spots)


@given(SIZES, VIEWS)
def test_fitting_fits(sizes: list[Size], view: tuple[int, int]) -> None:
    for spot in Stack(sizes, "width", view).spots:
        assert spot.width <= view[0] - 2 * EDGE + 1 or spot.scale == pytest.approx(0.25 * FULL)
        assert spot.scale <= WIDEST
    for spot in Stack(sizes, "page", view).spots:
        assert spot.height <= view[1] - 2 * EDGE + 1 or spot.scale == pytest.approx(0.25 * FULL)


@given(SIZES, ZOOMS, VIEWS, st.integers(0, 60_000), st.integers(1, 1500))
def test_what_is_seen_is_what_crosses_the_view(
    sizes: list[Size], zoom: Zoom, view: tuple[int, int], top: int, deep: int
) -> None:
    stack = Stack(sizes, zoom, view)
    crossing = [
        page
        for page, spot in enumerate(stack.spots)
        if spot.top <= top + deep and spot.top + spot.height >= top
    ]
    assert list(stack.seen(top, top + deep)) == crossing


@given(SIZES, ZOOMS, ZOOMS, VIEWS, st.integers(0, 9_000))
def test_a_place_is_kept_from_zoom_to_zoom(
    sizes: list[Size], zoom: Zoom, other: Zoom, view: tuple[int, int], y: int
) -> None:
    stack, later = Stack(sizes, zoom, view), Stack(sizes, other, view)
    page, share = stack.share(y)
    assert stack.height_of(page, share) == y
    spot = later.spots[page]
    assert later.height_of(page, share) == round(spot.top + share * spot.height)


def test_without_pages_there_is_no_height() -> None:
    stack = Stack((), "width", (800, 600))
    assert (stack.height, stack.share(10), list(stack.seen(0, 600))) == (0, (0, 0.0), [])


def test_steps_go_up_and_down_and_end() -> None:
    assert stepped(FULL, 1) == pytest.approx(1.25 * FULL)
    assert stepped(FULL, -1) == pytest.approx(0.75 * FULL)
    assert stepped(1.1 * FULL, -1) == pytest.approx(FULL)
    assert stepped(MOST, 1) == pytest.approx(MOST)
    assert stepped(0.1, -1) == pytest.approx(0.25 * FULL)
