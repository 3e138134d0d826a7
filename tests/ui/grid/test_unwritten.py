"""A disk that takes nothing: what was typed stays red, and one button writes all of it again."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from desktop.errors import DiskFull
from desktop.ui.grid import entering
from desktop.ui.messages import Warned
from desktop.ui.shell.banner import Banner
from tests.ui.conftest import TestDesk, ask, settle, shot
from tests.ui.grid.clerk import LAST, NEXT, Clerk

DONE = "completed_week"


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """While it holds something, the disk is full."""
    state = [True]
    enter = entering.enter

    def refuse(*given: Any, **more: Any) -> entering.Entered:
        if state:
            raise DiskFull("D:")
        return enter(*given, **more)

    monkeypatch.setattr(entering, "enter", refuse)
    return state


@pytest.fixture
def banner(desk: TestDesk) -> Banner:
    shown = Banner()
    desk.messages.warned.connect(shown.show_warning)
    desk.messages.withdrawn.connect(shown.withdraw)
    return shown


def buttons(banner: Banner) -> list[QPushButton]:
    return banner.buttons.findChildren(QPushButton)


def figures(desk: TestDesk, period: str) -> list[int]:
    """What the book holds of a week."""

    def run(book: Any) -> list[int]:
        rows = book.rows("weekly")
        return [row[DONE] for row in rows if row["period"] == period]

    found = ask(desk, run)
    assert isinstance(found, list)
    return found


def test_one_button_writes_again_all_that_the_disk_did_not_take(
    desk: TestDesk, full: list[bool], banner: Banner
) -> None:
    clerk = Clerk(desk)
    for row, figure in ((0, "111"), (1, "222")):
        clerk.go(row, DONE)
        clerk.type(figure)
    assert [clerk.tone(row, DONE) for row in (0, 1)] == ["must", "must"]
    desk.set_period(NEXT)
    clerk.page.refresh()
    clerk.wait()
    clerk.go(2, DONE)
    clerk.type("333")
    assert clerk.tone(2, DONE) == "must"
    assert [button.text() for button in buttons(banner)] == ["再写一次"]
    shot(banner, "unwritten", 1000, 60)
    full.clear()
    QTest.mouseClick(buttons(banner)[0], Qt.MouseButton.LeftButton)
    settle(desk)
    assert clerk.text(2, DONE) == "333" and clerk.tone(2, DONE) != "must"
    assert {1_110_000, 2_220_000} <= set(figures(desk, LAST))
    assert 3_330_000 in figures(desk, NEXT)
    assert not banner.isVisible()


def test_a_disk_that_is_still_full_keeps_button_and_texts(
    desk: TestDesk, full: list[bool], banner: Banner
) -> None:
    clerk = Clerk(desk)
    clerk.go(0, DONE)
    clerk.type("111")
    QTest.mouseClick(buttons(banner)[0], Qt.MouseButton.LeftButton)
    settle(desk)
    assert clerk.tone(0, DONE) == "must" and clerk.text(0, DONE) == "111"
    assert banner.isVisible() and [one.text() for one in buttons(banner)] == ["再写一次"]


def test_the_warning_goes_when_everything_was_typed_anew(
    desk: TestDesk, full: list[bool], banner: Banner
) -> None:
    clerk = Clerk(desk)
    for row, figure in ((0, "111"), (1, "222")):
        clerk.go(row, DONE)
        clerk.type(figure)
    full.clear()
    clerk.go(0, DONE)
    clerk.type("112")
    assert banner.isVisible()  # one is still red
    clerk.go(1, DONE)
    clerk.type("223")
    assert not banner.isVisible()
    told: list[Warned] = []
    desk.messages.warned.connect(told.append)
    assert told == []
