"""Floors: the same rows by bare ``sqlite3``, with the same tables, indexes and settings."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from desktop.ledger.workspace import Book, connect

Row = tuple[Any, ...]


class Bare:
    """A database with the journal-like table and one register's table of ``book``, empty."""

    def __init__(self, book: Book, path: Path, register: str = "weekly") -> None:
        path.unlink(missing_ok=True)
        self.connection = connect(path)
        self.register = register
        statements = book.connection.execute(
            "SELECT sql FROM sqlite_master WHERE tbl_name IN ('journal', ?) AND sql IS NOT NULL"
            " AND type IN ('table', 'index')",
            (register,),
        )
        for (statement,) in statements.fetchall():
            self.connection.execute(statement)
        self.journal = "INSERT INTO journal VALUES (" + self._marks("journal") + ")"
        self.upsert = (
            f'INSERT INTO "{register}" VALUES ({self._marks(register)})'
            " ON CONFLICT (record) DO UPDATE SET "
            + ", ".join(f'"{name}" = excluded."{name}"' for name in self._columns(register)[1:])
        )

    def one(self, line: Row, row: Row) -> None:
        """One insert and one upsert in one transaction."""
        self.connection.execute("BEGIN")
        self.connection.execute(self.journal, line)
        self.connection.execute(self.upsert, row)
        self.connection.execute("COMMIT")

    def many(self, lines: list[Row], rows: list[Row]) -> None:
        """All rows into both tables by ``executemany``, from empty, in one transaction."""
        self.connection.execute("BEGIN")
        self.connection.executemany(self.journal, lines)
        self.connection.executemany(self.upsert, rows)
        self.connection.execute("COMMIT")

    def empty(self) -> None:
        """Take all rows away."""
        self.connection.execute("DELETE FROM journal")
        self.connection.execute(f'DELETE FROM "{self.register}"')

    def _columns(self, table: str) -> list[str]:
        return [row[1] for row in self.connection.execute(f'PRAGMA table_info("{table}")')]

    def _marks(self, table: str) -> str:
        return ", ".join("?" * len(self._columns(table)))


def lines_and_rows(book: Book, register: str = "weekly") -> tuple[list[Row], list[Row]]:
    """The journal's lines about ``register`` renumbered from 1, and the register's rows."""
    cursor = book.connection.execute(
        "SELECT * FROM journal WHERE register = ? ORDER BY position", (register,)
    )
    lines = [(place, *line[1:]) for place, line in enumerate(cursor, 1)]
    return lines, book.connection.execute(f'SELECT * FROM "{register}"').fetchall()


def scan(connection: sqlite3.Connection, period: str) -> list[Row]:
    """One full scan of a week's rows."""
    return connection.execute("SELECT * FROM weekly WHERE period = ?", (period,)).fetchall()
