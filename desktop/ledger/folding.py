"""From the journal to the tables: one record, all records, a scheme taken over.

Tables are made from the journal, never the other way round. What a package set aside has brought
is passed over (:mod:`~desktop.ledger.marks`); what the scheme does not know yet, a register or a
field, waits in the journal.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import conditions, marks, tables
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import BOOK, SCHEME
from desktop.ledger.entry import json_text, read_fields
from desktop.ledger.fold import REMOVED, Node, State, fold
from desktop.ledger.store import DamagedBook, Store

#: So many records are folded at once.
AT_ONCE = 1000


def settle(store: Store, register: str, record: str) -> None:
    """Fold a record's whole journal anew into its row and its conflicts.

    A record all of whose entries are passed over has no row.
    """
    _settle(store, [(register, record)])


def agree(store: Store, touched: Sequence[tuple[str, str]]) -> bool:
    """Whether the rows and listed conflicts of (register, record) say what the journal says."""
    return all(_agree(store, touched[at : at + AT_ONCE]) for at in range(0, len(touched), AT_ONCE))


def _agree(store: Store, touched: Sequence[tuple[str, str]]) -> bool:
    states = _folded(store, [record for _, record in touched])
    said = sorted(
        row
        for key in touched
        if key in states
        for row in tables.conflict_rows(*key, states[key].conflicts)
    )
    listed = store.connection.execute(
        "SELECT c.record, c.register, c.field, c.entry, c.value FROM json_each(?) AS one"
        " JOIN conflict AS c ON c.record = one.value",
        (json_text(sorted({record for _, record in touched})),),
    ).fetchall()
    wanted = set(touched)
    if sorted(row for row in listed if (row[1], row[0]) in wanted) != said:
        return False
    present = {
        register: store.tables[register].several(
            record for name, record in touched if name == register
        )
        for register in dict.fromkeys(register for register, _ in touched)
    }
    for register, record in touched:
        table, state = store.tables[register], states.get((register, record))
        stands = present[register].get(record)
        row = table.row(record, tables.present(state)) if state else None
        if (table.row(record, stands) if stands else None) != row:
            return False
    return True


def renew(store: Store, touched: Collection[tuple[str, str]]) -> None:
    """Fold (register, record) anew, and take over the scheme or the owner if they are among them.

    The caller holds the transaction.
    """
    known = [key for key in touched if key[0] in store.tables]
    for at in range(0, len(known), AT_ONCE):
        _settle(store, known[at : at + AT_ONCE])
    registers = {register for register, _ in touched}
    if registers & {SCHEME.name, BOOK.name}:
        adopt(store)
    elif "unit" in registers:
        store.load_unit()


def states(store: Store) -> Iterator[tuple[str, str, State]]:
    """Register, record and folded state of everything in the journal, by record.

    By the journal's own marks of packages set aside. Records of registers that the scheme does
    not know yet are left out: they wait.
    """
    rows = store.connection.execute(
        "SELECT record, register, entry, parents, fields FROM journal ORDER BY record, register"
    )
    return _states(store, rows, marks.in_journal(store).entries)


def rebuild(store: Store) -> None:
    """Make every table and the list of conflicts anew from the journal; the caller holds atomic.

    The journal is not touched.
    """
    connection = store.connection
    for name in store.tables:
        connection.execute(f'DELETE FROM "{name}"')
    connection.execute("DELETE FROM conflict")
    for register, record, state in states(store):
        _write(store, register, record, state)
    store.aside = None


def adopt(store: Store) -> None:
    """Take over the scheme that the table ``scheme`` now holds: tables, views, what waited.

    What was written under it before it came has waited in the journal and appears now. Raises what
    a malformed scheme raises; the caller's transaction then undoes all.
    """
    texts = store.texts()
    known = bool(store.tables)
    if texts and not (known and texts == store.scheme.texts):
        store.use(schemes.parse(texts))
        tables.make(store.database, store.scheme)
        conditions.load(store)
        if known:
            rebuild(store)
    store.load_unit()


def load(store: Store) -> tuple[str, bool]:
    """Read scheme and owner; returns the book's identity and whether it is a demonstration.

    From the tables; where these do not say them, from the journal. So a book opens whose tables
    were spoiled: verification names what differs and a rebuild repairs it. Nothing is written.
    Raises :class:`DamagedBook`.
    """
    with suppress(sqlite3.OperationalError, msgspec.MsgspecError, OneLedgerError):
        store.load()
        row = store.connection.execute(
            f'SELECT record, demonstration FROM "{BOOK.name}" WHERE removed = 0'
        ).fetchone()
        if row and store.unit:
            return row[0], bool(row[1])
    return recover(store)


def recover(store: Store) -> tuple[str, bool]:
    """What :func:`load` does, from the journal alone."""
    found = [state.values for _, state in _of_register(store, SCHEME.name) if not state.removed]
    books = _of_register(store, BOOK.name)
    if not found or not books:
        raise DamagedBook(store.name, "没有方案或所属单位")
    newest = max(found, key=lambda values: values.get("version", 0))
    try:
        texts = msgspec.json.decode(newest.get("files", ""), type=dict[str, str])
    except msgspec.MsgspecError:
        raise DamagedBook(store.name, "方案读不出") from None
    store.use(schemes.parse(texts))
    identity, book = books[0]
    for unit, state in _of_register(store, "unit"):
        if unit == book.values.get("unit"):
            store.unit, store.level = unit, state.values.get("level", "")
    return identity, bool(book.values.get("demonstration"))


def _of_register(store: Store, register: str) -> list[tuple[str, State]]:
    """The records of one register, by record, folded from the journal."""
    passed = marks.in_journal(store).entries
    rows = store.connection.execute(
        "SELECT record, entry, parents, fields FROM journal WHERE register = ? ORDER BY record",
        (register,),
    ).fetchall()
    standing = (row for row in rows if row[1] not in passed)
    return [
        (record, fold(_node(line[1:]) for line in lines))
        for record, lines in groupby(standing, key=lambda row: row[0])
    ]


def _settle(store: Store, touched: Collection[tuple[str, str]]) -> None:
    """Bring rows and conflicts of (register, record) up to the journal."""
    connection = store.connection
    folded = _folded(store, [record for _, record in touched])
    connection.executemany("DELETE FROM conflict WHERE register = ? AND record = ?", touched)
    rows: dict[str, list[tuple[str, tables.Present]]] = {}
    for register, record in touched:
        state = folded.get((register, record))
        if state is None:
            connection.execute(f'DELETE FROM "{register}" WHERE record = ?', (record,))
            continue
        rows.setdefault(register, []).append((record, tables.present(state)))
        if state.conflicts:
            tables.list_conflicts(connection, register, record, state.conflicts)
    for register, several in rows.items():
        store.tables[register].write_several(several)


def _write(store: Store, register: str, record: str, state: State) -> None:
    """The record's row and its conflicts, of which none is listed yet."""
    store.tables[register].write(record, tables.present(state))
    if state.conflicts:
        tables.list_conflicts(store.connection, register, record, state.conflicts)


