"""One door for words to the person: a note, a warning with its remedies, a question.

The window's shell shows them; tests listen. What a refusal can be answered with is known here by
its name, so that every page offers the same button for the same trouble.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.errors import OneLedgerError

#: Refusals after which the last thing typed is not on the disk.
UNSAVED = frozenset({"DiskFull", "NotWritable", "DiskTrouble", "BookGone", "DamagedBook"})


@dataclass(frozen=True)
class Remedy:
    """A button that does what the advice says."""

    text: str
    run: Callable[[], None]


@dataclass(frozen=True)
class Warned:
    """What is shown above the page."""

    error: OneLedgerError
    remedies: tuple[Remedy, ...]


class Messages(QObject):
    """Carries words from pages to the shell.

    ``asker`` puts the one modal question, given by the shell; ``known`` are remedies by the name
    of the refusal.
    """

    said = Signal(str)
    warned = Signal(object)  # Warned
    withdrawn = Signal(object)  # the error of a warning that holds no more

    def __init__(self) -> None:
        super().__init__()
        self.asker: Callable[[str, str, str], bool] = lambda _question, _advice, _yes: False
        self.known: dict[str, Callable[[OneLedgerError], tuple[Remedy, ...]]] = {}

    def warn(self, error: OneLedgerError, *remedies: Remedy) -> None:
        """Show ``error`` with ``remedies`` and those known for its name."""
        known = self.known.get(error.name)
        offered = (*remedies, *(known(error) if known else ()))
        self.warned.emit(Warned(error, offered))

    def withdraw(self, error: OneLedgerError) -> None:
        """What ``error`` said is mended: its warning goes, if it is still shown."""
        self.withdrawn.emit(error)

    def ask(self, question: str, advice: str, yes: str) -> bool:
        """Put a question and wait for its answer."""
        return self.asker(question, advice, yes)
