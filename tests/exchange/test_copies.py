"""Copies of packages beside a book: kept once, found by content, whole or told as spoilt."""

from __future__ import annotations

import errno
import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import DiskFull, NotWritable
from desktop.exchange.copies import KeptSpoilt, Shelf
from desktop.exchange.shelves import Shelves

CONTENT = b"a package" * 1000
DIGEST = sha256(CONTENT).hexdigest()
WHEN = datetime(2023, 3, 2, 16, 5, 9)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "空冢郭镇.2023.yzb"
    path.write_bytes(b"the book")
    return path


@pytest.fixture
def shelf(book: Path) -> Shelf:
    return Shelves(book).outbox


def test_the_folders_lie_beside_the_book_and_are_made_with_the_first_copy(book: Path) -> None:
    beside = Shelves(book)
    for one, ending in (
        (beside.outbox, "outbox"),
        (beside.held, "held"),
        (beside.refused, "quarantine"),
    ):
        assert one.folder == book.with_name(f"空冢郭镇.2023.{ending}")
        assert one.list() == ()
        assert one.get(DIGEST) is None
        assert not one.remove(DIGEST)
    assert list(book.parent.iterdir()) == [book]


def test_a_copy_is_got_by_its_content_and_taken_away(shelf: Shelf) -> None:
    kept = shelf.put("report-0012.yzp", CONTENT)
    assert kept.path == shelf.folder / f"report-0012.{DIGEST}.yzp"
    assert (kept.digest, kept.name, kept.size) == (DIGEST, "report-0012", len(CONTENT))
    assert shelf.list() == (kept,)
    assert shelf.get(DIGEST) == kept.read() == CONTENT
    assert shelf.get("0" * 64) is None
    assert shelf.remove(DIGEST)
    assert shelf.list() == ()


def test_the_same_content_is_kept_once_under_its_first_name(shelf: Shelf) -> None:
    first = shelf.put("a.yzp", CONTENT)
    assert shelf.put("b.yzp", CONTENT) == first
    other = shelf.put("a.yzp", b"other")
    assert shelf.list() == tuple(sorted((first, other), key=lambda one: one.path.name))
    assert sorted(path.name for path in shelf.folder.iterdir()) == sorted(
        (first.path.name, other.path.name)
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        (f"{DIGEST}.yzp", ""),
        ("", ""),
        ("../../etc/passwd", "etc_passwd."),
        ("报表 第9周\n.yzp", "报表_第9周."),
        ("x" * 300, "x" * 40 + "."),
        ("C:\\con", "C_con."),
        ("_con.yzp", "con_."),
        ("(Com1).yzp", "Com1_."),
        ("console.yzp", "console."),
    ],
)
def test_no_name_leads_out_of_the_folder(shelf: Shelf, name: str, kept: str) -> None:
    path = shelf.put(name, CONTENT).path
    assert path == shelf.folder / f"{kept}{DIGEST}.yzp"
    assert shelf.get(DIGEST) == CONTENT


def test_what_is_spoilt_is_told_and_made_whole_by_the_same_content(shelf: Shelf) -> None:
    kept = shelf.put("a.yzp", CONTENT)
    kept.path.write_bytes(CONTENT[:-1])
    with pytest.raises(KeptSpoilt):
        shelf.get(DIGEST)
    with pytest.raises(KeptSpoilt):
        shelf.list()[0].read()
    assert shelf.put("b.yzp", CONTENT).path == kept.path
    assert shelf.get(DIGEST) == CONTENT
    kept.path.unlink()
    with pytest.raises(KeptSpoilt):
        kept.read()


def test_what_others_put_there_is_not_ours(shelf: Shelf, tmp_path: Path) -> None:
    kept = shelf.put("a.yzp", CONTENT)
    (shelf.folder / "说明.txt").write_text("note", "utf-8")
    (shelf.folder / "b.yzp").write_bytes(CONTENT)
    (shelf.folder / f"{'0' * 64}.yzp").mkdir()
    (shelf.folder / f"{'1' * 64}.yzp").symlink_to(kept.path)
    assert shelf.list() == (kept,)
    assert shelf.remove(DIGEST)
    assert len(list(shelf.folder.iterdir())) == 4


def test_the_draft_of_a_crash_is_written_anew_and_never_written_through(shelf: Shelf) -> None:
    kept = shelf.put("a.yzp", CONTENT)
    os.link(kept.path, shelf.folder / ".draft.tmp")  # As if cut off between two names.
    shelf.put("b.yzp", b"other")
    assert kept.read() == CONTENT
    assert not (shelf.folder / ".draft.tmp").exists()


STEPS = ("mkdir", "open", "fsync", "replace")


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("number", "refusal"),
    [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EACCES, NotWritable)],
)
def test_a_full_disk_has_its_name_and_leaves_nothing_half(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, step: str, number: int, refusal: type[Exception]
) -> None:
    if step != "mkdir":
        shelf.put("older.yzp", b"older")
    before = shelf.list()

    def fail(*_given: Any, **_named: Any) -> Any:
        raise OSError(number, os.strerror(number))

    where: object = os if step == "fsync" else Path
    with monkeypatch.context() as broken:
        broken.setattr(where, step, fail)
        with pytest.raises(refusal):
            shelf.put("a.yzp", CONTENT)
    assert shelf.list() == before
    assert not (shelf.folder / ".draft.tmp").exists()
    assert shelf.put("a.yzp", CONTENT).read() == CONTENT
