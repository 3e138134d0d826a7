"""A book from a package with real keys and mouse: chosen, typed, refused, made, kept, opened."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.exchange import opening
from desktop.exchange.volumes import Volume
from desktop.ledger import workspace
from desktop.ui.start import package, places
from desktop.ui.start.page import BEGUN, CHOICES, FORM, StartPage
from tests.ui.conftest import shot, spin
from tests.ui.start.fake import FakeStarter
from tests.ui.start.packages import Parcel, first_task, first_tasks, second_pc
from tests.ui.week.hands import OFFSCREEN, click

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)


@pytest.fixture(autouse=True)
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "文档"
    folder.mkdir()
    monkeypatch.setattr(places, "documents", lambda: folder)
    return folder


@pytest.fixture
def parcel(tmp_path: Path) -> Parcel:
    return first_task(tmp_path)


@pytest.fixture
def starter() -> FakeStarter:
    return FakeStarter()


@pytest.fixture
def page(starter: FakeStarter, qapp: QApplication, qtbot: Any) -> StartPage:
    made = StartPage(starter)
    made.form._source = lambda: ()
    qtbot.addWidget(made)
    made.resize(1000, 680)
    made.show()
    made.activateWindow()
    QApplication.processEvents()
    return made


def chosen(page: StartPage, path: Path) -> None:
    page.form.ask = lambda _parent, _folder: path
    click(page.package)
    click(page.form.choose)


def settled() -> None:
    """Every layout has found its place."""
    for _ in range(4):
        QApplication.processEvents()


def test_a_units_book_begins_and_its_codes_are_kept(
    page: StartPage, parcel: Parcel, starter: FakeStarter, documents: Path
) -> None:
    shot(page, "start-choices", 1000, 680)
    chosen(page, parcel.path)
    form = page.form
    written = datetime.fromtimestamp(parcel.path.stat().st_mtime)
    when = f"{written.month}月{written.day}日 {written:%H:%M}"
    told = f"源汇区下发给空冢郭镇的首次任务包（第 1 号，{when} 写出）。"
    assert form.about.text() == told and "只开得了第 1 号包" in form.hint.text()
    assert not form.note.isVisible()
    assert form.asked.text() == "口令" and form.secret.hasFocus()
    target = documents / "一本账" / "空冢郭镇.yzb"
    assert form.place.text() == str(target)
    assert not form.go.isEnabled()
    QTest.keyClicks(form.secret, parcel.secret.replace("-", ""))
    shot(page, "start-package", 1000, 680)
    assert form.secret.text() == parcel.secret.replace("-", " ")
    QTest.keyClick(form.secret, Qt.Key.Key_Return)
    assert page.stack.currentIndex() == BEGUN
    shot(page, "start-begun", 1000, 680)
    begun = page.begun
    assert len(begun.sheet.code.groups) == 6 and len(begun.code.groups) == 3
    assert not begun.go.isEnabled()
    assert starter.remembered == [target], "also when the window is closed now"
    before = [part.geometry() for part in (begun.go, begun.compare)]
    click(begun.sheet.copied)
    settled()
    shot(page, "start-begun-kept", 1000, 680)
    assert begun.sheet.said.isVisible()
    assert [part.geometry() for part in (begun.go, begun.compare)] == before, "not a hair"
    assert begun.go.isEnabled() and not begun.wait.isVisible()
    click(begun.go)
    assert starter.opened == [target]
    with workspace.open_book(target) as book:
        assert [row["name"] for row in book.rows("project")] == ["装备制造产业园"]


def test_a_wrong_passphrase_is_said_beside_it_and_nothing_is_made(
    page: StartPage, parcel: Parcel, documents: Path
) -> None:
    chosen(page, parcel.path)
    QApplication.clipboard().setText("1111-2222 3333－4444")
    QTest.keyClick(page.form.secret, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.form.secret.text() == "1111 2222 3333 4444"
    click(page.form.go)
    shot(page, "start-wrong", 1000, 680)
    assert page.form.wrong.isVisible() and "口令不对" in page.form.wrong.text()
    assert page.stack.currentIndex() == FORM
    assert list((documents / "一本账").glob("*")) == []
    assert page.form.go.isEnabled()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 something else", b"ONELGR\x00\x01"])
def test_another_file_is_refused_by_name(page: StartPage, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "周报.yzp"
    path.write_bytes(content)
    chosen(page, path)
    assert page.form.wrong.isVisible() and page.form.wrong.text()
    assert page.form.file.text() == "周报.yzp"
    assert not page.form.details.isVisible() and not page.form.go.isEnabled()


def test_a_second_pc_begins_from_a_share_and_is_opened(
    page: StartPage, starter: FakeStarter, tmp_path: Path, documents: Path
) -> None:
    parcel = second_pc(tmp_path)
    chosen(page, parcel.path)
    assert page.form.asked.text() == "恢复码"
    assert page.form.about.text().startswith("空冢郭镇另一台电脑写的互换包（第 1 号，")
    QTest.keyClicks(page.form.secret, "A" * 24)
    click(page.form.go)
    assert "恢复码" in page.form.wrong.text()
    page.form.secret.selectAll()
    QTest.keyClicks(page.form.secret, parcel.secret.lower())
    click(page.form.go)
    assert starter.opened == [documents / "一本账" / "空冢郭镇.yzb"]


def test_a_package_on_a_stick_is_found_and_taken(
    page: StartPage, parcel: Parcel, tmp_path: Path
) -> None:
    stick = Volume(tmp_path / "stick", "KINGSTON", 1 << 30, 1 << 31, False, True)
    page.form._source = lambda: (stick,)
    click(page.package)
    assert page.form.watch is not None
    page.form.watch.timer.setInterval(1)
    spin(lambda: page.form.offer is not None)
    assert [row.text() for row in page.form.found] == ["源汇区下发给空冢郭镇的首次任务包"]
    shot(page, "start-stick", 1000, 680)
    QTest.keyClick(page.form, Qt.Key.Key_Escape)
    assert page.stack.currentIndex() == CHOICES and page.package.hasFocus()
    assert page.form.watch is None and page.form.found == []


def test_of_several_packages_for_a_unit_the_newest_stands_first(
    page: StartPage, tmp_path: Path
) -> None:
    first, second = first_tasks(tmp_path, 2)
    # Whatever the clocks and the names say.
    os.utime(first.path, (1_900_000_000, 1_900_000_000))
    renamed = second.path.rename(second.path.with_name("z.yzp"))
    stick = Volume(tmp_path / "stick", "KINGSTON", 1 << 30, 1 << 31, False, True)
    page.form._source = lambda: (stick,)
    click(page.package)
    assert page.form.watch is not None
    page.form.watch.timer.setInterval(1)
    spin(lambda: bool(page.form.found))
    shot(page, "start-stick-two", 1000, 680)
    newest, older = (row.accessibleName() for row in page.form.found)
    assert "第 2 号，" in newest and newest.endswith("最新")
    assert "第 1 号，3月" in older and "最新" not in older
    assert page.form.offer is None, "which one is meant, nobody knows yet"
    QTest.keyClick(page.form.found[0], Qt.Key.Key_Return)
    assert page.form.file.text() == renamed.name
    QTest.keyClicks(page.form.secret, second.secret)
    QTest.keyClick(page.form.secret, Qt.Key.Key_Return)
    assert page.stack.currentIndex() == BEGUN


def built(page: StartPage, parcel: Parcel) -> Path:
    """A first book from ``parcel``, and the page as at the next start."""
    chosen(page, parcel.path)
    QTest.keyClicks(page.form.secret, parcel.secret)
    QTest.keyClick(page.form.secret, Qt.Key.Key_Return)
    assert page.begun.made is not None
    page.show_choices()
    return page.begun.made.path


def test_the_book_that_is_there_is_offered_first(
    page: StartPage, parcel: Parcel, starter: FakeStarter, documents: Path
) -> None:
    first = built(page, parcel)
    page.resize(760, 300)
    chosen(page, parcel.path)
    form = page.form
    settled()
    whole = form.note.open.visibleRegion().boundingRect()
    assert whole == form.note.open.rect(), "seen, however low the window is"
    page.resize(1000, 680)
    shot(page, "start-standing", 1000, 680)
    assert form.note.isVisible() and form.note.open.hasFocus()
    assert form.note.said.text() == "这台电脑上已有空冢郭镇的账本："
    assert form.note.where.text().endswith("空冢郭镇.yzb")
    assert form.note.where.toolTip() == str(first)
    assert not form.details.isVisible() and not form.go.isEnabled()
    QTest.keyClick(form.note.open, Qt.Key.Key_Return)
    assert starter.opened == [first]
    assert sorted(path.name for path in (documents / "一本账").glob("*.yzb")) == ["空冢郭镇.yzb"]


def test_another_book_takes_a_second_word(page: StartPage, parcel: Parcel, documents: Path) -> None:
    built(page, parcel)
    chosen(page, parcel.path)
    click(page.form.note.anew)
    settled()
    assert not page.form.note.isVisible() and page.form.secret.hasFocus()
    QTest.keyClicks(page.form.secret, parcel.secret)
    click(page.form.go)
    assert page.stack.currentIndex() == BEGUN
    assert (documents / "一本账" / "空冢郭镇（2）.yzb").is_file()
    page.show_choices()
    chosen(page, parcel.path)
    assert page.form.note.isVisible(), "asked anew for every package"


def test_a_book_that_is_gone_stands_in_nobodys_way(page: StartPage, parcel: Parcel) -> None:
    built(page, parcel).unlink()
    chosen(page, parcel.path)
    assert not page.form.note.isVisible() and page.form.secret.hasFocus()


def test_a_book_in_the_folder_that_was_chosen_is_seen(
    page: StartPage, parcel: Parcel, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    opening.open_package(
        parcel.path, parcel.secret, elsewhere / "a.yzb", profile=tmp_path / "other-profile"
    ).book.close()
    chosen(page, parcel.path)
    assert not page.form.note.isVisible()
    page.form.ask_folder = lambda _parent, _folder: elsewhere
    click(page.form.elsewhere)
    assert page.form.note.isVisible() and page.form.note.path == elsewhere / "a.yzb"


def test_a_book_made_meanwhile_is_seen(page: StartPage, parcel: Parcel, documents: Path) -> None:
    chosen(page, parcel.path)
    made = documents / "一本账" / "b.yzb"
    opening.open_package(parcel.path, parcel.secret, made).book.close()
    QTest.keyClicks(page.form.secret, parcel.secret)
    QTest.keyClick(page.form.secret, Qt.Key.Key_Return)
    assert page.stack.currentIndex() == FORM
    assert page.form.note.isVisible() and page.form.note.path == made
    assert [path.name for path in made.parent.glob("*.yzb")] == ["b.yzb"]


def test_leaving_the_code_unkept_is_asked_once(
    page: StartPage, parcel: Parcel, starter: FakeStarter, tmp_path: Path
) -> None:
    chosen(page, parcel.path)
    QTest.keyClicks(page.form.secret, parcel.secret)
    QTest.keyClick(page.form.secret, Qt.Key.Key_Return)
    asked: list[str] = []
    answers = [False, True]

    def confirm(_parent: object, question: str, _advice: str, _yes: str) -> bool:
        asked.append(question)
        return answers.pop(0)

    page.confirm = confirm
    other = tmp_path / "源汇区.yzb"
    page.ask = lambda _parent, _title, _folder: other
    QTest.keyClick(page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["恢复码还没有抄下或打印。"] and starter.opened == []
    assert len(page.begun.sheet.code.groups) == 6
    QTest.keyClick(page, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert starter.opened == [other] and len(asked) == 2
    assert page.may_leave() and len(asked) == 2


def test_a_dropped_package_is_taken_and_a_dropped_book_opened(
    page: StartPage, parcel: Parcel, starter: FakeStarter, tmp_path: Path
) -> None:
    drop(page, parcel.path)
    assert page.stack.currentIndex() == FORM and page.form.offer is not None
    drop(page, tmp_path / "源汇区.yzb")
    assert starter.opened == [tmp_path / "源汇区.yzb"]


def test_another_folder_and_a_free_name(page: StartPage, parcel: Parcel, tmp_path: Path) -> None:
    (tmp_path / "空冢郭镇.yzb").touch()
    chosen(page, parcel.path)
    page.form.ask_folder = lambda _parent, _folder: tmp_path
    click(page.form.elsewhere)
    assert page.form.target == tmp_path / "空冢郭镇（2）.yzb"


def test_without_a_printer_one_is_told_to_copy(
    page: StartPage, parcel: Parcel, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen(page, parcel.path)
    QTest.keyClicks(page.form.secret, parcel.secret)
    click(page.form.go)
    page.begun.sheet.printers = lambda: ()
    click(page.begun.sheet.print)
    assert "用笔抄下来" in page.begun.sheet.said.text() and not page.begun.go.isEnabled()


def test_what_is_found_on_a_stick(parcel: Parcel, tmp_path: Path) -> None:
    (tmp_path / "stick" / "别的.txt").write_text("x")
    (offer,) = package.found_on((tmp_path / "stick",), lambda _done, _all: None)
    assert (offer.unit, offer.sender, offer.share, offer.path) == (
        "空冢郭镇",
        "源汇区",
        False,
        parcel.path,
    )


def drop(page: StartPage, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(page, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(page, QDropEvent(QPointF(50, 50), copy, data, left, none))
