"""Who sees what 知悉范围: decided per whole record, so that its whole history travels or none.

A record is seen by its own unit, by the units above it, and by a unit that a field says so of
(the department responsible for a formality); lists and ledgers go with their subject. Code lists,
units and announcements (``audience = "all"``) go to all; ``"local"`` never leaves the book.
"""

from __future__ import annotations

from typing import Any

from desktop.ledger import lock, lookup
from desktop.ledger.definitions import Register
from desktop.ledger.entry import AUTHORED
from desktop.ledger.store import Store


def below(store: Store, unit: str) -> frozenset[str]:
    """``unit`` and every unit under it."""
    above = dict(store.connection.execute("SELECT record, above FROM unit WHERE removed = 0"))
    found = {unit}
    grown = True
    while grown:
        more = {record for record, higher in above.items() if higher in found} - found
        grown = bool(more)
        found |= more
    return frozenset(found)


def visible(store: Store, unit: str) -> frozenset[str]:
    """The records that ``unit`` may see, removed ones too."""
    under = below(store, unit)
    seen: set[str] = set()
    for register in store.scheme.registers.values():
        if register.audience == "local":
            continue
        rows = store.select(f'SELECT * FROM "{register.name}"')
        if register.audience == "all":
            seen.update(row["record"] for row in rows)
            continue
        named = [field for field in register.field if field.audience]
        for row in rows:
            if _owner(store, register, row) in under or any(
                _names(store, field.type == "link", row[field.name]) == unit for field in named
            ):
                seen.add(row["record"])
    return frozenset(seen)


def entries(store: Store, unit: str, known: frozenset[str] = frozenset()) -> list[tuple[Any, ...]]:
    """The entries that ``unit`` may see and does not have (``known``), as authored columns.

    In the order of the journal, so parents come before children.
    """
    seen = visible(store, unit)
    at = AUTHORED.index("record")
    return [
        line.authored
        for line in store.journal.lines()
        if line.authored[at] in seen and line.identity not in known
    ]


def _owner(store: Store, register: Register, row: dict[str, Any]) -> str | None:
    return lock.owner(store, register, row)


def _names(store: Store, link: bool, value: Any) -> str | None:
    if not value:
        return None
    return value if link else lookup.unit_named(store, value)
