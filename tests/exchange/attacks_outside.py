"""Attacks on the outside of packages and by the wrong people: bytes, keys, senders, receivers."""

from __future__ import annotations

import msgspec

from desktop.exchange import key_refusals, keys, refusals, sender_refusals
from desktop.exchange.building import Addressee, build
from desktop.exchange.payload import Enrolment
from desktop.exchange.shelves import Shelves
from tests.exchange import forger
from tests.exchange.attacks_scene import PASSPHRASE, Kind, Scene, attack
from tests.exchange.parcels import To, front, joined, split

# What can be done to the bytes without any key.


@attack(refusals.Truncated)
def cut_off(scene: Scene, kind: Kind) -> bytes:
    return scene.genuine[kind][:-1]


@attack(refusals.Truncated)
def something_added(scene: Scene, kind: Kind) -> bytes:
    return scene.genuine[kind] + b"\0"


@attack(refusals.NotAPackage)
def zero_filled(scene: Scene, kind: Kind) -> bytes:
    return bytes(len(scene.genuine[kind]))


@attack(refusals.Unreadable, first=key_refusals.WrongPassphrase)
def zeros_at_the_end(scene: Scene, kind: Kind) -> bytes:
    raw = scene.genuine[kind]
    return raw[:-512] + bytes(512)


@attack(refusals.TooLarge)
def ten_gigabytes_of_body(scene: Scene, kind: Kind) -> bytes:
    text, body = split(scene.genuine[kind])
    return front(len(text), 10 * 1024**3) + text + body


@attack(refusals.TooLarge)
def four_gigabytes_of_header(scene: Scene, kind: Kind) -> bytes:
    text, body = split(scene.genuine[kind])
    return front(2**32 - 1, len(body)) + text + body


@attack(refusals.UnknownSuite)
def another_suite(scene: Scene, kind: Kind) -> bytes:
    return joined(*split(scene.genuine[kind]), suite=2)


@attack(sender_refusals.ForgedSignature)
def another_number_outside(scene: Scene, kind: Kind) -> bytes:
    text, body = split(scene.genuine[kind])
    number = msgspec.json.decode(text)["number"]
    return joined(text.replace(b'"number":%d' % number, b'"number":%d' % (number + 1)), body)


@attack(sender_refusals.ForgedSignature)
def another_name_outside(scene: Scene, kind: Kind) -> bytes:
    text, body = split(scene.genuine[kind])
    name = msgspec.json.decode(text)["sender_name"].encode()
    return joined(text.replace(name, b"../../" + name), body)


@attack(refusals.NewerPackage)
def a_newer_header(scene: Scene, kind: Kind) -> bytes:
    text, body = split(scene.genuine[kind])
    return joined(text.replace(b'"format":1', b'"format":2,"colour":"red"'), body)


@attack(sender_refusals.ForgedSignature, first=None)
def header_of_the_package_before(scene: Scene, kind: Kind) -> bytes:
    return joined(split(scene.before[kind])[0], split(scene.genuine[kind])[1])


@attack(key_refusals.KeyNotHere, first=refusals.Malformed, share=key_refusals.KeysMissing)
def sealed_to_whom_it_does_not_say(scene: Scene, kind: Kind) -> bytes:
    text, body = split(scene.genuine[kind])
    said = msgspec.json.decode(text)
    key = said["receiver_key"] or "a" * 64
    if kind == "first":  # A passphrase and a key at once.
        return joined(text.replace(b'"receiver_key":""', b'"receiver_key":"%s"' % b"ab" * 32), body)
    return joined(text.replace(key.encode(), b"ab" * 32), body)


# What a stranger does, who has keys of his own and a copy of an old package's header.


@attack(sender_refusals.ForgedSignature)
def sealed_again_by_a_stranger(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind)
    who = forger.stranger(parts.header.sender, parts.header.replica)
    return parts.signed(who).packed()


@attack(sender_refusals.ForgedSignature)
def a_stranger_with_the_true_certificate(scene: Scene, kind: Kind) -> bytes:
    who = forger.stranger("x", "y")
    return scene.parts(kind).but(by=who.key).packed()


@attack(sender_refusals.UnknownKey, first=None)
def a_unit_that_nobody_knows(scene: Scene, kind: Kind) -> bytes:
    who = forger.stranger("f" * 32, "stranger1")
    parts = scene.parts(kind).headed(sender=who.unit, replica=who.replica)
    return parts.saying(unit=who.unit).signed(who).packed()


