"""The one table of shortcuts holds what the pages really take, no more and no less."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.help import shortcuts, topics
from desktop.ui.help.shortcuts import GROUPS, keys_of
from desktop.ui.help.window import HelpWindow
from desktop.ui.papers.page import PapersPage
from desktop.ui.papers.preview import Preview
from desktop.ui.shell.menu import ASIDE, MENU, Entry
from desktop.ui.shell.window import MainWindow
from tests.ui.conftest import TestDesk

#: What a person might try: letters and digits with Ctrl, function keys, what moves and edits.
TRIED = [
    *(f"Ctrl+{key}" for key in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789=+-;"),
    *(f"F{number}" for number in range(1, 13)),
    *("PgUp", "PgDown", "Home", "End", "Del", "Backspace", "Ctrl+PgUp", "Ctrl+PgDown"),
    *("Ctrl+Home", "Ctrl+End"),
]


def bound(widget: QWidget) -> set[str]:
    """The keys of a widget's own shortcuts."""
    found = widget.findChildren(QShortcut)
    return {
        key.toString(QKeySequence.SequenceFormat.PortableText)
        for shortcut in found
        if shortcut.parent() is widget
        for key in shortcut.keys()  # noqa: SIM118 - no dictionary
    }


def takes(widget: QWidget, keys: str) -> bool:
    """Whether a widget takes a key for itself."""
    combination = QKeyCombination.fromCombined(QKeySequence(keys)[0].toCombined())  # type: ignore[index]
    event = QKeyEvent(QEvent.Type.KeyPress, combination.key(), combination.keyboardModifiers(), "")
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def test_every_key_is_written_as_qt_writes_it() -> None:
    for group in GROUPS:
        for key in keys_of(group.name):
            portable = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)
            assert portable == key, f"{group.title}: {key}"


def test_no_key_does_two_things_in_one_place() -> None:
    for group in GROUPS:
        count = Counter(key for shortcut in group.shortcuts for key in shortcut.keys)
        assert [key for key, times in count.items() if times > 1] == []


def test_the_help_prints_the_whole_table() -> None:
    text = topics.topic("shortcuts").text
    for group in GROUPS:
        assert f"## {group.title}" in text
        for shortcut in group.shortcuts:
            assert f"| **{shortcut.shown}** | {shortcut.does} |" in text
    assert shortcuts.as_markdown() in text


def test_the_window_takes_what_the_table_says(desk: TestDesk) -> None:
    window = MainWindow(desk)
    assert bound(window) | {"Esc"} == keys_of("window")  # Esc goes to the overlay, the banner


def test_the_papers_take_what_the_table_says(desk: TestDesk) -> None:
    page = PapersPage(desk)
    view = keys_of("papers") - bound(page)
    assert bound(page) == {"Ctrl+P", "Ctrl+S", "Ctrl+Shift+S"}
    preview = Preview()
    assert {key for key in TRIED if takes(preview, key)} == view
    assert all(takes(preview, key) for key in view)


def within(widget: QWidget) -> set[str]:
    """The keys of all shortcuts on a page."""
    found = (widget, *widget.findChildren(QWidget))
    return {key for one in found for key in bound(one)}


@pytest.mark.parametrize("entry", (*MENU, *ASIDE), ids=lambda entry: entry.name)
def test_no_page_has_a_shortcut_that_the_table_lacks(desk: TestDesk, entry: Entry) -> None:
    listed = {key for group in GROUPS for key in keys_of(group.name) if group.name == entry.name}
    assert within(entry.make(desk)) <= listed | keys_of("window") | keys_of("grid")


@pytest.mark.parametrize(
    ("group", "rooms"),
    [
        ("grid", ("grid",)),
        ("lists", ("lists",)),
        ("project", ("project",)),
        ("supervision", ("supervision",)),
        ("figures", ("figures",)),
        ("forms", ("forms",)),
    ],
)
def test_every_key_of_the_table_is_known_where_it_works(group: str, rooms: tuple[str, ...]) -> None:
    """Keys that a widget takes itself cannot be listed: they must at least stand in its room."""
    folder = Path(shortcuts.__file__).parents[1]
    source = "".join(
        path.read_text("utf-8") for room in rooms for path in (folder / room).rglob("*.py")
    )
    for keys in keys_of(group):
        name = Qt.Key(QKeySequence(keys)[0].key()).name  # type: ignore[index]
        written = (f"Qt.Key.{name}", f'"{keys}"', f'"{name.removeprefix("Key_")}"')
        known = any(one in source for one in written)
        assert known, f"{group}: {keys}"


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_help_window_takes_what_the_table_says(desk: TestDesk) -> None:
    window = HelpWindow(desk.pc)
    assert bound(window) | {"Alt+Left"} == keys_of("help")
