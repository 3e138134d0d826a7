"""Desks: real books of a district, two townships and a department, with keys but without sticks.

What one desk hands another is what a package would hold: entries, batches, certificates. The
receiver verifies, judges and takes in; nothing is sealed and no file is written.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from desktop.exchange import batches, keys, ownership
from desktop.exchange.keys import ReplicaKey, UnitKeys
from desktop.exchange.payload import Authored, Batch, Certificate, Listed
from desktop.ledger import audience, merging, workspace
from desktop.ledger.entry import AUTHORED, Entry, canonical, identity, new_identity
from desktop.ledger.store import Store
from desktop.ledger.workspace import Book
from tests.ledger.books import noon

#: The places of columns in an entry.
AT = {name: place for place, name in enumerate(AUTHORED)}


class Own(NamedTuple):
    """The keys of a desk."""

    unit_keys: UnitKeys
    epoch: int
    replica_key: ReplicaKey
    certificate: Certificate


class Keys:
    """Whose keys everybody knows; a test may retire and revoke."""

    def __init__(self) -> None:
        self.listed: dict[tuple[str, int], Listed] = {}
        self.void: set[str] = set()

    def key(self, unit: str, epoch: int) -> Listed | None:
        return self.listed.get((unit, epoch))

    def revoked(self, replica: str) -> bool:
        return replica in self.void

    def enrol(self, unit: str, unit_keys: UnitKeys, epoch: int = 1) -> None:
        """Make a unit's keys known as its present ones."""
        public = unit_keys.public
        self.listed[unit, epoch] = Listed(unit, epoch, public.sign, public.seal, "active")

    def declare(self, unit: str, epoch: int, state: Any) -> None:
        """Say that a unit's keys are retired or revoked."""
        listed = self.listed[unit, epoch]
        self.listed[unit, epoch] = msgspec.structs.replace(listed, state=state)


class Handed(NamedTuple):
    """What a package would hold."""

    entries: tuple[Authored, ...]
    batches: tuple[Batch, ...]
    certificates: tuple[Certificate, ...]


class Desk:
    """One book and its keys."""

    def __init__(self, book: Book, everybody: Keys, seed: bytes, epoch: int = 1) -> None:
        self.book, self.everybody = book, everybody
        self.unit_keys = UnitKeys(seed)
        replica_key = ReplicaKey(keys.new_seed())
        if (book.unit, epoch) not in everybody.listed:
            everybody.enrol(book.unit, self.unit_keys, epoch)
        word = keys.certify(
            self.unit_keys, book.unit, epoch, book.replica, "1号机", replica_key.public
        )
        self.own = Own(self.unit_keys, epoch, replica_key, word)

    def hand(self, unit: str, only: Callable[[Authored], bool] = lambda _: True) -> Handed:
        """What ``unit`` may see, signed; ``only`` some of it."""
        return self.signed(
            [line.position for line in audience.lines(self.book, unit) if only(line.authored)]
        )

    def signed(self, positions: Iterable[int]) -> Handed:
        """The lines at these positions, signed."""
        wanted = sorted(positions)
        with self.book.atomic():
            batches.cover(self.book, wanted, self.own)
        listed, words = batches.batches_for(self.book, wanted)
        lines = (line for line in self.book.journal.lines() if line.position in set(wanted))
        return Handed(tuple(line.authored for line in lines), listed, words)

    def verify(self, handed: Handed, above: bool = False) -> dict[str, str]:
        """Verify what was handed here; the units of its authors."""
        return batches.verify_batches(self.book, *handed, self.everybody, above)

    def judge(self, handed: Handed, above: bool = False) -> None:
        """Verify and judge what was handed here."""
        units = self.verify(handed, above)
        ownership.judge(self.book, fresh(self.book, handed), units, relayed_by_above=above)

    def take(self, handed: Handed, above: bool = False, package: str = "package") -> None:
        """Verify, judge and take in, as one package."""
        self.judge(handed, above)
        with self.book.atomic():
            merging.receive(self.book, handed.entries, package)
            batches.keep(self.book, handed.batches, handed.certificates, handed.entries)


class Founded(NamedTuple):
    """The closed books of a small district, to be copied; records by name."""

    folder: Path
    records: dict[str, str]


#: Names of the units under the district, their levels and the seeds of their keys.
UNITS = (
    ("大刘镇", "township", b"1" * 32),
    ("问十乡", "township", b"2" * 32),
    ("区工信局", "department", b"3" * 32),
)
DISTRICT_SEED = b"D" * 32
_SEEDS = {"源汇区": DISTRICT_SEED, **{name: seed for name, _, seed in UNITS}}


