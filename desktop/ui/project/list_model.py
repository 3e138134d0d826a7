"""The list of projects as Qt takes it: identities for all, lines only for those that are seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from desktop.ui.lights import WORDS
from desktop.ui.parts.words import tip
from desktop.ui.project.listing import HEADING, Group, Line, Listing

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
#: How many lines are asked for above and below a row, and how many are kept at the most.
AROUND, KEPT = 60, 2000


class ProjectModel(QAbstractListModel):
    """Rows are entries of a :class:`Listing`; ``wanted`` asks for the lines of records."""

    wanted = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.listing = Listing((), {}, 0, 0)
        self.with_units = False  # whether a line says whose project it is
        self._lines: dict[str, Line] = {}
        self._places: dict[str, int] | None = None
        self._asked = 0  # the row that was asked for last: one scrolls past the others
        self._ask = QTimer(self)
        self._ask.setSingleShot(True)
        self._ask.setInterval(0)
        self._ask.timeout.connect(self._ask_for_lines)

    # What is shown ---------------------------------------------------------------------------

    def show(self, listing: Listing, lines: Mapping[str, Line]) -> None:
        """Show these entries; ``lines`` are those known already, others are read when seen."""
        if listing.entries == self.listing.entries and listing.groups == self.listing.groups:
            self.listing = listing
            self._lines = dict(lines)
            if listing.entries:
                self.dataChanged.emit(self.index(0), self.index(len(listing.entries) - 1))
            return
        self.beginResetModel()
        self.listing = listing
        self._lines = dict(lines)
        self._places = None
        self.endResetModel()

    def fill(self, lines: Mapping[str, Line]) -> None:
        """Lines that were asked for."""
        if len(self._lines) > KEPT:
            self._lines.clear()
        self._lines.update(lines)
        rows = [row for row in map(self.row_of, lines) if row >= 0]
        if rows:
            self.dataChanged.emit(self.index(min(rows)), self.index(max(rows)))

    def entry(self, row: int) -> str:
        """The record in ``row``, a heading with :data:`HEADING` before it; "" beyond the rows."""
        entries = self.listing.entries
        return entries[row] if 0 <= row < len(entries) else ""

    def record(self, row: int) -> str:
        """The record in ``row``, "" for a heading."""
        entry = self.entry(row)
        return "" if entry.startswith(HEADING) else entry

    def row_of(self, record: str) -> int:
        """Where a record stands, -1 when it is not on the list."""
        if self._places is None:
            self._places = {entry: row for row, entry in enumerate(self.listing.entries)}
        return self._places.get(record, -1)

    def line(self, row: int) -> Line | Group | None:
        """What stands in ``row``; None while it is being read."""
        entry = self.entry(row)
        if entry.startswith(HEADING):
            return self.listing.groups[entry]
        found = self._lines.get(entry)
        if found is None and entry:
            self._asked = row
            self._ask.start()
        return found

    def details(self, line: Line) -> list[str]:
        """What the second line says: unit, level, state, completion, as far as there is any."""
        parts = (line.unit if self.with_units else "", line.level, line.state, line.done)
        return [part for part in parts if part]

    def first_records(self, count: int) -> list[str]:
        """The records of the first rows."""
        return [entry for entry in self.listing.entries[:count] if not entry.startswith(HEADING)]

    def _ask_for_lines(self) -> None:
        rows = range(max(self._asked - AROUND, 0), self._asked + AROUND)
        missing = [self.record(row) for row in rows]
        self.wanted.emit([one for one in missing if one and one not in self._lines])

    # Qt's side -------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.listing.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.line(index.row())
        match role, line:
            case Qt.ItemDataRole.DisplayRole, Line(name=name):
                return name
            case Qt.ItemDataRole.DisplayRole, Group(title=title, count=count):
                return f"{title}（{count}）"
            case Qt.ItemDataRole.ToolTipRole, Line(name=name):
                return tip(name)
            case Qt.ItemDataRole.AccessibleTextRole, Line():
                return "，".join((WORDS[line.light], line.name, *self.details(line)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if not self.record(index.row()):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
