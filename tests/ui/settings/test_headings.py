"""读过的表头: listed, named, forgotten, handed out and taken in, with real clicks and keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.sheets.proposals import signatures
from desktop.sheets.proposals.signatures import Memory, Remembered
from desktop.ui.reading_in import remembering
from desktop.ui.settings.headings import HeadingsSection
from desktop.ui.settings.page import SettingsPage
from tests.ui.conftest import TestDesk, settle, shot
from tests.ui.settings.standing import Show, answer, click

#: The offscreen screen says that it takes no size hints; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FIRST = Remembered(
    "a" * 24,
    "统计局月报",
    ("序号", "项 目\n名称", "总投资"),
    {"1": "name"},
    {"2": "亿元"},
    "2023-03-02",
)
SECOND = Remembered("b" * 24, "各镇周报", ("项目", "进度"), {"1": None}, {}, "2023-03-09")


@pytest.fixture
def section(desk: TestDesk, show: Show) -> HeadingsSection:
    signatures.save(Memory((FIRST, SECOND)), remembering.file())
    return headings(show(desk, "headings"))


def headings(page: SettingsPage) -> HeadingsSection:
    assert isinstance(page.current, HeadingsSection)
    return page.current


def cells(section: HeadingsSection) -> list[list[str]]:
    found = []
    for at in range(section.list.topLevelItemCount()):
        item = section.list.topLevelItem(at)
        assert item is not None
        found.append([item.text(column) for column in range(4)])
    return found


def known() -> list[str]:
    return [one.name for one in signatures.load(remembering.file()).tables]


def mark(section: HeadingsSection, row: int, *, held: Qt.KeyboardModifier | None = None) -> None:
    item = section.list.topLevelItem(row)
    assert item is not None
    place = section.list.visualItemRect(item).center()
    place.setX(20)
    keys = held or Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(section.list.viewport(), Qt.MouseButton.LeftButton, keys, place)


def test_what_is_remembered_is_listed_the_latest_first(
    section: HeadingsSection, desk: TestDesk
) -> None:
    assert cells(section) == [
        ["各镇周报", "2023-03-09", "1 处", "项目、进度"],
        ["统计局月报", "2023-03-02", "2 处", "序号、项 目 名称、总投资"],
    ]
    shot(section.window(), "headings")


def test_nothing_remembered_says_how_it_comes(desk: TestDesk, show: Show) -> None:
    section = headings(show(desk, "headings"))
    assert section.none.isVisible() and not section.list.isVisible()
    assert not section.forget.isEnabled() and not section.hand_out.isEnabled()
    assert section.take_in.isEnabled()


def test_a_table_is_named_by_key(section: HeadingsSection, desk: TestDesk) -> None:
    mark(section, 0)
    click(section.rename)
    box = section.list.findChild(QLineEdit)
    assert box is not None
    box.selectAll()
    QTest.keyClicks(box, "weekly of towns")
    QTest.keyClick(box, Qt.Key.Key_Return)
    settle(desk)
    assert known() == ["统计局月报", "weekly of towns"]


def test_one_is_forgotten_after_a_question(section: HeadingsSection, desk: TestDesk) -> None:
    mark(section, 1)
    asked = answer(desk, yes=False)
    click(section.forget)
    settle(desk)
    assert len(known()) == 2
    answer(desk, yes=True)
    click(section.forget)
    settle(desk)
    assert known() == ["各镇周报"]
    assert asked and "统计局月报" in str(asked[0])
    assert section.outcome.text() == "已忘掉 1 种表头。"


def test_handed_out_and_taken_in_elsewhere(
    section: HeadingsSection, desk: TestDesk, tmp_path: Path
) -> None:
    section.ask = lambda *_: tmp_path / "交给区里"
    click(section.hand_out)
    settle(desk)
    path = tmp_path / "交给区里.json"
    assert signatures.load(path).tables == (FIRST, SECOND)
    assert "已导出 2 种" in section.outcome.text()
    other = Remembered("b" * 24, "各镇周报", ("项目", "进度"), {"1": "physical_progress"}, {})
    signatures.save(Memory((FIRST, other)), path)
    signatures.save(Memory((SECOND,)), remembering.file())
    section.choose = lambda: path
    click(section.take_in)
    settle(desk)
    assert section.outcome.text() == "新记住 1 种表头，更换 1 种。"
    assert {one.signature: one for one in signatures.load(remembering.file()).tables} == {
        FIRST.signature: FIRST,
        other.signature: other,
    }
    click(section.take_in)
    settle(desk)
    assert section.outcome.text() == "2 种本来就一样。"


def test_only_the_marked_ones_are_handed_out(
    section: HeadingsSection, desk: TestDesk, tmp_path: Path
) -> None:
    signatures.save(
        Memory((FIRST, SECOND, Remembered("c" * 24, "第三种", ("甲",)))), remembering.file()
    )
    section.refresh()
    settle(desk)
    mark(section, 0)
    mark(section, 1, held=Qt.KeyboardModifier.ControlModifier)
    assert section.hand_out.text() == "导出选中的 2 种……"
    section.ask = lambda *_: tmp_path / "a.json"
    click(section.hand_out)
    settle(desk)
    assert [one.name for one in signatures.load(tmp_path / "a.json").tables] == [
        "各镇周报",
        "第三种",
    ]


@pytest.mark.parametrize("content", [b"{}", b"[1]", b"\xff\xfe", b'{"format": "x", "tables": []}'])
def test_a_file_that_is_none_is_refused_in_a_sentence(
    section: HeadingsSection, desk: TestDesk, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(content)
    section.choose = lambda: path
    click(section.take_in)
    settle(desk)
    assert [error.name for error in desk.warnings] == ["MemoryMalformed"]
    assert known() == ["统计局月报", "各镇周报"]


def test_a_file_without_headings_is_said_to_be_empty(
    section: HeadingsSection, desk: TestDesk, tmp_path: Path
) -> None:
    path = tmp_path / "b.json"
    signatures.save(signatures.Memory(), path)
    section.choose = lambda: path
    click(section.take_in)
    settle(desk)
    assert section.outcome.text() == "这个文件里没有表头。"
    assert known() == ["统计局月报", "各镇周报"]


def test_a_huge_file_is_not_read(section: HeadingsSection, desk: TestDesk, tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(b" " * (9 << 20))
    section.choose = lambda: path
    click(section.take_in)
    settle(desk)
    assert [error.name for error in desk.warnings] == ["MemoryMalformed"]
