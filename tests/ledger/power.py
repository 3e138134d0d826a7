"""A power cut that is simulated: what SQLite asked of the disk is recorded, then only part of it is
taken to have reached the disk.

The recording replaces four calls of SQLite's own file layer, in the library that :mod:`sqlite3`
uses. The disk keeps of a file what it held when it was synced last; of the writes since then any
subset may have arrived, each whole or torn at 512 bytes. Names arrive in their order: a file that
was created or deleted is so after a sync of the folder, before that perhaps.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, ClassVar

SECTOR = 512

_Close = CFUNCTYPE(c_int, c_void_p)
_Write = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_Truncate = CFUNCTYPE(c_int, c_void_p, c_int64)
_Sync = CFUNCTYPE(c_int, c_void_p, c_int)
# Names as addresses: SQLite keeps them, and reads beyond their ends.
_Open = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_Delete = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)


class _Methods(Structure):
    """``sqlite3_io_methods``: the calls of an open file, the rest passed on as it is."""

    _fields_: ClassVar[Any] = [
        ("version", c_int), ("close", c_void_p), ("read", c_void_p), ("write", c_void_p),
        ("truncate", c_void_p), ("sync", c_void_p), ("rest", c_void_p * 13),
    ]  # fmt: skip


class _Vfs(Structure):
    """The beginning of ``sqlite3_vfs``."""

    _fields_: ClassVar[Any] = [
        ("version", c_int), ("size", c_int), ("longest", c_int), ("next", c_void_p),
        ("name", c_char_p), ("data", c_void_p), ("open", c_void_p), ("delete", c_void_p),
    ]  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One thing asked of the disk: ``create``, ``write``, ``truncate``, ``sync``, ``delete`` of a
    file; or ``saved``, told by the test, with what the program had acknowledged by then.

    ``lasting``: the folder was synced with it. ``at`` is an offset, a size, or the count saved.
    """

    kind: str
    name: str = ""
    at: int = 0
    data: bytes = b""
    lasting: bool = False


@dataclass
class Recording:
    """What happened to the files of one folder, in its order."""

    folder: Path
    events: list[Event] = field(default_factory=list)

    def saved(self, count: int) -> None:
        """The program said that so much is saved."""
        self.events.append(Event("saved", at=count))


def available() -> bool:
    """Whether the SQLite that :mod:`sqlite3` uses can be reached: a library of the system."""
    return sys.platform == "linux" and _library() is not None


def _library() -> Any:
    import _sqlite3  # the library it needs is loaded with it

    try:
        loaded = Path("/proc/self/maps").read_text()
    except OSError:
        return None
    assert _sqlite3 is not None
    paths = {line.split()[-1] for line in loaded.splitlines() if "libsqlite3.so" in line}
    return ctypes.CDLL(paths.pop()) if len(paths) == 1 else None


@contextmanager
def recorded(folder: Path) -> Iterator[Recording]:
    """Everything that SQLite writes into ``folder`` meanwhile; files must be opened within."""
    library = _library()
    library.sqlite3_vfs_find.restype = POINTER(_Vfs)
    vfs = library.sqlite3_vfs_find(None).contents
    recording = Recording(folder)
    tapes = _Tapes(recording, vfs)
    genuine = vfs.open, vfs.delete
    vfs.open, vfs.delete = tapes.hooks()
    try:
        yield recording
    finally:
        vfs.open, vfs.delete = genuine


class _Tapes:
    """The replaced calls; each tells the recording and goes on to the genuine one."""

    def __init__(self, recording: Recording, vfs: _Vfs) -> None:
        self._recording, self._names = recording, {}  # type: ignore[var-annotated]
        self._genuine: dict[int, tuple[Any, ...]] = {}
        self._tables: dict[int, _Methods] = {}
        self._open, self._delete = _Open(vfs.open), _Delete(vfs.delete)
        self._kept: list[Any] = []

    def hooks(self) -> tuple[int, int]:
        """The addresses of the new ``xOpen`` and ``xDelete``."""
        return self._address(_Open(self._opened)), self._address(_Delete(self._deleted))

    def _address(self, call: Any) -> int:
        self._kept.append(call)
        found = ctypes.cast(call, c_void_p).value
        assert found is not None
        return found

    def _tell(self, kind: str, name: str, *more: Any, **named: Any) -> None:
        self._recording.events.append(Event(kind, name, *more, **named))

    def _named(self, path: int | None) -> str:
        where = Path(os.fsdecode(ctypes.string_at(path))) if path else None
        inside = where is not None and where.parent == self._recording.folder
        return where.name if where is not None and inside else ""

    def _opened(self, vfs: int, path: int | None, file: int, flags: int, out: int) -> int:
        name = self._named(path)
        fresh = bool(name) and not (self._recording.folder / name).exists()
        answer = int(self._open(vfs, path, file, flags, out))
        if answer == 0 and name:
            if fresh:
                self._tell("create", name)
            self._names[file] = name
            held = ctypes.cast(file, POINTER(c_void_p))
            held[0] = self._table(held[0])
        return answer

    def _table(self, genuine: int) -> int:
        """The file's own calls with ours in four places; made once for each kind of file."""
        if genuine not in self._tables:
            methods = _Methods.from_buffer_copy(ctypes.string_at(genuine, ctypes.sizeof(_Methods)))
            close, write = _Close(methods.close), _Write(methods.write)
            truncate, sync = _Truncate(methods.truncate), _Sync(methods.sync)

            def closed(file: int) -> int:
                self._names.pop(file, None)
                return int(close(file))

            def written(file: int, data: int, size: int, at: int) -> int:
                self._tell("write", self._names[file], at, ctypes.string_at(data, size))
                return int(write(file, data, size, at))

            def cut(file: int, size: int) -> int:
                self._tell("truncate", self._names[file], size)
                return int(truncate(file, size))

            def synced(file: int, flags: int) -> int:
                answer = int(sync(file, flags))
                self._tell("sync", self._names[file])
                return answer

            methods.close, methods.write = (
                self._address(_Close(closed)),
                self._address(_Write(written)),
            )
            methods.truncate = self._address(_Truncate(cut))
            methods.sync = self._address(_Sync(synced))
            self._tables[genuine] = methods
        return ctypes.addressof(self._tables[genuine])

    def _deleted(self, vfs: int, path: int | None, folder_too: int) -> int:
        name = self._named(path)
        answer = int(self._delete(vfs, path, folder_too))
        if answer == 0 and name:
            self._tell("delete", name, lasting=bool(folder_too))
        return answer


