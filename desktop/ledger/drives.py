"""What kind of drive a file lies on: a book is worked on only where it cannot be pulled out.

Small questions behind functions, so that tests and other systems can answer them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from desktop.errors import OneLedgerError

Kind = Literal["local", "removable", "network"]

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.davfs", "9p", "afs", "ceph"}
)
_REMOVABLE = frozenset({"iso9660", "udf", "fuse.gvfsd-fuse", "fuse.jmtpfs", "fuse.simple-mtpfs"})
#: mountinfo writes blanks, tabs, line breaks and backslashes as three octal digits.
_ESCAPED = re.compile(r"\\([0-7]{3})")
#: Where desktops mount what is put in; a folder there that holds no mount is a stick pulled out.
_PUT_IN = (Path("/media"), Path("/run/media"))


class Mount(NamedTuple):
    """One line of mountinfo: where, the device (``major:minor``), file system, what is mounted."""

    point: Path
    device: str
    system: str
    source: str
    read_only: bool


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


def kind_in(mounts: str, place: Path, pulled_out: Callable[[str], bool]) -> Kind:
    """The kind of the mount in ``mounts`` (the text of mountinfo) that holds ``place``."""
    best, found = -1, Mount(Path("/"), "", "", "", False)
    for mount in mounts_in(mounts):
        if place.is_relative_to(mount.point) and len(mount.point.parts) >= best:
            best, found = len(mount.point.parts), mount
    return kind_of_mount(found, pulled_out)


def mounts_in(mounts: str) -> Iterator[Mount]:
    """The lines of mountinfo that say anything, in their order: of one place the last counts."""
    for line in mounts.splitlines():
        left, _, right = line.partition(" - ")
        fields, kinds = left.split(), right.split()
        if len(fields) < 5 or len(kinds) < 2:
            continue
        options = {*",".join((*fields[5:6], *kinds[2:3])).split(",")}
        point, source = (
            _ESCAPED.sub(lambda sign: chr(int(sign[1], 8)), text) for text in (fields[4], kinds[1])
        )
        yield Mount(Path(point), fields[2], kinds[0], source, "ro" in options)


def kind_of_mount(mount: Mount, pulled_out: Callable[[str], bool] | None = None) -> Kind:
    """What a mount is, by its file system and by what ``pulled_out``, else the kernel, says."""
    if mount.system in _NETWORK:
        return "network"
    if mount.system in _REMOVABLE or (pulled_out or _pulled_out)(mount.device):
        return "removable"
    return "local"


def is_put_in(place: Path) -> bool:
    """Whether ``place`` lies where desktops mount what is put in (``/media``, ``/run/media``)."""
    return any(place.is_relative_to(folder) and place != folder for folder in _PUT_IN)


def pulled_away(place: Path, is_mount: Callable[[Path], bool] = os.path.ismount) -> bool:
    """Whether ``place`` lies where sticks are mounted and none is: writing would stay on the PC."""
    base = next((folder for folder in _PUT_IN if place.absolute().is_relative_to(folder)), None)
    if sys.platform == "win32" or base is None:
        return False
    inner = (one for one in (place.absolute(), *place.absolute().parents) if one != base)
    return not any(is_mount(one) for one in inner if one.is_relative_to(base))


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
