"""Strict records: what a text or a number in a package may be, and the one way of saying it.

Whatever comes from a stick becomes a record through :func:`read` and nowhere else. An unknown
field, a text without end, a number beyond 63 bits, nesting and broken characters all end in a
named refusal.
"""

from __future__ import annotations

import re
from typing import Annotated, TypeVar

import msgspec
from msgspec import Meta

from desktop.exchange.refusals import Malformed, NewerPackage, TooLarge
from desktop.ledger.entry import LONGEST, LONGEST_NAME

#: The format of header and content that this program writes and reads.
FORMAT = 1
MEGABYTE = 1024 * 1024

#: A count or size, and a number that starts with 1.
Count = Annotated[int, Meta(ge=0, le=2**63 - 1)]
Number = Annotated[int, Meta(ge=1, le=2**63 - 1)]
#: The name of a record, a replica, a register, an act: what programs write.
Mark = Annotated[str, Meta(min_length=1, max_length=256)]
Word = Annotated[str, Meta(max_length=256)]
#: What a person wrote in one line, to be shown: without control and direction characters.
_UNSHOWN = "\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069"
_LONGEST_TITLE = 200
Title = Annotated[str, Meta(max_length=_LONGEST_TITLE, pattern=f"^[^{_UNSHOWN}]*\\Z")]
Line = Annotated[str, Meta(max_length=LONGEST_NAME)]
Text = Annotated[str, Meta(max_length=LONGEST)]
#: 32 or 64 bytes in hexadecimal digits, and the same or nothing.
Hex32 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Hex64 = Annotated[str, Meta(pattern=r"^[0-9a-f]{128}\Z")]
OptionalHex32 = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?\Z")]
OptionalHex = Annotated[str, Meta(max_length=1024, pattern=r"^([0-9a-f]{2})*\Z")]


class Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record in which nothing but its fields may stand."""


class _Format(msgspec.Struct):
    format: Count


S = TypeVar("S", bound=msgspec.Struct)
_encode = msgspec.json.Encoder(order="deterministic").encode


def title(text: str) -> str:
    """``text`` as a :data:`Title` may be: what cannot be shown and what is too much is left out."""
    return re.sub(f"[{_UNSHOWN}]", "", text)[:_LONGEST_TITLE]


def canonical(record: Strict) -> bytes:
    """The one JSON text of a record."""
    return _encode(record)


def read(text: bytes, record: type[S], part: str) -> S:
    """The ``record`` that ``text`` says; ``part`` names it to the clerk.

    Raises :class:`Malformed`, and :class:`NewerPackage` when only a newer program would know.
    """
    try:
        return msgspec.json.decode(text, type=record)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        if "format" in record.__struct_fields__ and _newer(text):
            raise NewerPackage from None
        raise Malformed(part) from None
    except MemoryError:
        raise TooLarge(part, "本机内存") from None


def _newer(text: bytes) -> bool:
    try:
        return msgspec.json.decode(text, type=_Format).format > FORMAT
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, MemoryError):
        return False