@dataclass
class _File:
    """A file on the disk: what is surely there, and what was written since."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[Event] = field(default_factory=list)
    linked: bool = False


@dataclass
class Disk:
    """The disk as it can be after a power cut at some place of a recording."""

    files: dict[str, _File] = field(default_factory=dict)
    sure: dict[str, _File] = field(default_factory=dict)
    names: list[tuple[str, _File | None]] = field(default_factory=list)
    saved: int = 0

    @classmethod
    def of(cls, folder: Path) -> Disk:
        """A disk on which everything in ``folder`` is safe."""
        found = {path.name: _File(bytearray(path.read_bytes())) for path in folder.iterdir()}
        return cls(dict(found), dict(found))

    def meet(self, event: Event) -> None:
        """One thing more is asked of it."""
        if event.kind == "saved":
            self.saved = event.at
        elif event.kind == "create":
            self.files[event.name] = _File()
            self.names.append((event.name, self.files[event.name]))
        elif event.kind == "delete":
            self.files.pop(event.name)
            self.names.append((event.name, None))
            if event.lasting:
                self._folder_synced()
        elif event.kind == "sync":
            file = self.files[event.name]
            for one in file.since:
                apply(file.sure, one)
            file.since.clear()
            if any(made is file for _, made in self.names):  # SQLite syncs a new file's folder too.
                self._folder_synced()
        else:
            self.files[event.name].since.append(event)

    def _folder_synced(self) -> None:
        for name, file in self.names:
            _set(self.sure, name, file)
        self.names.clear()

    def cut(self, folder: Path, chance: Random) -> None:
        """Lay down in the empty ``folder`` one state that the disk may be in now."""
        there = dict(self.sure)
        for name, file in self.names[: chance.randint(0, len(self.names))]:
            _set(there, name, file)
        likely = chance.choice((0.0, 0.2, 0.5, 0.8, 1.0))
        for name, file in there.items():
            data = bytearray(file.sure)
            for event in file.since:
                if chance.random() < likely:
                    apply(data, event, chance if chance.random() < 0.3 else None)
            (folder / name).write_bytes(data)


def _set(names: dict[str, _File], name: str, file: _File | None) -> None:
    if file is None:
        names.pop(name, None)
    else:
        names[name] = file


def apply(data: bytearray, event: Event, torn: Random | None = None) -> None:
    """Carry out a write or a truncation; of a ``torn`` write any of its sectors."""
    if event.kind == "truncate":
        del data[event.at :]
        data.extend(bytes(event.at - len(data)))
        return
    end = event.at + len(event.data)
    if torn is None:
        data.extend(bytes(max(event.at - len(data), 0)))
        data[event.at : end] = event.data
        return
    for start in range(0, len(event.data), SECTOR):
        if torn.random() < 0.5:
            at, part = event.at + start, event.data[start : start + SECTOR]
            data.extend(bytes(max(at - len(data), 0)))
            data[at : at + len(part)] = part


Judge = Callable[[Path, int], str]
"""Says what is wrong with the folder after a cut (``lost``, ``corrupt``), "" when nothing is."""


def cuts(
    recording: Recording, before: Disk, place: Path, count: int, chance: Random, judge: Judge
) -> dict[str, int]:
    """``count`` power cuts at random places of the recording; how many ended in what."""
    places = sorted(chance.randrange(len(recording.events) + 1) for _ in range(count))
    found: dict[str, int] = {}
    done = 0
    for number, at in enumerate(places):
        while done < at:
            before.meet(recording.events[done])
            done += 1
        folder = place / f"cut{number}"
        folder.mkdir()
        before.cut(folder, chance)
        verdict = judge(folder, before.saved)
        found[verdict] = found.get(verdict, 0) + 1
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    return found
