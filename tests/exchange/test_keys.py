"""Keys: what was signed or sealed holds for its owner only, and nothing else passes for it."""

from __future__ import annotations

from base64 import b64decode, b64encode

import msgspec
import pytest

from desktop.exchange import keys
from desktop.exchange.key_refusals import (
    BoxSpoilt,
    MistypedCode,
    MistypedPassphrase,
    WrongCode,
    WrongPassphrase,
)
from desktop.exchange.keys import Limits, Public, ReplicaKey, UnitKeys
from desktop.exchange.payload import Certificate, Enrolment, Listed
from desktop.exchange.refusals import Malformed, Unreadable
from tests.exchange.parcels import CHEAP, PASSPHRASE

ONE, OTHER = UnitKeys(b"1" * 32), UnitKeys(b"2" * 32)
PC = ReplicaKey(b"3" * 32)
SALT = bytes(range(16))


def altered(text: str) -> str:
    """``text`` with its first hexadecimal digit changed."""
    return ("0" if text[0] != "0" else "1") + text[1:]


def test_a_units_keys_follow_from_its_seed_for_good() -> None:
    """Every PC of a unit makes the same keys of the seed, in every version of the program."""
    assert ONE.public == UnitKeys(b"1" * 32).public
    assert ONE.public == Public(
        "6ffa64603079b07fb4e7bfb22be68f95a902a0dd8265e38397e263478ed24597",
        "dff980786826bef856f9f7900a20480b6143ecbfbce66bbcda7457b385374e23",
    )
    assert keys.comparison_code(ONE.public, OTHER.public) == "X1ED-R08G-ZXWJ"


def test_signing_and_sealing_keys_tell_nothing_of_each_other() -> None:
    assert len({ONE.public.sign, ONE.public.seal, OTHER.public.sign, OTHER.public.seal}) == 4
    assert PC.public not in ONE.public.sign


def test_seeds_and_tokens_are_by_chance() -> None:
    assert len({keys.new_seed() for _ in range(20)}) == 20
    assert {len(keys.new_seed()), len(bytes.fromhex(keys.new_token())), len(keys.new_salt())} == {
        32,
        16,
    }


def test_secrets_are_not_shown() -> None:
    assert "1111" not in f"{ONE!r}{ONE}" and "3333" not in f"{PC!r}{PC}"


@pytest.mark.parametrize("who", [ONE, PC])
def test_a_signature_holds_for_its_message_and_key(who: UnitKeys | ReplicaKey) -> None:
    public = who.public if isinstance(who.public, str) else who.public.sign
    signature = who.sign(b"message")
    assert len(signature) == 64
    assert keys.verified(public, b"message", signature)
    assert not keys.verified(public, b"massage", signature)
    assert not keys.verified(OTHER.public.sign, b"message", signature)
    for at in range(64):
        spoilt = bytearray(signature)
        spoilt[at] ^= 1
        assert not keys.verified(public, b"message", bytes(spoilt))


@pytest.mark.parametrize("public", ["", "zz", "00" * 31, "00" * 32, "00" * 33, "ff" * 32, "码"])
@pytest.mark.parametrize("signature", [b"", b"x" * 63, b"\x00" * 64, b"\xff" * 64, b"x" * 65])
def test_nonsense_is_simply_not_verified(public: str, signature: bytes) -> None:
    assert not keys.verified(public, b"message", signature)


def test_a_key_of_small_order_signs_nothing() -> None:
    """The neutral point would verify any message by a signature that anybody can make."""
    neutral = "01" + "00" * 31
    assert not keys.verified(neutral, b"message", bytes.fromhex(neutral) + bytes(32))
    assert not keys.usable(Public(neutral, ONE.public.seal))


@pytest.mark.parametrize("seal", ["00" * 32, "01" + "00" * 31, "", "zz", "00"])
def test_a_sealing_key_that_hides_nothing_is_refused(seal: str) -> None:
    assert not keys.usable(Public(ONE.public.sign, seal))
    with pytest.raises(Malformed):
        keys.seal(b"secret", seal)


def test_real_keys_are_usable() -> None:
    assert keys.usable(ONE.public)


def test_a_certificate_holds_for_every_one_of_its_words() -> None:
    given = keys.certify(ONE, "unit", 1, "pc", "1号机", PC.public)
    assert keys.certified(given, ONE.public.sign)
    assert not keys.certified(given, OTHER.public.sign)
    for change in (
        {"unit": "unit2"},
        {"epoch": 2},
        {"replica": "pc2"},
        {"label": "2号机"},
        {"key": altered(given.key)},
        {"signature": altered(given.signature)},
        {"unit": "un", "replica": "itpc"},
    ):
        assert not keys.certified(msgspec.structs.replace(given, **change), ONE.public.sign)
    assert isinstance(given, Certificate)


