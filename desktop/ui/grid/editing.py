"""Writing in a cell: a line over it, a roomy panel for long text, choices and a calendar below.

Every way of leaving writes what was typed, Esc alone does not. The text is taken from the editor
only after the model has it; a row that vanishes meanwhile is reported with what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QCoreApplication, QObject, QPersistentModelIndex, QRect, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.grid.cell_line import CellLine
from desktop.ui.grid.cells import Column
from desktop.ui.grid.choice_popup import Matches
from desktop.ui.grid.choosing import Choosing, dismiss
from desktop.ui.grid.long_text import RoomyEditor
from desktop.ui.grid.table_model import GridModel

#: Kinds of columns that may hold several lines.
PROSE = frozenset({"text", "long_text"})


class Editing(QObject):
    """The one open editor of a grid.

    ``area`` is what editors stand on (the viewport), ``rect`` says where a cell (row, column) is
    on it. ``left`` names the way on after a text was taken: down, up, left, right, tab, backtab
    or "" to stay; ``lost`` is what was typed in a row that is no longer there.
    """

    left = Signal(str)
    lost = Signal(str)
    writing = Signal(int, int)  # row, column: a changed text goes to the model now

    def __init__(
        self,
        area: QWidget,
        rect: Callable[[int, int], QRect],
        matches: Matches,
        today: Callable[[], date],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._area, self._rect = area, rect
        self._matches, self._today = matches, today
        self._model: GridModel | None = None
        self._index = QPersistentModelIndex()
        self._editor: CellLine | RoomyEditor | None = None
        self._choosing: Choosing | None = None
        self._first = ""  # what stood in the cell when the editor opened
        self._refused = self._committing = self._composing = False
        self._away = False  # while the model is reset there is no cell to stand at
        self._place = ("", "")  # the record and column that are being written in, over a reset

    @property
    def is_open(self) -> bool:
        """Whether something is being written."""
        return self._editor is not None

    @property
    def editor(self) -> CellLine | RoomyEditor | None:
        """The open editor."""
        return self._editor

    @property
    def popup(self) -> QWidget | None:
        """The list or calendar that is open under it."""
        return self._choosing.popup if self._choosing is not None else None

    @property
    def at(self) -> tuple[int, int]:
        """Row and column that are written in, (-1, -1) when none is."""
        return (self._index.row(), self._index.column()) if self.is_open else (-1, -1)

    def open(
        self, model: GridModel, row: int, column: int, text: str | None = None, focus: bool = True
    ) -> None:
        """Open at a cell that is editable; ``text`` replaces what stands there, None keeps it."""
        self.cancel()
        self._model = model
        self._index = QPersistentModelIndex(model.index(row, column))
        self._first = model.edit_text(row, column)
        about, shown = model.columns()[column], self._first if text is None else text
        if about.kind == "long_text" or "\n" in shown:
            self._open_panel(about, shown)
        else:
            self._open_line(model, row, column, shown, typing=text is not None)
        self.put_in_place()
        if focus and self._editor is not None:
            self._editor.setFocus()
        if self._choosing is not None and about.kind != "date":
            (self._choosing.offer if text is None else self._choosing.narrow)()

    def offer_choices(self) -> None:
        """Alt+Down: all choices, or the calendar."""
        if self._choosing is not None:
            self._choosing.offer()

    def commit(self) -> bool:
        """Write what was typed and close; False when it was refused there and then."""
        editor, model = self._editor, self._model
        if editor is None or model is None or self._committing:
            return True
        QGuiApplication.inputMethod().commit()
        row, column = self.at
        if row < 0:
            self._report_lost()
            return False
        text = editor.text() if self._choosing is None else self._choosing.text
        self._refused = False
        if text != self._first:
            self._write(model, row, column, text)
        self._close()
        return not self._refused

    def cancel(self) -> None:
        """Close and forget what was typed."""
        if self.is_open:
            self._close()

    def put_in_place(self) -> None:
        """Follow the cell after scrolling or a change of widths or rows."""
        if self._editor is None or self._away:
            return
        if not self._index.isValid():
            self._report_lost()
            return
        self._editor.put_at(self._rect(*self.at), self._area.rect())
        if self._choosing is not None:
            self._choosing.follow(opens=False)

    def compose(self, event: QInputMethodEvent) -> None:
        """Hand on what an input method composes; the first characters come before the focus."""
        if self._editor is None:
            return
        self._composing = True
        QCoreApplication.sendEvent(self._editor.focusProxy() or self._editor, event)
        if event.commitString():
            self._composing = False
            self._editor.setFocus()
        elif not event.preeditString() and not self._editor.text():
            self.cancel()

    # Rows come and go ----------------------------------------------------------------------

    def remember(self) -> None:
        """Before the model is reset: which record and column are being written in."""
        self._away = True
        if self.is_open and self._model is not None and self._index.isValid():
            row, column = self.at
            self._place = self._model.row_key(row), self._model.columns()[column].name

    def find_again(self) -> None:
        """After the reset: go on writing there, or say what could not be written."""
        model, self._away = self._model, False
        if self._editor is None or model is None:
            return
        key, name = self._place
        row = model.row_of(key) if key else -1
        names = [column.name for column in model.columns()]
        if row < 0 or name not in names or not model.cell(row, names.index(name)).editable:
            self._report_lost()
            return
        self._index = QPersistentModelIndex(model.index(row, names.index(name)))
        self.put_in_place()

    def _report_lost(self) -> None:
        text = self._editor.text() if self._editor is not None else ""
        changed = text != self._first
        self._close()
        if changed:
            self.lost.emit(text)

    # The editors ---------------------------------------------------------------------------

    def _open_line(
        self, model: GridModel, row: int, column: int, text: str, *, typing: bool
    ) -> None:
        about = model.columns()[column]
        line = CellLine(self._area, text, typing=typing, right=model.cell(row, column).right)
        line.setAccessibleName(about.title)
        self._editor = line
        self._choosing = Choosing(
            line,
            self._area,
            lambda: self._rect(*self.at),
            about.kind,
            model.suggest(row, column) or about.choices,
            self._matches,
            self._today,
        )
        self._choosing.picked.connect(self._picked)
        line.left.connect(self._leave)
        line.cancelled.connect(self.cancel)
        line.focus_left.connect(self._focus_left)
        line.asked.connect(lambda what: self._break_line() if what == "newline" else None)

    def _open_panel(self, about: Column, text: str) -> RoomyEditor:
        title = f"{about.group} {about.title}" if about.group else about.title
        panel = RoomyEditor(self._area, text, title)
        self._editor = panel
        panel.done.connect(self._leave)
        panel.cancelled.connect(self.cancel)
        panel.focus_left.connect(self._focus_left)
        panel.caret_to_end()
        return panel

    def _break_line(self) -> None:
        """Alt+Enter in a line: text goes on in the roomy panel."""
        line, model = self._editor, self._model
        if not isinstance(line, CellLine) or model is None:
            return
        about = model.columns()[self.at[1]]
        if about.kind not in PROSE:
            return
        line.blockSignals(True)
        before, after = line.text()[: line.cursorPosition()], line.text()[line.cursorPosition() :]
        panel = self._open_panel(about, f"{before}\n{after}")
        cursor = panel.writing.textCursor()
        cursor.setPosition(len(before) + 1)
        panel.writing.setTextCursor(cursor)
        if self._choosing is not None:
            self._choosing.end()
            self._choosing = None
        self.put_in_place()
        panel.setFocus()
        dismiss(line)

    def _leave(self, way: str) -> None:
        if self.commit():
            self.left.emit(way)

    def _picked(self, text: str) -> None:
        if isinstance(self._editor, CellLine) and self._choosing is not None:
            self._choosing.end()
            self._editor.setText(text)
            self._leave("")

    def _focus_left(self) -> None:
        now = QApplication.focusWidget()
        if self._choosing is not None and self._choosing.holds(now):
            return
        if now is self._area.focusProxy():
            return  # a press on the cells: it commits first, and stays where that is refused
        if not self._composing and not self._committing:
            self.commit()

    def _write(self, model: GridModel, row: int, column: int, text: str) -> None:
        self._committing = True
        self.writing.emit(row, column)
        model.refused.connect(self._note_refusal)
        try:
            title = model.columns()[column].title
            model.commit([(row, column, text)], f"填写{title}")
        finally:
            self._committing = False
            model.refused.disconnect(self._note_refusal)

    def _note_refusal(self, row: int, column: int) -> None:
        self._refused = self._refused or (row, column) == self.at

    def _close(self) -> None:
        editor, choosing = self._editor, self._choosing
        self._editor = self._choosing = None
        self._composing = False
        self._index = QPersistentModelIndex()
        if editor is None:
            return
        focused = QApplication.focusWidget()
        inside = editor is focused or (focused is not None and editor.isAncestorOf(focused))
        if inside or (choosing is not None and choosing.holds(focused)):
            self._area.setFocus()
        if choosing is not None:
            choosing.end()
        dismiss(editor)
