"""Conditions on columns: every one can be asked in every way that is offered for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.workspace import Book
from desktop.ui.grid import asking, reading
from desktop.ui.grid.filtering import WAYS, Asked, Condition, ways
from tests.ledger.district import district
from tests.ui.grid.sheets import sheet

#: A value that a condition may hold, by the kind of its column.
VALUES: dict[str, Any] = {
    "money": 1,
    "integer": 1,
    "number": 1.0,
    "percent": 0.5,
    "flag": 1,
    "date": "2023-03-01",
    "month": "2023-03",
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made, _ = district(tmp_path / "book.yzb")
    with made:
        yield made


@pytest.mark.parametrize("register", ["weekly", "problem", "project", "target"])
def test_every_column_can_be_asked_and_sorted(book: Book, register: str) -> None:
    of = sheet(book, register)
    every = set(reading.keys(book, of, Asked()))
    for placed in of.placed:
        kind = placed.field.type
        assert ways(kind), placed.name
        for how in ways(kind):
            value = None if how in ("empty", "filled") else VALUES.get(kind, "在")
            asked = Asked(conditions=(Condition(placed.name, how, value),))
            assert set(reading.keys(book, of, asked)) <= every
        for descending in (False, True):
            asked = Asked(sort=placed.name, descending=descending)
            assert set(reading.keys(book, of, asked)) == every


@pytest.mark.parametrize("register", ["weekly", "problem", "project"])
def test_a_column_is_empty_or_filled(book: Book, register: str) -> None:
    of = sheet(book, register)
    every = set(reading.keys(book, of, Asked()))
    for placed in of.placed:
        empty, filled = (
            set(reading.keys(book, of, Asked(conditions=(Condition(placed.name, how),))))
            for how in ("empty", "filled")
        )
        assert empty | filled == every
        assert not empty & filled


def test_asked_narrows_only_when_rows_may_be_left_out() -> None:
    assert not Asked(sort="name", descending=True).narrows
    assert not Asked(text="  ").narrows
    assert Asked(text="甲").narrows
    assert Asked(only=frozenset()).narrows
    assert Asked(lights=("red",)).narrows
    assert Asked(conditions=(Condition("name", "filled"),)).narrows


_CONDITIONS = st.builds(
    Condition,
    st.text("abc", min_size=1, max_size=3),
    st.sampled_from(sorted(WAYS)),
    st.one_of(st.none(), st.integers(-9, 9), st.text(max_size=3)),
)
_ASKED = st.builds(
    Asked,
    text=st.text(max_size=3),
    conditions=st.lists(_CONDITIONS, max_size=3).map(tuple),
    lights=st.sampled_from([(), ("red",)]),
    sort=st.text("abc", max_size=3),
    descending=st.booleans(),
)


@given(_ASKED)
def test_what_is_remembered_is_asked_again(asked: Asked) -> None:
    assert asking.read(asking.written(asked)) == asked


@pytest.mark.parametrize(
    "kept", [None, [], {"conditions": [1, ["a"], ["a", "never", 1]]}, {"lights": "red"}]
)
def test_what_is_not_understood_is_left_out(kept: Any) -> None:
    assert asking.read(kept) == Asked()
