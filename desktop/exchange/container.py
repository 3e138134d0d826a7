"""The container of a package: clear lengths and header outside, sealed and signed inside.

``magic(8) ‖ suite(1) ‖ u32 length of header ‖ u64 length of body ‖ header JSON ‖ sealed body``;
opened, the body is ``signature(64) ‖ u16 length of certificate ‖ certificate JSON ‖ payload``. The
replica signs header, receiver's key, certificate and payload together, so no part of one package
fits another. Reading goes in this order and stops at the first thing wrong; nothing is taken or
made as large as a figure in the file says before that figure was held against its limit.
"""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import Protocol

import msgspec

from desktop.exchange import keys
from desktop.exchange.keys import INTERACTIVE, Limits, ReplicaKey, UnitKeys
from desktop.exchange.payload import Certificate, Header
from desktop.exchange.refusals import (
    Malformed,
    NewerPackage,
    NotAPackage,
    NotForUs,
    TooLarge,
    Truncated,
    UnknownSuite,
)
from desktop.exchange.sender_refusals import ForgedSignature, HeaderDiffers
from desktop.exchange.strict import FORMAT as FORMAT
from desktop.exchange.strict import canonical, read, title

MAGIC = b"ONELGR\x00\x01"
#: Ed25519, X25519 with XSalsa20-Poly1305, Argon2id. 2 is reserved for 国密.
SUITE = 1
LARGEST_HEADER = 16 * 1024
LARGEST_BODY = 256 * 1024 * 1024

_FRONT = struct.Struct(">8sBIQ")
#: So many bytes at the beginning of a file tell whether it can be a package, and its header.
FRONT = _FRONT.size + LARGEST_HEADER
_SIGNATURE, _LENGTH = 64, struct.Struct(">H")


class Receiver(Protocol):
    """Who opens a package: the owner of a sealing key (hex), or who is told the passphrase."""

    @property
    def seal_key(self) -> str:
        """The receiver's sealing key in hexadecimal digits, "" under a passphrase."""

    @property
    def passphrase(self) -> str:
        """The passphrase of a first task package, else ""."""


class Opened(msgspec.Struct, frozen=True):
    """An opened body, of which nothing is believed yet: see :meth:`signed_by`."""

    header: Header
    certificate: Certificate
    payload: bytes
    signature: bytes
    message: bytes

    def signed(self) -> bool:
        """Whether the replica that the certificate names signed all this."""
        return keys.verified(self.certificate.key, self.message, self.signature)

    def signed_by(self, unit_sign_key: str) -> None:
        """Check that the unit with this signing key certified the replica that signed.

        Raises :class:`ForgedSignature`, and :class:`HeaderDiffers` when the header names another
        sender than the certificate.
        """
        certificate, header = self.certificate, self.header
        if not keys.certified(certificate, unit_sign_key) or not self.signed():
            raise ForgedSignature(header.sender_name)
        if (certificate.unit, certificate.epoch, certificate.replica) != (
            header.sender,
            header.epoch,
            header.replica,
        ):
            raise HeaderDiffers("写出单位")


def digest(raw: bytes) -> str:
    """What a package is called by: the SHA-256 of the whole file, 64 hexadecimal digits."""
    return sha256(raw).hexdigest()


def pack(
    header: Header,
    certificate: Certificate,
    content: bytes,
    signer: ReplicaKey,
    to: Receiver,
    limits: Limits = INTERACTIVE,
) -> bytes:
    """The bytes of a package; what the header says of the seal is filled in here.

    Raises :class:`TooLarge`.
    """
    salt = keys.new_salt() if to.passphrase else b""
    header = msgspec.structs.replace(
        header,
        sender_name=title(header.sender_name),
        receiver_name=title(header.receiver_name),
        receiver_key="" if to.passphrase else to.seal_key,
        passphrase=bool(to.passphrase),
        salt=salt.hex(),
        ops=limits.ops if to.passphrase else 0,
        mem=limits.mem if to.passphrase else 0,
    )
    front, word = canonical(header), canonical(certificate)
    signature = signer.sign(_message(front, header, word, content))
    body = b"".join((signature, _LENGTH.pack(len(word)), word, content))
    if to.passphrase:
        sealed = keys.seal_with_passphrase(body, to.passphrase, salt, limits)
    else:
        sealed = keys.seal(body, to.seal_key)
    _allowed(len(front), len(sealed))
    return b"".join((_FRONT.pack(MAGIC, SUITE, len(front), len(sealed)), front, sealed))


