"""The line that stands over a cell while one types; grows to the right with what is typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui import theme

_CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS: dict[int, str] = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
}


class CellLine(QLineEdit):
    """While ``typing`` (it was opened by a character) arrows leave the cell, as in Excel; opened
    by F2 or a double click they move the caret, and F2 changes from one to the other.

    ``left`` names the way on; ``asked`` is ``choices``, ``above``, ``below``, ``today`` or
    ``newline``.
    """

    left = Signal(str)
    cancelled = Signal()
    focus_left = Signal()
    asked = Signal(str)

    def __init__(self, parent: QWidget, text: str, *, typing: bool, right: bool) -> None:
        super().__init__(text, parent)
        self.typing = typing
        self.has_list = False
        self._cell, self._area = QRect(), QRect()
        self.setFont(theme.font())
        if right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if not typing:
            self.selectAll()
        self.textChanged.connect(self._grow)

    def put_at(self, cell: QRect, area: QRect) -> None:
        """Stand over ``cell``, as wide as the text asks, inside ``area``: to the right first."""
        self._cell, self._area = cell, area
        self._grow()
        self.show()
        self.raise_()

    def _grow(self) -> None:
        if self._cell.isNull():
            return
        over = -1 if self._cell.top() > 0 else 0  # the line above, which the frame covers
        cell = self._cell.adjusted(-1, over, 0, 0)
        wanted = self.fontMetrics().horizontalAdvance(self.text()) + theme.current().px(24)
        width = min(max(cell.width(), wanted), max(cell.width(), self._area.width()))
        left = max(min(cell.left(), self._area.right() + 1 - width), min(cell.left(), 0))
        self.setGeometry(left, cell.top(), width, cell.height())

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Tab:
                self.left.emit("tab")
                return True
            if event.key() == Qt.Key.Key_Backtab:
                self.left.emit("backtab")
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers()
        if key in _ENTER:
            self._enter(modifiers)
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key == Qt.Key.Key_F2:
            self.typing = not self.typing
        elif key == Qt.Key.Key_Down and modifiers & _ALT:
            self.asked.emit("choices")
        elif key == Qt.Key.Key_Semicolon and modifiers & _CTRL:
            self.asked.emit("today")
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.has_list:
            self.asked.emit("below" if key == Qt.Key.Key_Down else "above")
        elif key in _ARROWS and self.typing and not modifiers & (_CTRL | _SHIFT):
            self.left.emit(_ARROWS[key])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
        ):
            self.focus_left.emit()

    def _enter(self, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & _ALT:
            self.asked.emit("newline")
        else:
            self.left.emit("up" if modifiers & _SHIFT else "down")
