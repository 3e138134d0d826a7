"""The format of a book's file: numbered steps, never edited once released.

The file's ``user_version`` is the number of the last step, :data:`~desktop.ledger.format.FORMAT`;
the registers' tables are not formats but readings of the scheme and are made by
:mod:`desktop.ledger.tables`.
"""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from desktop.ledger.format import APPLICATION

steps = Migrations("oneledger")


@steps(name="0001")
def journal_conflict_anchor(db: Database) -> None:
    """The journal, the sides of conflicts, and where the head was seen outside the journal."""
    db.table("journal").create(
        {
            "position": int,
            "entry": str,
            "author": str,
            "number": int,
            "time": str,
            "operator": str,
            "scheme": int,
            "register": str,
            "record": str,
            "fields": str,
            "parents": str,
            "batch": str,
            "act": str,
            "undoes": str,
            "note": str,
            "origin": str,
            "package": str,
            "chain": str,
        },
        pk="position",
        strict=True,
        not_null={
            "entry", "author", "number", "time", "operator", "scheme", "register", "record",
            "fields", "parents", "batch", "act", "undoes", "note", "origin", "package", "chain",
        },
    )  # fmt: skip
    db.table("journal").create_index(["entry"], unique=True)
    db.table("journal").create_index(["author", "number"], unique=True)
    db.table("journal").create_index(["record"])
    db.table("conflict").create(
        {"record": str, "register": str, "field": str, "entry": str, "value": str},
        strict=True,
        not_null={"record", "register", "field", "entry", "value"},
    )
    db.table("conflict").create_index(["record"])
    db.table("anchor").create(
        {"position": int, "head": str, "kind": str, "time": str},
        strict=True,
        not_null={"position", "head", "kind", "time"},
    )
    db.conn.execute(f"PRAGMA application_id = {APPLICATION}")
    db.conn.execute("PRAGMA user_version = 1")


@steps(name="0002")
def attachment(db: Database) -> None:
    """The contents that fields of type photo and attachment name by their digest."""
    db.table("attachment").create(
        {"digest": str, "media": str, "size": int, "name": str, "content": bytes},
        pk="digest",
        strict=True,
        not_null={"media", "size", "name", "content"},
    )
    db.conn.execute("PRAGMA user_version = 2")


@steps(name="0003")
def certificate_batch_covered(db: Database) -> None:
    """What vouches for the lines of the journal towards other books.

    ``certificate``: a replica's key as its unit certified it. ``batch``: the identities (32 bytes
    each) that an author has signed as its own. ``covered``: by which batch a line stands.
    """
    db.table("certificate").create(
        {"replica": str, "unit": str, "epoch": int, "label": str, "key": str, "signature": str},
        pk="replica",
        strict=True,
        not_null={"replica", "unit", "epoch", "label", "key", "signature"},
    )
    db.table("batch").create(
        {"id": int, "author": str, "signer": str, "entries": bytes, "signature": bytes},
        pk="id",
        strict=True,
        not_null={"author", "signer", "entries", "signature"},
    )
    db.table("batch").create_index(["author"])
    db.table("covered").create(
        {"position": int, "batch": int},
        pk="position",
        strict=True,
        not_null={"batch"},
    )
    db.conn.execute("PRAGMA user_version = 3")
