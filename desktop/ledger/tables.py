"""The tables: for every register one STRICT table with the present values, and one view.

A table is the fold of the journal and nothing of its own: ``record`` and the fields, then
``heads`` (identities of the last entries, joined by blanks), ``conflicts`` (how many fields) and
``removed``. The view ``v_<register>`` leaves removed records out and adds the formulas. What
stands apart in a conflict is listed in the table ``conflict``. One more view says whose records
are not this book's work (:mod:`~desktop.ledger.belonging`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.ledger import belonging
from desktop.ledger.definitions import Field, FieldType, Register, Scheme
from desktop.ledger.entry import json_text
from desktop.ledger.expressions import BadExpression, Qualified, guarded, qualify, source
from desktop.ledger.fold import Side, State

if TYPE_CHECKING:
    from sqlite_utils import Database

_SQL_TYPES: dict[FieldType, type] = {
    "money": int,
    "integer": int,
    "flag": int,
    "number": float,
    "percent": float,
}
BOOKKEEPING = ("heads", "conflicts", "removed")
#: What a column of each type takes; anything else, which only a foreign entry that waited for a
#: newer scheme can bring, counts as empty.
_TAKES: dict[type, tuple[type, ...]] = {int: (int,), float: (int, float), str: (str,)}
_MOST = 2**63


def column_type(field: Field) -> type:
    """The Python type of the field's column: ``int`` (yuan, flags), ``float`` or ``str``."""
    return _SQL_TYPES.get(field.type, str)


def make(database: Database, scheme: Scheme) -> None:
    """Make the tables that are missing, add the columns that are missing, make all views anew.

    The caller holds the transaction. Raises :class:`BadExpression` for a formula or an offer that
    SQLite refuses.
    """
    for register in scheme.registers.values():
        database.conn.execute(f'DROP VIEW IF EXISTS "v_{register.name}"')
    database.conn.execute(f'DROP VIEW IF EXISTS "{belonging.OTHERS}"')
    for register in scheme.registers.values():
        _make_table(database, register)
    for register in scheme.registers.values():
        _make_view(database.conn, scheme, register)
    database.conn.execute(belonging.view(scheme))


def drop(connection: sqlite3.Connection, scheme: Scheme) -> None:
    """Take all views and tables of the registers away; the caller makes them anew."""
    connection.execute(f'DROP VIEW IF EXISTS "{belonging.OTHERS}"')
    for kind, prefix in (("VIEW", "v_"), ("TABLE", "")):
        for register in scheme.registers.values():
            connection.execute(f'DROP {kind} IF EXISTS "{prefix}{register.name}"')


def _make_table(database: Database, register: Register) -> None:
    columns = {field.name: column_type(field) for field in register.stored}
    table = database.table(register.name)
    if not table.exists():
        table.create(
            {"record": str, **columns, "heads": str, "conflicts": int, "removed": int},
            pk="record",
            strict=True,
            not_null={"record", *BOOKKEEPING},
        )
        if register.shape == "ledger":
            table.create_index([str(register.of), "period"])
            table.create_index(["period"])
        elif register.of:
            table.create_index([register.of])
        return
    present = {column.name for column in table.columns}
    for name, kind in columns.items():
        if name not in present:
            table.add_column(name, kind)


def _make_view(connection: sqlite3.Connection, scheme: Scheme, register: Register) -> None:
    columns = ["this.record"] + [f'this."{field.name}"' for field in register.stored]
    earlier, subject = 0, False
    for field in register.field:
        where = f"{register.title}·{field.title}"
        if field.offer is not None:
            _prepare(connection, register, qualify(field.offer, scheme, register, where), where)
        if field.formula is None:
            continue
        formula = qualify(field.formula, scheme, register, where)
        earlier, subject = max(earlier, formula.earlier), subject or formula.subject
        columns.append(f'({formula}) AS "{field.name}"')
        _prepare(connection, register, formula, where)
    columns += ["this.heads", "this.conflicts"]
    select = f"SELECT {', '.join(columns)} FROM {source(register, earlier, subject)}"
    try:
        connection.execute(f'CREATE VIEW "v_{register.name}" AS {select} WHERE this.removed = 0')
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_ERROR:
            raise  # The disk's trouble, no expression's.
        raise BadExpression(register.title, str(error)) from error


