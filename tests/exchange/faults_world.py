"""A small world in which acts are broken off, and what must hold of it afterwards.

Four acts: a township submits, the district takes two reports in, the district hands down, a third
township begins its book. Each can be done in a copy of the world, looked at after whatever went
wrong — nothing acknowledged may be lost, nothing may stand half — and brought to its end, where
both sides must agree.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desktop.errors import OneLedgerError
from desktop.exchange import (
    building,
    container,
    enrolment,
    opening,
    postbook,
    sending,
    sitting,
)
from desktop.exchange.postbook import Sent
from desktop.exchange.shelves import Shelves
from desktop.ledger import backups, cycle, verify, workspace
from desktop.ledger.correspondence import PENDING, TAKEN_IN, WITHDRAWN, WRITTEN
from desktop.ledger.workspace import Book
from tests.exchange import attacks
from tests.exchange.parcels import joined, split
from tests.ledger.books import noon
from tests.office import DAY, NEXT, WEEK, District

TOWNS = attacks.TOWNS
ACTS = ("submit", "take", "hand_down", "open")
#: Tells what an act has acknowledged, at once.
Say = Callable[[dict[str, Any]], None]


def found(folder: Path) -> None:
    """The world before the acts; sticks and what was told by telephone lie in it too."""
    district = District(folder / "district", TOWNS)
    one = district.enrol("空冢郭镇", folder / "one")
    two = district.enrol("问十乡", folder / "two")
    for office, town in ((one, "空冢郭镇"), (two, "问十乡")):
        office.take(*(written.path for written in district.hand_down([office.unit]).written))
        office.week(district.projects[town])
    stick = folder / "stick"
    reports = [
        sending.submit(office.book, WEEK, stick / "in", DAY, filler="王会计")
        for office in (one, two)
    ]
    # One that has to wait, and one that is refused.
    text, body = split(reports[0].path.read_bytes())
    newer = joined(text.replace(b'"format":1', b'"format":2'), body)
    (stick / "in" / "newer.yzp").write_bytes(newer)
    spoilt = joined(text, body[:-1] + b"\0\0")
    (stick / "in" / "spoilt.yzp").write_bytes(spoilt)
    one.week(district.projects["空冢郭镇"], NEXT)
    district.project("空冢郭镇二号项目", one.unit)
    (first,) = sending.hand_down(district.book, stick / "first", [district.units["大刘镇"]]).written
    told = {
        "units": district.units,
        "projects": district.projects,
        "passphrase": first.passphrase,
        "reports": [one.package.digest for one in reports],
        "others": {container.digest(newer): "待处理", container.digest(spoilt): "已隔离"},
    }
    (folder / "told.json").write_text(json.dumps(told), "utf-8")
    for each in (district.book, one.book, two.book):
        each.close()


def copied(template: Path, home: Path) -> None:
    """A copy of the world at ``home``; the PCs are the same."""
    shutil.copytree(template, home)
    for name in ("district", "one", "two"):
        attacks.moved(home, name)


@contextmanager
def opened(home: Path, name: str) -> Iterator[Book]:
    """The book of an office."""
    path = home / name / ("district.yzb" if name == "district" else "book.yzb")
    profile = home / name / "profile"
    with workspace.open_book(path, profile=profile, operator=name, clock=noon) as book:
        yield book


def told(home: Path) -> dict[str, Any]:
    """What people told each other."""
    found: dict[str, Any] = json.loads((home / "told.json").read_text("utf-8"))
    return found


class Act:
    """One act in the world at ``home``."""

    #: Whose PC it is done on.
    office = ""
    #: Whether there is a book in which it is done; else it makes one.
    begins_with_a_book = True

    def __init__(self, home: Path) -> None:
        self.home, self.stick, self.told = home, home / "stick", told(home)

    @contextmanager
    def book(self) -> Iterator[Book]:
        """The book in which it is done."""
        with opened(self.home, self.office) as book:
            yield book

    def do(self, say: Say) -> None:
        """Open the book and do it; ``say`` what is acknowledged."""
        with self.book() as book:
            self.done_in(book, say)

    def done_in(self, book: Book, say: Say) -> None:
        """Do it in the open book."""
        raise NotImplementedError

    def look(self, book: Book, said: list[dict[str, Any]]) -> None:
        """Raise AssertionError unless all that was said holds, and nothing stands half."""
        raise NotImplementedError

    def end(self) -> None:
        """Do it (again) without trouble; both sides agree then."""
        raise NotImplementedError

    def check(self, said: list[dict[str, Any]]) -> None:
        """:meth:`look` into the book opened anew, and see that no draft passes for a book."""
        with self.book() as book:
            sound(book)
            self.look(book, said)
        self.whole_books()

    def whole_books(self) -> None:
        """Whatever bears a book's name is a whole book; drafts bear another."""
        for path in (*self.home.glob("*/*.yzb"), *self.home.glob("*/*.backups/*.yzb")):
            if path.stem not in ("district", "book") and not path.name.startswith("."):
                backups.examine(path)


