"""Circles with objects of the window in them are taken down in the window's thread alone."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from desktop.sheets.uncollected import uncollected
from desktop.ui.collecting import Collecting, set_aside, take_back


class Circle(QObject):
    """Reaches itself, so that only a search finds it."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def collecting(qapp: object) -> Iterator[Collecting]:
    already = not gc.isenabled()  # All tests of the window run so.
    made = Collecting()
    yield made
    made.end()
    if already:
        gc.disable()


def allocate(kept: list[list[int]]) -> None:
    """So much that Python would search on its own."""
    kept.extend([number] for number in range(20 * gc.get_threshold()[0]))


def test_another_thread_takes_nothing_down(collecting: Collecting) -> None:
    threads: list[str] = []
    kept: list[list[int]] = []
    gc.collect()
    circle = Circle()
    weakref.finalize(circle, lambda: threads.append(threading.current_thread().name))
    del circle
    busy = threading.Thread(target=allocate, args=(kept,), name="book")
    busy.start()
    busy.join()
    assert threads == []
    collecting.look()
    assert threads == ["MainThread"]


def test_afterwards_python_searches_again(collecting: Collecting) -> None:
    assert not gc.isenabled()
    collecting.end()
    assert gc.isenabled()


def test_nothing_is_searched_while_a_big_workbook_is_compared(collecting: Collecting) -> None:
    gc.collect()
    circle = Circle()
    gone = weakref.ref(circle)
    del circle
    kept: list[list[int]] = []
    allocate(kept)
    with uncollected():
        collecting.look()
        assert gone() is not None
    collecting.look()
    assert gone() is None


def test_what_is_set_aside_is_searched_again_afterwards(collecting: Collecting) -> None:
    circle = Circle()
    gone = weakref.ref(circle)
    del circle
    set_aside()
    gc.collect()
    assert gone() is not None
    take_back()
    gc.collect()
    assert gone() is None
