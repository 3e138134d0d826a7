"""From the journal to the tables: one record, all records, a scheme taken over.

Tables are made from the journal, never the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec

from desktop.ledger import scheme as schemes
from desktop.ledger import tables
from desktop.ledger.definitions import SCHEME
from desktop.ledger.fold import Node, State, fold
from desktop.ledger.store import Store

_decode = msgspec.json.Decoder(dict[str, Any]).decode


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

    Raises what a malformed scheme raises; the caller's transaction then undoes all.
    """
    row = store.connection.execute(
        f'SELECT files FROM "{SCHEME.name}" WHERE removed = 0 ORDER BY version DESC LIMIT 1'
    ).fetchone()
    if row is None:
        return
    new = schemes.parse(msgspec.json.decode(row[0], type=dict[str, str]))
    tables.make(store.database, new)
    known = set(store.tables)
    store.load()
    (newest,) = store.connection.execute("SELECT max(scheme) FROM journal").fetchone()
    waited = newest is not None and newest >= new.version
    if waited and known:
        rebuild(store)
    else:
        store.load_unit()


def _node(row: tuple[str, str, str]) -> Node:
    entry, parents, fields = row
    return Node(entry, tuple(parents.split()), _decode(fields))


def field_names(fields: str) -> tuple[str, ...]:
    """The names in the column ``fields`` of an entry."""
    return tuple(_decode(fields))
