"""Holdings: ranges are sets, said shortly."""

from __future__ import annotations

from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange import holdings
from desktop.exchange.payload import Holdings

Sets = dict[str, set[int]]
sets: st.SearchStrategy[Sets] = st.dictionaries(
    st.sampled_from(["a", "b", "c"]), st.sets(st.integers(1, 30), min_size=1), max_size=3
)


def name(author: str, number: int) -> str:
    return sha256(f"{author} {number}".encode()).hexdigest()


def held(sets: Sets) -> Holdings:
    return holdings.of(
        (author, number, name(author, number))
        for author, numbers in sets.items()
        for number in numbers
    )


def pairs(sets: Sets) -> set[tuple[str, int]]:
    return {(author, number) for author, numbers in sets.items() for number in numbers}


@given(st.sets(st.integers(1, 40)))
def test_ranges_hold_exactly_the_numbers_sorted_and_apart(numbers: set[int]) -> None:
    found = holdings.ranges(numbers)
    assert [n for first, last in found for n in range(first, last + 1)] == sorted(numbers)
    assert all(one[1] + 1 < other[0] for one, other in pairwise(found))


def test_numbers_without_gap_are_one_range() -> None:
    assert holdings.ranges([3, 1, 2, 2, 5]) == ((1, 3), (5, 5))
    assert holdings.ranges([]) == ()


@given(sets)
def test_covers_is_membership(sets: Sets) -> None:
    found = held(sets)
    for author in "abcd":
        for number in range(32):
            assert holdings.covers(found, author, number) == (number in sets.get(author, ()))


@given(sets, st.randoms())
def test_the_digest_knows_the_set_and_not_its_order(sets: Sets, random: object) -> None:
    entries = [(author, number, name(author, number)) for author, number in sorted(pairs(sets))]
    once = holdings.of(entries)
    random.shuffle(entries)  # type: ignore[attr-defined]
    assert holdings.of(entries + entries[:2]) == once
    assert once.count == len(entries)
    digits = "".join(sorted(identity for _, _, identity in entries))
    assert once.digest == sha256(digits.encode()).hexdigest()


def test_the_same_numbers_with_another_content_have_another_digest() -> None:
    one, other = (holdings.of([("a", 1, digit * 64)]) for digit in "12")
    assert one.authors == other.authors
    assert one.digest != other.digest


@given(st.lists(sets, max_size=4))
def test_the_intersection_is_what_all_hold(several: list[Sets]) -> None:
    found = holdings.intersection(held(sets) for sets in several)
    common = set.intersection(*map(pairs, several)) if several else set()
    covered = {
        (author, number)
        for author in "abc"
        for number in range(32)
        if holdings.covers(found, author, number)
    }
    assert covered == common
    assert found.count == len(common)
    assert all(found.authors.values())
    assert found.digest == ""


@pytest.mark.parametrize("end", [2**40, 2**63 - 1])
def test_a_giant_range_costs_nothing(end: int) -> None:
    giant = Holdings({"a": ((1, end),)}, end, "0" * 64)
    small = held({"a": {2, 3}, "b": {1}})
    assert holdings.intersection([giant, small]).authors == {"a": ((2, 3),)}
    assert holdings.covers(giant, "a", end)
    assert not holdings.covers(giant, "a", end + 1)
