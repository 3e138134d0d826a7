"""The container: one good package of every kind opens, and no other bytes in the world do."""

from __future__ import annotations

import random
import struct
import tracemalloc
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256

import msgspec
import pytest

from desktop.errors import OneLedgerError
from desktop.exchange import container, keys
from desktop.exchange.container import FRONT, MAGIC, open_body, peek_header, read_header
from desktop.exchange.key_refusals import MistypedPassphrase, WrongPassphrase
from desktop.exchange.keys import Limits, UnitKeys
from desktop.exchange.payload import Header, Kind, Payload, canonical, decode, encode
from desktop.exchange.refusals import (
    Malformed,
    NewerPackage,
    NotAPackage,
    NotForUs,
    TooLarge,
    Truncated,
    UnknownSuite,
    Unreadable,
)
from desktop.exchange.sender_refusals import ForgedSignature, HeaderDiffers
from tests.exchange.parcels import (
    CHEAP,
    DISTRICT,
    DISTRICT_KEYS,
    PASSPHRASE,
    PHOTO,
    TOWNSHIP_KEYS,
    TOWNSHIP_PC,
    Parcel,
    To,
    front,
    header,
    joined,
    message,
    opened,
    parcel,
    sender,
    split,
)

KINDS: list[tuple[Kind, str]] = [("task", PASSPHRASE), ("task", ""), ("report", ""), ("share", "")]
every_kind = pytest.mark.parametrize(("kind", "passphrase"), KINDS)


@lru_cache
def whole(kind: Kind, passphrase: str = "") -> Parcel:
    """One package of each kind, made once: each sealing is by chance."""
    return parcel(kind, passphrase)


def accept(one: Parcel, raw: bytes) -> Payload:
    """What a receiver gets of ``raw``, every check of this layer passed."""
    found = opened(one, raw)
    found.signed_by(one.sign_key)
    return decode(found.payload)[0]


def refusals_of(
    one: Parcel, mutants: list[bytes], check: Callable[[Parcel, bytes], object] = accept
) -> tuple[list[bytes], Counter[str]]:
    """Which of ``mutants`` were accepted, and by what names the others were refused."""
    accepted, names = [], Counter[str]()
    for raw in mutants:
        try:
            check(one, raw)
        except OneLedgerError as refusal:
            assert refusal.sentence and refusal.advice
            names[refusal.name] += 1
        else:
            accepted.append(raw)
    return accepted, names


def flips(raw: bytes, *masks: int) -> list[bytes]:
    """``raw`` with every byte flipped by every mask."""
    return [
        raw[:at] + bytes([raw[at] ^ mask]) + raw[at + 1 :]
        for at in range(len(raw))
        for mask in masks
    ]


@every_kind
def test_a_package_arrives_as_it_was_sent(kind: Kind, passphrase: str) -> None:
    one = whole(kind, passphrase)
    found = opened(one)
    found.signed_by(one.sign_key)
    assert found.signed()
    assert found.certificate == sender(kind)[2]
    said, content = decode(found.payload)
    assert said == message(kind)
    assert content(said.attachments[0]) == PHOTO
    head = read_header(one.raw)
    assert head == found.header
    expected = header(kind)
    assert (expected.salt, expected.ops, expected.mem) == ("", 0, 0)
    assert (head.kind, head.number, head.sender, head.receiver, head.box) == (
        kind,
        12,
        expected.sender,
        expected.receiver,
        expected.box,
    )
    assert head.passphrase == bool(passphrase)
    assert (head.ops, head.mem) == ((1, 8192) if passphrase else (0, 0))
    assert len(head.salt) == (32 if passphrase else 0)
    assert head.receiver_key == (
        "" if passphrase else (DISTRICT_KEYS if kind == "report" else TOWNSHIP_KEYS).public.seal
    )


def test_the_layout_is_fixed_for_good() -> None:
    """Packages lie on sticks for years: a program reads what an older one wrote."""
    raw = whole("report").raw
    head, body = split(raw)
    assert raw[:8] == b"ONELGR\x00\x01"
    assert raw[8] == 1
    assert int.from_bytes(raw[9:13]) == len(head)
    assert int.from_bytes(raw[13:21]) == len(body)
    assert head.startswith(b'{"format":1,"kind":"report"')
    inner = DISTRICT_KEYS.open_sealed(body)
    word = canonical(sender("report")[2])
    assert inner[64:66] == struct.pack(">H", len(word))
    assert inner[66 : 66 + len(word)] == word
    assert inner[66 + len(word) :] == encode(message("report"), [PHOTO])
    assert container.digest(b"") == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


