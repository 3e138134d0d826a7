"""Beginning a book from a package: which file it is, what it needs, the book itself; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop import paths
from desktop.ui.start import places

if TYPE_CHECKING:
    from desktop.ui.exchange.keys_reading import Sheet

Progress = Callable[[int, int], None]


class Offer(msgspec.Struct, frozen=True):
    """A package with which a book can begin: ``share`` of the unit's other PC, else a first task.

    Names are those that the file says of itself; nothing of it is believed before it is opened.
    """

    path: Path
    share: bool
    sender: str
    unit: str
    number: int

    @property
    def told(self) -> str:
        """源汇区下发给空冢郭镇的首次任务包."""
        if self.share:
            return f"{self.unit}另一台电脑写的互换包"
        return f"{self.sender}下发给{self.unit}的首次任务包"

    @property
    def target(self) -> Path:
        """Where the book is put when nobody says otherwise."""
        return places.free(places.books_folder() / places.file_name(self.unit))


@dataclass(frozen=True)
class Made:
    """A book begun; its ``sheet`` has the codes to be kept and compared, None for a second PC."""

    path: Path
    unit: str
    sheet: Sheet | None = None


def offer_of(path: Path) -> Offer:
    """What the package at ``path`` says of itself.

    Raises :class:`~desktop.exchange.opening.NotAFirstPackage` and what reading the file raises.
    """
    from desktop.exchange import opening

    header = opening.kind_of(path)
    share = not header.passphrase
    return Offer(path, share, header.sender_name, header.receiver_name, header.number)


def found_on(folders: Iterable[Path], progress: Progress) -> tuple[Offer, ...]:
    """The packages in ``folders`` with which a book can begin."""
    from desktop.exchange import sticks

    found = []
    for one in sticks.find(folders, progress).found:
        header = one.header
        if header is not None and (header.passphrase or (header.kind == "share" and header.box)):
            names = header.sender_name, header.receiver_name
            found.append(Offer(one.path, not header.passphrase, *names, header.number))
    return tuple(found)


def begun(offer: Offer, secret: str, target: Path, progress: Progress) -> Made:
    """Make the book and close it.

    Raises what :func:`desktop.exchange.opening.open_package` raises.
    """
    from desktop.exchange import opening
    from desktop.ui.exchange import keys_reading

    progress(0, 0)
    target.parent.mkdir(parents=True, exist_ok=True)
    made = opening.open_package(offer.path, secret, target, operator=paths.account())
    with made.book as book:
        sheet = keys_reading.sheet_of(book, made.recovery) if made.recovery else None
    return Made(target, made.name, sheet)
