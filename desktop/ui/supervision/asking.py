"""The small dialogs of the page: a few fields, one button, nothing written before it is pressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Field
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.forms.field_box import FieldBox
from desktop.ui.forms.reading import FieldValue
from desktop.ui.forms.typed import text_of
from desktop.ui.parts import Button, Words
from desktop.ui.parts.words import Passage

Answer = Callable[[dict[str, Any]], None]


class Asking(QDialog):
    """Asks for ``fields`` (all but the ``free`` ones required) and a yes or no of ``choice``.

    ``given`` are stored values to begin with. ``then`` gets the stored values by name and the
    choice under ``""``; the dialog stays open until it is accepted by its owner, so that a refusal
    can be said at the field.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        title: str,
        about: str,
        fields: Sequence[Field],
        then: Answer,
        *,
        yes: str,
        given: Mapping[str, Any] | None = None,
        free: Sequence[str] = (),
        choice: str = "",
    ) -> None:
        super().__init__(parent.window())
        now, given = theme.current(), given or {}
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._then = then
        self.boxes: dict[str, FieldBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(now.pad, now.gap, now.pad, now.gap)
        column.setSpacing(now.gap)
        words = Passage(about if len(about) <= 120 else f"{about[:120]}…", "body", "ink_soft")
        column.addWidget(words)
        for field in fields:
            box = FieldBox(desk, field, required=field.name not in free)
            stored = given.get(field.name)
            box.show_value(FieldValue(stored, text_of(desk.facts.scheme, field, stored)))
            self.boxes[field.name] = box
            column.addWidget(box)
        self.choice = QCheckBox(choice)
        self.choice.setVisible(bool(choice))
        column.addWidget(self.choice)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(now.gap)
        foot.addWidget(Words("Ctrl+Enter 保存　Esc 取消", "small", "ink_faint"), 1)
        self.cancel = Button("取消")
        self.yes = Button(yes, primary=True)
        for button, press in ((self.cancel, self.reject), (self.yes, self.answer)):
            button.setAutoDefault(False)
            button.clicked.connect(press)
            foot.addWidget(button)
        column.addLayout(foot)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.answer)
        self.setMinimumWidth(now.px(480))
        first = next(iter(self.boxes.values()), None)
        if first is not None:
            first.setFocus()

    def answer(self) -> None:
        """Give the values, once every one of them can be taken."""
        values: dict[str, Any] = {}
        wrong: FieldBox | None = None
        for name, box in self.boxes.items():
            try:
                values[name] = box.editor.value()
            except OneLedgerError as error:
                box.refuse(str(error))
                wrong = wrong or box
                continue
            if values[name] is None and box.required:
                box.refuse("请填写")
                wrong = wrong or box
        if wrong is not None:
            wrong.setFocus()
            return
        self.yes.setEnabled(False)
        self._then({**values, "": self.choice.isChecked()})

    def refuse(self, name: str, error: OneLedgerError) -> None:
        """The book did not take it: say why at the field."""
        self.yes.setEnabled(True)
        self.boxes[name].refuse(str(error))
        self.boxes[name].setFocus()
