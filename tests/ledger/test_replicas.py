"""Replicas: numbers are never used twice, whatever is copied, moved or put back."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from desktop import paths
from desktop.ledger import backups, machine, replicas, verify, workspace
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import clean, found, project


def opened(path: Path) -> Book:
    return workspace.open_book(path, clock=books.noon)


def closed(path: Path) -> tuple[str, int]:
    """Open and close a book; the replica that it went on as, and its last number."""
    with opened(path) as book:
        return book.replica, book.number


def filled(path: Path, projects: int = 1) -> str:
    """A new book with projects, closed; the replica."""
    with found(path) as book:
        for at in range(projects):
            project(book, f"项目{at}")
        return book.replica


def written(path: Path, *, put_back: bool = False) -> str:
    """Write into a book, as the next morning; the replica that wrote.

    A file that was ``put_back`` by hand is sound in itself, but what was seen of it says more.
    """
    with opened(path) as book:
        if put_back:
            named = verify.verify(book, backups.anchors(book)).problems
            assert {problem.what for problem in named} == {"tail_cut"}
        project(book, "又一个")
        assert verify.verify(book).ok if put_back else clean(book)
        return book.replica


def test_a_replicas_name_is_short_readable_and_by_chance() -> None:
    names = {replicas.new_replica() for _ in range(200)}
    assert len(names) == 200
    assert all(re.fullmatch("[a-km-z2-9]{12}", name) for name in names)


def test_a_book_stays_with_its_replica(tmp_path: Path) -> None:
    path = tmp_path / "账本.yzb"
    replica = filled(path)
    assert closed(path) == (replica, 4)
    assert written(path) == replica
    assert closed(path) == (replica, 5)


def test_a_moved_book_stays_with_its_replica(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "账本.yzb", tmp_path / "新文件夹" / "一本账.yzb"
    replica = filled(path)
    elsewhere.parent.mkdir()
    path.rename(elsewhere)
    assert written(elsewhere) == replica
    elsewhere.rename(path)
    assert written(path) == replica


def test_a_copied_book_goes_on_as_another_and_the_first_as_before(tmp_path: Path) -> None:
    path, copy = tmp_path / "账本.yzb", tmp_path / "副本.yzb"
    replica = filled(path)
    shutil.copyfile(path, copy)
    other = written(copy)
    assert other != replica
    for _ in range(2):
        assert written(path) == replica
        assert written(copy) == other
    with opened(path) as book, opened(copy) as second:
        books.send(book, second)
        books.send(second, book)
        assert books.tables(book) == books.tables(second)
        assert clean(book)
        assert clean(second)


def test_a_copy_made_while_the_first_went_on_is_another(tmp_path: Path) -> None:
    path, copy = tmp_path / "账本.yzb", tmp_path / "副本.yzb"
    replica = filled(path)
    shutil.copyfile(path, copy)
    assert written(path) == replica
    path.unlink()  # Now the copy lies alone, but behind its own numbers.
    assert written(copy) != replica


def test_an_old_file_put_back_goes_on_as_another(tmp_path: Path) -> None:
    path, old = tmp_path / "账本.yzb", tmp_path / "旧.yzb"
    replica = filled(path)
    shutil.copyfile(path, old)
    assert written(path) == replica
    shutil.copyfile(old, path)
    assert written(path, put_back=True) != replica


def test_an_old_file_put_back_after_a_crash_goes_on_as_another_if_a_backup_saw_more(
    tmp_path: Path,
) -> None:
    path, old = tmp_path / "账本.yzb", tmp_path / "旧.yzb"
    replica = filled(path)
    shutil.copyfile(path, old)
    book = opened(path)
    project(book, "崩溃前")
    backups.before(book, "import")
    book.connection.close()  # The power fails: nothing is noted at closing.
    book._guard.release()
    shutil.copyfile(old, path)
    assert written(path, put_back=True) != replica


def test_the_same_file_after_a_crash_stays_with_its_replica(tmp_path: Path) -> None:
    path = tmp_path / "账本.yzb"
    replica = filled(path)
    book = opened(path)
    project(book, "崩溃前")
    book.connection.close()
    book._guard.release()
    assert written(path) == replica


def test_a_book_on_a_pc_that_does_not_know_it_goes_on_as_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "账本.yzb"
    replica = filled(path)
    monkeypatch.setenv("ONELEDGER_PROFILE", str(tmp_path / "another profile"))
    assert written(path) != replica


@pytest.mark.parametrize("spoilt", [b"", b"{", b'{"a": 1}', b"\xff\xfe"])
def test_a_profile_that_cannot_be_read_is_as_good_as_none(
    tmp_path: Path, profile: Path, spoilt: bytes
) -> None:
    path = tmp_path / "账本.yzb"
    replica = filled(path)
    (profile / "replicas.json").write_bytes(spoilt)
    other = written(path)
    assert other != replica
    assert written(path) == other


def test_a_profile_that_cannot_be_written_makes_a_new_replica_each_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "账本.yzb"
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("ONELEDGER_PROFILE", str(tmp_path / "file" / "profile"))
    seen = {filled(path), written(path), written(path)}
    assert len(seen) == 3


def test_no_draft_stays_in_the_profile(tmp_path: Path, profile: Path) -> None:
    filled(tmp_path / "账本.yzb")
    assert [file.name for file in profile.iterdir()] == ["replicas.json"]


def test_books_do_not_disturb_each_other_in_the_profile(tmp_path: Path) -> None:
    paths = [tmp_path / f"{at}.yzb" for at in range(3)]
    names = [filled(path) for path in paths]
    assert [written(path) for path in paths] == names
    assert len(set(names)) == 3


def test_a_restored_book_goes_on_as_another_and_the_first_as_before(tmp_path: Path) -> None:
    path, backup, restored = (tmp_path / name for name in ("账本.yzb", "备份.yzb", "恢复.yzb"))
    replica = filled(path)
    with opened(path) as book:
        backups.backup(book, backup)
    backups.restore(backup, restored)
    other = written(restored)
    assert other != replica
    assert written(path) == replica
    assert written(restored) == other


def test_a_book_restored_in_the_place_of_a_damaged_one_goes_on_as_another(tmp_path: Path) -> None:
    path, backup = tmp_path / "账本.yzb", tmp_path / "备份.yzb"
    replica = filled(path)
    with opened(path) as book:
        backups.backup(book, backup)
    path.rename(tmp_path / "坏了.yzb")
    backups.restore(backup, path)
    assert written(path) != replica


def test_a_book_restored_elsewhere_after_the_first_is_gone_goes_on_as_another(
    tmp_path: Path,
) -> None:
    path, backup = tmp_path / "账本.yzb", tmp_path / "备份.yzb"
    replica = filled(path)
    with opened(path) as book:
        backups.backup(book, backup)
    path.unlink()
    backups.restore(backup, tmp_path / "恢复.yzb")
    assert written(tmp_path / "恢复.yzb") != replica


def test_last_seen_is_of_this_file_alone(tmp_path: Path, profile: Path) -> None:
    path, copy = tmp_path / "账本.yzb", tmp_path / "副本.yzb"
    filled(path)
    shutil.copyfile(path, copy)
    written(copy)
    with opened(path) as book:
        seen = replicas.last_seen(profile, book.identity, path)
        assert seen is not None
        assert (seen.position, seen.head) == (book.journal.position, book.journal.head)
        assert replicas.last_seen(profile, book.identity, tmp_path / "别处.yzb") is None
        assert clean(book)


def on(monkeypatch: pytest.MonkeyPatch, own: str) -> None:
    """This is now the machine ``own``; "" is one that does not tell."""
    monkeypatch.setattr(machine, "identity", lambda: own)


def test_a_cloned_pc_goes_on_as_another_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, disk = tmp_path / "账本.yzb", paths.profile()
    on(monkeypatch, "first")
    replica = filled(path)
    shutil.copytree(disk, tmp_path / "image")
    shutil.copyfile(path, tmp_path / "image.yzb")
    assert written(path) == replica, "the first PC is as before"
    first = tmp_path / "first.yzb"
    path.rename(first)  # On the clone the book lies where it lay, and the profile says so.
    (tmp_path / "image.yzb").rename(path)
    monkeypatch.setenv(paths.PROFILE_VARIABLE, str(tmp_path / "image"))
    on(monkeypatch, "clone")
    clone = written(path)
    assert clone != replica
    assert written(path) == clone, "and stays that one"
    copy = tmp_path / "clone.yzb"
    path.rename(copy)
    first.rename(path)
    monkeypatch.setenv(paths.PROFILE_VARIABLE, str(disk))
    with opened(copy) as second:
        on(monkeypatch, "first")
        with opened(path) as book:
            assert book.replica == replica
            books.send(book, second)
            books.send(second, book)
            assert books.tables(book) == books.tables(second)
            assert clean(book)
            assert clean(second)


@pytest.mark.parametrize(("before", "after"), [("", "known"), ("known", ""), ("", "")])
def test_a_machine_that_does_not_tell_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str
) -> None:
    path = tmp_path / "账本.yzb"
    on(monkeypatch, before)
    replica = filled(path)
    on(monkeypatch, after)
    assert written(path) == replica


def test_a_profile_of_before_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, kept = tmp_path / "账本.yzb", paths.profile() / "replicas.json"
    on(monkeypatch, "")
    replica = filled(path)
    kept.write_text(kept.read_text("utf-8").replace('"machine"', '"unknown"'), "utf-8")
    on(monkeypatch, "first")
    assert closed(path)[0] == replica
    on(monkeypatch, "clone")
    assert closed(path)[0] != replica


def test_only_a_salted_mark_of_the_machine_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, "4f5c2d0b6f3f4a0e9a55d6b8a1c0ffee")
    filled(tmp_path / "账本.yzb")
    assert "c0ffee" not in (paths.profile() / "replicas.json").read_text("utf-8")
    one, other = machine.mark(), machine.mark()
    assert one != other and not machine.another(one) and not machine.another(other)
    on(monkeypatch, "another")
    assert machine.another(one)


def test_the_systems_identity_is_read_where_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = [tmp_path / "one", tmp_path / "two"]
    monkeypatch.setattr(machine, "_PLACES", places)
    assert machine._of_files() == ""
    places[0].write_text("uninitialized\n", "ascii")
    assert machine._of_files() == ""
    places[1].write_bytes(b"\xff\xfe")
    assert machine._of_files() == ""
    places[1].write_text("abcdef\n", "ascii")
    assert machine._of_files() == "abcdef"
