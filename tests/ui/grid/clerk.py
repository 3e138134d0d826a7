"""A clerk at the page 台账: presses keys, reads cells, looks at the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ledger.workspace import Book
from desktop.ui.grid.page import GridPage
from tests.ui.conftest import TestDesk, ask, settle, spin

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LAST, NEXT = "2023-W10", "2023-W11"


class Clerk:
    """Sits at a page of 1210 × 688, what a window of 1366 × 768 leaves."""

    def __init__(self, desk: TestDesk, period: str = LAST, width: int = 1210) -> None:
        self.desk = desk
        desk.set_period(period)
        self.page = GridPage(desk)
        self.page.resize(width, 688)
        self.page.show()
        self.page.refresh()
        self.wait()
        self.view.setFocus()

    @property
    def view(self) -> QWidget:
        return self.page.body.view

    @property
    def model(self):  # type: ignore[no-untyped-def]  # noqa: ANN201
        return self.page.body.model

    def wait(self) -> None:
        """Until everything is read, written and told."""
        spin(lambda: self.model.contents is not None and not self.model.is_arriving())
        page = self.page
        timers = [*page.findChildren(QTimer), *page.headline.findChildren(QTimer)]
        for _ in range(3):  # the aside follows after a moment, what it asks after that
            spin(lambda: self.desk.worker.pending == 0 and not any(t.isActive() for t in timers))
            settle(self.desk)

    def at(self, name: str) -> int:
        return [column.name for column in self.model.columns()].index(name)

    def go(self, row: int, name: str) -> None:
        self.page.body.view.go_to(row, self.at(name))
        self.view.setFocus()

    def where(self) -> tuple[int, str]:
        row, column = self.page.body.view.current()
        return row, self.model.columns()[column].name

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self._target(), key, modifiers)

    def keys(self, text: str) -> None:
        """Type signs one by one, Chinese ones as a keyboard driver hands them over."""
        for sign in text:
            if sign.isascii():
                QTest.keyClicks(self._target(), sign)
            else:
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(self._target(), QKeyEvent(kind, 0, NONE, sign))

    def type(self, text: str) -> None:
        """Type into the active cell and press Enter."""
        self.keys(text)
        self.key(Key.Key_Return)
        settle(self.desk)

    def select(self, top: int, left: str, bottom: int, right: str) -> None:
        self.page.body.view.select_block(top, self.at(left), bottom, self.at(right))
        self.view.setFocus()

    def text(self, row: int, name: str) -> str:
        return str(self.model.cell(row, self.at(name)).text)

    def texts(self, name: str) -> list[str]:
        return [self.text(row, name) for row in range(self.model.rowCount())]

    def tone(self, row: int, name: str) -> str:
        return str(self.model.cell(row, self.at(name)).tone)

    def names(self) -> list[str]:
        return self.texts("subject.name")

    def paste(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.key(Key.Key_V, CTRL)
        settle(self.desk)

    def acts(self) -> int:
        """How many acts can be undone."""

        def run(book: Book) -> int:
            from desktop.ledger import undo

            return undo.waiting(book)[0]

        return int(ask(self.desk, run))

    def _target(self) -> QWidget:
        editor = self.page.body.view._editing.editor
        if editor is not None:
            return editor.focusProxy() or editor
        focused = QApplication.focusWidget()
        if focused is not None and self.page.isAncestorOf(focused):
            return focused
        return self.view
