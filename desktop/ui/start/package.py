"""Beginning a book from a package: which file it is, what it needs, the book itself; no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop import paths, slip_filling
from desktop.ui.start import places

if TYPE_CHECKING:
    from desktop.exchange.payload import Header
    from desktop.reports.slips import Recovery

Progress = Callable[[int, int], None]


class Offer(msgspec.Struct, frozen=True):
    """A package with which a book can begin: ``share`` of the unit's other PC, else a first task.

    Names are those that the file says of itself; nothing of it is believed before it is opened.
    ``record`` is the unit's; ``written`` is when the file was, None where that is not known.
    """

    path: Path
    share: bool
    sender: str
    unit: str
    record: str
    number: int
    written: datetime | None = None

    @property
    def told(self) -> str:
        """源汇区下发给空冢郭镇的首次任务包."""
        if self.share:
            return f"{self.unit}另一台电脑写的互换包"
        return f"{self.sender}下发给{self.unit}的首次任务包"

    @property
    def which(self) -> str:
        """第 2 号，11月23日 00:50 写出."""
        day = self.written
        when = f"，{day.month}月{day.day}日 {day:%H:%M} 写出" if day is not None else ""
        return f"第 {self.number} 号{when}"

    @property
    def target(self) -> Path:
        """Where the book is put when nobody says otherwise."""
        return places.free(places.books_folder() / places.file_name(self.unit))


@dataclass(frozen=True)
class Made:
    """A book begun; its ``sheet`` has the codes to be kept and compared, None for a second PC."""

    path: Path
    unit: str
    sheet: Recovery | None = None


def offer_of(path: Path) -> Offer:
    """What the package at ``path`` says of itself.

    Raises :class:`~desktop.exchange.opening.NotAFirstPackage` and what reading the file raises.
    """
    from desktop.exchange import opening

    return _offer(path, opening.kind_of(path))


def found_on(folders: Iterable[Path], progress: Progress) -> tuple[Offer, ...]:
    """The packages in ``folders`` with which a book can begin; of each unit the newest first."""
    from desktop.exchange import sticks

    found = []
    for one in sticks.find(folders, progress).found:
        header = one.header
        if header is not None and (header.passphrase or (header.kind == "share" and header.box)):
            found.append(_offer(one.path, header))
    return tuple(sorted(found, key=lambda one: (*_series(one), -one.number, str(one.path))))


def newest(offer: Offer, offers: Sequence[Offer]) -> bool:
    """Whether ``offer`` is the latest of several for its unit, by their numbers."""
    numbers = {one.number for one in offers if _series(one) == _series(offer)}
    return len(numbers) > 1 and offer.number == max(numbers)


def here(offer: Offer, folder: Path, recent: Sequence[Path]) -> Path | None:
    """The book of the offer's unit that this PC has already, looked for in ``folder`` too."""
    from desktop.exchange import already

    return already.book_of(offer.record, paths.profile(), [folder], recent)


def begun(
    offer: Offer, secret: str, target: Path, progress: Progress, *, another: bool = False
) -> Made:
    """Make the book and close it; where this PC has one of the unit only when ``another`` is meant.

    Raises :class:`~desktop.exchange.already.BookHere` and what
    :func:`desktop.exchange.opening.open_package` raises.
    """
    from desktop.exchange import already, opening

    progress(0, 0)
    standing = None if another else here(offer, target.parent, ())
    if standing is not None:
        raise already.BookHere(offer.unit, standing)
    target.parent.mkdir(parents=True, exist_ok=True)
    made = opening.open_package(offer.path, secret, target, operator=paths.account())
    with made.book as book:
        sheet = slip_filling.recovery(book, made.recovery) if made.recovery else None
    return Made(target, made.name, sheet)


def _offer(path: Path, header: Header) -> Offer:
    return Offer(
        path,
        not header.passphrase,
        header.sender_name,
        header.receiver_name,
        header.receiver,
        header.number,
        _written(path),
    )


def _written(path: Path) -> datetime | None:
    """For people to tell packages apart; which is newer, their numbers say."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime)
    except (OSError, OverflowError, ValueError):
        return None


def _series(offer: Offer) -> tuple[str, str, bool, str]:
    """Packages of one sender to one unit are numbered on."""
    return offer.unit, offer.record, offer.share, offer.sender
