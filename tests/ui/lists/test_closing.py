"""Closing items out and opening them again: one act for one or many, undone as one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.ledger import undo
from desktop.ledger.refusals import NotYours
from desktop.ledger.workspace import Book
from desktop.ui.lists import closing
from tests.ledger.books import change, clean, found, project, replica_of, value

ON = date(2023, 3, 2)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with found(tmp_path / "区.yzb") as made:
        project(made)
        yield made


def problems(book: Book, *states: str | None) -> list[str]:
    subject = book.rows("project")[0]["record"]
    with book.batch("create") as batch:
        return [
            batch.create(
                "problem", {"project": subject, "problem": f"问题{number}", "state": state}
            )
            for number, state in enumerate(states)
        ]


def state(book: Book, record: str, register: str = "problem") -> tuple[str | None, str | None]:
    on = closing.closing_of(book.scheme, book.scheme.register(register))
    assert on is not None
    return value(book, register, record, "state"), value(book, register, record, on.on)


def test_several_are_closed_as_one_act(book: Book) -> None:
    made = problems(book, "待办", None, "已销号", "整改中")
    change(book, "problem", made[3], closed_on="2023-02-20")
    assert closing.close(book, "problem", made, ON) == 3
    assert [state(book, record) for record in made] == [
        ("已销号", "2023-03-02"),
        ("已销号", "2023-03-02"),
        ("已销号", None),
        ("已销号", "2023-02-20"),
    ]
    assert undo.undo(book).note == "销号 3 条"
    assert [state(book, record)[0] for record in made] == ["待办", None, "已销号", "整改中"]
    assert state(book, made[0])[1] is None
    assert clean(book)


def test_what_is_closed_already_is_left_and_nothing_is_written(book: Book) -> None:
    made = problems(book, "已销号")
    head = book.journal.head
    assert closing.close(book, "problem", made, ON) == 0
    assert closing.close(book, "problem", ["0" * 32], ON) == 0
    assert book.journal.head == head


def test_opened_again_it_is_as_it_was_before(book: Book) -> None:
    first, second, third = problems(book, "整改中", None, "待办")
    closing.close(book, "problem", [first, second], ON)
    assert closing.reopen(book, "problem", [first, second, third]) == 2
    assert state(book, first) == ("整改中", None)
    assert state(book, second) == ("待办", None)
    assert undo.undo(book).note == "恢复为未办结 2 条"
    assert state(book, first) == ("已销号", "2023-03-02")


def test_each_list_is_closed_in_its_own_words(book: Book) -> None:
    subject = book.rows("project")[0]["record"]
    with book.batch("create") as batch:
        node = batch.create("milestone", {"project": subject, "name": "封顶", "due": "2023-03-09"})
        fields = {"since": "2023-02-01", "cause": "资金", "reason": "款未到位"}
        stop = batch.create("stopped", {"project": subject, **fields})
    closing.close(book, "milestone", [node], ON)
    closing.close(book, "stopped", [stop], ON)
    assert state(book, node, "milestone") == ("已完成", "2023-03-02")
    assert state(book, stop, "stopped") == ("已复工", "2023-03-02")
    assert undo.undo(book).note == "复工"
    assert undo.undo(book).note == "完成"


def test_who_closes_what(book: Book, tmp_path: Path) -> None:
    scheme = book.scheme
    supervised = scheme.register("supervision")
    assert closing.why_not(scheme, supervised, "district") == ""
    assert closing.why_not(scheme, supervised, "township") == (
        "“督办事项”由区县销号，本级请填写办理情况。"
    )
    assert closing.why_not(scheme, scheme.register("problem"), "township") == ""
    assert "没有销号" in closing.why_not(scheme, scheme.register("sponsor"), "district")
    with found(tmp_path / "镇.yzb", "空冢郭镇", level="township", under="源汇区") as township:
        project(township)
        made = problems(township, "待办")
        closing.close(township, "problem", made, ON)
        assert state(township, made[0]) == ("已销号", "2023-03-02")


def test_what_another_level_closes_is_refused_whole(book: Book, tmp_path: Path) -> None:
    with book.batch("create") as batch:
        town = batch.create("unit", {"name": "空冢郭镇", "level": "township", "above": book.unit})
        fields = {"unit": town, "matter": "征地", "due": "2023-03-01"}
        record = batch.create("supervision", fields)
    book.close()
    with replica_of(book, tmp_path / "镇.yzb", tmp_path / "profile") as other:
        other.level = "township"
        with pytest.raises(NotYours):
            closing.close(other, "supervision", [record], ON)
        assert state(other, record, "supervision") == (None, None)
