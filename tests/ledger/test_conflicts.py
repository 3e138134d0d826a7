"""Conflicts: what was agreed, who says what, the decision with its reason, and its undoing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import pytest

from desktop.ledger import aside, audience, conflicts, cycle, merging, undo, workspace
from desktop.ledger.conflicts import (
    Given,
    InSubmittedWeek,
    NoSuchConflict,
    NoSuchSide,
    NotAValue,
    SeveralConflicts,
)
from desktop.ledger.fold import REMOVED
from desktop.ledger.refusals import InUse, NotYours
from desktop.ledger.values import WrongValue
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import WEEK, change, clean, everything, project, remove, value, week
from tests.ledger.test_aside import FIRST, take_in
from tests.ledger.test_replicas_exchange import founded, live

DAY = date(2023, 3, 2)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Book, Book, str]]:
    """One unit's book on two PCs, with a project that both have."""
    first = books.found(tmp_path / "甲.yzb")
    subject = project(first, remark="原样", annual_plan=50_000_000)
    first.close()
    with (
        books.replica_of(first, tmp_path / "乙.yzb", tmp_path / "profile") as other,
        books.reopened(first) as book,
    ):
        yield book, other, subject


def exchange(one: Book, other: Book) -> None:
    books.send(one, other)
    books.send(other, one)


def parted(pair: tuple[Book, Book, str]) -> tuple[Book, Book, str]:
    """The remark and the plan stand apart in both books."""
    book, other, subject = pair
    change(book, "project", subject, remark="甲改", annual_plan=60_000_000)
    change(other, "project", subject, remark="乙改", annual_plan=70_000_000)
    exchange(book, other)
    return book, other, subject


def test_a_conflict_says_whose_it_is_what_was_agreed_and_who_says_what(
    pair: tuple[Book, Book, str],
) -> None:
    book, other, subject = parted(pair)
    plan, remark = conflicts.open(book)
    assert (plan.field, plan.title, plan.label) == ("annual_plan", "年度计划投资", "北环路改造")
    assert (plan.register, plan.register_title, plan.record) == ("project", "项目档案", subject)
    assert (plan.agreed, plan.agreed_text) == (50_000_000, "5,000")
    assert (remark.agreed, remark.agreed_text) == ("原样", "原样")
    sides = {side.here: side for side in remark.sides}
    assert (sides[True].text, sides[True].operator, sides[True].replica) == (
        "甲改", "王敏", book.replica,
    )  # fmt: skip
    assert (sides[False].value, sides[False].operator) == ("乙改", "李强")
    assert {side.text for side in plan.sides} == {"6,000", "7,000"}
    assert sides[True].unit_name == "源汇区"
    assert sides[True].time == "2023-03-02T12:00:00+08:00"
    assert remark.provisional == value(book, "project", subject, "remark")
    assert [one.id for one in conflicts.open(other)] == [plan.id, remark.id]
    assert conflicts.find(book, remark.id) == remark
    assert conflicts.find(book, remark.id[:5].upper() + " ") == remark


