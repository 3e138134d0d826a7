"""A workbook dropped on the window is read in, whatever its name; nothing else is taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop.ui.reading_in.page import ReadingInPage
from desktop.ui.shell.window import MainWindow
from tests.ui.conftest import TestDesk, settle, spin
from tests.ui.dragging import COPY, LEFT, NONE, carried, drop, enter
from tests.ui.reading_in.workbooks import weekly


@pytest.fixture
def window(desk: TestDesk) -> Iterator[MainWindow]:
    made = MainWindow(desk)
    made.show()
    yield made
    made.end()


def test_a_workbook_is_known_by_its_content(window: MainWindow, tmp_path: Path) -> None:
    path = weekly(tmp_path).rename(tmp_path / "没有后缀")
    data = carried(path)
    assert enter(window, data)
    drop(window, data)
    page = window.current
    assert isinstance(page, ReadingInPage)
    spin(lambda: page.intake.found is not None)
    assert page.head.file.text() == "没有后缀"


def test_what_is_no_workbook_is_not_taken(window: MainWindow, tmp_path: Path) -> None:
    picture = tmp_path / "照片.xlsx"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 200)
    assert not enter(window, carried(picture))
    assert not enter(window, carried(tmp_path))
    assert not enter(window, carried(tmp_path / "没有"))
    assert not enter(window, QMimeData())


def test_one_at_a_time(window: MainWindow, desk: TestDesk, tmp_path: Path) -> None:
    first = weekly(tmp_path)
    second = tmp_path / "另一个.xlsx"
    second.write_bytes(first.read_bytes())
    data = carried(first, second)
    assert enter(window, data)
    drop(window, data)
    assert desk.warnings[0].name == "SeveralWorkbooks"
    assert not isinstance(window.current, ReadingInPage)


@pytest.mark.parametrize("page", ["grid", "exchange", "project"])
def test_pages_that_take_files_hand_a_workbook_on(
    window: MainWindow, desk: TestDesk, tmp_path: Path, page: str
) -> None:
    desk.go(page)
    settle(desk)
    assert window.current is not None
    here, data = window.current, carried(weekly(tmp_path))
    assert enter(here, data)
    drop(here, data)  # Qt brings it to whoever accepted it
    assert isinstance(window.current, ReadingInPage)
    settle(desk)


def test_photos_still_go_to_the_row(window: MainWindow, desk: TestDesk, tmp_path: Path) -> None:
    photo = tmp_path / "照片.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 200)
    desk.go("grid")
    settle(desk)
    assert window.current is not None
    assert enter(window.current, carried(photo))


def come(window: MainWindow, over: QWidget, path: Path) -> bool:
    """A file is dragged over a widget and let go, as the system's window hears of it."""
    handle, data = window.windowHandle(), carried(path)
    data.setText(str(path))  # File managers give the path as a text, too.
    at = over.mapTo(window, over.rect().center())
    entered = QDragEnterEvent(at, COPY, data, LEFT, NONE)
    entered.ignore()
    QApplication.sendEvent(handle, entered)
    QApplication.sendEvent(handle, QDragMoveEvent(at, COPY, data, LEFT, NONE))
    QApplication.sendEvent(handle, QDropEvent(at, COPY, data, LEFT, NONE))
    return entered.isAccepted()


def test_on_a_box_for_text_a_workbook_is_no_text(window: MainWindow, tmp_path: Path) -> None:
    window.show_page("week")
    path = weekly(tmp_path)
    search = window.top.findChild(QLineEdit)
    assert search is not None
    assert come(window, search, path)
    page = window.current
    assert isinstance(page, ReadingInPage)
    assert search.text() == ""
    spin(lambda: page.intake.found is not None)


def test_other_files_over_a_box_for_text_are_its_own(window: MainWindow, tmp_path: Path) -> None:
    """Nothing is answered for them where they enter the program; text is the box's own, too."""
    window.show_page("week")
    other = tmp_path / "a.txt"
    other.write_bytes(b"\x00\x01")
    search, text = window.top.findChild(QLineEdit), QMimeData()
    assert search is not None
    text.setText("空冢郭")
    at = search.mapTo(window, search.rect().center())
    for data in (carried(other), text):
        event = QDragEnterEvent(at, COPY, data, LEFT, NONE)
        assert not window.drop.eventFilter(window.windowHandle(), event)
    beside = QDragEnterEvent(QPoint(5, 5), COPY, carried(weekly(tmp_path)), LEFT, NONE)
    assert not window.drop.eventFilter(window.windowHandle(), beside), "the window's own affair"
