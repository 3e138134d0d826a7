"""Everything that the page shows, read at once in the worker; no Qt."""

from __future__ import annotations

import msgspec

from desktop.exchange import postbook
from desktop.exchange.postbook import Sent, Took
from desktop.exchange.quarantine import Refused
from desktop.exchange.shelves import Shelves
from desktop.ledger import dispatch
from desktop.ledger.workspace import Book
from desktop.ui.exchange import below as units_below
from desktop.ui.exchange import outgoing
from desktop.ui.exchange.below import Below, Received
from desktop.ui.exchange.outgoing import Upward
from desktop.ui.week.post import apart


class Exchange(msgspec.Struct, frozen=True):
    """The page in one week.

    ``upward`` for a unit that reports, ``received`` for one that looks after others. ``names`` of
    units by record, removed ones too; ``apart`` fields wait for a person to decide; ``waiting``
    packages lie beside the book; ``position`` is where the journal stood.
    """

    period: str
    upward: Upward | None
    below: tuple[Below, ...]
    received: Received | None
    sent: tuple[Sent, ...]
    taken: tuple[Took, ...]
    refused: tuple[Refused, ...]
    names: dict[str, str]
    apart: int
    waiting: int
    position: int


def exchange(book: Book, period: str) -> Exchange:
    """The page in the week ``period``."""
    reports, shelves = not dispatch.consolidates(book), Shelves(book.path)
    return Exchange(
        period,
        outgoing.upward(book, period) if reports else None,
        units_below.below(book),
        None if reports else units_below.received(book, period),
        tuple(postbook.sent(book)),
        tuple(postbook.taken(book)),
        shelves.refused.reasons(),
        dict(book.connection.execute("SELECT record, name FROM unit").fetchall()),
        apart(book),
        len(shelves.held.list()),
        book.journal.position,
    )
