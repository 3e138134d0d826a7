"""The form that is being learned: its workbook, the answers so far, what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.sheets.forms import keeping
from desktop.sheets.proposals.overview import ColumnSeen, TableSeen, column_id
from desktop.sheets.proposals.told import MONEY_UNIT
from desktop.sheets.workbook import reading as files
from desktop.sheets.workbook.grid import Workbook, address
from desktop.ui.department_forms import reading
from desktop.ui.department_forms.reading import Studied
from desktop.ui.desk import Desk
from desktop.ui.errand import Errand
from desktop.ui.worker import Progress


class Teaching(QObject):
    """Owner of what is being learned; ``studied`` is None where nothing is.

    ``name`` is what the form is called, or the one that is corrected or replaced.
    """

    came = Signal()  # studied anew
    saved = Signal(str)  # the form's name
    refused = Signal(object)  # the error that kept it from being saved

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.studied: Studied | None = None
        self.name = ""
        self.changed = False
        self.fresh = False  # what came last is another workbook
        self._given: dict[str, Any] = {}
        self._before: list[dict[str, Any]] = []
        self._errand: Errand | None = None

    def begin(self, path: Path, name: str = "", given: Mapping[str, Any] | None = None) -> None:
        """Read the empty workbook at ``path`` and study it."""
        self._errand = Errand(
            self,
            f"正在读取“{path.name}”",
            partial(_read, path),
            partial(self._read, path, name, dict(given or {})),
        )
        self.desk.working.emit(self._errand)

    def forget(self) -> None:
        """Nothing is being learned any more."""
        self.studied, self.name, self.changed = None, "", False
        self._given, self._before = {}, []

    def _read(
        self,
        path: Path,
        name: str,
        given: dict[str, Any],
        value: Any,
        error: OneLedgerError | None,
    ) -> None:
        errand, self._errand = self._errand, None
        if errand is not None:
            self.desk.worked.emit(errand)
        if error is not None:
            self.desk.warn(error)
        elif isinstance(value, Workbook):
            self._study(path, value, name, given, fresh=True)

    def _study(
        self, path: Path, workbook: Workbook, name: str, given: dict[str, Any], *, fresh: bool
    ) -> None:
        def then(studied: Studied) -> None:
            if fresh:
                self.name, self._before, self.changed = name, [], not given
            self._given, self.studied, self.fresh = given, studied, fresh
            self.came.emit()

        scheme = self.desk.facts.scheme
        self.desk.read(
            self,
            lambda _book: reading.study(scheme, workbook, path, name, given),
            then,
            key="study",
        )

    # Corrections ------------------------------------------------------------------------------

    def set_field(self, sheet: str, column: ColumnSeen, name: str | None) -> None:
        """A column is this field; None: nothing is written to it."""
        self._want({column_id(sheet, column.head): name})

    def set_unit(self, table: TableSeen, column: ColumnSeen, unit: str) -> None:
        """The amounts of a column, and of the table's others of the same unit, are in ``unit``."""
        heads = [one.head for one in table.columns if one.unit == column.unit]
        self._want({f"{table.sheet}!{address(*head)}:{MONEY_UNIT}": unit for head in heads})

    def set_text(self, identity: str, text: str) -> None:
        """A fixed text says this every time; "" leaves it empty."""
        self._want({identity: text or None})

    def step_back(self) -> bool:
        """Take back the latest correction; False where there is none."""
        if not self._before or self.studied is None:
            return False
        given = self._before.pop()
        self._study(self.studied.path, self.studied.workbook, self.name, given, fresh=False)
        return True

    def _want(self, given: Mapping[str, Any]) -> None:
        if self.studied is not None:
            self._before.append(self._given)
            self.changed = True
            wanted = {**self._given, **given}
            self._study(self.studied.path, self.studied.workbook, self.name, wanted, fresh=False)

    # Keeping ----------------------------------------------------------------------------------

    def save(self, name: str) -> None:
        """Keep the form beside the book under ``name``, in the place of one called so."""
        studied = self.studied
        if studied is None:
            return
        scheme = self.desk.facts.scheme

        def run(book: Book) -> str:
            """Learned once more under its name: what was studied had another."""
            made = reading.study(scheme, studied.workbook, studied.path, name, studied.given)
            keeping.keep(book.path, made.learned.form, studied.path.read_bytes())
            return name

        def then(kept: str) -> None:
            self.forget()
            self.saved.emit(kept)

        self.desk.read(self, run, then, failed=self.refused.emit)


def _read(path: Path, progress: Progress) -> Workbook:
    return files.read(path, watch=lambda: progress(0, 0))
