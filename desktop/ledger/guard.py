"""One process at a time: the operating system's lock beside the book, with a readable refusal."""

from __future__ import annotations

import os
import platform
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from desktop import paths
from desktop.errors import NotWritable, OneLedgerError


class BookInUse(OneLedgerError):
    """Another window, process or person has the book open."""

    def __init__(self, where: str, who: str) -> None:
        by = f"（{who}）" if who else ""
        super().__init__(f"账本正由另一个窗口使用{by}：{where}。", "请先关闭那个窗口，再重新打开。")


class Guard:
    """Holds the lock file ``<book>.lock`` until :meth:`release`.

    Raises :class:`BookInUse`, :class:`NotWritable`.
    """

    def __init__(self, book: Path) -> None:
        self.path = book.with_name(book.name + ".lock")
        self.file = self._acquire(book)
        with suppress(OSError):  # Full disk: the lock holds, only who holds it is not said.
            self.file.seek(0)
            self.file.truncate()
            self.file.write(f"{paths.account()}，{platform.node()}，进程 {os.getpid()}".encode())

    def _acquire(self, book: Path) -> IO[bytes]:
        while True:
            try:
                file = open(self.path, "a+b", buffering=0)  # noqa: SIM115, PTH123
            except OSError as error:
                raise NotWritable(str(book.parent)) from error
            if not _lock(file):
                file.seek(0)
                who = _readable(file)
                file.close()
                raise BookInUse(str(book), who)
            if sys.platform == "win32" or _same(file, self.path):
                return file
            file.close()

    def release(self) -> None:
        """Give the book free and take the lock file away."""
        if sys.platform != "win32":
            try:
                self.path.unlink(missing_ok=True)
            finally:
                self.file.close()
            return
        self.file.close()
        try:
            self.path.unlink(missing_ok=True)
        except PermissionError:
            # Somebody opened the book in this very moment; the file is theirs now.
            return


def _readable(file: IO[bytes]) -> str:
    try:
        return file.read(200).decode("utf-8", "replace")
    except OSError:  # Windows keeps locked bytes from being read.
        return ""


def _same(file: IO[bytes], path: Path) -> bool:
    """Whether the locked file is still the one at ``path`` (it may have been taken away)."""
    try:
        return os.fstat(file.fileno()).st_ino == path.stat().st_ino
    except OSError:
        return False


def _lock(file: IO[bytes]) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            file.seek(1 << 20)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
