"""One line of the journal, and the exact bytes that give it its identity.

An entry's *canonical form* is a JSON array of its authored columns exactly as stored; its identity
is the SHA-256 of these bytes, the same in every book. The *chain* runs over the previous line's
chain and every column of the line, authored or local, so a change of any column shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from desktop.errors import OneLedgerError

#: What stands first in every canonical form; a new form would get a new word.
FORM = "oneledger/1"

#: The authored columns in the order of the canonical form.
AUTHORED = (
    "author", "number", "time", "operator", "scheme", "register", "record", "fields",
    "parents", "batch", "act", "undoes", "note", "origin",
)  # fmt: skip

#: Every column of the table ``journal``, ``chain`` last.
COLUMNS = ("position", "entry", *AUTHORED, "package", "chain")

#: The chain before the first line.
GENESIS = "0" * 64

#: So many characters have a text of an entry and its operator at most: longer ones are taken in
#: nowhere.
LONGEST, LONGEST_NAME = 8 * 1024 * 1024, 4096
#: The years of an entry's time: others are taken in nowhere.
YEARS = range(1970, 3000)

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode_fields = msgspec.json.Decoder(dict[str, Any]).decode


class UnreadableEntry(OneLedgerError):
    """A line of the journal holds what no program writes there; verification names it."""

    def __init__(self, text: str) -> None:
        shown = text if len(text) <= 40 else text[:40] + "…"
        super().__init__(
            f"流水中有一条分录读不出：“{shown}”。", "请核验账本，看是哪一条，再从备份恢复。"
        )


class Entry(msgspec.Struct, frozen=True):
    """What one write changed in one record.

    ``author`` is the replica that wrote it and ``number`` its count, from 1 without gaps;
    ``parents`` are the heads of the record that the writer saw; ``batch`` names the act that it
    belongs to (an import is one batch) and ``undoes`` the batch that it takes back, or "".
    ``fields`` holds only what changed; ``removed`` among them takes the record away or back.
    ``origin`` says from which workbook cell a field came. ``time`` is for people, never for order.
    """

    author: str
    number: int
    time: str
    operator: str
    scheme: int
    register: str
    record: str
    fields: Mapping[str, Any]
    parents: tuple[str, ...] = ()
    batch: str = ""
    act: str = ""
    undoes: str = ""
    note: str = ""
    origin: Mapping[str, str] = {}

    def columns(self) -> tuple[Any, ...]:
        """The authored columns as the journal stores them, in the order of :data:`AUTHORED`."""
        return (
            self.author,
            self.number,
            self.time,
            self.operator,
            self.scheme,
            self.register,
            self.record,
            json_text(self.fields),
            " ".join(sorted(self.parents)),
            self.batch,
            self.act,
            self.undoes,
            self.note,
            json_text(self.origin) if self.origin else "",
        )


def from_columns(columns: tuple[Any, ...]) -> Entry:
    """The entry that stands in the authored ``columns``; the inverse of :meth:`Entry.columns`."""
    (author, number, time, operator, scheme, register, record, fields, parents) = columns[:9]
    (batch, act, undoes, note, origin) = columns[9:]
    return Entry(
        author,
        number,
        time,
        operator,
        scheme,
        register,
        record,
        read_fields(fields),
        tuple(parents.split()),
        batch,
        act,
        undoes,
        note,
        read_fields(origin) if origin else {},
    )


def canonical(columns: tuple[Any, ...]) -> bytes:
    """The canonical form of an entry from its authored columns."""
    return _encode((FORM, *columns))


def identity(form: bytes) -> str:
    """The identity of a canonical form: SHA-256, 64 hexadecimal digits."""
    return sha256(form).hexdigest()


def chained(previous: str, position: int, entry: str, form: bytes, package: str) -> str:
    """The chain value of a line: SHA-256 over the previous chain and all columns of the line."""
    return sha256(_encode((previous, position, entry, package)) + form).hexdigest()


def moment(now: datetime) -> str:
    """The time of an act as entries say it; a clock beyond :data:`YEARS` is brought within them."""
    if now.year not in YEARS:
        near = min(max(now.year, YEARS[0]), YEARS[-1])
        now = now.replace(year=near, day=min(now.day, 28))
    return now.isoformat(timespec="seconds")


def json_text(value: object) -> str:
    """``value`` as canonical JSON text: keys sorted, no blanks, UTF-8."""
    return _encode(value).decode()


def read_fields(text: str) -> dict[str, Any]:
    """What the column ``fields`` or ``origin`` says; raises :class:`UnreadableEntry`."""
    try:
        return _decode_fields(text)
    except msgspec.MsgspecError:
        raise UnreadableEntry(text) from None


def ledger_identity(register: str, *parts: str) -> str:
    """The record of a ledger: follows from register, subject, period and key fields alone.

    Two clerks who fill the same week of the same project therefore fill the same record.
    """
    return sha256(_encode(("ledger", register, *parts))).hexdigest()[:32]


def new_identity(register: str, author: str, number: int) -> str:
    """The record that the entry ``number`` of ``author`` founds in a file or list register."""
    return sha256(_encode(("record", register, author, number))).hexdigest()[:32]
