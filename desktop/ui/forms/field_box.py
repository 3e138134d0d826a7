"""A field on a form: its name above, the editor, and under it what has to be said of the value.

When the editor is left, the text is looked at. A refusal is said in words and the text is kept; a
value that is another one is offered through ``changed``, for the form to write.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Field
from desktop.ledger.fold import same
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.forms import typed
from desktop.ui.forms.editors import Box, editor
from desktop.ui.forms.reading import FieldValue
from desktop.ui.parts import Chip, Words
from desktop.ui.parts.words import tip


class FieldBox(QWidget):
    """One field. ``wide`` ones take the form's whole width.

    ``steady`` ones keep a line free for what has to be said, so that nothing below moves.
    """

    changed = Signal(str, object)  # the field's name, the stored value that was typed
    touched = Signal()  # something was typed

    def __init__(
        self, desk: Desk, field: Field, *, required: bool = False, steady: bool = False
    ) -> None:
        super().__init__()
        self._steady = steady
        self.desk, self.field, self.required = desk, field, required
        self.wide = field.type == "long_text"
        self.editor = editor(desk, field)
        self.remark: Callable[[Any], str] = lambda _stored: ""  # of the value that stands here
        self._shown = FieldValue()
        self._refusal = ""
        self._asked: str | None = None  # the text that was offered and not yet answered for
        self._lay_out()
        if field.help:
            self.setToolTip(tip(field.help))
        self.editor.typed.connect(self._typed)
        self.editor.left.connect(self.look)
        theme.notifier.changed.connect(self._say)

    def _lay_out(self) -> None:
        now = theme.current()
        self.title = Words(self.field.title, "small", "ink_soft")
        self.mark = Words("＊" if self.required else "", "small", "must")
        self.count = Words("", "small", "ink_faint")
        self.apart = Chip("有冲突", "must")
        self.apart.hide()
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.RichText)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.note.hide()
        head = QHBoxLayout()
        head.setSpacing(now.px(4))
        head.addWidget(self.title)
        head.addWidget(self.mark)
        head.addStretch(1)
        head.addWidget(self.count)
        head.addWidget(self.apart)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(now.px(4))
        whole.addLayout(head)
        whole.addWidget(self.editor)
        whole.addWidget(self.note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusProxy(self.editor)

    # What is shown ---------------------------------------------------------------------------

    def show_value(self, value: FieldValue, *, keep: bool = False) -> None:
        """Show what the book holds; ``keep`` leaves what is being typed."""
        self._shown = value
        if keep and self.editor.dirty:
            self.editor.rebase(value.text, value.stored)
        else:
            self.editor.put(value.text, value.stored)
            self._refusal, self._asked = "", None
        self.editor.set_closed(bool(value.locked))
        self.apart.setVisible(bool(value.sides))
        self._say()

    def settle(self, value: Any) -> None:
        """``value`` was taken: show it in its written form, unless one typed on."""
        label = self.editor.text().strip()
        text = typed.text_of(self.desk.facts.scheme, self.field, value, label)
        if self._asked is None or self.editor.text() == self._asked:
            self.editor.put(text, value)
        else:
            self.editor.rebase(text, value)
        self._asked = None
        self._say()

    def refuse(self, sentence: str) -> None:
        """Say why what stands here was not taken; the text stays."""
        self._refusal, self._asked = sentence, None
        self._say()

    @property
    def refusal(self) -> str:
        """Why the text that stands here was not taken, "" when nothing is wrong."""
        return self._refusal

    @property
    def closed(self) -> bool:
        """Whether this book does not fill the field."""
        return bool(self._shown.locked)

    # When it is left -------------------------------------------------------------------------

    def look(self) -> None:
        """Look at the text: refuse it in words, or offer its value."""
        if not self.editor.dirty:
            self._asked = None
            self._clear()
        elif self._asked != self.editor.text():
            self._asked = self.editor.text()
            self.editor.ask(self._taken, self._refused)

    def _taken(self, value: Any) -> None:
        self._clear()
        if same(value, self.editor.stored) and not self._shown.sides:
            self.settle(value)
        else:
            self.changed.emit(self.field.name, value)

    def _refused(self, error: OneLedgerError) -> None:
        if self.editor.text() == self._asked:
            self.refuse(str(error))

    def _typed(self) -> None:
        self._clear()
        self.touched.emit()

    def _clear(self) -> None:
        self._refusal = ""
        self._say()

    # Words -----------------------------------------------------------------------------------

    def notes(self) -> list[tuple[str, str]]:
        """What is said under the field: colour role and sentence, the most urgent first."""
        found = []
        if self._refusal:
            found.append(("must", self._refusal))
        remark = typed.remark(self.field, self.editor.text())
        if remark:
            found.append(("explain", remark))
        if not self.editor.dirty and (said := self.remark(self.editor.stored)):
            found.append(("explain", said))
        for number, side in enumerate(self._shown.sides):
            shown = "（暂按此显示）" if number == 0 else ""
            found.append(("explain", f"{side.who} {side.when}：{side.text}{shown}"))
        if self._shown.locked:
            found.append(("ink_faint", self._shown.locked))
        return found

    def _say(self) -> None:
        if isinstance(self.editor, Box):
            count = self.editor.count()
            self.count.set_text(f"{count} 字" if count else "")
        now = theme.current()
        lines = [
            f'<span style="color:{getattr(now, role)}">{escape(sentence)}</span>'
            for role, sentence in self.notes()
        ]
        self.editor.set_wrong(bool(self._refusal))
        self.editor.inner.setAccessibleDescription("；".join(said for _, said in self.notes()))
        self.note.setFont(theme.font("small"))
        if self._steady:
            self.note.setText("请填写")
            self.note.setMinimumHeight(self.note.sizeHint().height())
        self.note.setText("<br>".join(lines))
        self.note.setVisible(bool(lines) or self._steady)
