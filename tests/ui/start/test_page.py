"""The first start with real keys and mouse: open, found, look at the demonstration, be rescued."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.demo import FolderTaken
from desktop.ledger import backups, workspace
from desktop.ledger.backups import BadBackup
from desktop.ledger.bookfile import NewerBook, ReadOnlyBook
from desktop.ledger.drives import NotLocal
from desktop.ledger.store import DamagedBook
from desktop.ui.start import places
from desktop.ui.start.new_book import NewBookDialog
from desktop.ui.start.page import StartPage
from desktop.ui.start.roles import RolesDialog
from tests.ui.start.fake import FakeStarter
from tests.ui.week.hands import OFFSCREEN, click, write

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
Make = Callable[..., StartPage]


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The person's documents, for this test alone."""
    folder = tmp_path / "文档"
    folder.mkdir()
    monkeypatch.setattr(places, "documents", lambda: folder)
    return folder


@pytest.fixture
def starter() -> FakeStarter:
    return FakeStarter()


@pytest.fixture
def page(starter: FakeStarter, qapp: QApplication, qtbot: Any) -> StartPage:
    made = StartPage(starter)
    qtbot.addWidget(made)
    made.resize(1000, 680)
    made.show()
    return made


def test_everything_is_reached_by_the_keyboard(page: StartPage) -> None:
    page.setFocus()
    choices = (page.open, page.package, page.township, page.district, page.show_demo)
    for choice in choices:
        assert QApplication.focusWidget() is choice
        QTest.keyClick(choice, Qt.Key.Key_Down)
    page.district.setFocus()
    QTest.keyClick(page.district, Qt.Key.Key_Up)
    assert QApplication.focusWidget() is page.township


