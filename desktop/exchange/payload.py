"""What stands in a package once it is open: records, entries, attachments — strict both ways.

The bytes are ``u32 length of text ‖ text ‖ attachments``; the text is the zlib-compressed JSON of
:class:`Payload`, an attachment lies where the sizes of those before it end. Every text is bounded,
every number fits 63 bits, an unknown field is refused: what :func:`decode` gives holds exactly
what its types say.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Annotated, Any, Literal

from msgspec import Meta

from desktop.exchange.refusals import AttachmentSpoilt, Malformed, NewerPackage, TooLarge
from desktop.exchange.strict import FORMAT as FORMAT
from desktop.exchange.strict import (
    MEGABYTE,
    Count,
    Hex32,
    Hex64,
    Line,
    Mark,
    Number,
    OptionalHex,
    OptionalHex32,
    Strict,
    Text,
    Title,
    Word,
)
from desktop.exchange.strict import canonical as canonical
from desktop.exchange.strict import read as read
from desktop.ledger.attachments import LARGEST

#: The largest text when inflated, in bytes.
LARGEST_TEXT = 256 * MEGABYTE

Kind = Literal["task", "report", "share"]
KeyState = Literal["active", "retired", "revoked"]

#: The authored columns of an entry in the order of :data:`desktop.ledger.entry.AUTHORED`.
Authored = tuple[
    Mark, Number, Word, Line, Count, Mark, Mark, Text, Text, Word, Word, Word, Text, Text
]
#: Numbers of entries: sorted, disjoint, not touching, each ``(first, last)``.
Ranges = tuple[tuple[Number, Number], ...]


class Header(Strict, frozen=True):
    """The clear header. Units by record and name; ``number`` counts per replica and receiver.

    ``receiver_key`` is the sealing key (hex), "" under a passphrase, whose ``salt`` (hex), ``ops``
    and ``mem`` (bytes) Argon2id takes. ``previous`` is the digest of this replica's last package to
    the receiver. ``box`` (share packages only) is the unit's secret under its recovery code.
    """

    format: Count
    kind: Kind
    number: Number
    sender: Mark
    sender_name: Title
    replica: Mark
    epoch: Number
    receiver: Mark
    receiver_name: Title
    receiver_key: OptionalHex32
    previous: OptionalHex32
    passphrase: bool
    salt: OptionalHex = ""
    ops: Count = 0
    mem: Count = 0
    box: Annotated[str, Meta(max_length=1024, pattern=r"^[0-9A-Za-z+/=]*\Z")] = ""


class Certificate(Strict, frozen=True):
    """A unit's word, signed by its key of ``epoch``, that ``key`` is its replica's."""

    unit: Mark
    epoch: Number
    replica: Mark
    label: Title
    key: Hex32
    signature: Hex64


class Batch(Strict, frozen=True):
    """Identities of entries (32 bytes each, joined) that ``author`` wrote, signed.

    ``signer`` is ``replica`` or ``unit:<epoch>``.
    """

    author: Mark
    signer: Annotated[str, Meta(pattern=r"^(replica|unit:[1-9][0-9]{0,8})\Z")]
    entries: Annotated[bytes, Meta(min_length=32, max_length=64 * MEGABYTE)]
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)]


class Holdings(Strict, frozen=True):
    """Which entries a book holds: numbers by author, how many, and what they amount to.

    ``digest`` is the SHA-256 over the sorted identities; see :mod:`desktop.exchange.holdings`.
    """

    authors: dict[Mark, Ranges]
    count: Count
    digest: Hex32


class Receipt(Strict, frozen=True):
    """A package of the receiver's that the sender has taken in."""

    replica: Mark
    number: Number
    digest: Hex32


class Enrolment(Strict, frozen=True):
    """The keys of a unit; ``proof`` binds them to the token of its invitation."""

    unit: Mark
    epoch: Number
    sign_key: Hex32
    seal_key: Hex32
    proof: OptionalHex32


class Rotation(Strict, frozen=True):
    """The keys of a unit's new ``epoch``, signed by the key before and by the new one."""

    unit: Mark
    epoch: Number
    sign_key: Hex32
    seal_key: Hex32
    by_old: Hex64
    by_new: Hex64


class Listed(Strict, frozen=True):
    """One unit's keys of one epoch in the list of keys."""

    unit: Mark
    epoch: Number
    sign_key: Hex32
    seal_key: Hex32
    state: KeyState


class Listing(Strict, frozen=True):
    """The content of a list of keys: every unit's keys, and the replicas that were revoked."""

    units: tuple[Listed, ...]
    replicas: tuple[Mark, ...] = ()


class KeyList(Strict, frozen=True):
    """A numbered list of keys; ``body`` is the canonical JSON of a :class:`Listing`.

    Signed by the listing unit's key of ``epoch``.
    """

    number: Number
    epoch: Number
    body: Annotated[bytes, Meta(max_length=4 * MEGABYTE)]
    signature: Hex64


