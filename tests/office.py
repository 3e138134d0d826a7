"""The office at the other end of the stick: a PC with its profile, a book, a clerk, a drawer.

Offices exchange packages through folders only, as people do with sticks; the tests say who fills,
writes, carries, takes in, and ask both books afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from desktop.exchange import building, enrolment, keys, opening, sending, sitting
from desktop.exchange.sitting import Sitting
from desktop.exchange.written import Handed, Written
from desktop.ledger import records, verify, workspace
from desktop.ledger.store import Store
from desktop.ledger.workspace import Book
from tests.ledger.books import noon

DAY = date(2023, 3, 2)
WEEK, NEXT = "2023-W09", "2023-W10"
#: What Argon2id spends in tests: nothing worth speaking of.
CHEAP = keys.Limits(1, 8192)


def cheaply(monkeypatch: Any) -> None:
    """Passphrases and recovery codes cost nothing from now on."""
    monkeypatch.setattr(building, "LIMITS", CHEAP)
    monkeypatch.setattr(keys, "INTERACTIVE", CHEAP)


class Office:
    """One PC: its profile, its book, its operator."""

    def __init__(self, book: Book, home: Path) -> None:
        self.book, self.home = book, home

    @property
    def unit(self) -> str:
        """The record of the unit whose book it is."""
        return self.book.unit

    def drawer(self, name: str = "stick") -> Path:
        """A folder of this office, new with every call."""
        number = sum(1 for _ in self.home.glob(f"{name}*"))
        return self.home / f"{name}{number}"

    def project(self, name: str, unit: str | None = None, **fields: Any) -> str:
        """A project, of the own unit when no other is named."""
        values = {
            "unit": unit or self.unit,
            "state": "在建",
            "total_investment": 120_000_000,
            "annual_plan": 60_000_000,
            "actual_start": date(2023, 1, 4),
        }
        with records.batch(self.book, "create") as batch:
            return batch.create("project", {"name": name, **values, **fields})

    def week(self, project: str, period: str = WEEK, **fields: Any) -> str:
        """A week of a project's ledger, without doubtful figures: a million in every week."""
        done = 1_000_000 * (int(period[-2:]) - int(WEEK[-2:]) + 1)
        values = {
            "completed_week": 1_000_000,
            "completed_year": done,
            "completed_total": done,
            "physical_progress": "主体施工至三层",
        }
        with records.batch(self.book, "change") as batch:
            return batch.create(
                "weekly", {"project": project, "period": period, **values, **fields}
            )

    def change(self, register: str, record: str, **fields: Any) -> None:
        """One change as one act."""
        with records.batch(self.book, "change") as batch:
            batch.change(register, record, fields)

    def value(self, register: str, record: str, field: str) -> Any:
        """A field as it stands; None where the record is not there."""
        present = self.book.present(register, record)
        return None if present is None or present.removed else present.values.get(field)

    def hand_down(self, units: Iterable[str] | None = None, **more: Any) -> Handed:
        """Task packages into a new drawer."""
        return sending.hand_down(self.book, self.drawer(), units, **more)

    def submit(self, period: str = WEEK, **more: Any) -> Written:
        """The week as a report package into a new drawer."""
        return sending.submit(self.book, period, self.drawer(), DAY, filler="王会计", **more)

    def report(self) -> Written:
        """A report package that submits no week."""
        return sending.report(self.book, self.drawer())

    def share(self, **more: Any) -> Written:
        """A share for the other PCs of the unit."""
        return sending.share(self.book, self.drawer(), **more)

    def take(self, *places: Path) -> Sitting:
        """Take in what lies at these places."""
        return sitting.take_in(self.book, places)

    def close(self) -> None:
        """Close the book."""
        self.book.close()

    def sound(self) -> bool:
        """Whether the book verifies."""
        return verify.verify(self.book).ok


class District(Office):
    """A district with townships, a department, and one project for each township."""

    def __init__(self, home: Path, townships: Iterable[str] = ("空冢郭镇", "问十乡")) -> None:
        home.mkdir(parents=True, exist_ok=True)
        book = workspace.create(
            home / "district.yzb", "源汇区", profile=home / "profile", operator="郭汇总", clock=noon
        )
        super().__init__(book, home)
        self.units: dict[str, str] = {}
        self.projects: dict[str, str] = {}
        for name in townships:
            self.found_unit(name, "township")
            self.projects[name] = self.project(f"{name}一号项目", self.units[name])
        self.found_unit("区发改委", "department")

    def found_unit(self, name: str, level: str) -> str:
        """A unit directly below."""
        with records.batch(self.book, "create") as batch:
            fields = {"name": name, "level": level, "above": self.unit}
            self.units[name] = batch.create("unit", fields)
        return self.units[name]

    def open(self, name: str, home: Path, **more: Any) -> Township:
        """The unit's book on an empty PC, from its first task package."""
        handed = self.hand_down([self.units[name]], **more)
        (written,) = handed.written
        return Township.begin(written.path, written.passphrase, home)

    def enrol(self, name: str, home: Path) -> Township:
        """The unit's book, its first report taken in and its code confirmed by telephone."""
        township = self.open(name, home)
        self.take(township.report().path)
        enrolment.confirm(self.book, self.units[name], township.code)
        self.take()
        return township


class Township(Office):
    """A unit below, begun from a package."""

    def __init__(self, book: Book, home: Path, code: str, recovery: str) -> None:
        super().__init__(book, home)
        self.code, self.recovery = code, recovery

    @classmethod
    def begin(cls, package: Path, secret: str, home: Path, operator: str = "王会计") -> Township:
        """A book on an empty PC: by passphrase from a task, by recovery code from a share."""
        home.mkdir(parents=True, exist_ok=True)
        begun = opening.open_package(
            package,
            secret,
            home / "book.yzb",
            profile=home / "profile",
            operator=operator,
            clock=noon,
        )
        return cls(begun.book, home, begun.code, begun.recovery)


def entries(store: Store) -> set[str]:
    """The identities of everything in the journal."""
    return {line.identity for line in store.journal.lines()}
