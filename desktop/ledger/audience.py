"""Who sees what 知悉范围: decided per whole record, so that its whole history travels or none.

A record is seen by its own unit, by a unit that a field says so of (the department responsible for
a formality), and by the units above these; lists and ledgers have their subject's. Who sees an item
because a field names it sees the file that it hangs under too, not what else hangs there.
Where a record's unit is in conflict, every side sees it. Code lists, units and announcements
(``audience = "all"``) go to all; ``"own"`` goes to the unit's other PCs only (:func:`shared`);
``"local"`` never leaves.

**Departures.** A record that a unit no longer sees (the project moved, another unit is now
responsible) still travels there as far as it was written by people who saw it as that unit's: up to
the entry that took it away, which arrives too, and nothing after it. When it comes back, all of it
travels.

Tree and names of units are those of today; whose a record was follows from its journal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from desktop.ledger.definitions import Register
from desktop.ledger.entry import COLUMNS, json_text
from desktop.ledger.fold import Node
from desktop.ledger.journal import Line
from desktop.ledger.sight import Sight, below, nodes, sides, states, telling
from desktop.ledger.store import Store

__all__ = ["above", "below", "entries", "ever_visible", "lines", "shared", "visible"]

_REGISTER, _RECORD = COLUMNS.index("register"), COLUMNS.index("record")


def above(store: Store, unit: str) -> str | None:
    """The unit directly above ``unit``, None for the highest and for a unit that is not known."""
    row = store.connection.execute("SELECT above FROM unit WHERE record = ?", (unit,)).fetchone()
    return row[0] if row else None


def visible(store: Store, unit: str) -> frozenset[str]:
    """The records that ``unit`` may see now, removed ones too."""
    return frozenset(record for _, record in _seen(Sight(store, unit)))


def lines(store: Store, unit: str, without: Collection[str] = frozenset()) -> list[Line]:
    """The lines of the journal that ``unit`` may have, in its order: parents before children.

    All but the entries with the identities ``without``, which hold what was built on them too
    (:func:`desktop.ledger.marks.passed_over`).
    """
    sight = Sight(store, unit)
    seen = _seen(sight)
    departed: set[str] = set()
    for register, record in _candidates(store):
        if (register.name, record) not in seen:
            found = nodes(store, register.name, record, telling(register))
            departed |= _departed(sight, register, [n for n in found if n.entry not in without])
    values = {
        "seen": json_text(sorted({record for _, record in seen})),
        "departed": json_text(sorted(departed)),
    }
    where = (
        "record IN (SELECT value FROM json_each(:seen))"
        " OR entry IN (SELECT value FROM json_each(:departed))"
    )
    return [
        line
        for line in _read(store, where, values)
        if ((line[_REGISTER], line[_RECORD]) in seen or line.identity in departed)
        and line.identity not in without
    ]


def entries(store: Store, unit: str, known: frozenset[str] = frozenset()) -> list[tuple[Any, ...]]:
    """The entries that ``unit`` may have and does not (``known``), as authored columns.

    In the order of the journal, so parents come before children.
    """
    return [line.authored for line in lines(store, unit) if line.identity not in known]


def shared(store: Store, without: Collection[str] = frozenset()) -> list[Line]:
    """The lines that the other PCs of the own unit may have: all but what is local.

    ``without`` as for :func:`lines`. What came in of registers that a scheme still to come defines
    goes along.
    """
    registers = store.scheme.registers.values()
    values = {
        "local": json_text([one.name for one in registers if one.audience == "local"]),
        "known": json_text([one.name for one in registers]),
    }
    where = (
        "register NOT IN (SELECT value FROM json_each(:local))"
        " AND (package <> '' OR register IN (SELECT value FROM json_each(:known)))"
    )
    return [line for line in _read(store, where, values) if line.identity not in without]


def ever_visible(store: Store, register: str, record: str, unit: str) -> bool:
    """Whether the record was ever the unit's to see, by any state of its own or of its subject's.

    By this it is judged who may write in it; the file of an item that a unit sees by name is there
    for reading only and does not count. False for a record or register that the book lacks.
    """
    return Sight(store, unit).ever(register, record)


def _seen(sight: Sight) -> set[tuple[str, str]]:
    """Register and record of all that the unit sees now."""
    return set(sight.store.connection.execute(*sight.select()))


def _read(store: Store, where: str, values: Mapping[str, str]) -> Iterator[Line]:
    cursor = store.connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM journal WHERE {where} ORDER BY position", values
    )
    return (Line(row) for row in cursor)


# Departures --------------------------------------------------------------------------------------


def _candidates(store: Store) -> Iterator[tuple[Register, str]]:
    """The records in which, after they were founded, a field was written that says who sees them.

    Only these can have departed; the subject that a record hangs under is fixed.
    """
    for register in store.scheme.registers.values():
        fields = telling(register)
        if register.audience != "unit" or not fields:
            continue
        written = " OR ".join("instr(fields, ?)" for _ in fields)
        rows = store.connection.execute(
            "SELECT DISTINCT record FROM journal"
            f' WHERE record IN (SELECT record FROM "{register.name}")'
            f" AND parents <> '' AND ({written})",
            [f'"{name}":' for name in fields],
        )
        yield from ((register, record) for (record,) in rows.fetchall())


def _departed(sight: Sight, register: Register, history: Sequence[Node]) -> set[str]:
    """The entries whose writers saw the record as the unit's or made it so; their ancestors."""
    after = states(history)
    found: set[str] = set()
    for node in history:
        known = [parent for parent in node.parents if parent in after]
        before = sides(history, known) if len(known) > 1 else after.get("".join(known), {})
        if sight.sees(register, before) or sight.sees(register, after[node.entry]):
            found.add(node.entry)
    for node in reversed(history):
        if node.entry in found:
            found.update(node.parents)
    return found
