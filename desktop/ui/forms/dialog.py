"""A record in a window of its own: a new one, or one of a list that is looked at closely.

What was typed is written as one act by 保存 (Ctrl+Enter). Esc leaves, and asks only when something
was typed. What the book refuses is said in the window, at its field or above its buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Field, Register
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.forms.form import RecordForm
from desktop.ui.parts import Button, Passage, Words

Then = Callable[[str], None]


def edit_record(
    desk: Desk,
    parent: QWidget,
    register: str,
    record: str = "",
    defaults: Mapping[str, Any] | None = None,
    *,
    about: str = "",
    then: Then | None = None,
) -> RecordDialog:
    """Open the dialog for ``record``, for a new one without; it is shown and returned at once.

    ``defaults`` are stored values that a new one begins with, ``about`` says whose it is; ``then``
    gets the record after it was saved.
    """
    dialog = RecordDialog(desk, parent, register, record, defaults or {}, about)
    if then is not None:
        dialog.then = then
    dialog.open()
    return dialog


class RecordDialog(QDialog):
    """The form of one record with 保存 and 取消."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        register: str,
        record: str,
        defaults: Mapping[str, Any],
        about: str,
    ) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.desk, self.record, self.defaults = desk, record, dict(defaults)
        self.then: Then = lambda _record: None
        definition = desk.facts.scheme.register(register)
        noun = definition.title.removesuffix("清单")
        self.setWindowTitle(f"修改{noun}" if record else f"新增{noun}")
        ahead = () if record else left_open(definition, self.defaults)
        self.form = RecordForm(desk, register, by_itself=False, ahead=ahead)
        self.form.loaded.connect(self._shown)
        self.form.gone.connect(super().reject)
        self.form.finished.connect(self.save)
        self.form.refused.connect(self._refused)
        self.form.touched.connect(self._hush)
        self._lay_out(about)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        self.form.setEnabled(False)
        if record:
            self.form.load(record)
        else:
            self.form.begin(self.defaults)

    def _lay_out(self, about: str) -> None:
        now = theme.current()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        if about:
            head = QHBoxLayout()
            head.setContentsMargins(now.pad, now.gap, now.pad, 0)
            head.addWidget(Words(about, "big", bold=True))
            whole.addLayout(head)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        inside = QWidget()
        room = QVBoxLayout(inside)
        room.setContentsMargins(now.pad, now.gap, now.pad, now.gap)
        room.addWidget(self.form)
        area.setWidget(inside)
        whole.addWidget(area, 1)
        self.refusal = Passage("", "body", "must")
        self.refusal.setContentsMargins(now.pad, now.px(6), now.pad, 0)
        self.refusal.hide()
        whole.addWidget(self.refusal)
        foot = QHBoxLayout()
        foot.setContentsMargins(now.pad, now.gap, now.pad, now.gap)
        foot.addWidget(Words("Ctrl+Enter 保存　Esc 取消", "small", "ink_faint"), 1)
        self.cancel = Button("取消")
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(self.reject)
        self.keep = Button("保存", primary=True)
        self.keep.setAutoDefault(False)
        self.keep.clicked.connect(self.save)
        foot.setSpacing(now.gap)
        foot.addWidget(self.cancel)
        foot.addWidget(self.keep)
        whole.addLayout(foot)
        screen = self.screen().availableGeometry()
        wanted = self.form.sizeHint().height() + now.px(130)
        self.resize(
            min(now.px(780), screen.width() - now.px(40)),
            min(wanted, now.px(660), screen.height() - now.px(80)),
        )

    def save(self) -> None:
        """Write what was typed and close; nothing happens while something was refused."""
        self._hush()
        self.form.save(self._saved)

    def reject(self) -> None:
        """Leave without writing."""
        if not self.form.dirty or self.desk.confirm(
            "刚才填的内容还没有保存，要放弃吗？", "放弃后不能找回；点“取消”回去继续填。", "放弃"
        ):
            super().reject()

    def _saved(self, record: str) -> None:
        self.accept()
        self.then(record)

    def _refused(self, error: OneLedgerError) -> None:
        """Say it here: behind this window nobody sees it, and no button there can be pressed."""
        self.refusal.setText(str(error))
        self.refusal.show()

    def _hush(self) -> None:
        self.refusal.hide()

    def _shown(self) -> None:
        self.form.setEnabled(True)
        self.form.show_field(self.form.first_field())


def left_open(register: Register, given: Mapping[str, Any]) -> list[Field]:
    """The fields that say whose record it is and that ``given`` leaves open."""
    return [
        msgspec.structs.replace(field, help="名称或拼音首字母")
        for field in register.identity
        if field.name not in given
    ]
