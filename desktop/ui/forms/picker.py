"""Picking a record that a link names: a project or a unit, by a part of its name or its initials.

Units are known to the window; everything else is looked for in the book while one types.
"""

from __future__ import annotations

from typing import Any

from desktop.ledger import lookup
from desktop.ledger.definitions import Field
from desktop.ledger.values import seen
from desktop.ui.desk import Desk
from desktop.ui.facts import UnitFact
from desktop.ui.forms.choosing import Offering, fitting
from desktop.ui.forms.editor import Refused, Taken
from desktop.ui.forms.reading import Candidate, candidates


class Picker(Offering):
    """A link: what stands in the line is the record's label, what is stored is the record."""

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__(desk, field)
        self.among: tuple[UnitFact, ...] | None = None  # units that may be chosen, None: all
        self._found: list[Candidate] = []
        self._picked: Candidate | None = None

    def put(self, text: str, stored: Any = None) -> None:
        super().put(text, stored)
        self._picked = Candidate(stored, text) if stored else None

    @property
    def dirty(self) -> bool:
        picked = self._picked.record if self._picked else None
        return super().dirty or (bool(self.text()) and picked != self.stored)

    def revert(self) -> None:
        super().revert()
        self._picked = Candidate(self.stored, self.text()) if self.stored else None

    def look(self, wanted: str) -> None:
        if self.field.of == "unit":
            among = self.among if self.among is not None else self.desk.facts.units
            units = fitting(among, wanted)
            found = [Candidate(unit.record, unit.name, unit.short) for unit in units]
            self._show(found, wanted)
            return
        self.desk.read(
            self,
            lambda book: candidates(book, str(self.field.of), wanted),
            lambda found: self._show(found, wanted),
            key="look",
        )

    def text_of(self, _offer: str, row: int) -> str:
        return self._found[row].label

    def take(self, row: int) -> None:
        self._picked = self._found[row]
        super().take(row)

    def ask(self, then: Taken, refused: Refused) -> None:
        """The record meant by what stands in the line: the one picked, else found by its name."""
        text = seen(self.text()).strip()
        if not self.dirty or not text:
            then(self.stored if text else None)
        elif self._picked is not None and self._picked.label == text:
            then(self._picked.record)
        else:
            self.desk.read(
                self,
                lambda book: lookup.linked(book, self.field, text),
                then,
                key="ask",
                failed=refused,
            )

    def _show(self, found: list[Candidate], wanted: str) -> None:
        if wanted and wanted != self.text():
            return  # one has typed on; the answer to that is on its way
        self._found = found
        self.offer([_line(one) for one in found], wanted)


def _line(one: Candidate) -> str:
    if not one.detail or one.detail == one.label:
        return one.label
    return f"{one.label}　{one.detail}"