@every_kind
def test_what_is_signed_is_fixed_for_good(kind: Kind, passphrase: str) -> None:
    one = whole(kind, passphrase)
    text, _ = split(one.raw)
    found, content = opened(one), encode(message(kind), [PHOTO])
    receiver = bytes(32) if passphrase else bytes.fromhex(found.header.receiver_key)
    said = b"oneledger package 1\n" + b"".join(
        (
            sha256(text).digest(),
            receiver,
            sha256(canonical(found.certificate)).digest(),
            sha256(content).digest(),
        )
    )
    assert keys.verified(found.certificate.key, said, found.signature)


@every_kind
def test_nothing_of_the_content_is_legible(kind: Kind, passphrase: str) -> None:
    raw = whole(kind, passphrase).raw
    for text in ("王敏", "赵河大桥", "completed_week", "1000000", "现场.jpg", "2023-W09"):
        assert text.encode() not in raw
    assert b"photo" not in raw
    assert parcel(kind, passphrase).raw != parcel(kind, passphrase).raw


@every_kind
def test_every_flip_of_every_byte_is_refused(kind: Kind, passphrase: str) -> None:
    one = whole(kind, passphrase)
    accepted, names = refusals_of(one, flips(one.raw, 1, 0x80, 0xFF))
    assert accepted == []
    sealed = "WrongPassphrase" if passphrase else "Unreadable"
    assert names[sealed] >= 3 * len(split(one.raw)[1])
    assert {"NotAPackage", "UnknownSuite", "TooLarge", "Truncated", "Malformed"} <= set(names)
    assert names["ForgedSignature"] > 0


@every_kind
def test_control_without_the_signature_flips_do_pass(kind: Kind, passphrase: str) -> None:
    """The sweep reaches the last check: with it left out, a changed header is accepted."""
    one = whole(kind, passphrase)
    accepted, _ = refusals_of(one, flips(one.raw, 1), opened)
    assert len(accepted) > 10


@every_kind
def test_every_truncation_and_every_addition_is_refused(kind: Kind, passphrase: str) -> None:
    one = whole(kind, passphrase)
    accepted, names = refusals_of(one, [one.raw[:at] for at in range(len(one.raw))])
    assert accepted == []
    assert names == {"NotAPackage": 1, "Truncated": len(one.raw) - 1}
    for more in (b"\0", b"x" * 1000, one.raw):
        with pytest.raises(Truncated):
            accept(one, one.raw + more)


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """``raw`` after a few random accidents: flipped, cut out, doubled, zeroed, exchanged."""
    work = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        at, until = sorted(chance.sample(range(len(work) + 1), 2))
        match chance.randrange(5):
            case 0:
                work[at] ^= 1 << chance.randrange(8)
            case 1:
                del work[at : min(until, at + 16)]
            case 2:
                work[at:at] = work[at:until]
            case 3:
                work[at:until] = bytes(until - at)
            case 4:
                work[at:until] = chance.randbytes(until - at)
    return bytes(work)


@every_kind
def test_random_accidents_are_refused(kind: Kind, passphrase: str) -> None:
    one, chance = whole(kind, passphrase), random.Random(5)
    mutants = [mutated(one.raw, chance) for _ in range(300)]
    accepted, _ = refusals_of(one, [raw for raw in mutants if raw != one.raw])
    assert accepted == []


def test_random_headers_around_a_good_body_are_refused() -> None:
    """Lengths made true again, so that the accident in the header itself is judged."""
    one, chance = whole("report"), random.Random(6)
    text, body = split(one.raw)
    mutants = [joined(mutated(text, chance)[:16000], body) for _ in range(300)]
    accepted, names = refusals_of(one, [raw for raw in mutants if raw != one.raw])
    assert accepted == []
    assert names["Malformed"] > 200


