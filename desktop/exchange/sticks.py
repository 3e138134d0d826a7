"""Packages on sticks and in folders, found by content and not by name.

Of a file that is no package only the first eight bytes are read; nothing is executed, no link or
junction followed, no pipe or device opened, nothing is marked as read where the system allows that.
What cannot be read is told and stops nothing.
"""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from desktop.errors import OneLedgerError
from desktop.exchange.volumes import Volume, legible, volumes

if TYPE_CHECKING:  # The container brings the cryptography along, which only a package needs.
    from desktop.exchange.payload import Header

__all__ = ["Found", "Search", "Volume", "find", "legible", "volumes"]

#: How many folders below a place are looked into, and how many entries in one search.
DEEPEST = 8
MOST = 300_000
#: How many troubles are told one by one.
MOST_TOLD = 20
#: After how many files progress is told.
STEP = 64
#: How packages are named when nobody renamed them.
ENDING = ".yzp"

#: Files examined, files and folders seen so far; what it raises ends the search.
Progress = Callable[[int, int], None]

#: What a Macintosh leaves beside every file, under its name.
_BESIDE = "._"
#: Where deleted files lie: a package that somebody threw away is not offered again.
_THROWN_AWAY = ("$recycle.bin", "recycler", "system volume information", ".trash")
_JUNCTIONS = {0xA000000C, 0xA0000003}  # Tags of Windows: a symbolic link, a mount point.
_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "已不在",
    errno.EIO: "读取出错，U盘可能已损坏",
    errno.ENODEV: "U盘已拔出",
    errno.ENXIO: "U盘已拔出",
    errno.ELOOP: "是链接或设备",
}
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOINHERIT", 0)
)


@dataclass(frozen=True)
class Found:
    """A file that begins, or is named, as a package: its ``header``, or the ``trouble`` with it.

    Nothing of it is believed yet. ``size`` is in bytes.
    """

    path: Path
    size: int
    header: Header | None = None
    trouble: OneLedgerError | None = None

    @property
    def shown(self) -> str:
        """The path in one line that can be shown."""
        return legible(str(self.path))

    def read(self) -> bytes:
        """The whole file; of one larger than any package the lengths at its beginning only.

        Those alone are never a package. Raises OSError when the file is gone or cannot be read.
        """
        from desktop.exchange import container

        front = container.FRONT - container.LARGEST_HEADER
        with opened(self.path) as (handle, size):
            whole = size <= container.FRONT + container.LARGEST_BODY
            return first(handle, size if whole else front)


@dataclass(frozen=True)
class Search:
    """What a search found, by path; ``troubles`` says in sentences what was not read.

    ``entries`` counts files and folders that were seen; ``complete`` is False when there were more
    of them, or deeper ones, than a search looks at.
    """

    found: tuple[Found, ...]
    troubles: tuple[str, ...] = ()
    entries: int = 0
    complete: bool = True


def find(
    places: Iterable[Path],
    progress: Progress | None = None,
    *,
    most: int = MOST,
    deepest: int = DEEPEST,
) -> Search:
    """The packages at ``places``: files, and folders with all that is in them; each file once."""
    walk = _Walk(most, deepest)
    found: list[Found] = []
    for examined, (path, named) in enumerate(walk.files(places)):
        if progress is not None and examined % STEP == 0:
            progress(examined, walk.entries)
        try:
            one = _look(Path(path), named)
        except OSError as error:
            walk.unread(path, error)
            continue
        if one is not None:
            found.append(one)
    found.sort(key=lambda one: os.fsencode(one.path))
    return Search(tuple(found), walk.sentences(), walk.entries, walk.complete)


def _look(path: Path, named: bool) -> Found | None:
    """What the file is; one that is ``named`` as a package is told also when it is none."""
    from desktop.exchange import container

    with opened(path) as (handle, size):
        beginning = first(handle, len(container.MAGIC))
        if beginning == container.MAGIC:
            beginning += first(handle, container.FRONT - len(beginning))
        elif not named:
            return None
    try:
        return Found(path, size, container.peek_header(beginning, size))
    except OneLedgerError as error:
        return Found(path, size, trouble=error)


