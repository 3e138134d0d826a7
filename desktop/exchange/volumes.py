"""Sticks that are put in: what this PC has mounted beside its own disks, without Qt.

Linux says it in ``/proc/self/mountinfo``, Windows by the letters of its drives. A card reader
without a card is no volume, and a drive that does not answer is left out: it is asked in a thread
of its own, and not asked again before it has answered.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import threading
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from desktop.ledger import drives

#: How long a drive may think about a question, in seconds.
PATIENCE = 2.0

_T = TypeVar("_T")
_BY_LABEL = Path("/dev/disk/by-label")
_HEXADECIMAL = re.compile(rb"\\x([0-9a-fA-F]{2})")
#: Where a system that runs from a stick has its own files.
_OWN = {Path(own) for own in ("/", "/boot", "/boot/efi", "/efi", "/home", "/usr", "/var", "/opt")}
#: What is no medium, and phones and shares as desktops show them.
_NO_STICK = re.compile(r"fuse\.gvfs|fuse\.portal|autofs|squashfs|tmpfs|overlay|proc|sysfs|nsfs")
#: Controls, turns of direction, halves of signs, line and paragraph breaks.
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_REMOVABLE, _FIXED, _DISC = 2, 3, 5


@dataclass(frozen=True)
class Volume:
    """A mounted stick, card, disc or disk; sizes in bytes.

    ``removable`` is False for a second disk inside the PC, and on Windows for a disk in a USB case.
    """

    path: Path
    label: str
    free: int
    total: int
    read_only: bool
    removable: bool


def volumes() -> tuple[Volume, ...]:
    """What is put in, by path. Never raises and never waits longer than :data:`PATIENCE` each."""
    if sys.platform == "win32":
        return _on_windows()
    try:
        mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
    except OSError:
        return ()
    return in_mounts(mounts, _usage, labels())


def in_mounts(
    mounts: str,
    usage: Callable[[Path], tuple[int, int] | None],
    names: dict[str, str],
    pulled_out: Callable[[str], bool] | None = None,
) -> tuple[Volume, ...]:
    """The volumes in ``mounts`` (the text of mountinfo).

    ``usage`` gives (free, total) or None when there is no answer, ``names`` the label by device.
    """
    last = {mount.point: mount for mount in drives.mounts_in(mounts)}
    found: dict[str, Volume] = {}
    for mount in sorted(last.values(), key=lambda one: os.fsencode(one.point)):
        kind = drives.kind_of_mount(mount, pulled_out)
        put_in = kind == "removable" or (kind == "local" and drives.is_put_in(mount.point))
        own = mount.point in _OWN or _NO_STICK.match(mount.system)
        if not put_in or own or mount.device in found:
            continue
        sizes = usage(mount.point)
        if sizes is None or not sizes[1]:
            continue
        label = names.get(mount.source) or mount.point.name
        found[mount.device] = Volume(
            mount.point, legible(label), *sizes, mount.read_only, kind == "removable"
        )
    return tuple(found.values())


def labels(folder: Path = _BY_LABEL) -> dict[str, str]:
    """Labels by device (``/dev/sdb1``), as the system lists them."""
    try:
        links = sorted(folder.iterdir())
    except OSError:  # A system without such a list: the folder's name is shown.
        return {}
    return {os.path.realpath(link): _decoded(_unescaped(os.fsencode(link.name))) for link in links}


def _unescaped(name: bytes) -> bytes:
    return _HEXADECIMAL.sub(lambda sign: bytes([int(sign[1], 16)]), name)


def legible(name: str) -> str:
    """A name in one line that can be shown.

    Bytes that are no text, line breaks, turns of direction and whatever else is not seen: ``�``.
    """
    try:
        text = _decoded(os.fsencode(name))
    except UnicodeEncodeError:
        text = name
    return "".join("�" if unicodedata.category(sign) in _UNSEEN else sign for sign in text)


def _decoded(raw: bytes) -> str:
    """UTF-8, or GBK as old sticks have it."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _usage(folder: Path) -> tuple[int, int] | None:
    def ask() -> tuple[int, int]:
        usage = shutil.disk_usage(folder)
        return usage.free, usage.total

    return within(str(folder), ask)


_asked: dict[str, threading.Thread] = {}


def within(name: str, ask: Callable[[], _T], patience: float = PATIENCE) -> _T | None:
    """What ``ask`` gives, None when it fails, takes too long, or is still at the last question."""
    earlier = _asked.get(name)
    if earlier is not None and earlier.is_alive():
        return None
    answer: list[_T] = []

    def run() -> None:
        try:
            answer.append(ask())
        except OSError:
            return  # No card in the reader, or just pulled out.

    thread = _asked[name] = threading.Thread(target=run, name=f"volume {name}", daemon=True)
    thread.start()
    thread.join(patience)
    if not thread.is_alive():
        _asked.pop(name, None)
    return answer[0] if answer else None


def _on_windows() -> tuple[Volume, ...]:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    kernel.SetErrorMode(kernel.SetErrorMode(0) | 1)  # No box that asks for a disk to be put in.
    return by_letters(kernel.GetLogicalDrives(), kernel.GetDriveTypeW, _windows_volume)


def by_letters(
    letters: int,
    type_of: Callable[[str], int],
    ask: Callable[[str], tuple[str, bool, int, int]],
    system: str | None = None,
) -> tuple[Volume, ...]:
    """The volumes among the drives of Windows, whose ``letters`` are the bits of a number.

    ``ask`` gives label, read-only, free and total, and raises OSError for a drive without a medium;
    ``system`` is the letter of the system's own drive.
    """
    system = system or os.environ.get("SYSTEMDRIVE", "C:")
    return tuple(_lettered(letters, type_of, ask, system))


def _lettered(
    letters: int,
    type_of: Callable[[str], int],
    ask: Callable[[str], tuple[str, bool, int, int]],
    system: str,
) -> Iterator[Volume]:
    for number in range(26):
        root = f"{chr(ord('A') + number)}:\\"
        kind = type_of(root) if letters >> number & 1 else 0
        if kind not in (_REMOVABLE, _FIXED, _DISC) or root[:2] == system.upper():
            continue
        answer = within(root, lambda root=root: ask(root))  # type: ignore[misc]
        if answer is None or not answer[3]:
            continue
        label, read_only, free, total = answer
        name = legible(label) or root[:2]
        yield Volume(Path(root), name, free, total, read_only, kind != _FIXED)


def _windows_volume(root: str) -> tuple[str, bool, int, int]:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    label, flags = ctypes.create_unicode_buffer(261), ctypes.c_uint32()
    free, total = ctypes.c_uint64(), ctypes.c_uint64()
    if not kernel.GetVolumeInformationW(
        ctypes.c_wchar_p(root), label, 261, None, None, ctypes.byref(flags), None, 0
    ) or not kernel.GetDiskFreeSpaceExW(
        ctypes.c_wchar_p(root), ctypes.byref(free), ctypes.byref(total), None
    ):
        raise OSError(f"no medium: {root}")
    return label.value, bool(flags.value & 0x00080000), free.value, total.value
