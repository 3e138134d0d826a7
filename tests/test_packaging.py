"""What a newcomer starts with: the lock, the scripts, the environment."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "packaging"
LOCK = (PACKAGING / "requirements.lock").read_text(encoding="utf-8")
SCRIPTS = sorted(PACKAGING.glob("*.sh"))
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def locked() -> dict[str, Requirement]:
    """Canonical name → requirement, as the lock pins it."""
    pins: dict[str, Requirement] = {}
    for entry in LOCK.replace("\\\n", " ").splitlines():
        requirement = Requirement(HASH.sub("", entry).strip())
        pins[canonicalize_name(requirement.name)] = requirement
    return pins


def asked() -> list[Requirement]:
    """All that pyproject.toml asks for: to build, to run, to refresh and to develop."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project = document["project"]
    lines = document["build-system"]["requires"] + project["dependencies"]
    for extra in project["optional-dependencies"].values():
        lines += extra
    return [Requirement(line) for line in lines]


def test_the_lock_names_no_address() -> None:
    assert not re.search(r"://|@ ?file|^\s*-i\b|--(extra-)?index|--find-links|#", LOCK, re.M)


def test_every_requirement_of_the_lock_has_a_version_and_hashes() -> None:
    for entry in LOCK.replace("\\\n", " ").splitlines():
        assert HASH.search(entry), entry
        requirement = Requirement(HASH.sub("", entry).strip())
        assert re.fullmatch(r"==[\w.+!]+", str(requirement.specifier)), entry


@pytest.mark.parametrize("requirement", asked(), ids=lambda requirement: requirement.name)
def test_what_the_project_asks_for_is_in_the_lock(requirement: Requirement) -> None:
    pin = locked()[canonicalize_name(requirement.name)]
    (version,) = pin.specifier
    assert requirement.specifier.contains(version.version)
    assert pin.marker is None


@pytest.mark.parametrize("name", ["colorama", "pefile", "pywin32-ctypes"])
def test_what_only_windows_needs_is_in_the_lock_for_windows_only(name: str) -> None:
    marker = locked()[canonicalize_name(name)].marker
    assert marker is not None
    assert marker.evaluate({"sys_platform": "win32"})
    assert not marker.evaluate({"sys_platform": "linux"})


@pytest.mark.skipif(shutil.which("sh") is None, reason="no POSIX shell on this system")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_shell_script_can_be_parsed(script: Path) -> None:
    checked = subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_windows_reads_its_script() -> None:
    """Lines end as cmd wants them, labels exist, and nothing but ASCII stands before chcp."""
    raw = (PACKAGING / "run.cmd").read_bytes()
    if b"\r\n" in raw:  # a checkout; an archive made on Linux keeps what git holds
        assert raw.count(b"\n") == raw.count(b"\r\n")
    text = raw.decode("utf-8")
    assert text.partition("chcp 65001")[0].isascii()
    labels = set(re.findall(r"^:(\w+)", text, re.M))
    assert set(re.findall(r"\bgoto (\w+)", text)) == labels
    assert '"%root%\\.venv\\Scripts\\oneledger.exe" %*' in text


def test_continuous_integration_runs_what_a_developer_runs() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    commands = [line for line in lines[1:] if line and not line.startswith(("#", "set ", "cd "))]
    assert commands == ["sh packaging/test.sh"]


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """``packaging/environment.py``, at work on a checkout under ``tmp_path``."""
    spec = importlib.util.spec_from_file_location("environment", PACKAGING / "environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lock = tmp_path / "requirements.lock"
    lock.write_text("click==8.5.1\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    interpreter = tmp_path / ".venv" / "python"
    for name, value in {
        "ROOT": tmp_path,
        "LOCK": lock,
        "VENV": tmp_path / ".venv",
        "STAMP": tmp_path / ".venv" / "stamp",
        "INTERPRETER": interpreter,
    }.items():
        monkeypatch.setattr(module, name, value)
    return module


def finish(environment: ModuleType) -> None:
    environment.INTERPRETER.parent.mkdir(exist_ok=True)
    environment.INTERPRETER.touch()
    environment.STAMP.write_text(environment.wanted_stamp(), encoding="utf-8")


def test_a_finished_environment_is_left_alone(environment: ModuleType) -> None:
    assert not environment.is_ready()
    finish(environment)
    assert environment.is_ready()


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_renews_the_environment(
    environment: ModuleType, changed: str
) -> None:
    finish(environment)
    with (environment.ROOT / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert not environment.is_ready()


def test_an_environment_copied_with_its_checkout_is_renewed(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish(environment)
    elsewhere = environment.ROOT / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(environment.ROOT / "pyproject.toml", elsewhere)
    monkeypatch.setattr(environment, "ROOT", elsewhere)
    assert not environment.is_ready()


def test_an_environment_whose_python_is_gone_is_renewed(environment: ModuleType) -> None:
    finish(environment)
    environment.INTERPRETER.unlink()
    assert not environment.is_ready()


def test_an_installation_that_fails_leaves_no_stamp(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*arguments: str) -> None:
        raise subprocess.CalledProcessError(1, arguments)

    finish(environment)
    monkeypatch.setattr(environment, "pip", fail)
    with pytest.raises(SystemExit) as stopped:
        environment.make()
    assert stopped.value.code == 1
    assert not environment.is_ready()
    assert "重新运行" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform != "linux", reason="Debian's libraries")
def test_who_may_not_install_libraries_is_told_the_command(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment.shutil, "which", lambda name: None)
    monkeypatch.setattr(environment, "QT_LIBRARIES", {"libabsent.so.9": "libabsent9"})
    packages = environment.missing_packages(on_x=False)
    assert packages == ["libabsent9"]
    assert not environment.provide(packages, "缺少系统库")
    assert "sudo apt-get install libabsent9" in capsys.readouterr().err
