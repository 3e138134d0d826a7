"""Small whole packages of every kind, between a district and one of its townships."""

from __future__ import annotations

import struct
from hashlib import sha256
from typing import Any, NamedTuple

import msgspec

from desktop.exchange import container, holdings, keys
from desktop.exchange.container import Opened
from desktop.exchange.keys import Limits, ReplicaKey, UnitKeys
from desktop.exchange.payload import Authored, Certificate, Header, Kind, Payload, Piece, encode
from desktop.ledger.entry import canonical, identity

DISTRICT, TOWNSHIP = "d" * 32, "e" * 32
DISTRICT_KEYS, TOWNSHIP_KEYS = UnitKeys(b"D" * 32), UnitKeys(b"T" * 32)
DISTRICT_PC, TOWNSHIP_PC = ReplicaKey(b"d" * 32), ReplicaKey(b"t" * 32)
#: Argon2id as cheap as it comes, for tests only.
CHEAP = Limits(1, 8192)
PASSPHRASE = "0123-4567-8901-2345"
PHOTO = b"\xff\xd8\xff" + b"photo" * 9


class To(NamedTuple):
    """A receiver: a sealing key or a passphrase."""

    seal_key: str = ""
    passphrase: str = ""


def authored(number: int = 1, **other: Any) -> Authored:
    """The columns of an entry of the township."""
    columns = {
        "author": "township-pc1", "number": number, "time": "2023-03-02T12:00:00+08:00",
        "operator": "王敏", "scheme": 1, "register": "weekly", "record": "0" * 32,
        "fields": '{"completed_week":1000000}', "parents": "", "batch": f"township-pc1-{number}",
        "act": "change", "undoes": "", "note": "", "origin": "",
    }  # fmt: skip
    return tuple({**columns, **other}.values())


def message(kind: Kind = "report", **other: Any) -> Payload:
    """What a small package says, with one photo."""
    entries = (authored(1), authored(2, note="赵河大桥"))
    found = [(one[0], one[1], identity(canonical(one))) for one in entries]
    values: dict[str, Any] = {
        "format": 1,
        "program": "oneledger",
        "kind": kind,
        "unit": DISTRICT if kind == "task" else TOWNSHIP,
        "to": DISTRICT if kind == "report" else TOWNSHIP,
        "periods": ("2023-W09",),
        "demonstration": False,
        "entries": entries,
        "certificates": (),
        "batches": (),
        "holdings": holdings.of(found),
        "bases": (),
        "receipts": (),
        "attachments": (Piece(sha256(PHOTO).hexdigest(), "image/jpeg", "现场.jpg", len(PHOTO)),),
    }
    return Payload(**{**values, **other})


class Parcel(NamedTuple):
    """A package, what opens it, and the signing key of the unit that wrote it."""

    raw: bytes
    secret: UnitKeys | str
    sign_key: str


def sender(kind: Kind) -> tuple[UnitKeys, ReplicaKey, Certificate]:
    """Who writes packages of this kind."""
    unit, unit_keys, replica, key = (
        (DISTRICT, DISTRICT_KEYS, "district-pc1", DISTRICT_PC)
        if kind == "task"
        else (TOWNSHIP, TOWNSHIP_KEYS, "township-pc1", TOWNSHIP_PC)
    )
    return unit_keys, key, keys.certify(unit_keys, unit, 1, replica, "1号机", key.public)


def header(kind: Kind, **other: Any) -> Header:
    """The clear header of a package of this kind."""
    values = {
        "format": 1,
        "kind": kind,
        "number": 12,
        "sender": DISTRICT if kind == "task" else TOWNSHIP,
        "sender_name": "源汇区" if kind == "task" else "空冢郭镇",
        "replica": "district-pc1" if kind == "task" else "township-pc1",
        "epoch": 1,
        "receiver": DISTRICT if kind == "report" else TOWNSHIP,
        "receiver_name": "源汇区" if kind == "report" else "空冢郭镇",
        "receiver_key": "",
        "previous": "ab" * 32,
        "passphrase": False,
        "box": "Ym94" if kind == "share" else "",
    }
    return msgspec.convert({**values, **other}, Header)


def parcel(kind: Kind = "report", passphrase: str = "", said: Payload | None = None) -> Parcel:
    """A whole package of this kind."""
    unit_keys, signer, certificate = sender(kind)
    receiver = DISTRICT_KEYS if kind == "report" else TOWNSHIP_KEYS
    content = encode(said or message(kind), [PHOTO])
    to = To("" if passphrase else receiver.public.seal, passphrase)
    raw = container.pack(header(kind), certificate, content, signer, to, CHEAP)
    return Parcel(raw, passphrase or receiver, unit_keys.public.sign)


def opened(one: Parcel, raw: bytes | None = None) -> Opened:
    """The package's body, nothing believed yet."""
    raw = one.raw if raw is None else raw
    return container.open_body(raw, container.read_header(raw), one.secret)


_FRONT = struct.Struct(">8sBIQ")


def split(raw: bytes) -> tuple[bytes, bytes]:
    """The header text and the sealed body of a package."""
    length = _FRONT.unpack_from(raw)[2]
    return raw[_FRONT.size : _FRONT.size + length], raw[_FRONT.size + length :]


def joined(text: bytes, body: bytes, magic: bytes = container.MAGIC, suite: int = 1) -> bytes:
    """A package's bytes around any header text and any body, lengths true."""
    return _FRONT.pack(magic, suite, len(text), len(body)) + text + body


def front(header: int, body: int) -> bytes:
    """The beginning of a package that claims these lengths."""
    return _FRONT.pack(container.MAGIC, 1, header, body)
