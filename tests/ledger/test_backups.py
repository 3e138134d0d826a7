"""Backups: whole and verified or none, kept by days, weeks and months, gone on from as another."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.errors import DiskFull, NotFound, NotWritable, OneLedgerError
from desktop.ledger import automatic_backups, backups, file_digests, verify, workspace
from desktop.ledger.backups import BadBackup, BookUnsound
from desktop.ledger.bookfile import BookExists, NewerBook, NotABook
from desktop.ledger.format import FORMAT
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import clean, everything, found, project, spoil, tables, week


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with found(tmp_path / "账本.yzb") as made:
        week(made, project(made))
        yield made


def names(folder: Path) -> list[str]:
    """What lies there, but for the empty journal that an open book has beside it."""
    found = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(name for name in found if not name.endswith("-journal"))


# Made --------------------------------------------------------------------------------------------


def test_a_backup_is_the_whole_book_and_says_what_it_is(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "U盘" / "备份.yzb"
    made = backups.backup(book, target)
    assert made.path == str(target)
    assert (made.entries, made.head) == (book.journal.position, book.journal.head)
    assert made.digest == sha256(target.read_bytes()).hexdigest() == file_digests.digest_of(target)
    assert (tmp_path / "U盘" / "备份.yzb.sha256").read_text("utf-8") == f"{made.digest}  备份.yzb\n"
    assert names(target.parent) == ["备份.yzb", "备份.yzb.sha256"]
    assert backups.examine(target) == (made.entries, made.head, book.identity, 0)


def test_a_backup_is_noted_in_the_book_and_the_book_goes_on(book: Book, tmp_path: Path) -> None:
    before = everything(book)
    made = backups.backup(book, tmp_path / "备份.yzb", "交接前备份")
    noted = book.select("SELECT position, head, kind, time FROM anchor")
    assert noted == [
        {
            "position": made.entries,
            "head": made.head,
            "kind": "交接前备份",
            "time": "2023-03-02T12:00:00+08:00",
        }
    ]
    assert everything(book) == before
    project(book, "之后")
    assert clean(book)


def test_progress_of_a_backup_is_told(tmp_path: Path) -> None:
    with found(tmp_path / "大账本.yzb") as book:
        with book.batch("import") as batch:
            for at in range(1000):
                batch.create("project", {"name": f"项目{at}", "unit": book.unit})
        steps: list[tuple[int, int]] = []
        backups.backup(book, tmp_path / "备份.yzb", progress=lambda *step: steps.append(step))
    assert steps == [(1000, 1003)]


def test_a_file_that_lies_there_is_never_overwritten(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "备份.yzb"
    target.write_text("别的东西")
    with pytest.raises(BookExists):
        backups.backup(book, target)
    with pytest.raises(BookExists):
        backups.restore(book.path, target)
    assert target.read_text() == "别的东西"
    assert names(tmp_path) == ["备份.yzb", "账本.yzb", "账本.yzb.lock"]


def test_a_book_that_does_not_hold_is_not_backed_up_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "账本.yzb"
    found(path).close()
    spoil(path, "UPDATE journal SET operator = '别人' WHERE position = 1")
    with workspace.open_book(path) as book:
        before = everything(book)
        with pytest.raises(BookUnsound) as refused:
            backups.backup(book, tmp_path / "备份.yzb")
        assert str(path) in refused.value.sentence
        assert "流水第 1 条" in refused.value.sentence
        assert everything(book) == before
    assert names(tmp_path) == ["账本.yzb"]


def test_a_folder_that_takes_nothing_is_named(book: Book, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("")
    before = everything(book)
    with pytest.raises(NotWritable):
        backups.backup(book, tmp_path / "文件" / "备份.yzb")
    with pytest.raises(NotWritable):
        backups.restore(book.path, tmp_path / "文件" / "账本.yzb")
    assert everything(book) == before


def test_a_full_disk_leaves_neither_a_half_backup_nor_a_note(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fills(connection: sqlite3.Connection, draft: Path) -> None:
        target = sqlite3.connect(draft)
        target.execute("PRAGMA max_page_count = 8")
        try:
            connection.backup(target)
        finally:
            target.close()

    before, listed = everything(book), names(tmp_path)
    monkeypatch.setattr(backups, "_copy", fills)
    with pytest.raises(DiskFull, match="磁盘空间不足"):
        backups.backup(book, tmp_path / "备份.yzb")
    assert names(tmp_path) == listed
    assert everything(book) == before
    assert book.select("SELECT * FROM anchor") == []


@pytest.mark.parametrize(("number", "name"), [(errno.ENOSPC, DiskFull), (errno.EIO, NotWritable)])
@pytest.mark.parametrize("step", ["fsync", "digest"])
def test_a_disk_that_fails_at_the_end_leaves_no_backup(
    book: Book,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    number: int,
    name: type[OneLedgerError],
    step: str,
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(number, "no")

    listed = names(tmp_path)
    monkeypatch.setattr("os.fsync" if step == "fsync" else "pathlib.Path.write_text", fails)
    with pytest.raises(name):
        backups.backup(book, tmp_path / "备份.yzb")
    monkeypatch.undo()
    assert names(tmp_path) == listed
    assert book.select("SELECT * FROM anchor") == []


# Got back ----------------------------------------------------------------------------------------


def test_a_restored_book_is_the_book_and_goes_on(book: Book, tmp_path: Path) -> None:
    made = backups.backup(book, tmp_path / "备份.yzb")
    project(book, "备份之后")
    got = backups.restore(tmp_path / "备份.yzb", tmp_path / "新" / "恢复.yzb")
    assert (got.entries, got.head) == (made.entries, made.head)
    with workspace.open_book(tmp_path / "新" / "恢复.yzb") as restored:
        assert restored.journal.head == made.head
        assert restored.replica != book.replica
        project(restored, "恢复之后")
        assert restored.number == 1
        assert clean(restored)
        books.send(book, restored)
        books.send(restored, book)
        assert tables(restored) == tables(book)
        assert {row["name"] for row in book.rows("project")} == {
            "北环路改造", "备份之后", "恢复之后",
        }  # fmt: skip
        assert clean(restored)
    assert clean(book)


def tampered(tmp_path: Path, book: Book) -> Path:
    target = tmp_path / "备份.yzb"
    backups.backup(book, target)
    return target


def test_a_backup_with_one_changed_byte_is_refused(book: Book, tmp_path: Path) -> None:
    target = tampered(tmp_path, book)
    content = bytearray(target.read_bytes())
    content[-1] ^= 1
    target.write_bytes(bytes(content))
    with pytest.raises(BadBackup, match="与备份时的校验值不符"):
        backups.restore(target, tmp_path / "恢复.yzb")
    assert not (tmp_path / "恢复.yzb").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET operator = '别人' WHERE position = 2",
        "DELETE FROM journal WHERE position = 3",
        "UPDATE weekly SET completed_week = 1",
        "DELETE FROM scheme",
        "DROP TABLE journal",
    ],
)
def test_a_tampered_backup_is_refused_though_its_digest_was_made_anew(
    book: Book, tmp_path: Path, statement: str
) -> None:
    target = tampered(tmp_path, book)
    spoil(target, statement)
    for digest in (f"{file_digests.digest_of(target)}  备份.yzb\n", "", None):
        note = target.with_name("备份.yzb.sha256")
        note.unlink(missing_ok=True)
        if digest is not None:
            note.write_text(digest)
        with pytest.raises(BadBackup) as refused:
            backups.restore(target, tmp_path / "恢复.yzb")
        assert str(target) in refused.value.sentence
        assert refused.value.advice == "请换一份较早的备份。"
    assert names(tmp_path)[-2:] == ["账本.yzb", "账本.yzb.lock"]
    assert not (tmp_path / "恢复.yzb").exists()


def test_what_is_no_backup_is_named_by_its_own_name(book: Book, tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("不是账本" * 99, "utf-8")
    newer = tampered(tmp_path, book)
    spoil(newer, f"PRAGMA user_version = {FORMAT + 1}")
    newer.with_name("备份.yzb.sha256").unlink()
    cut = tmp_path / "截断.yzb"
    cut.write_bytes(book.path.read_bytes()[:-5000])
    cases: list[tuple[Path, type[OneLedgerError]]] = [
        (tmp_path / "没有.yzb", NotFound),
        (tmp_path / "说明.txt", NotABook),
        (newer, NewerBook),
        (cut, BadBackup),
    ]
    for source, name in cases:
        with pytest.raises(name) as refused:
            backups.restore(source, tmp_path / "恢复.yzb")
        assert str(source) in refused.value.sentence
    assert not (tmp_path / "恢复.yzb").exists()
    assert [name for name in names(tmp_path) if name.startswith(".")] == []


def test_a_backup_on_a_write_protected_stick_is_restored(book: Book, tmp_path: Path) -> None:
    target = tampered(tmp_path, book)
    target.chmod(0o444)
    backups.restore(target, tmp_path / "恢复.yzb")
    with workspace.open_book(tmp_path / "恢复.yzb") as restored:
        assert clean(restored)


def test_a_disk_that_fills_up_while_restoring_leaves_nothing(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tampered(tmp_path, book)
    listed = names(tmp_path)

    def fails(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(DiskFull):
        backups.restore(target, tmp_path / "恢复.yzb")
    assert names(tmp_path) == listed


def test_restored_to_an_older_state_in_its_place_the_book_is_sound(tmp_path: Path) -> None:
    """Backups of what came later contradict it: they are set aside and kept."""
    path = tmp_path / "账本.yzb"
    with found(path) as book:
        old = backups.before(book, "import")
        project(book, "不想要的")
        newer = backups.before(book, "import")
    assert old is not None
    assert newer is not None
    path.rename(tmp_path / "旧账本.yzb")
    backups.restore(Path(old.path), path)
    with workspace.open_book(path, clock=books.noon) as book:
        assert clean(book)
        project(book, "新的")
        assert clean(book)
        again = backups.before(book, "import")
        assert again is not None
        assert clean(book)
    folder = tmp_path / "账本.backups"
    aside = folder / "恢复前" / Path(newer.path).name
    assert backups.examine(aside).head == newer.head
    assert aside.with_name(aside.name + ".sha256").is_file()
    assert Path(old.path).is_file()
    assert Path(again.path).is_file()


# Automatic ones ----------------------------------------------------------------------------------


def test_what_a_vanished_book_left_half_written_does_not_get_into_the_restored_one(
    book: Book, tmp_path: Path
) -> None:
    """SQLite takes any ``-journal`` beside a file for that file's own."""
    made = backups.backup(book, tmp_path / "copies" / "b.yzb")
    for number in range(30):
        project(book, f"项目{number}")
    book.close()
    left = book.path.with_name(f"{book.path.name}-journal")
    with closing(sqlite3.connect(book.path, isolation_level=None)) as writing:
        writing.execute("PRAGMA cache_size = 2")  # Pages go to the file before the end.
        writing.execute("BEGIN IMMEDIATE")
        writing.execute("UPDATE journal SET fields = fields || ' '")
        crashed = left.read_bytes()
        writing.execute("ROLLBACK")
    book.path.unlink()
    left.write_bytes(crashed)
    backups.restore(Path(made.path), book.path, profile=book.profile)
    assert left.with_name(f"{left.name}.old").read_bytes() == crashed and not left.exists()
    with workspace.open_book(book.path, profile=book.profile) as again:
        assert verify.verify(again).ok and again.journal.head == made.head


