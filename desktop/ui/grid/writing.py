"""The grid that can be written in: its model, the active cell, the editor, reasons under cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui import lights
from desktop.ui.grid.arranging import Arranging
from desktop.ui.grid.bubble import Bubble
from desktop.ui.grid.cell_line import CellLine
from desktop.ui.grid.cells import Block
from desktop.ui.grid.choice_popup import Matches, contains
from desktop.ui.grid.editing import Editing
from desktop.ui.grid.long_text import RoomyEditor
from desktop.ui.grid.table_model import GridModel

#: When a cell is there to be read only and gives no reason of its own.
READ_ONLY = "这一格由程序算出或从别处带来，不能在这里填。"


class Writing(Arranging):
    """Rows and columns are the model's. ``matches`` says whether what was typed fits a choice."""

    went_on = Signal(str)  # a text was taken: down, up, left, right, tab, backtab

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        matches: Matches = contains,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._shown: GridModel | None = None
        self._was = ("", 0, "", True)  # record, row and column of the active cell; whether seen
        self._refusals: dict[tuple[str, str], str] = {}  # by record and column
        self._bubble = Bubble(self.viewport())
        self._bubble_at = (-1, -1)
        self._editing = Editing(self.viewport(), self.rect_of, matches, today, self)
        self._editing.left.connect(self.went_on)
        self._editing.lost.connect(self._tell_lost)
        self._editing.writing.connect(self._forget_refusal)
        self._heading.grasped.connect(self.commit_open_editor)
        self.block_changed.connect(self._recall)
        self.shifted.connect(self._follow)

    def set_model(self, model: GridModel) -> None:
        """Show a model; its first cell becomes active."""
        self.setModel(model)

    def current(self) -> tuple[int, int]:
        """Row and column of the active cell, (-1, -1) without cells."""
        return self._selection.active

    def block(self) -> Block:
        """The selected rows and columns, these in the order in which they are shown."""
        return self._selection.block()

    def selected_block(self) -> tuple[int, int, int, int]:
        """Top row, left column, bottom row, right column; -1 throughout without cells.

        Where columns were moved or hidden, others stand between: see :meth:`block`.
        """
        block = self.block()
        if not block:
            return -1, -1, -1, -1
        return block.rows[0], block.columns[0], block.rows[-1], block.columns[-1]

    def columns_from(self, column: int) -> tuple[int, ...]:
        """``column`` and those shown to its right, in order: what a paste goes over."""
        place = self._geometry.place_of(column)
        return self._geometry.columns[place:] if place >= 0 else ()

    def select_block(self, top: int, left: int, bottom: int, right: int) -> None:
        """Select from one corner to another; the first becomes active."""
        places = self._geometry.place_of(left), self._geometry.place_of(right)
        rows = range(self._geometry.rows)
        if min(places) >= 0 and top in rows and bottom in rows:
            self._selection.choose((top, places[0]), (bottom, places[1]))

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the active one and show it; a hidden column is shown for it."""
        columns = self.columns()
        if not (0 <= row < self._geometry.rows and 0 <= column < len(columns)):
            return
        if self._geometry.place_of(column) < 0:
            self._do("show", columns[column].name)
        place = self._geometry.place_of(column)
        self._selection.go(row, place)
        self.show_cell(row, place)

    def edit_current(self, text: str | None = None, *, focus: bool = True) -> bool:
        """Open the editor of the active cell, with ``text`` instead of what stands there.

        False, and the reason under the cell, where nothing can be typed.
        """
        model, (row, column) = self.grid_model, self.current()
        if model is None or row < 0 or not self.commit_open_editor():
            return False
        cell = model.cell(row, column)
        if not cell.editable:
            self.say_at(row, column, cell.locked or READ_ONLY)
            return False
        self.show_cell(*self._selection.active_place)
        if not self._bubble.refusal:
            self._hush()
        self._editing.open(model, row, column, text, focus)
        return True

    def commit_open_editor(self) -> bool:
        """Write what is being typed; False where it was refused: the reason stands at the cell."""
        return self._editing.commit()

    @property
    def open_editor(self) -> CellLine | RoomyEditor | None:
        """What one writes in now."""
        return self._editing.editor

    @property
    def popup(self) -> QWidget | None:
        """The list or calendar that is open under the editor."""
        return self._editing.popup

    @property
    def bubble(self) -> Bubble:
        """The sentence under a cell."""
        return self._bubble

    def put_today(self) -> None:
        """Today's date into the active cell."""
        model, (row, column) = self.grid_model, self.current()
        if model is None or row < 0:
            return
        cell = model.cell(row, column)
        if cell.editable:
            self._forget_refusal(row, column)
            model.commit([(row, column, self._today().isoformat())], "填入今天的日期")
        else:
            self.say_at(row, column, cell.locked or READ_ONLY)

    def say_at(self, row: int, column: int, sentence: str, *, refusal: bool = False) -> None:
        """Put a sentence under a cell, until one goes on."""
        self._bubble.say(sentence, refusal=refusal)
        self._bubble_at = row, column
        self._place_bubble()

    # The model -----------------------------------------------------------------------------

    def setModel(self, model: QAbstractItemModel | None) -> None:
        self._editing.cancel()
        if self._shown is not None:
            for signal, slot in self._listening(self._shown):
                signal.disconnect(slot)
        super().setModel(model)
        self._refusals.clear()
        self._hush()
        self._selection.keep_in(self.selectionModel())
        self._shown = self.grid_model
        if self._shown is not None:
            for signal, slot in self._listening(self._shown):
                signal.connect(slot)
        self._after_reset()

    def _listening(self, model: GridModel) -> list[tuple[Any, Callable[..., None]]]:
        """The model's signals and what hears them, after Qt's own view has."""
        return [
            (model.refused, self._refused),
            (model.modelAboutToBeReset, self._before_reset),
            (model.modelReset, self._after_reset),
            (model.rowsInserted, self._rows_changed),
            (model.rowsRemoved, self._rows_changed),
            (model.layoutChanged, self._rows_changed),
        ]

    def _before_reset(self) -> None:
        self._editing.remember()
        model, (row, column) = self.grid_model, self.current()
        if model is not None and 0 <= row < model.rowCount():
            seen = self.viewport().rect().intersects(self.rect_of(row, column))
            self._was = model.row_key(row), row, model.columns()[column].name, seen

    def _after_reset(self) -> None:
        """Take the columns, and go back to the record on which the clerk was."""
        self._fit_columns()
        self.updateGeometries()
        model, geometry = self.grid_model, self._geometry
        if model is not None and geometry.rows and geometry.places:
            key, row, name, seen = self._was
            found = model.row_of(key) if key else -1
            row = found if found >= 0 else min(row, geometry.rows - 1)
            place = max(0, self._place_of(name))
            self._selection.go(row, place)
            if seen:
                self.show_cell(row, place)
        self._editing.find_again()

    def _rows_changed(self) -> None:
        self.updateGeometries()
        if self.current()[0] < 0 and self._geometry.rows and self._geometry.places:
            self._selection.go(0, 0)

    def _follow(self) -> None:
        """Cells stand elsewhere now."""
        self._editing.put_in_place()
        self._place_bubble()

    # Reasons -------------------------------------------------------------------------------

    def _key(self, row: int, column: int) -> tuple[str, str]:
        model = self.grid_model
        if model is None or not model.hasIndex(row, column):
            return "", ""
        return model.row_key(row) or str(row), model.columns()[column].name

    def _refused(self, row: int, column: int, sentence: str) -> None:
        self._refusals[self._key(row, column)] = sentence
        self.say_at(row, column, sentence, refusal=True)

    def _forget_refusal(self, row: int, column: int) -> None:
        self._refusals.pop(self._key(row, column), None)
        if self._bubble_at == (row, column):
            self._hush()

    def _recall(self) -> None:
        """Somewhere else now: why this cell was refused, if it still is."""
        model, (row, column) = self.grid_model, self.current()
        if model is None or row < 0:
            return
        sentence = self._refusals.get(self._key(row, column))
        self._tell_reader(model, row, column, sentence or "")
        if sentence is None:
            self._hush()
        elif model.cell(row, column).tone == "must":
            self.say_at(row, column, sentence, refusal=True)
        else:
            self._forget_refusal(row, column)

    def _tell_reader(self, model: GridModel, row: int, column: int, reason: str) -> None:
        """Say to a screen reader where one is and what stands there."""
        index, cell = model.index(row, column), model.cell(row, column)
        said = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        light = lights.WORDS.get(cell.tone.removeprefix("light:"), "")
        parts = (f"第{row + 1}行", light, said, reason or cell.locked)
        self.setAccessibleDescription("，".join(part for part in parts if part))

    def _hush(self) -> None:
        self._bubble.hide()
        self._bubble_at = (-1, -1)

    def _tell_lost(self, text: str) -> None:
        sentence = f"这一行已不在表中，刚才输入的“{text}”没有存入。"
        self.say_at(*self.current(), sentence, refusal=True)

    def _place_bubble(self) -> None:
        row, column = self._bubble_at
        if row < 0:
            return
        cell, area = self.rect_of(row, column), self.viewport().rect()
        if cell.intersects(area):
            below = self.current() in ((row + 1, column), (row + 2, column))
            self._bubble.point_at(cell, area, above=below)
        else:
            self._bubble.hide()
