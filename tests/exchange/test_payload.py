"""The payload: what comes out is what went in, and nothing that contradicts itself comes out."""

from __future__ import annotations

import struct
import tracemalloc
import zlib
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import OneLedgerError
from desktop.exchange import payload
from desktop.exchange.payload import Batch, Holdings, Payload, Piece, canonical, decode, encode
from desktop.exchange.refusals import AttachmentSpoilt, Malformed, NewerPackage, TooLarge
from desktop.ledger.entry import AUTHORED
from tests.exchange.parcels import PHOTO, authored, message, sender

EMPTY: dict[str, Any] = {"entries": (), "holdings": Holdings({}, 0, "0" * 64), "attachments": ()}


def piece(content: bytes, name: str = "x") -> Piece:
    return Piece(sha256(content).hexdigest(), "image/png", name, len(content))


def wrapped(text: bytes, rest: bytes = b"") -> bytes:
    packed = zlib.compress(text)
    return struct.pack(">I", len(packed)) + packed + rest


def bent(change: dict[str, Any]) -> bytes:
    """A payload as no struct would allow it, in its bytes."""
    said = msgspec.to_builtins(message(**EMPTY))
    return wrapped(msgspec.json.encode({**said, **change}))


def row(column: str, value: object) -> dict[str, Any]:
    return {column: value}


def test_a_payload_comes_back_with_its_attachments() -> None:
    contents = [PHOTO, b"second", b"third" * 1000]
    said = message(attachments=tuple(map(piece, contents)))
    found, content = decode(encode(said, contents))
    assert found == said
    assert [content(one) for one in found.attachments] == contents


texts = st.text(st.characters(codec="utf-8"), max_size=20)


@given(
    st.lists(st.tuples(texts, texts, texts), max_size=4),
    st.lists(st.binary(min_size=1, max_size=99), max_size=4, unique=True),
)
def test_whatever_was_written_comes_back(
    words: list[tuple[str, str, str]], contents: list[bytes]
) -> None:
    entries = tuple(
        authored(number, operator=operator, note=note, fields=fields)
        for number, (operator, note, fields) in enumerate(words, 1)
    )
    said = message(entries=entries, attachments=tuple(map(piece, contents)))
    found, content = decode(encode(said, contents))
    assert found == said
    assert [content(one) for one in found.attachments] == contents


def test_entries_have_the_authored_columns_in_their_order() -> None:
    kinds = msgspec.inspect.type_info(payload.Authored)
    assert isinstance(kinds, msgspec.inspect.TupleType)
    assert len(kinds.item_types) == len(AUTHORED)
    whole = {
        AUTHORED[at]
        for at, one in enumerate(kinds.item_types)
        if isinstance(one, msgspec.inspect.IntType)
    }
    assert whole == {"number", "scheme"}


@pytest.mark.parametrize("column", AUTHORED)
@pytest.mark.parametrize("value", [None, True, 1.5, [], {}, -1, 2**63, 2**70])
def test_a_column_of_another_type_is_refused(column: str, value: object) -> None:
    with pytest.raises(Malformed):
        decode(bent({"entries": [authored(**row(column, value))]}))


@pytest.mark.parametrize(
    ("column", "longest"),
    [("author", 256), ("time", 256), ("operator", 4096), ("register", 256), ("record", 256),
     ("fields", 8 * 2**20), ("parents", 8 * 2**20), ("batch", 256), ("act", 256),
     ("undoes", 256), ("note", 8 * 2**20), ("origin", 8 * 2**20)],
)  # fmt: skip
def test_every_text_has_an_end(column: str, longest: int) -> None:
    kept, _ = decode(bent({"entries": [authored(**row(column, "x" * longest))]}))
    assert kept.entries[0][AUTHORED.index(column)] == "x" * longest
    with pytest.raises(Malformed):
        decode(bent({"entries": [authored(**row(column, "x" * (longest + 1)))]}))


@pytest.mark.parametrize("column", ["author", "register", "record"])
def test_what_names_something_is_not_empty(column: str) -> None:
    with pytest.raises(Malformed):
        decode(bent({"entries": [authored(**row(column, ""))]}))


@pytest.mark.parametrize(
    "entry", [[], authored()[:-1], (*authored(), ""), "x" * 14, dict.fromkeys("ab")]
)
def test_an_entry_of_another_shape_is_refused(entry: object) -> None:
    with pytest.raises(Malformed):
        decode(bent({"entries": [entry]}))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "gift"},
        {"more": 1},
        {"demonstration": 1},
        {"format": -1},
        {"program": "x" * 201},
        {"wants": ["a"]},
        {"token": "abc"},
        {"batches": [{"author": "a", "signer": "replica", "entries": "", "signature": ""}]},
        {"keys": {"number": 1, "epoch": 1, "body": "e30=", "signature": ""}},
        {"holdings": {"authors": {"": [[1, 1]]}, "count": 1, "digest": "a" * 64}},
    ],
)
def test_what_no_program_writes_is_refused(change: dict[str, Any]) -> None:
    assert decode(bent({}))[0].kind == "report"
    with pytest.raises(Malformed):
        decode(bent(change))


