"""Entering typed values into the book: many cells as one act, the offered figures with them.

Runs in the worker. A value that only the book can judge (a link's name) and is refused does not
keep the others from being written; what the verbs refuse (a submitted week) refuses all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import lookup, values
from desktop.ledger.definitions import Field
from desktop.ledger.entry import json_text, ledger_identity
from desktop.ledger.workspace import Book
from desktop.ui.grid import offering, reading
from desktop.ui.grid.reading import Row, Sheet


class Typed(msgspec.Struct, frozen=True, gc=False):
    """What was typed and is still to be read: a link's name, or one of many pasted texts."""

    text: str


class Edit(msgspec.Struct, frozen=True, gc=False):
    """One cell: the row's key, the field, the stored value or what was :class:`Typed`."""

    key: str
    field: str
    value: Any


class Refused(msgspec.Struct, frozen=True):
    """A cell that was not written, what was typed there, and why."""

    key: str
    field: str
    text: str
    sentence: str


class Entered(msgspec.Struct, frozen=True):
    """What came of it: the touched rows as they are now and what was refused.

    ``followed`` are cells (key, field) that nobody typed and that took their offer.
    """

    rows: Mapping[str, Row]
    refused: tuple[Refused, ...] = ()
    followed: tuple[tuple[str, str], ...] = ()


def records_of(sheet: Sheet, keys: Iterable[str]) -> list[str]:
    """The records that a writing in these rows touches: how it is told from others' writing."""
    if not sheet.weekly:
        return list(keys)
    blank = ["" for _ in sheet.register.key]
    return [ledger_identity(sheet.register.name, key, sheet.period, *blank) for key in keys]


def enter(book: Book, sheet: Sheet, edits: Sequence[Edit], act: str, note: str = "") -> Entered:
    """Write ``edits`` as one batch; raises what the verbs raise, then nothing was written."""
    given: dict[str, dict[str, Any]] = {}
    refused: list[Refused] = []
    read = _Reader(book, sheet)
    for edit in edits:
        value = read.value(edit.field, edit.value)
        if isinstance(value, OneLedgerError):
            refused.append(Refused(edit.key, edit.field, edit.value.text, str(value)))
        else:
            given.setdefault(edit.key, {})[edit.field] = value
    followed = _put(book, sheet, given, act, note)
    return Entered(reading.rows(book, sheet, list(given)), tuple(refused), followed)


def carry(book: Book, sheet: Sheet, wanted: Sequence[str], note: str) -> Entered:
    """Fill every empty field that carries last week's text on, in these rows, as one batch."""
    given = offering.carried(book, sheet, wanted)
    _put(book, sheet, given, "change", note)
    filled = tuple((key, name) for key, fields in given.items() for name in fields)
    return Entered(reading.rows(book, sheet, list(given)), (), filled)


def _put(
    book: Book, sheet: Sheet, given: dict[str, dict[str, Any]], act: str, note: str
) -> tuple[tuple[str, str], ...]:
    """Write row → field → value, and what empty fields are offered by it; returns the latter."""
    register = sheet.register
    if not given:
        return ()
    if not sheet.weekly:
        with book.batch(act, note) as batch:
            for key, fields in given.items():
                batch.change(register.name, key, fields)
        return ()
    records = _records(book, sheet, given)
    followed = offering.follow(book, sheet, given)
    with book.batch(act, note) as batch:
        for key, fields in given.items():
            fields = {**fields, **followed.get(key, {})}
            if key in records:
                batch.change(register.name, records[key], fields)
            elif _holds(fields):
                whose = {str(register.of): key, "period": sheet.period}
                batch.create(register.name, {**whose, **fields})
    return tuple((key, name) for key, fields in followed.items() for name in fields)


def _records(book: Book, sheet: Sheet, keys: Iterable[str]) -> dict[str, str]:
    """The records that the rows ``keys`` have already in the period."""
    register = sheet.register
    return dict(
        book.connection.execute(
            f'SELECT "{register.of}", record FROM "{register.name}" WHERE period = ?'
            f' AND removed = 0 AND "{register.of}" IN (SELECT value FROM json_each(?))',
            (sheet.period, json_text(list(keys))),
        ).fetchall()
    )


def _holds(fields: Mapping[str, Any]) -> bool:
    """Whether anything is filled: emptying a row that is not there makes none."""
    return any(value is not None for value in fields.values())


class _Reader:
    """Reads typed texts; the same text in the same field once: pasted columns repeat themselves."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._year = int(sheet.period[:4]) if sheet.period else book.year
        self._known: dict[tuple[str, str], Any] = {}

    def value(self, name: str, given: Any) -> Any:
        """The stored value, or the error that refuses what was typed."""
        if not isinstance(given, Typed):
            return given
        place = name, values.seen(given.text).strip()
        if place not in self._known:
            try:
                self._known[place] = self._read(self._sheet.register.by_name[name], place[1])
            except OneLedgerError as error:
                self._known[place] = error
        return self._known[place]

    def _read(self, field: Field, text: str) -> Any:
        if field.of is None:
            return values.typed(self._book.scheme, field, text, year=self._year)
        if not text:
            return None
        if field.of == "unit" and (unit := lookup.unit_named(self._book, text)) is not None:
            return unit
        return lookup.linked(self._book, field, text)
