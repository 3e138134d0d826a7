"""A second start on the same book finds the first window."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from multiprocessing.connection import Client
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui import instance
from desktop.ui.instance import Instance, address_of, is_running
from tests.ui.conftest import spin

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.ui.instance import address_of, is_running
app = QCoreApplication([])
sys.exit(7 if is_running(address_of(Path(sys.argv[1]))) else 0)
"""


def second(path: Path) -> subprocess.Popen[bytes]:
    """Another process that asks for the window on ``path``."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen([sys.executable, "-c", SECOND, str(path)], env=env)


def test_a_second_start_asks_the_first(qapp: QApplication, tmp_path: Path) -> None:
    first = Instance(tmp_path / "a.yzb")
    asked: list[int] = []
    first.asked.connect(lambda: asked.append(1))
    assert first.listen()
    start = second(tmp_path / "a.yzb")
    spin(lambda: start.poll() is not None)
    assert (start.returncode, asked) == (7, [1])
    first.close()


def test_another_book_is_another_window(qapp: QApplication, tmp_path: Path) -> None:
    first = Instance(tmp_path / "a.yzb")
    assert first.listen()
    start = second(tmp_path / "b.yzb")
    spin(lambda: start.poll() is not None)
    assert start.returncode == 0
    first.close()


def test_what_a_crash_left_behind_is_taken_over(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "a.yzb"
    if sys.platform != "win32":  # On Windows nothing is left behind.
        Path(address_of(path)).parent.mkdir(parents=True)
        with socket.socket(socket.AF_UNIX) as lost:
            lost.bind(address_of(path))
    assert not is_running(address_of(path))
    again = Instance(path)
    assert again.listen() and is_running(address_of(path))
    again.close()
    spin(lambda: not is_running(address_of(path)))


def test_two_windows_never_listen_for_the_same_book(qapp: QApplication, tmp_path: Path) -> None:
    first, second = Instance(tmp_path / "a.yzb"), Instance(tmp_path / "a.yzb")
    assert first.listen() and not second.listen()
    first.close()


def test_noise_at_the_address_does_not_end_the_listening(
    qapp: QApplication, tmp_path: Path
) -> None:
    first = Instance(tmp_path / "a.yzb")
    assert first.listen()
    for word in (b"?", b"x" * 500):
        with Client(first.address) as other:
            other.send_bytes(word)
    assert is_running(first.address)
    first.close()


def test_one_who_says_nothing_does_not_keep_others_waiting(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "PATIENCE", 0.05)
    first = Instance(tmp_path / "a.yzb")
    assert first.listen()
    with Client(first.address):
        monkeypatch.setattr(instance, "PATIENCE", 1.5)
        spin(lambda: is_running(first.address))
    first.close()


def test_a_long_profile_leads_to_the_passing_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONELEDGER_PROFILE", str(tmp_path / ("长" * 60)))
    assert len(os.fsencode(address_of(tmp_path / "a.yzb"))) <= 108
