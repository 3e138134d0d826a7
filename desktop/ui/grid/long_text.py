"""A roomy place over the grid to write long text: lines wrap, and it says how many characters."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.grid.choice_popup import framed

WIDTH, HEIGHT = 440, 168  # px at scale 1, at least
WIDEST, HIGHEST = 640, 360


class _Writing(QPlainTextEdit):
    """Enter finishes, Alt+Enter breaks the line; all else is Qt's."""

    done = Signal(str)
    cancelled = Signal()
    focus_left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers()
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif modifiers & Qt.KeyboardModifier.AltModifier:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.done.emit("up")
        else:
            self.done.emit("down")

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Tab:
                self.done.emit("tab")
                return True
            if event.key() == Qt.Key.Key_Backtab:
                self.done.emit("backtab")
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.focus_left.emit()


class RoomyEditor(QFrame):
    """A panel from the cell's corner on, at least 420 × 160 px; grows with what is written.

    ``done`` names the way on (``down``, ``up``, ``tab``, ``backtab``); the text stays until the
    panel is closed.
    """

    done = Signal(str)
    cancelled = Signal()
    focus_left = Signal()

    def __init__(self, parent: QWidget, text: str, title: str) -> None:
        super().__init__(parent)
        framed(self)
        self.setAccessibleName(title)
        self._cell, self._area = QRect(), QRect()
        self.writing = _Writing(self)
        self.writing.setAccessibleName(title)
        self.writing.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.writing.setPlainText(text)
        self.setFocusProxy(self.writing)
        self._count = QLabel(self)
        keys = QLabel("Enter 存入　Alt+Enter 换行　Esc 不改", self)
        heading = QLabel(title, self)
        for label in (self._count, keys, heading):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setFont(theme.font("small"))
        heading.setFont(theme.font("small", bold=True))
        now = theme.current()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(now.px(8), now.px(6), now.px(8), now.px(6))
        inside.setSpacing(now.px(4))
        inside.addWidget(heading)
        inside.addWidget(self.writing, 1)
        line = QHBoxLayout()
        line.addWidget(self._count)
        line.addStretch(1)
        line.addWidget(keys)
        inside.addLayout(line)
        self.writing.done.connect(self.done)
        self.writing.cancelled.connect(self.cancelled)
        self.writing.focus_left.connect(self.focus_left)
        self.writing.textChanged.connect(self._changed)
        self._changed()

    def text(self) -> str:
        """What is written."""
        return self.writing.toPlainText()

    def insert(self, text: str) -> None:
        """Write ``text`` where the caret stands."""
        self.writing.insertPlainText(text)

    def caret_to_end(self) -> None:
        """Go on writing behind the last character."""
        self.writing.moveCursor(QTextCursor.MoveOperation.End)

    def put_at(self, cell: QRect, area: QRect) -> None:
        """Stand over ``cell``, as high as the text asks, inside ``area``."""
        self._cell, self._area = cell, area
        now = theme.current()
        width = min(max(cell.width(), now.px(WIDTH)), now.px(WIDEST), area.width())
        lines = self.writing.blockCount() + len(self.text()) * now.body // max(1, width)
        wanted = now.px(96) + lines * self.writing.fontMetrics().lineSpacing()
        height = min(max(wanted, now.px(HEIGHT)), now.px(HIGHEST), area.height())
        left = max(area.left(), min(cell.left(), area.right() + 1 - width))
        top = max(area.top(), min(cell.top(), area.bottom() + 1 - height))
        self.setGeometry(left, top, width, height)
        self.show()
        self.raise_()

    def _changed(self) -> None:
        characters = len(self.text().replace("\n", ""))
        self._count.setText(f"{characters} 字")
        if self.isVisible():
            self.put_at(self._cell, self._area)
