"""Who sees what: whole records with their whole history, or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import aside, audience, marks, merging, undo, workspace
from desktop.ledger.entry import AUTHORED, canonical, identity, json_text
from desktop.ledger.workspace import Book
from tests.ledger.books import change, clean, reopened, send, value
from tests.ledger.test_aside import since, take_in

RECORD, REGISTER = AUTHORED.index("record"), AUTHORED.index("register")


class Office:
    """A district with two townships and a department, one project each."""

    def __init__(self, book: Book) -> None:
        self.book = book
        with book.batch("create") as batch:
            self.one, self.two, self.three = (
                batch.create("unit", {"name": name, "level": "township", "above": book.unit})
                for name in ("大刘镇", "问十乡", "空冢郭镇")
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
            self.decision = batch.create("decision", {"meeting": self.meeting, "matter": "供电"})


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(workspace.create(tmp_path / "d.yzb", "源汇区"))
    yield office
    office.book.close()


def test_a_township_sees_its_own_and_not_its_neighbours(office: Office) -> None:
    seen = audience.visible(office.book, office.one)
    assert {office.first, office.week, office.problem} <= seen
    assert office.second not in seen
    assert {office.one, office.two} <= seen, "the tree of units goes to all"


def test_the_district_sees_all_but_what_is_local(office: Office) -> None:
    seen = audience.visible(office.book, office.book.unit)
    assert {office.first, office.second, office.week, office.problem} <= seen
    assert office.meeting not in seen, "meetings stay in their unit"
    assert not {row["record"] for row in office.book.rows("book")} & seen


def test_a_department_sees_the_item_that_names_it_by_any_of_its_names(office: Office) -> None:
    seen = audience.visible(office.book, office.department)
    assert office.problem in seen
    assert not {office.week, office.second} & seen


def test_with_an_item_its_project_travels_but_not_what_else_hangs_there(office: Office) -> None:
    """A department cannot read an item without its project; the weekly rows are none of its."""
    change(office.book, "project", office.first, remark="二期")
    of_project = [line.identity for line in office.book.journal.of_record(office.first)]
    lines = audience.lines(office.book, office.department)
    assert [line.identity for line in lines if line.entry.record == office.first] == of_project
    change(office.book, "problem", office.problem, responsible_unit="外省某局")
    assert office.first not in audience.visible(office.book, office.department)


@pytest.mark.parametrize("text", ["区工信局", "区发改委、工信局", "区发改委，区工信局"])
def test_a_field_may_name_several_units(office: Office, text: str) -> None:
    change(office.book, "problem", office.problem, responsible_unit=text)
    assert office.problem in audience.visible(office.book, office.department)


def test_an_answer_to_a_decision_finds_its_way_up(office: Office, tmp_path: Path) -> None:
    """The meeting stays in the district: whose the decision is, only the fields say."""
    change(office.book, "decision", office.decision, responsible_unit="问十乡")
    with opened(office, office.two, tmp_path) as township:
        assert not township.rows("meeting")
        change(township, "decision", office.decision, feedback="已协调")
        merging.receive(office.book, audience.entries(township, office.book.unit), "report")
    assert value(office.book, "decision", office.decision, "feedback") == "已协调"
    assert office.decision not in audience.visible(office.book, office.one)


def test_what_is_the_units_own_goes_to_its_other_pcs_alone(office: Office) -> None:
    partner = made(office.book, "partner", unit=office.one, epoch=1)
    sent = made(office.book, "sent", unit=office.one, number=1)
    for unit in (office.book.unit, office.one, office.department):
        assert not {partner, sent, office.meeting} & audience.visible(office.book, unit)
        assert not {partner, sent, office.meeting} & records_of(office.book, unit)
    among = {line.entry.record for line in audience.shared(office.book)}
    assert {partner, office.meeting, office.first, office.week} <= among
    assert sent not in among
    assert not {row["record"] for row in office.book.rows("book")} & among


def test_what_waits_for_a_scheme_still_to_come_is_shared(office: Office) -> None:
    lines = list(office.book.journal.lines())
    template = list(lines[-1].authored)
    for name, fields in (("author", "z" * 12), ("register", "land"), ("record", "e" * 32)):
        template[AUTHORED.index(name)] = fields
    merging.receive(office.book, [tuple(template)], "share")
    assert audience.shared(office.book)[-1].entry.register == "land"
    assert audience.lines(office.book, office.one)[-1].entry.register != "land"
    template[AUTHORED.index("number")] += 1
    office.book.journal.append(tuple(template))
    shared = [line.entry for line in audience.shared(office.book) if line.entry.register == "land"]
    assert len(shared) == 1, "what was written here of it may have been local"


def test_whose_unit_is_in_conflict_is_seen_by_every_side(office: Office, tmp_path: Path) -> None:
    """Else the side that is not shown would keep for ever what is no longer its own."""
    with second_pc(office, tmp_path) as other:
        change(office.book, "project", office.first, unit=office.two)
        change(other, "project", office.first, unit=office.three)
        send(other, office.book)
    assert value(office.book, "project", office.first, "unit") in (office.two, office.three)
    for unit in (office.two, office.three):
        assert {office.first, office.week, office.problem} <= audience.visible(office.book, unit)
    assert office.first not in audience.visible(office.book, office.one)
    change(office.book, "project", office.first, unit=office.two)
    decided = list(office.book.journal.lines())[-1].identity
    for unit in (office.one, office.two, office.three):
        seen = {line.identity for line in audience.lines(office.book, unit)}
        assert (decided in seen) == (unit != office.one)


def test_a_conflict_that_is_opened_again_is_seen_by_every_side(
    office: Office, tmp_path: Path
) -> None:
    with second_pc(office, tmp_path) as other:
        change(office.book, "project", office.first, unit=office.two)
        change(other, "project", office.first, unit=office.three)
        send(other, office.book)
    change(office.book, "project", office.first, unit=office.two)
    undo.undo(office.book)
    for unit in (office.two, office.three):
        assert office.week in audience.visible(office.book, unit)
    (back,) = written(office.book, "project", office.first, unit=office.one)
    for unit in (office.one, office.two, office.three):
        assert back in identities(office.book, unit)
        assert audience.ever_visible(office.book, "weekly", office.week, unit)


def test_units_that_were_taken_away_keep_their_place_in_the_tree(office: Office) -> None:
    with office.book.batch("remove") as batch:
        batch.change("project", office.second, {"unit": office.one})
        batch.remove("unit", office.two)
    assert office.two in audience.below(office.book, office.book.unit)
    assert audience.above(office.book, office.two) == office.book.unit
    assert audience.above(office.book, office.book.unit) is None
    assert audience.above(office.book, "nobody") is None


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


# Departures --------------------------------------------------------------------------------------


def test_the_entry_that_takes_a_project_away_still_travels_and_nothing_after(
    office: Office,
) -> None:
    book, unit = office.book, office.one
    change(book, "project", office.first, remark="还在大刘镇")
    before = identities(book, unit)
    (away,) = written(book, "project", office.first, unit=office.two)
    later = written(book, "project", office.first, remark="已在问十乡")
    later += written(book, "weekly", office.week, completed_week=9)
    assert office.first not in audience.visible(book, unit)
    after = identities(book, unit)
    assert {entry for entry in before if of(book, entry) == office.first} <= after
    assert away in after
    assert not after.intersection(later)
    assert office.week not in records_of(book, unit)
    assert office.problem not in records_of(book, unit)
    change(book, "project", office.first, unit=office.one)
    assert after | set(later) < identities(book, unit), "come back, with its whole history"


def test_a_township_learns_that_its_project_moved(office: Office, tmp_path: Path) -> None:
    with opened(office, office.one, tmp_path) as township:
        change(township, "project", office.first, remark="镇里写的")
        merging.receive(office.book, audience.entries(township, office.book.unit), "report")
        change(office.book, "project", office.first, unit=office.two)
        change(office.book, "project", office.first, remark="区里写的")
        merging.receive(township, audience.entries(office.book, office.one), "task")
        assert value(township, "project", office.first, "unit") == office.two
        assert value(township, "project", office.first, "remark") == "镇里写的"
        assert value(township, "weekly", office.week, "completed_week") == 5
        assert clean(township)


def test_what_was_written_elsewhere_while_it_moved_away_travels_too(
    office: Office, tmp_path: Path
) -> None:
    """Both writers saw the project as the township's, so both wrote for its eyes."""
    with second_pc(office, tmp_path) as other:
        (beside,) = written(other, "project", office.first, remark="同时")
        (away,) = written(office.book, "project", office.first, unit=office.two)
        send(other, office.book)
    assert {beside, away} <= identities(office.book, office.one)


