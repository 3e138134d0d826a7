"""The post book 收发登记: what this book has sent and taken in, read from its two registers.

Numbers count per sending replica and receiving unit, from 1. What a partner's PC said it holds in
its latest package is the only acknowledgement there is: what it does not hold travels again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from desktop.exchange.payload import Holdings, Kind, Receipt
from desktop.ledger import records
from desktop.ledger.correspondence import (
    ACKNOWLEDGED,
    SENT,
    TAKEN,
    TAKEN_IN,
    WITHDRAWN,
)
from desktop.ledger.store import Store

_holdings = msgspec.json.Decoder(Holdings).decode


class Answers(msgspec.Struct, frozen=True):
    """What a taken package said of ours: packages it acknowledged, attachments it asks for."""

    receipts: tuple[Receipt, ...] = ()
    wants: tuple[str, ...] = ()


class Sent(msgspec.Struct, frozen=True):
    """A package that this book made; ``time`` is when, for people."""

    record: str
    unit: str
    kind: Kind
    replica: str
    number: int
    digest: str
    periods: tuple[str, ...]
    file: str
    size: int
    entries: int
    attachments: int
    state: str
    time: str


class Took(msgspec.Struct, frozen=True):
    """A package that this book took in; ``note`` says what was noticed, "" for nothing."""

    record: str
    unit: str
    kind: Kind
    replica: str
    number: int
    digest: str
    periods: tuple[str, ...]
    entries: int
    attachments: int
    state: str
    note: str
    time: str


def sent(store: Store, unit: str | None = None) -> list[Sent]:
    """The packages sent (to ``unit``), oldest first; those taken back too."""
    return [
        Sent(
            row["record"],
            row["unit"],
            row["kind"],
            row["replica"],
            row["number"],
            row["digest"],
            tuple((row["weeks"] or "").split()),
            row["file"] or "",
            row["size"] or 0,
            row["entries"] or 0,
            row["attachments"] or 0,
            row["state"],
            row["time"],
        )
        for row in _rows(store, SENT.name, unit)
    ]


def taken(store: Store, unit: str | None = None) -> list[Took]:
    """The packages taken in (from ``unit``), oldest first; those set aside too."""
    return [
        Took(
            row["record"],
            row["unit"],
            row["kind"],
            row["replica"],
            row["number"],
            row["digest"],
            tuple((row["weeks"] or "").split()),
            row["entries"] or 0,
            row["attachments"] or 0,
            row["state"],
            row["note"] or "",
            row["time"],
        )
        for row in _rows(store, TAKEN.name, unit)
    ]


def next_number(store: Store, unit: str) -> tuple[int, str]:
    """The number of this replica's next package to ``unit``, and the last one's digest or ""."""
    row = store.connection.execute(
        "SELECT number, digest FROM sent WHERE unit = ? AND replica = ?"
        " ORDER BY number DESC LIMIT 1",
        (unit, store.replica),
    ).fetchone()
    return (row[0] + 1, row[1]) if row else (1, "")


def digest_of(store: Store, replica: str, number: int, unit: str) -> str | None:
    """The digest of the package ``number`` of ``replica`` that was taken in, None for none."""
    row = store.connection.execute(
        "SELECT digest FROM taken WHERE replica = ? AND number = ? AND unit = ?",
        (replica, number, unit),
    ).fetchone()
    return str(row[0]) if row else None


def state_of(store: Store, digest: str) -> str | None:
    """Whether the package with this digest was taken in or set aside, None for neither."""
    row = store.connection.execute(
        "SELECT state FROM taken WHERE digest = ? AND removed = 0", (digest,)
    ).fetchone()
    return str(row[0]) if row else None


def last_number(store: Store, replica: str, unit: str) -> int:
    """The highest number taken in from ``replica`` of ``unit``; 0 for none."""
    (number,) = store.connection.execute(
        "SELECT max(number) FROM taken WHERE replica = ? AND unit = ? AND state = ?",
        (replica, unit, TAKEN_IN),
    ).fetchone()
    return number or 0


def latest(store: Store, unit: str) -> dict[str, tuple[Receipt, Holdings, Answers]]:
    """For every PC of ``unit`` that sent something: its newest package and what that one said."""
    found: dict[str, tuple[Receipt, Holdings, Answers]] = {}
    rows = store.connection.execute(
        "SELECT replica, max(number), digest, holdings, receipts FROM taken"
        " WHERE unit = ? AND state = ? AND removed = 0 GROUP BY replica ORDER BY replica",
        (unit, TAKEN_IN),
    )
    for replica, number, digest, holdings, receipts in rows:
        answers = msgspec.json.decode(receipts or "{}", type=Answers)
        found[replica] = (Receipt(replica, number, digest), _holdings(holdings), answers)
    return found


def acknowledge(
    store: Store, batch: records.Batch, unit: str, receipts: tuple[Receipt, ...], by: str
) -> None:
    """Mark our packages to ``unit`` as acknowledged that its ``receipts`` name, and those before.

    Nobody acknowledges what was sent to another. ``by`` is the digest of the package that says so.
    """
    for receipt in receipts:
        if receipt.replica != store.replica:
            continue
        rows = store.connection.execute(
            "SELECT s.record FROM sent AS s JOIN sent AS named"
            " ON named.unit = s.unit AND named.replica = s.replica"
            " WHERE named.digest = ? AND named.unit = ? AND s.number <= named.number"
            " AND s.state NOT IN (?, ?)",
            (receipt.digest, unit, ACKNOWLEDGED, WITHDRAWN),
        ).fetchall()
        for (record,) in rows:
            batch.change(SENT.name, record, {"state": ACKNOWLEDGED, "receipt": by})


def note_taken(batch: records.Batch, store: Store, values: Mapping[str, Any]) -> str:
    """Write down that a package was taken in, again if it had been set aside."""
    row = store.connection.execute(
        "SELECT record FROM taken WHERE digest = ? AND removed = 0", (values["digest"],)
    ).fetchone()
    if row:
        batch.change(TAKEN.name, row[0], {"state": TAKEN_IN, "note": values.get("note")})
        return str(row[0])
    return batch.create(TAKEN.name, {**values, "state": TAKEN_IN})


def open_digests(store: Store) -> frozenset[str]:
    """The packages that stay in the outbox: neither acknowledged nor taken back."""
    rows = store.connection.execute(
        "SELECT digest FROM sent WHERE removed = 0 AND state NOT IN (?, ?)",
        (ACKNOWLEDGED, WITHDRAWN),
    )
    return frozenset(digest for (digest,) in rows)


def _rows(store: Store, register: str, unit: str | None) -> list[dict[str, Any]]:
    where, values = ("AND r.unit = ?", (unit,)) if unit is not None else ("", ())
    return store.select(
        f'SELECT r.*, min(j.position) AS first, j.time FROM "{register}" AS r'
        f" JOIN journal AS j ON j.record = r.record WHERE r.removed = 0 {where}"
        " GROUP BY r.record ORDER BY first",
        values,
    )
