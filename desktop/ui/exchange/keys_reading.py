"""The own unit's keys as a person asks about them: held here or not, which PCs there are; no Qt."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from desktop.exchange import directory, own_keys
from desktop.exchange.keyring import Keyring
from desktop.ledger.workspace import Book

#: None yet; held on this PC; the unit has keys, and this PC does not hold them.
Held: TypeAlias = Literal["none", "held", "missing"]


class Pc(msgspec.Struct, frozen=True):
    """One PC of the unit: its number (1号机), whether it is this one, whether it was declared void.

    ``last`` is the day of its newest entry that this book has, "" for none.
    """

    replica: str
    label: str
    here: bool
    void: bool
    last: str


class Keys(msgspec.Struct, frozen=True):
    """``sheet`` says that a recovery code was given out for the present keys of ``epoch``."""

    held: Held
    epoch: int
    sheet: bool
    pcs: tuple[Pc, ...]

    @property
    def label(self) -> str:
        """This PC's number, "" before it was certified."""
        return next((pc.label for pc in self.pcs if pc.here), "")


def held(book: Book) -> Held:
    """Whether this PC holds the unit's keys; nothing is made."""
    row = own_keys.own_row(book)
    if row is None:
        return "none"
    kept = Keyring(book.profile).unit(book.unit, row.epoch)
    return "held" if kept is not None and kept.public == row.public else "missing"


def keys_of(book: Book) -> Keys:
    """The unit's keys and PCs."""
    trust, row = directory.trust(book), own_keys.own_row(book)
    rows = book.connection.execute(
        "SELECT c.replica, c.label, (SELECT max(j.time) FROM journal AS j"
        " WHERE j.author = c.replica) FROM certificate AS c WHERE c.unit = ?",
        (book.unit,),
    )
    words = rows.fetchall()
    labels = [label for _, label, _ in words]
    pcs = [
        Pc(
            replica,
            _label(label, replica, labels),
            replica == book.replica,
            trust.revoked(replica),
            (last or "")[:10],
        )
        for replica, label, last in words
    ]
    return Keys(
        held(book),
        row.epoch if row else 0,
        bool(row and row.box),
        tuple(sorted(pcs, key=lambda pc: (len(pc.label), pc.label, pc.replica))),
    )


def _label(label: str, replica: str, labels: list[str]) -> str:
    """A number that two PCs gave themselves apart is told by the beginning of their names."""
    return f"{label}（{replica[:4]}）" if labels.count(label) > 1 else label