@attack(sender_refusals.KeyNotYetKnown, first=None, share=sender_refusals.KeyNotYetKnown)
def an_epoch_that_nobody_announced(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind)
    who = forger.stranger(parts.header.sender, parts.header.replica, 7)
    return parts.headed(epoch=7).saying(partner=None).signed(who).packed()


@attack(sender_refusals.UnknownKey, first=None)
def an_introduction_that_answers_nothing(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind)
    who = forger.stranger(parts.header.sender, parts.header.replica, 7)
    public = who.keys.public
    said = Enrolment(who.unit, 7, public.sign, public.seal, "ab" * 32)
    return parts.headed(epoch=7).saying(partner=said).signed(who).packed()


@attack(sender_refusals.ForgedSignature, first=None)
def a_rotation_that_no_old_key_signed(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind)
    who = forger.stranger(parts.header.sender, parts.header.replica, 7)
    said = keys.rotation(who.unit, 7, keys.UnitKeys(b"o" * 32), who.keys)
    parts = parts.headed(epoch=7).saying(partner=None, rotation=said)
    return parts.signed(who).packed()


@attack(refusals.Malformed, task=None, report=None, share=None)
def a_first_package_without_its_invitation(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).saying(partner=None).packed()


@attack(refusals.Malformed, task=None, report=None, share=None)
def a_first_package_whose_token_proves_nothing(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).saying(token="0001" + "ab" * 30).packed()


# What a colleague does, whose keys are good and who is somebody else.


@attack(sender_refusals.HeaderDiffers, first=None, task=sender_refusals.HeaderDiffers)
def somebody_elses_certificate(scene: Scene, kind: Kind) -> bytes:
    """Certificate and signature of the other township, under the sender's name."""
    return scene.parts(kind).signed(scene.writers["two"]).packed()


@attack(refusals.NotForUs, first=None)
def a_package_for_somebody_else(scene: Scene, kind: Kind) -> bytes:
    other = scene.writers["two"]
    parts = scene.parts(kind).headed(receiver=other.unit).saying(to=other.unit)
    return parts.but(to=To(other.keys.public.seal)).packed()


@attack(key_refusals.KeyNotHere, first=None, share=key_refusals.KeysMissing)
def one_for_us_sealed_to_somebody_else(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).but(to=To(scene.writers["two"].keys.public.seal)).packed()


@attack(sender_refusals.ForgedSignature, first=None, report=None, share=None)
def handed_on_by_who_received_it(scene: Scene, kind: Kind) -> bytes:
    """What the district sealed to the other township, sealed again to us without a new signature.

    The other township can open it; the signature is over whom it was for.
    """
    written = build(
        scene.book("district"),
        Addressee(scene.writers["two"].unit, "", scene.writers["two"].keys.public.seal),
        "task",
    )
    raw = Shelves(scene.book("district").path).outbox.get(written.digest)
    assert raw is not None
    text, body = split(raw)
    inside = scene.writers["two"].keys.open_sealed(body)
    ours = scene.parts(kind).to.seal_key
    theirs = scene.writers["two"].keys.public.seal
    text = text.replace(theirs.encode(), ours.encode())
    text = text.replace(scene.writers["two"].unit.encode(), scene.receiver(kind).unit.encode())
    return joined(text, keys.seal(inside, ours))


@attack(refusals.WrongDirection, first=None)
def the_wrong_direction(scene: Scene, kind: Kind) -> bytes:
    other = {"task": "report", "report": "task", "share": "report"}[kind]
    return scene.parts(kind).headed(kind=other, box="").saying(kind=other).packed()


@attack(sender_refusals.HeaderDiffers)
def another_kind_inside(scene: Scene, kind: Kind) -> bytes:
    other = {"first": "report", "task": "report", "report": "task", "share": "report"}[kind]
    return scene.parts(kind).saying(kind=other).packed()


@attack(sender_refusals.HeaderDiffers)
def another_sender_inside(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind).saying(unit=scene.writers["two"].unit)
    if kind == "first":  # There the introduction must go along, or it contradicts itself.
        assert parts.message.partner is not None
    return parts.packed()


@attack(sender_refusals.HeaderDiffers)
def another_receiver_inside(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).saying(to=scene.writers["two"].unit).packed()


@attack(refusals.DemonstrationMixed, first=None)
def a_package_of_the_demonstration(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).saying(demonstration=True).packed()


@attack(refusals.OwnPackage, first=None)
def our_own_package(scene: Scene, kind: Kind) -> bytes:
    mine = scene.receiver(kind).book
    return scene.parts(kind).headed(replica=mine.replica).packed()


@attack(refusals.FirstContact, first=None, report=None, share=None)
def a_first_package_for_a_book_that_is(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).but(to=To("", PASSPHRASE)).packed()
