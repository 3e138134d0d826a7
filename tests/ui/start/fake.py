"""A program that a first start can ask: work is done at once, what is opened is noted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from desktop.errors import OneLedgerError
from desktop.ui.messages import Remedy
from desktop.ui.worker import Cancelled, Progress


class FakeStarter:
    """Notes what it was asked: ``opened``, ``titles``, ``warnings``; ``cancels`` calls work off."""

    def __init__(self, *recent: Path) -> None:
        self.books = list(recent)
        self.opened: list[Path] = []
        self.titles: list[str] = []
        self.warnings: list[tuple[OneLedgerError, tuple[Remedy, ...]]] = []
        self.made: list[Path] = []
        self.remembered: list[Path] = []
        self.refuses: dict[Path, OneLedgerError] = {}
        self.cancels = False

    def open(self, path: Path) -> None:
        self.opened.append(path)

    def recent(self) -> list[Path]:
        return self.books

    def remember(self, path: Path) -> None:
        self.remembered.append(path)

    def run(
        self,
        owner: QObject,
        title: str,
        run: Callable[[Progress], Any],
        then: Callable[[Any], None],
        failed: Callable[[OneLedgerError], None] | None = None,
    ) -> None:
        self.titles.append(title)
        progress = Progress()
        progress.cancelled = self.cancels
        try:
            value = run(progress)
        except Cancelled:
            return
        except OneLedgerError as error:
            (failed or self.warn)(error)
            return
        then(value)

    def warn(self, error: OneLedgerError, *remedies: Remedy) -> None:
        self.warnings.append((error, remedies))

    def demonstrate(self, folder: Path, progress: Callable[[int, int], None]) -> list[Path]:
        if folder in self.refuses:
            raise self.refuses[folder]
        books = [folder / "district.yzb", *(folder / f"townships/0{n}.yzb" for n in (1, 2, 3))]
        for number, book in enumerate(books):
            progress(number, len(books))
            book.parent.mkdir(parents=True, exist_ok=True)
            book.write_text("演示")
        self.made.append(folder)
        return books
