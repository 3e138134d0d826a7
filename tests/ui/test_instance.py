"""A second start on the same book finds the first window."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QApplication

from desktop.ui.instance import Instance, is_running, name_of
from tests.ui.conftest import spin

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop.ui.instance import is_running, name_of
app = QCoreApplication([])
sys.exit(7 if is_running(name_of(Path(sys.argv[1]))) else 0)
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
    lost = QLocalServer()
    assert lost.listen(name_of(path))
    if sys.platform != "win32":  # On Windows nothing is left behind.
        left = Path(lost.fullServerName())
        kept = left.with_name(left.name + ".kept")
        os.link(left, kept)
        lost.close()
        kept.rename(left)
    assert not is_running(name_of(path))
    again = Instance(path)
    assert again.listen()
    again.close()
