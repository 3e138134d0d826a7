"""Nonsense in quantity: signed packages that mean nothing, and genuine ones that were changed.

Every outcome is a package that could be taken in (then it is, and taken back) or a refusal by name;
anything else is a fault of ours and goes through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from random import Random
from typing import Any

from desktop.errors import OneLedgerError
from desktop.exchange import checking, directory, opening, taking
from desktop.exchange.checking import Checked
from desktop.exchange.directory import Trust
from desktop.ledger.workspace import Book
from tests.exchange.attacks import PASSPHRASE, Kind, Scene
from tests.exchange.senseless import Senseless


class _Back(Exception):
    """Ends a trial: the package is taken back."""


class Trial:
    """A book at which packages are thrown; nothing may stay in it."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.trust: Trust = directory.trust(book)
        self.before = self._state()
        self.outcomes: Counter[str] = Counter()

    def throw(self, raw: bytes) -> str:
        """Check it; take in what may be taken in, and back again. The outcome by name."""
        outcome = "taken"
        try:
            checked = checking.examine(raw, self.book, self.trust)
            outcome = "answer"
            if isinstance(checked, Checked):
                with self.book.atomic():
                    taking.apply(self.book, checked)
                    raise _Back
        except _Back:
            outcome = "taken"
        except OneLedgerError as error:
            outcome = error.name
        self.outcomes[outcome] += 1
        return outcome

    def unchanged(self) -> bool:
        """Whether the book is byte for byte as before."""
        return self._state() == self.before

    def _state(self) -> tuple[str, int]:
        return sha256(self.book.path.read_bytes()).hexdigest(), self.book.journal.position


def nonsense(scene: Scene, chance: Random, count: int) -> Iterator[bytes]:
    """Reports of the first township, properly signed and sealed, about nothing.

    Most are sound outside, so that they are judged to the last entry; of some the other parts are
    nonsense too.
    """
    parts, who = scene.parts("report"), scene.by("report")
    parts = parts.headed(number=1000, previous="ab" * 32)
    maker = Senseless(chance, scene.book("district"), [who.replica])
    sense = {"kind": "report", "unit": who.unit, "to": parts.header.receiver, "periods": ()}
    quiet = {
        "demonstration": False,
        "keys": None,
        "token": "",
        "partner": None,
        "rotation": None,
        "bases": (),
        "receipts": (),
        "wants": (),
    }
    for _ in range(count):
        entries = maker.entries(chance.choice((1, 1, 1, 2, 3, 8)))
        said: dict[str, Any] = {**sense, **(quiet if chance.random() < 0.8 else {})}
        if chance.random() < 0.9:
            said |= {"certificates": (who.certificate,), "batches": (who.batch(entries),)}
        message = maker.payload(entries, **said)
        yield parts.but(message=message, contents=()).packed()


def mutated(raw: bytes, chance: Random) -> bytes:
    """The package with a few bytes changed, moved, doubled, lost or blanked."""
    made = bytearray(raw)
    for _ in range(chance.choice((1, 1, 2, 5))):
        at, length = chance.randrange(len(made)), chance.choice((1, 1, 2, 16, 512))
        kind = chance.randrange(5)
        if kind == 0:
            made[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            made[at : at + length] = chance.randbytes(length)
        elif kind == 2:
            del made[at : at + length]
        elif kind == 3:
            made[at:at] = made[at : at + length]
        else:
            made[at : at + length] = bytes(length)
        if not made:
            made.extend(b"\0")
    return bytes(made) if bytes(made) != raw else raw[:-1]


def flips(raw: bytes, step: int = 1, start: int = 0) -> Iterator[bytes]:
    """The package with one byte another, each in turn."""
    for at in range(start, len(raw), step):
        yield raw[:at] + bytes([raw[at] ^ (1 << at % 8)]) + raw[at + 1 :]


def truncations(raw: bytes, step: int = 1, start: int = 0) -> Iterator[bytes]:
    """The package cut off after each byte in turn."""
    for at in range(start, len(raw), step):
        yield raw[:at]


def opened(raw: bytes) -> str:
    """What becomes of a first package on an empty PC; "taken" when it opens."""
    try:
        opening._opened(raw, PASSPHRASE)
    except OneLedgerError as error:
        return error.name
    return "taken"


def thrown(scene: Scene, kind: Kind, packages: Iterator[bytes]) -> Counter[str]:
    """All of them at the receiver of this kind; AssertionError when one stays in the book."""
    if kind == "first":
        return Counter(map(opened, packages))
    trial = Trial(scene.receiver(kind).book)
    for raw in packages:
        trial.throw(raw)
    assert trial.unchanged()
    return trial.outcomes


def sane(scene: Scene, kind: Kind) -> bool:
    """Whether the genuine package would be taken in: the throwing itself works."""
    return thrown(scene, kind, iter([scene.genuine[kind]])) == {"taken": 1}