def test_a_newer_program_is_told_and_an_older_format_is_none() -> None:
    for change in ({"format": 2}, {"format": 2, "more": 1}):
        with pytest.raises(NewerPackage):
            decode(bent(change))
    with pytest.raises(Malformed):
        decode(bent({"format": 0}))


@pytest.mark.parametrize("signer", ["replica", "unit:1", "unit:12"])
def test_batches_are_identities_and_a_signature(signer: str) -> None:
    said = message(batches=(Batch("pc", signer, bytes(64), bytes(64)),))
    assert decode(encode(said, [PHOTO]))[0].batches == said.batches
    assert decode(encode(message(batches=(Batch("pc", signer, bytes(32), bytes(64)),)), [PHOTO]))
    for batch in (
        Batch("pc", signer, bytes(33), bytes(64)),
        Batch("pc", signer, b"", bytes(64)),
        Batch("pc", signer, bytes(32), bytes(63)),
        Batch("pc", signer, bytes(32), bytes(65)),
        Batch("pc", signer + "0x", bytes(32), bytes(64)),
        Batch("pc", "unit:0", bytes(32), bytes(64)),
        Batch("pc", "", bytes(32), bytes(64)),
    ):
        with pytest.raises(Malformed):
            decode(encode(message(batches=(batch,)), [PHOTO]))


def test_nothing_stands_twice() -> None:
    certificate = sender("report")[2]
    for change in (
        {"entries": (authored(1), authored(1))},
        {"entries": (authored(1), authored(1, note="another"))},
        {"certificates": (certificate, certificate)},
    ):
        with pytest.raises(Malformed):
            decode(encode(message(**{**EMPTY, **change})))
    with pytest.raises(Malformed):
        decode(encode(message(attachments=(piece(b"x", "a"), piece(b"x", "b"))), [b"x", b"x"]))
    other = message(entries=(authored(1), authored(1, author="pc2")), attachments=())
    assert len(decode(encode(other))[0].entries) == 2


@pytest.mark.parametrize(
    ("ranges", "count"),
    [
        ([], 0),
        ([[2, 1]], 0),
        ([[0, 1]], 2),
        ([[1, 2], [3, 4]], 4),
        ([[1, 3], [3, 4]], 5),
        ([[5, 6], [1, 2]], 4),
        ([[1, 2]], 3),
        ([[1, 2**63 - 1]], 3),
        ([[1, 2**63]], 3),
        ([[1]], 1),
        ([[1, 2, 3]], 2),
    ],
)
def test_unsound_holdings_are_refused(ranges: list[list[int]], count: int) -> None:
    def said(ranges: object, count: int) -> bytes:
        return bent({"holdings": {"authors": {"a": ranges}, "count": count, "digest": "a" * 64}})

    assert decode(said([[1, 2], [4, 4]], 3))
    with pytest.raises(Malformed):
        decode(said(ranges, count))


def test_the_count_is_over_all_authors() -> None:
    both = {"authors": {"a": [[1, 2]], "b": [[1, 1]]}, "digest": "a" * 64}
    assert decode(bent({"holdings": {**both, "count": 3}}))
    with pytest.raises(Malformed):
        decode(bent({"holdings": {**both, "count": 2}}))