class Piece(Strict, frozen=True):
    """An attachment: its SHA-256, its kind, the name it came under and its size in bytes."""

    digest: Hex32
    media: Word
    name: Word
    size: Annotated[int, Meta(ge=1, le=LARGEST)]


class Payload(Strict, frozen=True):
    """Everything that a package says.

    ``bases`` are the receiver's packages that the content builds on, ``receipts`` those taken in;
    ``wants`` are digests of attachments that the sender lacks. ``token`` stands only in a
    passphrase package.
    """

    format: Count
    program: Title
    kind: Kind
    unit: Mark
    to: Mark
    periods: tuple[Word, ...]
    demonstration: bool
    entries: tuple[Authored, ...]
    certificates: tuple[Certificate, ...]
    batches: tuple[Batch, ...]
    holdings: Holdings
    bases: tuple[Receipt, ...]
    receipts: tuple[Receipt, ...]
    wants: tuple[Hex32, ...] = ()
    keys: KeyList | None = None
    token: OptionalHex = ""
    partner: Enrolment | None = None
    rotation: Rotation | None = None
    attachments: tuple[Piece, ...] = ()


_LENGTH = struct.Struct(">I")


def encode(payload: Payload, contents: Iterable[bytes] = ()) -> bytes:
    """The bytes of ``payload`` with ``contents`` of its attachments in their order.

    Raises :class:`TooLarge`, and ``ValueError`` for contents that are not the attachments.
    """
    text = canonical(payload)
    if len(text) > LARGEST_TEXT:
        raise TooLarge("文字内容", _megabytes(LARGEST_TEXT))
    packed = zlib.compress(text)
    parts = [_LENGTH.pack(len(packed)), packed]
    for piece, content in zip(payload.attachments, contents, strict=True):
        if sha256(content).hexdigest() != piece.digest or len(content) != piece.size:
            raise ValueError(f"not the content of {piece.name}")
        parts.append(content)
    return b"".join(parts)


def decode(raw: bytes) -> tuple[Payload, Callable[[Piece], bytes]]:
    """What the bytes of a payload say, and what gives an attachment's content.

    Every attachment is as its digest says, no entry stands twice, the holdings are sound. Raises
    :class:`Malformed`, :class:`TooLarge`, :class:`NewerPackage`, :class:`AttachmentSpoilt`.
    """
    whole = memoryview(raw)
    text, start = text_of(whole)
    payload = read(text, Payload, "内容")
    if payload.format != FORMAT:
        raise NewerPackage if payload.format > FORMAT else Malformed
    _examine(payload)
    places: dict[str, memoryview] = {}
    for piece in payload.attachments:
        content = whole[start : start + piece.size]
        start += piece.size
        if len(content) != piece.size or sha256(content).hexdigest() != piece.digest:
            raise AttachmentSpoilt(piece.name)
        places[piece.digest] = content
    if start != len(whole):
        raise Malformed("附件")
    return payload, lambda piece: bytes(places[piece.digest])


def text_of(whole: memoryview) -> tuple[bytes, int]:
    """The inflated text of a payload, and where its attachments begin.

    Raises :class:`Malformed`, :class:`TooLarge`.
    """
    if len(whole) < _LENGTH.size:
        raise Malformed
    start = _LENGTH.size + _LENGTH.unpack_from(whole)[0]
    return _inflated(whole[_LENGTH.size : start]), start


def _inflated(packed: memoryview) -> bytes:
    """The text; not a byte more than allowed is ever inflated."""
    inflation = zlib.decompressobj()
    try:
        text = inflation.decompress(packed, LARGEST_TEXT + 1)
    except zlib.error:
        raise Malformed from None
    except MemoryError:
        raise TooLarge("文字内容", "本机内存") from None
    if len(text) > LARGEST_TEXT:
        raise TooLarge("文字内容", _megabytes(LARGEST_TEXT))
    if not inflation.eof or inflation.unused_data:
        raise Malformed
    return text


def _examine(payload: Payload) -> None:
    """Raise :class:`Malformed` where the parts of a payload contradict each other."""
    for names in (
        ((author, number) for author, number, *_ in payload.entries),
        (piece.digest for piece in payload.attachments),
        (certificate.replica for certificate in payload.certificates),
    ):
        _once(names)
    if any(len(batch.entries) % 32 for batch in payload.batches):
        raise Malformed("签名清单")
    count = 0
    for ranges in payload.holdings.authors.values():
        before = -1
        for first, last in ranges:
            if not before + 1 < first <= last:
                raise Malformed("分录编号")
            before = last
            count += last - first + 1
        if not ranges:
            raise Malformed("分录编号")
    if count != payload.holdings.count:
        raise Malformed("分录编号")


def _once(names: Iterator[Any]) -> None:
    seen = set()
    for name in names:
        if name in seen:
            raise Malformed
        seen.add(name)


def _megabytes(size: int) -> str:
    return f"{size // MEGABYTE} MB"
