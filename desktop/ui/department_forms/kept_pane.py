"""A form that is kept: its verbs above, its sheet as it looks below."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.periods import parse_period
from desktop.sheets.workbook import reading as files
from desktop.sheets.workbook.grid import Workbook
from desktop.ui import theme
from desktop.ui.department_forms import reading
from desktop.ui.department_forms.filling import Filling
from desktop.ui.department_forms.form_head import FormHead
from desktop.ui.department_forms.form_sheet import FormSheet
from desktop.ui.department_forms.reading import Kept
from desktop.ui.department_forms.showing import FormEffects, table_of
from desktop.ui.desk import Desk
from desktop.ui.errand import Errand
from desktop.ui.nearby import nearby, present
from desktop.ui.worker import Progress

#: For which kind of period this book's forms were filled last, by their names.
KINDS = "department_forms.kind"


class KeptPane(QWidget):
    """``correct`` and ``replace`` that the form is to be learned anew, ``gone`` that it was
    deleted."""

    correct = Signal()
    replace = Signal()
    gone = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.kept: Kept | None = None
        self.head, self.sheet = FormHead(), FormSheet()
        self.filling = Filling(desk, self)
        self._errands: dict[int, Errand] = {}  # on their way; dropped when they are home
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().px(10))
        whole.addWidget(self.head)
        whole.addWidget(self.sheet, 1)
        self.head.fill.connect(self.fill)
        self.head.correct.connect(self.correct)
        self.head.replace.connect(self.replace)
        self.head.drop.connect(lambda: self.kept and self.filling.drop(self.kept.name))
        self.head.folder.connect(self.filling.open_folder)
        self.filling.filled.connect(self.head.tell)
        self.filling.gone.connect(self.gone)
        self.sheet.tag_wanted.connect(lambda *_: self.correct.emit())

    def show_form(self, kept: Kept) -> None:
        """Show a form; what came of filling another one is told no more."""
        if self.kept is None or self.kept.name != kept.name:
            self.head.forget()
        self.kept = kept
        form, facts = kept.form, self.desk.facts
        kinds = reading.kinds_of(facts.scheme, form) if form is not None else ()
        last_day = facts.scheme.week_last_day
        known = (self.desk.memory.get(KINDS) or {}).get(kept.name)
        kind = next((one for one in kinds if one == known), kinds[0] if kinds else None)
        now = str(present(kind, self.desk.period, last_day)) if kind is not None else ""
        self.head.show_form(kept.name, nearby(kinds, self.desk.period, last_day), now)
        self.head.set_usable(form is not None)
        if form is None:
            self.sheet.clear()
            self.sheet.line.set_text(kept.lack)
            return
        number = max(self._errands, default=0) + 1
        read, home = partial(_read, kept.template), partial(self._came, number, kept)
        self._errands[number] = Errand(self, "读取表样", read, home)

    def fill(self) -> None:
        """Fill it for the chosen period and save it."""
        if self.kept is None or self.kept.form is None:
            return
        period = self.head.period.currentData() or ""
        if period:
            known = self.desk.memory.get(KINDS) or {}
            kind = parse_period(period).kind
            self.desk.memory.put(KINDS, {**known, self.kept.name: kind})
        self.filling.fill(self.kept.name, period)

    def _came(self, number: int, kept: Kept, value: Any, error: OneLedgerError | None) -> None:
        del self._errands[number]
        if kept is not self.kept or kept.form is None:
            return
        if error is not None:
            self.sheet.clear()
            self.sheet.line.set_text(error.sentence)
        elif isinstance(value, Workbook):
            form = kept.form
            sheet = next(one for one in value.sheets if one.name == form.sheet)
            table = table_of(self.desk.facts.scheme, form, sheet)
            effects = FormEffects(value, form, (table,))
            self.sheet.show_form(value, effects, self.desk.facts.scheme, fresh=True)


def _read(path: Path, progress: Progress) -> Workbook:
    return files.read(path, watch=lambda: progress(0, 0))