def test_an_item_that_is_handed_to_another_department_says_so(office: Office) -> None:
    book = office.book
    (away,) = written(book, "problem", office.problem, responsible_unit="某某公司")
    (later,) = written(book, "problem", office.problem, responsible_unit="大刘镇")
    seen = identities(book, office.department)
    assert away in seen
    assert later not in seen
    assert {away, later} <= identities(book, office.one)


def test_what_is_set_aside_takes_nothing_away(office: Office, tmp_path: Path) -> None:
    with second_pc(office, tmp_path) as other:
        start = other.journal.position
        (away,) = written(other, "project", office.first, unit=office.two)
        (there,) = written(other, "project", office.first, remark="已在问十乡")
        take_in(office.book, since(other, start), "a" * 64)
    for unit, expected in ((office.one, {away}), (office.two, {away, there})):
        seen = identities(office.book, unit, marks.passed_over(office.book))
        assert seen & {away, there} == expected
    aside.set_aside(office.book, "a" * 64)
    passed = marks.passed_over(office.book)
    assert passed == {away, there}
    assert office.week in records_of(office.book, office.one)
    assert not identities(office.book, office.one, passed) & passed
    assert office.first not in records_of(office.book, office.two, passed)
    assert not {line.identity for line in audience.shared(office.book, passed)} & passed


