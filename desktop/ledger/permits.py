"""What may be written here and now: not a submitted week, not another unit's record.

For the verbs of one batch; merging what others wrote is never asked here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.ledger import belonging, lock
from desktop.ledger.definitions import Register
from desktop.ledger.refusals import NotYourRecord
from desktop.ledger.sight import Sight
from desktop.ledger.store import Store


class Permits:
    """Asks for every entry of a batch, and asks the book only once for what stays the same."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._open: set[tuple[str, str]] = set()
        self._owner: dict[str, str | None] = {}
        self._ours: set[str] = set()
        self._sight: Sight | None = None

    def refuse(
        self, register: Register, record: str, before: Mapping[str, Any], fields: Mapping[str, Any]
    ) -> None:
        """Raise what keeps ``fields`` from being written over ``before``.

        :class:`~desktop.ledger.lock.WeekSubmitted`, :class:`~desktop.ledger.belonging.MovedAway`,
        :class:`~desktop.ledger.belonging.NotYoursToGive`, :class:`NotYourRecord`.
        """
        merged = {**before, **fields, "record": record}
        self._foreign(register, before, merged)
        if register.submitted:
            self._locked(register, merged)
        elif register.name == self.store.scheme.head.subject:
            self._moved(before.get(str(register.owner)))
            given = fields.get(str(register.owner))
            if isinstance(given, str):  # Else it stands apart again, as it did before.
                belonging.refuse_giving(self.store.connection, given)

    def _foreign(
        self, register: Register, before: Mapping[str, Any], merged: dict[str, Any]
    ) -> None:
        """A department sees the project of an item that names it, and writes only the item."""
        levels = {level.name: level for level in self.store.scheme.head.level}
        level = levels.get(self.store.level)
        if level is None or level.under is None or level.reports or register.audience != "unit":
            return
        self._sight = self._sight or Sight(self.store, self.store.unit)
        owner = lock.owner(self.store, register, merged)
        if owner is None or owner in self._sight.under:
            return
        naming = [field for field in register.stored if field.audience]
        if not any(self._sight.names(field, before.get(field.name)) for field in naming):
            raise NotYourRecord(register)

    def _moved(self, unit: str | None) -> None:
        if unit is not None and unit not in self._ours:
            belonging.refuse_moved(self.store.connection, unit)
            self._ours.add(unit)

    def _locked(self, register: Register, merged: dict[str, Any]) -> None:
        subject = str(merged.get(str(register.of)))
        if subject not in self._owner:
            self._owner[subject] = lock.owner(self.store, register, merged)
        unit, period = self._owner[subject], str(merged.get("period"))
        self._moved(unit)
        if unit is not None and (unit, period) not in self._open:
            lock.refuse(self.store, unit, period)
            self._open.add((unit, period))
