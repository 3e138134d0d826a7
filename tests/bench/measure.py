"""Measuring: ours and the floor in turn, the median of several pairs, as a line of a table."""

from __future__ import annotations

import platform
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROUNDS = 5


@dataclass(frozen=True)
class Measured:
    """One line of the table; times in seconds (None: no time), ``aim`` as the issue says it."""

    what: str
    floor_is: str
    ours: float | None
    floor: float | None
    ratio: float | None
    aim: str

    @property
    def line(self) -> str:
        """The line in Markdown."""
        ours = _time(self.ours) if self.ours is not None else "—"
        floor = f"{_time(self.floor)} ({self.floor_is})" if self.floor is not None else "—"
        ratio = f"{self.ratio:.2f} ×" if self.ratio is not None else "—"
        return f"| {self.what} | {ours} | {floor} | {ratio} | {self.aim} |"


def pair(
    what: str,
    floor_is: str,
    aim: str,
    ours: Callable[[], object],
    floor: Callable[[], object],
    rounds: int = ROUNDS,
) -> Measured:
    """Run ``floor`` and ``ours`` in turn after one warm-up each; medians and the median ratio."""
    ours()
    floor()
    times: list[tuple[float, float]] = []
    for _ in range(rounds):
        below = _timed(floor)
        times.append((_timed(ours), below))
    return Measured(
        what,
        floor_is,
        statistics.median(one for one, _ in times),
        statistics.median(below for _, below in times),
        statistics.median(one / below for one, below in times),
        aim,
    )


def alone(what: str, ours: Callable[[], object], rounds: int = 3) -> Measured:
    """A figure without a floor, printed for the record."""
    return Measured(
        what, "", statistics.median(_timed(ours) for _ in range(rounds)), None, None, "—"
    )


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def machine() -> str:
    """The machine's kind: processor, cores, system, Python, SQLite; no names, no paths."""
    model = ""
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    except OSError:
        model = platform.processor()
    import os

    return (
        f"{model or platform.machine()}, {os.cpu_count()} cores, {platform.system()}, "
        f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    )


def _time(seconds: float) -> str:
    if seconds < 0.001:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"
