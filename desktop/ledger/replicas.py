"""Which replica this PC is in a book: numbers are never used twice, whatever is copied about.

The PC's profile keeps, for every book, the replica that it writes as, where the book lay, and the
last number seen. A book that is elsewhere while the old one is still there (copied), or that lies
behind its own numbers (an old file put back), goes on as a new replica. So does a book on a PC
whose profile cannot be kept. Enrolment of the new replica by recovery code comes with the exchange.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import msgspec

from desktop.ledger.journal import Journal

_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
_FILE = "replicas.json"


class Known(msgspec.Struct, frozen=True):
    """What the profile keeps of one book on this PC."""

    replica: str
    path: str
    number: int = 0
    position: int = 0
    head: str = ""


def new_replica() -> str:
    """A replica's name: twelve letters and digits, by chance."""
    return "".join(secrets.choice(_LETTERS) for _ in range(12))


def claim(profile: Path, book: str, path: Path, journal: Journal) -> str:
    """The replica that this PC writes as in ``book`` (its identity) lying at ``path``."""
    known = _read(profile).get(book)
    if known is not None and _continues(known, path, journal):
        return known.replica
    return new_replica()


def note(profile: Path, book: str, path: Path, journal: Journal, replica: str) -> None:
    """Keep where the book lies and how far its numbers have come; quiet when it cannot be kept.

    The next opening then goes on as a new replica, which is always safe.
    """
    everything = _read(profile)
    everything[book] = Known(
        replica, str(path.absolute()), journal.last_number(replica), journal.position, journal.head
    )
    _write(profile, everything)


def last_seen(profile: Path, book: str) -> Known | None:
    """How far this PC saw the book when it closed it, for verification."""
    return _read(profile).get(book)


def _continues(known: Known, path: Path, journal: Journal) -> bool:
    here = str(path.absolute())
    if known.path != here and Path(known.path).exists():
        return False
    return journal.last_number(known.replica) >= known.number


def _read(profile: Path) -> dict[str, Known]:
    try:
        return msgspec.json.decode((profile / _FILE).read_bytes(), type=dict[str, Known])
    except (OSError, msgspec.MsgspecError):
        return {}


def forget(profile: Path, book: str) -> None:
    """Forget this PC's replica of ``book``: the next opening goes on as a new one."""
    everything = _read(profile)
    if everything.pop(book, None) is not None:
        _write(profile, everything)


def _write(profile: Path, everything: dict[str, Known]) -> None:
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
