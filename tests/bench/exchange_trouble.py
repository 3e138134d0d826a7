"""The stick in trouble: kills, failing calls, hostile and senseless packages, in full number.

The tests run a share of each. What is counted stands in the line; the time is for all runs. Each
kind of trouble ends with an AssertionError, and so the whole benchmark, at the first run in which
anything is lost, stands half, or is a fault of ours.
"""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests import office
from tests.bench.measure import Measured
from tests.exchange import attacks, faults_runs, faults_world, kills
from tests.exchange.attacks import KINDS, Scene
from tests.exchange.attacks_senseless import flips, mutated, nonsense, thrown, truncations
from tests.exchange.kills_runs import killed, places

KILLS, MUTATIONS, SENSELESS = 1_000, 20_000, 20_000


def measure(place: Path, *, small: bool = False) -> list[Measured]:
    """All of it; of ``small`` a twentieth."""
    part = 20 if small else 1
    place.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        office.cheaply(patch)
        attacks.found(place / "attacks")
        faults_world.found(place / "faults")
        scene = Scene(place / "attacks", place / "scene")
        lines = [
            spoilt(scene, MUTATIONS // part, part),
            senseless(scene, SENSELESS // part),
            hostile(scene),
        ]
        scene.close()
        lines.append(killed_often(place, KILLS // part))
        lines += [failing(place, act, part) for act in faults_world.ACTS]
    return lines


def spoilt(scene: Scene, mutations: int, part: int) -> Measured:
    """Every flip and every truncation of one package of each kind, and random mutations."""
    start, chance = time.perf_counter(), Random(5)
    found = Counter[str]()
    for kind in KINDS:
        raw = scene.genuine[kind]
        found += thrown(scene, kind, flips(raw, part))
        found += thrown(scene, kind, truncations(raw, part))
        many = (mutated(raw, chance) for _ in range(mutations // len(KINDS)))
        found += thrown(scene, kind, many)
    assert not found["taken"] and not found["answer"], found
    what = f"flips, truncations and mutations of four packages: {found.total():,}, 0 taken in"
    return _line(what, start, f"0 taken in, 0 faults ({len(found)} refusals)")


def senseless(scene: Scene, count: int) -> Measured:
    """Signed nonsense through checking and taking in."""
    start = time.perf_counter()
    found = thrown(scene, "report", nonsense(scene, Random(2023), count))
    assert found.total() == count
    names = "、".join(f"{name} {number:,}" for name, number in found.most_common(4))
    return _line(f"signed senseless packages: {count:,} ({names})", start, "0 faults")


def hostile(scene: Scene) -> Measured:
    """Every protocol attack on every kind of package but the first, by its name."""
    start, count = time.perf_counter(), 0
    for one in attacks.ATTACKS:
        for kind, meets in one.meets.items():
            if kind != "first":
                found = thrown(scene, kind, iter([one.make(scene, kind)]))
                assert found == {meets.__name__: 1}, (one.name, kind, found)
                count += 1
    return _line(
        f"protocol attacks × kinds of package: {count}", start, "all refused with the right name"
    )


def killed_often(place: Path, count: int) -> Measured:
    """Killed at every call of the four acts, then at chance moments until the number is full."""
    start, chance, done, late = time.perf_counter(), Random(1), 0, 0
    template, home = place / "faults", place / "kill"
    with kills.nursery() as workers:
        chosen = [
            (act, number)
            for act in faults_world.ACTS
            for number in places(workers, template, home, act)
        ]
        share = chosen if len(chosen) <= count * 3 // 4 else chance.sample(chosen, count * 3 // 4)
        for act, number in share:
            done += killed(workers, template, home, act, at=number)
        while done < count:
            act = chance.choice(faults_world.ACTS)
            dead = killed(workers, template, home, act, after=chance.uniform(0.005, 0.5))
            done, late = done + dead, late + (not dead)
    what = f"process killed {done:,} times ({len(share)} at a chosen call, {late} were too late)"
    return _line(what, start, "0 acknowledged lost, 0 half")


def failing(place: Path, act: str, part: int) -> Measured:
    """Every call of an act fails once, with each error in turn."""
    start, calls = time.perf_counter(), Counter[str]()
    template, home = place / "faults", place / "fail"
    points = faults_runs.points(template, home, act, reading=True)
    for turn, number in enumerate(points[::part]):
        calls[faults_runs.broken(template, home, act, number, turn, whole=turn % 2 == 0)] += 1
    stick = sum(number for name, number in calls.items() if name.startswith("stick:"))
    book = sum(number for name, number in calls.items() if name.startswith("sql:"))
    what = (
        f"{act}: each of {calls.total():,} calls failing ({stick} of the stick, {book} of SQLite)"
    )
    return _line(what, start, "old state or new, never “written” without a verified file")


def _line(what: str, start: float, aim: str) -> Measured:
    return Measured(what, "", time.perf_counter() - start, None, None, aim)
