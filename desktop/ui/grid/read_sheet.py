"""A sheet as the grid shows it, read through the desk one page of rows after another.

The first screen comes at once; all keys, the other rows, totals and findings follow. A sheet of
very many rows is read where it is looked at.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ui.desk import Desk
from desktop.ui.grid import opening, reading
from desktop.ui.grid.contents import Contents, Place
from desktop.ui.grid.display import Waiting
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.finding import Findings
from desktop.ui.grid.held_sheet import HeldSheet
from desktop.ui.grid.lights import Lit
from desktop.ui.grid.loading import Again, Loader, Touched
from desktop.ui.grid.opening import Opened, Part
from desktop.ui.grid.totals import Totals


class ReadSheet(HeldSheet):
    """One register's rows. ``arrived`` follows the first screen, ``counted`` every change of rows,
    findings or totals, ``failed`` (a OneLedgerError) a sheet that could not be read."""

    arrived = Signal()
    counted = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.asked = Asked()
        self.large = False
        self.loader = loader = Loader(desk, self)
        #: What was refused is kept by sheet and period, for coming back to.
        self._kept: dict[tuple[str, str], dict[Place, Waiting]] = {}
        self._unchecked: set[str] = set()
        self._wanted: set[str] = set()
        self._arriving = self._whole = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._read_wanted)
        loader.opened.connect(self._opened)
        loader.again.connect(self._reopened)
        loader.keyed.connect(self._keyed)
        loader.checked.connect(self._checked)
        loader.shone.connect(self._shone)
        loader.summed.connect(self._summed)
        loader.touched.connect(self._touched)
        loader.labelled.connect(self._labels.update)

    # What is shown ---------------------------------------------------------------------------

    def show(self, register: str, period: str, asked: Asked | None = None) -> None:
        """Show a register's sheet; the week's ledger, ``period``, with all its projects."""
        facts = self.desk.facts
        sheet = reading.sheet_of(
            facts.scheme, register, period, facts.level, many_units=not facts.reports
        )
        self.asked = asked or Asked()
        self._unchecked.clear()
        self._arriving = True
        self.loader.open(sheet, self.asked)

    def ask(self, asked: Asked) -> None:
        """Filter or sort otherwise."""
        if self.contents is not None and asked != self.asked:
            self.asked, self._arriving = asked, True
            self.loader.open(self.contents.sheet, asked)

    def reload(self) -> None:
        """Read everything anew, in place."""
        held = self.contents
        if held is None:
            return
        facts = self.desk.facts
        sheet = held.sheet
        if facts.scheme is not held.scheme:
            self.show(sheet.register.name, sheet.period, self.asked)
        else:
            self.loader.reopen([key for key in held.keys if key in held.rows], self.failed.emit)

    def is_arriving(self) -> bool:
        """Whether the first screen of another sheet is still on its way."""
        return self._arriving

    def has_all_keys(self) -> bool:
        """Whether it is known which rows there are."""
        return self._whole

    def take_findings(self, found: Findings) -> None:
        """Show the findings of all rows, read elsewhere."""
        if self.contents is not None:
            self._checked(found, None)

    def check(self) -> None:
        """Read the findings of all rows."""
        held = self.contents
        if held is not None and (held.sheet.weekly or self.desk.period):
            self.loader.check(held.sheet.period or self.desk.period)

    # What the worker brings ------------------------------------------------------------------

    def _opened(self, opened: Opened) -> None:
        sheet = opened.sheet
        before = self.contents
        self.beginResetModel()
        waiting = self._kept.setdefault((sheet.register.name, sheet.period), {})
        held = Contents(self.desk.facts.scheme, sheet, waiting)
        held.set_keys(opened.keys)
        held.locks = opened.locks
        held.put(opened.part.rows, opened.part.lit)
        if before is not None and before.sheet is sheet:
            held.findings, held.checked = before.findings, before.checked
        self.contents, self.large, self._line = held, opened.large, None
        self._arriving, self._whole = False, opened.whole
        self._columns = tuple(one.column for one in sheet.placed)
        self._wanted.clear()
        self.endResetModel()
        self.arrived.emit()
        if not opened.whole:
            self.loader.keys()
            if not self.large:
                self.loader.shine()
        self.loader.sum()
        if not held.checked and not self.large:
            self.check()
        self.loader.labels()
        self.counted.emit()

    def _reopened(self, again: Again) -> None:
        held = self.contents
        assert held is not None
        self.beginResetModel()
        held.set_keys(again.keys)
        held.locks = again.locks
        held.totals = self._line = None
        held.rows.clear()
        held.put(again.part.rows, again.part.lit)
        self.endResetModel()
        self.loader.sum()
        if held.checked or not self.large:
            self.check()
        self._fill()
        self.counted.emit()

    def _keyed(self, keys: tuple[str, ...]) -> None:
        held = self.contents
        assert held is not None
        self._whole = True
        known = len(held.keys)
        if list(keys[:known]) != held.keys:  # the book changed in between
            self.beginResetModel()
            held.set_keys(keys)
            self.endResetModel()
        elif len(keys) > known:
            self.beginInsertRows(self.index(-1, -1), known, len(keys) - 1)
            held.set_keys(keys)
            self.endInsertRows()
        self._fill()
        self.counted.emit()

    def _fill(self) -> None:
        """Read what is missing of a sheet that is small enough to be held."""
        held = self.contents
        if held is None or self.large:
            return
        missing = [key for key in held.keys if key not in held.rows][: opening.PAGE]
        if missing:
            self.loader.rows(missing, self._filled, lit=False)

    def _filled(self, part: Part) -> None:
        self._put(part)
        if part.rows:
            self._fill()

    def want(self, key: str) -> None:
        self._wanted.add(key)
        if not self._soon.isActive():
            self._soon.start(0)

    def _read_wanted(self) -> None:
        """Read the rows that were drawn as on their way, with their neighbours."""
        held = self.contents
        if held is None:
            return
        rows = sorted(held.row_of(key) for key in self._wanted if key not in held.rows)
        self._wanted.clear()
        if not rows or not self.large:
            return  # a small sheet is being filled already
        start = max(0, rows[0] - opening.PAGE // 4)
        keys = [key for key in held.keys[start : start + opening.PAGE] if key not in held.rows]
        held.forget_far(start)
        self.loader.rows(keys, self._put, lit=True)

    def _put(self, part: Part) -> None:
        held = self.contents
        assert held is not None
        held.put(part.rows, part.lit)
        self._rows_changed(part.rows)

    def _checked(self, found: Findings, keys: frozenset[str] | None) -> None:
        held = self.contents
        assert held is not None
        if keys is None:
            held.put_findings(found)
            self._all_changed()
        else:
            self._unchecked -= keys
            held.put_findings(found, keys)
            self._rows_changed(keys)
        self.counted.emit()

    def _shone(self, lit: Mapping[str, Lit]) -> None:
        assert self.contents is not None
        self.contents.lit.update(lit)
        self.contents.redraw(lit)
        if len(lit) > opening.SCREEN:
            self._all_changed()

    def _summed(self, found: Totals) -> None:
        assert self.contents is not None
        self.contents.totals, self._line = found, None
        self._all_changed()
        self.counted.emit()

    def _touched(self, touched: Touched) -> None:
        held = self.contents
        assert held is not None
        shown = {key for key in touched.keys if held.row_of(key) >= 0}
        held.put({key: row for key, row in touched.part.rows.items() if key in shown})
        held.lit.update(touched.part.lit)
        if touched.found is not None:
            held.put_findings(touched.found, shown)
        elif held.checked or not self.large:
            self.check()
        self._rows_changed(shown)
        self.counted.emit()
