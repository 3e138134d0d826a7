"""What tests of the window stand on: books of the demonstration, a desk over each, pictures.

Each test works on a copy of its own. ``ONELEDGER_SHOTS`` names a folder where pictures are kept for
people to look at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop import demo
from desktop.errors import OneLedgerError
from desktop.ledger import workspace
from desktop.ledger.workspace import Book
from desktop.ui import language, memory, theme, typeface
from desktop.ui.collecting import Collecting
from desktop.ui.desk import Desk
from desktop.ui.messages import Messages
from desktop.ui.worker import Answer, Worker

#: The demonstration's last week is complete; the day that tests take for today is its last.
TODAY = date(2023, 3, 9)


@pytest.fixture(scope="session")
def qapp(qapp_args: list[str], qapp_cls: type[QApplication]) -> Iterator[QApplication]:
    """The application, in the program's type, language and colours."""
    app = qapp_cls.instance() or qapp_cls(qapp_args)
    assert isinstance(app, QApplication)
    typeface.load()
    language.install(app)
    theme.apply(app, dark=False)
    collecting = Collecting()
    yield app
    collecting.end()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district of two townships, twelve projects each, ten weeks; never written to."""
    folder = tmp_path_factory.mktemp("demonstration")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONELEDGER_PROFILE", str(folder / "profile"))
        demo.make(folder, townships=2, projects=12, weeks=10)
    return folder


@pytest.fixture
def book_copy(demonstration: Path, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of ``district.yzb`` or ``townships/01.yzb`` that the test may write in."""

    def copy(name: str) -> Path:
        path = tmp_path / Path(name).name
        shutil.copyfile(demonstration / name, path)
        return path

    return copy


class TestDesk(Desk):
    """A desk that remembers what it was told to say: ``warnings``, ``notes``, ``places``."""

    __test__ = False
    warnings: list[OneLedgerError]
    notes: list[str]
    places: list[tuple[str, object]]


@pytest.fixture
def make_desk(
    qapp: QApplication, profile: Path, request: pytest.FixtureRequest
) -> Callable[[Path], TestDesk]:
    """Open a book on a worker and give its desk; closed after the test."""

    def make(path: Path) -> TestDesk:
        worker = Worker(lambda: workspace.open_book(path, operator="张晓燕"))
        found: list[Answer] = []
        worker.start(found.append)
        spin(lambda: bool(found))
        if found[0].error is not None:
            raise found[0].error
        kept = memory.of_book(profile, found[0].value.identity)
        pc = memory.of_pc(profile)
        desk = TestDesk(worker, found[0].value, kept, Messages(), pc, today=lambda: TODAY)
        desk.warnings, desk.notes, desk.places = [], [], []
        desk.messages.warned.connect(lambda warned: desk.warnings.append(warned.error))
        desk.messages.said.connect(desk.notes.append)
        desk.went.connect(lambda page, landing: desk.places.append((page, landing)))
        request.addfinalizer(worker.close)
        return desk

    return make


@pytest.fixture
def desk(make_desk: Callable[[Path], TestDesk], book_copy: Callable[[str], Path]) -> TestDesk:
    """A township's desk: twelve projects, ten weeks, the last one complete and not submitted."""
    return make_desk(book_copy("townships/01.yzb"))


@pytest.fixture
def district_desk(
    make_desk: Callable[[Path], TestDesk], book_copy: Callable[[str], Path]
) -> TestDesk:
    """The district's desk."""
    return make_desk(book_copy("district.yzb"))


def spin(until: Callable[[], bool], seconds: float = 20.0) -> None:
    """Run the event loop until ``until`` holds; a test that waits in vain fails.

    What held may hold no longer when this returns: the loop ends after the events of its turn.
    """
    loop, timer, limit = QEventLoop(), QTimer(), QTimer()
    held = until()

    def look() -> None:
        nonlocal held
        held = held or until()
        if held:
            loop.quit()

    timer.timeout.connect(look)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    timer.start(1)
    limit.start(int(seconds * 1000))
    if not held:
        loop.exec()
    assert held, "what was waited for did not happen"


def settle(desk: Desk) -> None:
    """Wait until everything asked of the worker is answered and shown."""
    for _ in range(3):  # An answer may ask again.
        spin(lambda: desk.worker.pending == 0)
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def ask(desk: Desk, run: Callable[[Book], Any]) -> Any:
    """What ``run`` answers about the book, asked through the worker as a page would."""
    found: list[Any] = []
    desk.read(desk, run, found.append)
    spin(lambda: bool(found))
    return found[0]


def shot(widget: QWidget, name: str, width: int = 1366, height: int = 768) -> None:
    """A picture of ``widget`` for people to look at, where a folder for it is named."""
    folder = os.environ.get("ONELEDGER_SHOTS")
    if folder:
        widget.resize(width, height)
        QApplication.processEvents()
        Path(folder).mkdir(parents=True, exist_ok=True)
        assert widget.grab().save(str(Path(folder) / f"{name}.png"))


@pytest.fixture(autouse=True)
def no_windows_left(qapp: QApplication) -> Iterator[None]:
    """Close what a test has left open, so that the next one begins alone."""
    yield
    for widget in QApplication.topLevelWidgets():
        widget.close()
        widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
