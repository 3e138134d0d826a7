"""The layer under a program's feet: every call for a file or a statement of the book is counted.

At the chosen call something happens instead of it: an error of the operating system, half a write,
an error of SQLite — or the process is killed. Only what lies below the world's folder counts.
Files, the stick and the shelves ask :mod:`os` and :func:`io.open`; the book asks SQLite, whose own
reading and writing is reached statement by statement.
"""

from __future__ import annotations

import builtins
import errno
import functools
import io
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

from desktop.exchange import disk, durable

#: What happens at the chosen call; told the call's name and whether the stick was meant.
Happens = Callable[[str, bool], None]

#: Whether a file of this PC is there (``stat``) is not counted, only whether one of the stick is.
_PATHS = ("open", "replace", "rename", "link", "unlink", "mkdir", "scandir", "lstat", "stat")
_HANDLES = ("write", "fsync", "read", "close")
T = TypeVar("T")
#: SQLite's answers by their code.
_CODES = {
    "full": (sqlite3.SQLITE_FULL, "database or disk is full"),
    "io": (sqlite3.SQLITE_IOERR, "disk I/O error"),
    "readonly": (sqlite3.SQLITE_READONLY, "attempt to write a readonly database"),
}


#: sqlite-utils asks SQLite what it can by a table of its own; any error it takes for a no.
_PROBE = re.compile(r"\bt[0-9a-f]{32}\b")
#: Statements whose failing never costs a whole transaction: they write nothing to the disk.
_MILD = (
    *("sql:select", "sql:explain", "sql:pragma", "sql:with"),
    *("sql:begin", "sql:savepoint", "sql:release"),
)