def test_one_kind_of_statement_never_stands_for_another() -> None:
    parts = ("unit", 1, "key")
    assert keys.statement("certificate", *parts) != keys.statement("rotation", *parts)
    assert keys.statement("a", "bc", "d") != keys.statement("a", "b", "cd")
    assert keys.statement("a", b"b") == b'["oneledger a 1","Yg=="]'
    assert not keys.statement("package").startswith(b"oneledger package")


def test_what_is_sealed_opens_for_its_receiver_only() -> None:
    body = keys.seal("工程进度".encode(), ONE.public.seal)
    assert "工程进度".encode() not in body
    assert ONE.open_sealed(body).decode() == "工程进度"
    assert keys.seal(b"", ONE.public.seal) != keys.seal(b"", ONE.public.seal)
    with pytest.raises(Unreadable):
        OTHER.open_sealed(body)
    for at in range(len(body)):
        spoilt = bytearray(body)
        spoilt[at] ^= 0x40
        with pytest.raises(Unreadable):
            ONE.open_sealed(bytes(spoilt))
        with pytest.raises(Unreadable):
            ONE.open_sealed(body[:at])


def test_what_is_sealed_with_a_passphrase_opens_with_it_only() -> None:
    body = keys.seal_with_passphrase(b"secret", PASSPHRASE, SALT, CHEAP)
    typed = "０１２３ 4567 8901 2345"
    assert keys.open_with_passphrase(body, typed, SALT, CHEAP) == b"secret"
    for other in ("0123-4567-8901-2346", "1123-4567-8901-2345"):
        with pytest.raises(WrongPassphrase) as caught:
            keys.open_with_passphrase(body, other, SALT, CHEAP)
        assert type(caught.value) is WrongPassphrase
    with pytest.raises(MistypedPassphrase):
        keys.open_with_passphrase(body, "0123-4567-8901-234", SALT, CHEAP)
    for salt, limits in ((SALT[::-1], CHEAP), (SALT, Limits(2, 8192)), (SALT, Limits(1, 16384))):
        with pytest.raises(WrongPassphrase):
            keys.open_with_passphrase(body, PASSPHRASE, salt, limits)
    for at in range(len(body)):
        with pytest.raises(WrongPassphrase):
            keys.open_with_passphrase(body[:at], PASSPHRASE, SALT, CHEAP)


@pytest.mark.parametrize(
    ("ops", "mem", "allowed"),
    [
        (1, 8192, True),
        (8, 256 * 1024 * 1024, True),
        (9, 8192, False),
        (0, 8192, False),
        (1, 256 * 1024 * 1024 + 1, False),
        (1, 8191, False),
        (2**40, 2**40, False),
    ],
)
def test_the_trouble_that_a_header_may_ask_for_has_limits(
    ops: int, mem: int, allowed: bool
) -> None:
    limits = Limits(ops, mem)
    assert limits.allowed == allowed
    if not allowed:
        with pytest.raises(Malformed):
            keys.open_with_passphrase(b"x" * 99, PASSPHRASE, SALT, limits)


def test_a_salt_of_another_length_is_refused() -> None:
    with pytest.raises(Malformed):
        keys.open_with_passphrase(b"x" * 99, PASSPHRASE, b"short", CHEAP)


def test_our_own_limits_are_what_the_design_says() -> None:
    assert keys.INTERACTIVE.allowed
    assert keys.INTERACTIVE.mem == 64 * 1024 * 1024


def test_a_seed_comes_back_by_its_recovery_code() -> None:
    code, other = keys.new_recovery_code(), keys.new_recovery_code()
    kept = keys.box(ONE.seed, code, CHEAP)
    assert keys.unbox(kept, code.lower().replace("-", " ")) == ONE.seed
    assert keys.box(ONE.seed, code, CHEAP) != kept
    with pytest.raises(WrongCode):
        keys.unbox(kept, other)
    with pytest.raises(MistypedCode):
        keys.unbox(kept, code[:-1])
    with pytest.raises(MistypedCode):
        keys.box(ONE.seed, code[:-1], CHEAP)


