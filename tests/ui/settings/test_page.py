"""The page 设置 with real keys and mouse: its list, its look, its fonts, what it says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop import __version__, paths
from desktop.ui import memory, theme
from desktop.ui.page import Landing
from desktop.ui.papers.saving import OFFICE_FONTS
from desktop.ui.settings import fonts
from desktop.ui.settings.about import AboutSection, NewsSection
from desktop.ui.settings.appearance import AppearanceSection
from desktop.ui.settings.backing_up import BackupSection
from desktop.ui.settings.faces import FaceRow
from desktop.ui.settings.fonts import FontsSection
from desktop.ui.settings.page import SECTIONS
from desktop.ui.settings.people import PeopleSection
from tests.ui.conftest import TestDesk, settle, shot, spin
from tests.ui.settings.standing import Show, click

#: The offscreen screen says that it takes no size hints; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_every_section_is_reached_with_the_arrow_keys(desk: TestDesk, show: Show) -> None:
    page = show(desk, "people")
    page.list.setFocus()
    for kind in SECTIONS[1:]:
        QTest.keyClick(page.list, Qt.Key.Key_Down)
        settle(desk)
        assert isinstance(page.current, kind)
        assert page.stack.currentWidget().isAncestorOf(page.current)
        shot(page, f"settings-{kind.name}", 1210, 688)
    assert not desk.warnings
    assert page.place() == {"section": SECTIONS[-1].name}


def test_landing_shows_a_section_and_nonsense_the_first(desk: TestDesk, show: Show) -> None:
    page = show(desk, "no such thing")
    assert isinstance(page.current, PeopleSection)
    page.land(Landing(tab="backups"))
    assert isinstance(page.current, BackupSection)


def test_the_look_changes_at_once_and_is_remembered(desk: TestDesk, show: Show) -> None:
    section = show(desk, "look").current
    assert isinstance(section, AppearanceSection)
    click(section.sizes.button(2))
    assert theme.current().scale == theme.SCALES[2]
    click(section.modes.button(1))
    assert theme.current().dark
    kept = memory.of_pc(paths.profile())
    assert (kept.get("scale"), kept.get("dark")) == (theme.SCALES[2], True)
    section.refresh()
    assert section.sizes.checkedId() == 2
    assert section.modes.checkedId() == 1
    click(section.sizes.button(0))
    click(section.modes.button(0))
    assert (theme.current().scale, theme.current().dark) == (1.0, False)


def test_the_office_fonts_are_found_beside_the_window_and_used_when_asked(
    desk: TestDesk, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (
        FaceRow("正文", "仿宋_GB2312", "simfang.ttf", "C:/Windows/Fonts", "自带仿宋"),
        FaceRow("标题、红头", "方正小标宋", "", "", "自带宋体（特粗）"),
    )
    monkeypatch.setattr(fonts, "face_rows", lambda: rows)
    section = show(desk, "fonts").current
    assert isinstance(section, FontsSection)
    spin(lambda: section.rows is not None)
    assert "1 种公文字体" in section.state.text()
    QTest.mouseClick(
        section.office, Qt.MouseButton.LeftButton, pos=QPoint(10, section.office.height() // 2)
    )
    assert memory.of_pc(paths.profile()).get(OFFICE_FONTS) is True
    section.refresh()
    assert section.office.isChecked()


def test_without_office_fonts_there_is_nothing_to_choose(
    desk: TestDesk, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = (FaceRow("正文", "仿宋_GB2312", "", "", "自带仿宋"),)
    monkeypatch.setattr(fonts, "face_rows", lambda: rows)
    section = show(desk, "fonts").current
    assert isinstance(section, FontsSection)
    spin(lambda: section.rows is not None)
    assert not section.office.isEnabled()
    assert "都用程序自带的字体" in section.state.text()


def test_about_names_version_book_and_folders(
    desk: TestDesk, show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    section = show(desk, "about").current
    assert isinstance(section, AboutSection)
    said = {label.text() for label in section.findChildren(QLabel)}
    assert f"一本账 {__version__}" in said
    assert f"{desk.facts.path}（演示数据）" in said
    assert str(paths.reports_folder()) in said
    assert "OFL" in section.licences.toPlainText()
    click(section.reports)
    click(section.book_folder)
    assert [Path(url.toLocalFile()) for url in opened] == [
        paths.reports_folder(),
        desk.facts.path.parent,
    ]
    assert paths.reports_folder().is_dir()


def test_the_news_are_those_of_the_file(desk: TestDesk, show: Show) -> None:
    section = show(desk, "news").current
    assert isinstance(section, NewsSection)
    assert __version__ in section.reader.toPlainText()
