"""Sheets over small books, for the rooms of the grid that know no Qt."""

from __future__ import annotations

from typing import Any

from desktop.ledger.workspace import Book
from desktop.ui.grid import reading
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.reading import Row, Sheet

#: A 万元 in yuan.
W = 10_000


def sheet(book: Book, register: str = "weekly", period: str = "2023-W09", **more: Any) -> Sheet:
    """The sheet of a register as the book's owner sees it."""
    level = more.get("level", book.level)
    many = more.get("many_units", book.level == "district")
    return reading.sheet_of(book.scheme, register, period, level, many_units=many)


def rows(book: Book, of: Sheet, asked: Asked | None = None) -> list[Row]:
    """All wanted rows in their order."""
    keys = reading.keys(book, of, asked or Asked())
    found = reading.rows(book, of, keys)
    return [found[key] for key in keys]


def names(book: Book, of: Sheet, asked: Asked | None = None) -> str:
    """What the wanted rows are called, in their order."""
    return "".join(row.name for row in rows(book, of, asked))


def value(of: Sheet, row: Row, name: str) -> Any:
    """A stored value of a row by its column's name."""
    return row.values[of.column(name)]


def text(of: Sheet, row: Row, name: str) -> str:
    """A shown text of a row by its column's name."""
    return row.texts[of.column(name)]
