"""What the stories stand on: the whole program over books of the demonstration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.stories.person import Person
from tests.ui.conftest import book_copy, demonstration, no_windows_left, qapp

__all__ = ["book_copy", "demonstration", "no_windows_left", "qapp"]


@pytest.fixture
def person(qapp: QApplication, profile: Path) -> Iterator[Callable[[Path], Person]]:
    """Start the program on a book and sit down before it; closed after the test."""
    started: list[Person] = []

    def start(book: Path) -> Person:
        started.append(Person(book))
        return started[-1]

    yield start
    for one in started:
        one.leave()
