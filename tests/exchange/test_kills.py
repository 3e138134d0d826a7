"""Killed at the k-th call of submitting, taking in, handing down, beginning a book: no loss.

Here a share of the calls; the benchmark takes all of them and chance moments, a thousand together.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests import office
from tests.exchange import faults_world, kills
from tests.exchange.kills import Nursery
from tests.exchange.kills_runs import killed, places

if not sys.platform.startswith("linux"):
    pytest.skip("no fork, no SIGKILL and no /proc elsewhere", allow_module_level=True)

#: How many of the calls of each act are the last one here, and how many chance moments there are.
SHARE, CHANCE = 4, 2


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("kills") / "template"
    with pytest.MonkeyPatch.context() as patch:
        office.cheaply(patch)
        faults_world.found(folder)
        yield folder


@pytest.fixture(scope="module")
def workers() -> Iterator[Nursery]:
    with kills.nursery() as one:
        yield one


@pytest.mark.parametrize("act", faults_world.ACTS)
def test_killed_at_a_call(workers: Nursery, template: Path, tmp_path: Path, act: str) -> None:
    numbers = places(workers, template, tmp_path / "count", act)
    start = len(numbers) // SHARE // 2
    for number in numbers[start :: max(1, len(numbers) // SHARE)]:
        assert killed(workers, template, tmp_path / f"{number}", act, at=number)


@pytest.mark.parametrize("act", ["submit", "take"])
def test_killed_at_a_chance_moment(
    workers: Nursery, template: Path, tmp_path: Path, act: str
) -> None:
    chance = Random(act)
    for number in range(CHANCE):
        killed(workers, template, tmp_path / f"{number}", act, after=chance.uniform(0.01, 0.3))


@pytest.mark.parametrize(
    ("act", "control", "found", "step"),
    [("submit", "submitted first", "已上报", 6), ("take", "by halves", "half a package", 3)],
)
def test_control_a_program_that_works_by_halves_is_found_out(
    template: Path, tmp_path: Path, act: str, control: str, found: str, step: int
) -> None:
    with kills.nursery(control) as workers, pytest.raises(AssertionError, match=found):
        for number in places(workers, template, tmp_path / "count", act)[::-step]:
            killed(workers, template, tmp_path / f"{number}", act, at=number)
