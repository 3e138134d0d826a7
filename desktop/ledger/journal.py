"""The journal: append-only lines in the table ``journal``, readable by any SQLite tool.

Each line has a gapless ``position`` and a ``chain`` over the previous line and every column; the
*head* is the last chain value. This room appends and reads; :mod:`desktop.ledger.verify` examines.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from desktop.ledger.entry import (
    AUTHORED,
    COLUMNS,
    GENESIS,
    Entry,
    canonical,
    chained,
    from_columns,
    identity,
    json_text,
)

_INSERT = f"INSERT INTO journal ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
_AUTHORED = ", ".join(AUTHORED)


class Line(tuple[Any, ...]):
    """A stored row of the journal, columns in the order of :data:`COLUMNS`."""

    __slots__ = ()

    @property
    def position(self) -> int:
        """Where it stands, from 1."""
        return int(self[0])

    @property
    def identity(self) -> str:
        """The entry's identity as stored."""
        return str(self[1])

    @property
    def authored(self) -> tuple[Any, ...]:
        """The authored columns."""
        return tuple(self[2 : 2 + len(AUTHORED)])

    @property
    def package(self) -> str:
        """The package that brought it, "" when written here."""
        return str(self[-2])

    @property
    def chain(self) -> str:
        """The chain value as stored."""
        return str(self[-1])

    @property
    def entry(self) -> Entry:
        """The entry that stands in the line."""
        return from_columns(self.authored)


class Journal:
    """The thin owner of the table ``journal`` over one connection.

    ``position`` and ``head`` are those of the last line; :meth:`reload` reads them anew, which is
    needed after a transaction that was rolled back.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.position = 0
        self.head = GENESIS
        self.reload()

    def reload(self) -> None:
        """Read position and head from the table."""
        row = self.connection.execute(
            "SELECT position, chain FROM journal ORDER BY position DESC LIMIT 1"
        ).fetchone()
        self.position, self.head = row if row else (0, GENESIS)

    def append(self, columns: tuple[Any, ...], package: str = "") -> str:
        """Append one entry given by its authored columns; the caller holds the transaction.

        Returns the entry's identity.
        """
        (entry,) = self.extend([columns], package)
        return entry

    def extend(self, entries: Iterable[tuple[Any, ...]], package: str = "") -> list[str]:
        """Append entries given by their authored columns; the caller holds the transaction.

        Returns their identities.
        """
        position, head = self.position, self.head
        rows = []
        for columns in entries:
            form = canonical(columns)
            entry = identity(form)
            position += 1
            head = chained(head, position, entry, form, package)
            rows.append((position, entry, *columns, package, head))
        self.connection.executemany(_INSERT, rows)
        self.position, self.head = position, head
        return [row[1] for row in rows]

    def last_number(self, author: str) -> int:
        """The highest number of ``author`` in this book, 0 when it wrote nothing."""
        (number,) = self.connection.execute(
            "SELECT max(number) FROM journal WHERE author = ?", (author,)
        ).fetchone()
        return number or 0

    def chain_at(self, position: int) -> str | None:
        """The chain value of the line at ``position``, "" before the first, None where none is."""
        if position == 0:
            return ""
        row = self.connection.execute(
            "SELECT chain FROM journal WHERE position = ?", (position,)
        ).fetchone()
        return str(row[0]) if row else None

    def has(self, entry: str) -> bool:
        """Whether the entry with this identity stands in the journal."""
        found = self.connection.execute("SELECT 1 FROM journal WHERE entry = ?", (entry,))
        return found.fetchone() is not None

    def known(self, entries: Iterable[str]) -> set[str]:
        """Those of ``entries``, by identity, that stand in the journal."""
        rows = self.connection.execute(
            "SELECT entry FROM journal WHERE entry IN (SELECT value FROM json_each(?))",
            (json_text(list(entries)),),
        )
        return {entry for (entry,) in rows}

    def of_record(self, record: str) -> list[Line]:
        """All lines of one record, in order of position."""
        return self._lines("WHERE record = ? ORDER BY position", (record,))

    def of_batch(self, batch: str) -> list[Line]:
        """All lines of one batch, in order of position."""
        author, _, first = batch.rpartition("-")
        return self._lines(
            "WHERE author = ? AND number >= ? AND batch = ? ORDER BY number",
            (author, int(first), batch),
        )

    def lines(self) -> Iterator[Line]:
        """All lines in the order of position, fetched as they are used."""
        cursor = self.connection.execute(
            f"SELECT {', '.join(COLUMNS)} FROM journal ORDER BY position"
        )
        return (Line(row) for row in cursor)

    def _lines(self, where: str, values: tuple[Any, ...]) -> list[Line]:
        cursor = self.connection.execute(
            f"SELECT {', '.join(COLUMNS)} FROM journal {where}", values
        )
        return [Line(row) for row in cursor]