def test_a_spoilt_attachment_is_named() -> None:
    contents = [PHOTO, b"second"]
    said = message(attachments=(piece(PHOTO, "现场.jpg"), piece(b"second", "批复.pdf")))
    raw = encode(said, contents)
    start = len(raw) - len(PHOTO) - len(b"second")
    for at in range(start, len(raw)):
        with pytest.raises(AttachmentSpoilt) as caught:
            decode(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        name = "现场.jpg" if at < start + len(PHOTO) else "批复.pdf"
        assert name in caught.value.sentence


def test_sizes_add_up_exactly() -> None:
    raw = encode(message(), [PHOTO])
    with pytest.raises(Malformed):
        decode(raw + b"\0")
    for cut in range(1, len(PHOTO) + 1):
        with pytest.raises(AttachmentSpoilt):
            decode(raw[:-cut])


def test_every_flip_and_every_truncation_ends_in_a_named_refusal() -> None:
    """Below the signature this is the last line: whatever happens, no other exception.

    A handful of bits of a compressed text say nothing; with these flipped, it says the same.
    """
    said = message()
    raw = encode(said, [PHOTO])
    idle = 0
    for at in range(len(raw)):
        with pytest.raises(OneLedgerError):
            decode(raw[:at])
        for mask in (1, 0x80, 0xFF):
            try:
                found, content = decode(raw[:at] + bytes([raw[at] ^ mask]) + raw[at + 1 :])
            except OneLedgerError:
                continue
            assert (found, content(found.attachments[0])) == (said, PHOTO)
            idle += 1
    assert idle < 5


def test_senseless_text_ends_in_a_named_refusal() -> None:
    """Every value of a payload replaced by every senseless one, at any depth."""
    said = msgspec.to_builtins(message(certificates=(sender("report")[2],)))
    senseless: tuple[object, ...] = (None, -1, 2**64, 1e300, "", "\x00", [], [[]], {}, {"a": {}})
    faults = accepted = 0

    def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        inner = value.items() if isinstance(value, dict) else (
            enumerate(value) if isinstance(value, list | tuple) else ()
        )  # fmt: skip
        return [path, *(one for key, item in inner for one in places(item, (*path, key)))]

    def replaced(value: Any, path: tuple[Any, ...], by: object) -> Any:
        if not path:
            return by
        copy = dict(value) if isinstance(value, dict) else dict(enumerate(value))
        copy[path[0]] = replaced(copy[path[0]], path[1:], by)
        return copy if isinstance(value, dict) else list(copy.values())

    for path in places(said):
        for by in senseless:
            try:
                decode(wrapped(msgspec.json.encode(replaced(said, path, by)), PHOTO))
                accepted += 1
            except OneLedgerError:
                faults += 1
    assert faults > 600
    assert accepted < 100  # Where an empty text, an empty list or nothing does make sense.


def test_a_bomb_is_never_inflated(monkeypatch: pytest.MonkeyPatch) -> None:
    assert payload.LARGEST_TEXT == 256 * 1024 * 1024
    monkeypatch.setattr(payload, "LARGEST_TEXT", 1024 * 1024)
    bomb = zlib.compressobj(9)
    packed = b"".join(bomb.compress(b" " * 2**20) for _ in range(100)) + bomb.flush()
    raw = struct.pack(">I", len(packed)) + packed
    tracemalloc.start()
    try:
        with pytest.raises(TooLarge):
            decode(raw)
        assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_the_largest_text_is_read_and_one_byte_more_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = canonical(message(**EMPTY))
    monkeypatch.setattr(payload, "LARGEST_TEXT", len(text))
    assert decode(encode(message(**EMPTY)))
    with pytest.raises(TooLarge):
        decode(wrapped(text + b" "))
    monkeypatch.setattr(payload, "LARGEST_TEXT", len(text) - 1)
    with pytest.raises(TooLarge):
        encode(message(**EMPTY))
    with pytest.raises(TooLarge):
        decode(wrapped(text))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0\0",
        b"\0\0\0\0",
        b"\xff\xff\xff\xff",
        b"\0\0\0\x04abcd",
        wrapped(b""),
        wrapped(b"[" * 1_000_000),
        wrapped(b'{"entries":' + b"[" * 1_000_000),
        wrapped(b"\xff"),
        struct.pack(">I", 20) + zlib.compress(b"x" * 20)[:-4],
    ],
)
def test_what_is_no_payload_is_refused(raw: bytes) -> None:
    with pytest.raises(Malformed):
        decode(raw)


def test_nothing_hides_behind_the_text() -> None:
    packed = zlib.compress(canonical(message(**EMPTY)))
    assert decode(struct.pack(">I", len(packed)) + packed)
    for more in (b"\0", packed):
        with pytest.raises(Malformed):
            decode(struct.pack(">I", len(packed + more)) + packed + more)
    with pytest.raises(Malformed):  # Not whole: its checksum is missing.
        decode(struct.pack(">I", len(packed) - 1) + packed[:-1])


def test_only_the_attachments_own_contents_are_packed() -> None:
    for contents in ([b"other"], [], [PHOTO, PHOTO]):
        with pytest.raises(ValueError):
            encode(message(), contents)
    longer = msgspec.structs.replace(piece(PHOTO), size=len(PHOTO) + 1)
    with pytest.raises(ValueError):
        encode(message(attachments=(longer,)), [PHOTO])


def test_a_payload_is_said_in_one_way() -> None:
    one = Holdings({"b": ((1, 1),), "a": ((1, 1),)}, 2, "a" * 64)
    other = Holdings({"a": ((1, 1),), "b": ((1, 1),)}, 2, "a" * 64)
    assert encode(message(**{**EMPTY, "holdings": one})) == encode(
        message(**{**EMPTY, "holdings": other})
    )
    assert Payload.__struct_config__.frozen and Payload.__struct_config__.forbid_unknown_fields