def test_an_unknown_or_unclear_number_is_refused_by_name(
    pair: tuple[Book, Book, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, _, _ = parted(pair)
    (one, _) = conflicts.open(book)
    for text in ("zzzzzzzz", "", one.id[:3]):
        with pytest.raises(NoSuchConflict):
            conflicts.find(book, text)
    monkeypatch.setattr("desktop.ledger.sides.number", lambda _, field: f"abcd{len(field):04x}")
    with pytest.raises(SeveralConflicts, match="abcd000"):
        conflicts.find(book, "abcd")


@pytest.mark.parametrize(
    ("choice", "wanted"), [("ours", "甲改"), ("theirs", "乙改"), (Given("两边都记"), "两边都记")]
)
def test_a_decision_is_one_entry_with_both_parents_and_its_reason(
    pair: tuple[Book, Book, str], choice: conflicts.Choice, wanted: str
) -> None:
    book, other, subject = parted(pair)
    _, remark = conflicts.open(book)
    position = book.journal.position
    present = book.present("project", subject)
    assert present is not None
    changes = conflicts.settle(book, remark.id, choice, "与乡镇核实")
    assert [(one.record, one.fields) for one in changes] == [(subject, ("remark",))]
    assert book.journal.position == position + 1
    entry = list(book.journal.lines())[-1].entry
    assert (entry.act, entry.note, entry.fields) == ("settle", "与乡镇核实", {"remark": wanted})
    assert set(entry.parents) == set(present.heads)
    assert len(entry.parents) == 2
    assert [one.field for one in conflicts.open(book)] == ["annual_plan"]
    with pytest.raises(NoSuchConflict):
        conflicts.settle(book, remark.id, "ours")
    books.send(book, other)
    assert value(other, "project", subject, "remark") == wanted
    undo.undo(book)
    assert conflicts.open(book)[1] == remark
    books.send(book, other)
    assert books.tables(other) == books.tables(book)
    assert clean(book)


def test_an_entry_of_a_side_is_a_choice_too(pair: tuple[Book, Book, str]) -> None:
    book, _, subject = parted(pair)
    _, remark = conflicts.open(book)
    conflicts.settle(book, remark.id, remark.sides[1].entry)
    assert value(book, "project", subject, "remark") == remark.sides[1].value


def test_several_fields_are_decided_in_one_entry_and_undone_as_one(
    pair: tuple[Book, Book, str],
) -> None:
    book, _, subject = parted(pair)
    plan, remark = conflicts.open(book)
    position = book.journal.position
    conflicts.settle_all(book, {plan.id: Given(65_000_000), remark.id: "theirs"}, "折中")
    assert book.journal.position == position + 1
    row = book.present("project", subject)
    assert row is not None
    assert (row.values["annual_plan"], row.values["remark"]) == (65_000_000, "乙改")
    assert (row.conflicts, len(row.heads)) == (0, 1)
    undo.undo(book)
    assert conflicts.open(book) == (plan, remark)


def test_one_wrong_decision_of_several_changes_nothing(pair: tuple[Book, Book, str]) -> None:
    book, _, _ = parted(pair)
    plan, remark = conflicts.open(book)
    before = everything(book)
    for choice, refusal in (
        (Given("不是数"), WrongValue),
        ("f" * 64, NoSuchSide),
        (Given(-1), WrongValue),
    ):
        with pytest.raises(refusal):
            conflicts.settle_all(book, {remark.id: "ours", plan.id: choice})
        assert everything(book) == before


def test_it_may_be_left_and_continued(pair: tuple[Book, Book, str]) -> None:
    book, _, _ = parted(pair)
    found = conflicts.open(book)
    conflicts.settle(book, found[0].id, "ours")
    book = books.reopened(book)
    assert conflicts.open(book) == found[1:]
    conflicts.settle(book, found[1].id, "ours")
    assert conflicts.open(book) == ()
    book.close()


def test_a_removal_is_decided_for_keeping_or_for_removing(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    remove(book, "project", subject)
    change(other, "project", subject, remark="乙改")
    exchange(book, other)
    (one,) = conflicts.open(book)
    assert (one.field, one.title, one.agreed, one.agreed_text) == (REMOVED, "删除", False, "保留")
    assert {(side.text, side.value, side.here) for side in one.sides} == {
        ("删除", True, True), ("保留", False, False),
    }  # fmt: skip
    with pytest.raises(NotAValue):
        conflicts.settle(book, one.id, Given("也许"))
    conflicts.settle(book, one.id, "theirs", "仍在建")
    row = book.present("project", subject)
    assert row is not None
    assert (row.removed, row.conflicts, len(row.heads)) == (False, 0, 1)
    assert value(book, "project", subject, "remark") == "乙改"
    undo.undo(book)
    assert conflicts.open(book) == (one,)
    conflicts.settle(book, one.id, Given(True), "重复")
    exchange(book, other)
    assert other.rows("project") == book.rows("project") == []
    assert books.tables(book) == books.tables(other)
    undo.undo(book)
    assert conflicts.open(book) == (one,)
    assert clean(book)


def test_keeping_and_a_field_of_the_same_record_at_once(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    remove(other, "project", subject)
    change(book, "project", subject, remark="甲改")
    exchange(book, other)
    start = everything(other)
    change(other, "project", subject, remark="乙再改")
    change(book, "project", subject, remark="甲再改")
    exchange(book, other)
    assert everything(other) != start
    found = {one.field: one for one in conflicts.open(book)}
    assert found.keys() == {REMOVED, "remark"}
    conflicts.settle_all(book, {found["remark"].id: "ours", found[REMOVED].id: Given(False)})
    row = book.present("project", subject)
    assert row is not None
    assert (row.values["remark"], row.conflicts, row.removed) == ("甲再改", 0, False)
    undo.undo(book)
    assert {one.field: one for one in conflicts.open(book)} == found
    conflicts.settle_all(book, {one.id: "theirs" for one in found.values()})
    assert book.rows("project") == []
    undo.undo(book)
    assert {one.field: one for one in conflicts.open(book)} == found
    assert clean(book)


def test_removing_what_others_hang_on_is_refused(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    remove(book, "project", subject)
    week(other, subject)
    change(other, "project", subject, remark="乙改")
    exchange(book, other)
    (one,) = conflicts.open(book)
    before = everything(book)
    with pytest.raises(InUse):
        conflicts.settle(book, one.id, "ours")
    assert everything(book) == before


def test_both_filled_the_same_week_apart(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    week(book, subject, completed_week=10_000)
    week(other, subject, completed_week=20_000)
    exchange(book, other)
    (one,) = conflicts.open(book)
    assert (one.label, one.agreed, one.agreed_text) == (f"北环路改造 {WEEK}", None, "")
    assert {side.text for side in one.sides} == {"1", "2"}


def test_an_item_of_a_list_is_told_with_its_project(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    with book.batch("create") as batch:
        item = batch.create("problem", {"project": subject, "problem": "供电未接入"})
    exchange(book, other)
    change(book, "problem", item, measure="架线")
    change(other, "problem", item, measure="自备")
    exchange(book, other)
    (one,) = conflicts.open(book)
    assert one.label == "北环路改造 · 供电未接入"


def test_three_sides_need_a_value_or_an_entry(tmp_path: Path) -> None:
    stores = [pc.store for pc in founded(Random(1))]
    subject = project(stores[0])
    for store in stores[1:]:
        books.send(stores[0], store)
    for store, word in zip(stores, "甲乙丙", strict=True):
        store.operator = word
        change(store, "project", subject, remark=word)
    for store in stores[1:]:
        books.send(store, stores[0])
    (one,) = conflicts.open(stores[0])
    assert [side.text for side in one.sides] == [
        side.text for side in sorted(one.sides, key=lambda side: side.entry)
    ]
    with pytest.raises(NoSuchSide, match="哪一方是对方"):
        conflicts.settle(stores[0], one.id, "theirs")
    conflicts.settle(stores[0], one.id, "ours")
    assert value(stores[0], "project", subject, "remark") == "甲"
    for store in stores:
        store.connection.close()


class Office:
    """A district and a township whose clerks sit at two PCs."""

    def __init__(self, folder: Path) -> None:
        self.district = books.found(folder / "d.yzb")
        with self.district.batch("create") as batch:
            fields = {"name": "大刘镇", "level": "township", "above": self.district.unit}
            self.unit = batch.create("unit", fields)
        handed = audience.entries(self.district, self.unit)
        first = workspace.create_from(folder / "t.yzb", handed, self.unit, package="p")
        self.subject = project(first)
        first.close()
        shutil.copyfile(first.path, folder / "t2.yzb")
        profile = folder / "profile"
        self.second = workspace.open_book(folder / "t2.yzb", profile=profile, operator="李强")
        self.first = workspace.open_book(first.path, operator="张晓燕")

    def certify(self, store: Book) -> None:
        """What the exchange keeps of the township's PCs."""
        for replica in (self.first.replica, self.second.replica):
            store.connection.execute(
                "INSERT INTO certificate VALUES (?, ?, 1, '', '', '')", (replica, self.unit)
            )

    def carry(self, one: Book, other: Book, reader: str) -> None:
        merging.receive(other, audience.entries(one, reader), "stick")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    with made.district, made.first, made.second:
        yield made


def test_a_conflict_in_a_submitted_week_is_decided_after_the_return(office: Office) -> None:
    first, second, district = office.first, office.second, office.district
    record = week(first, office.subject, completed_week=0)
    books.send(first, second)
    change(first, "weekly", record, problems="甲改")
    change(second, "weekly", record, problems="乙改")
    with first.batch("submit") as batch:
        fields = {"unit": office.unit, "period": WEEK, "submitted_on": DAY, "number": 1}
        batch.create("submission", fields)
    books.send(second, first)  # Merging is never refused.
    office.carry(first, district, district.unit)
    (one,) = conflicts.open(first)
    for book in (first, district):
        before = everything(book)
        with pytest.raises(InSubmittedWeek) as refused:
            conflicts.settle(book, one.id, Given("由区里定"))
        assert everything(book) == before
        said = str(refused.value)
        assert "“北环路改造 2023-W09”的冲突在大刘镇已经上报的 2023-W09 里" in said
        assert "请源汇区退回这一周，退回后由大刘镇处理" in said
    cycle.return_week(district, office.unit, WEEK, DAY, "两份不一致")
    office.carry(district, first, office.unit)
    conflicts.settle(first, one.id, "theirs", "以李强所填为准")
    assert value(first, "weekly", record, "problems") == "乙改"
    assert clean(first)


def test_the_district_sees_which_unit_wrote_the_sides_and_whose_record_it_is(
    office: Office,
) -> None:
    first, second, district = office.first, office.second, office.district
    books.send(first, second)
    change(first, "project", office.subject, remark="甲改")
    change(second, "project", office.subject, remark="乙改")
    office.carry(first, district, district.unit)
    office.carry(second, district, district.unit)
    own = project(district)
    change(district, "project", own, remark="区改")
    (one,) = conflicts.open(district)
    assert {side.unit_name for side in one.sides} == {""}
    office.certify(district)
    (one,) = conflicts.open(district)
    assert {(side.unit, side.unit_name) for side in one.sides} == {(office.unit, "大刘镇")}
    assert not any(side.ours or side.here for side in one.sides)
    with pytest.raises(NoSuchSide, match="哪一方是本方"):
        conflicts.settle(district, one.id, "ours")
    assert conflicts.open(district, office.unit) == (one,)
    assert conflicts.open(district, district.unit) == ()
    office.certify(first)
    books.send(second, first)
    (mine,) = conflicts.open(first, office.unit)
    assert [side.ours for side in mine.sides] == [True, True]
    assert {side.text for side in mine.sides if side.here} == {"甲改"}
    conflicts.settle(first, mine.id, "ours")
    assert value(first, "project", office.subject, "remark") == "甲改"


def test_ours_is_what_the_unit_wrote_where_this_pc_wrote_neither(office: Office) -> None:
    first, second, district = office.first, office.second, office.district
    office.carry(first, district, district.unit)
    change(second, "project", office.subject, remark="镇里改")
    change(district, "project", office.subject, remark="区里改")
    books.send(second, first)
    office.carry(district, first, office.unit)
    office.certify(first)
    (one,) = conflicts.open(first)
    assert not any(side.here for side in one.sides)
    conflicts.settle(first, one.id, "ours")
    assert value(first, "project", office.subject, "remark") == "镇里改"


def test_a_field_of_another_level_is_not_decided_here(office: Office) -> None:
    first, district = office.first, office.district
    with district.batch("create") as batch:
        fields = {"unit": office.unit, "period": WEEK, "state": "已接收", "submission": "x"}
        record = batch.create("reception", fields)
    copy = office.second  # Another PC of the district answers differently.
    office.carry(district, first, office.unit)
    books.send(first, copy)
    copy.level = "district"
    change(copy, "reception", record, reason="不符", state="已退回")
    change(district, "reception", record, reason="不全", state="已退回")
    books.send(copy, first)
    office.carry(district, first, office.unit)
    (one,) = conflicts.open(first)
    assert one.field == "reason"
    with pytest.raises(NotYours):
        conflicts.settle(first, one.id, Given("说不清"))


def test_a_package_set_aside_takes_its_side_with_it(pair: tuple[Book, Book, str]) -> None:
    book, other, subject = pair
    change(book, "project", subject, remark="甲改")
    change(other, "project", subject, remark="乙改")
    take_in(book, [line.authored for line in other.journal.lines()], FIRST)
    (one,) = conflicts.open(book)
    aside.set_aside(book, FIRST)
    assert conflicts.open(book) == ()
    with pytest.raises(NoSuchConflict):
        conflicts.settle(book, one.id, "ours")
    aside.lift(book, FIRST)
    assert conflicts.open(book) == (one,)


@pytest.mark.parametrize("seed", range(6))
def test_every_conflict_of_random_histories_can_be_read_decided_and_undone(seed: int) -> None:
    chance = Random(seed)
    pcs = founded(chance)
    live(pcs, chance, 150)
    store = pcs[0].store
    (listed,) = store.connection.execute(
        "SELECT count(*) FROM (SELECT DISTINCT register, record, field FROM conflict)"
    ).fetchone()
    found = conflicts.open(store)
    assert len(found) == len({one.id for one in found}) == listed
    for one in found:
        assert len({side.text for side in one.sides}) == len(one.sides) > 1
        side = chance.choice(one.sides)
        if one.field == REMOVED and side.value:
            side = next(other for other in one.sides if not other.value)
        conflicts.settle(store, one.id, side.entry)
        assert one.id not in {left.id for left in conflicts.open(store)}
        undo.undo(store)
        assert conflicts.find(store, one.id).sides == one.sides
        conflicts.settle(store, one.id, side.entry)
    assert conflicts.open(store) == ()
    for pc in pcs:
        pc.store.connection.close()
        for copy in pc.saved:
            copy.close()
