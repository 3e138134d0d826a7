"""Task packages for the units below, written one after another; what is written is never lost.

Between two units the person may stop. When the stick is full or pulled out, what was written
before is told with its passphrases: nobody could see those again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop.errors import OneLedgerError
from desktop.exchange.postbook import Sent
from desktop.ledger.workspace import Book

if TYPE_CHECKING:
    from desktop.ui.worker import Progress


class HandedTo(msgspec.Struct, frozen=True):
    """One unit's package; ``passphrase`` "" for a unit that is known; ``rest`` as in Written."""

    name: str
    package: Sent
    file: str
    passphrase: str = ""
    rest: str = ""


class Handing(msgspec.Struct, frozen=True):
    """Written, left out with the reason, not begun (names), and what stopped it."""

    written: tuple[HandedTo, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    rest: tuple[str, ...] = ()
    stopped: OneLedgerError | None = None


def hand_down(
    book: Book, folder: Path, units: Sequence[tuple[str, str]], progress: Progress
) -> Handing:
    """Write a package for each of ``units`` (record, name) into ``folder``."""
    from desktop.exchange import sending

    written: list[HandedTo] = []
    refused: list[tuple[str, str]] = []
    stopped: OneLedgerError | None = None
    for at, (unit, _) in enumerate(units):
        progress.done, progress.of_all = at, len(units)
        if progress.cancelled:
            break
        try:
            handed = sending.hand_down(book, folder, [unit])
        except OneLedgerError as error:
            stopped = error
            break
        written += [
            HandedTo(one.name, one.package, one.path.name, one.passphrase, one.rest)
            for one in handed.written
        ]
        refused += [(left, error.sentence) for left, error in handed.refused]
        if handed.stopped is not None:
            stopped = handed.stopped
            break
    else:
        at = len(units)
    rest = tuple(name for _, name in units[at:])
    return Handing(tuple(written), tuple(refused), rest, stopped)
