"""What kind of drive a file lies on: a book is worked on only where it cannot be pulled out.

One small question behind one function, so that tests and other systems can answer it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Literal

from desktop.errors import OneLedgerError

Kind = Literal["local", "removable", "network"]

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.davfs", "9p", "afs", "ceph"}
)
_REMOVABLE = frozenset({"iso9660", "udf", "fuse.gvfsd-fuse", "fuse.jmtpfs", "fuse.simple-mtpfs"})
#: mountinfo writes blanks, tabs, line breaks and backslashes as three octal digits.
_ESCAPED = re.compile(r"\\([0-7]{3})")


class NotLocal(OneLedgerError):
    """The book lies on a drive that can be pulled out or cut off."""

    def __init__(self, where: str, kind: Kind) -> None:
        drive = "U盘等可移动磁盘" if kind == "removable" else "网络盘"
        super().__init__(
            f"账本在{drive}上，不能直接打开：{where}。",
            "请先复制到本机硬盘再打开；要带走数据请用“备份”。",
        )
        self.kind = kind


def kind_of(path: Path) -> Kind:
    """The kind of drive that ``path`` (which need not exist yet) lies on; local when unknown."""
    place = path.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    return _windows(place) if sys.platform == "win32" else _posix(place.resolve())


def _windows(place: Path) -> Kind:
    import ctypes

    if str(place).startswith("\\\\"):
        return "network"
    kind: int = ctypes.windll.kernel32.GetDriveTypeW(place.anchor)  # type: ignore[attr-defined,unused-ignore]
    return {2: "removable", 4: "network", 5: "removable"}.get(kind, "local")  # type: ignore[return-value]


def _posix(place: Path) -> Kind:
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return "local"
    return kind_in(mounts, place, _pulled_out)


def kind_in(mounts: str, place: Path, pulled_out: object) -> Kind:
    """The kind of the mount in ``mounts`` (the text of mountinfo) that holds ``place``."""
    best, found = -1, ("", "", "")
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        fields, kinds = left.split(), right.split()
        if len(fields) < 5 or len(kinds) < 2:
            continue
        point = Path(_ESCAPED.sub(lambda sign: chr(int(sign[1], 8)), fields[4]))
        if place.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), (fields[2], kinds[0], kinds[1])
    device, system, _ = found
    if system in _NETWORK:
        return "network"
    if system in _REMOVABLE or (callable(pulled_out) and pulled_out(device)):
        return "removable"
    return "local"


def _pulled_out(device: str) -> bool:
    """Whether the kernel calls the block device (``major:minor``) or its disk removable."""
    block = Path("/sys/dev/block") / device
    try:
        real = block.resolve()
        for folder in (real, real.parent):
            flag = folder / "removable"
            if flag.exists():
                return flag.read_text().strip() == "1" or "/usb" in str(real)
    except OSError:
        return False
    return False
