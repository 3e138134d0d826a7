"""What a paper is made from is filled here: the record's form, the letters that rules propose."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.reports.kinds import Kind
from desktop.ui.desk import Desk
from desktop.ui.forms.dialog import edit_record
from desktop.ui.page import Landing
from desktop.ui.papers.advising import Advising, Month, read_month
from desktop.ui.papers.lacks import NEW, PROPOSE, Lack


class Filling(QObject):
    """``filled`` tells the kind of paper and the record with which it can be shown now."""

    filled = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent
        self.advising: Advising | None = None

    def fill(self, kind: Kind, lack: Lack) -> None:
        """Go where what is missing is filled."""
        if lack.page == PROPOSE:
            self.advise()
        elif lack.page == NEW:
            self.edit(kind)
        else:
            self._desk.go(lack.page, Landing(register=lack.register))

    def edit(self, kind: Kind, record: str = "") -> None:
        """The record that a paper is made from, in its form; a new one without ``record``."""
        given = {kind.field: kind.value} if kind.field and not record else {}
        edit_record(
            self._desk,
            self._parent,
            kind.subject,
            record,
            given,
            then=lambda saved: self.filled.emit(kind.name, saved),
        )

    def advise(self) -> None:
        """Which units fall under which rule, and the letters that are made of it."""
        week = self._desk.period
        self._desk.read(self, lambda book: read_month(book, "", week), self._show, key="advise")

    def _show(self, month: Month) -> None:
        self.advising = Advising(self._desk, self._parent, month)
        self.advising.shown.connect(self.filled)
        self.advising.open()
