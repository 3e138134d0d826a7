"""What each unit has not yet, counted one reading after another, so that nobody waits for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.exchange import outgoing
from desktop.ui.exchange.outgoing import Fresh
from desktop.ui.exchange.reading import Exchange


class News(QObject):
    """``fresh`` by unit, as far as it was counted; ``told`` gives each as it comes.

    Counted anew only after the journal has grown.
    """

    told = Signal(object)  # Fresh

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.fresh: dict[str, Fresh] = {}
        self._desk, self._counted = desk, -1

    def count(self, exchange: Exchange) -> None:
        """Count for the unit above or the units below, and for the own unit's other PCs."""
        if exchange.position == self._counted:
            return
        self._counted = exchange.position
        facts = self._desk.facts
        units = [one.unit for one in exchange.below]
        if exchange.upward is not None:
            own = next((one for one in facts.units if one.record == facts.unit), None)
            units = [own.above] if own is not None and own.above else []
        self._next([*units, facts.unit])

    def _next(self, units: Sequence[str]) -> None:
        if not units:
            return
        first, *rest = units

        def run(book: Book) -> Fresh:
            return outgoing.fresh(book, first)

        def then(fresh: Fresh) -> None:
            self.fresh[fresh.unit] = fresh
            self.told.emit(fresh)
            self._next(rest)

        self._desk.read(self, run, then, key="fresh")
