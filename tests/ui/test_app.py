"""The program: which book is opened, what becomes of one that no window can show."""

from __future__ import annotations

import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop import app as program_room
from desktop.app import Program
from desktop.ledger.workspace import open_book
from desktop.ui.page import Page
from desktop.ui.shell import menu
from tests.ui.conftest import spin


@pytest.fixture
def program(
    qapp: QApplication, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Program]:
    monkeypatch.setattr(qapp, "quit", lambda: None)
    made = Program(qapp)
    monkeypatch.setattr(sys, "excepthook", made.faulted.emit)
    yield made
    if made.window is not None:
        made.window.keeper = None
        assert made.window.end()
    made._listen_no_more()


def banner_of(program: Program) -> str:
    assert program.start is not None
    return program.start.banner.sentence.text()


def test_books_that_cannot_be_looked_for_are_left_out(
    program: Program, book_copy: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    there, closed = book_copy("townships/01.yzb"), Path("closed") / "a.yzb"
    program.pc.put("recent", [str(closed), 7, str(there)])
    look = Path.is_file

    def is_file(path: Path) -> bool:
        if path == closed:
            raise PermissionError(13, "closed")
        return look(path)

    monkeypatch.setattr(Path, "is_file", is_file)
    assert program.recent() == [there]
    program.pc.put("recent", "spoilt")
    assert program.recent() == []


def test_a_book_whose_latest_week_is_none_is_refused_and_free_again(
    program: Program, book_copy: Callable[[str], Path]
) -> None:
    path = book_copy("townships/01.yzb")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE weekly SET period = '9999-W52' WHERE rowid = 1")
    program.open(path)
    spin(lambda: program.start is not None)
    assert "账本文件已损坏" in banner_of(program) and program.window is None
    open_book(path).close()


def test_a_window_that_cannot_be_made_is_told_and_the_book_is_free_again(
    program: Program, book_copy: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_desk: object) -> None:
        raise LookupError("no window")

    monkeypatch.setattr(program_room, "MainWindow", fail)
    path = book_copy("townships/01.yzb")
    program.open(path)
    spin(lambda: program.start is not None)
    assert "程序出现故障（LookupError）" in banner_of(program)
    open_book(path).close()


def test_a_page_that_cannot_be_returned_to_leaves_the_window_and_its_menu(
    program: Program, book_copy: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    make = menu.Entry.make

    def failing(entry: menu.Entry, desk: Any) -> Page:
        if entry.name == "week":
            raise LookupError("no page")
        return make(entry, desk)

    monkeypatch.setattr(menu.Entry, "make", failing)
    program.open(book_copy("townships/01.yzb"))
    spin(lambda: program.window is not None and program.window.isVisible())
    assert program.window is not None
    assert "程序出现故障（LookupError）" in program.window.banner.sentence.text()
    assert program.window.show_page("settings")


def test_a_fault_without_a_window_is_told_by_the_first_start(program: Program) -> None:
    program.fault(LookupError, LookupError("early"), None)
    assert "程序出现故障（LookupError）" in banner_of(program)


def test_what_is_being_made_without_a_book_tidies_up_before_the_end(program: Program) -> None:
    begun, tidied = threading.Event(), []

    def run(progress: Callable[[int, int], None]) -> None:
        try:
            while True:
                begun.set()
                progress(1, 2)
        finally:
            tidied.append(threading.current_thread().name)

    program.run(program, "生成演示数据", run, lambda _value: None)
    assert begun.wait(10)
    program.finish()
    assert tidied == ["errand"]
