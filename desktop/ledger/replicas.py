"""Which replica this PC is in a book: numbers are never used twice, whatever is copied about.

The PC's profile keeps, for every file of every book, the replica that writes there and the last
number seen. A book that is elsewhere while the old one is still there (copied), or that lies
behind its own numbers (an old file put back), goes on as a new replica. So does a book on a PC
whose profile cannot be kept, and one whose whole disk was copied from another machine.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import msgspec

from desktop.ledger import machine
from desktop.ledger.journal import Journal

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_FILE = "replicas.json"


class Known(msgspec.Struct, frozen=True):
    """What the profile keeps of one file of a book on this PC.

    ``machine`` is its :func:`~desktop.ledger.machine.mark`, "" where none was known.
    """

    replica: str
    path: str
    number: int = 0
    position: int = 0
    head: str = ""
    machine: str = ""


def new_replica() -> str:
    """A replica's name: twelve letters and digits, by chance."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


def claim(profile: Path, book: str, path: Path, journal: Journal) -> str:
    """The replica that this PC writes as in ``book`` (its identity) lying at ``path``.

    The one that wrote there before, or in a file that is gone from where it lay (moved here), if
    the book holds all its numbers and this is the machine that wrote; else a new one.
    """
    here = str(path.absolute())
    for known in sorted(_read(profile).get(book, []), key=lambda known: known.path != here):
        free = known.path == here or _gone(known.path)
        if not free or machine.another(known.machine):
            continue
        if journal.last_number(known.replica) >= known.number:
            return known.replica
    return new_replica()


def _gone(path: str) -> bool:
    """Whether there is surely no file; where that cannot be seen, there may be one."""
    try:
        return not Path(path).exists()
    except OSError:
        return False


def note(profile: Path, book: str, path: Path, journal: Journal, replica: str) -> None:
    """Keep where the book lies and how far its numbers have come; quiet when it cannot be kept.

    The next opening then goes on as a new replica, which is always safe.
    """
    everything, here = _read(profile), str(path.absolute())
    number = journal.last_number(replica)
    others = [
        known
        for known in everything.get(book, [])
        if known.path != here and known.replica != replica
    ]
    pc = machine.mark()
    known = Known(replica, here, number, journal.position, journal.head, pc)
    seen = next((old for old in everything.get(book, []) if old.path == here), None)
    if seen is not None and journal.chain_at(seen.position) != seen.head:
        # Less than was seen before: the tail was cut. What was seen stays as the evidence.
        known = Known(replica, here, number, seen.position, seen.head, pc)
    _write(profile, {**everything, book: [known, *others]})


def last_seen(profile: Path, book: str, path: Path) -> Known | None:
    """How far this PC saw the book at ``path`` when it closed it, for verification."""
    here = str(path.absolute())
    found = (known for known in _read(profile).get(book, []) if known.path == here)
    return next(found, None)


def files(profile: Path) -> tuple[Path, ...]:
    """Every file of every book in which this PC ever wrote, there or gone."""
    everything = _read(profile).values()
    return tuple(Path(known.path) for book in everything for known in book)


def forget(profile: Path, book: str, path: Path) -> None:
    """Forget who wrote at ``path`` or in files that are gone: there it goes on as a new replica."""
    everything, here = _read(profile), str(path.absolute())
    kept = [
        known
        for known in everything.get(book, [])
        if known.path != here and Path(known.path).exists()
    ]
    _write(profile, {**everything, book: kept})


def _read(profile: Path) -> dict[str, list[Known]]:
    try:
        return msgspec.json.decode((profile / _FILE).read_bytes(), type=dict[str, list[Known]])
    except (OSError, msgspec.MsgspecError):
        return {}


def _write(profile: Path, everything: dict[str, list[Known]]) -> None:
    target = profile / _FILE
    draft = target.with_suffix(f".{os.getpid()}.tmp")
    try:
        profile.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(everything)))
        draft.replace(target)
    except OSError:
        # Not kept: the book goes on as a new replica next time, which is always safe.
        with suppress(OSError):
            draft.unlink(missing_ok=True)
