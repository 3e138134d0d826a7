"""Proposals become letters once, each unit and kind one letter, all as one act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger import escalation_writing
from desktop.ledger.escalation import proposals
from desktop.ledger.undo import undo
from tests.ledger.district import district
from tests.ledger.test_escalation import ONE, Month, last_in

ON, DUE = date(2023, 4, 6), date(2023, 4, 13)


@pytest.fixture
def month(tmp_path: Path) -> Iterator[Month]:
    book, records = district(tmp_path / "district.yzb", profile=tmp_path / "profile")
    with book:
        made = Month(book, records)
        made.fill(last_in(1, 2, 3), task=1000)
        yield made


def letters(month: Month) -> list[tuple[str, str, str]]:
    rows = month.book.connection.execute(
        "SELECT unit, kind, number FROM letter WHERE removed = 0 ORDER BY rowid"
    )
    return [(unit, kind, number) for unit, kind, number in rows]


def test_what_is_proposed_and_not_yet_written_is_open(month: Month) -> None:
    found = escalation_writing.advised(month.book, "2023-03")
    assert [one.proposal for one in found] == proposals(month.book, "2023-03")
    assert all(one.by_circular == (one.kind == "通报") for one in found)
    assert [one.kind for one in found if one.open and one.proposal.unit_name == ONE].count(
        "约谈通知"
    ) == 1
    assert not any(one.open for one in found if one.by_circular)


def test_each_unit_and_kind_is_one_letter_with_a_number_of_its_own(month: Month) -> None:
    found = escalation_writing.advised(month.book, "2023-03")
    wanted = [one.proposal for one in found]
    before = month.book.journal.position
    made = escalation_writing.write(month.book, wanted, ON, DUE)
    pairs = {(one.proposal.unit, one.kind) for one in found if not one.by_circular}
    assert len(made) == len(pairs) > 1
    assert {(unit, kind) for unit, kind, _ in letters(month)} == pairs
    numbers = [number for _, _, number in letters(month)]
    assert len(set(numbers)) == len(numbers)
    acts = month.book.connection.execute(
        "SELECT count(DISTINCT batch) FROM journal WHERE position > ?", (before,)
    ).fetchone()
    assert acts == (1,)
    due = month.book.connection.execute("SELECT DISTINCT issued_on, due FROM letter").fetchall()
    assert [tuple(one) for one in due] == [("2023-04-06", "2023-04-13")]


def test_a_written_letter_is_known_again_and_not_written_twice(month: Month) -> None:
    found = escalation_writing.advised(month.book, "2023-03")
    made = escalation_writing.write(month.book, [one.proposal for one in found], ON)
    again = escalation_writing.advised(month.book, "2023-03")
    assert not any(one.open for one in again)
    assert {one.letter for one in again if one.letter} == set(made)
    wanted = [one.proposal for one in again if one.open]
    assert escalation_writing.write(month.book, wanted, ON) == ()
    undo(month.book)
    assert any(one.open for one in escalation_writing.advised(month.book, "2023-03"))