def test_before_a_large_step_the_book_is_backed_up_once_for_each_state(book: Book) -> None:
    made = backups.before(book, "import")
    assert made is not None
    path = Path(made.path)
    assert path.parent == backups.folder_of(book) == book.path.with_name("账本.backups")
    assert path.name == f"{book.journal.position:09}-20230302-import-{made.head[:8]}.yzb"
    assert backups.before(book, "take-in") is None
    project(book, "又一个")
    assert backups.before(book, "import") is not None
    assert clean(book)


def test_a_backup_that_was_spoilt_since_is_made_again(book: Book) -> None:
    made = backups.before(book, "import")
    assert made is not None
    for spoilt in (b"", Path(made.path).read_bytes()[:-1] + b"x"):
        Path(made.path).write_bytes(spoilt)
        again = backups.before(book, "import")
        assert again is not None
        assert backups.examine(Path(again.path)).head == book.journal.head
        Path(again.path).unlink()


def test_the_same_place_in_another_life_is_another_state(tmp_path: Path) -> None:
    """An old file put back goes on differently: as many entries, but other ones."""
    path, old = tmp_path / "账本.yzb", tmp_path / "旧.yzb"
    found(path).close()
    shutil.copyfile(path, old)
    heads = []
    for name in ("甲", "乙"):
        shutil.copyfile(old, path)
        with workspace.open_book(path, clock=books.noon) as book:
            project(book, name)
            made = backups.before(book, "import")
            assert made is not None
            heads.append(made.head)
    assert len(set(heads)) == 2
    assert len(list((tmp_path / "账本.backups").glob("*.yzb"))) == 2


