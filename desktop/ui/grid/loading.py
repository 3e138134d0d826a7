"""Reading a sheet in the worker, piece by piece, and bringing the pieces home in order.

The first screen comes first; then all keys, the other rows, sums, findings, each a short reading of
its own. What belongs to a sheet that is shown no more is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.grid import finding, lights, opening, reading, seeking, totals
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.finding import Findings
from desktop.ui.grid.opening import Part
from desktop.ui.grid.reading import Sheet
from desktop.ui.grid.replacing import Search
from desktop.ui.grid.seeking import Hits

T = TypeVar("T")
#: A link with more records than these is typed, not chosen from a list.
MOST_LABELS = 2000


class Again(msgspec.Struct, frozen=True):
    """A sheet that stays on the screen, read anew: its keys, the rows that were read, the locks."""

    keys: tuple[str, ...]
    part: Part
    locks: Mapping[str, str]


class Touched(msgspec.Struct, frozen=True):
    """Rows that somebody else's writing touched; ``found`` None: too many, all are checked."""

    keys: tuple[str, ...]
    part: Part
    found: Findings | None


class Loader(QObject):
    """Asks the desk for one sheet at a time; the signals bring what the worker found."""

    opened = Signal(object)  # Opened
    again = Signal(object)  # Again
    keyed = Signal(object)  # all keys
    read = Signal(object)  # Part
    checked = Signal(object, object)  # Findings, keys or None for all
    shone = Signal(object)  # lights by key
    summed = Signal(object)  # Totals
    touched = Signal(object)  # Touched
    labelled = Signal(object)  # register → labels

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self._sheet: Sheet | None = None
        self._asked = Asked()
        self._turn = 0

    def open(self, sheet: Sheet, asked: Asked) -> None:
        """Read another sheet, or the same one otherwise filtered or sorted."""
        self._turn += 1
        self._sheet, self._asked = sheet, asked
        self._ask("first", lambda book: opening.first(book, sheet, asked), self.opened.emit)

    def keys(self) -> None:
        """Read which rows there are."""
        sheet, asked = self._of()
        self._ask("keys", lambda book: reading.keys(book, sheet, asked), self.keyed.emit)

    def rows(self, keys: Sequence[str], then: Callable[[Part], None], *, lit: bool) -> None:
        """Read some rows, ``lit`` with their lights."""
        sheet, _ = self._of()
        self._ask("", lambda book: opening.part(book, sheet, keys, lit=lit), then)

    def shine(self) -> None:
        """Read the lights of all rows at once."""
        sheet, _ = self._of()
        if sheet.weekly:
            self._ask("lights", lambda book: lights.lit(book, sheet.period), self.shone.emit)

    def sum(self) -> None:
        """Read the totals of the wanted rows."""
        sheet, asked = self._of()
        self._ask("totals", lambda book: totals.read(book, sheet, asked), self.summed.emit)

    def seek(self, search: Search, columns: Sequence[int], then: Callable[[Hits], None]) -> None:
        """Look for a text in all rows; a newer search takes the place of an older."""
        sheet, asked = self._of()
        self._ask("seek", lambda book: seeking.seek(book, sheet, asked, search, columns), then)

    def check(self, period: str, keys: Collection[str] | None = None) -> None:
        """Read the findings of all rows, or of ``keys`` with their lights."""
        sheet, _ = self._of()
        if keys is None:
            self._ask(
                "findings",
                lambda book: finding.read(book, sheet, period),
                lambda found: self.checked.emit(found, None),
            )
            return
        few = frozenset(keys)

        def run(book: Book) -> tuple[Findings, Mapping[str, lights.Lit]]:
            lit = lights.lit(book, sheet.period, few) if sheet.weekly else {}
            return finding.read(book, sheet, period, few), lit

        def then(found: tuple[Findings, Mapping[str, lights.Lit]]) -> None:
            self.shone.emit(found[1])
            self.checked.emit(found[0], few)

        self._ask("few", run, then)

    def reopen(self, keys: Sequence[str], failed: Callable[[OneLedgerError], None]) -> None:
        """Read the same sheet anew in place: ``keys`` are the rows that were read before."""
        sheet, asked = self._of()

        def run(book: Book) -> Again:
            now = reading.keys(book, sheet, asked)
            wanted = set(keys)
            known = [key for key in now if key in wanted]
            first = now[: opening.SCREEN]
            part = opening.part(book, sheet, tuple(dict.fromkeys([*first, *known])))
            return Again(now, part, opening.locks(book, sheet))

        self._ask("first", run, self.again.emit, failed)

    def follow(
        self, period: str, records: Mapping[str, Sequence[str]], few: int, *, check: bool
    ) -> None:
        """Read anew the rows that a change of ``records`` (register → records) touched."""
        sheet, _ = self._of()

        def run(book: Book) -> Touched:
            keys = opening.touched(book, sheet, records)
            part = opening.part(book, sheet, keys)
            found = None
            if check and len(keys) <= few:
                found = finding.read(book, sheet, period, keys)
            return Touched(keys, part, found)

        self._ask("", run, self.touched.emit)

    def labels(self) -> None:
        """Read what may be chosen where a cell links to a short register."""
        sheet, _ = self._of()
        wanted = {one.field.of for one in sheet.placed if one.part == "own" and one.field.of}
        wanted.discard("unit")
        if wanted:
            registers = sorted(str(name) for name in wanted)
            self._ask("labels", lambda book: _labels(book, registers), self.labelled.emit)

    def _of(self) -> tuple[Sheet, Asked]:
        assert self._sheet is not None
        return self._sheet, self._asked

    def _ask(
        self,
        key: str,
        run: Callable[[Book], T],
        then: Callable[[T], Any],
        failed: Callable[[OneLedgerError], None] | None = None,
    ) -> None:
        turn = self._turn

        def home(value: T) -> None:
            if turn == self._turn:
                then(value)

        self.desk.read(self, run, home, key=key, failed=failed)


def _labels(book: Book, registers: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found = {}
    for name in registers:
        label = f'"{book.scheme.registers[name].label or "record"}"'
        rows = book.connection.execute(
            f'SELECT {label} FROM "{name}" WHERE removed = 0 AND {label} IS NOT NULL'
            f" ORDER BY {label} LIMIT {MOST_LABELS + 1}"
        ).fetchall()
        found[name] = tuple(row[0] for row in rows) if len(rows) <= MOST_LABELS else ()
    return found