class Submit(Act):
    """The township submits the second week."""

    office = "one"

    def done_in(self, book: Book, say: Say) -> None:
        written = sending.submit(book, NEXT, self.stick / "out", DAY, filler="王会计")
        say({"path": str(written.path), "digest": written.package.digest})

    def look(self, book: Book, said: list[dict[str, Any]]) -> None:
        live = self._live(book)
        state = cycle.submission(book, book.unit, NEXT).state
        assert state == ("已上报" if live else "未上报"), (state, live)
        assert len(live) <= 1
        for package in live:
            assert waits(book, package), "the package of a submitted week is not in the outbox"
        for one in said:
            assert live and live[0].digest == one["digest"] and live[0].state == WRITTEN
            assert container.digest(Path(one["path"]).read_bytes()) == one["digest"]
        known = {package.digest for package in postbook.sent(book)}
        assert set(whole_packages(self.stick / "out")) <= known, "left before it was in the book"

    def end(self) -> None:
        with self.book() as book:
            live = self._live(book)
            if live:
                sending.again(book, live[0], self.stick / "out")
            else:
                sending.submit(book, NEXT, self.stick / "out", DAY, filler="王会计")
            digest, unit = self._live(book)[0].digest, book.unit
            with opened(self.home, "district") as district:
                done = sitting.take_in(district, [self.stick / "out"], backup=False)
                assert done.stopped is None
                assert digest in {one.digest for one in done.results if one.outcome == "已装入"}
                assert cycle.submission(district, unit, NEXT).state == "已上报"
                agree(book, district)

    def _live(self, book: Book) -> list[Sent]:
        return [
            one for one in postbook.sent(book) if NEXT in one.periods and one.state != WITHDRAWN
        ]


class Take(Act):
    """The district takes in the reports of two townships."""

    office = "district"

    def done_in(self, book: Book, say: Say) -> None:
        done = sitting.take_in(book, [self.stick / "in"])
        for one in done.results:
            say({"digest": one.digest, "outcome": one.outcome, "error": repr(one.error)})
        if done.stopped is not None:
            raise done.stopped

    def look(self, book: Book, said: list[dict[str, Any]]) -> None:
        for digest in self.told["reports"]:
            rows = [one for one in postbook.taken(book) if one.digest == digest]
            came = book.connection.execute(
                "SELECT count(*) FROM journal WHERE package = ?", (digest,)
            ).fetchone()[0]
            assert len(rows) <= 1 and bool(rows) == bool(came), "half a package"
            for name in ("空冢郭镇", "问十乡"):
                unit = self.told["units"][name]
                if rows and rows[0].unit == unit:
                    assert cycle.submission(book, unit, WEEK).state == "已上报"
        for one in said:
            if one["outcome"] == "已装入":
                assert postbook.state_of(book, one["digest"]) == TAKEN_IN
            due = self.told["others"].get(one["digest"], "已装入")
            assert one["outcome"] == due, one
        shelves, others = Shelves(book.path), self.told["others"]
        assert {one.digest for one in shelves.refused.list()} <= others.keys(), "quarantined"
        assert {one.digest for one in shelves.held.list()} <= others.keys()
        there = [container.digest(path.read_bytes()) for path in (self.stick / "in").iterdir()]
        assert set(there) == {*self.told["reports"], *others}, "the stick was changed"

    def end(self) -> None:
        with self.book() as book:
            done = sitting.take_in(book, [self.stick / "in"], backup=False)
            assert done.stopped is None and done.refused == 1
            for name in ("空冢郭镇", "问十乡"):
                state = cycle.submission(book, self.told["units"][name], WEEK).state
                assert state == "已上报"
            with opened(self.home, "two") as town:  # The other one has written on since.
                agree(town, book)


