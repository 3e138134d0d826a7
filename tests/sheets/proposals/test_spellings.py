"""Other spellings of projects' names, kept from week to week."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.sheets.meaning.known import bare_name
from desktop.sheets.proposals import spellings
from desktop.sheets.proposals.proposal import Question
from desktop.sheets.proposals.signatures import MAX_BYTES, MemoryNotWritten


def question(text: str, field: str = "match") -> Question:
    return Question("表", "A2", None, field, text, None, "是哪个项目？")


def test_what_was_kept_is_known_again(tmp_path: Path) -> None:
    file = tmp_path / "new" / spellings.FILE
    spellings.keep(file, {"甲": "p1"})
    spellings.keep(file, {"乙": "p2"})
    spellings.keep(file, {"甲": "p3"})
    assert spellings.load(file) == {"乙": "p2", "甲": "p3"}
    assert [one.name for one in file.parent.iterdir()] == [spellings.FILE]


def test_the_oldest_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spellings, "MOST", 2)
    file = tmp_path / spellings.FILE
    spellings.keep(file, {"甲": "p1", "乙": "p2"})
    spellings.keep(file, {"甲": "p3", "丙": "p4"})
    assert spellings.load(file) == {"甲": "p3", "丙": "p4"}


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"\xff\xfe",
        b'{"spellings": {"a": 1}, "format": "oneledger-spellings-1"}',
        b'{"spellings": {"a": "b"}, "format": "another"}',
        b" " * MAX_BYTES + b'{"spellings": {"a": "b"}, "format": "oneledger-spellings-1"}',
    ],
)
def test_a_spoilt_file_costs_no_more_than_a_question(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / spellings.FILE
    assert spellings.load(file) == {}
    file.write_bytes(content)
    assert spellings.load(file) == {}
    spellings.keep(file, {"甲": "p1"})
    assert spellings.load(file) == {"甲": "p1"}


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(MemoryNotWritten):
        spellings.keep(tmp_path / "file" / spellings.FILE, {"甲": "p1"})


def test_only_questions_of_the_field_about_projects_of_the_book_are_answered() -> None:
    name = "产业园（二期）项目"
    known = {bare_name(name): "p1", bare_name("弃置项目"): "gone"}
    asked = [question(name), question("弃置项目"), question("别的项目"), question(name, "unit")]
    assert spellings.answers(known, asked, "match", {"p1"}) == {"表!A2:match": "p1"}
    assert spellings.answers(known, asked[1:], "match", {"p1"}) == {}
