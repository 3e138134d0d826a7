"""The structure of a book's file: tables, indexes and views as format and scheme make them.

A dropped index, a view that was replaced, a trigger that swallows writes: none of them changes a
line of the journal, each of them makes the book lie. What there ought to be is made in memory and
compared; a rebuild takes triggers away and makes anew what is missing or different. Tables and
columns beyond that may stay: another version of the scheme may have made them.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from desktop.ledger import bookfile, tables
from desktop.ledger.definitions import Scheme

if TYPE_CHECKING:
    from sqlite_utils import Database

#: Kinds of SQLite's list of things, as people are told them.
KINDS = {"table": "表", "index": "索引", "view": "视图", "trigger": "触发器"}
_MIGRATIONS = "_sqlite_migrations"

#: Kind and name of a thing, and what is to be the same of it.
Shape = dict[tuple[str, str], frozenset[str]]


def differences(connection: sqlite3.Connection, scheme: Scheme) -> list[str]:
    """What is missing, different or a trigger in the file, a sentence each."""
    ought, found = _expected(scheme), _listed(connection)
    said: list[str] = []
    for (kind, name), shape in ought.items():
        if (kind, name) not in found:
            said.append(f"缺少{KINDS[kind]} {name}。")
        elif not shape <= found[kind, name]:
            said.append(f"{KINDS[kind]} {name} 的结构被改动。")
    for kind, name in found:
        if kind == "trigger":
            said.append(f"多出触发器 {name}，不是本程序建立的。")
    return said


def restore(database: Database, scheme: Scheme) -> None:
    """Take triggers away and make what is missing or different, but never the journal.

    The caller holds the transaction; the registers' tables are empty afterwards.
    """
    connection = database.conn
    ought, found = _expected(scheme), _listed(connection)
    for (kind, name), shape in found.items():
        wrong = (kind, name) in ought and not ought[kind, name] <= shape
        if kind in ("trigger", "view") or (kind == "index" and wrong):
            connection.execute(f'DROP {kind} "{name}"')
    tables.drop(connection, scheme)
    tables.make(database, scheme)
    present = _listed(connection)
    for (kind, name), statement in _statements(scheme).items():
        if kind in ("table", "index") and (kind, name) in ought.keys() - present.keys():
            connection.execute(statement)


def _expected(scheme: Scheme) -> Shape:
    memory = _memory(scheme)
    try:
        return _listed(memory.conn)
    finally:
        memory.conn.close()


def _statements(scheme: Scheme) -> dict[tuple[str, str], str]:
    """The statements that make everything, by kind and name."""
    memory = _memory(scheme)
    try:
        rows = memory.conn.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        )
        return {(kind, name): sql for kind, name, sql in rows}
    finally:
        memory.conn.close()


def _memory(scheme: Scheme) -> Database:
    from sqlite_utils import Database

    database = Database(memory=True)
    bookfile.format_file(database.conn, "")
    tables.make(database, scheme)
    return database


def _listed(connection: sqlite3.Connection) -> Shape:
    """Everything in the file by kind and name: a table's columns, else the statement."""
    found: Shape = {}
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    ).fetchall()
    for kind, name, sql in rows:
        if _MIGRATIONS in name:
            continue
        if kind == "table":
            columns = connection.execute(f'PRAGMA table_info("{name}")').fetchall()
            found[kind, name] = frozenset(repr(column[1:4]) for column in columns)
        else:
            found[kind, name] = frozenset({" ".join((sql or "").split())})
    return found
