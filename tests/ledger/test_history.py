"""The history of a cell: who wrote what, when, why and from where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import history, undo
from desktop.ledger.definitions import NoSuchField, NoSuchRegister
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import change, found, project, remove


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with found(tmp_path / "账本.yzb") as made:
        yield made


def test_a_cell_tells_every_step_oldest_first(book: Book) -> None:
    record = project(book, remark="一")
    change(book, "project", record, place="城北")
    with book.batch("import", "3月台账.xlsx") as batch:
        batch.change("project", record, {"remark": "二"}, origin={"remark": "台账!Z5"})
    undo.undo(book)
    steps = history.of_record(book, "project", record, "remark")
    assert [(step.old, step.new, step.act) for step in steps] == [
        (None, "一", "create"),
        ("一", "二", "import"),
        ("二", "一", "undo"),
    ]
    assert steps[1].origin == "台账!Z5"
    assert (steps[1].note, steps[0].note) == ("3月台账.xlsx", "")
    assert {step.operator for step in steps} == {"王敏"}
    assert {step.author for step in steps} == {book.replica}
    assert {step.time for step in steps} == {"2023-03-02T12:00:00+08:00"}
    lines = {line.position: line.identity for line in book.journal.lines()}
    assert all(lines[step.position] == step.entry for step in steps)


def test_a_record_tells_the_steps_of_all_its_cells(book: Book) -> None:
    record = project(book, remark="一")
    change(book, "project", record, remark="二", place="城北")
    steps = history.of_record(book, "project", record)
    assert {step.field for step in steps} == {
        "name", "unit", "state", "total_investment", "remark", "place",
    }  # fmt: skip
    assert [(step.field, step.old, step.new) for step in steps[-2:]] == [
        ("place", None, "城北"),
        ("remark", "一", "二"),
    ]


def test_a_removal_is_a_step_too(book: Book) -> None:
    record = project(book)
    remove(book, "project", record)
    undo.undo(book)
    steps = history.of_record(book, "project", record, "removed")
    assert [(step.old, step.new) for step in steps] == [(False, True), (True, False)]


def test_each_side_of_a_fork_stands_against_its_own_past(tmp_path: Path) -> None:
    first = found(tmp_path / "甲.yzb")
    record = project(first, remark="原样")
    first.close()
    with (
        books.replica_of(first, tmp_path / "乙.yzb", tmp_path / "profile") as other,
        books.reopened(first) as book,
    ):
        change(book, "project", record, remark="甲改")
        change(other, "project", record, remark="乙改")
        books.send(other, book)
        with book.batch("settle") as batch:
            batch.change("project", record, {"remark": "商定"})
        shown = history.of_record(book, "project", record, "remark")
        assert [(step.old, step.new) for step in shown[:3]] == [
            (None, "原样"),
            ("原样", "甲改"),
            ("原样", "乙改"),
        ]
        assert shown[3].old in ("甲改", "乙改")
        assert shown[3].new == "商定"
        assert [step.operator for step in shown] == ["王敏", "王敏", "李强", "王敏"]
        assert [step.package for step in shown] == ["", "", "stick", ""]
        undo.undo(book)
        last = history.of_record(book, "project", record, "remark")[-1]
        assert (last.old, last.new) == ("商定", shown[3].old)


def test_a_cell_that_was_never_filled_has_no_steps(book: Book) -> None:
    assert history.of_record(book, "project", project(book), "remark") == []


def test_unknown_names_are_refused(book: Book) -> None:
    record = project(book)
    with pytest.raises(NoSuchRegister):
        history.of_record(book, "houses", record)
    with pytest.raises(NoSuchField):
        history.of_record(book, "project", record, "colour")
    with pytest.raises(NoSuchRecord):
        history.of_record(book, "project", "0" * 32)
    with pytest.raises(NoSuchRecord):
        history.of_record(book, "weekly", record)
