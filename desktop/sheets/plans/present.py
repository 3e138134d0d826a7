"""The records that the book has in the registers a workbook writes to, looked up by what they hang
under; each register is read once for a period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.ledger.definitions import Register
from desktop.ledger.workspace import Book
from desktop.sheets.meaning.known import bare_name

Row = Mapping[str, Any]
#: What tells the records of one owner apart, bare.
Told = tuple[str, ...]


class Present:
    """Looks up figures of a week or month by their project, items by owner and words."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._rows: dict[tuple[str, str], dict[str, Row]] = {}
        self._items: dict[tuple[str, str], dict[tuple[str, Told], Row]] = {}
        self._telling: dict[str, tuple[str, ...]] = {}

    def figures(self, register: Register, period: str, owner: str | None) -> Row | None:
        """The record of ``period`` that hangs under ``owner``."""
        if owner is None:
            return None
        if (register.name, period) not in self._rows:
            link = str(register.of)
            rows = self._book.rows(register.name, period)
            self._rows[register.name, period] = {row[link]: row for row in reversed(rows)}
        return self._rows[register.name, period].get(owner)

    def item(self, register: Register, period: str, owner: str | None, told: Told) -> Row | None:
        """The record under ``owner`` of which the workbook's says the same as :meth:`told`."""
        if owner is None:
            return None
        if (register.name, period) not in self._items:
            link = str(register.of)
            rows = self._book.rows(register.name, period or None)
            self._items[register.name, period] = {
                (row[link], self.told(register, row)): row for row in reversed(rows)
            }
        return self._items[register.name, period].get((owner, told))

    def told(self, register: Register, values: Mapping[str, Any]) -> Told:
        """What tells a record from others of its owner: its label, else its key, else all that it
        must have."""
        if register.name not in self._telling:
            required = (field.name for field in register.field if field.required)
            keys = register.key if register.shape == "ledger" else required
            self._telling[register.name] = (register.label,) if register.label else tuple(keys)
        return tuple(
            bare_name(str(values.get(name) or "")) for name in self._telling[register.name]
        )