@every_kind
def test_parts_of_two_packages_make_no_third(kind: Kind, passphrase: str) -> None:
    """Same sender, receiver and kind: only the signature over everything tells."""
    one, other = whole(kind, passphrase), parcel(kind, passphrase, message(kind, periods=("x",)))
    mine, theirs = split(one.raw), split(other.raw)
    accept(one, other.raw)
    if passphrase:  # Another salt: the body does not even open.
        with pytest.raises(WrongPassphrase):
            accept(one, joined(mine[0], theirs[1]))
        return
    renumbered = mine[0].replace(b'"number":12', b'"number":13')
    with pytest.raises(ForgedSignature):
        accept(one, joined(renumbered, theirs[1]))
    inner = [one.secret.open_sealed(part) for part in (mine[1], theirs[1])]  # type: ignore[union-attr]
    spliced = inner[0][:64] + inner[1][64:]
    key = read_header(one.raw).receiver_key
    with pytest.raises(ForgedSignature):
        accept(one, joined(mine[0], keys.seal(spliced, key)))


def test_a_receiver_cannot_pass_a_package_on_as_sent_to_another() -> None:
    """Who opened it may seal it anew; the signature names the first receiver's key."""
    one = whole("share")
    text, body = split(one.raw)
    other = UnitKeys(b"X" * 32)
    inner = TOWNSHIP_KEYS.open_sealed(body)
    resealed = keys.seal(inner, other.public.seal)
    to_other = one._replace(secret=other)
    with pytest.raises(NotForUs):
        accept(to_other, joined(text, resealed))
    turned = text.replace(TOWNSHIP_KEYS.public.seal.encode(), other.public.seal.encode())
    with pytest.raises(ForgedSignature):
        accept(to_other, joined(turned, resealed))


def test_another_units_package_does_not_open() -> None:
    one = whole("report")
    with pytest.raises(NotForUs) as caught:
        open_body(one.raw, read_header(one.raw), TOWNSHIP_KEYS)
    assert "源汇区" in caught.value.sentence
    with pytest.raises(NotForUs):
        open_body(one.raw, read_header(one.raw), PASSPHRASE)
    first = whole("task", PASSPHRASE)
    with pytest.raises(NotForUs):
        open_body(first.raw, read_header(first.raw), TOWNSHIP_KEYS)


def test_a_wrong_passphrase_is_told_from_a_mistyped_one() -> None:
    one = whole("task", PASSPHRASE)
    with pytest.raises(WrongPassphrase) as caught:
        accept(one._replace(secret="0000 0000 0000 0000"), one.raw)
    assert type(caught.value) is WrongPassphrase
    with pytest.raises(MistypedPassphrase):
        accept(one._replace(secret="0000"), one.raw)
    assert accept(one._replace(secret="０１２３4567 89012345"), one.raw)


def test_another_units_signature_and_certificate_are_forged() -> None:
    one = whole("report")
    with pytest.raises(ForgedSignature) as caught:
        accept(one._replace(sign_key=DISTRICT_KEYS.public.sign), one.raw)
    assert "空冢郭镇" in caught.value.sentence
    # A PC that certifies itself.
    thief = UnitKeys(b"X" * 32)
    certificate = keys.certify(thief, "e" * 32, 1, "township-pc1", "1号机", TOWNSHIP_PC.public)
    raw = container.pack(
        header("report"), certificate, b"", TOWNSHIP_PC, To(DISTRICT_KEYS.public.seal)
    )
    with pytest.raises(ForgedSignature):
        opened(one, raw).signed_by(one.sign_key)
    # A certified PC whose certificate another PC uses.
    raw = container.pack(
        header("report"), sender("report")[2], b"", sender("task")[1], To(DISTRICT_KEYS.public.seal)
    )
    assert not opened(one, raw).signed()
    with pytest.raises(ForgedSignature):
        opened(one, raw).signed_by(one.sign_key)


@pytest.mark.parametrize(
    "change", [{"sender": DISTRICT}, {"epoch": 2}, {"replica": "township-pc2"}]
)
def test_a_header_cannot_name_another_sender_than_the_certificate(
    change: dict[str, object],
) -> None:
    one = whole("report")
    raw = container.pack(
        header("report", **change),
        sender("report")[2],
        b"",
        TOWNSHIP_PC,
        To(DISTRICT_KEYS.public.seal),
    )
    found = opened(one, raw)
    assert found.signed()
    with pytest.raises(HeaderDiffers):
        found.signed_by(one.sign_key)


