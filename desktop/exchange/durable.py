"""Writing to a stick: a file is there when it was read back from the medium, and not before.

A *new* name is created exclusively; nothing on the stick is ever renamed or overwritten (measured
on FAT32: writing beside and renaming lost every recent file at a power cut). The file and its
folder are brought to the medium, this PC's own copy in memory is dropped, the file is read back
and compared; only then :func:`write_new` returns. Whatever goes wrong before has a name, and the
half-written file is taken away if that is still possible.
"""

from __future__ import annotations

import errno
import mmap
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from desktop.errors import NotWritable, OneLedgerError
from desktop.exchange.disk import DISK, Disk
from desktop.ledger import drives

#: How much is written and read at a time, in bytes; also what unbuffered reading is aligned to.
BLOCK = 1 << 20
#: What the folder's own growth and the last cluster may take besides, in bytes.
RESERVE = 1 << 16
#: How many names are tried: ``a.yzp``, ``a-2.yzp`` … ``a-99.yzp``.
NAMES = 99

#: ASCII, nothing that a FAT file system or a device of Windows would take for something else.
_NAME = re.compile(
    r"(?!(?i:con|prn|aux|nul|com\d|lpt\d)(\.|$))[A-Za-z0-9][\w.-]{0,99}(?<!\.)", re.A
)
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}
_GONE = {
    *(errno.ENODEV, errno.ENXIO, errno.EIO, errno.ENOENT, errno.ESTALE),
    *(errno.ENOTCONN, errno.ETIMEDOUT, errno.EHOSTDOWN, errno.EHOSTUNREACH),
}
#: Codes of Windows that Python's errno tells no apart: not ready, removed, changed, defective.
_GONE_ON_WINDOWS = {15, 21, 23, 27, 433, 483, 1006, 1110, 1117, 1167}

#: What is done and what is to be done, in bytes; what it raises stops the writing.
Progress = Callable[[int, int], None]


class StickFull(OneLedgerError):
    """Not enough room, or a file larger than the file system takes; sizes in bytes."""

    def __init__(self, where: str, needed: int = 0, free: int | None = None) -> None:
        sizes = (
            f"（需要 {_megabytes(needed)}，还剩 {_megabytes(free)}）" if free is not None else ""
        )
        super().__init__(
            f"空间不足，没有写出：{where}{sizes}。",
            "请换一个U盘或文件夹，或删去U盘上不用的文件后重做；原有文件没有改动。",
        )


class StickReadOnly(OneLedgerError):
    """The stick or folder may not be written."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"不能写入，U盘或文件夹是只读的：{where}。",
            "请检查U盘的写保护开关和文件夹的权限，或换一个U盘或文件夹。",
        )


class StickGone(OneLedgerError):
    """The stick was pulled out, is not there, or no longer answers."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"U盘已拔出、没有插好或读写出错，没有写完：{where}。",
            "请重新插好U盘后再写一次；仍不行时请换一个U盘。已写到一半的文件请不要使用。",
        )


class NotVerified(OneLedgerError):
    """What was read back is not what was written."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"写入后读回核对不一致：{where}。U盘已坏，或实际容量小于标称容量（假容量盘）。",
            "请换一个U盘重新写出；这个U盘请不要再用来传送数据。",
        )


class NameTaken(OneLedgerError):
    """Every name that could be given lies there already, with other content."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"同名文件太多，没有写出：{where}。",
            "请换一个文件夹，或把以前写出的数据包移走后重做；原有文件没有改动。",
        )


def _megabytes(size: int) -> str:
    return f"{size / (1 << 20):.1f} MB"


