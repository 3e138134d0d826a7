"""A small district in which somebody is hostile, and every attack on packages that we can think of.

An :class:`Attack` makes bytes from the genuine next package of a kind; what it must meet stands
beside it. Each is signed properly wherever the attacker has a key: what is tried is the meaning,
not the seal alone.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from desktop.errors import OneLedgerError
from desktop.exchange import keys, own_keys, postbook, refusals
from desktop.exchange.building import Addressee, build
from desktop.exchange.container import MAGIC
from desktop.exchange.key_list import KeyListForked
from desktop.exchange.opening import SchemeUnread
from desktop.exchange.payload import Batch, Enrolment, KeyList, Piece, Receipt
from desktop.exchange.shelves import Shelves
from desktop.ledger import attachments, merging, records, workspace
from desktop.ledger.workspace import Book
from tests.exchange import forger
from tests.exchange.forger import Parts, Writer
from tests.exchange.parcels import PHOTO, To, front, joined, split
from tests.ledger.books import noon
from tests.office import NEXT, District, Office, Township

Kind = Literal["first", "task", "report", "share"]
KINDS: tuple[Kind, ...] = ("first", "task", "report", "share")
TOWNS = ("空冢郭镇", "问十乡", "大刘镇")
#: Sender and receiver of each kind; nobody has a book yet where the first package goes.
WAYS = {"task": ("district", "one"), "report": ("one", "district"), "share": ("one", "twin")}
NAMES = ("district", "one", "two", "twin")
PASSPHRASE = "0123456789012345"


def found(folder: Path) -> None:
    """A district, two townships that reported, a second PC of the first one; all in use."""
    district = District(folder / "district", TOWNS)
    one = district.enrol("空冢郭镇", folder / "one")
    two = district.enrol("问十乡", folder / "two")
    one.week(district.projects["空冢郭镇"])
    for office in (one, two):
        office.take(*(written.path for written in district.hand_down([office.unit]).written))
        district.take(office.report().path)
    twin = Township.begin(one.share().path, one.recovery, folder / "twin", "赵会计")
    one.take(twin.share().path)
    twin.take(one.share().path)
    for office in (district, one, two, twin):
        office.close()


def moved(home: Path, name: str) -> Path:
    """The book of an office whose files the test has carried to ``home``; the PC is the same."""
    path = home / name / ("district.yzb" if name == "district" else "book.yzb")
    known = home / name / "profile" / "replicas.json"
    text = json.loads(known.read_text("utf-8"))
    for seats in text.values():
        for seat in seats:
            seat["path"] = str(path)
    known.write_text(json.dumps(text), "utf-8")
    return path


class Scene:
    """The small district, a copy of its own; ``genuine`` are packages not taken in yet."""

    def __init__(self, template: Path, home: Path) -> None:
        shutil.copytree(template, home)
        self.home = home
        self.offices = {name: self._open(name) for name in NAMES}
        self.writers = {name: forger.writer(self.book(name)) for name in NAMES}
        self.projects = {
            row["name"]: row["record"] for row in self.book("district").rows("project")
        }
        self.units = {row["name"]: row["record"] for row in self.book("district").rows("unit")}
        self.before = {kind: self.write(kind) for kind in ("task", "report", "share")}
        self.genuine = {kind: self.write(kind) for kind in KINDS}

    def _open(self, name: str) -> Office:
        path = moved(self.home, name)
        profile = self.home / name / "profile"
        book = workspace.open_book(path, profile=profile, operator=name, clock=noon)
        return Office(book, self.home / name)

    def book(self, name: str) -> Book:
        return self.offices[name].book

    def sender(self, kind: Kind) -> Book:
        return self.book("district" if kind == "first" else WAYS[kind][0])

    def receiver(self, kind: Kind) -> Office:
        return self.offices[WAYS[kind][1]]

    def by(self, kind: Kind) -> Writer:
        return self.writers["district" if kind == "first" else WAYS[kind][0]]

    def write(self, kind: Kind) -> bytes:
        """The genuine next package of a kind, with something new in it."""
        from desktop.exchange import enrolment

        book = self.sender(kind)
        with records.batch(book, "create") as batch:
            project = self.projects["大刘镇一号项目" if kind == "first" else "空冢郭镇一号项目"]
            text = f"{kind} {book.number}"
            batch.create("problem", {"project": project, "problem": text, "state": "整改中"})
        if kind == "first":
            unit = self.units["大刘镇"]
            token = enrolment.invite(book, unit).token
            to = Addressee(unit, "大刘镇", "", PASSPHRASE, token)
            return self._built(book, to, "first")
        unit = self.receiver(kind).unit
        return self._built(book, Addressee(unit, unit, self._seal_key(kind)), kind)

    def _seal_key(self, kind: Kind) -> str:
        return own_keys.own_keys(self.receiver(kind).book).unit_keys.public.seal

    def _built(self, book: Book, to: Addressee, kind: Kind) -> bytes:
        package = build(book, to, "task" if kind == "first" else kind)
        raw = Shelves(book.path).outbox.get(package.digest)
        assert raw is not None
        return raw

    def parts(self, kind: Kind, raw: bytes | None = None) -> Parts:
        """The genuine package (or another one of its kind) in pieces, to be signed anew."""
        raw = self.genuine[kind] if raw is None else raw
        if kind == "first":
            return forger.apart(raw, PASSPHRASE, self.by(kind).key, To("", PASSPHRASE))
        opens = own_keys.own_keys(self.receiver(kind).book).unit_keys
        return forger.apart(raw, opens, self.by(kind).key, To(opens.public.seal))

    def close(self) -> None:
        for office in self.offices.values():
            office.close()


Make = Callable[[Scene, Kind], bytes]


@dataclass(frozen=True)
class Attack:
    """What is done, and the refusal that it must meet, by kind of package."""

    name: str
    make: Make
    meets: dict[Kind, type[OneLedgerError]]


ATTACKS: list[Attack] = []


def attack(
    meets: type[OneLedgerError] | None = None, **other: type[OneLedgerError] | None
) -> Callable[[Make], Make]:
    """Note an attack: ``meets`` for every kind that is not named with another, or with None."""

    def note(make: Make) -> Make:
        found: dict[Kind, type[OneLedgerError]] = {}
        for kind in KINDS:
            expected = other.get(kind, meets)
            if expected is not None:
                found[kind] = expected
        ATTACKS.append(Attack(make.__name__, make, found))
        return make

    return note


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


@attack(refusals.Unreadable, first=refusals.WrongPassphrase)
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


@attack(refusals.ForgedSignature)
def another_number_outside(scene: Scene, kind: Kind) -> bytes:
    text, body = split(scene.genuine[kind])
    number = msgspec.json.decode(text)["number"]
    return joined(text.replace(b'"number":%d' % number, b'"number":%d' % (number + 1)), body)


@attack(refusals.ForgedSignature)
def another_name_outside(scene: Scene, kind: Kind) -> bytes:
    text, body = split(scene.genuine[kind])
    name = msgspec.json.decode(text)["sender_name"].encode()
    return joined(text.replace(name, b"../../" + name), body)


@attack(refusals.NewerPackage)
def a_newer_header(scene: Scene, kind: Kind) -> bytes:
    text, body = split(scene.genuine[kind])
    return joined(text.replace(b'"format":1', b'"format":2,"colour":"red"'), body)


@attack(refusals.ForgedSignature, first=None)
def header_of_the_package_before(scene: Scene, kind: Kind) -> bytes:
    return joined(split(scene.before[kind])[0], split(scene.genuine[kind])[1])


@attack(refusals.NotForUs, first=refusals.Malformed)
def sealed_to_whom_it_does_not_say(scene: Scene, kind: Kind) -> bytes:
    text, body = split(scene.genuine[kind])
    said = msgspec.json.decode(text)
    key = said["receiver_key"] or "a" * 64
    if kind == "first":  # A passphrase and a key at once.
        return joined(text.replace(b'"receiver_key":""', b'"receiver_key":"%s"' % b"ab" * 32), body)
    return joined(text.replace(key.encode(), b"ab" * 32), body)


# What a stranger does, who has keys of his own and a copy of an old package's header.


@attack(refusals.ForgedSignature)
def sealed_again_by_a_stranger(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind)
    who = forger.stranger(parts.header.sender, parts.header.replica)
    return parts.signed(who).packed()


@attack(refusals.ForgedSignature)
def a_stranger_with_the_true_certificate(scene: Scene, kind: Kind) -> bytes:
    who = forger.stranger("x", "y")
    return scene.parts(kind).but(by=who.key).packed()


@attack(refusals.UnknownKey, first=None)
def a_unit_that_nobody_knows(scene: Scene, kind: Kind) -> bytes:
    who = forger.stranger("f" * 32, "stranger1")
    parts = scene.parts(kind).headed(sender=who.unit, replica=who.replica)
    return parts.saying(unit=who.unit).signed(who).packed()


@attack(refusals.KeyNotYetKnown, first=None, share=refusals.KeyNotYetKnown)
def an_epoch_that_nobody_announced(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind)
    who = forger.stranger(parts.header.sender, parts.header.replica, 7)
    return parts.headed(epoch=7).saying(partner=None).signed(who).packed()


@attack(refusals.UnknownKey, first=None)
def an_introduction_that_answers_nothing(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind)
    who = forger.stranger(parts.header.sender, parts.header.replica, 7)
    public = who.keys.public
    said = Enrolment(who.unit, 7, public.sign, public.seal, "ab" * 32)
    return parts.headed(epoch=7).saying(partner=said).signed(who).packed()


@attack(refusals.ForgedSignature, first=None)
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


@attack(refusals.HeaderDiffers, first=None, task=refusals.HeaderDiffers)
def somebody_elses_certificate(scene: Scene, kind: Kind) -> bytes:
    """Certificate and signature of the other township, under the sender's name."""
    return scene.parts(kind).signed(scene.writers["two"]).packed()


