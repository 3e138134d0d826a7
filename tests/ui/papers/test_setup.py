"""Which pages are meant, and what is remembered of a set-up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.papers.setup import NoSuchPages, Setup, kept, remembered, wanted


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("", (0, 1, 2, 3, 4, 5)),
        ("  ", (0, 1, 2, 3, 4, 5)),
        ("2", (1,)),
        ("1-3,5", (0, 1, 2, 4)),
        ("１－３，５", (0, 1, 2, 4)),
        ("第2页", (1,)),
        ("1 至 2、6", (0, 1, 5)),
        ("5,1-2", (4, 0, 1)),
        ("2,1-3", (1, 0, 2)),
        ("6-6", (5,)),
    ],
)
def test_pages_are_read_as_people_write_them(text: str, pages: tuple[int, ...]) -> None:
    assert wanted(text, 6) == pages


@pytest.mark.parametrize("text", ["0", "7", "3-2", "1-7", "a", "1--2", "-3", "1-2-3"])
def test_what_names_no_pages_is_refused_with_the_count(text: str) -> None:
    with pytest.raises(NoSuchPages, match="共 6 页"):
        wanted(text, 6)


@given(st.lists(st.integers(1, 50), min_size=1))
def test_each_page_comes_once(numbers: list[int]) -> None:
    found = wanted(",".join(map(str, numbers)), 50)
    assert sorted(found) == sorted({number - 1 for number in numbers})


def test_a_set_up_is_remembered_without_pages_and_copies() -> None:
    asked = Setup("惠普 1020", 3, "1-2", "long", "A4", 600)
    again = remembered(kept(asked))
    assert again == Setup("惠普 1020", 1, "", "long", "A4", 600)


@pytest.mark.parametrize("kept", [None, 3, [], {"sides": "both"}, {"copies": "x"}, {"dots": 77}])
def test_nonsense_is_forgotten(kept: object) -> None:
    assert remembered(kept) == Setup()
