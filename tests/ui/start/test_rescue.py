"""A book elsewhere is copied whole, a damaged one comes back from its backup."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import NotFound
from desktop.ledger import backups, verify, workspace
from desktop.ledger.backups import BadBackup
from desktop.ui.start import rescue
from desktop.ui.worker import Cancelled


def quiet(_done: int, _of_all: int) -> None:
    """Nobody looks."""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "stick" / "空冢郭镇.yzb"
    workspace.create(path, "空冢郭镇", "township", under="源汇区").close()
    return path


def test_a_copy_opens_and_the_original_stays(book: Path, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    folder = tmp_path / "文档" / "一本账"
    copy = rescue.copy_of(book, folder, lambda done, of_all: seen.append((done, of_all)))
    assert copy == folder / "空冢郭镇.yzb"
    assert copy.read_bytes() == book.read_bytes()
    assert seen[-1] == (book.stat().st_size, book.stat().st_size)
    assert rescue.copy_of(book, folder, quiet) == folder / "空冢郭镇（2）.yzb"
    with workspace.open_book(copy) as opened:
        assert opened.unit
    assert sorted(path.name for path in folder.iterdir()) == [
        "空冢郭镇.yzb",
        "空冢郭镇（2）.yzb",
    ]


def test_what_was_half_written_is_taken_back_in_the_copy(book: Path, tmp_path: Path) -> None:
    whole = book.read_bytes()
    stick = tmp_path / "pulled" / book.name
    stick.parent.mkdir()
    with closing(sqlite3.connect(book, isolation_level=None)) as writing:
        writing.execute("PRAGMA cache_size = 2")  # Pages go to the file before the end.
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE journal SET fields = fields || zeroblob(200000)")
        shutil.copyfile(book, stick)
        shutil.copyfile(f"{book}-journal", f"{stick}-journal")
        writing.execute("ROLLBACK")
    assert stick.read_bytes() != whole
    copy = rescue.copy_of(stick, tmp_path / "here", quiet)
    assert copy.read_bytes() == whole
    assert list(copy.parent.iterdir()) == [copy]
    with workspace.open_book(copy) as opened:
        assert verify.verify(opened).ok


def test_a_cancelled_copy_leaves_nothing_behind(book: Path, tmp_path: Path) -> None:
    book.with_name(f"{book.name}-journal").write_bytes(b"half")

    def stop(_done: int, _of_all: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        rescue.copy_of(book, tmp_path / "here", stop)
    assert list((tmp_path / "here").iterdir()) == []


def test_a_book_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        rescue.copy_of(tmp_path / "没有.yzb", tmp_path / "here", quiet)


def test_the_latest_backup_brings_a_damaged_book_back(book: Path) -> None:
    assert rescue.latest_backup(book) is None
    with workspace.open_book(book) as opened:
        first = backups.before(opened, "read-excel")
        with opened.batch("create") as batch:
            batch.create("project", {"name": "甲", "unit": opened.unit})
        second = backups.before(opened, "read-excel")
    assert first is not None
    assert second is not None
    assert rescue.latest_backup(book) == Path(second.path)
    book.write_bytes(b"ruined")
    back = rescue.restored(Path(second.path), book)
    assert back == book.with_name("空冢郭镇（恢复）.yzb")
    assert book.read_bytes() == b"ruined"
    with workspace.open_book(back) as opened:
        assert [row["name"] for row in opened.rows("project")] == ["甲"]
    assert rescue.restored(Path(second.path), book) == book.with_name("空冢郭镇（恢复）（2）.yzb")


def test_a_spoilt_backup_is_refused(book: Path, tmp_path: Path) -> None:
    with workspace.open_book(book) as opened:
        made = backups.before(opened, "read-excel")
    assert made is not None
    spoilt = Path(made.path)
    data = bytearray(spoilt.read_bytes())
    data[-100] ^= 0xFF
    spoilt.write_bytes(data)
    with pytest.raises(BadBackup):
        rescue.restored(spoilt, book)
    assert not book.with_name("空冢郭镇（恢复）.yzb").exists()


def test_the_forms_beside_a_book_come_along(book: Path, tmp_path: Path) -> None:
    beside = book.with_name("空冢郭镇.表样")
    beside.mkdir()
    (beside / "月报.xlsx").write_bytes(b"template")
    (beside / "月报.json").write_bytes(b"{}")
    copy = rescue.copy_of(book, tmp_path / "文档", quiet)
    assert sorted(one.name for one in copy.with_name("空冢郭镇.表样").iterdir()) == [
        "月报.json",
        "月报.xlsx",
    ]
