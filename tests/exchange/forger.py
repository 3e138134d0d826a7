"""The forger: takes packages apart with keys that somebody has, and puts them together changed.

What a hostile colleague can do who reads the program's source: every part of a package may be
replaced, left out or lied about, and everything is signed again by any key the forger holds.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import msgspec

from desktop.exchange import building, container, holdings, keys, own_keys, payload
from desktop.exchange.batches import REPLICA
from desktop.exchange.keys import ReplicaKey, UnitKeys
from desktop.exchange.payload import Authored, Batch, Certificate, Header, Holdings, Payload
from desktop.ledger.entry import AUTHORED, Entry, canonical, identity, new_identity
from desktop.ledger.workspace import Book
from tests.exchange.parcels import CHEAP, To


@dataclass(frozen=True)
class Writer:
    """The keys of one PC: what it signs packages and batches with."""

    unit: str
    keys: UnitKeys
    epoch: int
    replica: str
    key: ReplicaKey
    certificate: Certificate

    def batch(self, entries: Iterable[Authored], author: str = "", signer: str = REPLICA) -> Batch:
        """A list of these entries, signed; in the name of ``author`` if another is claimed."""
        author = author or self.replica
        listed = b"".join(sorted(bytes.fromhex(called(one)) for one in entries))
        digest = sha256(listed).hexdigest()
        said = keys.statement("batch", self.unit, author, signer, digest)
        return Batch(author, signer, listed, self.key.sign(said))


def writer(book: Book) -> Writer:
    """The keys of an office, as they lie in its profile."""
    own = own_keys.own_keys(book)
    return Writer(
        own.unit, own.unit_keys, own.epoch, book.replica, own.replica_key, own.certificate
    )


def stranger(unit: str, replica: str, epoch: int = 1, seed: bytes = b"x" * 32) -> Writer:
    """Somebody with keys of his own who says that he is ``replica`` of ``unit``."""
    unit_keys, key = UnitKeys(seed), ReplicaKey(seed[::-1])
    certificate = keys.certify(unit_keys, unit, epoch, replica, "1号机", key.public)
    return Writer(unit, unit_keys, epoch, replica, key, certificate)


@dataclass(frozen=True)
class Parts:
    """A package in pieces; :meth:`packed` makes its bytes, signed by ``by`` and sealed to ``to``.

    ``text``, when given, stands in the place of ``message``.
    """

    header: Header
    message: Payload
    contents: tuple[bytes, ...]
    certificate: Certificate
    by: ReplicaKey
    to: To
    text: bytes = b""

    def packed(self) -> bytes:
        """The bytes of the package, well-formed outside whatever stands in it."""
        packed = zlib.compress(self.text or payload.canonical(self.message))
        content = b"".join((struct.pack(">I", len(packed)), packed, *self.contents))
        return container.pack(
            self.header, self.certificate, content, self.by, self.to, CHEAP
        )  # fmt: skip

    def but(self, **other: Any) -> Parts:
        """With other parts."""
        return replace(self, **other)

    def headed(self, **other: Any) -> Parts:
        """With another header."""
        return self.but(header=msgspec.structs.replace(self.header, **other))

    def saying(self, **other: Any) -> Parts:
        """With another content."""
        return self.but(message=msgspec.structs.replace(self.message, **other))

    def signed(self, who: Writer) -> Parts:
        """Signed and certified by somebody else; the header stays as it is."""
        return self.but(certificate=who.certificate, by=who.key)

    def bringing(
        self,
        sender: Book,
        who: Writer,
        *entries: Authored,
        batches: Iterable[Batch] | None = None,
        held: Holdings | None = None,
    ) -> Parts:
        """With more entries, in a batch of ``who`` unless others are given; holdings agree."""
        message = self.message
        theirs = [certificate.replica for certificate in message.certificates]
        more = () if who.replica in theirs else (who.certificate,)
        signed = (who.batch(entries),) if batches is None else tuple(batches)
        return self.saying(
            entries=(*message.entries, *entries),
            batches=(*message.batches, *signed),
            certificates=(*message.certificates, *more),
            holdings=held or holding(sender, message, entries),
        )


def apart(raw: bytes, secret: UnitKeys | str, by: ReplicaKey, to: To) -> Parts:
    """A package taken apart with the receiver's ``secret``; signed again by ``by``."""
    header = container.read_header(raw)
    opened = container.open_body(raw, header, secret)
    message, content = payload.decode(opened.payload)
    contents = tuple(content(piece) for piece in message.attachments)
    return Parts(header, message, contents, opened.certificate, by, to)


def holding(sender: Book, message: Payload, more: Iterable[Authored] = ()) -> Holdings:
    """What ``sender`` held when it wrote ``message``, and these entries besides."""
    there = seen(sender, message.to)
    kept = (one for one in there if holdings.covers(message.holdings, one[0], one[1]))
    return holdings.of((one[0], one[1], called(one)) for one in (*kept, *more))


def entry(
    book: Book,
    register: str,
    fields: Mapping[str, Any] | str,
    record: str = "",
    ahead: int = 1,
    **columns: Any,
) -> Authored:
    """An entry in the name of the book's replica that no verb of the book would write.

    ``ahead`` numbers after its last one; without ``record`` it founds one.
    """
    number = columns.get("number", book.number + ahead)
    author = columns.get("author", book.replica)
    present = book.present(register, record) if record and register in book.tables else None
    made = Entry(
        author=author,
        number=number,
        time="2023-03-02T12:00:00+08:00",
        operator="李强",
        scheme=book.scheme.version,
        register=register,
        record=record or new_identity(register, author, number),
        fields={} if isinstance(fields, str) else dict(fields),
        parents=present.heads if present else (),
        batch=f"{author}-{number}",
        act="change",
    )
    stored: dict[str, Any] = dict(zip(AUTHORED, made.columns(), strict=True))
    if isinstance(fields, str):
        stored["fields"] = fields
    return tuple({**stored, **columns}.values())


def called(one: Authored) -> str:
    """The identity of an entry."""
    return identity(canonical(one))


def seen(book: Book, unit: str) -> list[Authored]:
    """The entries that ``book`` holds and ``unit`` may see, in their order."""
    return [line.authored for line in building.visible(book, unit)]
