"""From the journal to the tables: one record, all records, a scheme taken over.

Tables are made from the journal, never the other way round.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import conditions, tables
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import BOOK, SCHEME
from desktop.ledger.entry import read_fields
from desktop.ledger.fold import Node, State, fold
from desktop.ledger.store import DamagedBook, Store


def settle(store: Store, register: str, record: str) -> None:
    """Fold a record's whole journal anew into its row and its conflicts."""
    rows = store.connection.execute(
        "SELECT entry, parents, fields FROM journal WHERE record = ?", (record,)
    )
    state = fold(_node(row) for row in rows)
    store.tables[register].write(record, tables.present(state))
    tables.write_conflicts(store.connection, register, record, state.conflicts)


def states(store: Store) -> Iterator[tuple[str, str, State]]:
    """Register, record and folded state of everything in the journal, by record.

    Records of registers that the scheme does not know yet are passed over: they wait.
    """
    rows = store.connection.execute(
        "SELECT record, register, entry, parents, fields FROM journal ORDER BY record"
    )
    for record, lines in groupby(rows, key=lambda row: row[0]):
        nodes = list(lines)
        register = nodes[0][1]
        if register in store.tables:
            yield register, record, fold(_node(line[2:]) for line in nodes)


def rebuild(store: Store) -> None:
    """Make every table and the list of conflicts anew from the journal; the caller holds atomic.

    The journal is not touched.
    """
    connection = store.connection
    for name in store.tables:
        connection.execute(f'DELETE FROM "{name}"')
    connection.execute("DELETE FROM conflict")
    for register, record, state in states(store):
        store.tables[register].write(record, tables.present(state))
        if state.conflicts:
            tables.write_conflicts(connection, register, record, state.conflicts)


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
    rows = store.connection.execute(
        "SELECT record, entry, parents, fields FROM journal WHERE register = ? ORDER BY record",
        (register,),
    ).fetchall()
    return [
        (record, fold(_node(line[1:]) for line in lines))
        for record, lines in groupby(rows, key=lambda row: row[0])
    ]


def _node(row: tuple[str, str, str]) -> Node:
    entry, parents, fields = row
    return Node(entry, tuple(parents.split()), read_fields(fields))


def field_names(fields: str) -> tuple[str, ...]:
    """The names in the column ``fields`` of an entry."""
    return tuple(read_fields(fields))
