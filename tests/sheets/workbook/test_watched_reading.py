"""Who waits for a workbook may give up: the child ends, and what was raised comes through."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from desktop.sheets.workbook import reading
from tests.sheets.making import SAMPLES

ROOT = Path(__file__).resolve().parents[3]

SAMPLE = SAMPLES / "空冢郭镇周调度台账.xlsx"


class GivenUp(Exception):
    """The person cancelled."""


def test_it_is_asked_while_the_child_works() -> None:
    asked: list[None] = []
    workbook = reading.read(SAMPLE, watch=lambda: asked.append(None))
    assert workbook.sheets[0].rows
    assert asked


def test_giving_up_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen

    def kept(_command: list[str], **how: Any) -> subprocess.Popen[bytes]:
        started.append(begin(["sleep", "60"], **how))
        return started[-1]

    def give_up() -> None:
        if started:
            raise GivenUp

    monkeypatch.setattr(subprocess, "Popen", kept)
    before = time.monotonic()
    with pytest.raises(GivenUp):
        reading.read(SAMPLE, watch=give_up)
    assert time.monotonic() - before < 30
    assert started[0].returncode is not None


def test_the_child_finds_the_program_wherever_it_is_started(tmp_path: Path) -> None:
    """Neither the working folder nor the environment leads the child to a checkout."""
    program = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from desktop.sheets.workbook import reading
print(len(reading.read(Path({str(next(SAMPLES.glob("*.xlsx")))!r})).sheets))
"""
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=bare, capture_output=True, text=True
    )
    assert (done.returncode, int(done.stdout or 0) > 0) == (0, True), done.stderr