def found(folder: Path) -> Founded:
    """Found the books once: the district's, and each unit's from what is handed down."""
    everybody = Keys()
    book = workspace.create(folder / "源汇区.yzb", "源汇区", clock=noon, operator="王敏")
    district = Desk(book, everybody, DISTRICT_SEED)
    with book.batch("create") as batch:
        records = {
            name: batch.create("unit", {"name": name, "level": level, "above": book.unit})
            for name, level, _ in UNITS
        }
        for project, unit in (("北环路", "大刘镇"), ("赵河桥", "问十乡")):
            values = {"name": project, "unit": records[unit], "state": "在建"}
            records[project] = batch.create("project", values)
    for name, _, _ in UNITS:
        opened(folder / f"{name}.yzb", district, records[name]).close()
    book.close()
    return Founded(folder, {**records, "源汇区": book.unit})


def opened(path: Path, district: Desk, unit: str) -> Book:
    """A unit's book from what the district hands down, verified and judged."""
    handed = district.hand(unit)

    def examine(store: Store) -> None:
        units = batches.verify_batches(store, *handed, district.everybody, True)
        ownership.judge(store, handed.entries, units)

    book = workspace.create_from(
        path, handed.entries, unit, package="first", examine=examine, clock=noon, operator="李强"
    )
    with book.atomic():
        batches.keep(book, handed.batches, handed.certificates, handed.entries)
    return book


class District:
    """The desks of a small district, on new PCs; ``project`` is 大刘镇's, ``other`` 问十乡's."""

    def __init__(self, founded: Founded, folder: Path) -> None:
        self.folder, self.everybody = folder, Keys()
        self.units = founded.records
        self.project, self.other = founded.records["北环路"], founded.records["赵河桥"]
        self._founded, self._opened = founded.folder, dict[str, Desk]()
        for name, seed in _SEEDS.items():
            self.everybody.enrol(self.units[name], UnitKeys(seed))

    @property
    def district(self) -> Desk:
        return self._desk("源汇区")

    @property
    def one(self) -> Desk:
        return self._desk("大刘镇")

    @property
    def two(self) -> Desk:
        return self._desk("问十乡")

    @property
    def department(self) -> Desk:
        return self._desk("区工信局")

    def _desk(self, name: str) -> Desk:
        if name not in self._opened:
            path = self.folder / f"{name}.yzb"
            shutil.copyfile(self._founded / path.name, path)
            book = workspace.open_book(path, clock=noon, operator="李强")
            self._opened[name] = Desk(book, self.everybody, _SEEDS[name])
        return self._opened[name]

    def report(self, desk: Desk) -> Handed:
        """What a unit below hands up."""
        return desk.hand(self.district.book.unit)

    def close(self) -> None:
        """Close the books."""
        for desk in self._opened.values():
            desk.book.close()


def fresh(book: Book, handed: Handed) -> list[Authored]:
    """The entries that the book has not."""
    return [one for one in handed.entries if not book.journal.has(identity(canonical(one)))]


def written(desk: Desk, register: str, record: str = "", **columns: Any) -> Authored:
    """An entry in the name of the desk's replica that no verb of the book would write.

    Without ``record`` it founds one; ``fields`` is a mapping, or JSON text as it is to stand.
    """
    book = desk.book
    number = columns.get("number", book.number + 1)
    if not record:
        record = new_identity(register, book.replica, number)
    fields = columns.pop("fields", {})
    entry = Entry(
        author=book.replica,
        number=number,
        time="2023-03-02T12:00:00+08:00",
        operator="李强",
        scheme=book.scheme.version,
        register=register,
        record=record,
        fields={} if isinstance(fields, str) else fields,
        parents=tuple(heads(book, register, record)),
        batch=f"{book.replica}-{number}",
        act="change",
    )
    stored: dict[str, Any] = dict(zip(AUTHORED, entry.columns(), strict=True))
    if isinstance(fields, str):
        stored["fields"] = fields
    return tuple({**stored, **columns}.values())


def altered(entry: Authored, **columns: Any) -> Authored:
    """An entry with other columns, whatever their types."""
    stored: dict[str, Any] = dict(zip(AUTHORED, entry, strict=True))
    return tuple({**stored, **columns}.values())


def heads(book: Book, register: str, record: str) -> tuple[str, ...]:
    """The heads of a record, none where the book has no such record."""
    if register not in book.tables:
        return ()
    present = book.present(register, record)
    return present.heads if present else ()


def called(entry: Authored) -> str:
    """The identity of an entry."""
    return identity(canonical(entry))


def judged(store: Book, by: Desk, *entries: Authored, **how: bool) -> None:
    """Judge entries of one desk as if their batches had been verified."""
    ownership.judge(store, entries, {by.book.replica: by.book.unit}, **how)
