"""What a person's hands do: click, and write Chinese through an input method."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

#: What the offscreen platform says of itself.
OFFSCREEN = "This plugin does not support"


def click(widget: QWidget) -> None:
    """The left button on the middle of ``widget``."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def write(widget: QWidget, text: str) -> None:
    """``text`` as an input method hands it over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)