def test_the_backups_know_the_head(book: Book) -> None:
    made = backups.before(book, "import")
    assert made is not None
    (anchor, *_) = backups.anchors(book)
    assert anchor == verify.Anchor(made.entries, made.head, "备份")
    Path(made.path).write_bytes(b"spoilt")
    assert [anchor.where for anchor in backups.anchors(book)] == ["上次关闭"]


def kept_after(folder: Path, days: list[date]) -> list[str]:
    """The days of the automatic backups that are left when one was made on each of ``days``."""
    folder.mkdir(exist_ok=True)
    for at, day in enumerate(days):
        made = folder / f"{at:09}-{day:%Y%m%d}-import-0123abcd.yzb"
        made.write_bytes(b"")
        made.with_name(made.name + ".sha256").write_bytes(b"")
        automatic_backups.thin(folder)
        assert made.exists()
    kept = [name for name in names(folder) if name.endswith("-0123abcd.yzb")]
    digests = [name for name in names(folder) if name.endswith("-0123abcd.yzb.sha256")]
    assert digests == [f"{name}.sha256" for name in kept]
    return [name.split("-")[1] for name in kept]


def test_days_weeks_and_months_are_kept(tmp_path: Path) -> None:
    days = [date(2023, 1, 1) + timedelta(day) for day in range(120)]
    kept = kept_after(tmp_path, days)
    last = days[-1]
    assert last == date(2023, 4, 30)
    assert kept[-7:] == [f"{last - timedelta(at):%Y%m%d}" for at in range(6, -1, -1)]
    sundays = ["20230402", "20230409", "20230416", "20230423"]
    ends = ["20230131", "20230228", "20230331"]
    assert kept[:-7] == sorted([*ends, *sundays])


