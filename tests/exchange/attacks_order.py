"""Attacks on what stands around the entries: numbers, holdings, attachments, lists of keys."""

from __future__ import annotations

from hashlib import sha256

import msgspec

from desktop.exchange import directory, keys, postbook, refusals, sender_refusals
from desktop.exchange.key_list import KeyListForked
from desktop.exchange.payload import KeyList, Piece
from desktop.ledger import attachments
from tests.exchange import forger
from tests.exchange.attacks_scene import Kind, Scene, attack
from tests.exchange.forger import Writer
from tests.exchange.parcels import PHOTO

# Where it stands among the others.


@attack(refusals.NumberReused, first=None)
def a_number_used_before(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind)
    book = scene.receiver(kind).book
    last = postbook.last_number(book, parts.header.replica, parts.header.sender)
    return parts.headed(number=last).packed()


@attack(refusals.NumberReused, first=None)
def another_package_before_it(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind)
    book = scene.receiver(kind).book
    last = postbook.last_number(book, parts.header.replica, parts.header.sender)
    return parts.headed(number=last + 1, previous="ab" * 32).packed()


@attack(refusals.Malformed, first=None)
def a_week_that_is_none(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).saying(periods=("2023-W09", "<b>第9周</b>")).packed()


@attack(refusals.Malformed, first=None)
def a_week_in_another_writing(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).saying(periods=("2023年第9周",)).packed()


@attack(refusals.Malformed, first=None)
def one_week_a_thousand_times(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).saying(periods=("2023-W09",) * 1000).packed()


@attack(refusals.BaseMissing, first=refusals.SetsDiffer)
def it_builds_on_what_never_came(scene: Scene, kind: Kind) -> bytes:
    missing = forger.entry(scene.sender(kind), "problem", {}, ahead=40)
    held = forger.holding(scene.sender(kind), scene.parts(kind).message, [missing])
    return scene.parts(kind).saying(holdings=held).packed()


@attack(refusals.SetsDiffer)
def it_says_that_it_holds_other_things(scene: Scene, kind: Kind) -> bytes:
    held = scene.parts(kind).message.holdings
    return scene.parts(kind).saying(
        holdings=msgspec.structs.replace(held, digest="ab" * 32)
    ).packed()  # fmt: skip


@attack(refusals.Malformed)
def it_holds_more_than_there_are_numbers(scene: Scene, kind: Kind) -> bytes:
    held = scene.parts(kind).message.holdings
    authors = {**held.authors, "zz": ((1, 2**62), (2**62, 2**63 - 1))}
    return scene.parts(kind).saying(
        holdings=msgspec.structs.replace(held, authors=authors)
    ).packed()  # fmt: skip


@attack(refusals.NewerPackage)
def a_newer_content(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind).saying(format=2)
    text = msgspec.json.encode({**msgspec.to_builtins(parts.message), "format": 2, "sound": []})
    return parts.but(text=text).packed()


@attack(refusals.Malformed)
def a_field_that_nobody_writes(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind)
    text = msgspec.json.encode({**msgspec.to_builtins(parts.message), "sound": []})
    return parts.but(text=text).packed()


# Attachments and lists of keys.


@attack(refusals.AttachmentSpoilt)
def an_attachment_that_is_another(scene: Scene, kind: Kind) -> bytes:
    piece = Piece("ab" * 32, "image/jpeg", "现场.jpg", len(PHOTO))
    return scene.parts(kind).saying(attachments=(piece,)).but(contents=(PHOTO,)).packed()


@attack(refusals.Malformed)
def an_attachment_of_ten_gigabytes(scene: Scene, kind: Kind) -> bytes:
    piece = Piece(_digest(PHOTO), "image/jpeg", "现场.jpg", 10 * 1024**3)
    return scene.parts(kind).saying(attachments=(piece,)).but(contents=(PHOTO,)).packed()


@attack(refusals.AttachmentSpoilt)
def an_attachment_longer_than_the_package(scene: Scene, kind: Kind) -> bytes:
    piece = Piece(_digest(PHOTO), "image/jpeg", "现场.jpg", len(PHOTO) + 1)
    return scene.parts(kind).saying(attachments=(piece,)).but(contents=(PHOTO,)).packed()


@attack(refusals.Malformed)
def bytes_that_no_attachment_accounts_for(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).but(contents=(b"MZ\x90\x00",)).packed()


@attack(attachments.NotAllowed)
def a_program_as_an_attachment(scene: Scene, kind: Kind) -> bytes:
    content = b"MZ\x90\x00" + bytes(60)
    piece = Piece(_digest(content), "image/jpeg", "../../autorun.exe", len(content))
    return scene.parts(kind).saying(attachments=(piece,)).but(contents=(content,)).packed()


@attack(refusals.WrongDirection, first=None, task=None)
def keys_listed_from_below(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).saying(keys=_listing(scene, scene.by(kind), 99)).packed()


@attack(sender_refusals.ForgedSignature, report=None, share=None)
def keys_listed_by_a_stranger(scene: Scene, kind: Kind) -> bytes:
    who = forger.stranger(scene.by(kind).unit, "y")
    return scene.parts(kind).saying(keys=_listing(scene, who, 99)).packed()


@attack(KeyListForked, first=None, report=None, share=None)
def another_list_of_keys_under_one_number(scene: Scene, kind: Kind) -> bytes:
    known = directory.key_lists(scene.receiver(kind).book)[-1].number
    return scene.parts(kind).saying(keys=_listing(scene, scene.by(kind), known)).packed()


def _listing(scene: Scene, who: Writer, number: int) -> KeyList:
    return keys.sign_list(who.keys, number, who.epoch, (), ("nobody",))


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
