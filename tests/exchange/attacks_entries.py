"""Attacks by people whose keys are good: entries not theirs, that mean nothing, that lie."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desktop.exchange import refusals, sender_refusals
from desktop.exchange.opening import SchemeUnread
from desktop.exchange.payload import Authored, Batch
from desktop.ledger import merging
from desktop.ledger.entry import json_text, ledger_identity
from tests.exchange import forger
from tests.exchange.attacks_scene import Kind, Scene, attack
from tests.office import NEXT

# What stands in it.


@attack(refusals.BatchMissing)
def an_entry_without_its_batch(scene: Scene, kind: Kind) -> bytes:
    return _more(scene, kind, _problem(scene, kind), batches=())


@attack(refusals.BatchForged)
def a_batch_whose_signature_is_another(scene: Scene, kind: Kind) -> bytes:
    entry = _problem(scene, kind)
    batch = scene.by(kind).batch([entry])
    forged = msgspec.structs.replace(batch, signature=batch.signature[::-1])
    return _more(scene, kind, entry, batches=[forged])


@attack(refusals.BatchForged)
def a_batch_signed_by_a_stranger(scene: Scene, kind: Kind) -> bytes:
    entry = _problem(scene, kind)
    who = forger.stranger(scene.by(kind).unit, scene.by(kind).replica)
    return _more(scene, kind, entry, batches=[who.batch([entry])])


@attack(refusals.BatchForged)
def a_batch_under_another_authors_name(scene: Scene, kind: Kind) -> bytes:
    """The sender's entry, in a list that another replica is said to have signed."""
    entry = _problem(scene, kind)
    other = scene.writers["twin" if kind in ("report", "share") else "two"]
    batch = scene.by(kind).batch([entry], other.replica)
    parts = scene.parts(kind).bringing(
        scene.sender(kind), other, entry, batches=[batch]
    )  # fmt: skip
    return parts.packed()


@attack(refusals.BatchForged)
def an_entry_that_another_author_vouches_for(scene: Scene, kind: Kind) -> bytes:
    """A colleague signs, with good keys of its own, what somebody else wrote."""
    entry, other = _problem(scene, kind), scene.writers["two"]
    batch = other.batch([entry])
    return scene.parts(kind).bringing(scene.sender(kind), other, entry, batches=[batch]).packed()


@attack(refusals.BatchForged, first=refusals.ForeignRecord)
def an_entry_in_another_authors_name(scene: Scene, kind: Kind) -> bytes:
    """In the name of the other township's PC, listed by the sender."""
    two = scene.writers["two" if kind != "first" else "one"]
    number = scene.book("two").number + 20
    entry = forger.entry(
        scene.sender(kind), "problem", {"project": _project(scene, kind), "problem": "冒名"},
        author=two.replica, number=number,
    )  # fmt: skip
    batch = scene.by(kind).batch([entry], two.replica)
    parts = scene.parts(kind).bringing(scene.sender(kind), two, entry, batches=[batch])
    return parts.packed()


@attack(refusals.BatchForged)
def a_certificate_by_a_stranger(scene: Scene, kind: Kind) -> bytes:
    """A second PC of the sender's unit that the unit never certified."""
    who = forger.stranger(scene.by(kind).unit, "newreplica1")
    entry = forger.entry(
        scene.sender(kind), "problem", {"project": _project(scene, kind), "problem": "冒名"},
        author=who.replica, number=1,
    )  # fmt: skip
    return scene.parts(kind).bringing(scene.sender(kind), who, entry).packed()


@attack(sender_refusals.UnknownKey, first=refusals.ForeignRecord)
def an_author_whom_nobody_certified(scene: Scene, kind: Kind) -> bytes:
    who = forger.stranger("e" * 32, "newreplica2")
    entry = forger.entry(
        scene.sender(kind), "problem", {"project": _project(scene, kind), "problem": "冒名"},
        author=who.replica, number=1,
    )  # fmt: skip
    return scene.parts(kind).bringing(scene.sender(kind), who, entry).packed()


