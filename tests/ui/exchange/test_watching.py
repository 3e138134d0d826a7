"""Sticks that come and go, and a drive that does not answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.exchange.volumes import Volume
from desktop.ui.exchange.watching import StickWatch
from tests.ui.conftest import spin

ONE = Volume(Path("/media/one"), "ONE", 1 << 30, 8 << 30, False, True)
TWO = Volume(Path("/media/two"), "TWO", 1 << 30, 8 << 30, False, True)
DISK = Volume(Path("/media/disk"), "DISK", 1 << 40, 1 << 41, False, False)


class Notes:
    """What a watch has told."""

    def __init__(self, watch: StickWatch) -> None:
        self.told: list[str] = []
        watch.put_in.connect(lambda one: self.told.append(f"+{one.label}"))
        watch.pulled_out.connect(lambda one: self.told.append(f"-{one.label}"))
        watch.changed.connect(lambda: self.told.append("changed"))


@pytest.fixture
def mounted() -> list[Volume]:
    return []


@pytest.fixture
def watch(qapp: QApplication, mounted: list[Volume]) -> Iterator[StickWatch]:
    owner = QObject()
    made = StickWatch(owner, lambda: tuple(mounted))
    made.timer.setInterval(2)
    yield made
    made.timer.stop()


def test_a_stick_is_told_when_it_comes_and_when_it_goes(
    watch: StickWatch, mounted: list[Volume]
) -> None:
    notes = Notes(watch)
    mounted.append(ONE)
    spin(lambda: len(notes.told) == 2)
    mounted.append(TWO)
    spin(lambda: len(notes.told) == 4)
    mounted.remove(ONE)
    spin(lambda: len(notes.told) == 6)
    assert notes.told == ["+ONE", "changed", "+TWO", "changed", "-ONE", "changed"]
    assert watch.sticks == (TWO,)
    assert watch.named(Path("/media/two/sub/x.yzp")) == TWO
    assert watch.named(Path("/media/one/x.yzp")) is None


def test_a_second_disk_is_no_stick(watch: StickWatch, mounted: list[Volume]) -> None:
    notes = Notes(watch)
    mounted += [DISK, ONE]
    spin(lambda: bool(watch.sticks))
    assert watch.sticks == (ONE,)
    assert notes.told == ["+ONE", "changed"]


def test_another_stick_in_the_same_place_is_another_stick(
    watch: StickWatch, mounted: list[Volume]
) -> None:
    notes = Notes(watch)
    mounted.append(ONE)
    spin(lambda: bool(watch.sticks))
    mounted[:] = [Volume(ONE.path, "OTHER", 1 << 30, 8 << 30, False, True)]
    spin(lambda: len(notes.told) == 5)
    assert notes.told[2:] == ["-ONE", "+OTHER", "changed"]


def test_less_room_on_a_stick_is_no_new_stick(watch: StickWatch, mounted: list[Volume]) -> None:
    notes = Notes(watch)
    mounted.append(ONE)
    spin(lambda: bool(watch.sticks))
    mounted[:] = [Volume(ONE.path, ONE.label, 5, ONE.total, False, True)]
    spin(lambda: watch.sticks[0].free == 5)
    assert notes.told == ["+ONE", "changed", "changed"]


def test_a_drive_that_does_not_answer_is_asked_once_and_waited_for_by_nobody(
    qapp: QApplication,
) -> None:
    answer, asked = threading.Event(), []

    def stuck() -> tuple[Volume, ...]:
        asked.append(1)
        answer.wait(20)
        return (ONE,)

    owner = QObject()
    watch = StickWatch(owner, stuck)
    for _ in range(5):
        watch.look()
    assert len(asked) == 1
    assert watch.sticks == ()
    answer.set()
    watch.timer.setInterval(2)
    spin(lambda: watch.sticks == (ONE,))
