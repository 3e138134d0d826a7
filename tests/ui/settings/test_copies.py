"""The list of backups: each with its day, what for and how large; what is gone is not listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop.ledger import backups
from desktop.ui.settings.copies import (
    BY_HAND,
    WEEK_DAY,
    Copy,
    copies,
    remember,
    remembered,
    restored_name,
)
from tests.ledger import books


def test_automatic_backups_say_when_and_what_for(tmp_path: Path) -> None:
    with books.found(tmp_path / "a.yzb") as book:
        backups.before(book, "read-excel")
        with book.batch("create") as batch:
            batch.create("unit", {"name": "大刘镇", "level": "township", "above": book.unit})
        backups.before(book, WEEK_DAY)
        found = copies(book, ())
        position = book.journal.position
    assert [one.purpose for one in found] == ["改每周截止日之前", "导入 Excel 之前"]
    assert [one.day for one in found] == [date(2023, 3, 2)] * 2
    assert [one.entries for one in found] == [position, position - 1]
    assert all(one.size == one.path.stat().st_size for one in found)


def test_an_act_without_a_name_of_its_own_is_still_told(tmp_path: Path) -> None:
    with books.found(tmp_path / "a.yzb") as book:
        backups.before(book, "升级-之前")
        (found,) = copies(book, ())
    assert found.purpose == "升级-之前"


def test_backups_made_by_hand_are_listed_while_they_are_there(tmp_path: Path) -> None:
    with books.found(tmp_path / "a.yzb") as book:
        made = tmp_path / "stick" / "备份.yzb"
        backups.backup(book, made)
        listed = remember(remember(None, tmp_path / "gone.yzb"), made)
        (found,) = copies(book, listed)
        assert (found.path, found.purpose, found.entries) == (made, BY_HAND, None)
        made.unlink()
        assert copies(book, listed) == ()


def test_other_files_in_the_folder_are_none(tmp_path: Path) -> None:
    with books.found(tmp_path / "a.yzb") as book:
        backups.before(book, "read-excel")
        folder = backups.folder_of(book)
        (folder / "something.yzb").write_text("")
        (folder / "000000009-20231399-x-12345678.yzb").write_text("")
        assert len(copies(book, ())) == 1


def test_what_is_remembered_is_each_path_once_the_latest_first() -> None:
    known = remember(["b", "a", 3], Path("a"))
    assert known == ["a", "b"]
    assert remembered("nonsense") == []
    assert len(remember([str(n) for n in range(99)], Path("x"))) == 30


@pytest.mark.parametrize(
    ("size", "said"), [(10, "1 KB"), (4096, "4 KB"), (1 << 20, "1.0 MB"), (2_450_000, "2.3 MB")]
)
def test_sizes_are_said_as_people_say_them(size: int, said: str) -> None:
    assert Copy(Path("a"), date(2023, 3, 2), "", size).said_size == said


def test_a_restored_book_gets_a_free_name_beside(tmp_path: Path) -> None:
    copy = Copy(Path("x"), date(2023, 3, 2), "", 1)
    book = tmp_path / "空冢郭镇.yzb"
    first = restored_name(book, copy)
    assert first == tmp_path / "空冢郭镇（恢复自3月2日）.yzb"
    first.write_text("")
    assert restored_name(book, copy).name == "空冢郭镇（恢复自3月2日）2.yzb"
