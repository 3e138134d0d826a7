"""Picking the record that a paper is made from: by a part of its name, number, or initials."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop.reports.subjects import Subject
from desktop.ui import icons, theme
from desktop.ui.forms.choosing import STEPS
from desktop.ui.forms.initials import fits
from desktop.ui.forms.offers import OfferList
from desktop.ui.parts.words import tip

#: So many are offered at most; whoever has more types.
_MOST = 300


class SubjectLine(QLineEdit):
    """A line with the list under it; ``chosen`` tells the record that was taken."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._subjects: tuple[Subject, ...] = ()
        self._found: list[Subject] = []
        self.record = ""
        self.setPlaceholderText("名称、文号或拼音首字母")
        self.list = OfferList(self)
        self.list.taken.connect(self._take)
        self._open = QAction(icons.icon("chevron-down", "ink_soft"), "打开列表", self)
        self._open.triggered.connect(lambda: self._look(""))
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self._look)

    def show_subjects(self, subjects: Sequence[Subject], record: str) -> None:
        """Offer these, ``record`` chosen, without a word."""
        self._subjects, self.record = tuple(subjects), record
        self.list.hide()
        self._rest()

    def offered(self) -> list[str]:
        """What the list shows now."""
        return self.list.texts()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.list.isHidden():
            if key in (Qt.Key.Key_Down, Qt.Key.Key_F4):
                self._look("")
                return
        elif key in STEPS:
            self.list.move_by(STEPS[Qt.Key(key)])
            return
        elif key == Qt.Key.Key_Escape:
            self.list.hide()
            self._rest()
            return
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentRow() >= 0:
            self._take(self.list.currentRow())
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.list.hide()
        self._rest()

    def _look(self, wanted: str) -> None:
        """Offer what fits ``wanted``, "" for everything."""
        self.setFocus()
        fit = fits(wanted)
        self._found = [one for one in self._subjects if fit(one.label) or fit(one.detail)][:_MOST]
        if not self._found:
            self.list.hide()
            return
        row = next((at for at, one in enumerate(self._found) if one.record == self.record), 0)
        self.list.offer([_line(one) for one in self._found], 0 if wanted else row)
        room = self.window().width() - self.list.x() - theme.current().gap
        self.list.resize(
            min(max(self.list.width(), theme.current().px(480)), room), self.list.height()
        )

    def _take(self, row: int) -> None:
        taken = self._found[row]
        self.list.hide()
        changed, self.record = taken.record != self.record, taken.record
        self._rest()
        if changed:
            self.chosen.emit(taken.record)

    def _rest(self) -> None:
        """Show the one that is chosen."""
        label = next((one.label for one in self._subjects if one.record == self.record), "")
        self.setText(label)
        self.setCursorPosition(0)
        self.setToolTip(tip(label))


def _line(one: Subject) -> str:
    return f"{one.label}　{one.detail}" if one.detail else one.label