def test_a_chosen_book_is_opened(page: StartPage, starter: FakeStarter, tmp_path: Path) -> None:
    asked: list[Path] = []

    def ask(_parent: QWidget, _title: str, folder: Path) -> Path | None:
        asked.append(folder)
        return tmp_path / "a.yzb" if len(asked) == 1 else None

    page.ask = ask
    QTest.keyClick(page.open, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert starter.opened == [tmp_path / "a.yzb"]
    assert asked == [places.documents()] * 2


def test_recent_books_come_first(qtbot: Any, tmp_path: Path) -> None:
    books = [tmp_path / "空冢郭镇.yzb", tmp_path / "源汇区.yzb"]
    starter = FakeStarter(*books)
    page = StartPage(starter)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    QApplication.processEvents()
    page.setFocus()
    assert QApplication.focusWidget() is page.rows[0]
    QTest.keyClick(page.rows[0], Qt.Key.Key_Return)
    click(page.rows[1])
    assert starter.opened == books
    starter.books = books[:1]
    page.refresh()
    assert len(page.rows) == 1
    starter.books = []
    page.refresh()
    assert not page.recent_title.isVisible()


def test_a_townships_book_is_founded_and_opened(
    page: StartPage, starter: FakeStarter, documents: Path
) -> None:
    click(page.township)
    (dialog,) = page.findChildren(NewBookDialog)
    assert not dialog.go.isEnabled()
    write(dialog.unit, "空冢郭镇")
    assert not dialog.go.isEnabled()
    write(dialog.under, "源汇区")
    assert dialog.place.text() == str(documents / "一本账" / "空冢郭镇.yzb")
    QTest.keyClick(dialog.day, Qt.Key.Key_Down)
    QTest.keyClick(dialog.under, Qt.Key.Key_Return)
    (path,) = starter.opened
    with workspace.open_book(path) as book:
        assert (book.level, book.week_last_day) == ("township", 4)
        assert {row["name"] for row in book.rows("unit")} == {"空冢郭镇", "源汇区"}


def test_a_districts_book_needs_no_unit_above(
    page: StartPage, starter: FakeStarter, tmp_path: Path
) -> None:
    click(page.district)
    (dialog,) = page.findChildren(NewBookDialog)
    assert dialog.level.isVisible()
    assert not dialog.under.isVisible()
    write(dialog.unit, "源汇区")
    assert dialog.go.isEnabled()
    dialog.choose_folder(tmp_path)
    click(dialog.go)
    assert starter.opened == [tmp_path / "源汇区.yzb"]


def test_a_department_stands_under_a_district(page: StartPage) -> None:
    click(page.district)
    (dialog,) = page.findChildren(NewBookDialog)
    write(dialog.unit, "区工信局")
    QTest.keyClick(dialog.level, Qt.Key.Key_Down)
    assert dialog.under.isVisible()
    assert not dialog.go.isEnabled()
    write(dialog.under, "源汇区")
    asked = dialog.founding
    assert (asked.level, asked.under) == ("department", "源汇区")
    QTest.keyClick(dialog.level, Qt.Key.Key_Up)
    assert dialog.founding.under == ""


def test_a_second_book_of_a_unit_gets_a_name_of_its_own(page: StartPage, documents: Path) -> None:
    folder = documents / "一本账"
    folder.mkdir()
    (folder / "源汇区.yzb").touch()
    click(page.district)
    (dialog,) = page.findChildren(NewBookDialog)
    write(dialog.unit, "源汇区")
    assert dialog.place.text() == str(folder / "源汇区（2）.yzb")


def roles(page: StartPage) -> RolesDialog:
    click(page.show_demo)
    return page.findChildren(RolesDialog)[-1]


def test_the_demonstration_is_made_once_and_opened_by_role(
    page: StartPage, starter: FakeStarter, documents: Path
) -> None:
    folder = documents / "一本账演示"
    dialog = roles(page)
    assert not dialog.again.isVisible()
    QTest.keyClick(dialog.township, Qt.Key.Key_Return)
    assert starter.opened == [folder / "townships" / "02.yzb"]
    dialog = roles(page)
    assert dialog.again.isVisible()
    click(dialog.district)
    assert starter.opened[1:] == [folder / "district.yzb"]
    assert starter.made == [folder]
    dialog = roles(page)
    click(dialog.again)
    click(dialog.district)
    assert starter.made == [folder, folder]


def test_a_demonstration_called_off_opens_nothing(
    page: StartPage, starter: FakeStarter, documents: Path
) -> None:
    starter.cancels = True
    click(roles(page).township)
    assert starter.opened == []
    assert not (documents / "一本账演示").exists()


def test_a_taken_folder_is_not_used(page: StartPage, starter: FakeStarter, documents: Path) -> None:
    folder = documents / "一本账演示"
    folder.mkdir()
    starter.refuses[folder] = FolderTaken(str(folder))
    click(roles(page).district)
    assert starter.opened == [documents / "一本账演示（2）" / "district.yzb"]
    assert starter.warnings == []


def test_a_book_on_a_stick_is_copied_and_opened(
    page: StartPage, starter: FakeStarter, tmp_path: Path, documents: Path
) -> None:
    book = tmp_path / "stick" / "空冢郭镇.yzb"
    workspace.create(book, "空冢郭镇", "township").close()
    for error in (NotLocal(str(book), "removable"), ReadOnlyBook(str(book))):
        page.refused(error, book)
        told, (remedy,) = starter.warnings.pop()
        assert told is error
        assert remedy.text == "复制到“文档”并打开"
        remedy.run()
    folder = documents / "一本账"
    assert starter.opened == [folder / "空冢郭镇.yzb", folder / "空冢郭镇（2）.yzb"]


def test_a_damaged_book_is_restored_from_its_latest_backup(
    page: StartPage, starter: FakeStarter, tmp_path: Path
) -> None:
    book = tmp_path / "空冢郭镇.yzb"
    with workspace.create(book, "空冢郭镇", "township") as opened:
        backups.before(opened, "read-excel")
    page.refused(DamagedBook(str(book), "坏页"), book)
    _, (latest, other) = starter.warnings.pop()
    assert (latest.text, other.text) == ("从最近的备份恢复", "选一份备份恢复……")
    latest.run()
    assert starter.opened == [tmp_path / "空冢郭镇（恢复）.yzb"]


def test_another_backup_is_chosen_after_a_bad_one(
    page: StartPage, starter: FakeStarter, tmp_path: Path
) -> None:
    book, spoilt, good = (tmp_path / name for name in ("a.yzb", "坏.yzb", "好.yzb"))
    with workspace.create(book, "空冢郭镇", "township") as opened:
        backups.backup(opened, good)
    spoilt.write_bytes(good.read_bytes()[:-5000])
    chosen = iter((spoilt, good, None))
    page.ask = lambda _parent, _title, _folder: next(chosen)
    page.refused(DamagedBook(str(book), "坏页"), book)
    _, (only,) = starter.warnings.pop()
    only.run()
    error, (again,) = starter.warnings.pop()
    assert isinstance(error, BadBackup | DamagedBook)
    again.run()
    assert starter.opened == [tmp_path / "a（恢复）.yzb"]
    again.run()
    assert len(starter.opened) == 1


def test_other_refusals_are_said_without_a_remedy(
    page: StartPage, starter: FakeStarter, tmp_path: Path
) -> None:
    page.refused(NewerBook("a.yzb"), tmp_path / "a.yzb")
    page.refused(DamagedBook("a.yzb", "坏页"))
    assert [remedies for _, remedies in starter.warnings] == [(), ()]
