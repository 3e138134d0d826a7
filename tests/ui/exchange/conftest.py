"""What the tests of 收发 stand on: a district and its townships that have met, and fake sticks.

``空冢郭镇`` and ``问十乡`` have submitted the week, ``大刘镇`` has answered and waits for the
comparison, ``阴阳赵镇`` was never spoken to. Nobody's book is written to: each test has copies.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.exchange.volumes import Volume
from desktop.ledger import workspace
from desktop.ui import memory
from desktop.ui.exchange.page import ExchangePage
from desktop.ui.messages import Messages
from desktop.ui.worker import Answer, Worker
from tests import office
from tests.ui.conftest import TODAY, TestDesk, settle, spin

WEEK, NEXT = office.WEEK, office.NEXT
FIRST, SECOND, ANSWERED, STRANGER = "空冢郭镇", "问十乡", "大刘镇", "阴阳赵镇"


@pytest.fixture(scope="session")
def met(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with everybody's home, and ``stick`` with the packages that went up."""
    home = tmp_path_factory.mktemp("offices")
    with pytest.MonkeyPatch.context() as patch:
        office.cheaply(patch)
        district = office.District(home / "district", (FIRST, SECOND, ANSWERED, STRANGER))
        townships = {name: district.enrol(name, home / name) for name in (FIRST, SECOND)}
        stick = home / "stick"
        stick.mkdir()
        for township in townships.values():
            (project,) = [
                record
                for (record,) in township.book.connection.execute("SELECT record FROM project")
            ]
            township.week(project)
            shutil.copy(township.submit(reviewer="刘伟").path, stick)
        third = district.open(ANSWERED, home / ANSWERED)
        shutil.copy(third.report().path, stick)
        for one in (district, third, *townships.values()):
            one.close()
        yield home


@pytest.fixture
def homes(met: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of everything, in which the test may write."""
    office.cheaply(monkeypatch)
    return Path(shutil.copytree(met, tmp_path / "offices"))


@dataclass
class Port:
    """Where sticks are put in: what the PC says that it has mounted."""

    sticks: list[Volume] = field(default_factory=list)

    def __call__(self) -> tuple[Volume, ...]:
        return tuple(self.sticks)

    def put_in(self, path: Path, label: str = "KINGSTON", *, read_only: bool = False) -> None:
        """A stick whose files are those of ``path``."""
        self.sticks.append(Volume(path, label, 3 << 30, 16 << 30, read_only, True))

    def pull_out(self) -> None:
        """The last stick is gone."""
        self.sticks.pop()


@dataclass
class Room:
    """A page over a book, a port for sticks, and what was asked of the person."""

    desk: TestDesk
    page: ExchangePage
    port: Port
    asked: list[str] = field(default_factory=list)
    answer: bool = True

    def settle(self) -> None:
        """Wait until everything is answered and shown."""
        settle(self.desk)

    def put_in(self, path: Path, label: str = "KINGSTON", *, read_only: bool = False) -> None:
        """Put a stick in, and wait until the page has noticed and looked."""
        before = len(self.page.watch.sticks)
        self.port.put_in(path, label, read_only=read_only)
        spin(lambda: len(self.page.watch.sticks) > before)
        self.settle()

    def pull_out(self) -> None:
        """Pull the last stick out, and wait until the page has noticed."""
        before = len(self.page.watch.sticks)
        self.port.pull_out()
        spin(lambda: len(self.page.watch.sticks) < before)
        self.settle()

    def ask(self, question: str, _advice: str, _yes: str) -> bool:
        """Answer the one question."""
        self.asked.append(question)
        return self.answer


@pytest.fixture
def enter(qapp: object, homes: Path, request: pytest.FixtureRequest) -> Callable[..., Room]:
    """Open somebody's book in the window's way and show its page 收发."""

    def open_room(who: str = "district", week: str = WEEK, *, shown: bool = True) -> Room:
        home = homes / who
        path = home / ("district.yzb" if who == "district" else "book.yzb")
        worker = Worker(
            lambda: workspace.open_book(path, profile=home / "profile", operator="张晓燕")
        )
        found: list[Answer] = []
        worker.start(found.append)
        spin(lambda: bool(found))
        if found[0].error is not None:
            raise found[0].error
        kept = memory.of_book(home / "profile", found[0].value.identity)
        pc = memory.of_pc(home / "profile")
        desk = TestDesk(worker, found[0].value, kept, Messages(), pc, today=lambda: TODAY)
        desk.warnings, desk.notes, desk.places = [], [], []
        desk.messages.warned.connect(lambda warned: desk.warnings.append(warned.error))
        desk.messages.said.connect(desk.notes.append)
        desk.went.connect(lambda page, landing: desk.places.append((page, landing)))
        desk.set_period(week)
        request.addfinalizer(worker.close)
        port = Port()
        page = ExchangePage(desk, port)
        page.watch.timer.setInterval(5)
        room = Room(desk, page, port)
        desk.messages.asker = room.ask
        desk.changed.connect(lambda _changes: page.refresh())
        page.resize(1210, 690)
        if shown:
            page.show()
        page.refresh()
        room.settle()
        return room

    return open_room
