"""Taking entries in: never twice, in any order, all or none, conflicts kept with both sides."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import conflicts, folding, merging, scheming, undo, workspace
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import Scheme
from desktop.ledger.entry import Entry
from desktop.ledger.merging import NumberTwice, ParentsMissing
from desktop.ledger.records import Change
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import (
    WEEK,
    change,
    clean,
    everything,
    found,
    project,
    remove,
    tables,
    value,
    week,
)


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Book, Book]]:
    """One unit's book on two PCs."""
    first = found(tmp_path / "甲.yzb")
    first.close()
    with (
        books.replica_of(first, tmp_path / "乙.yzb", tmp_path / "profile") as other,
        books.reopened(first) as book,
    ):
        yield book, other


def entries(book: Book, after: int = 0) -> list[tuple[Any, ...]]:
    """The authored columns of a book's lines behind a position."""
    return [line.authored for line in book.journal.lines() if line.position > after]


def test_what_was_written_elsewhere_appears_and_says_where_it_came_from(
    pair: tuple[Book, Book],
) -> None:
    book, other = pair
    start = book.journal.position
    subject = project(other)
    record = week(other, subject)
    changes = merging.receive(book, entries(other, start), "乙-7")
    assert changes == (
        Change("project", subject, ("name", "state", "total_investment", "unit")),
        Change("weekly", record, ("completed_week", "period", "physical_progress", "project")),
    )
    assert tables(book) == tables(other)
    arrived = list(book.journal.lines())[start:]
    assert [line.package for line in arrived] == ["乙-7", "乙-7"]
    assert [line.entry.operator for line in arrived] == ["李强", "李强"]
    assert [line.identity for line in arrived] == [
        line.identity for line in list(other.journal.lines())[start:]
    ]
    assert clean(book)


def test_the_same_entries_again_change_nothing(pair: tuple[Book, Book]) -> None:
    book, other = pair
    project(other)
    books.send(other, book)
    before, on_disk = everything(book), book.path.read_bytes()
    assert merging.receive(book, entries(other) * 2, "again") == ()
    assert merging.receive(book, [], "empty") == ()
    assert everything(book) == before
    assert book.path.read_bytes() == on_disk


def test_in_one_package_any_order_is_right(pair: tuple[Book, Book], tmp_path: Path) -> None:
    book, other = pair
    start = book.journal.position
    subject = project(other)
    record = week(other, subject)
    for at in range(6):
        change(other, "weekly", record, completed_week=at)
        change(other, "project", subject, remark=str(at))
    shuffled = entries(other, start)
    random.Random(7).shuffle(shuffled)
    merging.receive(book, shuffled, "stick")
    assert tables(book) == tables(other)
    assert clean(book)


def test_split_into_deliveries_comes_to_the_same(pair: tuple[Book, Book]) -> None:
    book, other = pair
    start = book.journal.position
    subject = project(other)
    for at in range(6):
        change(other, "project", subject, remark=str(at))
    for one in entries(other, start):
        merging.receive(book, [one], "stick")
        assert clean(book)
    assert tables(book) == tables(other)


def test_what_builds_on_something_unknown_waits_outside(pair: tuple[Book, Book]) -> None:
    book, other = pair
    start = book.journal.position
    subject = project(other)
    change(other, "project", subject, remark="一")
    change(other, "project", subject, remark="二")
    week(other, subject)
    first, second, third, fourth = entries(other, start)
    before, on_disk = everything(book), book.path.read_bytes()
    with pytest.raises(ParentsMissing, match="有 1 条分录"):
        merging.receive(book, [third, second, fourth], "stick")
    assert everything(book) == before
    assert book.path.read_bytes() == on_disk
    merging.receive(book, [first, second], "stick")
    merging.receive(book, [fourth, third], "stick")
    assert tables(book) == tables(other)


def test_one_number_with_two_contents_is_refused_by_name(pair: tuple[Book, Book]) -> None:
    """The profile of a PC was copied: two machines write under one name."""
    book, other = pair
    project(other)
    books.send(other, book)
    before, on_disk = everything(book), book.path.read_bytes()
    forged = Entry(other.replica, 1, "", "", 1, "project", "r" * 32, {"name": "别的"}, batch="x-1")
    with pytest.raises(NumberTwice) as refused:
        merging.receive(book, [forged.columns()], "stick")
    assert (refused.value.author, refused.value.number) == (other.replica, 1)
    twins = [
        Entry("z" * 12, 1, "", "", 1, "project", str(at) * 32, {"name": "孪生"}).columns()
        for at in (1, 2)
    ]
    with pytest.raises(NumberTwice):
        merging.receive(book, twins, "stick")
    assert everything(book) == before
    assert book.path.read_bytes() == on_disk


