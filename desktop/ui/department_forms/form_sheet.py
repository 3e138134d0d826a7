"""A form's sheet as it looks, with what goes into which column; a line about the cell one is on."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ledger.definitions import Scheme
from desktop.sheets.workbook.grid import Sheet, Workbook
from desktop.ui import theme
from desktop.ui.department_forms.showing import FormEffects, told, with_formulas
from desktop.ui.parts import Words
from desktop.ui.reading_in.sheet_view import SheetView


class FormSheet(QWidget):
    """``tag_wanted`` gives the heading of a column that is to be something else, and its place."""

    tag_wanted = Signal(object, QRect)  # Tag

    def __init__(self) -> None:
        super().__init__()
        self.view, self.line = SheetView(), Words("", role="ink_soft")
        self.view.setAccessibleName("表样")
        self._scheme: Scheme | None = None
        frame = QFrame()
        frame.setProperty("part", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.view)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().px(6))
        whole.addWidget(frame, 1)
        whole.addWidget(self.line)
        self.view.moved.connect(self._tell)
        self.view.tag_wanted.connect(self.tag_wanted)
        self.setFocusProxy(self.view)

    def show_form(
        self, workbook: Workbook, effects: FormEffects, scheme: Scheme, *, fresh: bool
    ) -> None:
        """Show the sheet that is filled; on the same one one stays where one is."""
        if fresh:
            self.view.forget()
        self._scheme = scheme
        shown = with_formulas(workbook)
        self.view.show_sheet(_sheet(shown, effects.form.sheet), effects, scheme)

    def clear(self) -> None:
        """Nothing to show."""
        self.view.forget()
        self.view.viewport().update()
        self.line.set_text("")

    def go_to(self, row: int, column: int) -> None:
        """Stand on a cell, and let its column be chosen."""
        self.view.setFocus()
        self.view.go_to(row, column)
        tag = self.view.tag_here()
        if tag is not None:
            corner = self.view.viewport().mapToGlobal(tag.rect.topLeft())
            self.tag_wanted.emit(tag, QRect(corner, tag.rect.size()))

    def _tell(self, row: int, column: int) -> None:
        painting = self.view.painting
        if painting is not None and isinstance(painting.effects, FormEffects) and self._scheme:
            said = told(self._scheme, painting.effects, painting.sheet, row, column)
            self.line.set_text(said)


def _sheet(workbook: Workbook, name: str) -> Sheet:
    return next(one for one in workbook.sheets if one.name == name)
