"""The wheel alone, in an empty environment far from the checkout and without Qt, is a program."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]

NO_QT = '''\
"""Stands in for a PC on which Qt's library cannot be loaded."""
import sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6"):
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, NoQt())
'''

pytestmark = pytest.mark.xdist_group("wheel")  # one worker, so that it is built once


@dataclass(frozen=True)
class Installation:
    """A wheel and the empty environment into which it was installed."""

    wheel: Path
    scripts: Path

    def run(self, program: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in ``folder``, with nothing of the checkout in sight."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        return subprocess.run(
            [self.scripts / program, *arguments],
            cwd=folder,
            env={**kept, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wheel of this checkout, installed without network beside the present dependencies."""
    folder = tmp_path_factory.mktemp("far-away")
    offline = ["--no-deps", "--no-index", "--disable-pip-version-check", "--quiet"]
    pip = [sys.executable, "-m", "pip"]
    subprocess.run(
        [*pip, "wheel", *offline, "--no-build-isolation", "--wheel-dir", folder, CHECKOUT],
        check=True,
    )
    (wheel,) = folder.glob("oneledger-*.whl")
    home = folder / "env"
    venv.create(home, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([*pip, "--python", scripts / "python", "install", *offline, wheel], check=True)
    (site,) = {path.parent for path in home.rglob("oneledger-*.dist-info")}
    # A path named in a .pth file is searched, its own .pth files are not: the dependencies are
    # seen, the editable installation of the checkout is not.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (site / "no_qt.py").write_text(NO_QT, encoding="utf-8")
    (site / "no_qt.pth").write_text("import no_qt\n", encoding="utf-8")
    return Installation(wheel, scripts)


def test_the_wheel_carries_the_resources_and_no_tests(installation: Installation) -> None:
    names = zipfile.ZipFile(installation.wheel).namelist()
    travelling = [path for path in (CHECKOUT / "resources").rglob("*") if path.is_file()]
    carried = {f"desktop/{path.relative_to(CHECKOUT).as_posix()}" for path in travelling}
    assert carried <= set(names)
    assert {name.split("/")[0] for name in names} == {"desktop", "oneledger-0.1.0.dist-info"}
    assert "oneledger-0.1.0.dist-info/licenses/LICENSE" in names


def test_the_environment_is_far_from_the_checkout_and_without_qt(
    installation: Installation, tmp_path: Path
) -> None:
    code = "import desktop.paths; print(desktop.paths.scheme_folder('investment')); import PySide6"
    found = installation.run("python", "-c", code, folder=tmp_path)
    home = installation.scripts.parent
    assert Path(found.stdout.strip()).is_relative_to(home)
    assert (Path(found.stdout.strip()) / "scheme.toml").is_file()
    assert "PySide6 is blocked" in found.stderr


def test_the_command_answers(installation: Installation, tmp_path: Path) -> None:
    helped = installation.run("oneledger", "--help", folder=tmp_path)
    assert (helped.returncode, helped.stderr) == (0, "")
    assert "demo" in helped.stdout


def test_the_demonstration_is_built(installation: Installation, tmp_path: Path) -> None:
    sizes = ["--townships", "2", "--projects", "3", "--weeks", "3"]
    built = installation.run("oneledger", "demo", "demo", *sizes, folder=tmp_path)
    assert built.returncode == 0, built.stderr
    begins = {
        "district.yzb": b"SQLite format 3\0",
        "townships/01.yzb": b"SQLite format 3\0",
        "townships/02.yzb": b"SQLite format 3\0",
        "weekly-report.pdf": b"%PDF-",
        "ledger.pdf": b"%PDF-",
        "ledger.xlsx": b"PK\3\4",
    }
    for name, beginning in begins.items():
        assert (tmp_path / "demo" / name).read_bytes().startswith(beginning), name
    assert not (tmp_path / "demo" / "townships" / "03.yzb").exists()
