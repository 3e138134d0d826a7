"""A narrowed book: the same statements give the same answers for the few."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.ledger import checks
from desktop.ledger.narrowing import narrowed
from desktop.ledger.standing import standing_of
from desktop.ledger.workspace import Book
from tests.ledger.district import WEEK, district

NAMES = ("甲", "乙", "丙", "丁", "戊", "己", "庚")


@pytest.fixture
def made(tmp_path: Path) -> Iterator[tuple[Book, dict[str, str]]]:
    book, records = district(tmp_path / "book.yzb")
    with book:
        yield book, records


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(few=st.sets(st.sampled_from(NAMES)), week=st.sampled_from([WEEK, "2023-W10", "2023-W08"]))
def test_findings_and_lights_of_the_few_are_those_of_all(
    made: tuple[Book, dict[str, str]], few: set[str], week: str
) -> None:
    book, records = made
    chosen = {records[name] for name in few}
    findings, lights = checks.check_period(book, week), standing_of(book, week)
    with narrowed(book, chosen):
        assert checks.check_period(book, week) == [one for one in findings if one.subject in chosen]
        assert standing_of(book, week) == [one for one in lights if one.project in chosen]
    assert checks.check_period(book, week) == findings


def test_afterwards_the_book_is_whole_again(made: tuple[Book, dict[str, str]]) -> None:
    book, records = made
    with pytest.raises(ZeroDivisionError), narrowed(book, [records["甲"]]):
        assert book.connection.execute("SELECT count(*) FROM project").fetchone() == (1,)
        raise ZeroDivisionError
    assert book.connection.execute("SELECT count(*) FROM project").fetchone() == (7,)
    left = book.connection.execute("SELECT name FROM sqlite_temp_master").fetchall()
    assert left == []
