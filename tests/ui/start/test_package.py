"""A book from a package with real keys and mouse: chosen, typed, refused, made, kept, opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.exchange.volumes import Volume
from desktop.ledger import workspace
from desktop.ui.start import package, places
from desktop.ui.start.page import BEGUN, CHOICES, FORM, StartPage
from tests.ui.conftest import shot, spin
from tests.ui.start.fake import FakeStarter
from tests.ui.start.packages import Parcel, first_task, second_pc
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


def test_a_units_book_begins_and_its_codes_are_kept(
    page: StartPage, parcel: Parcel, starter: FakeStarter, documents: Path
) -> None:
    shot(page, "start-choices", 1000, 680)
    chosen(page, parcel.path)
    form = page.form
    assert form.about.text() == "源汇区下发给空冢郭镇的首次任务包。"
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
    click(begun.sheet.copied)
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
    assert page.form.about.text() == "空冢郭镇另一台电脑写的互换包。"
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