@attack(refusals.NotForUs, first=None)
def a_package_for_somebody_else(scene: Scene, kind: Kind) -> bytes:
    other = scene.writers["two"]
    parts = scene.parts(kind).headed(receiver=other.unit).saying(to=other.unit)
    return parts.but(to=To(other.keys.public.seal)).packed()


@attack(refusals.NotForUs, first=None)
def one_for_us_sealed_to_somebody_else(scene: Scene, kind: Kind) -> bytes:
    return scene.parts(kind).but(to=To(scene.writers["two"].keys.public.seal)).packed()


@attack(refusals.ForgedSignature, first=None, report=None, share=None)
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


@attack(refusals.HeaderDiffers)
def another_kind_inside(scene: Scene, kind: Kind) -> bytes:
    other = {"first": "report", "task": "report", "report": "task", "share": "report"}[kind]
    return scene.parts(kind).saying(kind=other).packed()


@attack(refusals.HeaderDiffers)
def another_sender_inside(scene: Scene, kind: Kind) -> bytes:
    parts = scene.parts(kind).saying(unit=scene.writers["two"].unit)
    if kind == "first":  # There the introduction must go along, or it contradicts itself.
        assert parts.message.partner is not None
    return parts.packed()


@attack(refusals.HeaderDiffers)
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


