"""Flips, truncations, mutations and signed nonsense: none is taken in wrongly, none is our fault.

Here a share of each; the benchmark throws all.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from desktop import cli, paths
from desktop.exchange.shelves import Shelves
from tests import office
from tests.exchange import attacks
from tests.exchange.attacks import KINDS, Kind, Scene
from tests.exchange.attacks_senseless import flips, mutated, nonsense, sane, thrown, truncations


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("senseless")
    with pytest.MonkeyPatch.context() as patch:
        office.cheaply(patch)
        attacks.found(folder / "template")
        one = Scene(folder / "template", folder / "scene")
        yield one
        one.close()


@pytest.mark.parametrize("kind", KINDS)
def test_no_flip_no_truncation_no_mutation_is_taken_in(scene: Scene, kind: Kind) -> None:
    assert sane(scene, kind)
    raw, chance = scene.genuine[kind], Random(kind)
    assert "taken" not in thrown(scene, kind, flips(raw, 7))
    assert "taken" not in thrown(scene, kind, truncations(raw, 41))
    assert "taken" not in thrown(scene, kind, (mutated(raw, chance) for _ in range(300)))


def test_signed_nonsense_is_refused_by_name(scene: Scene) -> None:
    outcomes = thrown(scene, "report", nonsense(scene, Random(2023), 400))
    assert sum(outcomes.values()) == 400
    assert outcomes["BadEntry"] > 100 and len(outcomes) > 5, outcomes


def test_two_hundred_of_them_through_the_command(
    scene: Scene,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    office_, chance = scene.receiver("report"), Random(200)
    stick = tmp_path / "stick"
    stick.mkdir()
    packages: set[bytes] = set()
    while len(packages) < 200:
        packages.add(mutated(scene.genuine["report"], chance))
    for number, raw in enumerate(sorted(packages)):
        (stick / f"{number:03}.yzp").write_bytes(raw)
    book = office_.book
    book.close()
    before = sha256(book.path.read_bytes()).hexdigest()
    monkeypatch.setenv(paths.PROFILE_VARIABLE, str(book.profile))
    with pytest.raises(SystemExit, match="1"):
        cli.main(["take-in", str(book.path), str(stick)])
    assert sha256(book.path.read_bytes()).hexdigest() == before
    said = "".join(capsys.readouterr())
    assert "已装入　" not in said and said.count("已隔离") + said.count("等装入　") == len(packages)
    shelves = Shelves(book.path)
    assert len(shelves.refused.list()) + len(shelves.held.list()) == len(packages)
