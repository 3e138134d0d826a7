"""Keys: who signs, who can open, and the codes that people read to each other.

A unit has one secret seed per epoch; its signing pair (Ed25519) and its sealing pair (X25519)
follow from it. A replica has a signing pair of its own, certified by its unit. Every statement
that is signed begins with what it is, so that no signature stands for another. This is the only
room that knows the library PyNaCl.
"""

from __future__ import annotations

import hmac
import secrets
import struct
from base64 import b64decode, b64encode
from collections.abc import Iterable
from functools import cached_property, partial
from hashlib import blake2b

import msgspec
from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id
from nacl.secret import SecretBox
from nacl.signing import SigningKey, VerifyKey

from desktop.exchange.key_refusals import BoxSpoilt, WrongCode, WrongPassphrase
from desktop.exchange.payload import Certificate, Enrolment, KeyList, Listed, Listing, Rotation
from desktop.exchange.payload import canonical as _canonical
from desktop.exchange.payload import read as _read
from desktop.exchange.refusals import Malformed, Unreadable
from desktop.exchange.spoken import (
    COMPARISON,
    grouped,
    letters,
    passphrase_digits,
    recovery_letters,
)
from desktop.exchange.spoken import new_passphrase as new_passphrase
from desktop.exchange.spoken import new_recovery_code as new_recovery_code
from desktop.exchange.spoken import same_code as same_code

_encode = msgspec.json.Encoder(order="deterministic").encode
_hash = partial(blake2b, digest_size=32)
_BOX = struct.Struct(">BBI16s")


class Limits(msgspec.Struct, frozen=True):
    """What Argon2id spends on a guess: passes, and memory in bytes."""

    ops: int
    mem: int

    @property
    def allowed(self) -> bool:
        """Whether a reader takes the trouble, whoever wrote the figures."""
        return 1 <= self.ops <= 8 and argon2id.MEMLIMIT_MIN <= self.mem <= 256 * 1024 * 1024


#: Two passes over 64 MiB: a tenth of a second.
INTERACTIVE = Limits(argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE)


class Public(msgspec.Struct, frozen=True):
    """The public keys of a unit, in hexadecimal digits."""

    sign: str
    seal: str


class UnitKeys(msgspec.Struct, frozen=True, dict=True):
    """The keys of a unit in one epoch, from its secret seed of 32 bytes."""

    seed: bytes

    def __repr__(self) -> str:
        return "UnitKeys(…)"

    @cached_property
    def _signing(self) -> SigningKey:
        return SigningKey(_hash(key=self.seed, person=b"oneledger sign").digest())

    @cached_property
    def _opening(self) -> PrivateKey:
        return PrivateKey(_hash(key=self.seed, person=b"oneledger seal").digest())

    @property
    def public(self) -> Public:
        """What others may know."""
        return Public(bytes(self._signing.verify_key).hex(), bytes(self._opening.public_key).hex())

    def sign(self, message: bytes) -> bytes:
        """The unit's signature, 64 bytes."""
        return self._signing.sign(message).signature

    def open_sealed(self, body: bytes) -> bytes:
        """What was sealed to this unit; raises :class:`Unreadable`."""
        try:
            return SealedBox(self._opening).decrypt(body)
        except (CryptoError, ValueError, TypeError):
            raise Unreadable from None


class ReplicaKey(msgspec.Struct, frozen=True, dict=True):
    """The signing key of one replica, its seed of 32 bytes."""

    seed: bytes

    def __repr__(self) -> str:
        return "ReplicaKey(…)"

    @cached_property
    def _signing(self) -> SigningKey:
        return SigningKey(self.seed)

    @property
    def public(self) -> str:
        """What others may know, in hexadecimal digits."""
        return bytes(self._signing.verify_key).hex()

    def sign(self, message: bytes) -> bytes:
        """The replica's signature, 64 bytes."""
        return self._signing.sign(message).signature