def read_header(raw: bytes) -> Header:
    """The clear header of a whole package.

    Raises :class:`NotAPackage`, :class:`UnknownSuite`, :class:`TooLarge`, :class:`Truncated`,
    :class:`Malformed`, :class:`NewerPackage`.
    """
    start, body = _lengths(raw)
    if len(raw) != start + body:
        raise Truncated
    return _header(bytes(raw[_FRONT.size : start]))


def peek_header(beginning: bytes, size: int) -> Header:
    """The header from the first :data:`FRONT` bytes of a file that has ``size`` bytes in all.

    Raises what :func:`read_header` raises.
    """
    start, body = _lengths(beginning)
    if size != start + body or len(beginning) < start:
        raise Truncated
    return _header(bytes(beginning[_FRONT.size : start]))


def open_body(raw: bytes, header: Header, secret: UnitKeys | str) -> Opened:
    """Unseal the body with the unit's keys, or with the passphrase that was told.

    ``header`` is what :func:`read_header` read from ``raw``. Raises :class:`NotForUs`,
    :class:`Unreadable`, :class:`WrongPassphrase`, :class:`Malformed`.
    """
    start, _ = _lengths(raw)
    sealed = raw[start:]
    if isinstance(secret, str):
        if not header.passphrase:
            raise NotForUs(header.receiver_name)
        limits = Limits(header.ops, header.mem)
        body = keys.open_with_passphrase(sealed, secret, bytes.fromhex(header.salt), limits)
    else:
        if header.passphrase or header.receiver_key != secret.public.seal:
            raise NotForUs(header.receiver_name)
        body = secret.open_sealed(sealed)
    first = _SIGNATURE + _LENGTH.size
    if len(body) < first:
        raise Malformed
    after = first + _LENGTH.unpack_from(body, _SIGNATURE)[0]
    if after > len(body):
        raise Malformed
    word, content = body[first:after], body[after:]
    certificate = read(word, Certificate, "证书")
    if canonical(certificate) != word:
        raise Malformed("证书")
    message = _message(raw[_FRONT.size : start], header, word, content)
    return Opened(header, certificate, content, body[:_SIGNATURE], message)


def _lengths(raw: bytes) -> tuple[int, int]:
    """Where the body starts and how long it is, by the file's own word, within the limits."""
    if len(raw) < _FRONT.size:
        if MAGIC.startswith(raw[: len(MAGIC)]) and raw:
            raise Truncated
        raise NotAPackage
    magic, suite, header, body = _FRONT.unpack_from(raw)
    if magic != MAGIC:
        raise NotAPackage
    if suite != SUITE:
        raise UnknownSuite(suite)
    _allowed(header, body)
    return _FRONT.size + header, body


def _allowed(header: int, body: int) -> None:
    if header > LARGEST_HEADER:
        raise TooLarge("头部", f"{LARGEST_HEADER // 1024} KB")
    if body > LARGEST_BODY:
        raise TooLarge("内容", f"{LARGEST_BODY // 1024 // 1024} MB")


def _header(text: bytes) -> Header:
    """The header that ``text`` says in its one way of saying it."""
    header = read(text, Header, "头部")
    if header.format > FORMAT:
        raise NewerPackage
    if header.format != FORMAT or canonical(header) != text:
        raise Malformed("头部")
    if header.passphrase:
        limits = Limits(header.ops, header.mem)
        fits = limits.allowed and len(header.salt) == 32 and header.kind == "task"
    else:
        fits = not (header.salt or header.ops or header.mem)
    if (
        not fits
        or header.passphrase == bool(header.receiver_key)
        or (header.box and header.kind != "share")
    ):
        raise Malformed("头部")
    return header


def _message(header: bytes, said: Header, certificate: bytes, content: bytes) -> bytes:
    """What the replica signs: everything, bound to the receiver's key (zeros: a passphrase)."""
    return b"".join(
        (
            b"oneledger package 1\n",
            sha256(header).digest(),
            bytes.fromhex(said.receiver_key) or bytes(32),
            sha256(certificate).digest(),
            sha256(content).digest(),
        )
    )
