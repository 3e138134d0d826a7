"""Refused packages beside a book: kept once with their reasons, within their bounds."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.exchange import container, quarantine
from desktop.exchange.quarantine import NOTE, Quarantine
from desktop.exchange.sender_refusals import ForgedSignature, RevokedKey
from desktop.exchange.shelves import Shelves

CONTENT = b"a package" * 1000
DIGEST = sha256(CONTENT).hexdigest()
WHEN = datetime(2023, 3, 2, 16, 5, 9)


@pytest.fixture
def refused(tmp_path: Path) -> Quarantine:
    path = tmp_path / "空冢郭镇.2023.yzb"
    path.write_bytes(b"the book")
    return Shelves(path).refused


def test_a_refused_package_lies_beside_its_reason(refused: Quarantine) -> None:
    reason = ForgedSignature("干河陈乡")
    note = refused.keep(CONTENT, reason, "E:\\上报\\a\nb.yzp", WHEN)
    (kept,) = refused.list()
    assert kept.read() == CONTENT
    assert note == refused.folder / f"{DIGEST}.原因.txt"
    assert note.read_bytes().startswith(b"\xef\xbb\xbf")
    said = note.read_text("utf-8-sig")
    for part in (
        *("时间：2023-03-02 16:05:09", "来源：E:\\上报\\a�b.yzp", f"大小：{len(CONTENT)} 字节"),
        *(f"副本：{kept.path.name}", f"原因：{reason.sentence}", f"办法：{reason.advice}"),
        "代号：ForgedSignature",
    ):
        assert part in said.splitlines()
    assert refused.remove(DIGEST)
    assert list(refused.folder.iterdir()) == []


def test_the_same_content_again_adds_a_reason_only_when_it_is_another(refused: Quarantine) -> None:
    note = refused.keep(CONTENT, ForgedSignature("甲"), "a.yzp", WHEN)
    once = note.read_bytes()
    assert refused.keep(CONTENT, ForgedSignature("甲"), "a.yzp") == note
    assert note.read_bytes() == once
    refused.keep(CONTENT, RevokedKey("甲"), "a.yzp", WHEN)
    assert note.read_bytes().startswith(once)
    assert note.read_text("utf-8-sig").count("代号：") == 2
    assert len(refused.list()) == 1


def test_a_note_does_not_grow_without_end(
    refused: Quarantine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "LONGEST_NOTE", 2000)
    for number in range(40):
        note = refused.keep(CONTENT, ForgedSignature("甲"), f"{number}.yzp", WHEN)
    assert 2000 <= note.stat().st_size < 3000


def test_a_file_is_copied_unless_it_is_larger_than_any_package(
    refused: Quarantine, tmp_path: Path
) -> None:
    source = tmp_path / "stick.yzp"
    source.write_bytes(CONTENT)
    refused.keep(source, ForgedSignature(), str(source))
    assert refused.get(DIGEST) == CONTENT
    assert source.read_bytes() == CONTENT
    with source.open("r+b") as file:
        file.truncate(10 * 1024**3)  # Sparse: takes no room.
    note = refused.keep(source, ForgedSignature(), str(source))
    assert "没有复制" in note.read_text("utf-8-sig")
    assert str(10 * 1024**3) in note.read_text("utf-8-sig")
    assert len(refused.list()) == 1


def test_what_cannot_be_read_or_is_no_file_is_noted_too(
    refused: Quarantine, tmp_path: Path
) -> None:
    make: tuple[Callable[[Path], object], ...] = (
        *(os.mkfifo, Path.mkdir),
        *(lambda path: path.symlink_to(tmp_path / "空冢郭镇.2023.yzb"), lambda _path: None),
    )
    for number, made in enumerate(make):
        source = tmp_path / f"{number}.yzp"
        made(source)
        note = refused.keep(source, ForgedSignature(), str(source))
        assert "大小：读不出" in note.read_text("utf-8-sig")
    assert refused.list() == ()
    assert len(list(refused.folder.iterdir())) == len(make)


def test_bytes_beyond_the_bound_are_not_copied_either(
    refused: Quarantine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "LARGEST_BODY", 10)
    monkeypatch.setattr(container, "FRONT", 10)
    assert "没有复制" in refused.keep(bytes(21), ForgedSignature(), "a").read_text("utf-8-sig")
    assert refused.list() == ()
    refused.keep(bytes(20), ForgedSignature(), "a")
    assert len(refused.list()) == 1


def test_refused_copies_are_bounded_and_the_oldest_go_first(
    refused: Quarantine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MOST_REFUSED", 2)
    kept: list[str] = []
    for at in range(4):
        content = CONTENT + bytes([at])
        kept.append(sha256(content).hexdigest())
        refused.keep(content, ForgedSignature(), f"{at}.yzp", WHEN)
        for one in refused.list():
            if one.digest == kept[-1]:
                os.utime(one.path, (at, at))
    assert {one.digest for one in refused.list()} == set(kept[2:])
    assert "已删去最早的这一份" in refused.note(kept[0]).read_text("utf-8-sig")
    (dropped,) = [one for one in refused.reasons() if one.note == refused.note(kept[0])]
    assert (dropped.when, dropped.source, dropped.copy) == (f"{WHEN}", "0.yzp", None)
    assert (dropped.name, dropped.reason) == ("ForgedSignature", ForgedSignature().sentence)
    monkeypatch.setattr(quarantine, "ROOM_FOR_REFUSED", len(CONTENT))
    refused.keep(CONTENT, ForgedSignature(), "last.yzp", WHEN)
    left = [one.digest for one in refused.list()]
    assert DIGEST in left and kept[2] not in left


def test_notes_are_bounded_too_and_those_beside_a_copy_stay(
    refused: Quarantine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quarantine, "MOST_NOTES", 3)
    refused.keep(CONTENT, ForgedSignature(), "copied.yzp", WHEN)
    os.utime(refused.note(DIGEST), (0, 0))
    for at in range(1, 6):
        note = refused.keep(tmp_path / f"{at}.yzp", ForgedSignature(), f"{at}.yzp", WHEN)
        os.utime(note, (at, at))
    assert len(list(refused.folder.glob(f"*{NOTE}"))) == 3
    assert {one.source for one in refused.reasons()} == {"copied.yzp", "4.yzp", "5.yzp"}