def test_a_failure_in_the_middle_leaves_the_book_as_it_was(
    pair: tuple[Book, Book], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, other = pair
    week(other, project(other))
    before, on_disk = everything(book), book.path.read_bytes()

    def fails(*_: object) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr("desktop.ledger.folding.renew", fails)
    with pytest.raises(RuntimeError):
        books.send(other, book)
    assert everything(book) == before
    assert book.path.read_bytes() == on_disk


def test_records_of_an_unknown_register_wait_in_the_journal(pair: tuple[Book, Book]) -> None:
    book, _ = pair
    unknown = Entry("z" * 12, 1, "", "", 9, "land", "r" * 32, {"plot": "甲"}, batch="z-1")
    merging.receive(book, [unknown.columns()], "stick")
    assert books.journal(book)[-1][2] == "z" * 12
    assert clean(book)


def test_both_sides_of_a_conflict_stay_until_one_decides(pair: tuple[Book, Book]) -> None:
    book, other = pair
    subject = project(book, remark="原样", place="城北")
    books.send(book, other)
    change(book, "project", subject, remark="甲改", place="城南")
    change(other, "project", subject, remark="乙改", state="停工")
    books.send(book, other)
    books.send(other, book)
    assert tables(book) == tables(other)
    row = book.present("project", subject)
    assert row is not None
    assert (row.conflicts, len(row.heads)) == (1, 2)
    assert (row.values["place"], row.values["state"]) == ("城南", "停工")
    listed = tables(book)["conflict"]
    assert {(field, value) for _, _, field, _, value in listed} == {
        ("remark", '"甲改"'),
        ("remark", '"乙改"'),
    }
    shown = min(listed, key=lambda side: str(side[3]))[4]
    assert f'"{row.values["remark"]}"' == shown
    change(other, "project", subject, place="城东")
    row = other.present("project", subject)
    assert row is not None
    assert (row.conflicts, len(row.heads)) == (1, 1)
    provisional = str(row.values["remark"])
    assert change(other, "project", subject, remark=provisional) == ("remark",)
    row = other.present("project", subject)
    assert row is not None
    assert (row.conflicts, row.values["remark"]) == (0, provisional)
    books.send(other, book)
    assert tables(book) == tables(other)
    assert clean(book)
    assert clean(other)


def test_the_same_week_filled_on_two_pcs_is_one_record(pair: tuple[Book, Book]) -> None:
    book, other = pair
    subject = project(book)
    books.send(book, other)
    record = week(book, subject, completed_week=5, problems="征迁")
    assert week(other, subject, completed_week=6, needs="资金") == record
    books.send(book, other)
    books.send(other, book)
    assert tables(book) == tables(other)
    (row,) = book.rows("weekly")
    assert (row["problems"], row["needs"], row["conflicts"]) == ("征迁", "资金", 1)
    assert {row[2] for row in tables(book)["conflict"]} == {"completed_week"}


def test_removed_here_and_changed_there_stays_until_decided(pair: tuple[Book, Book]) -> None:
    book, other = pair
    subject = project(book)
    books.send(book, other)
    remove(book, "project", subject)
    change(other, "project", subject, remark="乙改")
    books.send(other, book)
    books.send(book, other)
    assert tables(book) == tables(other)
    assert [row["remark"] for row in book.rows("project")] == ["乙改"]
    with book.batch("settle") as batch:
        batch.remove("project", subject)
    books.send(book, other)
    assert other.rows("project") == []
    assert tables(other)["conflict"] == []
    assert clean(book)
    assert clean(other)


def test_a_removed_record_asks_for_no_decision_until_it_comes_back(pair: tuple[Book, Book]) -> None:
    book, other = pair
    subject = project(book)
    record = week(book, subject, problems="原样")
    books.send(book, other)
    change(book, "weekly", record, problems="甲改")
    change(other, "weekly", record, problems="乙改")
    books.send(other, book)
    sides = tables(book)["conflict"]
    assert len(sides) == 2
    remove(book, "weekly", record)
    assert tables(book)["conflict"] == []
    undo.undo(book)
    assert tables(book)["conflict"] == sides
    assert clean(book)
    remove(book, "weekly", record)
    week(book, subject, problems=str(value(book, "weekly", record, "problems")))
    assert tables(book)["conflict"] == []
    assert clean(book)


def test_what_one_wrote_comes_back_unchanged(pair: tuple[Book, Book]) -> None:
    """A restored book gets its own later entries from the others."""
    book, other = pair
    subject = project(book)
    books.send(book, other)
    change(other, "project", subject, remark="乙改")
    books.send(other, book)
    number = book.number
    change(book, "project", subject, remark="甲改")
    assert book.number == number + 1
    authors = {line.entry.author for line in book.journal.lines()}
    assert authors == {book.replica, other.replica}
    assert clean(book)


def test_a_week_of_a_project_that_comes_later_is_taken_in(pair: tuple[Book, Book]) -> None:
    book, other = pair
    start = book.journal.position
    subject = project(other)
    record = week(other, subject)
    first, second = entries(other, start)
    merging.receive(book, [second], "stick")
    assert [row["record"] for row in book.rows("weekly", WEEK)] == [record]
    merging.receive(book, [first], "stick")
    assert tables(book) == tables(other)
    assert clean(book)


NEW_FIELD = '[[field]]\nname = "soil"\ntitle = "土质"\ntype = "text"\n'
NEW_REGISTER = (
    'name = "plot"\ntitle = "地块"\nshape = "list"\nof = "project"\naudience = "unit"\n'
    'label = "plot"\n\n[[field]]\nname = "plot"\ntitle = "地块"\ntype = "text"\n'
)


def newer(book: Book) -> Scheme:
    """The book's scheme, one version on: a field and a register more."""
    texts = dict(book.scheme.texts)
    old, new = (f"version = {book.scheme.version + more}" for more in (0, 1))
    assert old in texts["scheme.toml"]
    return schemes.parse(
        {
            **texts,
            "scheme.toml": texts["scheme.toml"].replace(old, new),
            "registers/project.toml": texts["registers/project.toml"] + "\n" + NEW_FIELD,
            "registers/plot.toml": NEW_REGISTER,
        }
    )


def test_what_a_newer_scheme_names_waits_and_appears_with_it(pair: tuple[Book, Book]) -> None:
    book, other = pair
    subject = project(book, remark="原样")
    books.send(book, other)
    scheming.update_scheme(other, newer(other))
    scheme = [line.authored for line in other.journal.lines()][-1:]
    start = other.journal.position
    change(other, "project", subject, soil="黏土", remark="乙改")
    with other.batch("create") as batch:
        plot = batch.create("plot", {"project": subject, "plot": "东块"})
    merging.receive(book, entries(other, start), "early")
    assert value(book, "project", subject, "remark") == "乙改"
    assert "plot" not in book.tables
    assert clean(book)
    change(book, "project", subject, place="城南")  # Writing goes on meanwhile, also over it.
    undo.undo(book)
    assert clean(book)
    book.close()
    with workspace.open_book(book.path) as again:
        assert clean(again)
        merging.receive(again, scheme, "late")
        assert again.scheme.version == other.scheme.version
        assert value(again, "project", subject, "soil") == "黏土"
        assert value(again, "plot", plot, "plot") == "东块"
        assert clean(again)
        books.send(again, other)
        assert tables(again) == tables(other)


def test_a_conflict_in_an_unknown_field_waits_too(pair: tuple[Book, Book]) -> None:
    book, other = pair
    subject = project(book)
    books.send(book, other)
    scheming.update_scheme(other, newer(other))
    scheme = [line.authored for line in other.journal.lines()][-1:]
    (base,) = other.journal.of_record(subject)
    sides = [
        Entry(
            letter * 12, 1, "", word, other.scheme.version, "project", subject, {"soil": word},
            (base.identity,), batch=f"{letter}-1",
        ).columns()
        for letter, word in (("y", "黏土"), ("z", "砂土"))
    ]  # fmt: skip
    merging.receive(book, sides, "early")
    row = book.present("project", subject)
    assert row is not None
    assert (row.conflicts, len(row.heads), conflicts.open(book)) == (0, 2, ())
    assert clean(book)
    merging.receive(book, scheme, "late")
    (one,) = conflicts.open(book)
    assert (one.title, {side.text for side in one.sides}) == ("土质", {"黏土", "砂土"})
    conflicts.settle(book, one.id, one.sides[1].entry)
    assert value(book, "project", subject, "soil") == one.sides[1].value
    assert clean(book)


def test_one_number_for_records_of_two_registers_mixes_nothing(pair: tuple[Book, Book]) -> None:
    book, _ = pair
    subject = project(book)
    stray = Entry("z" * 12, 1, "", "", 1, "problem", subject, {"problem": "某"}, batch="z-1")
    merging.receive(book, [stray.columns()], "stick")
    assert value(book, "project", subject, "name") == "北环路改造"
    assert value(book, "problem", subject, "problem") == "某"
    assert clean(book)


def test_the_table_of_a_touched_record_is_compared_with_its_journal(
    pair: tuple[Book, Book],
) -> None:
    book, other = pair
    subject = project(book, remark="原样")
    books.send(book, other)
    change(book, "project", subject, remark="甲改")
    change(other, "project", subject, remark="乙改")
    books.send(other, book)
    assert folding.agree(book, [("project", subject)])
    assert folding.agree(book, [("project", "f" * 32)])
    for statement in (
        "UPDATE project SET place = '别处'",
        "DELETE FROM project",
        "DELETE FROM conflict",
        "UPDATE conflict SET value = '1'",
    ):
        with pytest.raises(ZeroDivisionError), book.atomic():
            book.connection.execute(statement)
            assert not folding.agree(book, [("project", subject)])
            raise ZeroDivisionError
    assert folding.agree(book, [("project", subject)])
