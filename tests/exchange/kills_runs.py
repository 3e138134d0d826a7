"""One act in a world of its own, killed, looked at, and brought to its end."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.exchange import faults_world
from tests.exchange.kills import Nursery, leaves_something


def killed(
    workers: Nursery, template: Path, home: Path, act: str, *, at: int = 0, after: float = 0.0
) -> bool:
    """One run, looked at and brought to its end; whether it was killed in time."""
    faults_world.copied(template, home)
    said, dead = workers.run(home, act, at=at, after=after)
    one = faults_world.WORK[act](home)
    try:
        one.check(said)
        one.end()
    except AssertionError as error:
        raise AssertionError(f"{act}, killed at {at or after}: {error}") from error
    shutil.rmtree(home)
    return dead


def places(workers: Nursery, template: Path, home: Path, act: str) -> list[int]:
    """The calls of an act at which something may stand half."""
    faults_world.copied(template, home)
    calls = workers.calls(home, act)
    shutil.rmtree(home)
    return [number for number, name in enumerate(calls, 1) if leaves_something(name)]
