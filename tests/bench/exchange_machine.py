"""Three PCs and a district as a state machine, in full number (:mod:`tests.exchange.machine`)."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests import office
from tests.bench.measure import Measured
from tests.exchange import machine

RUNS = 2_000


def measure(place: Path, *, small: bool = False) -> list[Measured]:
    """Every run from its seed, of ``small`` a twentieth; the first that fails ends all."""
    runs = RUNS // 20 if small else RUNS
    place.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        office.cheaply(patch)
        machine.found(place / "template")
        start = time.perf_counter()
        for seed in range(runs):
            machine.play(place / "template", place / "run", seed)
        spent = time.perf_counter() - start
    what = f"three PCs and a district, {runs:,} runs of {machine.STEPS} steps: all books agree"
    return [Measured(what, "", spent, None, None, "0 lost, 0 seen by strangers")]
