"""The departments' forms go with backups and copies of a book, whole, and never over others."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import backups, file_digests, forms_beside
from desktop.ledger.backups import BadBackup
from desktop.ledger.forms_beside import ASIDE, Taken, archive_of, folder_of
from desktop.ledger.workspace import Book
from tests.ledger.books import found, project


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with found(tmp_path / "账本.yzb") as made:
        project(made)
        form(made.path, "统计局月报", b"template")
        form(made.path, "发改委.周报", b"other")
        yield made


def form(book: Path, name: str, template: bytes) -> None:
    folder = folder_of(book)
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.xlsx").write_bytes(template)
    (folder / f"{name}.json").write_bytes(b"learned of " + template)


def forms(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*.*")}


def test_a_backup_takes_the_forms_along_and_restoring_brings_them(
    book: Book, tmp_path: Path
) -> None:
    target = tmp_path / "U盘" / "备份.yzb"
    assert backups.backup(book, target).forms == Taken(2)
    archive = archive_of(target)
    assert file_digests.noted(archive) == file_digests.digest_of(archive)
    back = tmp_path / "别处" / "恢复.yzb"
    assert backups.restore(target, back, profile=tmp_path / "p").forms == Taken(2)
    assert forms(folder_of(back)) == forms(folder_of(book.path))


def test_without_forms_there_is_no_archive(tmp_path: Path) -> None:
    with found(tmp_path / "a.yzb") as made:
        target = tmp_path / "b.yzb"
        assert backups.backup(made, target).forms == Taken()
        assert not archive_of(target).exists()
        back = backups.restore(target, tmp_path / "c.yzb", profile=tmp_path / "p")
        assert back.forms == Taken()
        assert not folder_of(tmp_path / "c.yzb").exists()


def test_a_form_that_is_there_and_differs_is_never_overwritten(book: Book, tmp_path: Path) -> None:
    target, back = tmp_path / "备份.yzb", tmp_path / "恢复.yzb"
    backups.backup(book, target)
    form(back, "统计局月报", b"newer")
    form(back, "发改委.周报", b"other")
    made = backups.restore(target, back, profile=tmp_path / "p")
    assert made.forms == Taken(2, aside=("统计局月报",))
    folder = folder_of(back)
    assert (folder / "统计局月报.xlsx").read_bytes() == b"newer"
    assert (folder / ASIDE / "统计局月报.xlsx").read_bytes() == b"template"
    assert (folder / ASIDE / "统计局月报.json").read_bytes() == b"learned of template"
    assert not (folder / ASIDE / "发改委.周报.xlsx").exists(), "the same form need not be set aside"


@pytest.mark.parametrize("cut", [1, 40])
def test_a_spoilt_archive_is_refused_before_anything_is_written(
    book: Book, tmp_path: Path, cut: int
) -> None:
    target, back = tmp_path / "备份.yzb", tmp_path / "恢复.yzb"
    backups.backup(book, target)
    archive = archive_of(target)
    archive.write_bytes(archive.read_bytes()[:-cut])
    with pytest.raises(BadBackup, match="校验值不符"):
        backups.restore(target, back, profile=tmp_path / "p")
    assert not back.exists() and not folder_of(back).exists()
    file_digests.beside(archive).unlink()
    with pytest.raises(BadBackup, match="损坏"):
        backups.restore(target, back, profile=tmp_path / "p")
    assert not back.exists()


@pytest.mark.parametrize("name", ["../外.json", "a/b.xlsx", "宏.exe", ".hidden.json", "c:a.json"])
def test_an_archive_that_leads_elsewhere_is_refused(book: Book, tmp_path: Path, name: str) -> None:
    target, back = tmp_path / "备份.yzb", tmp_path / "恢复.yzb"
    backups.backup(book, target)
    with zipfile.ZipFile(archive_of(target), "w") as archive:
        archive.writestr(name, b"x")
    file_digests.beside(archive_of(target)).unlink()
    with pytest.raises(BadBackup, match="不该有的文件"):
        backups.restore(target, back, profile=tmp_path / "p")
    assert not (tmp_path / "外.json").exists()


def test_what_is_too_large_is_left_and_said(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms_beside, "LARGEST", 30)
    form(book.path, "大表", b"0" * 40)
    made = backups.backup(book, tmp_path / "备份.yzb").forms
    assert made == Taken(2, left=("大表",))
    monkeypatch.setattr(forms_beside, "ALL", 10)
    assert len(forms_beside.pack(book.path, tmp_path / "x.yzb").left) == 3


def test_a_form_learned_since_is_backed_up_though_the_journal_stood_still(book: Book) -> None:
    first = backups.before(book, "daily")
    assert first is not None
    assert backups.before(book, "daily") is None
    form(book.path, "新表", b"new")
    second = backups.before(book, "daily")
    assert second is not None and second.forms == Taken(3)
    assert backups.before(book, "daily") is None
    form(book.path, "新表", b"NEW")
    assert backups.before(book, "daily") is not None


def test_a_backup_that_goes_takes_its_forms_with_it(book: Book, tmp_path: Path) -> None:
    target = tmp_path / "备份.yzb"
    backups.backup(book, target)
    forms_beside.move(target, tmp_path / "另.yzb")
    assert not archive_of(target).exists()
    assert file_digests.unspoiled(archive_of(tmp_path / "另.yzb"))
    forms_beside.take_away(tmp_path / "另.yzb")
    assert not list(tmp_path.glob("另*"))


def test_a_copy_of_a_book_has_its_forms(book: Book, tmp_path: Path) -> None:
    copy = tmp_path / "本机" / "账本.yzb"
    copy.parent.mkdir()
    assert forms_beside.carry(book.path, copy) == Taken(2)
    assert forms(folder_of(copy)) == forms(folder_of(book.path))
    assert forms_beside.carry(book.path, copy) == Taken(2)


def test_what_is_said_of_them() -> None:
    assert Taken().told == ""
    assert Taken(2).told == "部门表样 2 份一并带上。"
    assert "“甲”“乙”与旁边已有的不同" in Taken(2, aside=("甲", "乙")).told
    assert Taken(left=("大表",)).told == "表样“大表”太大，没有带上，请自己复制。"
