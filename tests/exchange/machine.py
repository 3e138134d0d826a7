"""Three PCs of two townships and a district, at random: the exchange as a state machine.

A run takes steps as restless people would: fill, move projects, change the scheme, hand down,
submit, share, take in out of order and again, lose sticks, put back old backups, live with clocks
twenty years off, undo take-ins, settle. At its end everything is carried until nothing is new;
then all books must agree, nothing that ever reached a second book may be lost, and nobody may
hold what he must never see. A run follows from its seed alone; the test takes a share of the runs,
the benchmark two thousand.
"""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.errors import OneLedgerError
from desktop.exchange import sending, sitting, taking
from desktop.exchange.postbook import taken
from desktop.ledger import (
    aside,
    audience,
    conflicts,
    cycle,
    records,
    scheming,
    undo,
    workspace,
)
from desktop.ledger import scheme as schemes
from desktop.ledger.correspondence import SET_ASIDE, TAKEN_IN
from desktop.ledger.entry import AUTHORED
from desktop.ledger.journal import Line
from desktop.ledger.workspace import Book
from tests.ledger.books import NOON
from tests.office import DAY, District, Office, Township

STEPS = 40
WEEKS = ("2023-W09", "2023-W10", "2023-W11")
NAMES = ("district", "one", "twin", "two")
TOWNS = {"one": "空冢郭镇", "twin": "空冢郭镇", "two": "问十乡"}

_RECORD, _REGISTER, _FIELDS = (AUTHORED.index(name) for name in ("record", "register", "fields"))


@contextmanager
def by_chance(seed: int) -> Iterator[None]:
    """Names of replicas follow from the seed, so that a run can be played again."""
    chance = SimpleNamespace(choice=random.Random(seed).choice)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.ledger.replicas.secrets", chance)
        yield


def found(folder: Path) -> None:
    """The world in which every run begins: a district, two townships, one of them with two PCs."""
    with by_chance(0):
        _found(folder)


def _found(folder: Path) -> None:
    district = District(folder / "district")
    one = district.enrol("空冢郭镇", folder / "one")
    two = district.enrol("问十乡", folder / "two")
    for office in (one, two):
        (down,) = district.hand_down([office.unit]).written
        office.take(down.path)
    twin = Township.begin(one.share().path, one.recovery, folder / "twin", "赵会计")
    for done in (district, one, two, twin):
        done.close()


