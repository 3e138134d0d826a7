"""A record as a form: sections of fields, in two columns where there is room.

Saving by itself, a form writes each field when it is left; otherwise (in a dialog) it collects
what was typed and writes it as one act by :meth:`RecordForm.save`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Field, Register
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.forms import owners
from desktop.ui.forms.field_box import FieldBox
from desktop.ui.forms.picker import Picker
from desktop.ui.forms.reading import FormRecord, blank_form, read_form
from desktop.ui.parts import Words

#: From this width, at size 1.0, the fields stand in two columns.
TWO_COLUMNS = 640


class RecordForm(QWidget):
    """The form of one record of ``register``; ``by_itself`` saves each field as it is left.

    ``ahead`` are fields that come before the register's own: whose record a new one is to be.
    """

    loaded = Signal()
    touched = Signal()
    gone = Signal()  # the record is no longer in the book
    finished = Signal()  # Ctrl+Enter in what a field opened
    refused = Signal(object)  # OneLedgerError: nothing was written, and no field is to blame

    def __init__(
        self,
        desk: Desk,
        register: str,
        *,
        by_itself: bool = True,
        ahead: Sequence[Field] = (),
    ) -> None:
        super().__init__()
        self.desk, self.register, self.by_itself = desk, register, by_itself
        self.record = ""
        self.label = ""
        self._defaults: dict[str, Any] = {}
        self._typed: dict[str, Any] = {}
        self.boxes: dict[str, FieldBox] = {}
        self._grids: list[tuple[QGridLayout, list[FieldBox]]] = []
        self._columns = 0
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().gap)
        parts = sections(self.definition)
        if ahead:
            parts = [(parts[0][0], [*ahead, *parts[0][1]]), *parts[1:]]
        for title, fields in parts:
            self._add_section(whole, title, fields)
        whole.addStretch(1)

    @property
    def definition(self) -> Register:
        """The register whose record is shown."""
        return self.desk.facts.scheme.register(self.register)

    # Showing a record ------------------------------------------------------------------------

    def load(self, record: str) -> None:
        """Show a record of the book; what is being typed in the same record is kept."""
        self.desk.read(
            self,
            lambda book: read_form(book, self.register, record),
            self._show,
            key="form",
            failed=lambda _error: self.gone.emit(),
        )

    def begin(self, defaults: Mapping[str, Any]) -> None:
        """Show an empty form for a new record; ``defaults`` are stored values to begin with."""
        self._defaults = dict(defaults)
        self.desk.read(
            self, lambda book: blank_form(book, self.register, defaults), self._show, key="form"
        )

    def _show(self, shown: FormRecord) -> None:
        again = bool(shown.record) and shown.record == self.record
        self.record, self.label = shown.record, shown.label
        self._typed = self._typed if again else {}
        for name, box in self.boxes.items():
            if name in shown.fields:
                box.show_value(shown.fields[name], keep=again)
        self.loaded.emit()

    # Where one is ----------------------------------------------------------------------------

    def show_field(self, name: str) -> None:
        """Put the cursor into a field and bring it into sight."""
        box = self.boxes.get(name)
        if box is None:
            return
        box.setFocus(Qt.FocusReason.TabFocusReason)
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if isinstance(area, QScrollArea):
            area.ensureWidgetVisible(box, 0, theme.current().pad)

    def first_field(self) -> str:
        """The first field that this book fills."""
        return next((name for name, box in self.boxes.items() if not box.closed), "")

    @property
    def dirty(self) -> bool:
        """Whether anything was typed that is not saved."""
        return bool(self._typed) or any(box.editor.dirty for box in self.boxes.values())

    # Saving ----------------------------------------------------------------------------------

    def commit(self) -> bool:
        """Look at what is being typed now; False when something stands that was refused."""
        for name, box in self.boxes.items():
            box.look()
            if box.refusal:
                self.desk.say(f"“{box.field.title}”还没有填对：改正，或按 Esc 放弃")
                self.show_field(name)
                return False
        return True

    def save(self, then: Callable[[str], None]) -> None:
        """Write all that was typed as one act; ``then`` gets the record.

        Nothing is written while a text is refused or a required field is empty; all of them are
        marked, and the cursor goes to the first.
        """
        for box in self.boxes.values():
            box.editor.finish()
        waiting = [box for box in self.boxes.values() if box.editor.dirty]
        for box in waiting:
            box.look()
        if any(box.editor.dirty and not box.refusal for box in waiting):
            # A name is being looked for in the book; its answer comes before this one.
            self.desk.read(self, lambda _book: None, lambda _none: self._write_all(then))
        else:
            self._write_all(then)

    def _write_all(self, then: Callable[[str], None]) -> None:
        for box in self.boxes.values():
            if box.required and not box.closed and not box.editor.text() and not box.refusal:
                box.refuse("请填写")
        wrong = next((name for name, box in self.boxes.items() if box.refusal), "")
        if wrong:
            self.show_field(wrong)
            return
        fields = self._fields_to_write()
        if self.record and not fields:
            then(self.record)
            return
        register, record = self.register, self.record
        title = self._said()

        def run(book: Book) -> str:
            with book.batch("change" if record else "create", title) as batch:
                if not record:
                    return batch.create(register, fields, fresh=True)
                batch.change(register, record, fields)
                return record

        def written(made: str) -> None:
            self._typed = {}
            then(made)

        self.desk.write(self, title, run, written, failed=self._refused_whole)

    def _fields_to_write(self) -> dict[str, Any]:
        if self.record:
            return dict(self._typed)
        begun = {name: value for name, value in self._defaults.items() if value is not None}
        return {**begun, **self._typed}

    def _said(self) -> str:
        """What undo will say that it takes back."""
        definition = self.definition
        if self.record:
            return f"修改{definition.title}：{self.label}"
        box = self.boxes.get(definition.label or "")
        return f"新增{definition.title}" + (f"：{box.editor.text()[:30]}" if box else "")

    def _refused_whole(self, error: OneLedgerError) -> None:
        """Say it at the field that the refusal names, else of the form as a whole."""
        box = self.boxes.get(owners.refused_at(self.definition, error))
        if box is None:
            self.refused.emit(error)
        else:
            box.refuse(str(error))
            self.show_field(box.field.name)

    def _changed(self, name: str, value: Any) -> None:
        box = self.boxes[name]
        if not self.by_itself:
            self._typed[name] = value
            box.settle(value)
            return
        register, record = self.register, self.record
        if not record:
            return
        note = f"{self.label}：{box.field.title}"

        def run(book: Book) -> None:
            with book.batch("change", note) as batch:
                batch.change(register, record, {name: value})

        def written(_none: None) -> None:
            if self.record == record:
                box.settle(value)

        def failed(error: OneLedgerError) -> None:
            if self.record == record:
                box.refuse(str(error))
            else:
                self.desk.warn(error)

        self.desk.write(self, note, run, written, failed=failed)

    # Layout ----------------------------------------------------------------------------------

    def _add_section(self, whole: QVBoxLayout, title: str, fields: list[Field]) -> None:
        now = theme.current()
        if title:
            whole.addWidget(Words(title, "body", "ink", bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(now.pad)
        grid.setVerticalSpacing(now.px(10 if self.by_itself else 2))
        whole.addLayout(grid)
        whole.addSpacing(now.px(6))
        boxes = []
        for field in fields:
            required = field.required or field.name == self.definition.label
            box = FieldBox(
                self.desk,
                field,
                required=required and field.formula is None,
                steady=not self.by_itself,
            )
            if owners.is_owner(self.definition, field) and isinstance(box.editor, Picker):
                box.editor.among = owners.offered(self.desk.facts)
                box.remark = lambda unit: owners.remark(self.desk.facts, unit)
            box.editor.finished.connect(self.finished)
            box.changed.connect(self._changed)
            box.touched.connect(self.touched)
            self.boxes[field.name] = box
            boxes.append(box)
        self._grids.append((grid, boxes))
        self._arrange(max(self._columns, 1))

    def _arrange(self, columns: int) -> None:
        self._columns = columns
        for grid, boxes in self._grids:
            while grid.count():
                grid.takeAt(0)
            row = column = 0
            for box in boxes:
                if box.wide and column:
                    row, column = row + 1, 0
                span = columns if box.wide else 1
                grid.addWidget(box, row, column, 1, span, Qt.AlignmentFlag.AlignTop)
                column += span
                if column >= columns:
                    row, column = row + 1, 0
            for at in range(2):
                grid.setColumnStretch(at, 1 if at < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        columns = 2 if self.width() >= theme.current().px(TWO_COLUMNS) else 1
        if columns != self._columns:
            self._arrange(columns)
        super().resizeEvent(event)


def sections(register: Register) -> list[tuple[str, list[Field]]]:
    """The register's sections with the fields that are shown; those of none come last."""
    left = {field.name: field for field in register.shown}
    found: list[tuple[str, list[Field]]] = []
    for section in register.section:
        fields = [left.pop(name) for name in section.fields if name in left]
        if fields:
            found.append((section.title, fields))
    if left:
        found.append(("其他" if found else "", list(left.values())))
    return found
