"""The one thread that owns the book: order, errors, cancelling, what a write is said to change."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject

from desktop import paths
from desktop.errors import DiskFull, NotFound, OneLedgerError
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.workspace import Book
from desktop.ui.changes import Changes
from desktop.ui.worker import Answer, Job, Worker
from tests.ui.conftest import TestDesk, ask, settle, spin


def rename(name: str) -> Callable[[Book], None]:
    """A write of one field of the first project."""

    def run(book: Book) -> None:
        record = book.rows("project")[0]["record"]
        with book.batch("change") as batch:
            batch.change("project", record, {"place": name})

    return run


def place(book: Book) -> str | None:
    return str(book.rows("project")[0]["place"])


def test_a_reading_runs_in_the_books_thread_and_comes_home_to_the_windows(desk: TestDesk) -> None:
    threads: list[str] = []

    def run(_book: Book) -> int:
        threads.append(threading.current_thread().name)
        return 7

    got: list[int] = []

    def then(value: int) -> None:
        threads.append(threading.current_thread().name)
        got.append(value)

    desk.read(desk, run, then)
    settle(desk)
    assert (threads, got) == (["book", "MainThread"], [7])


def test_a_reading_after_a_writing_sees_it(desk: TestDesk) -> None:
    seen: list[str | None] = []
    desk.write(desk, "改", rename("东环路"))
    desk.read(desk, place, seen.append)
    settle(desk)
    assert seen == ["东环路"]


def test_a_newer_question_of_the_same_asker_drops_the_older(desk: TestDesk) -> None:
    gate = threading.Event()
    ran: list[int] = []
    seen: list[int] = []

    def run(number: int) -> Callable[[Book], int]:
        def reading(_book: Book) -> int:
            ran.append(number)
            return number

        return reading

    desk.read(desk, lambda _book: gate.wait(10), lambda _value: None)
    for number in (1, 2, 3):
        desk.read(desk, run(number), seen.append, key="list")
    desk.read(desk, run(4), seen.append, key="other")
    gate.set()
    settle(desk)
    assert (ran, seen) == ([3, 4], [3, 4])


def test_the_answer_to_one_who_is_gone_is_dropped(desk: TestDesk) -> None:
    asker = QObject()
    seen: list[bool] = []
    gate = threading.Event()
    desk.read(asker, lambda _book: gate.wait(10), seen.append)
    asker.deleteLater()
    asker = None  # type: ignore[assignment]
    gate.set()
    settle(desk)
    assert seen == []


def test_a_write_says_what_the_journal_gained(desk: TestDesk) -> None:
    heard: list[Changes] = []
    desk.changed.connect(heard.append)
    desk.write(desk, "改", rename("西环路"))
    settle(desk)
    (changes,) = heard
    record = ask(desk, lambda book: book.rows("project")[0]["record"])
    assert changes == Changes({"project": frozenset({record})}, "change")
    assert changes.touches("weekly", "project") and not changes.touches("weekly")


def test_a_write_that_changed_nothing_says_nothing(desk: TestDesk) -> None:
    desk.write(desk, "改", rename("西环路"))
    settle(desk)
    heard: list[Changes] = []
    desk.changed.connect(heard.append)
    desk.write(desk, "改", rename("西环路"))
    settle(desk)
    assert heard == []


def test_a_refused_write_changes_nothing_and_is_told(desk: TestDesk) -> None:
    before = ask(desk, lambda book: book.journal.head)

    def run(book: Book) -> None:
        rename("南环路")(book)  # its own act stands …
        with book.batch("change") as batch:
            batch.change("project", "0" * 32, {"place": "?"})

    def both(book: Book) -> None:
        with book.atomic():  # … unless both are one
            run(book)

    desk.write(desk, "改", both)
    settle(desk)
    assert [type(error) for error in desk.warnings] == [NoSuchRecord]
    assert ask(desk, lambda book: book.journal.head) == before


def test_a_refusal_goes_to_whoever_takes_it(desk: TestDesk) -> None:
    def refuse(_book: Book) -> None:
        raise DiskFull("D:")

    taken: list[OneLedgerError] = []
    desk.read(desk, refuse, lambda _value: None, failed=taken.append)
    settle(desk)
    assert [error.name for error in taken] == ["DiskFull"]
    assert desk.warnings == []


def test_what_the_system_refuses_is_named(desk: TestDesk) -> None:
    def run(_book: Book) -> None:
        raise PermissionError(13, "denied", "D:/周报.pdf")

    desk.read(desk, run, lambda _value: None)
    settle(desk)
    assert desk.warnings[0].name == "NotWritable" and "D:/周报.pdf" in desk.warnings[0].sentence


def test_a_fault_of_ours_leaves_the_book_whole_and_a_report(desk: TestDesk) -> None:
    def run(book: Book) -> None:
        book.connection.execute("BEGIN")
        book.connection.execute("DELETE FROM journal")
        raise ZeroDivisionError

    desk.write(desk, "出错的一步", run)
    settle(desk)
    (told,) = desk.warnings
    assert told.name == "Fault" and "ZeroDivisionError" in told.sentence
    (report,) = paths.reports_folder().glob("故障-*.txt")
    assert "ZeroDivisionError" in report.read_text("utf-8") and "出错的一步" in report.read_text()
    desk.write(desk, "改", rename("北环路"))
    settle(desk)
    assert ask(desk, place) == "北环路" and len(desk.warnings) == 1


def test_a_cancelled_work_ends_quietly_and_leaves_nothing(desk: TestDesk) -> None:
    begun, gate = threading.Event(), threading.Event()
    before = ask(desk, lambda book: book.journal.head)

    def run(book: Book, progress: Any) -> str:
        with book.batch("change") as batch:
            for row in book.rows("project"):
                batch.change("project", row["record"], {"place": "某处"})
                begun.set()
                gate.wait(10)
                progress(1, 12)
        return "done"

    jobs: list[Job] = []
    over: list[Job] = []
    told: list[str] = []
    desk.working.connect(jobs.append)
    desk.worked.connect(over.append)
    desk.work(desk, "长的一步", run, told.append)
    spin(begun.is_set)
    jobs[0].progress.cancelled = True
    gate.set()
    settle(desk)
    assert (told, desk.warnings, over) == ([], [], jobs)
    assert ask(desk, lambda book: book.journal.head) == before


def test_a_refused_write_is_told_though_the_box_it_was_typed_in_is_gone(desk: TestDesk) -> None:
    owner = QObject()

    def run(_book: Book) -> None:
        raise DiskFull("D:")

    asked: list[OneLedgerError] = []
    desk.write(owner, "改", run, failed=asked.append)
    shiboken6.delete(owner)
    settle(desk)
    assert asked == []
    assert [error.name for error in desk.warnings] == ["DiskFull"]


def test_answered_questions_are_forgotten_and_their_askers_with_them(desk: TestDesk) -> None:
    gone: list[str] = []
    for _ in range(3):
        owner = QObject()
        weakref.finalize(owner, lambda: gone.append(threading.current_thread().name))
        desk.read(owner, place, partial(setattr, owner, "shown"), key="place")
        del owner
        settle(desk)
    ask(desk, place)
    assert desk._asked == {}
    assert gone == ["MainThread"] * 3, "an asker must fall in the thread of its window"


def test_finishing_waits_for_answers_and_for_what_they_ask(desk: TestDesk) -> None:
    seen: list[str | None] = []
    owner = QObject()

    def then(_value: object) -> None:
        desk.write(owner, "改", rename("西环路"), lambda _none: seen.append("written"))

    desk.read(owner, place, then)
    assert desk.finish()
    assert seen == ["written"] and desk.worker.pending == 0

    def run(_book: Book) -> None:
        raise DiskFull("D:")

    desk.write(owner, "改", run)
    assert not desk.finish()
    assert desk.finish(), "said once"


def test_what_waits_is_written_before_the_book_is_closed(
    desk: TestDesk, tmp_path: Path, make_desk: Callable[[Path], TestDesk]
) -> None:
    for number in range(20):
        desk.write(desk, "改", rename(f"{number} 号路"))
    desk.worker.close()
    again = make_desk(desk.facts.path)
    assert ask(again, place) == "19 号路"


def test_a_book_that_cannot_be_opened_is_told_and_the_thread_ends(
    qapp: object, tmp_path: Path
) -> None:
    from desktop.ledger import workspace

    worker = Worker(lambda: workspace.open_book(tmp_path / "no.yzb"))
    got: list[Answer] = []
    worker.start(got.append)
    spin(lambda: bool(got))
    assert isinstance(got[0].error, NotFound)
    worker.close()


@pytest.mark.parametrize("act", ["undo", "redo"])
def test_undo_and_redo_say_what_they_did(desk: TestDesk, act: str) -> None:
    desk.write(desk, "改", rename("新路"))
    desk.undo()
    if act == "redo":
        desk.redo()
    settle(desk)
    assert (ask(desk, place) == "新路") == (act == "redo")
    assert desk.notes[-1] == {"undo": "已撤销：修改", "redo": "已重做：修改"}[act]


def test_a_folder_moved_away_while_the_book_is_open_is_said_so(
    make_desk: Callable[[Path], TestDesk], book_copy: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = tmp_path / "台账"
    folder.mkdir()
    desk = make_desk(book_copy("townships/01.yzb").rename(folder / "01.yzb"))
    folder.rename(tmp_path / "别处")
    desk.write(desk, "改", rename("东路"))
    settle(desk)
    assert [error.name for error in desk.warnings] == ["BookGone"]
    (tmp_path / "别处").rename(folder)
    desk.write(desk, "改", rename("西路"))
    settle(desk)
    assert ask(desk, place) == "西路" and len(desk.warnings) == 1
