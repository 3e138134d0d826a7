"""Certificates: which replica belongs to which unit, as far as a book was told.

A replica has one unit and one key for ever; its unit may certify it anew in a later epoch.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop.exchange.payload import Certificate
from desktop.ledger.entry import json_text
from desktop.ledger.store import Store

#: What stands for the key of a replica that has none; no signature is ever good by it.
NO_KEY = "0" * 64


def known_certificates(store: Store, replicas: Iterable[str]) -> Mapping[str, Certificate]:
    """The certificates that the book holds of ``replicas``."""
    rows = store.connection.execute(
        "SELECT unit, epoch, replica, label, key, signature FROM certificate"
        " WHERE replica IN (SELECT value FROM json_each(?)) ORDER BY replica",
        (json_text(sorted(replicas)),),
    )
    return {row[2]: Certificate(*row) for row in rows}


def keep_certificate(store: Store, word: Certificate) -> None:
    """Keep a verified certificate; of two for one replica that with a key, then the later one."""
    kept = known_certificates(store, {word.replica}).get(word.replica)
    if kept is not None:
        same = (word.unit, word.key) == (kept.unit, kept.key)
        better = word.epoch > kept.epoch if same else kept.key == NO_KEY
        if not better or word.unit != kept.unit:
            return
    store.connection.execute(
        "INSERT OR REPLACE INTO certificate (replica, unit, epoch, label, key, signature)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (word.replica, word.unit, word.epoch, word.label, word.key, word.signature),
    )


def units_of(store: Store, replicas: Iterable[str]) -> dict[str, str]:
    """The units of replicas, as far as the book knows: certified ones, and who wrote in it."""
    wanted = set(replicas)
    found = {replica: word.unit for replica, word in known_certificates(store, wanted).items()}
    for replica in wanted - found.keys():
        here = store.connection.execute(
            "SELECT 1 FROM journal WHERE author = ? AND package = '' LIMIT 1", (replica,)
        )
        if replica == store.replica or here.fetchone() is not None:
            found[replica] = store.unit
    return found
