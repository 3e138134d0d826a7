"""Who sees what: whole records with their whole history, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import audience, workspace
from desktop.ledger.entry import AUTHORED, canonical, identity
from desktop.ledger.workspace import Book

RECORD, REGISTER = AUTHORED.index("record"), AUTHORED.index("register")


class Office:
    """A district with two townships and a department, one project each."""

    def __init__(self, book: Book) -> None:
        self.book = book
        with book.batch("create") as batch:
            self.one, self.two = (
                batch.create("unit", {"name": name, "level": "township", "above": book.unit})
                for name in ("大刘镇", "问十乡")
            )
            self.department = batch.create(
                "unit",
                {
                    "name": "区工信局",
                    "aliases": "工信局",
                    "level": "department",
                    "above": book.unit,
                },
            )
            self.first, self.second = (
                batch.create("project", {"name": f"{unit}项目", "unit": unit})
                for unit in (self.one, self.two)
            )
            self.week = batch.create(
                "weekly", {"project": self.first, "period": "2023-W09", "completed_week": 5}
            )
            self.problem = batch.create(
                "problem",
                {"project": self.first, "problem": "未接电", "responsible_unit": "工信局"},
            )
            self.meeting = batch.create("meeting", {"name": "例会", "held_on": "2023-03-03"})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with workspace.create(tmp_path / "d.yzb", "源汇区") as book:
        yield Office(book)


def test_a_township_sees_its_own_and_not_its_neighbours(office: Office) -> None:
    seen = audience.visible(office.book, office.one)
    assert {office.first, office.week, office.problem} <= seen
    assert office.second not in seen
    assert {office.one, office.two} <= seen, "the tree of units goes to all"


def test_the_district_sees_all_but_what_is_local(office: Office) -> None:
    seen = audience.visible(office.book, office.book.unit)
    assert {office.first, office.second, office.week, office.problem} <= seen
    assert office.meeting not in seen, "meetings are local"
    assert not {row["record"] for row in office.book.rows("book")} & seen


def test_a_department_sees_the_item_that_names_it_by_any_of_its_names(office: Office) -> None:
    seen = audience.visible(office.book, office.department)
    assert office.problem in seen
    assert not {office.first, office.week, office.second} & seen


def test_a_record_travels_with_its_whole_history_and_in_order(office: Office) -> None:
    with office.book.batch("change") as batch:
        batch.change("weekly", office.week, {"completed_week": 6})
    with office.book.batch("remove") as batch:
        batch.remove("weekly", office.week)
    entries = audience.entries(office.book, office.one)
    of_week = [columns for columns in entries if columns[RECORD] == office.week]
    assert len(of_week) == 3
    seen: set[str] = set()
    for columns in entries:
        assert set(_parents(columns)) <= seen
        seen.add(identity(canonical(columns)))


def test_what_is_known_does_not_travel_again(office: Office) -> None:
    everything = audience.entries(office.book, office.one)
    known = frozenset(identity(canonical(columns)) for columns in everything)
    assert audience.entries(office.book, office.one, known) == []
    with office.book.batch("change") as batch:
        batch.change("weekly", office.week, {"completed_week": 7})
    (fresh,) = audience.entries(office.book, office.one, known)
    assert fresh[RECORD] == office.week


def test_a_project_that_moves_to_another_unit_is_seen_there_with_its_ledger(office: Office) -> None:
    with office.book.batch("change") as batch:
        batch.change("project", office.first, {"unit": office.two})
    assert {office.first, office.week, office.problem} <= audience.visible(office.book, office.two)
    assert office.week not in audience.visible(office.book, office.one)


def _parents(columns: tuple[Any, ...]) -> list[str]:
    parents: str = columns[AUTHORED.index("parents")]
    return parents.split()