class Layer:
    """Counts; ``calls`` are the names in their order, stick's begin with ``stick:``."""

    def __init__(self, home: Path, at: Callable[[int, str], bool], happens: Happens) -> None:
        self.home, self._at, self._happens = str(home), at, happens
        self.calls: list[str] = []
        self.happened: list[str] = []
        self.off = False
        self.lies = False

    def step(self, name: str, where: str) -> bool:
        """Count a call; True when the chosen thing is to happen in its place."""
        if self.off or not where.startswith(self.home):
            return False
        asked = name in ("stat", "lstat") and not self.on_stick(where)
        if asked or where.endswith(".lock"):  # The lock beside a book is the ledger's own matter.
            return False
        name = f"stick:{name}" if self.on_stick(where) else name
        self.calls.append(name)
        if self._at(len(self.calls), name):
            self.happened.append(name)
            return True
        return False

    def on_stick(self, where: str) -> bool:
        """Whether the place is the stick's and not this PC's."""
        return f"{os.sep}stick" in where[len(self.home) :]

    def happen(self, name: str, where: str) -> None:
        """Let it happen; files are not counted meanwhile."""
        self.off = True
        try:
            self._happens(name, self.on_stick(where))
        finally:
            self.off = False

    @contextmanager
    def below(self) -> Iterator[Layer]:
        """The layer in force."""
        with self._patched():
            yield self

    @contextmanager
    def _patched(self) -> Iterator[None]:
        with mock.patch.multiple(os, **self._os()), mock.patch.multiple(
            durable,
            write_new=functools.partial(durable.write_new, disk=self._disk()),
            probe=functools.partial(durable.probe, disk=self._disk()),
        ), mock.patch.object(io, "open", self._opening(io.open)), mock.patch.object(
            builtins, "open", self._opening(builtins.open)
        ), mock.patch.object(sqlite3, "connect", self._connecting(sqlite3.connect)):  # fmt: skip
            yield

    def _os(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in _PATHS:
            found[name] = self._by_path(name, getattr(os, name))
        for name in _HANDLES:
            found[name] = self._by_handle(name, getattr(os, name))
        return found

    def _by_path(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(real)
        def call(path: Any = ".", *more: Any, **named: Any) -> Any:
            where = path if isinstance(path, str) else os.fspath(path) if _is_path(path) else ""
            if self.step(name, str(where)):
                self.happen(name, str(where))
            return real(path, *more, **named)

        return call

    def _by_handle(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(real)
        def call(handle: int, *more: Any) -> Any:
            where = _where(handle)
            if self.step(name, where):
                if name == "close":  # An error of close leaves no open file behind.
                    real(handle)
                elif name == "write" and len(more[0]) > 1:
                    real(handle, more[0][: len(more[0]) // 2])
                self.happen(name, where)
            if name == "write" and self.lies and self.on_stick(where):
                data = bytes(more[0])
                return real(handle, data[:-1] + bytes([data[-1] ^ 1]))
            return real(handle, *more)

        return call

    def _disk(self) -> disk.Disk:
        """The stick's record, over the functions of :mod:`os` that are in force."""
        return replace(
            disk.DISK,
            look=lambda path: os.lstat(path),
            make_folder=lambda path: os.mkdir(path),  # noqa: PTH102
            write=lambda handle, data: os.write(handle, data),
            sync=lambda handle: os.fsync(handle),
            close=lambda handle: os.close(handle),
            remove=lambda path: os.unlink(path),  # noqa: PTH108
            read=self._by_handle("read", disk.DISK.read),
        )

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(real)
        def call(path: Any, mode: str = "r", *more: Any, **named: Any) -> Any:
            where = os.fspath(path) if _is_path(path) else ""
            if self.step("open", str(where)):
                self.happen("open", str(where))
            file = real(path, mode, *more, **named)
            return _File(self, file, str(where)) if where.startswith(self.home) else file

        return call

    def _connecting(self, real: Callable[..., sqlite3.Connection]) -> Callable[..., Any]:
        layer = self

        class Counted(sqlite3.Connection):
            def _step(self, statement: str, run: Callable[[], T]) -> T:
                name = f"sql:{statement.split(None, 1)[0].lower()}"
                if name == "sql:rollback" or _PROBE.search(statement):
                    return run()  # SQLite rolls back in memory: the disk may be gone.
                try:
                    if layer.step(name, layer.home + os.sep):
                        layer.happen(name, layer.home + os.sep)
                except RolledBack as error:
                    if self.in_transaction:
                        super().execute("ROLLBACK")
                    raise error.args[0] from None
                return run()

            def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
                return self._step(sql, lambda: super(Counted, self).execute(sql, *values))

            def executemany(self, sql: str, values: Any) -> sqlite3.Cursor:
                return self._step(sql, lambda: super(Counted, self).executemany(sql, values))

            def backup(self, target: sqlite3.Connection, **named: Any) -> None:
                self._step("backup", lambda: super(Counted, self).backup(target, **named))

        return functools.partial(real, factory=Counted)


class RolledBack(Exception):
    """SQLite has taken the whole transaction back by itself; holds its error."""


class _File:
    """A file opened through :func:`io.open`, whose reads, writes and flushes count."""

    def __init__(self, layer: Layer, file: Any, where: str) -> None:
        self._layer, self._file, self._where = layer, file, where

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._file)

    def _step(self, name: str) -> None:
        if self._layer.step(name, self._where):
            self._layer.happen(name, self._where)

    def read(self, *size: int) -> Any:
        self._step("read")
        return self._file.read(*size)

    def write(self, content: Any) -> int:
        if self._layer.step("write", self._where):
            self._file.write(content[: len(content) // 2])
            self._file.flush()
            self._layer.happen("write", self._where)
        return int(self._file.write(content))

    def flush(self) -> None:
        self._step("flush")
        self._file.flush()


def _is_path(path: Any) -> bool:
    return isinstance(path, str | os.PathLike)


def _where(handle: int) -> str:
    """The file behind a handle."""
    try:
        return str(Path(f"/proc/self/fd/{handle}").readlink())
    except OSError:
        return ""


def failing(number: int, *, sql: str = "io", whole: bool = False) -> Happens:
    """The error ``number`` of the system; of SQLite ``sql``, with the ``whole`` act taken back."""

    def happens(name: str, _stick: bool) -> None:
        if not name.startswith("sql:"):
            raise OSError(number, os.strerror(number))
        code, text = _CODES[sql]
        error = sqlite3.OperationalError(text)
        error.sqlite_errorcode = code
        if whole and name not in _MILD:
            raise RolledBack(error)
        raise error

    return happens


def at(number: int) -> Callable[[int, str], bool]:
    """At this call, once."""
    return lambda count, _name: count == number


def since(number: int, stick: bool) -> Callable[[int, str], bool]:
    """From this call on for ever: at every call of the stick, or at every one of this PC."""
    return lambda count, name: count >= number and name.startswith("stick:") == stick


def lying(home: Path) -> Layer:
    """Of everything that is written to the stick the last byte becomes another, without a word."""
    layer = counting(home)
    layer.lies = True
    return layer


def counting(home: Path) -> Layer:
    """Only counts: nothing goes wrong."""
    return Layer(home, lambda _count, _name: False, failing(errno.EIO))
