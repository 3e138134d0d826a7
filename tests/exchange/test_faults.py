"""The n-th call fails — of the stick, of this PC's files, of the book: old state or new one.

Here a share of the calls; the benchmark takes every one of them, with every error.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.exchange import durable, postbook, sending, sitting, taking
from desktop.exchange.building import build
from desktop.exchange.checking import Checked
from desktop.exchange.written import Written
from desktop.ledger import cycle, merging, records
from desktop.ledger.workspace import Book
from tests import office
from tests.exchange import faults, faults_runs, faults_world
from tests.exchange.faults_runs import ERRORS, broken
from tests.office import DAY, NEXT

if not sys.platform.startswith("linux"):
    pytest.skip("the layer asks /proc whose a handle is", allow_module_level=True)

#: How many of the calls of each act fail here.
SHARE = 6


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("faults") / "template"
    with pytest.MonkeyPatch.context() as patch:
        office.cheaply(patch)
        faults_world.found(folder)
        yield folder


@pytest.mark.parametrize("act", faults_world.ACTS)
def test_an_act_that_fails_leaves_the_old_state_or_the_new(
    template: Path, tmp_path: Path, act: str
) -> None:
    points = faults_runs.points(template, tmp_path / "count", act)
    step = max(1, len(points) // SHARE)
    for turn, number in enumerate(points[turn_of(act) :: step]):
        broken(template, tmp_path / f"{number}", act, number, turn, whole=turn % 2 == 0)


def turn_of(act: str) -> int:
    """Another beginning for every act, so that the shares differ."""
    return faults_world.ACTS.index(act)


@pytest.mark.parametrize("act", faults_world.ACTS)
@pytest.mark.parametrize("stick", [True, False])
def test_a_stick_or_a_disk_that_is_gone_for_good(
    template: Path, tmp_path: Path, act: str, stick: bool
) -> None:
    """From some call on nothing works any more, not even tidying up."""
    points = faults_runs.points(template, tmp_path / "count", act, stick=stick)
    for turn, number in enumerate(points[:: max(1, len(points) // 2)]):
        home = tmp_path / f"{number}"
        broken(template, home, act, number, turn, for_ever=True, on_stick=stick)


def test_a_full_disk_that_sqlite_meets_itself(template: Path, tmp_path: Path) -> None:
    """The book may not grow any more: an error of SQLite's own making, at a page of its choice."""
    for room in (0, 1, 3, 8):
        faults_world.copied(template, tmp_path / f"{room}")
        act = faults_world.WORK["submit"](tmp_path / f"{room}")
        said: list[dict[str, Any]] = []
        with act.book() as book:
            pages = book.connection.execute("PRAGMA page_count").fetchone()[0]
            free = book.connection.execute("PRAGMA freelist_count").fetchone()[0]
            book.connection.execute(f"PRAGMA max_page_count = {pages - free + room}")
            faults_runs.tried(act, book, said)
            book.connection.execute("PRAGMA max_page_count = 1000000")
            faults_world.sound(book)
            act.look(book, said)
        act.check(said)
        act.end()


# A stick that lies, and programs that must be found out by the tests above.


def lies(_template: Path, home: Path, act: str) -> None:
    """One write to the stick puts other bytes there and says that all is well."""
    faults_world.copied(_template, home)
    one, said = faults_world.WORK[act](home), list[dict[str, Any]]()
    faults_runs.under(faults.lying(home), one, said)
    one.check(said)
    one.end()


@pytest.mark.parametrize("act", ["submit", "hand_down"])
def test_a_stick_that_keeps_other_bytes_than_it_was_given(
    template: Path, tmp_path: Path, act: str
) -> None:
    lies(template, tmp_path / "lies", act)


def test_control_writing_without_reading_back_is_found_out(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "_reads_back", lambda *_: True)
    with pytest.raises(AssertionError):
        lies(template, tmp_path / "lies", "submit")


def test_control_a_week_submitted_before_its_package_is_built_is_found_out(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_halves(book: Book, period: str, folder: Path, *_: Any, **__: Any) -> Written:
        cycle.submit(book, period, DAY, filler="王会计")
        package = build(book, sending._above(book), "report", (NEXT,))
        return sending._sent(book, sending._above(book), package, folder, sending._quietly)

    monkeypatch.setattr(sending, "submit", in_halves)
    points = faults_runs.points(template, tmp_path / "count", "submit")
    with pytest.raises(AssertionError, match="已上报"):
        for number in points[::-4]:
            broken(template, tmp_path / f"{number}", "submit", number, 0)


def test_control_a_package_taken_in_by_halves_is_found_out(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_halves(book: Book, checked: Checked) -> tuple[Any, Any]:
        changes = merging.receive(book, checked.message.entries, checked.digest)
        with records.batch(book, "receive") as batch:
            postbook.note_taken(batch, book, taking._values(checked))
        return None, changes

    monkeypatch.setattr(taking, "apply", in_halves)
    monkeypatch.setattr(sitting, "_rehearse", lambda *_: None)
    points = faults_runs.points(template, tmp_path / "count", "take")
    with pytest.raises(AssertionError, match="half a package"):
        for number in points[::-5]:
            broken(template, tmp_path / f"{number}", "take", number, 0)


def test_every_error_has_its_turn() -> None:
    assert {number for number, _ in ERRORS} >= {
        errno.EIO, errno.ENOSPC, errno.EROFS, errno.ENODEV, errno.EACCES
    }  # fmt: skip
