"""另填: another value than any side's, typed in the field's own editor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange.settling_reading import Case
from desktop.ui.forms.editor import Editor
from desktop.ui.forms.editors import editor
from desktop.ui.parts import Button


class OtherValue(QWidget):
    """``taken`` gives the stored value of what was typed, ``refused`` the error that bars it.

    ``typed`` when it was changed since.
    """

    taken = Signal(object)
    typed = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.editor: Editor | None = None
        self.go = Button("就用填的这个", primary=True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.current().px(10))
        self._row.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
        self.go.clicked.connect(self.take)
        self.hide()

    def open(self, case: Case) -> None:
        """Show the editor of the case's field, beginning with what the book shows now."""
        if self.editor is None:
            field = self.desk.facts.scheme.register(case.register).get(case.field)
            made = editor(self.desk, field)
            made.put(case.typed, case.stored)
            made.finished.connect(self.take)
            made.typed.connect(self._typed)
            self._row.insertWidget(0, made, 1)
            QWidget.setTabOrder(made.inner, self.go)
            self.editor = made
        self.show()
        self.editor.setFocus()
        self.editor.inner.selectAll()

    def shut(self) -> None:
        """Put the editor away."""
        made, self.editor = self.editor, None
        if made is not None:
            made.hide()
            self._row.removeWidget(made)
            made.deleteLater()
        self.hide()

    def take(self) -> None:
        """What stands in the editor is the decision, where it fits the field."""
        if self.editor is not None:
            self.editor.finish()
            self.editor.ask(self.taken.emit, self._refuse)

    def _typed(self) -> None:
        if self.editor is not None:
            self.editor.set_wrong(False)
        self.typed.emit()

    def _refuse(self, error: OneLedgerError) -> None:
        if self.editor is not None:
            self.editor.set_wrong(True)
            self.editor.setFocus()
        self.refused.emit(error)