def test_months_are_kept_for_a_year(tmp_path: Path) -> None:
    kept = kept_after(tmp_path, [date(2021, 1, 15) + timedelta(31 * at) for at in range(30)])
    assert len(kept) == 12


def test_many_backups_of_one_day_leave_the_newest_seven(tmp_path: Path) -> None:
    kept = kept_after(tmp_path, [date(2023, 3, 1)] * 3 + [date(2023, 3, 2)] * 12)
    assert kept == ["20230301"] + ["20230302"] * 7


@pytest.mark.parametrize(
    "jumps",
    [
        [date(2099, 1, 1)] + [date(2023, 3, 2)] * 9,
        [date(2023, 3, 2)] * 9 + [date(1970, 1, 1)],
        [date(1970, 1, 1), date(2099, 12, 31)] * 20,
        [date(2023, 3, 2) - timedelta(at) for at in range(100)],
        [date(2023, 3, 2) + timedelta(400 * at) for at in range(40)],
    ],
)
def test_a_clock_that_jumps_never_costs_the_newest(tmp_path: Path, jumps: list[date]) -> None:
    kept = kept_after(tmp_path, jumps)
    assert kept[-7:] == [f"{day:%Y%m%d}" for day in jumps[-7:]]


def test_old_ones_go_when_a_new_one_is_whole(book: Book) -> None:
    made = []
    for at in range(9):
        with book.batch("change") as batch:
            batch.change("unit", book.unit, {"order": at})
        one = backups.before(book, "import")
        assert one is not None
        made.append(Path(one.path))
        assert backups.examine(made[-1]).entries == book.journal.position
    assert [path.exists() for path in made] == [False] * 2 + [True] * 7


def test_other_files_in_the_folder_are_left_alone(book: Book) -> None:
    folder = backups.folder_of(book)
    folder.mkdir()
    own = ["请勿删除.yzb", "我的备份-20230101-x.yzb", "000000001-随便.yzb", "说明.txt"]
    for name in own:
        (folder / name).write_text("别人的")
    kept_after(folder, [date(2023, 1, 1) + timedelta(at) for at in range(60)])
    assert set(own) <= set(names(folder))
    assert clean(book)


def test_a_failed_backup_evicts_nothing(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_after(backups.folder_of(book), [date(2023, 3, 2)] * 7)
    listed = names(backups.folder_of(book))

    def fails(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(DiskFull):
        backups.before(book, "import")
    assert names(backups.folder_of(book)) == listed