def test_names_that_cannot_be_shown_are_made_fit_when_packing() -> None:
    unit_keys, signer, certificate = sender("report")
    head = msgspec.structs.replace(header("report"), sender_name="空\u202e冢郭镇" * 99)
    raw = container.pack(head, certificate, b"", signer, To(unit_keys.public.seal))
    assert read_header(raw).sender_name == ("空冢郭镇" * 99)[:200]


# The order of checks: the first thing wrong is named, whatever else is wrong behind it.


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04" + bytes(99), b"x", b"SQLite format 3\0" * 9])
def test_something_else_is_no_package(raw: bytes) -> None:
    with pytest.raises(NotAPackage):
        read_header(raw)
    with pytest.raises(NotAPackage):
        peek_header(raw, 10**12)


def test_the_magic_comes_before_the_suite() -> None:
    text, body = split(whole("report").raw)
    with pytest.raises(NotAPackage):
        read_header(joined(text, body, magic=b"ONELGR\x00\x02", suite=9))


@pytest.mark.parametrize(("suite", "word"), [(0, "0"), (2, "国密"), (3, "3"), (255, "255")])
def test_the_suite_comes_before_the_lengths(suite: int, word: str) -> None:
    claims = struct.pack(">8sBIQ", MAGIC, suite, 2**32 - 1, 2**64 - 1)
    with pytest.raises(UnknownSuite) as caught:
        read_header(claims)
    assert word in caught.value.sentence


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (16 * 1024 + 1, 100),
        (2**32 - 1, 100),
        (100, 256 * 1024 * 1024 + 1),
        (100, 10 * 2**30),
        (100, 2**64 - 1),
    ],
)
def test_the_caps_come_before_the_length_and_nothing_is_taken_for_them(
    head: int, body: int
) -> None:
    raw = front(head, body) + b"{}"
    tracemalloc.start()
    try:
        for read in (read_header, lambda raw: peek_header(raw, 21 + head + body)):
            with pytest.raises(TooLarge):
                read(raw)
        with pytest.raises(TooLarge):
            open_body(raw, header("report"), DISTRICT_KEYS)
        assert tracemalloc.get_traced_memory()[1] < 256 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("head", "body"), [(16 * 1024, 100), (100, 256 * 1024 * 1024), (0, 0)])
def test_the_length_comes_before_the_header(head: int, body: int) -> None:
    with pytest.raises(Truncated):
        read_header(front(head, body) + b"!")


def test_the_largest_header_is_read() -> None:
    text = b" " * (16 * 1024)
    with pytest.raises(Malformed):
        read_header(joined(text, b"x"))
    with pytest.raises(TooLarge):
        read_header(joined(text + b" ", b"x"))


def test_a_beginning_is_enough_for_the_header() -> None:
    assert FRONT == 21 + container.LARGEST_HEADER
    raw = whole("share").raw
    assert peek_header((raw * 20)[:FRONT], len(raw)) == read_header(raw)
    text, _ = split(raw)
    assert peek_header(raw[: 21 + len(text)], len(raw)) == read_header(raw)
    for beginning, size in (
        (raw, len(raw) + 1),
        (raw, len(raw) - 1),
        (raw[: 20 + len(text)], len(raw)),
        (raw[:20], len(raw)),
    ):
        with pytest.raises(Truncated):
            peek_header(beginning, size)


def reheaded(raw: bytes, text: bytes) -> bytes:
    return joined(text, split(raw)[1])


def test_a_header_is_said_in_one_way_only() -> None:
    """Two texts for one header would be two digests for one package."""
    raw = whole("report").raw
    text, _ = split(raw)
    assert read_header(reheaded(raw, text))
    for other in (
        text + b" ",
        b" " + text,
        text.replace(b'"number":12', b'"number": 12'),
        text.replace(b'"number":12', b'"number":9,"number":12'),
        text.replace(b'"kind":"report"', b'"kind":"rep\\u006frt"'),
        text.replace(b'"mem":0,', b""),
        text[:-1] + b',"more":1}',
        text.replace(b'{"format":1,', b"{").replace(b"}", b',"format":1}'),
    ):
        assert other != text
        with pytest.raises(Malformed):
            read_header(reheaded(raw, other))


