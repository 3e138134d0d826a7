"""What every test stands on: a profile of its own, windows off screen, no clock in properties."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from desktop.paths import PROFILE_VARIABLE

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A slow machine is no fault of the program's: nothing here is judged by the clock.
settings.register_profile("oneledger", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("oneledger")


@pytest.fixture(scope="session")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders, none of which exists yet, for the profiles of one test after another."""
    folder = tmp_path_factory.mktemp("profiles")
    return (folder / str(number) for number in itertools.count(1))


@pytest.fixture(autouse=True)
def profile(profiles: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The profile that this test alone writes in, as on a PC where OneLedger is new."""
    folder = next(profiles)
    monkeypatch.setenv(PROFILE_VARIABLE, str(folder))
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ``shared`` beside the checkout: samples and policies that stay out of it."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("no folder «shared» beside the checkout")
    return folder
