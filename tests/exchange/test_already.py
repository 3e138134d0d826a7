"""A book of the unit that this PC has already is found before another one is begun."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.exchange import already
from desktop.ledger import replicas, workspace


@pytest.fixture
def unit(tmp_path: Path) -> str:
    """A book of this unit lies in ``books``, and the PC with ``profile`` wrote in it."""
    (tmp_path / "books").mkdir()
    with workspace.create(
        tmp_path / "books" / "甲.yzb", "源汇区", "district", profile=tmp_path / "profile"
    ) as book:
        return book.unit


def found(tmp_path: Path, unit: str, *folders: Path, profile: str = "profile") -> Path | None:
    return already.book_of(unit, tmp_path / profile, folders)


def test_it_is_known_by_the_profile_wherever_it_lies(tmp_path: Path, unit: str) -> None:
    path = tmp_path / "books" / "甲.yzb"
    assert path in replicas.files(tmp_path / "profile")
    assert found(tmp_path, unit) == path
    assert found(tmp_path, unit + "x") is None
    path.unlink()
    assert found(tmp_path, unit) is None


def test_it_is_known_by_the_folder_and_by_what_was_opened_last(tmp_path: Path, unit: str) -> None:
    path = tmp_path / "books" / "甲.yzb"
    assert found(tmp_path, unit, profile="other") is None
    (path.parent / "0.yzb").write_bytes(b"SQLite format 3\0")
    (path.parent / "1.yzb").mkdir()
    with closing(sqlite3.connect(path.parent / "2.yzb")) as other:
        other.execute("CREATE TABLE book (unit TEXT, removed INTEGER)")
        other.execute("INSERT INTO book VALUES (?, 0)", (unit,))
        other.commit()
    assert found(tmp_path, unit, path.parent, profile="other") == path
    assert found(tmp_path, unit, tmp_path / "none", profile="other") is None
    copy = tmp_path / "copy.yzb"
    copy.write_bytes(path.read_bytes())
    assert already.book_of(unit, tmp_path / "profile", [path.parent], [copy]) == copy


def test_a_book_that_is_open_or_broken_off_is_known_and_left_alone(
    tmp_path: Path, unit: str
) -> None:
    path = tmp_path / "books" / "甲.yzb"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert found(tmp_path, unit) == path
        other.execute("ROLLBACK")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert [one.name for one in path.parent.iterdir()] == ["甲.yzb"]


def test_the_refusal_says_where(tmp_path: Path) -> None:
    error = already.BookHere("空冢郭镇", tmp_path / "甲.yzb")
    assert error.sentence == f"这台电脑上已有空冢郭镇的账本：{tmp_path / '甲.yzb'}。"