def new_seed() -> bytes:
    """32 bytes by chance."""
    return secrets.token_bytes(32)


def new_token() -> str:
    """What binds an answer to its invitation: 32 bytes by chance, in hexadecimal digits."""
    return secrets.token_hex(32)


def statement(about: str, *parts: object) -> bytes:
    """What is signed: its purpose first, then the parts as canonical JSON, bytes as base64."""
    return _encode((f"oneledger {about} 1", *parts))


def verified(public: str, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` over ``message`` is by ``public`` (hex); False for any nonsense."""
    try:
        VerifyKey(bytes.fromhex(public)).verify(message, signature)
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def usable(public: Public) -> bool:
    """Whether these can be the keys of a unit: points of the curve that hide something."""
    try:
        sign, seal = bytes.fromhex(public.sign), PublicKey(bytes.fromhex(public.seal))
        bindings.crypto_scalarmult(new_seed(), bytes(seal))  # Refuses what hides nothing.
        return bindings.crypto_core_ed25519_is_valid_point(sign)
    except (CryptoError, ValueError, TypeError):
        return False


def certify(
    unit_keys: UnitKeys, unit: str, epoch: int, replica: str, label: str, replica_public: str
) -> Certificate:
    """The unit's word that this key is its replica's; ``label`` is for people, as in 1号机."""
    said = _certificate(unit, epoch, replica, label, replica_public)
    return Certificate(
        unit, epoch, replica, label, replica_public, unit_keys.sign(said).hex()
    )  # fmt: skip


def certified(certificate: Certificate, unit_sign_key: str) -> bool:
    """Whether the unit with this signing key gave the certificate."""
    said = _certificate(
        certificate.unit, certificate.epoch, certificate.replica, certificate.label, certificate.key
    )
    return verified(unit_sign_key, said, bytes.fromhex(certificate.signature))


def _certificate(unit: str, epoch: int, replica: str, label: str, key: str) -> bytes:
    return statement("certificate", unit, epoch, replica, label, key)


def seal(body: bytes, seal_key: str) -> bytes:
    """``body`` so that only the owner of ``seal_key`` (hex) opens it.

    Raises :class:`Malformed` for what is no key; see :func:`usable`.
    """
    try:
        return SealedBox(PublicKey(bytes.fromhex(seal_key))).encrypt(body)
    except (CryptoError, ValueError, TypeError):
        raise Malformed("密钥") from None


def new_salt() -> bytes:
    """16 bytes by chance."""
    return secrets.token_bytes(argon2id.SALTBYTES)


def seal_with_passphrase(
    body: bytes, passphrase: str, salt: bytes, limits: Limits = INTERACTIVE
) -> bytes:
    """``body`` so that only who is told the passphrase opens it."""
    return bytes(_stretched(passphrase_digits(passphrase), salt, limits).encrypt(body))


def open_with_passphrase(body: bytes, passphrase: str, salt: bytes, limits: Limits) -> bytes:
    """What was sealed with the passphrase.

    Raises :class:`MistypedPassphrase`, :class:`WrongPassphrase`, and :class:`Malformed` when the
    limits are beyond what is allowed.
    """
    digits = passphrase_digits(passphrase)
    if not limits.allowed or len(salt) != argon2id.SALTBYTES:
        raise Malformed("头部")
    try:
        return _stretched(digits, salt, limits).decrypt(body)
    except (CryptoError, ValueError):
        raise WrongPassphrase from None


def box(seed: bytes, code: str, limits: Limits = INTERACTIVE) -> str:
    """The seed under a recovery code, as base64 text."""
    salt = new_salt()
    closed = _stretched(recovery_letters(code), salt, limits).encrypt(seed)
    return b64encode(_BOX.pack(1, limits.ops, limits.mem, salt) + closed).decode()


def unbox(box: str, code: str) -> bytes:
    """The seed in the box; raises :class:`MistypedCode`, :class:`WrongCode`, :class:`BoxSpoilt`."""
    letters = recovery_letters(code)
    try:
        raw = b64decode(box, validate=True)
        form, ops, mem, salt = _BOX.unpack_from(raw)
    except (ValueError, struct.error):
        raise BoxSpoilt from None
    limits = Limits(ops, mem)
    if form != 1 or not limits.allowed:
        raise BoxSpoilt
    try:
        return _stretched(letters, salt, limits).decrypt(raw[_BOX.size :])
    except (CryptoError, ValueError):
        raise WrongCode from None


def comparison_code(one: Public, other: Public) -> str:
    """What both sides read to each other: 12 characters over both units' keys, in three groups.

    That the keys are not somebody else's rests on the token in the sealed invitation too.
    """
    pairs = sorted(bytes.fromhex(public.sign + public.seal) for public in (one, other))
    digest = blake2b(b"".join(pairs), digest_size=8, person=b"oneledger code").digest()
    return grouped(letters(int.from_bytes(digest) >> 4, COMPARISON))


def proof(token: str, unit: str, epoch: int, public: Public) -> str:
    """What only who was told ``token`` (hex) can say of a unit's keys, in hexadecimal digits."""
    said = statement("enrolment", unit, epoch, public.sign, public.seal)
    return _hash(said, key=bytes.fromhex(token)[:64], person=b"oneledger proof").hexdigest()


def proven(token: str, enrolment: Enrolment) -> bool:
    """Whether an enrolment answers the invitation that carried ``token``."""
    public = Public(enrolment.sign_key, enrolment.seal_key)
    expected = proof(token, enrolment.unit, enrolment.epoch, public)
    return bool(token) and hmac.compare_digest(expected, enrolment.proof)


def rotation(unit: str, epoch: int, old: UnitKeys, new: UnitKeys) -> Rotation:
    """The unit's keys of its new ``epoch``, vouched for by the key before and by the new one."""
    public = new.public
    said = _rotation(unit, epoch, old.public.sign, public)
    return Rotation(
        unit, epoch, public.sign, public.seal, old.sign(said).hex(), new.sign(said).hex()
    )


def rotation_holds(rotation: Rotation, old_sign_key: str) -> bool:
    """Whether the owner of the key before, and of the new one, both say so."""
    public = Public(rotation.sign_key, rotation.seal_key)
    said = _rotation(rotation.unit, rotation.epoch, old_sign_key, public)
    return verified(old_sign_key, said, bytes.fromhex(rotation.by_old)) and verified(
        rotation.sign_key, said, bytes.fromhex(rotation.by_new)
    )


def _rotation(unit: str, epoch: int, old_sign_key: str, public: Public) -> bytes:
    return statement("rotation", unit, epoch, old_sign_key, public.sign, public.seal)


def sign_list(
    keys: UnitKeys, number: int, epoch: int, units: Iterable[Listed], replicas: Iterable[str] = ()
) -> KeyList:
    """The list of keys ``number``, signed by the listing unit's key of ``epoch``."""
    listing = Listing(
        tuple(sorted(units, key=lambda one: (one.unit, one.epoch))), tuple(sorted(replicas))
    )
    body = _canonical(listing)
    signature = keys.sign(statement("key list", number, epoch, body)).hex()
    return KeyList(number, epoch, body, signature)


def list_holds(key_list: KeyList, sign_key: str) -> bool:
    """Whether the unit with this signing key signed the list."""
    said = statement("key list", key_list.number, key_list.epoch, key_list.body)
    return verified(sign_key, said, bytes.fromhex(key_list.signature))


def read_list(key_list: KeyList) -> Listing:
    """What the list says; raises :class:`Malformed`."""
    return _read(key_list.body, Listing, "密钥名单")


def _stretched(secret: str, salt: bytes, limits: Limits) -> SecretBox:
    key = argon2id.kdf(
        SecretBox.KEY_SIZE, secret.encode(), salt, opslimit=limits.ops, memlimit=limits.mem
    )
    return SecretBox(key)
