"""A small district in which somebody is hostile: its books, its keys, its genuine packages.

An :class:`Attack` makes bytes from the genuine next package of a kind; what it must meet stands
beside it. Each is signed properly wherever the attacker has a key: what is tried is the meaning,
not the seal alone.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop.errors import OneLedgerError
from desktop.exchange import enrolment, own_keys
from desktop.exchange.building import Addressee, build
from desktop.exchange.shelves import Shelves
from desktop.ledger import records, workspace
from desktop.ledger.workspace import Book
from tests.exchange import forger
from tests.exchange.forger import Parts, Writer
from tests.exchange.parcels import To
from tests.ledger.books import noon
from tests.office import District, Office, Township

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
    for each in (district.book, one.book, two.book, twin.book):
        each.close()


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
        self.projects: dict[str, str] = {
            row["name"]: row["record"] for row in self.book("district").rows("project")
        }
        self.units: dict[str, str] = {
            row["name"]: row["record"] for row in self.book("district").rows("unit")
        }
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