def write_new(
    folder: Path,
    name: str,
    content: bytes,
    progress: Progress | None = None,
    disk: Disk = DISK,
) -> Path:
    """Write ``content`` as a new file in ``folder`` (made when missing) and read it back.

    The path may differ from ``name`` (ASCII, fit for FAT): a name that holds other content gets a
    number; one that holds this very content is verified anew and returned. ``progress`` counts what
    is written and read back, twice the content. Raises :class:`StickFull`, :class:`StickReadOnly`,
    :class:`StickGone`, :class:`NotVerified`, :class:`NameTaken`, :class:`~desktop.errors
    .NotWritable`, and what ``progress`` raises; there is no file of ours then.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"not a name for a stick: {name!r}")
    tell = progress or (lambda _done, _all: None)
    try:
        ground = _ground(folder, disk)
        for path in _names(folder, name) if ground == folder else ():
            if _lies_there(path, content, disk):
                tell(2 * len(content), 2 * len(content))
                return path
        _refuse(folder, ground, len(content), disk)
        _make(folder, disk)
        for path in _names(folder, name):
            try:
                handle = disk.create(path)
            except FileExistsError:
                continue
            _fill(path, handle, content, tell, disk)
            return path
    except OSError as error:
        raise _named(error, folder, len(content), disk) from error
    raise NameTaken(str(folder / name))


def probe(folder: Path, size: int, disk: Disk = DISK) -> None:
    """Raise what :func:`write_new` would for ``size`` bytes, before anything was committed.

    A small trial file is written and taken away again; a missing folder is not made yet.
    """
    try:
        ground = _ground(folder, disk)
        _refuse(folder, ground, size, disk)
        for path in _names(ground, f"oneledger-trial-{os.getpid()}.tmp"):
            try:
                handle = disk.create(path)
            except FileExistsError:
                continue
            _fill(path, handle, b"oneledger\n", lambda _done, _all: None, disk)
            disk.remove(path)
            return
    except OSError as error:
        raise _named(error, folder, size, disk) from error
    raise NameTaken(str(folder))


def _ground(folder: Path, disk: Disk) -> Path:
    """The nearest folder that is there."""
    for place in (folder, *folder.absolute().parents):
        with suppress(FileNotFoundError, NotADirectoryError):
            if not stat.S_ISDIR(disk.look(place).st_mode) and not place.is_dir():
                raise NotWritable(str(place))
            if drives.pulled_away(place):  # Else a folder of this PC would pass for the stick.
                break
            return place
    raise StickGone(str(folder))


def _refuse(folder: Path, ground: Path, size: int, disk: Disk) -> None:
    free = disk.free(ground)
    if free < size + RESERVE:
        raise StickFull(str(folder), size, free)


def _make(folder: Path, disk: Disk) -> None:
    missing = []
    while folder != _ground(folder, disk):
        missing.append(folder)
        folder = folder.absolute().parent
    for place in reversed(missing):
        with suppress(FileExistsError):
            disk.make_folder(place)
        disk.sync_path(place.parent)


def _names(folder: Path, name: str) -> Iterator[Path]:
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    yield folder / name
    for number in range(2, NAMES + 1):
        yield folder / f"{stem}-{number}{dot}{ending}"


def _lies_there(path: Path, content: bytes, disk: Disk) -> bool:
    """Whether the file of this name is whole and on the medium; unsure is no."""
    try:
        found = disk.look(path)
        if not stat.S_ISREG(found.st_mode) or found.st_size != len(content):
            return False
        disk.sync_path(path)
        disk.sync_path(path.parent)
        return _reads_back(path, content, lambda _done, _all: None, disk)
    except OSError:
        return False


def _fill(path: Path, handle: int, content: bytes, tell: Progress, disk: Disk) -> None:
    """Fill the file that was just created, bring it to the medium and compare it."""
    size, mine = len(content), None
    try:
        try:
            mine = disk.status(handle)
            rest = memoryview(content)
            while rest:
                written = disk.write(handle, rest[:BLOCK])
                if written <= 0:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
                rest = rest[written:]
                tell(size - len(rest), 2 * size)
            disk.sync(handle)
        finally:
            disk.close(handle)
        disk.sync_path(path.parent)
        if not _reads_back(path, content, tell, disk):
            raise NotVerified(str(path))
    except BaseException:
        _take_away(path, mine, disk)
        raise


def _reads_back(path: Path, content: bytes, tell: Progress, disk: Disk) -> bool:
    digest, done, size = sha256(), 0, len(content)
    handle = disk.open(path)
    try:
        if disk.status(handle).st_size != size:
            return False
        with mmap.mmap(-1, BLOCK) as block:
            while done < size:
                got = min(disk.read(handle, block), size - done)
                if got <= 0:
                    return False
                digest.update(block[:got])
                done += got
                tell(size + done, 2 * size)
    finally:
        disk.close(handle)
    return digest.digest() == sha256(content).digest()


def _take_away(path: Path, mine: os.stat_result | None, disk: Disk) -> None:
    """Remove the file that we created, if it is still that one: sticks can be changed."""
    with suppress(OSError):  # What stopped the writing is said, not this.
        if mine is None or os.path.samestat(mine, disk.look(path)):
            disk.remove(path)


def _named(error: OSError, folder: Path, size: int, disk: Disk) -> OneLedgerError:
    """What the operating system refused, by name."""
    where = str(folder)
    if error.errno in _FULL:
        return StickFull(where, size)
    if error.errno in _GONE or getattr(error, "winerror", None) in _GONE_ON_WINDOWS:
        return StickGone(where)
    try:
        _ground(folder, disk)
        disk.free(folder)
    except FileNotFoundError:
        pass  # Not made yet.
    except (OSError, OneLedgerError):
        return StickGone(where)  # Windows says "invalid" or "denied" of a drive that is gone.
    return StickReadOnly(where) if error.errno in _READ_ONLY else NotWritable(where)
