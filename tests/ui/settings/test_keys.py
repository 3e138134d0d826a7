"""密钥与恢复 with real keys and clicks: keys got back, a new code, new keys, a PC declared void."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.exchange import own_keys
from desktop.exchange.spoken import recovery_letters
from desktop.ledger import workspace
from desktop.ui.exchange.keys_reading import held, keys_of
from desktop.ui.settings.keys import KeysSection
from desktop.ui.settings.page import SettingsPage
from tests import office
from tests.ui.conftest import TestDesk, ask, settle, shot
from tests.ui.exchange.apart import certify, with_keys
from tests.ui.settings.standing import Show, answer, click

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    office.cheaply(monkeypatch)


@pytest.fixture
def book(demonstration: Path, profile: Path, book_copy: Callable[[str], Path]) -> Path:
    """A township's book on the PC that holds its keys."""
    with_keys(demonstration, profile)
    return book_copy("townships/01.yzb")


@pytest.fixture
def desk(make_desk: Callable[[Path], TestDesk], book: Path, tmp_path: Path) -> TestDesk:
    """Two PCs of the unit are known."""
    away = tmp_path / "二号机.yzb"
    shutil.copyfile(book, away)
    with (
        workspace.open_book(book) as one,
        workspace.open_book(away, profile=tmp_path / "二号机") as other,
    ):
        certify(one, other)
    made = make_desk(book)
    made.messages.asker = lambda _question, _advice, _yes: True
    return made


def section(desk: TestDesk, show: Show) -> KeysSection:
    found = show(desk, "keys").current
    assert isinstance(found, KeysSection)
    settle(desk)
    return found


def test_number_and_other_pcs_are_listed(desk: TestDesk, show: Show) -> None:
    shown = section(desk, show)
    shot(shown.window(), "settings-keys", 1210, 688)
    assert shown.state.text().startswith("这台电脑是") and "号机" in shown.state.text()
    assert [row.pc.here for row in shown.pcs].count(True) == 1
    assert not shown.lost.isVisible() and shown.verbs.isVisible()


def test_a_lost_pc_is_declared_void(desk: TestDesk, show: Show) -> None:
    shown = section(desk, show)
    row = next(row for row in shown.pcs if row.revoke.isVisible())
    desk.messages.asker = lambda _question, _advice, _yes: False
    click(row.revoke)
    settle(desk)
    assert not any(pc.void for pc in ask(desk, keys_of).pcs)
    desk.messages.asker = lambda _question, _advice, _yes: True
    click(row.revoke)
    settle(desk)
    (void,) = [pc for pc in ask(desk, keys_of).pcs if pc.void]
    assert void.replica == row.pc.replica
    assert not any(row.revoke.isVisible() for row in shown.pcs if row.pc.replica == void.replica)


def test_a_new_code_is_shown_once(desk: TestDesk, show: Show) -> None:
    shown = section(desk, show)
    before = ask(desk, own_keys.box)
    click(shown.anew)
    settle(desk)
    shot(shown.window(), "settings-keys-code", 1210, 688)
    assert shown.once.isVisible()
    assert recovery_letters("".join(shown.sheet.code.groups))
    assert ask(desk, own_keys.box) != before
    desk.messages.asker = lambda _question, _advice, _yes: False
    click(shown.done)
    assert shown.once.isVisible()
    click(shown.sheet.copied)
    click(shown.done)
    assert not shown.once.isVisible() and shown.sheet.code.groups == ()


def test_a_code_that_nobody_has_on_paper_is_not_closed_away_unasked(
    desk: TestDesk, show: Show
) -> None:
    shown = section(desk, show)
    page = shown.window().findChild(SettingsPage)
    assert isinstance(page, SettingsPage) and page.may_end()
    click(shown.anew)
    settle(desk)
    page.show_section("look")
    asked = answer(desk, False)
    assert not page.may_end() and shown.sheet.code.groups
    assert [question for question, _, _ in asked] == ["恢复码还没有抄下或打印。"]
    asked = answer(desk, True)
    assert page.may_end() and page.may_end() and len(asked) == 1, "asked once"
    page.show_section("keys")
    click(shown.anew)
    settle(desk)
    click(shown.sheet.copied)
    asked = answer(desk, False)
    assert page.may_end() and asked == []


def test_keys_are_changed_and_the_new_code_shown(desk: TestDesk, show: Show) -> None:
    shown = section(desk, show)
    before = ask(desk, keys_of).epoch
    click(shown.rotate)
    settle(desk)
    assert ask(desk, keys_of).epoch == before + 1
    assert shown.once.isVisible() and len(shown.sheet.code.groups) == 6


def test_keys_are_got_back_with_the_sheet(
    book: Path, profile: Path, make_desk: Callable[[Path], TestDesk], show: Show
) -> None:
    with workspace.open_book(book) as open_:
        code = own_keys.recovery(open_)
    shutil.rmtree(profile / "keys")
    desk = make_desk(book)
    shown = section(desk, show)
    shot(shown.window(), "settings-keys-lost", 1210, 688)
    assert shown.lost.isVisible() and not shown.verbs.isVisible()
    assert "不能收发" in shown.state.text()
    QTest.keyClicks(shown.line, "A" * 24)
    QTest.keyClick(shown.line, Qt.Key.Key_Return)
    settle(desk)
    assert shown.wrong.isVisible() and ask(desk, held) == "missing"
    shown.line.selectAll()
    QTest.keyClicks(shown.line, code.lower())
    click(shown.get)
    settle(desk)
    assert ask(desk, held) == "held"
    assert not shown.lost.isVisible() and not shown.wrong.isVisible()
    assert desk.notes[-1].startswith("已取回本单位的密钥")
