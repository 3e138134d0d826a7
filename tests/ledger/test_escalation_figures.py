"""Places and streaks: equals share, nobody is last where all are equal, a gap ends a streak."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.escalation_figures import (
    NotAMonth,
    Place,
    UnitMonth,
    month_of,
    places,
    streak,
)
from desktop.ledger.periods import NoSuchPeriod, Period

MARCH = Period("month", 2023, 3)
SHARES = st.dictionaries(
    st.text("甲乙丙丁戊己庚", min_size=1, max_size=2),
    st.none() | st.fractions(-1, 2, max_denominator=6),
    max_size=12,
)


def test_equals_share_a_place_and_the_next_rank_is_skipped() -> None:
    shares = {"甲": 2, "乙": 1, "丙": 2, "丁": 1, "戊": 3}
    assert places({unit: Fraction(share) for unit, share in shares.items()}) == {
        "戊": Place(1, 5, last=False, shared=False),
        "甲": Place(2, 5, last=False, shared=True),
        "丙": Place(2, 5, last=False, shared=True),
        "乙": Place(4, 5, last=True, shared=True),
        "丁": Place(4, 5, last=True, shared=True),
    }


def test_too_few_or_all_equal_are_not_ranked() -> None:
    two = {"甲": Fraction(1), "乙": Fraction(2), "丙": None}
    assert places(two, 3) == {}
    assert set(places(two, 2)) == {"甲", "乙"}
    assert places({"甲": Fraction(1), "乙": Fraction(1), "丙": Fraction(1)}) == {}
    assert places({}) == {}


@given(SHARES, st.integers(2, 4))
def test_a_place_counts_who_is_better_and_the_last_are_the_lowest(
    shares: dict[str, Fraction | None], least: int
) -> None:
    found = places(shares, least)
    ranked = {unit: share for unit, share in shares.items() if share is not None}
    if len(ranked) < least or len(set(ranked.values())) < 2:
        assert found == {}
        return
    assert found.keys() == ranked.keys()
    for unit, place in found.items():
        assert place.rank == 1 + sum(share > ranked[unit] for share in ranked.values())
        assert place.last == all(share >= ranked[unit] for share in ranked.values())
        assert place.shared == (list(ranked.values()).count(ranked[unit]) > 1)
        assert place.of == len(ranked)
    assert any(place.last for place in found.values())
    assert any(place.rank == 1 and not place.last for place in found.values())


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_a_streak_is_the_longest_row_that_ends_with_the_month(held: list[bool]) -> None:
    months = [Period("month", 2021, 11)]
    while len(months) < len(held):
        months.append(months[-1].next())
    holding = {month for month, holds in zip(months, held, strict=True) if holds}
    found = streak(holding.__contains__, months[-1])
    expected = 0
    for holds in reversed(held):
        if not holds:
            break
        expected += 1
    assert list(found) == months[len(months) - expected :]


def test_a_streak_crosses_new_year_and_ends_somewhere() -> None:
    three = (Period("month", 2022, 12), Period("month", 2023, 1))
    assert streak(three.__contains__, three[-1]) == three
    assert len(streak(lambda _: True, MARCH, most=7)) == 7
    assert streak(lambda _: True, Period("month", 1950, 2))[0] == Period("month", 1950, 1)


@pytest.mark.parametrize(
    ("completed", "last_year", "growth"),
    [
        (110, 100, Fraction(1, 10)),
        (0, 100, Fraction(-1)),
        (100, None, None),
        (100, 0, None),
        (100, -5, None),
        (None, 100, None),
    ],
)
def test_there_is_no_growth_without_last_years_figure(
    completed: int | None, last_year: int | None, growth: Fraction | None
) -> None:
    assert UnitMonth(completed, last_year, None).growth == growth


def test_there_is_no_completion_without_a_task() -> None:
    assert UnitMonth(50, None, 200).completion == Fraction(1, 4)
    assert UnitMonth(50, None, None).completion is None
    assert UnitMonth(50, None, 0).completion is None
    assert UnitMonth(None, None, 200).completion is None


def test_only_months_are_judged() -> None:
    assert month_of("2023年3月") == MARCH
    assert month_of(MARCH) == MARCH
    with pytest.raises(NotAMonth, match="2023年第9周不是一个月"):
        month_of("2023-W09")
    with pytest.raises(NoSuchPeriod):
        month_of("2023-13")
