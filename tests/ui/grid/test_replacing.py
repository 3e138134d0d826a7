"""Find and replace: what is found, in which order, and what would stand there afterwards."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.grid.replacing import Search, find, following, replacements

CELLS = (
    (("主体施工", "主体施工"), ("1,200", "1200")),
    (("Ａ区主体", "Ａ区主体"), ("96.25", "96.25")),
    (("", ""), ("12", "12")),
)


def texts(row: int, column: int) -> tuple[str, str]:
    return CELLS[row][column]


def test_a_figure_is_found_as_shown_and_as_typed() -> None:
    assert list(find(Search("1,2"), range(3), (0, 1), texts)) == [(0, 1)]
    assert list(find(Search("120"), range(3), (0, 1), texts)) == [(0, 1)]
    assert list(find(Search("12"), range(3), (0, 1), texts)) == [(0, 1), (2, 1)]
    assert list(find(Search("12", whole=True), range(3), (0, 1), texts)) == [(2, 1)]


def test_width_and_case_make_no_difference() -> None:
    assert list(find(Search("a区"), range(3), (0, 1), texts)) == [(1, 0)]
    assert Search("A区").replaced("Ａ区主体", "B区") == "B区主体"
    assert Search("ａ").replaced("aA", "x") == "xx"


def test_nothing_is_found_without_a_text() -> None:
    assert list(find(Search(""), range(3), (0, 1), texts)) == []


def test_the_search_goes_round_in_both_directions() -> None:
    there = [(0, 0), (1, 0)]
    search = Search("主体")
    assert following(search, (0, 0), 3, (0, 1), texts) == there[1]
    assert following(search, (1, 0), 3, (0, 1), texts) == there[0]
    assert following(search, (0, 0), 3, (0, 1), texts, backwards=True) == there[1]
    assert following(search, (-1, -1), 3, (0, 1), texts) is not None
    assert following(Search("无此字"), (0, 0), 3, (0, 1), texts) is None
    assert following(search, (0, 0), 0, (0, 1), texts) is None


def test_columns_are_searched_in_the_order_in_which_they_stand() -> None:
    both = Search("1")
    assert following(both, (2, 1), 3, (1, 0), texts) == (0, 1)


def test_only_what_can_be_filled_is_replaced() -> None:
    found = replacements(Search("主体"), "基础", range(3), (0, 1), texts, lambda row, _c: row != 1)
    assert found == [(0, 0, "基础施工")]


def test_replacing_takes_the_replacement_as_it_is() -> None:
    assert Search("a").replaced("a", r"\1") == r"\1"
    assert Search(".").replaced("1.5", "点") == "1点5"


def test_replacing_the_whole_cell() -> None:
    assert Search("12", whole=True).replaced("12", "0") == "0"
    assert Search("12", whole=True).replaced("120", "0") is None


@given(st.text("ab1Ａ，.", max_size=8), st.text("abＡ", min_size=1, max_size=2))
def test_what_is_replaced_was_found_and_is_gone(typed: str, wanted: str) -> None:
    search = Search(wanted)
    changed = search.replaced(typed, "※")
    assert (changed is not None) == search.fits(typed, typed)
    if changed is not None:
        assert "※" in changed
        assert not search.fits(changed, changed)
