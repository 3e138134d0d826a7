"""What the first start may ask of the program; ``desktop/app.py`` gives it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QObject

from desktop.errors import OneLedgerError
from desktop.ui.messages import Remedy
from desktop.ui.worker import Progress


class Starter(Protocol):
    """Opens books, runs long work without one, says what went wrong."""

    def open(self, path: Path) -> None:
        """Open the book at ``path``; what goes wrong comes back to the first start."""

    def remember(self, path: Path) -> None:
        """List a book that was made among the recent ones, also when it is not opened now."""

    def recent(self) -> list[Path]:
        """The books opened last that are still there, the latest first."""

    def run(
        self,
        owner: QObject,
        title: str,
        run: Callable[[Progress], Any],
        then: Callable[[Any], None],
        failed: Callable[[OneLedgerError], None] | None = None,
    ) -> None:
        """Have ``run`` done in a thread; a cancelled work ends quietly."""

    def warn(self, error: OneLedgerError, *remedies: Remedy) -> None:
        """Say what went wrong, with buttons that mend it."""

    def demonstrate(self, folder: Path, progress: Callable[[int, int], None]) -> list[Path]:
        """Make the demonstration in ``folder``; its books, the district's first."""
