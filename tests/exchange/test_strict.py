"""Strict records: only what a program writes is read, and everything else is named."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from desktop.exchange import strict
from desktop.exchange.payload import Certificate, Header, Listing, Piece, Receipt
from desktop.exchange.refusals import Malformed, NewerPackage
from tests.exchange.parcels import header

RECEIPT = {"replica": "pc", "number": 1, "digest": "a" * 64}


def text(record: dict[str, Any]) -> bytes:
    return msgspec.json.encode(record)


def test_a_record_is_said_in_one_way_and_read_back() -> None:
    receipt = Receipt("pc", 1, "a" * 64)
    assert strict.canonical(receipt) == text(RECEIPT)
    assert strict.read(strict.canonical(receipt), Receipt, "回执") == receipt


@pytest.mark.parametrize(
    "change",
    [
        {"more": 1},
        {"replica": ""},
        {"replica": "x" * 257},
        {"replica": 1},
        {"replica": None},
        {"number": 0},
        {"number": -1},
        {"number": 2**63},
        {"number": 2**64},
        {"number": 1.0},
        {"number": True},
        {"number": "1"},
        {"digest": "a" * 63},
        {"digest": "a" * 65},
        {"digest": "A" * 64},
        {"digest": "a" * 64 + "\n"},
        {"digest": "g" * 64},
    ],
)
def test_what_no_program_writes_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(Malformed) as caught:
        strict.read(text({**RECEIPT, **change}), Receipt, "回执")
    assert "回执" in caught.value.sentence


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"{",
        b"{}",
        b"\xff" * 40,
        b'{"replica":"\xed\xa0\x80"}',
        b'{"replica":"\\ud800"}',
        b'{"replica":"a\x00b"}',
        b'{"number":1e400}',
        b'{"replica":' + b"[" * 200_000,
        b'{"x":' + b"[" * 200_000,
        b"[" * 200_000,
    ],
)
@pytest.mark.parametrize("record", [Receipt, Header])
def test_broken_and_bottomless_text_is_refused(raw: bytes, record: type[strict.Strict]) -> None:
    with pytest.raises(Malformed):
        strict.read(raw, record, "内容")


def test_a_newer_format_is_told_from_a_broken_one() -> None:
    said = msgspec.to_builtins(header("report", receiver_key="0" * 64))
    with pytest.raises(NewerPackage) as caught:
        strict.read(text({**said, "format": 2, "more": {"of": [1]}}), Header, "头部")
    assert caught.value.kind == "held"
    for broken in ({**said, "more": 1}, {**said, "format": "2"}):
        with pytest.raises(Malformed):
            strict.read(text(broken), Header, "头部")
    with pytest.raises(Malformed):  # Bottomless behind a newer format.
        strict.read(b'{"format":2,"more":' + b"[" * 200_000, Header, "头部")


@pytest.mark.parametrize("sign", ["\x00", "\n", "\x7f", "\x85", "\u200f", "\u202e", "\u2067"])
def test_names_cannot_change_what_the_clerk_sees(sign: str) -> None:
    said = msgspec.to_builtins(header("report", receiver_key="0" * 64))
    with pytest.raises(Malformed):
        strict.read(text({**said, "sender_name": f"源汇{sign}区"}), Header, "头部")
    assert strict.title(f"源汇{sign}区") == "源汇区"


def test_names_of_people_and_places_stay_as_they_are() -> None:
    for name in ("源汇区", "𠮷野·阿依古丽（镇）", "No. 1-a"):
        assert strict.title(name) == name
        said = msgspec.to_builtins(header("report", receiver_key="0" * 64, sender_name=name))
        assert strict.read(text(said), Header, "头部").sender_name == name
    assert strict.title("长" * 300) == "长" * 200


def test_sizes_of_attachments_have_the_ledgers_limit() -> None:
    said = {"digest": "a" * 64, "media": "image/jpeg", "name": "x", "size": 20 * 1024 * 1024}
    assert strict.read(text(said), Piece, "附件").size == 20 * 1024 * 1024
    for size in (0, 20 * 1024 * 1024 + 1, 10 * 2**30, 2**62):
        with pytest.raises(Malformed):
            strict.read(text({**said, "size": size}), Piece, "附件")


def test_records_inside_records_are_as_strict() -> None:
    listed = {"unit": "u", "epoch": 1, "sign_key": "a" * 64, "seal_key": "b" * 64}
    whole = {"units": [{**listed, "state": "active"}], "replicas": ["pc"]}
    assert strict.read(text(whole), Listing, "名单").units[0].state == "active"
    for inner in ({**listed, "state": "trusted"}, {**listed, "state": "active", "more": 1}):
        with pytest.raises(Malformed):
            strict.read(text({**whole, "units": [inner]}), Listing, "名单")


def test_a_signature_is_64_bytes() -> None:
    said = {"unit": "u", "epoch": 1, "replica": "pc", "label": "1号机", "key": "a" * 64}
    assert strict.read(text({**said, "signature": "b" * 128}), Certificate, "证书")
    for signature in ("", "b" * 126, "b" * 130):
        with pytest.raises(Malformed):
            strict.read(text({**said, "signature": signature}), Certificate, "证书")
