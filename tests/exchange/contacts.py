"""Books that meet without a stick: what one would put in a package is handed over in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.exchange import certificates, directory, enrolment, holdings, keys, own_keys
from desktop.exchange.enrolment import Invitation, Joined
from desktop.exchange.payload import Enrolment, Header, Kind, Payload
from desktop.ledger import audience, merging, workspace
from desktop.ledger.workspace import Book
from tests.exchange.parcels import CHEAP
from tests.ledger.books import noon

TOWN, OTHER, OFFICE = "空冢郭镇", "问十乡", "区发改委"


class Desk:
    """A district's book with three units below, in a profile of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.book = workspace.create(
            home / "district.yzb", "源汇区", profile=home / "pc", clock=noon
        )
        self.units: dict[str, str] = {}
        with self.book.batch("create") as batch:
            for name, level in ((TOWN, "township"), (OTHER, "township"), (OFFICE, "department")):
                fields = {"name": name, "level": level, "above": self.book.unit}
                self.units[name] = batch.create("unit", fields)

    def first(self, invitation: Invitation, **other: Any) -> Payload:
        """What the first task package says besides entries."""
        own = own_keys.own_keys(self.book)
        public = own.unit_keys.public
        proof = keys.proof(invitation.token, own.unit, own.epoch, public)
        partner = Enrolment(own.unit, own.epoch, public.sign, public.seal, proof)
        values = {"token": invitation.token, "partner": partner, **other}
        return message("task", self.book.unit, invitation.unit, **values)

    def begin(self, invitation: Invitation, home: Path) -> tuple[Book, Joined]:
        """The unit's book on an empty PC."""
        book = from_lines(self.book, invitation.unit, home)
        return book, enrolment.join(book, self.first(invitation), CHEAP)

    def meet(self, name: str, home: Path, *, anew: bool = False) -> tuple[Book, Joined]:
        """The whole first contact with a unit, compared by telephone."""
        invitation = enrolment.invite(self.book, name, anew)
        book, joined = self.begin(invitation, home)
        assert answer(book, self.book) == joined.code
        enrolment.confirm(self.book, name, joined.code)
        return book, joined


def from_lines(source: Book, unit: str, home: Path) -> Book:
    """A book of ``unit`` from what ``source`` would send it."""
    lines = audience.shared(source) if unit == source.unit else audience.lines(source, unit)
    home.mkdir(parents=True, exist_ok=True)
    return workspace.create_from(
        home / "book.yzb",
        [line.authored for line in lines],
        unit,
        package="stick",
        profile=home / "pc",
        clock=noon,
    )


def share(one: Book, *others: Book) -> None:
    """Carry everything to other PCs of the unit, the certificates too."""
    lines = [line.authored for line in audience.shared(one)]
    for other in others:
        merging.receive(other, lines, "share")
        for word in directory.trust(one).certificates.values():
            certificates.keep_certificate(other, word)


def answer(town: Book, district: Book) -> str:
    """The unit's first package back; the code that the district then shows."""
    own = own_keys.own_keys(town)
    said = directory.introduction(town, district.unit, own)
    assert said is not None
    certificates.keep_certificate(district, own.certificate)
    return enrolment.answered(district, said, town.unit)


def hear(sender: Book, receiver: Book) -> Payload:
    """One sealed package on its way: what it shows of its sender is written down."""
    own = own_keys.own_keys(sender)
    partner = directory.partner(sender, receiver.unit)
    assert partner is not None
    said = message(
        "task" if directory.kind_from(receiver, sender.unit) == "task" else "report",
        sender.unit,
        receiver.unit,
        rotation=directory.rotation(sender, receiver.unit, own),
        partner=directory.introduction(sender, receiver.unit, own),
    )
    directory.adopt(receiver, header(said, own.epoch, partner.seal_key), said)
    return said


def message(kind: Kind, unit: str, to: str, **other: Any) -> Payload:
    """A payload without entries."""
    values: dict[str, Any] = {
        "format": 1, "program": "oneledger", "kind": kind, "unit": unit, "to": to, "periods": (),
        "demonstration": False, "entries": (), "certificates": (), "batches": (),
        "holdings": holdings.of(()), "bases": (), "receipts": (),
    }  # fmt: skip
    return Payload(**{**values, **other})


def header(said: Payload, epoch: int, receiver_key: str = "", **other: Any) -> Header:
    """The clear header of ``said``."""
    values: dict[str, Any] = {
        "format": 1, "kind": said.kind, "number": 1, "sender": said.unit, "sender_name": "来件单位",
        "replica": "pc", "epoch": epoch, "receiver": said.to, "receiver_name": "收件单位",
        "receiver_key": receiver_key, "previous": "", "passphrase": False,
    }  # fmt: skip
    return Header(**{**values, **other})


def state(book: Book, unit: str) -> str | None:
    """Where the book stands with a unit."""
    row = directory.partner(book, unit)
    return row.state if row else None