@attack(refusals.UnknownKey, first=refusals.ForeignRecord)
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


@attack(refusals.BadEntry, first=SchemeUnread, report=None, share=None)
def a_scheme_that_nobody_reads(scene: Scene, kind: Kind) -> bytes:
    return _more(scene, kind, _scheme(scene, kind, scene.sender(kind).scheme.version))


@attack(refusals.ForeignRecord, first=None, task=None, share=None)
def a_week_of_somebody_elses_project(scene: Scene, kind: Kind) -> bytes:
    from desktop.ledger.entry import ledger_identity

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


@attack(refusals.ForgedSignature, report=None, share=None)
def keys_listed_by_a_stranger(scene: Scene, kind: Kind) -> bytes:
    who = forger.stranger(scene.by(kind).unit, "y")
    return scene.parts(kind).saying(keys=_listing(scene, who, 99)).packed()


@attack(KeyListForked, first=None, report=None, share=None)
def another_list_of_keys_under_one_number(scene: Scene, kind: Kind) -> bytes:
    from desktop.exchange import directory

    known = directory.key_lists(scene.receiver(kind).book)[-1].number
    return scene.parts(kind).saying(keys=_listing(scene, scene.by(kind), known)).packed()


def _more(
    scene: Scene, kind: Kind, *entries: forger.Authored, batches: Iterable[Batch] | None = None
) -> bytes:
    """The genuine package with more of the sender's own entries."""
    parts = scene.parts(kind).bringing(
        scene.sender(kind), scene.by(kind), *entries, batches=batches
    )
    return parts.packed()


def _project(scene: Scene, kind: Kind) -> str:
    return scene.projects["大刘镇一号项目" if kind == "first" else "空冢郭镇一号项目"]


def _problem(scene: Scene, kind: Kind) -> forger.Authored:
    fields = {"project": _project(scene, kind), "problem": "甲", "state": "整改中"}
    return forger.entry(scene.sender(kind), "problem", fields)


def _scheme(scene: Scene, kind: Kind, version: int) -> forger.Authored:
    book = scene.sender(kind)
    texts = dict(book.scheme.texts)
    texts["scheme.toml"] = texts["scheme.toml"].replace(
        f"version = {book.scheme.version}", f'version = {version}\nhologram = "yes"'
    )
    files = msgspec.json.encode(texts, order="deterministic").decode()
    fields = {"version": version, "files": files}
    return forger.entry(book, "scheme", fields, book.scheme_record())


def _listing(scene: Scene, who: Writer, number: int) -> KeyList:
    return keys.sign_list(who.keys, number, who.epoch, (), ("nobody",))


def _digest(content: bytes) -> str:
    from hashlib import sha256

    return sha256(content).hexdigest()


__all__ = ["ATTACKS", "KINDS", "MAGIC", "Attack", "Receipt", "Scene", "found"]