@attack(refusals.BatchForged)
def ten_thousand_batches_for_nothing(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind)
    batch = Batch(scene.by(kind).replica, "replica", b"x" * 32, b"y" * 64)
    return parts.saying(batches=(*parts.message.batches, *[batch] * 10_000)).packed()


@attack(merging.NumberTwice, first=None)
def an_entry_whose_number_was_used(scene: Scene, kind: Kind) -> bytes:
    """Other content under a number that the receiver knows already."""
    book, there = scene.sender(kind), scene.receiver(kind).book.journal
    fields = {"project": _project(scene, kind), "problem": "另一条"}
    number = there.last_number(book.replica)
    entry = forger.entry(book, "problem", fields, number=number)
    parts = scene.parts(kind)
    others = tuple(one for one in parts.message.entries if one[:2] != (book.replica, number))
    listed = {bytes.fromhex(forger.called(one)) for one in others}
    batches = (
        one for one in parts.message.batches if any(entry in one.entries for entry in listed)
    )
    parts = parts.saying(entries=others, batches=tuple(batches))
    return parts.bringing(book, scene.by(kind), entry, held=parts.message.holdings).packed()


@attack(merging.ParentsMissing)
def an_entry_whose_parents_never_come(scene: Scene, kind: Kind) -> bytes:
    entry = forger.entry(
        scene.sender(kind), "problem", {"problem": "无根"}, record="c" * 32, parents="ab" * 32
    )
    return _more(scene, kind, entry)


@attack(refusals.BadEntry)
def a_field_that_no_scheme_has(scene: Scene, kind: Kind) -> bytes:
    fields = {"project": _project(scene, kind), "problem": "甲", "colour": "red"}
    return _more(scene, kind, forger.entry(scene.sender(kind), "problem", fields))


@attack(refusals.BadEntry)
def a_value_of_another_type(scene: Scene, kind: Kind) -> bytes:
    fields = {"project": _project(scene, kind), "problem": {"a": [1]}}
    return _more(scene, kind, forger.entry(scene.sender(kind), "problem", fields))


@attack(refusals.BadEntry)
def json_that_nests_without_end(scene: Scene, kind: Kind) -> bytes:
    text = '{"problem":' * 5000 + "1" + "}" * 5000
    return _more(scene, kind, forger.entry(scene.sender(kind), "problem", text))


@attack(refusals.BadEntry)
def a_record_under_a_name_not_its_own(scene: Scene, kind: Kind) -> bytes:
    fields = {"project": _project(scene, kind), "problem": "甲"}
    return _more(
        scene, kind, forger.entry(scene.sender(kind), "problem", fields, "../../etc/passwd")
    )


@attack(refusals.ForeignField, first=None, task=None)
def a_field_that_only_the_district_fills(scene: Scene, kind: Kind) -> bytes:
    unit = scene.by(kind).unit
    entry = forger.entry(scene.sender(kind), "unit", {"name": "../../升格为县"}, unit)
    return _more(scene, kind, entry)


@attack(refusals.ForeignField, first=None, task=None)
def a_unit_that_a_township_makes(scene: Scene, kind: Kind) -> bytes:
    fields = {"name": "..\\..\\新单位", "level": "township", "above": scene.units["源汇区"]}
    return _more(scene, kind, forger.entry(scene.sender(kind), "unit", fields))


@attack(refusals.ForeignField, first=None, task=None)
def a_scheme_that_a_township_hands_up(scene: Scene, kind: Kind) -> bytes:
    return _more(scene, kind, _scheme(scene, kind, 9))


@attack(refusals.NewerScheme, first=SchemeUnread, report=None, share=None)
def a_scheme_that_a_newer_program_reads(scene: Scene, kind: Kind) -> bytes:
    return _more(scene, kind, _scheme(scene, kind, 9))


@attack(refusals.BadEntry, report=None, share=None)
def a_scheme_that_nobody_reads(scene: Scene, kind: Kind) -> bytes:
    return _more(scene, kind, _scheme(scene, kind, scene.sender(kind).scheme.version))