class HandDown(Act):
    """The district hands down to one township, and a first package to another."""

    office = "district"

    def done_in(self, book: Book, say: Say) -> None:
        units = [self.told["units"]["空冢郭镇"], self.told["units"]["大刘镇"]]
        handed = sending.hand_down(book, self.stick / "out", units)
        for one in handed.written:
            say(
                {
                    "path": str(one.path),
                    "digest": one.package.digest,
                    "passphrase": one.passphrase,
                }
            )
        if handed.stopped is not None:
            raise handed.stopped

    def look(self, book: Book, said: list[dict[str, Any]]) -> None:
        sent = {one.digest: one for one in postbook.sent(book)}
        for one in sent.values():
            if one.state in (PENDING, WRITTEN):
                assert waits(book, one)
        for one_said in said:
            assert sent[one_said["digest"]].state == WRITTEN
            raw = Path(one_said["path"]).read_bytes()
            assert container.digest(raw) == one_said["digest"]
            if one_said["passphrase"]:
                container.open_body(raw, container.read_header(raw), one_said["passphrase"])
        numbers = [(one.unit, one.replica, one.number) for one in sent.values()]
        assert len(numbers) == len(set(numbers)), "a number used twice"
        assert set(whole_packages(self.stick / "out")) <= set(sent)

    def end(self) -> None:
        with self.book() as book:
            unit = self.told["units"]["空冢郭镇"]
            (again,) = sending.hand_down(book, self.stick / "out", [unit]).written
            with opened(self.home, "one") as one:
                done = sitting.take_in(one, [again.path], backup=False)
                assert [result.outcome for result in done.results] == ["已装入"]
                agree(book, one)


class Open(Act):
    """A township begins its book with the first package."""

    office = "third"
    begins_with_a_book = False

    @property
    def target(self) -> Path:
        return self.home / "third" / "book.yzb"

    def do(self, say: Say) -> None:
        (package,) = (self.stick / "first").glob("*.yzp")
        self.target.parent.mkdir(exist_ok=True)
        begun = opening.open_package(
            package,
            self.told["passphrase"],
            self.target,
            profile=self.home / "third" / "profile",
            operator="third",
            clock=noon,
        )
        begun.book.close()
        say({"code": begun.code, "recovery": begun.recovery})

    def check(self, said: list[dict[str, Any]]) -> None:
        assert self.target.exists() or not said
        if self.target.exists():
            super().check(said)
        self.whole_books()

    def look(self, book: Book, said: list[dict[str, Any]]) -> None:
        assert len(postbook.taken(book)) == 1
        for one in said:
            assert [standing.code for standing in enrolment.codes(book)] == [one["code"]]

    def end(self) -> None:
        if not self.target.exists():
            self.do(lambda _said: None)
        with self.book() as book, opened(self.home, "district") as district:
            (standing,) = enrolment.codes(book)
            report = sending.report(book, self.stick / "back")
            (waiting,) = sitting.take_in(district, [report.path], backup=False).results
            assert waiting.code == standing.code
            enrolment.confirm(district, book.unit, standing.code)
            (taken,) = sitting.take_in(district, [], backup=False).results
            assert taken.outcome == "已装入"
            agree(book, district)
            agree(district, book)


WORK: dict[str, type[Act]] = {"submit": Submit, "take": Take, "hand_down": HandDown, "open": Open}


def sound(book: Book) -> None:
    """The book verifies."""
    found = verify.verify(book)
    assert found.ok, [problem.sentence for problem in found.problems]


def agree(sender: Book, receiver: Book) -> None:
    """The receiver holds all that the sender lets it see, and both are sound."""
    theirs = {line.identity for line in building.visible(sender, receiver.unit)}
    ours = {line.identity for line in receiver.journal.lines()}
    assert theirs <= ours, f"{len(theirs - ours)} entries are lost"
    sound(sender)
    sound(receiver)


def waits(book: Book, package: Sent) -> bool:
    """Whether the package lies whole in the outbox."""
    raw = Shelves(book.path).outbox.get(package.digest)
    return raw is not None and len(raw) == package.size


def whole_packages(folder: Path) -> list[str]:
    """The digests of the files in a folder that are whole packages."""
    found = []
    for path in sorted(folder.glob("*.yzp")):
        raw = path.read_bytes()
        try:
            container.read_header(raw)
        except OneLedgerError:
            continue
        found.append(container.digest(raw))
    return found
