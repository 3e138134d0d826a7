"""The line at the bottom: saved when, the last note, keys that help here."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from desktop.ui.parts import LightMark, Words
from desktop.ui.shell.bar import Bar

HEIGHT = 28
#: How long a note stays, in milliseconds.
NOTE = 8000
BUSY = "正在处理……"


class StatusLine(Bar):
    """Left what has become of one's work, right what keys do."""

    def __init__(self) -> None:
        super().__init__(HEIGHT, edge="top")
        self.light, self.saved = LightMark("green"), Words("每格随填随存", "small")
        self.backup = Words("", "small", "ink_soft")
        self.note = Words("", "small", "ink_soft")
        self.hints = Words("", "small", "ink_soft", right=True)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 18, 0)
        row.setSpacing(8)
        row.addWidget(self.light)
        row.addWidget(self.saved)
        row.addSpacing(14)
        row.addWidget(self.backup)
        row.addSpacing(14)
        row.addWidget(self.note, 1)
        row.addWidget(self.hints)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.timeout.connect(lambda: self.note.set_text(""))

    def show_saved(self, at: datetime) -> None:
        """Everything up to ``at`` is on the disk."""
        self.light.set_light("green")
        self.saved.set_role("ink")
        self.saved.set_text(f"已保存 {at:%H:%M:%S}")

    def show_unsaved(self) -> None:
        """The last thing written is not on the disk."""
        self.light.set_light("red")
        self.saved.set_role("must")
        self.saved.set_text("没有保存")

    def show_busy(self, busy: bool) -> None:
        """The worker has been at it for a while, or is done."""
        if busy:
            self.note.set_text(BUSY)
        elif self.note.text() == BUSY:
            self.note.set_text("")

    def show_note(self, sentence: str) -> None:
        """A short note, gone after a while."""
        self.note.set_text(sentence)
        self._forget.start(NOTE)

    def show_backup(self, sentence: str) -> None:
        """When the book was last backed up."""
        self.backup.set_text(sentence)

    def show_hints(self, hints: str) -> None:
        """The keys that help on the page shown."""
        self.hints.set_text(f"{hints}　F1 帮助" if hints else "F1 帮助")
