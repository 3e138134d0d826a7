"""The help on the screen with real keys and mouse: at the page, found, followed, gone back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget

from desktop import paths
from desktop.ui import memory, theme
from desktop.ui.help import topics
from desktop.ui.help.pane import HelpPane
from desktop.ui.help.window import HelpWindow
from tests.ui.conftest import shot, spin

#: What the offscreen screen says of itself; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"support raise\(\)")


@pytest.fixture
def window(qapp: QApplication) -> Iterator[HelpWindow]:
    made = HelpWindow(memory.of_pc(paths.profile()))
    yield made
    made.close()


def titles(contents: QListWidget) -> list[str]:
    return [contents.item(row).text().split("\n")[0] for row in range(contents.count())]


def test_it_opens_at_the_text_of_the_page(window: HelpWindow) -> None:
    window.open_at("papers")
    assert window.isVisible()
    assert window.pane.current == "printing"
    assert "打印出来的样子" in window.pane.reader.toPlainText()
    assert window.pane.contents.currentItem().text() == "打印周报和台账"
    assert titles(window.pane.contents) == [one.title for one in topics.topics()]
    shot(window, "help-printing", 980, 680)


@pytest.mark.parametrize("name", topics.ORDER)
def test_every_text_is_shown_whole(window: HelpWindow, name: str) -> None:
    window.open_at("week")
    window.pane.open(name)
    shown = window.pane.reader.toPlainText()
    assert topics.topic(name).title in shown
    assert "**" not in shown
    assert "](" not in shown
    shot(window, f"help-{name}", 980, 680)


def test_arrow_keys_turn_from_text_to_text_and_back_again(window: HelpWindow) -> None:
    window.open_at("week")
    QTest.keyClick(window.pane.contents, Qt.Key.Key_Down)
    QTest.keyClick(window.pane.contents, Qt.Key.Key_Down)
    assert window.pane.current == topics.ORDER[2]
    QTest.keyClick(window.pane, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.pane.current == topics.ORDER[1]
    QTest.mouseClick(window.pane.back, Qt.MouseButton.LeftButton)
    assert window.pane.current == topics.ORDER[0]
    assert not window.pane.back.isEnabled()


def test_search_lists_what_was_found_and_enter_reads_it(window: HelpWindow) -> None:
    window.open_at("week")
    pane = window.pane
    QTest.keyClick(pane, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(pane.search, "A4")
    assert "打印周报和台账" in titles(pane.contents)
    assert len(titles(pane.contents)) < len(topics.topics())
    QTest.keyClick(pane.search, Qt.Key.Key_Return)
    assert pane.reader.textCursor().selectedText() == "A4"
    pane.search.setText("没有这样的词语")
    assert titles(pane.contents) == ["没有找到“没有这样的词语”"]
    QTest.keyClick(pane.search, Qt.Key.Key_Return)
    assert pane.reader.textCursor().selectedText() == "A4"
    pane.search.clear()
    assert len(titles(pane.contents)) == len(topics.topics())


def test_links_lead_to_other_texts(window: HelpWindow) -> None:
    window.open_at("week")
    window.pane.reader.anchorClicked.emit(QUrl("filling.md"))
    assert window.pane.current == "filling"
    window.pane.go_back()
    assert window.pane.current == "first-week"


def test_f1_again_and_escape_close_it(window: HelpWindow) -> None:
    for key in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
        window.open_at("grid")
        spin(window.isActiveWindow)
        QTest.keyClick(window, key)
        assert not window.isVisible()


def test_its_place_is_remembered(window: HelpWindow) -> None:
    window.open_at("week")
    window.resize(701, 503)
    window.close()
    kept = memory.of_pc(paths.profile())
    assert kept.get("help.geometry") is None  # the file is written by the program's own saving
    again = HelpWindow(window._pc)
    assert (again.width(), again.height()) == (701, 503)


def test_another_theme_sets_the_text_anew(qapp: QApplication) -> None:
    pane = HelpPane()
    pane.open("trouble")
    before = pane.reader.document().defaultFont().pixelSize()
    theme.apply(qapp, dark=True, scale=theme.SCALES[2])
    try:
        assert pane.reader.document().defaultFont().pixelSize() > before
        assert "横条上的话" in pane.reader.toPlainText()
    finally:
        theme.apply(qapp, dark=False)