def test_a_foreign_record_under_the_number_of_ones_own_is_not_let_out(office: Office) -> None:
    """Two registers may hold the same number only by design of somebody who wants to see."""
    forged = list(next(iter(office.book.journal.of_record(office.week))).authored)
    forged[AUTHORED.index("author")] = "z" * 12
    forged[AUTHORED.index("register")] = "problem"
    forged[AUTHORED.index("fields")] = json_text({"project": office.second, "problem": "偷看"})
    merging.receive(office.book, [tuple(forged)], "report")
    seen = [line.entry for line in audience.lines(office.book, office.two)]
    assert {entry.register for entry in seen if entry.record == office.week} == {"problem"}


def test_who_ever_saw_a_record_may_have_written_in_it(office: Office) -> None:
    book = office.book
    for register, record in (
        ("project", office.first),
        ("weekly", office.week),
        ("problem", office.problem),
    ):
        assert audience.ever_visible(book, register, record, office.one)
        assert audience.ever_visible(book, register, record, book.unit)
        assert not audience.ever_visible(book, register, record, office.two)
        assert audience.ever_visible(book, register, record, office.department) == (
            register == "problem"
        ), "the project of its item is there for reading"
    change(book, "project", office.first, unit=office.two)
    change(book, "project", office.first, unit=office.three)
    for register, record in (("project", office.first), ("weekly", office.week)):
        for unit in (office.one, office.two, office.three):
            assert audience.ever_visible(book, register, record, unit)
    assert audience.ever_visible(book, "unit", office.one, office.two), "units are for all"
    assert not audience.ever_visible(book, "meeting", office.meeting, office.one)
    assert audience.ever_visible(book, "meeting", office.meeting, book.unit)
    assert not audience.ever_visible(book, "sent", made(book, "sent", number=1), book.unit)
    assert not audience.ever_visible(book, "project", "e" * 32, book.unit)
    assert not audience.ever_visible(book, "nothing", office.first, book.unit)


# What the tests ask ------------------------------------------------------------------------------


def made(book: Book, register: str, **fields: Any) -> str:
    with book.batch("create") as batch:
        return batch.create(register, {"unit": book.unit, **fields})


def written(book: Book, register: str, record: str, **fields: Any) -> list[str]:
    """Change a record; the entries that this wrote."""
    start = book.journal.position
    change(book, register, record, **fields)
    return [line.identity for line in book.journal.lines() if line.position > start]


def identities(book: Book, unit: str, without: frozenset[str] = frozenset()) -> set[str]:
    """The entries that ``unit`` may have."""
    return {line.identity for line in audience.lines(book, unit, without)}


def records_of(book: Book, unit: str, without: frozenset[str] = frozenset()) -> set[str]:
    """The records that ``unit`` gets anything of."""
    return {line.entry.record for line in audience.lines(book, unit, without)}


def of(book: Book, entry: str) -> str:
    """The record that an entry is of."""
    return next(line.entry.record for line in book.journal.lines() if line.identity == entry)


@contextmanager
def opened(office: Office, unit: str, folder: Path) -> Iterator[Book]:
    """A unit's own book, made from what the district hands down."""
    entries = audience.entries(office.book, unit)
    path, profile = folder / f"{unit}.yzb", folder / unit
    with workspace.create_from(path, entries, unit, package="first", profile=profile) as book:
        yield book


@contextmanager
def second_pc(office: Office, folder: Path) -> Iterator[Book]:
    """The district's book on another PC."""
    office.book.close()
    office.book = reopened(office.book)
    shutil.copyfile(office.book.path, folder / "乙.yzb")
    with workspace.open_book(folder / "乙.yzb", profile=folder / "乙") as book:
        yield book


def _parents(columns: tuple[Any, ...]) -> list[str]:
    parents: str = columns[AUTHORED.index("parents")]
    return parents.split()
