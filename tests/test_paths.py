"""Where things are."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from desktop import paths


def test_a_checkout_finds_its_resources() -> None:
    assert paths.resources() == Path(__file__).resolve().parents[1] / "resources"
    assert (paths.scheme_folder("investment") / "scheme.toml").is_file()
    assert paths.fonts_folder().is_dir()


def test_an_installation_finds_the_resources_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "desktop"
    (package / "resources" / "scheme").mkdir(parents=True)
    (tmp_path / "resources").mkdir()  # another distribution's folder of the same name
    shutil.copy(paths.__file__, package)
    found = subprocess.run(
        [sys.executable, "-c", "import paths; print(paths.scheme_folder('x'))"],
        cwd=package,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(found.stdout.strip()) == package / "resources" / "scheme" / "x"


def test_a_test_has_a_profile_of_its_own(profile: Path) -> None:
    assert paths.profile() == profile
    assert paths.reports_folder() == profile / "reports"
    assert not profile.exists()


@pytest.mark.parametrize("variable", [None, ""])
def test_a_person_has_the_profile_of_the_system(
    monkeypatch: pytest.MonkeyPatch, variable: str | None
) -> None:
    if variable is None:
        monkeypatch.delenv("ONELEDGER_PROFILE")
    else:
        monkeypatch.setenv("ONELEDGER_PROFILE", variable)
    expected = platformdirs.user_data_dir("OneLedger", appauthor=False)
    assert paths.profile() == Path(expected)