def _prepare(
    connection: sqlite3.Connection, register: Register, formula: Qualified, where: str
) -> None:
    """Have SQLite say, before anything is made of it, whether it takes the expression."""
    with guarded(connection, where):
        clause = source(register, formula.earlier, formula.subject)
        connection.execute(f"SELECT ({formula}) FROM {clause} LIMIT 0")


class Present(NamedTuple):
    """A row of a table: the record's present values, its heads, how many fields are in conflict."""

    values: Mapping[str, Any]
    heads: tuple[str, ...]
    conflicts: int = 0
    removed: bool = False


def present(state: State) -> Present:
    """The row that a fold makes."""
    return Present(state.values, state.heads, len(state.conflicts), state.removed)


class Table:
    """Reads and writes the rows of one register; values in the order of ``register.stored``."""

    def __init__(self, connection: sqlite3.Connection, register: Register) -> None:
        self.connection = connection
        self.register = register
        self.names = tuple(field.name for field in register.stored)
        self._takes = tuple((f.name, _TAKES[column_type(f)]) for f in register.stored)
        columns = ("record", *self.names, *BOOKKEEPING)
        quoted = ", ".join(f'"{name}"' for name in columns)
        self._select = f'SELECT {quoted} FROM "{register.name}" WHERE record = ?'
        self._several = (
            f'SELECT {quoted} FROM "{register.name}"'
            " WHERE record IN (SELECT value FROM json_each(?))"
        )
        self._all = f'SELECT {quoted} FROM "{register.name}" ORDER BY record'
        self._upsert = (
            f'INSERT INTO "{register.name}" ({quoted}) VALUES ({", ".join("?" * len(columns))})'
            " ON CONFLICT (record) DO UPDATE SET "
            + ", ".join(f'"{name}" = excluded."{name}"' for name in columns[1:])
        )

    def read(self, record: str) -> Present | None:
        """The record as it stands, removed ones too; None when it never was."""
        row = self.connection.execute(self._select, (record,)).fetchone()
        return None if row is None else self._present(row)

    def several(self, records: Iterable[str]) -> dict[str, Present]:
        """Records as they stand, removed ones too, by record; those that never were are not."""
        rows = self.connection.execute(self._several, (json_text(list(records)),))
        return {row[0]: self._present(row) for row in rows}

    def _present(self, row: tuple[Any, ...]) -> Present:
        heads, conflicts, removed = row[-3:]
        values = dict(zip(self.names, row[1:-3], strict=True))
        return Present(values, tuple(heads.split()), conflicts, bool(removed))

    def row(self, record: str, present: Present) -> tuple[Any, ...]:
        """The row that ``present`` makes."""
        value = present.values.get
        return (
            record,
            *[_fitting(value(name), takes) for name, takes in self._takes],
            " ".join(present.heads),
            present.conflicts,
            int(present.removed),
        )

    def write(self, record: str, present: Present) -> None:
        """Make the record's row say ``present``."""
        self.write_several([(record, present)])

    def write_several(self, records: Iterable[tuple[str, Present]]) -> None:
        """Make the records' rows say what is given with them."""
        rows = (self.row(record, present) for record, present in records)
        self.connection.executemany(self._upsert, rows)

    def rows(self) -> list[tuple[Any, ...]]:
        """Every row as it stands, by record."""
        return self.connection.execute(self._all).fetchall()


def _fitting(value: Any, takes: tuple[type, ...]) -> Any:
    """``value`` where the column takes it, else nothing."""
    kind = type(value)
    if value is None or kind not in takes or (kind is int and not -_MOST <= value < _MOST):
        return None
    return value


def list_conflicts(
    connection: sqlite3.Connection,
    register: str,
    record: str,
    conflicts: Mapping[str, tuple[Side, ...]],
) -> None:
    """Add the sides of a record's conflicts to the table ``conflict``."""
    connection.executemany(
        "INSERT INTO conflict (record, register, field, entry, value) VALUES (?, ?, ?, ?, ?)",
        conflict_rows(register, record, conflicts),
    )


def conflict_rows(
    register: str, record: str, conflicts: Mapping[str, tuple[Side, ...]]
) -> list[tuple[str, str, str, str, str]]:
    """The rows of the table ``conflict`` that a record's conflicts make."""
    return [
        (record, register, field, side.entry, json_text(side.value))
        for field, sides in conflicts.items()
        for side in sides
    ]
