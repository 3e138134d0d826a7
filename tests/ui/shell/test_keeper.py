"""The backup of the day: in quiet moments, at the latest when the book is closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.ledger import backups
from desktop.ledger.workspace import Book
from desktop.ui.shell import safety
from desktop.ui.shell.keeper import Keeper
from desktop.ui.worker import Progress
from tests.ui.conftest import TestDesk, ask, settle, spin


def change(book: Book) -> None:
    row = book.rows("project")[0]
    with book.batch("change") as batch:
        batch.change("project", row["record"], {"place": f"{row['place']}改"})


def copies(desk: TestDesk) -> list[Path]:
    folder = desk.facts.path.with_name(f"{desk.facts.path.stem}.backups")
    return sorted(folder.glob("*.yzb")) if folder.is_dir() else []


def test_a_book_that_was_never_backed_up_is_due(desk: TestDesk) -> None:
    assert ask(desk, safety.safety) == safety.Safety(None, True)


def test_once_a_day_is_enough(desk: TestDesk) -> None:
    desk.write(desk, "备份", lambda book: backups.before(book, "daily"))
    desk.write(desk, "改", change)
    settle(desk)
    found = ask(desk, safety.safety)
    assert not found.due and found.made is not None
    assert found.said(found.made) == f"今天 {found.made:%H:%M} 已备份"


def test_another_day_with_changes_is_due_and_without_is_not(desk: TestDesk) -> None:
    desk.write(desk, "备份", lambda book: backups.before(book, "daily"))
    settle(desk)

    def tomorrow(book: Book) -> safety.Safety:
        book.clock = lambda: datetime.now().astimezone() + timedelta(days=1)
        return safety.safety(book)

    assert not ask(desk, tomorrow).due
    desk.write(desk, "改", change)
    settle(desk)
    assert ask(desk, tomorrow).due


def test_days_are_said_as_people_say_them() -> None:
    now = datetime(2023, 3, 9, 8, 0)

    def said(made: datetime) -> str:
        return safety.Safety(made, False).said(now)

    assert said(datetime(2023, 3, 8, 17, 5)) == "昨天 17:05 已备份"
    assert said(datetime(2023, 3, 1, 9, 0)) == "3月1日 09:00 已备份"
    assert safety.Safety(None, True).said(now) == ""


def test_it_is_made_in_a_quiet_moment(desk: TestDesk) -> None:
    told: list[str] = []
    watching = Keeper(desk, idle=50)
    watching.told.connect(told.append)
    spin(lambda: bool(copies(desk)) and bool(told) and told[-1].startswith("今天"))
    watching.end()
    settle(desk)
    (path,) = copies(desk)
    assert "-daily-" in path.name and not watching.due


def test_a_key_calls_it_off_and_nothing_is_left(
    desk: TestDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []

    def slow(draft: Path, progress: Progress) -> None:
        seen.append(draft.exists())
        while not progress.cancelled:
            pass
        progress(1, 2)

    monkeypatch.setattr(backups, "examine", slow)
    field = QWidget()
    field.show()
    watching = Keeper(desk, idle=10)
    spin(lambda: bool(seen))
    QTest.keyClick(field, Qt.Key.Key_A)
    watching.end()
    settle(desk)
    assert seen == [True]
    assert copies(desk) == [] and desk.warnings == []
    folder = desk.facts.path.with_name(f"{desk.facts.path.stem}.backups")
    assert list(folder.iterdir()) == []