def test_a_spoilt_box_is_told_and_never_gives_another_seed() -> None:
    code = keys.new_recovery_code()
    raw = b64decode(keys.box(ONE.seed, code, CHEAP))
    named: set[type[Exception]] = set()
    for at in range(len(raw)):
        mutants = [raw[:at]]
        if at not in range(1, 6):  # Flipped limits may be costly ones: below.
            mutants.append(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        for mutant in mutants:
            with pytest.raises((WrongCode, BoxSpoilt)) as caught:
                keys.unbox(b64encode(mutant).decode(), code)
            named.add(caught.type)
    assert named == {WrongCode, BoxSpoilt}
    for text in ("", "*", "AAAA", b64encode(b"\x01" + b"\xff" * 60).decode(), "码"):
        with pytest.raises(BoxSpoilt):
            keys.unbox(text, code)
    with pytest.raises(BoxSpoilt):
        keys.unbox(b64encode(b"\x02" + raw[1:]).decode(), code)


def test_both_sides_read_the_same_comparison_code() -> None:
    code = keys.comparison_code(ONE.public, OTHER.public)
    assert code == keys.comparison_code(OTHER.public, ONE.public)
    assert len(code) == 14 and code.count("-") == 2
    assert keys.same_code(code.lower(), code)


def test_every_key_is_in_the_comparison_code() -> None:
    third = UnitKeys(b"9" * 32).public
    code = keys.comparison_code(ONE.public, OTHER.public)
    for mine, theirs in (
        (ONE.public, third),
        (third, OTHER.public),
        (ONE.public, Public(OTHER.public.sign, third.seal)),
        (ONE.public, Public(third.sign, OTHER.public.seal)),
    ):
        assert keys.comparison_code(mine, theirs) != code


def test_only_who_was_told_the_token_answers_an_invitation() -> None:
    token, other = keys.new_token(), keys.new_token()
    public = ONE.public
    said = keys.proof(token, "unit", 1, public)
    given = Enrolment("unit", 1, public.sign, public.seal, said)
    assert keys.proven(token, given)
    assert not keys.proven(other, given)
    for change in (
        {"unit": "unit2"},
        {"epoch": 2},
        {"sign_key": OTHER.public.sign},
        {"seal_key": OTHER.public.seal},
        {"proof": altered(said)},
        {"proof": ""},
    ):
        assert not keys.proven(token, msgspec.structs.replace(given, **change))


def test_without_a_token_nothing_is_proven() -> None:
    public = ONE.public
    forged = Enrolment("unit", 1, public.sign, public.seal, keys.proof("", "unit", 1, public))
    assert not keys.proven("", forged)


def test_a_rotation_is_signed_by_the_key_before_and_the_new_one() -> None:
    turned = keys.rotation("unit", 2, ONE, OTHER)
    assert (turned.sign_key, turned.seal_key) == (OTHER.public.sign, OTHER.public.seal)
    assert keys.rotation_holds(turned, ONE.public.sign)
    assert not keys.rotation_holds(turned, OTHER.public.sign)
    thief = UnitKeys(b"8" * 32)
    stolen = keys.rotation("unit", 2, thief, OTHER)
    for change in (
        {"unit": "unit2"},
        {"epoch": 3},
        {"sign_key": thief.public.sign},
        {"seal_key": thief.public.seal},
        {"by_old": stolen.by_old},
        {"by_new": stolen.by_new},
    ):
        assert not keys.rotation_holds(msgspec.structs.replace(turned, **change), ONE.public.sign)


def test_a_list_of_keys_is_signed_with_its_number_and_epoch() -> None:
    units = [
        Listed(name, 1, key.public.sign, key.public.seal, "active")
        for name, key in (("b", ONE), ("a", OTHER))
    ]
    given = keys.sign_list(ONE, 3, 1, units, ["pc2", "pc1"])
    assert keys.list_holds(given, ONE.public.sign)
    assert not keys.list_holds(given, OTHER.public.sign)
    found = keys.read_list(given)
    assert [one.unit for one in found.units] == ["a", "b"]
    assert found.replicas == ("pc1", "pc2")
    assert given == keys.sign_list(ONE, 3, 1, reversed(units), ["pc1", "pc2"])
    for change in (
        {"number": 4},
        {"epoch": 2},
        {"body": given.body.replace(b"pc1", b"pc3")},
        {"signature": altered(given.signature)},
    ):
        assert not keys.list_holds(msgspec.structs.replace(given, **change), ONE.public.sign)
    with pytest.raises(Malformed):
        keys.read_list(msgspec.structs.replace(given, body=b"[]"))