@pytest.mark.parametrize(
    "change",
    [
        {"format": 0},
        {"receiver_key": ""},
        {"receiver_key": "a" * 64, "passphrase": True, "salt": "0" * 32, "ops": 1, "mem": 8192},
        {"salt": "0" * 32},
        {"ops": 1},
        {"mem": 1},
        {"box": "Ym94"},
        {"box": "Ym 94", "kind": "share"},
        {"number": 0},
        {"epoch": 0},
    ],
)
def test_a_header_does_not_contradict_itself(change: dict[str, object]) -> None:
    raw = whole("report").raw
    said = msgspec.json.decode(split(raw)[0])
    with pytest.raises(Malformed):
        read_header(reheaded(raw, msgspec.json.encode({**said, **change})))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "report"},
        {"kind": "share"},
        {"salt": ""},
        {"salt": "0" * 30},
        {"salt": "0" * 34},
        {"ops": 0},
        {"ops": 9},
        {"mem": 8191},
        {"mem": 256 * 1024 * 1024 + 1},
        {"passphrase": False},
        {"receiver_key": "a" * 64},
    ],
)
def test_the_header_of_a_passphrase_package_stays_within_limits(change: dict[str, object]) -> None:
    raw = whole("task", PASSPHRASE).raw
    said = msgspec.json.decode(split(raw)[0])
    with pytest.raises(Malformed):
        read_header(reheaded(raw, msgspec.json.encode({**said, **change})))


def test_a_newer_header_is_held() -> None:
    raw = whole("report").raw
    said = msgspec.json.decode(split(raw)[0])
    for newer in ({**said, "format": 2}, {**said, "format": 2, "more": 1}):
        with pytest.raises(NewerPackage):
            read_header(reheaded(raw, msgspec.json.encode(newer)))


def sealed(inner: bytes) -> bytes:
    """A report package with any opened body, sealed as it should be."""
    text, _ = split(whole("report").raw)
    return joined(text, keys.seal(inner, DISTRICT_KEYS.public.seal))


def test_a_body_of_another_shape_is_malformed() -> None:
    word = canonical(sender("report")[2])
    one = whole("report")
    for inner in (
        b"",
        b"x" * 65,
        b"x" * 64 + b"\0\0",
        b"x" * 64 + b"\xff\xff" + word,
        b"x" * 64 + struct.pack(">H", len(word) + 1) + word + b" ",
        b"x" * 64 + struct.pack(">H", len(word) - 1) + word,
        b"x" * 64 + b"\0\x02{}",
    ):
        with pytest.raises(Malformed):
            opened(one, sealed(inner))
    with pytest.raises(ForgedSignature):
        accept(one, sealed(b"x" * 64 + struct.pack(">H", len(word)) + word))
    with pytest.raises(Unreadable):
        opened(one, joined(split(one.raw)[0], b"short"))


def test_what_is_too_large_is_not_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (container.LARGEST_HEADER, container.LARGEST_BODY) == (16 * 1024, 256 * 1024 * 1024)
    body = split(whole("report").raw)[1]
    monkeypatch.setattr(container, "LARGEST_BODY", len(body))
    raw = parcel("report").raw
    assert read_header(raw)
    monkeypatch.setattr(container, "LARGEST_BODY", len(body) - 1)
    with pytest.raises(TooLarge):
        parcel("report")
    with pytest.raises(TooLarge):
        read_header(raw)


def test_without_limits_given_a_passphrase_costs_what_the_design_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spent: list[Limits] = []

    def cheap(secret: str, salt: bytes, limits: Limits) -> object:
        spent.append(limits)
        return stretched(secret, salt, CHEAP)

    stretched = keys._stretched
    monkeypatch.setattr(keys, "_stretched", cheap)
    unit_keys, signer, certificate = sender("task")
    raw = container.pack(header("task"), certificate, b"", signer, To(passphrase=PASSPHRASE))
    assert spent == [keys.INTERACTIVE]
    head: Header = read_header(raw)
    assert (head.ops, head.mem) == (keys.INTERACTIVE.ops, keys.INTERACTIVE.mem)
    assert unit_keys.public.sign