def _folded(store: Store, records: list[str]) -> dict[tuple[str, str], State]:
    """What the journal makes of some records; what is wholly passed over is not among it."""
    rows = store.connection.execute(
        "SELECT record, register, entry, parents, fields FROM journal"
        " WHERE record IN (SELECT value FROM json_each(?)) ORDER BY record, register, position",
        (json_text(records),),
    )
    passed = marks.passed_over(store)
    return {(register, record): state for register, record, state in _states(store, rows, passed)}


def _states(
    store: Store, rows: Iterable[tuple[str, str, str, str, str]], passed: frozenset[str]
) -> Iterator[tuple[str, str, State]]:
    """The states of rows (record, register, entry, parents, fields) sorted by the first two."""
    for (record, register), lines in groupby(rows, key=lambda row: row[:2]):
        if register not in store.tables:
            continue
        nodes = [_node(line[2:]) for line in lines if line[2] not in passed]
        if nodes:
            yield register, record, in_line(nodes) or _known(store, register, fold(nodes))


def in_line(nodes: Sequence[Node]) -> State | None:
    """The fold of entries each of which has seen just the one before; None for all others."""
    values: dict[str, Any] = {}
    last: tuple[str, ...] = ()
    for node in nodes:
        if node.parents != last or any(isinstance(value, dict) for value in node.fields.values()):
            return None
        values.update(node.fields)
        last = (node.entry,)
    removed = bool(values.pop(REMOVED, False))
    return State(values, last, removed)


def _known(store: Store, register: str, state: State) -> State:
    """``state`` without the conflicts of fields that the scheme does not know yet."""
    if not state.conflicts:
        return state
    names = store.scheme.registers[register].by_name
    known = {n: sides for n, sides in state.conflicts.items() if n == REMOVED or n in names}
    return msgspec.structs.replace(state, conflicts=known)


def _node(row: tuple[str, str, str]) -> Node:
    entry, parents, fields = row
    return Node(entry, tuple(parents.split()), read_fields(fields))


def field_names(fields: str) -> tuple[str, ...]:
    """The names in the column ``fields`` of an entry."""
    return tuple(read_fields(fields))