@attack(refusals.ForeignRecord, first=None, task=None, share=None)
def a_week_of_somebody_elses_project(scene: Scene, kind: Kind) -> bytes:
    project = scene.projects["问十乡一号项目"]
    fields = {"project": project, "period": NEXT, "completed_week": 1}
    record = ledger_identity("weekly", project, NEXT)
    entry = forger.entry(scene.sender(kind), "weekly", fields, record)
    return _more(scene, kind, entry)


@attack(refusals.ForeignRecord, first=None, task=None, share=None)
def grabbing_somebody_elses_project(scene: Scene, kind: Kind) -> bytes:
    book, project = scene.book("district"), scene.projects["问十乡一号项目"]
    present = book.present("project", project)
    assert present is not None
    entry = forger.entry(
        scene.sender(kind), "project", {"unit": scene.by(kind).unit}, project,
        parents=" ".join(sorted(present.heads)),
    )  # fmt: skip
    return _more(scene, kind, entry)


@attack(refusals.ForeignRecord, first=None, report=None, share=None)
def a_colleagues_hand_in_our_project(scene: Scene, kind: Kind) -> bytes:
    """The other township wrote in our project, and the district relays it."""
    two, project = scene.writers["two"], scene.projects["空冢郭镇一号项目"]
    entry = forger.entry(
        scene.sender(kind), "project", {"content": "篡改"}, project,
        author=two.replica, number=scene.book("two").number + 20,
    )  # fmt: skip
    return scene.parts(kind).bringing(scene.sender(kind), two, entry).packed()


@attack(refusals.ForeignRecord, share=None)
def keys_of_a_partner_as_a_record(scene: Scene, kind: Kind) -> bytes:
    fields = {"unit": scene.by(kind).unit, "epoch": 9, "state": "已核对", "sign_key": "ab" * 32}
    return _more(scene, kind, forger.entry(scene.sender(kind), "partner", fields))


@attack(refusals.ForeignRecord)
def a_package_sent_as_a_record(scene: Scene, kind: Kind) -> bytes:
    fields = {"unit": scene.by(kind).unit, "number": 1, "digest": "ab" * 32, "state": "已回执"}
    return _more(scene, kind, forger.entry(scene.sender(kind), "sent", fields))


@attack(refusals.ForeignRecord)
def a_package_taken_as_a_record(scene: Scene, kind: Kind) -> bytes:
    fields = {"unit": scene.by(kind).unit, "number": 1, "digest": "ab" * 32, "state": "已装入"}
    return _more(scene, kind, forger.entry(scene.sender(kind), "taken", fields))


@attack(refusals.ForeignRecord)
def another_owner_of_the_book(scene: Scene, kind: Kind) -> bytes:
    return _more(
        scene, kind, forger.entry(scene.sender(kind), "book", {"unit": scene.by(kind).unit})
    )


def _more(
    scene: Scene, kind: Kind, *entries: Authored, batches: Iterable[Batch] | None = None
) -> bytes:
    """The genuine package with more of the sender's own entries."""
    sender, who = scene.sender(kind), scene.by(kind)
    return scene.parts(kind).bringing(sender, who, *entries, batches=batches).packed()


def _project(scene: Scene, kind: Kind) -> str:
    return scene.projects["大刘镇一号项目" if kind == "first" else "空冢郭镇一号项目"]


def _problem(scene: Scene, kind: Kind) -> Authored:
    fields = {"project": _project(scene, kind), "problem": "甲", "state": "整改中"}
    return forger.entry(scene.sender(kind), "problem", fields)


def _scheme(scene: Scene, kind: Kind, version: int) -> Authored:
    book = scene.sender(kind)
    texts = dict(book.scheme.texts)
    texts["scheme.toml"] = texts["scheme.toml"].replace(
        f"version = {book.scheme.version}", f'version = {version}\nhologram = "yes"'
    )
    files = json_text(texts)
    fields = {"version": version, "files": files}
    return forger.entry(book, "scheme", fields, book.scheme_record())
