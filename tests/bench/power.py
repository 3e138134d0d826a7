"""Power cuts of the book's file in full number (:mod:`tests.ledger.power`), with both controls.

The recording of one morning's work is cut at chance moments; of what was not synced by then any
part may have reached the disk. A book that does not wait for the disk, and one that deletes its
journal as SQLite does of itself, must fail the same test, or it would prove nothing.
"""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

from tests.bench.measure import Measured
from tests.ledger import power, power_runs

STATES = 20_000


def measure(place: Path, *, small: bool = False) -> list[Measured]:
    """All states, of ``small`` a twentieth; ends with an AssertionError at a loss of ours.

    Nothing where SQLite's own file calls cannot be recorded (outside Linux).
    """
    if not power.available():
        return []
    states = STATES // 20 if small else STATES
    start = time.perf_counter()
    found = _cut(place / "book", states)
    spent = time.perf_counter() - start
    assert found == {"": states}, found
    unsynced = _cut(place / "unsynced", states, synchronous="OFF")
    deleted = _cut(place / "deleted", states, journal="DELETE")
    assert unsynced["corrupt"] and unsynced["lost"] and deleted["lost"], (unsynced, deleted)
    what = (
        f"power cut of the book's file, {states:,} states: 0 corrupt, 0 lost (controls:"
        f" `synchronous=OFF` {unsynced['corrupt']:,} corrupt and {unsynced['lost']:,} lost,"
        f" journal deleted {deleted['lost']:,} lost)"
    )
    return [Measured(what, "", spent, None, None, "0 corrupt, 0 acknowledged rows lost")]


def _cut(place: Path, states: int, *, synchronous: str = "", journal: str = "") -> dict[str, int]:
    """How many of ``states`` cuts ended in what."""
    place.mkdir(parents=True)
    recording, before = power_runs.worked(place, synchronous, journal=journal)
    return power.cuts(recording, before, place, states, Random(20_000), power_runs.judged)