class _Walk:
    """Goes through places, breadth first, and keeps account of what it saw and could not see."""

    def __init__(self, most: int, deepest: int) -> None:
        self.entries = 0
        self.complete = True
        self._most, self._deepest = most, deepest
        self._told: list[str] = []
        self._untold = 0

    def files(self, places: Iterable[Path]) -> Iterator[tuple[str, bool]]:
        """Every regular file and whether it is named as a package; those that are, first."""
        given: set[str] = set()
        folders: deque[tuple[str, int]] = deque()
        for place in places:
            path = str(Path(place).absolute())
            try:
                mode = os.lstat(path).st_mode
            except OSError as error:
                self.unread(path, error)
                continue
            if stat.S_ISDIR(mode) and not _is_junction(os.lstat(path)):
                folders.append((path, 0))
            elif not stat.S_ISREG(mode):
                self._tell(f"这是链接或设备，没有打开：{legible(path)}。")
            elif path not in given:
                self.entries += 1
                given.add(path)
                yield path, True
        others: list[str] = []
        for path in self._below(folders):
            if path in given:
                continue
            if path.lower().endswith(ENDING) and not Path(path).name.startswith(_BESIDE):
                yield path, True
            else:
                others.append(path)
        for path in others:
            yield path, False

    def _below(self, folders: deque[tuple[str, int]]) -> Iterator[str]:
        seen: set[str] = set()
        while folders:
            folder, depth = folders.popleft()
            if folder in seen:
                continue
            seen.add(folder)
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if self.entries >= self._most:
                            self.complete = False
                            self._tell(f"文件太多，只看了前 {self._most} 个。")
                            return
                        self.entries += 1
                        kind = self._kind(entry)
                        if kind == "file":
                            yield entry.path
                        elif kind == "folder" and depth < self._deepest:
                            folders.append((entry.path, depth + 1))
                        elif kind == "folder":
                            self.complete = False
                            self._tell(f"层次太深，没有再往里找：{legible(entry.path)}。")
            except OSError as error:
                self.unread(folder, error)

    def _kind(self, entry: os.DirEntry[str]) -> Literal["file", "folder", ""]:
        """What is looked into; not links, devices, what leads elsewhere or was thrown away."""
        try:
            if entry.is_file(follow_symlinks=False):
                return "file"
            if not entry.is_dir(follow_symlinks=False) or _is_junction(
                entry.stat(follow_symlinks=False)
            ):
                return ""
        except OSError as error:
            self.unread(entry.path, error)
            return ""
        return "" if entry.name.lower().startswith(_THROWN_AWAY) else "folder"

    def unread(self, path: str, error: OSError) -> None:
        """Note what the operating system refused."""
        reason = _REASONS.get(error.errno or 0, error.strerror or "")
        self._tell(f"读不出：{legible(path)}（{reason}）。")

    def sentences(self) -> tuple[str, ...]:
        """What was not read, the first ones by name."""
        more = (f"另有 {self._untold} 处没有读。",) if self._untold else ()
        return (*self._told, *more)

    def _tell(self, sentence: str) -> None:
        if len(self._told) < MOST_TOLD:
            self._told.append(sentence)
        else:
            self._untold += 1


def _is_junction(status: os.stat_result) -> bool:
    return getattr(status, "st_reparse_tag", 0) in _JUNCTIONS


@contextmanager
def opened(path: Path) -> Iterator[tuple[int, int]]:
    """A handle of a regular file and its size; reading leaves no mark on the stick if it may."""
    try:
        handle = os.open(path, _FLAGS | getattr(os, "O_NOATIME", 0))
    except PermissionError:  # Only a file's owner may read it without a mark.
        handle = os.open(path, _FLAGS)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
        yield handle, status.st_size
    finally:
        os.close(handle)


def first(handle: int, size: int) -> bytes:
    """The next ``size`` bytes, fewer at the end of the file."""
    parts = []
    while size and (part := os.read(handle, min(size, 1 << 20))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
