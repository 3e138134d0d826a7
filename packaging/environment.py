"""Makes the environment that OneLedger runs and is tested in: ``.venv`` at the checkout's root.

Called by ``setup.sh`` and ``run.cmd`` with a Python that :data:`PYTHONS` allows; needs nothing but
the standard library. Installs ``requirements.lock`` by hash and the checkout itself, editable, and
writes a stamp last. While the stamp fits there is nothing to do; where it is missing, an earlier
try was cut off and the environment is made anew. ``.venv`` belongs to this script.

Everything that is said goes to standard error: standard output is the program's own.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "packaging" / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "oneledger.stamp"
INTERPRETER = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

# Which Debian package brings the library; Qt loads the first six always, the rest on an X screen.
QT_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def main() -> None:
    """Bring the environment up to date; exit 1 with a sentence when that is impossible."""
    parser = argparse.ArgumentParser(description="准备 OneLedger 的运行环境")
    parser.add_argument(
        "--qt",
        choices=["needed", "wanted"],
        default="wanted",
        help="needed：缺少 Qt 所需的系统库就停下；wanted：只提醒",
    )
    needed = parser.parse_args().qt == "needed"
    on_x = not needed and bool(os.environ.get("DISPLAY"))  # the tests draw off screen
    ready = is_ready()
    if not ready and importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not provide([package], "缺少建立运行环境的组件 (Python's venv is missing)"):
            sys.exit(1)
    if needed or on_x or not ready:
        there = provide(missing_packages(on_x), "缺少窗口所需的系统库 (Qt's libraries are missing)")
        if needed and not there:
            sys.exit(1)
    if not ready:
        make()


def wanted_stamp() -> str:
    """What the finished environment is marked with: what is installed, and for which checkout."""
    digest = hashlib.sha256(os.fsencode(ROOT))
    for part in (LOCK, ROOT / "pyproject.toml"):
        digest.update(part.read_bytes())
    return digest.hexdigest()


def is_ready() -> bool:
    """Whether the environment is finished, up to date, of this checkout, and its Python exists."""
    if not (STAMP.is_file() and INTERPRETER.exists()):
        return False
    return STAMP.read_text(encoding="utf-8") == wanted_stamp()


def missing_packages(on_x: bool) -> list[str]:
    """Debian's names for the system libraries that Qt would not find on this machine."""
    if not sys.platform.startswith("linux"):
        return []
    wanted = QT_LIBRARIES | X_LIBRARIES if on_x else QT_LIBRARIES
    return [package for library, package in wanted.items() if not is_loadable(library)]


def is_loadable(library: str) -> bool:
    """Whether the system's loader finds ``library``."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def provide(packages: list[str], reason: str) -> bool:
    """Install Debian packages as root, else name the command; say whether they are there now."""
    if not packages:
        return True
    say(f"{reason}：{' '.join(packages)}")
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
            done = subprocess.run(["apt-get", *step], env=quiet, stdout=sys.stderr, check=False)
        if done.returncode == 0:
            return True
    say(f"请执行 (please run)：sudo apt-get install {' '.join(packages)}")
    return False


def make() -> None:
    """Make or renew the environment; the stamp is written when everything is in place."""
    say("正在按 requirements.lock 准备运行环境 .venv，约需几分钟 (installing, a few minutes) …")
    if not (STAMP.exists() and INTERPRETER.exists()):
        venv.create(VENV, clear=True, with_pip=True, symlinks=os.name != "nt")
    STAMP.unlink(missing_ok=True)
    try:
        pip("--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK))
        pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    except subprocess.CalledProcessError:
        say(
            "运行环境没有装好，原因见上。请检查网络后重新运行，会接着装 "
            "(not installed, see above; check the network and run this again)。"
        )
        sys.exit(1)
    STAMP.write_text(wanted_stamp(), encoding="utf-8")


def pip(*arguments: str) -> None:
    """Run ``pip install`` of the environment, with the person's own mirror and proxy settings."""
    command = [str(INTERPRETER), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *arguments], stdout=sys.stderr, check=True)


def say(sentence: str) -> None:
    """A sentence for the person, beside the program's own output."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
