"""备份: made, listed, tried, restored into a new file; and when something is in the way."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop import paths
from desktop.ledger import backups
from desktop.ui.settings.backing_up import BackupSection
from desktop.ui.settings.copies import BY_HAND
from desktop.ui.settings.page import SettingsPage
from tests.ui.conftest import TestDesk, ask, settle
from tests.ui.settings.standing import Show, answer, click

#: The offscreen screen says that it takes no size hints; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def backing_up(page: SettingsPage) -> BackupSection:
    assert isinstance(page.current, BackupSection)
    return page.current


def mark_first(section: BackupSection) -> None:
    """Click the first backup on the list."""
    place = section.list.visualItemRect(section.list.itemAt(5, 5)).center()
    QTest.mouseClick(section.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_backup_is_made_listed_tried_and_restored(
    desk: TestDesk, show: Show, tmp_path: Path
) -> None:
    section = backing_up(show(desk, "backups"))
    assert not section.copies
    assert section.none.isVisible() and section.none.text() == "还没有备份"
    assert not section.list.isVisible()
    assert not section.try_out.isEnabled()
    stick = tmp_path / "stick"
    section.ask = lambda *_: stick / "周四"
    click(section.make)
    settle(desk)
    made = stick / "周四.yzb"
    assert made.is_file()
    assert [(one.path, one.purpose) for one in section.copies] == [(made, BY_HAND)]
    assert section.list.isVisible() and not section.none.isVisible()
    entries = ask(desk, lambda book: book.journal.position)
    assert f"{entries} 条流水" in section.outcome.text()

    mark_first(section)
    profile = paths.profile() / "replicas.json"
    known = msgspec.json.decode(profile.read_bytes())
    known[desk.facts.identity].append({"replica": "abc", "path": str(tmp_path / "moved.yzb")})
    profile.write_bytes(before := msgspec.json.encode(known))
    click(section.try_out)
    settle(desk)
    assert "这份备份可用" in section.outcome.text()
    assert profile.read_bytes() == before
    assert sorted(path.name for path in stick.iterdir()) == ["周四.yzb", "周四.yzb.sha256"]

    asked = answer(desk, yes=True)
    wanted: list[object] = []
    desk.wanted.connect(wanted.append)
    section.ask = lambda *_: tmp_path / "恢复.yzb"
    click(section.restore)
    settle(desk)
    assert (tmp_path / "恢复.yzb").is_file()
    assert "原样保留" in asked[0][1]
    assert wanted == [tmp_path / "恢复.yzb"]
    assert desk.facts.path.is_file()


def test_a_spoiled_backup_is_told_and_nothing_is_restored(
    desk: TestDesk, show: Show, tmp_path: Path
) -> None:
    section = backing_up(show(desk, "backups"))
    section.ask = lambda *_: tmp_path / "a.yzb"
    click(section.make)
    settle(desk)
    data = bytearray((tmp_path / "a.yzb").read_bytes())
    data[-2000] ^= 0xFF
    (tmp_path / "a.yzb").write_bytes(data)
    mark_first(section)
    click(section.try_out)
    settle(desk)
    assert [error.name for error in desk.warnings] == ["BadBackup"]
    section.ask = lambda *_: tmp_path / "b.yzb"
    click(section.restore)
    settle(desk)
    assert not (tmp_path / "b.yzb").exists()
    assert len(desk.warnings) == 2


def test_a_place_that_is_taken_offers_another(desk: TestDesk, show: Show, tmp_path: Path) -> None:
    section = backing_up(show(desk, "backups"))
    taken = tmp_path / "a.yzb"
    taken.write_text("something else")
    remedies: list[str] = []
    desk.messages.warned.connect(lambda warned: remedies.extend(r.text for r in warned.remedies))
    section.ask = lambda *_: taken
    click(section.make)
    settle(desk)
    assert [error.name for error in desk.warnings] == ["BookExists"]
    assert remedies == ["另选位置"]
    assert taken.read_text() == "something else"


def test_a_backup_from_elsewhere_can_be_restored(
    desk: TestDesk, district_desk: TestDesk, show: Show, tmp_path: Path
) -> None:
    there = tmp_path / "elsewhere.yzb"
    ask(desk, lambda book: backups.backup(book, there))
    section = backing_up(show(desk, "backups"))
    answer(desk, yes=False)
    section.choose = lambda: there
    section.ask = lambda *_: tmp_path / "back.yzb"
    click(section.other)
    settle(desk)
    assert (tmp_path / "back.yzb").is_file()
    assert not desk.warnings


def test_the_departments_forms_go_along_and_are_said(
    desk: TestDesk, show: Show, tmp_path: Path
) -> None:
    folder = desk.facts.path.with_name(f"{desk.facts.path.stem}.表样")
    folder.mkdir()
    (folder / "月报.xlsx").write_bytes(b"template")
    (folder / "月报.json").write_bytes(b"{}")
    section = backing_up(show(desk, "backups"))
    section.ask = lambda *_: tmp_path / "stick" / "周四"
    click(section.make)
    settle(desk)
    assert section.outcome.text().endswith("部门表样 1 份一并带上。")
    target = tmp_path / "恢复.yzb"
    other = tmp_path / "恢复.表样"
    other.mkdir()
    (other / "月报.xlsx").write_bytes(b"newer")
    mark_first(section)
    answer(desk, yes=False)
    section.ask = lambda *_: target
    click(section.restore)
    settle(desk)
    assert "表样“月报”与旁边已有的不同：已有的没有动" in section.outcome.text()
    assert (other / "月报.xlsx").read_bytes() == b"newer"
    assert (other / "恢复的" / "月报.xlsx").read_bytes() == b"template"
