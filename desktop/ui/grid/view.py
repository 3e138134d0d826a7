"""The grid a clerk works in: the keys and the mouse of a spreadsheet, the input method too.

The view knows no book: it draws a :class:`~desktop.ui.grid.table_model.GridModel`, writes through
its ``commit`` and says by signals what a page must do (copy, paste, fill down, delete, find, sort,
filter).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.ui.grid.choice_popup import Matches, contains
from desktop.ui.grid.mouse import Mouse
from desktop.ui.grid.navigation import Move, Position, TabRun, move_of, types_text
from desktop.ui.grid.writing import Writing
from desktop.ui.parts.words import tip

_CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_REQUESTS: dict[int, str] = {
    Qt.Key.Key_C: "copy_requested",
    Qt.Key.Key_X: "cut_requested",
    Qt.Key.Key_V: "paste_requested",
    Qt.Key.Key_D: "fill_down_requested",
    Qt.Key.Key_F: "find_requested",
    Qt.Key.Key_H: "replace_requested",
    Qt.Key.Key_Z: "undo_requested",
    Qt.Key.Key_Y: "redo_requested",
}
_Query = Qt.InputMethodQuery


class GridView(Writing):
    """See :class:`~desktop.ui.grid.writing.Writing` for what a page asks of it."""

    copy_requested = Signal()
    cut_requested = Signal()
    paste_requested = Signal()
    fill_down_requested = Signal()
    delete_requested = Signal()
    find_requested = Signal()
    replace_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()
    context_menu_requested = Signal(QPoint)  # where on the screen

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        matches: Matches = contains,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent, matches=matches, today=today)
        self._tab_run = TabRun()
        self._handing_on = False
        self._mouse = Mouse(
            lambda: self._geometry, self._selection, self.scroll_by, self._may_leave, self
        )
        self._mouse.edited.connect(self._edit_clicked)
        self.went_on.connect(self._go_on)
        self.setTabKeyNavigation(True)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    # Keys ----------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._editing.is_open:
            self._hand_on(event)
        elif self._selection.active[0] < 0 or not self._pressed(event):
            event.ignore()

    def _hand_on(self, event: QKeyEvent) -> None:
        """To the editor that has not got the focus yet; what it does not want comes back."""
        editor = self._editing.editor
        if editor is None or self._handing_on or not self.hasFocus():
            event.ignore()
            return
        self._handing_on = True
        try:
            QCoreApplication.sendEvent(editor.focusProxy() or editor, event)
        finally:
            self._handing_on = False

    def _pressed(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; False when it asks for nothing."""
        key, modifiers = event.key(), event.modifiers()
        move = move_of(key, modifiers)
        if key == Qt.Key.Key_Down and modifiers & _ALT:
            if self.edit_current():
                self._editing.offer_choices()
        elif move is not None:
            self._walk(move, extends=bool(modifiers & _SHIFT))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on("up" if modifiers & _SHIFT else "down")
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            back = key == Qt.Key.Key_Backtab or bool(modifiers & _SHIFT)
            self._go_on("backtab" if back else "tab")
        elif modifiers & _CTRL and not modifiers & _ALT:
            return self._commanded(key, modifiers)
        elif key == Qt.Key.Key_F2:
            self.edit_current()
        elif key == Qt.Key.Key_Escape:
            self._hush()
        elif key == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        elif key == Qt.Key.Key_Backspace:
            self.edit_current("")
        elif types_text(event.text(), modifiers):
            self.edit_current(event.text())
        else:
            return False
        return True

    def _commanded(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """Ctrl and a letter."""
        if key == Qt.Key.Key_A:
            self._selection.select_all()
        elif key == Qt.Key.Key_Semicolon:
            self.put_today()
        elif key == Qt.Key.Key_L and modifiers & _SHIFT:
            place = self._selection.active_place[1]
            self.show_cell(*self._selection.active_place)
            corner = self._heading.area_of(place).bottomLeft()
            self.open_heading_menu(place, self._heading.mapToGlobal(corner))
        elif key in _REQUESTS and not modifiers & _SHIFT:
            getattr(self, _REQUESTS[key]).emit()
        else:
            return False
        return True

    def _walk(self, move: Move, *, extends: bool = False) -> None:
        self._tab_run.ends()
        selection, field = self._selection, self.walking()
        if extends:
            row, place = field.walk(selection.corner_place, move)
            selection.extend(row, place)
        else:
            row, place = field.walk(selection.active_place, move)
            selection.go(row, place)
        self.show_cell(row, place)

    def _go_on(self, way: str) -> None:
        """After a cell was filled, or by Enter and Tab alone."""
        if way in ("left", "right"):
            self._walk("left" if way == "left" else "right")
        elif way in ("tab", "backtab"):
            self._tab(1 if way == "tab" else -1)
        elif way in ("down", "up"):
            self._enter(1 if way == "down" else -1)

    def _tab(self, step: Literal[1, -1]) -> None:
        selection = self._selection
        if len(selection.block()) > 1:
            self._cycle(step, down=False)
            return
        self._tab_run.goes_on(selection.active_place[1])
        self._go(self.walking().next_to_fill(selection.active_place, step))

    def _enter(self, step: Literal[1, -1]) -> None:
        selection = self._selection
        if len(selection.block()) > 1:
            self._cycle(step, down=True)
            return
        row, place = selection.active_place
        back = self._tab_run.enter(place)
        self._go(self.walking().walk((row, back), "down" if step > 0 else "up"))

    def _cycle(self, step: Literal[1, -1], *, down: bool) -> None:
        """On to the next cell of the selected block."""
        self._tab_run.ends()
        selection = self._selection
        row, place = self.walking().cycle(
            selection.active_place, *selection.span(), step, down=down
        )
        selection.walk(row, place)
        self.show_cell(row, place)

    def _go(self, to: Position) -> None:
        self._selection.go(*to)
        self.show_cell(*to)

    # The input method ----------------------------------------------------------------------

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The first composed character opens the editor and lands in it."""
        composed = event.preeditString() or event.commitString()
        if composed and not self._editing.is_open and not self.edit_current("", focus=False):
            QGuiApplication.inputMethod().reset()
        if self._editing.is_open:
            self._editing.compose(event)
            event.accept()
        else:
            event.ignore()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        if query == _Query.ImEnabled:
            return True
        editor = self._editing.editor
        if query in (_Query.ImCursorRectangle, _Query.ImAnchorRectangle):
            if editor is None:
                return self.rect_of(*self.current()).translated(self.viewport().pos())
            target = editor.focusProxy() or editor
            rect = target.inputMethodQuery(query)
            corner = target.mapTo(self, QPoint(0, 0))
            return rect.translated(corner) if hasattr(rect, "translated") else rect
        return super().inputMethodQuery(query)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    # The mouse -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.stop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and self.current()[0] >= 0:
            corner = self.rect_of(*self.current()).bottomLeft()
            at = self.viewport().mapToGlobal(corner)
        self.context_menu_requested.emit(at)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(event)
            return True
        return super().viewportEvent(event)

    def _tell(self, event: QHelpEvent) -> None:
        """The whole text of a cell that shows only part of it, and why it is locked."""
        index, model = self.indexAt(event.pos()), self.grid_model
        if not index.isValid() or model is None:
            QToolTip.hideText()
            return
        cell, look = model.cell(index.row(), index.column()), self._look
        room = self.rect_of(index.row(), index.column()).width() - 2 * look.pad
        cut = look.text(cell.text, max(0, room), cell.bold).cut
        said = "\n".join(part for part in (cell.text if cut else "", cell.locked) if part)
        rect = self.rect_of(index.row(), index.column())
        QToolTip.showText(event.globalPos(), tip(said), self.viewport(), rect)

    def _may_leave(self) -> bool:
        self._tab_run.ends()
        return self.commit_open_editor()

    def _edit_clicked(self) -> None:
        self.edit_current()
