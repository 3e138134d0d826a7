"""A person before the program: keys, the mouse, the clipboard, and what the book then says.

Keys go to whatever has the keyboard, as the system would send them; Chinese comes through an input
method. Nothing of the program is called but what a hand can reach.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListWidget, QWidget

from desktop.app import Program, started
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.page import Page
from desktop.ui.shell.window import MainWindow
from tests.ui.conftest import ask, settle, shot, spin

T = TypeVar("T")
#: What the clerks' screens hold, px.
SCREEN = 1366, 768


class Person:
    """Somebody who started the program on ``book`` and waits until it can be used."""

    def __init__(self, book: Path) -> None:
        self.take(started(book))

    @classmethod
    def of(cls, program: Program) -> Person:
        """Somebody before a program that runs already."""
        made = cls.__new__(cls)
        made.take(program)
        return made

    def take(self, program: Program) -> None:
        """Wait for the window of the open book and sit down before it."""
        self.program = program
        spin(lambda: self.program.window is not None or self.program.start is not None)
        start = self.program.start
        assert start is None, start.banner.sentence.text() + start.banner.advice.text()
        self.window.showNormal()
        self.window.resize(*SCREEN)
        self.sit_down()

    @property
    def window(self) -> MainWindow:
        """The window of the open book."""
        window = self.program.window
        assert window is not None, "the window is closed"
        return window

    @property
    def desk(self) -> Desk:
        """The desk of the open book."""
        return self.window.desk

    @property
    def page(self) -> Page:
        """The page that is seen."""
        page = self.window.current
        assert page is not None
        return page

    # Hands -----------------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys one after another: "Enter", "Ctrl+E", "Alt+Right"."""
        for key in keys:
            combined = QKeySequence.fromString(key)[0]  # type: ignore[index]  # Qt's stubs
            QTest.keyClick(self.focus, combined.key(), combined.keyboardModifiers())

    def down_to(self, title: str) -> None:
        """Press Down in the list that has the keyboard until the row ``title`` is marked."""
        shelf = self.focus
        assert isinstance(shelf, QListWidget)
        for _ in range(shelf.count()):
            marked = shelf.currentItem()
            if marked is not None and marked.text() == title:
                return
            self.press("Down")
        raise AssertionError(f"Down does not lead to {title}")

    def type(self, text: str) -> None:
        """Type: signs of the keyboard by their keys, the others as an input method gives them."""
        for sign in text:
            if sign.isascii():
                QTest.keyClicks(self.focus, sign)
            else:
                event = QInputMethodEvent()
                event.setCommitString(sign)
                QApplication.sendEvent(self.focus, event)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """The left button on a widget that is seen, in its middle or ``at``."""
        self._attend()
        assert widget.isVisible() and widget.isEnabled(), f"{widget} cannot be clicked"
        QTest.mouseClick(
            widget,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            at if at is not None else widget.rect().center(),
        )

    def copy_elsewhere(self, text: str) -> None:
        """Copy ``text`` in Excel, WPS or a letter."""
        QGuiApplication.clipboard().setText(text)

    @property
    def focus(self) -> QWidget:
        """What has the keyboard now."""
        self._attend()
        widget = QApplication.activePopupWidget() or QApplication.focusWidget()
        assert widget is not None, "nothing has the keyboard"
        return widget

    def _attend(self) -> None:
        """Off screen a closed menu or dialog leaves the keyboard to nobody."""
        QApplication.processEvents()
        if QApplication.activeWindow() is None and QApplication.activePopupWidget() is None:
            self.window.activateWindow()
            assert QTest.qWaitForWindowActive(self.window)

    @property
    def dialog(self) -> QDialog:
        """The dialog that is open and has the keyboard."""
        spin(lambda: isinstance(QApplication.activeWindow(), QDialog))
        found = QApplication.activeWindow()
        assert isinstance(found, QDialog)
        return found

    # Eyes ------------------------------------------------------------------------------------

    def wait(self) -> None:
        """Until everything is answered and shown."""
        settle(self.desk)

    def look(self, name: str, widget: QWidget | None = None) -> None:
        """Keep a picture of the window (or a dialog), where somebody wants to look at it."""
        if os.environ.get("ONELEDGER_SHOTS"):
            QTest.qWait(400)  # what is told of a cell comes a moment later
            self.wait()
            seen = widget or self.window
            wide, high = SCREEN if seen is self.window else (seen.width(), seen.height())
            shot(seen, name, wide, high)

    def ask(self, run: Callable[[Book], T]) -> T:
        """What the book says."""
        self.wait()
        return cast(T, ask(self.desk, run))

    # Coming and going ------------------------------------------------------------------------

    def sit_down(self) -> None:
        """Bring the window before oneself."""
        self.window.activateWindow()
        assert QTest.qWaitForWindowActive(self.window)
        self.wait()

    def close(self) -> None:
        """The cross of the window."""
        window = self.window
        window.close()
        spin(lambda: self.program.window is None)
        QApplication.processEvents()  # the last answers come home
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def leave(self) -> None:
        """After the test: nothing stays open, whatever went wrong."""
        if self.program.window is not None:
            self.program.window.end()
