"""What writing and reading on a stick asks of the operating system, in one replaceable record.

Files are opened for reading past this PC's memory, so that what is read lies on the medium.
"""

from __future__ import annotations

import errno
import io
import mmap
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


def _create(path: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o644)


def open_past_memory(path: Path) -> int:
    """Open a regular file for reading, as far as possible past this PC's memory.

    On Windows unbuffered; elsewhere what the memory holds of the file is dropped first, which
    leaves nothing of a file that was synchronised. A pipe or link is not waited for or followed.
    """
    if sys.platform == "win32":
        return _open_unbuffered(path)
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    return handle


def _open_unbuffered(path: Path) -> int:
    """A handle for reading with FILE_FLAG_NO_BUFFERING: blocks come from the medium."""
    import ctypes
    import msvcrt

    read, share_all, existing, no_buffering, reparse = 0x80000000, 7, 3, 0x20000000, 0x00200000
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined,unused-ignore]
    kernel.CreateFileW.restype = ctypes.c_void_p
    kernel.CreateFileW.argtypes = (
        *(ctypes.c_wchar_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
        *(ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p),
    )
    handle = kernel.CreateFileW(
        str(path), read, share_all, None, existing, no_buffering | reparse, None
    )
    if handle is None or handle == ctypes.c_void_p(-1).value:
        raise ctypes.WinError(ctypes.get_last_error())  # type: ignore[attr-defined,unused-ignore]
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
    return int(msvcrt.open_osfhandle(handle, flags))  # type: ignore[attr-defined,unused-ignore]


def _read(handle: int, block: mmap.mmap) -> int:
    with io.FileIO(handle, "rb", closefd=False) as file:
        return file.readinto(block) or 0


def sync_path(path: Path) -> None:
    """Bring a folder's entries, or a file found there, to the medium."""
    if sys.platform == "win32":
        if path.is_dir():
            return  # Windows does it with the file; there is no handle of a folder to flush.
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    else:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # Has no such thing as syncing it.
            raise
    finally:
        os.close(handle)


def _free(folder: Path) -> int:
    usage = shutil.disk_usage(folder)
    return usage.free if usage.total else sys.maxsize  # Some network drives do not know.


@dataclass(frozen=True)
class Disk:
    """Everything that this room asks of the operating system; tests let each of it fail.

    ``write`` may write less than it is given; ``read`` fills a page-aligned block and gives how
    many bytes it got.
    """

    look: Callable[[Path], os.stat_result] = os.lstat
    free: Callable[[Path], int] = _free
    make_folder: Callable[[Path], None] = os.mkdir
    create: Callable[[Path], int] = _create
    write: Callable[[int, memoryview], int] = os.write
    sync: Callable[[int], None] = os.fsync
    sync_path: Callable[[Path], None] = sync_path
    open: Callable[[Path], int] = open_past_memory
    status: Callable[[int], os.stat_result] = os.fstat
    read: Callable[[int, mmap.mmap], int] = _read
    close: Callable[[int], None] = os.close
    remove: Callable[[Path], None] = os.unlink


DISK = Disk()