class World:
    """One run: the offices, every package ever written, and what was seen."""

    def __init__(self, template: Path, home: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.home = home
        self.trace: list[str] = []
        self.skew = {name: timedelta() for name in NAMES}
        self.mail: list[tuple[str, Path]] = []
        self.twice: set[str] = set()
        self.backups: dict[str, list[Path]] = {name: [] for name in NAMES}
        shutil.copytree(template, home)
        self.offices = {name: self._open(name, template) for name in NAMES}

    def close(self) -> None:
        """Close all books and take the run's files away."""
        for office in self.offices.values():
            office.close()
        shutil.rmtree(self.home)

    def _path(self, name: str) -> Path:
        return self.home / name / ("district.yzb" if name == "district" else "book.yzb")

    def _open(self, name: str, moved_from: Path | None = None) -> Office:
        profile = self.home / name / "profile"
        if moved_from is not None:  # The PC is the same; only the test has carried its files.
            known = profile / "replicas.json"
            text = json.loads(known.read_text("utf-8"))
            for seats in text.values():
                for seat in seats:
                    seat["path"] = str(self._path(name))
            known.write_text(json.dumps(text), "utf-8")
        book = workspace.open_book(
            self._path(name), profile=profile, operator=name, clock=lambda: self._now(name)
        )
        return Office(book, self.home / name)

    def _now(self, name: str) -> datetime:
        return NOON + self.skew[name]

    def run(self, steps: int = STEPS) -> None:
        """Take so many steps; what the world refuses by name is part of life."""
        moves: tuple[tuple[int, Callable[[], str]], ...] = (
            (12, self.fill),
            (4, self.item),
            (3, self.project),
            (2, self.move),
            (1, self.remove),
            (1, self.scheme),
            (5, self.hand_down),
            (4, self.submit),
            (3, self.report),
            (4, self.share),
            (14, self.take),
            (2, self.answer),
            (2, self.settle),
            (2, self.undo),
            (2, self.undo_take_in),
            (1, self.take_again),
            (2, self.backup),
            (1, self.restore),
            (1, self.clock),
        )
        for _ in range(steps):
            (move,) = self.random.choices([m for _, m in moves], [w for w, _ in moves])
            try:
                said = move()
            except OneLedgerError as error:
                said = f"{error.name}"
            self.trace.append(f"{move.__name__}: {said}")
            self._look_around()

    def _look_around(self) -> None:
        """Entries that stand in two books now must never be lost."""
        seen: set[str] = set()
        for office in self.offices.values():
            here = shared(office.book)
            self.twice |= seen & here
            seen |= here

    # What people do.

    def fill(self) -> str:
        name, office = self._township()
        project = self._pick(office.book, "project", "unit", office.unit)
        week = self.random.choice(WEEKS)
        fields = self.random.sample(("physical_progress", "problems", "needs", "next_plan"), 2)
        values = {field: f"{name}{self.random.randrange(9)}" for field in fields}
        with records.batch(office.book, "change") as batch:
            batch.create("weekly", {"project": project, "period": week, **values})
        return f"{name} {week}"

    def item(self) -> str:
        name, office = self._office()
        project = self._pick(office.book, "project")
        with records.batch(office.book, "create") as batch:
            text = f"{name}问题{self.random.randrange(99)}"
            batch.create("problem", {"project": project, "problem": text, "state": "整改中"})
        return f"{name} {text}"

    def project(self) -> str:
        name, office = self._office()
        project = self._pick(office.book, "project")
        with records.batch(office.book, "change") as batch:
            batch.change("project", project, {"content": f"{name}{self.random.randrange(9)}"})
        return name

    def move(self) -> str:
        office = self.offices["district"]
        project = self._pick(office.book, "project")
        unit = self.random.choice([self.offices["one"].unit, self.offices["two"].unit])
        office.change("project", project, unit=unit)
        return unit[:4]

    def remove(self) -> str:
        name, office = self._office()
        problem = self._pick(office.book, "problem")
        with records.batch(office.book, "remove") as batch:
            batch.remove("problem", problem)
        return name

    def scheme(self) -> str:
        book = self.offices["district"].book
        texts = dict(book.scheme.texts)
        version = book.scheme.version
        texts["scheme.toml"] = texts["scheme.toml"].replace(
            f"version = {version}", f"version = {version + 1}"
        )
        texts["registers/problem.toml"] += (
            f'\n[[field]]\nname = "extra{version}"\ntitle = "补充{version}"\ntype = "text"\n'
        )
        if "section" in texts["registers/problem.toml"]:
            texts["registers/problem.toml"] = texts["registers/problem.toml"].replace(
                '"state"', f'"state", "extra{version}"', 1
            )
        scheming.update_scheme(book, schemes.parse(texts))
        return str(version + 1)

    def hand_down(self) -> str:
        office = self.offices["district"]
        unit = self.random.choice([self.offices["one"].unit, self.offices["two"].unit])
        handed = sending.hand_down(office.book, office.drawer(), [unit])
        for written in handed.written:
            self.mail.append(("one" if unit == self.offices["one"].unit else "two", written.path))
        return f"第{handed.written[0].package.number}号" if handed.written else "no"

    def submit(self) -> str:
        name, office = self._township()
        week = self.random.choice(WEEKS)
        with office.book.atomic():
            for project in self._all(office.book, "project", "unit", office.unit):
                complete(office.book, project, week)
        correction = "更正" if self.random.random() < 0.3 else None
        written = sending.submit(
            office.book, week, office.drawer(), DAY, filler=name, correction=correction
        )
        self.mail.append(("district", written.path))
        return f"{name} {week} 第{written.package.number}号"

    def report(self) -> str:
        name, office = self._township()
        written = sending.report(office.book, office.drawer())
        self.mail.append(("district", written.path))
        return f"{name} 第{written.package.number}号"

    def share(self) -> str:
        name = self.random.choice(("one", "twin"))
        written = sending.share(self.offices[name].book, self.offices[name].drawer())
        self.mail.append(("twin" if name == "one" else "one", written.path))
        return f"{name} 第{written.package.number}号"

    def take(self) -> str:
        """Any stick, in any order, now and then one that was taken in before, or to the twin."""
        if not self.mail:
            return "no stick"
        number = self.random.randrange(len(self.mail))
        name, path = self.mail[number]
        if self.random.random() < 0.7:  # It stays in the pocket else, and comes again.
            del self.mail[number]
        if self.random.random() < 0.1:
            return "lost"
        if name == "one" and self.random.random() < 0.4 and "task" in path.name:
            name = "twin"
        done = sitting.take_in(self.offices[name].book, [path], backup=False)
        assert done.stopped is None, done.stopped
        for one in done.results:
            assert one.outcome != "已隔离", (name, one.error, self.trace)
        return f"{name} {[(one.outcome, one.kind, one.number) for one in done.results]}"

    def answer(self) -> str:
        office = self.offices["district"]
        unit = self.random.choice([self.offices["one"].unit, self.offices["two"].unit])
        week = self.random.choice(WEEKS)
        if self.random.random() < 0.7:
            cycle.return_week(office.book, unit, week, DAY, "退回")
        else:
            cycle.accept(office.book, unit, week, DAY)
        return week

    def settle(self) -> str:
        name, office = self._office()
        open_ = conflicts.open(office.book)
        if not open_:
            return f"{name} nothing apart"
        conflict = self.random.choice(open_)
        side = self.random.choice(conflict.sides)
        conflicts.settle(office.book, conflict.id, side.entry, "商定")
        return f"{name} {conflict.field}"

    def undo(self) -> str:
        name, office = self._office()
        return f"{name} {undo.undo(office.book).act}"

    def undo_take_in(self) -> str:
        name, office = self._office()
        done = [one for one in taken(office.book) if one.state == TAKEN_IN][1:]
        if not done:
            return "nothing"
        one = self.random.choice(done)
        taking.undo(office.book, one.digest)
        return f"{name} 第{one.number}号"

    def take_again(self) -> str:
        name, office = self._office()
        away = [one for one in taken(office.book) if one.state == SET_ASIDE]
        if not away:
            return "nothing"
        aside.lift(office.book, self.random.choice(away).digest)
        return name

    def backup(self) -> str:
        name, office = self._office()
        copy = self.home / f"{name}-{len(self.backups[name])}.copy"
        office.close()
        shutil.copyfile(self._path(name), copy)
        self.offices[name] = self._open(name)
        self.backups[name].append(copy)
        return name

    def restore(self) -> str:
        """An old copy put back over the book: what was not sent since is gone, and no number."""
        name, office = self._office()
        if not self.backups[name]:
            return "none"
        office.close()
        shutil.copyfile(self.random.choice(self.backups[name]), self._path(name))
        self.offices[name] = self._open(name)
        return name

    def clock(self) -> str:
        name = self.random.choice(NAMES)
        self.skew[name] = timedelta(days=self.random.choice((-7300, 0, 7300)))
        return f"{name} {self.skew[name].days}"

    # The end.

    def bring_together(self) -> None:
        """Carry everything until nothing is new: lost sticks stay lost, take-ins stand again."""
        for office in self.offices.values():
            for away in taken(office.book):
                if away.state == SET_ASIDE:
                    aside.lift(office.book, away.digest)
        district, one, twin = (self.offices[name] for name in ("district", "one", "twin"))
        for _ in range(4):
            for office, others in ((one, (twin,)), (twin, (one,))):
                path = office.share().path
                for other in others:
                    self._must(other, path)
            for name in ("one", "twin", "two"):
                self._must(district, self.offices[name].report().path)
            for name in ("one", "twin", "two"):
                for written in district.hand_down([self.offices[name].unit]).written:
                    self._must(self.offices[name], written.path)

    def _must(self, office: Office, path: Path) -> None:
        done = sitting.take_in(office.book, [path], backup=False)
        assert done.stopped is None and not done.refused, [str(r.error) for r in done.results]

    def agree(self) -> None:
        """All that must hold in the end; raises AssertionError."""
        district = self.offices["district"]
        for name in NAMES[1:]:
            office = self.offices[name]
            assert not list((self.home / name).glob("*.quarantine/*")), name
            theirs = {line.identity for line in audience.lines(office.book, district.unit)}
            assert theirs <= shared(district.book), f"{name}: the district lacks entries"
            ours = {line.identity for line in audience.lines(district.book, office.unit)}
            assert ours <= shared(office.book), f"{name} lacks entries"
            assert_same_records(district.book, office.book)
            self._sees_only_its_own(name)
        one, twin = self.offices["one"].book, self.offices["twin"].book
        assert within(one) == within(twin), "two PCs of one unit differ"
        everything = set().union(*(shared(office.book) for office in self.offices.values()))
        assert not self.twice - everything, "entries that stood in two books are lost"
        for name, office in self.offices.items():
            assert office.sound(), f"{name} does not verify"

    def _sees_only_its_own(self, name: str) -> None:
        office, district = self.offices[name], self.offices["district"]
        for line in office.book.journal.lines():
            register, record = line.authored[_REGISTER], line.authored[_RECORD]
            if register not in office.book.tables:
                continue
            definition = office.book.scheme.registers[register]
            if definition.audience != "unit":
                continue
            seen = audience.ever_visible(district.book, register, record, office.unit)
            assert seen, f"{name} holds a foreign record of {register}"

    def _township(self) -> tuple[str, Office]:
        name = self.random.choice(NAMES[1:])
        return name, self.offices[name]

    def _office(self) -> tuple[str, Office]:
        name = self.random.choice(NAMES)
        return name, self.offices[name]

    def _all(self, book: Book, register: str, field: str = "", value: str = "") -> list[str]:
        where = f' AND "{field}" = ?' if field else ""
        rows = book.connection.execute(
            f'SELECT record FROM "{register}" WHERE removed = 0{where} ORDER BY record',
            (value,) if field else (),
        )
        return [record for (record,) in rows]

    def _pick(self, book: Book, register: str, field: str = "", value: str = "") -> str:
        found = self._all(book, register, field, value)
        if not found:
            raise Nothing
        return self.random.choice(found)


class Nothing(OneLedgerError):
    """There is nothing of the kind to work on."""

    def __init__(self) -> None:
        super().__init__("没有。")


def complete(book: Book, project: str, week: str) -> None:
    """A week without findings, whatever stands in it."""
    number = int(week[-2:]) - 8
    values: dict[str, Any] = {
        "completed_week": 1_000_000,
        "completed_year": 1_000_000 * number,
        "completed_total": 1_000_000 * number,
        "physical_progress": f"第{number}层",
    }
    with records.batch(book, "change") as batch:
        batch.create("weekly", {"project": project, "period": week, **values})


def shared(book: Book) -> set[str]:
    """The identities of what may stand in several units' books."""
    return {line.identity for line in _lines(book, ("local", "own"))}


def within(book: Book) -> set[str]:
    """The identities of what the PCs of one unit share."""
    return {line.identity for line in _lines(book, ("local",))}


def _lines(book: Book, never: tuple[str, ...]) -> Iterator[Line]:
    for line in book.journal.lines():
        register = book.scheme.registers.get(line.authored[_REGISTER])
        if register is None or register.audience not in never:
            yield line


def assert_same_records(district: Book, office: Book) -> None:
    """Every record that the office sees now says the same in both books."""
    seen = audience.visible(district, office.unit)
    for name, table in office.tables.items():
        if office.scheme.registers[name].audience in ("local", "own"):
            continue
        theirs = {row[0]: row for row in table.rows() if row[0] in seen}
        ours = {row[0]: row for row in district.tables[name].rows() if row[0] in seen}
        assert theirs == ours, f"{name} differs"


def play(template: Path, home: Path, seed: int, steps: int = STEPS) -> World:
    """One whole run; raises AssertionError with the trace when anything does not hold."""
    with by_chance(seed + 1):
        return _play(template, home, seed, steps)


def _play(template: Path, home: Path, seed: int, steps: int) -> World:
    world = World(template, home, seed)
    try:
        world.run(steps)
        world.bring_together()
        world.agree()
    except AssertionError as error:
        raise AssertionError(f"seed {seed}: {error}\n" + "\n".join(world.trace)) from error
    finally:
        world.close()
    return world
