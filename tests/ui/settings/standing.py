"""What the tests of 设置 do to its page: click, answer the one question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.ui.settings.page import SettingsPage
from tests.ui.conftest import TestDesk

Show = Callable[[TestDesk, str], SettingsPage]


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def answer(desk: TestDesk, yes: bool) -> list[tuple[str, str, str]]:
    """Answer the one question; what was asked is kept."""
    asked: list[tuple[str, str, str]] = []

    def asker(question: str, advice: str, button: str) -> bool:
        asked.append((question, advice, button))
        return yes

    desk.messages.asker = asker
    return asked
