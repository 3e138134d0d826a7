"""Copies of packages beside a book: kept once, found by content, whole or told as spoilt."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import DiskFull, NotWritable
from desktop.exchange import container, shelves
from desktop.exchange.sender_refusals import ForgedSignature, RevokedKey
from desktop.exchange.shelves import KeptSpoilt, Shelf, Shelves

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


def test_a_refused_package_lies_beside_its_reason(book: Path) -> None:
    beside = Shelves(book)
    reason = ForgedSignature("干河陈乡")
    note = beside.quarantine(CONTENT, reason, "E:\\上报\\a\nb.yzp", WHEN)
    (kept,) = beside.refused.list()
    assert kept.read() == CONTENT
    assert note == beside.refused.folder / f"{DIGEST}.原因.txt"
    assert note.read_bytes().startswith(b"\xef\xbb\xbf")
    said = note.read_text("utf-8-sig")
    for part in (
        *("时间：2023-03-02 16:05:09", "来源：E:\\上报\\a�b.yzp", f"大小：{len(CONTENT)} 字节"),
        *(f"副本：{kept.path.name}", f"原因：{reason.sentence}", f"办法：{reason.advice}"),
        "代号：ForgedSignature",
    ):
        assert part in said.splitlines()
    assert beside.refused.remove(DIGEST)
    assert list(beside.refused.folder.iterdir()) == []


def test_the_same_content_again_adds_a_reason_only_when_it_is_another(book: Path) -> None:
    beside = Shelves(book)
    note = beside.quarantine(CONTENT, ForgedSignature("甲"), "a.yzp", WHEN)
    once = note.read_bytes()
    assert beside.quarantine(CONTENT, ForgedSignature("甲"), "a.yzp") == note
    assert note.read_bytes() == once
    beside.quarantine(CONTENT, RevokedKey("甲"), "a.yzp", WHEN)
    assert note.read_bytes().startswith(once)
    assert note.read_text("utf-8-sig").count("代号：") == 2
    assert len(beside.refused.list()) == 1


def test_a_note_does_not_grow_without_end(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "LONGEST_NOTE", 2000)
    beside = Shelves(book)
    for number in range(40):
        note = beside.quarantine(CONTENT, ForgedSignature("甲"), f"{number}.yzp", WHEN)
    assert 2000 <= note.stat().st_size < 3000


def test_a_file_is_copied_unless_it_is_larger_than_any_package(book: Path, tmp_path: Path) -> None:
    beside, source = Shelves(book), tmp_path / "stick.yzp"
    source.write_bytes(CONTENT)
    beside.quarantine(source, ForgedSignature(), str(source))
    assert beside.refused.get(DIGEST) == CONTENT
    assert source.read_bytes() == CONTENT
    with source.open("r+b") as file:
        file.truncate(10 * 1024**3)  # Sparse: takes no room.
    note = beside.quarantine(source, ForgedSignature(), str(source))
    assert "没有复制" in note.read_text("utf-8-sig")
    assert str(10 * 1024**3) in note.read_text("utf-8-sig")
    assert len(beside.refused.list()) == 1


def test_what_cannot_be_read_or_is_no_file_is_noted_too(book: Path, tmp_path: Path) -> None:
    beside = Shelves(book)
    make: tuple[Callable[[Path], object], ...] = (
        *(os.mkfifo, Path.mkdir),
        *(lambda path: path.symlink_to(book), lambda _path: None),
    )
    for number, made in enumerate(make):
        source = tmp_path / f"{number}.yzp"
        made(source)
        note = beside.quarantine(source, ForgedSignature(), str(source))
        assert "大小：读不出" in note.read_text("utf-8-sig")
    assert beside.refused.list() == ()
    assert len(list(beside.refused.folder.iterdir())) == len(make)


def test_bytes_beyond_the_bound_are_not_copied_either(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "LARGEST_BODY", 10)
    monkeypatch.setattr(container, "FRONT", 10)
    beside = Shelves(book)
    assert "没有复制" in beside.quarantine(bytes(21), ForgedSignature(), "a").read_text("utf-8-sig")
    assert beside.refused.list() == ()
    beside.quarantine(bytes(20), ForgedSignature(), "a")
    assert len(beside.refused.list()) == 1


def test_refused_copies_are_bounded_and_the_oldest_go_first(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelves, "MOST_REFUSED", 2)
    beside, kept = Shelves(book), []
    for at in range(4):
        content = CONTENT + bytes([at])
        kept.append(sha256(content).hexdigest())
        beside.quarantine(content, ForgedSignature(), f"{at}.yzp", WHEN)
        for one in beside.refused.list():
            if one.digest == kept[-1]:
                os.utime(one.path, (at, at))
    assert {one.digest for one in beside.refused.list()} == set(kept[2:])
    assert "已删去最早的这一份" in beside.refused.note(kept[0]).read_text("utf-8-sig")
    (dropped,) = [one for one in beside.reasons() if one.note == beside.refused.note(kept[0])]
    assert (dropped.when, dropped.source, dropped.copy) == (f"{WHEN}", "0.yzp", None)
    assert (dropped.name, dropped.reason) == ("ForgedSignature", ForgedSignature().sentence)
    monkeypatch.setattr(shelves, "ROOM_FOR_REFUSED", len(CONTENT))
    beside.quarantine(CONTENT, ForgedSignature(), "last.yzp", WHEN)
    left = [one.digest for one in beside.refused.list()]
    assert DIGEST in left and kept[2] not in left
