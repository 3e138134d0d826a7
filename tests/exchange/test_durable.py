"""Writing to a stick: in memory, where it fails and is cut off anywhere, and on real disks."""

from __future__ import annotations

import errno
import itertools
import mmap
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import NotWritable, OneLedgerError
from desktop.exchange import durable
from desktop.exchange.disk import DISK, Disk, open_past_memory
from desktop.exchange.durable import (
    NameTaken,
    NotVerified,
    StickFull,
    StickGone,
    StickReadOnly,
    probe,
    write_new,
)
from desktop.ledger import drives

FOLDER, NAME = Path("/stick/2023/week09"), "report-kongshan-0012-1a2b3c4d.yzp"
BLOCK = mmap.PAGESIZE
CONTENT = bytes(range(256)) * (BLOCK // 256) * 3 + b"the last block is shorter"
OTHERS = {
    Path("/stick/照片.jpg"): b"photo" * 100,
    Path("/stick/2023"): None,
    Path("/stick/2023/report-kongshan-0011-00000000.yzp"): b"an older package",
}
OPERATIONS = (
    *("look", "free", "make_folder", "create", "write", "sync"),
    *("sync_path", "open", "status", "read", "close", "remove"),
)

Write = Callable[[Path, str, bytes, Disk], Path]


class PowerCut(BaseException):
    """The stick is pulled out in the middle of an operation."""


class Node:
    """A file or folder: what the PC's memory holds of it, and what lies on the medium."""

    def __init__(self, number: int, medium: bytes | None = None) -> None:
        self.number = number
        self.memory, self.medium = bytearray(medium or b""), bytes(medium or b"")


class Stick:
    """A stick whose names and contents are on the medium only when they were synchronised.

    ``tamper`` sees every operation before it is done, with its number and arguments: it may raise,
    change the arguments, or give a result instead.
    """

    def __init__(self, others: dict[Path, bytes | None] = OTHERS) -> None:
        self.numbers, self.handles = itertools.count(1), itertools.count(3)
        self.names: dict[Path, Node] = {
            Path("/"): Node(0),
            Path("/stick"): Node(next(self.numbers)),
        }
        self.folders = {Path("/"), Path("/stick")}
        for path, content in others.items():
            self.names[path] = Node(next(self.numbers), content)
            if content is None:
                self.folders.add(path)
        self.safe = dict(self.names)
        self.opened: dict[int, tuple[Node, int]] = {}
        self.calls: list[str] = []
        self.tamper: Callable[[int, str], Callable[..., Any] | None] = lambda _number, _name: None

    @property
    def disk(self) -> Disk:
        return Disk(**{name: self._step(name) for name in OPERATIONS})

    def _step(self, name: str) -> Callable[..., Any]:
        def step(*given: Any) -> Any:
            self.calls.append(name)
            other = self.tamper(len(self.calls), name)
            real: Callable[..., Any] = getattr(self, name)
            return other(real, *given) if other else real(*given)

        return step

    def after_a_power_cut(self) -> dict[Path, bytes | None]:
        """What another PC would find."""
        return {
            path: None if path in self.folders else node.medium
            for path, node in self.safe.items()
            if all(parent in self.safe for parent in path.parents)
            and path not in (Path("/"), Path("/stick"))
        }

    def now(self) -> dict[Path, bytes | None]:
        """What this PC sees."""
        return {
            path: None if path in self.folders else bytes(node.memory)
            for path, node in self.names.items()
            if path not in (Path("/"), Path("/stick"))
        }

    # What the operating system does.

    def look(self, path: Path) -> os.stat_result:
        if path not in self.names:
            raise FileNotFoundError(errno.ENOENT, "not there", str(path))
        return self._status(self.names[path], path in self.folders)

    def free(self, folder: Path) -> int:
        self.look(folder)
        return 1 << 30

    def make_folder(self, path: Path) -> None:
        self.look(path.parent)
        if path in self.names:
            raise FileExistsError(errno.EEXIST, "there", str(path))
        self.names[path] = Node(next(self.numbers))
        self.folders.add(path)

    def create(self, path: Path) -> int:
        self.make_folder(path)
        self.folders.remove(path)
        return self._handle(self.names[path])

    def write(self, handle: int, block: memoryview) -> int:
        node, at = self.opened[handle]
        node.memory[at : at + len(block)] = block
        self.opened[handle] = node, at + len(block)
        return len(block)

    def sync(self, handle: int) -> None:
        node, _ = self.opened[handle]
        node.medium = bytes(node.memory)

    def sync_path(self, path: Path) -> None:
        self.look(path)
        if path in self.folders:
            self.safe = {name: node for name, node in self.safe.items() if name.parent != path}
            self.safe |= {name: node for name, node in self.names.items() if name.parent == path}
            self.safe[Path("/")] = self.names[Path("/")]
        else:
            self.names[path].medium = bytes(self.names[path].memory)

    def open(self, path: Path) -> int:
        """Past the PC's memory: what was not synchronised is not seen."""
        self.look(path)
        seen = Node(self.names[path].number, self.names[path].medium)
        return self._handle(seen)

    def status(self, handle: int) -> os.stat_result:
        return self._status(self.opened[handle][0], folder=False)

    def read(self, handle: int, block: mmap.mmap) -> int:
        node, at = self.opened[handle]
        part = bytes(node.memory[at : at + len(block)])
        block[: len(part)] = part
        self.opened[handle] = node, at + len(part)
        return len(part)

    def close(self, handle: int) -> None:
        del self.opened[handle]

    def remove(self, path: Path) -> None:
        self.look(path)
        del self.names[path]

    def _handle(self, node: Node) -> int:
        handle = next(self.handles)
        self.opened[handle] = node, 0
        return handle

    @staticmethod
    def _status(node: Node, folder: bool) -> os.stat_result:
        kind = stat.S_IFDIR if folder else stat.S_IFREG
        return os.stat_result((kind | 0o644, node.number, 1, 1, 0, 0, len(node.memory), 0, 0, 0))


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "BLOCK", BLOCK)


def ours(folder: Path, name: str, content: bytes, disk: Disk) -> Path:
    return write_new(folder, name, content, disk=disk)


def failing(number: int) -> Callable[..., Any]:
    def fail(_real: Any, *_given: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return fail


def cut(_real: Any, *_given: Any) -> Any:
    raise PowerCut


def closing_anyway(number: int) -> Callable[..., Any]:
    """A file is closed also when closing reports an error."""

    def fail(real: Any, *given: Any) -> Any:
        real(*given)
        raise OSError(number, os.strerror(number))

    return fail


def short(real: Any, handle: int, block: memoryview) -> int:
    return int(real(handle, block[: max(1, len(block) // 3)]))


def nothing_written(_real: Any, _handle: int, _block: memoryview) -> int:
    return 0


def other_data(real: Any, handle: int, block: memoryview) -> int:
    spoilt = bytearray(block)
    spoilt[len(spoilt) // 2] ^= 0x10
    return int(real(handle, memoryview(spoilt)))


def zeros(real: Any, handle: int, block: memoryview) -> int:
    return int(real(handle, memoryview(bytes(len(block)))))


def one_more(real: Any, handle: int, block: memoryview) -> int:
    return int(real(handle, memoryview(bytes(block) + b"x"))) - 1


def swallowed(_real: Any, _handle: int, block: memoryview) -> int:
    return len(block)


def not_synchronised(_real: Any, *_given: Any) -> None:
    return None


def misread(real: Any, handle: int, block: mmap.mmap) -> int:
    got = int(real(handle, block))
    block[0] ^= 1
    return got


#: What can happen to an operation without the operating system saying so.
SILENT: dict[str, tuple[Callable[..., Any], ...]] = {
    "write": (short, nothing_written, other_data, zeros, one_more, swallowed),
    "sync": (not_synchronised,),
    "read": (misread,),
}
ERRORS = (errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.ENODEV, errno.EINVAL)


def calls_of(write: Write) -> list[str]:
    stick = Stick()
    write(FOLDER, NAME, CONTENT, stick.disk)
    return stick.calls


def every_fault(write: Write) -> Iterator[tuple[Stick, Callable[..., Any], str]]:
    """A stick for each way in which each operation of a run may go wrong."""
    for at, name in enumerate(calls_of(write), start=1):
        raising = closing_anyway if name == "close" else failing
        for fault in (*map(raising, ERRORS), *SILENT.get(name, ())):
            stick = Stick()
            stick.tamper = lambda number, _name, at=at, fault=fault: fault if number == at else None  # type: ignore[misc]
            yield stick, fault, name


def survives_every_fault(write: Write) -> int:
    """Whatever goes wrong once: a verified file, or a named error and no file; others untouched."""
    runs = 0
    for stick, fault, _ in every_fault(write):
        runs += 1
        try:
            path = write(FOLDER, NAME, CONTENT, stick.disk)
        except OneLedgerError as error:
            assert error.advice
            assert not [one for one in stick.now() if one.parent == FOLDER], fault
        else:
            assert stick.after_a_power_cut()[path] == CONTENT, fault
        assert not stick.opened
        assert {one: stick.now()[one] for one in OTHERS} == OTHERS
    return runs


def survives_a_power_cut(write: Write) -> int:
    """Cut off before any operation: the others are there; once it returned, so is the file."""
    runs = 0
    for at in range(1, len(calls_of(write)) + 2):
        stick = Stick()
        stick.tamper = lambda number, _name, at=at: cut if number >= at else None  # type: ignore[misc]
        path = None
        with pytest.raises(PowerCut) if at <= len(calls_of(write)) else _nothing():
            path = write(FOLDER, NAME, CONTENT, stick.disk)
        left = stick.after_a_power_cut()
        assert {one: left[one] for one in OTHERS} == OTHERS
        if path is not None:
            assert left.get(path) == CONTENT
        runs += 1
    return runs


class _nothing:  # noqa: N801
    """No error is awaited."""

    def __enter__(self) -> None: ...

    def __exit__(self, *_error: object) -> None: ...


def test_whatever_goes_wrong_once_the_file_is_verified_or_there_is_none() -> None:
    assert survives_every_fault(ours) > 100


def test_whenever_it_is_pulled_out_the_others_are_there_and_what_was_acknowledged_too() -> None:
    assert survives_a_power_cut(ours) > 20


def test_control_without_reading_back_the_faults_would_not_be_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(durable, "_reads_back", lambda *_given: True)
    with pytest.raises(AssertionError):
        survives_every_fault(ours)


@pytest.mark.parametrize("left_out", ["sync", "sync_path"])
def test_control_without_synchronising_something_would_be_lost(left_out: str) -> None:
    def careless(folder: Path, name: str, content: bytes, disk: Disk) -> Path:
        skip = replace(disk, **{left_out: not_synchronised_at_all})  # type: ignore[arg-type]
        return write_new(folder, name, content, disk=skip)

    def not_synchronised_at_all(*_given: Any) -> None:
        return None

    with pytest.raises((AssertionError, NotVerified)):
        survives_a_power_cut(careless)


def test_control_renaming_over_an_older_file_is_noticed() -> None:
    def overwriting(folder: Path, name: str, content: bytes, disk: Disk) -> Path:
        path = write_new(folder, name, content, disk=disk)
        disk.remove(Path("/stick/照片.jpg"))
        return path

    with pytest.raises((AssertionError, KeyError)):
        survives_every_fault(overwriting)


@pytest.mark.parametrize(
    ("operation", "number", "refusal"),
    [
        ("write", errno.ENOSPC, StickFull),
        ("write", errno.EDQUOT, StickFull),
        ("write", errno.EFBIG, StickFull),
        ("make_folder", errno.ENOSPC, StickFull),
        ("create", errno.EROFS, StickReadOnly),
        ("create", errno.EACCES, StickReadOnly),
        ("make_folder", errno.EPERM, StickReadOnly),
        ("write", errno.EIO, StickGone),
        ("sync", errno.EIO, StickGone),
        ("sync_path", errno.ENODEV, StickGone),
        ("open", errno.ENOENT, StickGone),
        ("read", errno.ENXIO, StickGone),
        ("create", errno.ENOENT, StickGone),
        ("create", errno.EINVAL, NotWritable),
    ],
)
def test_what_the_system_refuses_is_named(
    operation: str, number: int, refusal: type[OneLedgerError]
) -> None:
    stick = Stick()
    stick.tamper = lambda _number, name: failing(number) if name == operation else None
    with pytest.raises(refusal) as caught:
        write_new(FOLDER, NAME, CONTENT, disk=stick.disk)
    assert str(FOLDER) in caught.value.sentence
    assert type(caught.value) is refusal


def test_a_drive_of_windows_that_vanished_says_denied_and_is_gone() -> None:
    stick = Stick()

    def vanished(number: int, name: str) -> Callable[..., Any] | None:
        return failing(errno.EACCES) if name == "write" or "write" in stick.calls else None

    stick.tamper = vanished
    with pytest.raises(StickGone):
        write_new(FOLDER, NAME, CONTENT, disk=stick.disk)


def test_a_stick_that_stays_away_is_told_as_gone_at_every_step() -> None:
    for at in range(1, len(calls_of(ours)) + 1):
        stick = Stick()
        stick.tamper = lambda number, name, at=at: (  # type: ignore[misc]
            (closing_anyway if name == "close" else failing)(errno.ENODEV) if number >= at else None
        )
        with pytest.raises(StickGone):
            write_new(FOLDER, NAME, CONTENT, disk=stick.disk)
        assert {one: stick.now()[one] for one in OTHERS} == OTHERS
        assert not stick.opened


def test_a_stick_of_fake_capacity_is_told_and_left_without_the_file() -> None:
    stick = Stick()
    stick.tamper = lambda _number, name: (
        swallowed if name == "write" and stick.calls.count("write") > 2 else None
    )
    with pytest.raises(NotVerified) as caught:
        write_new(FOLDER, NAME, CONTENT, disk=stick.disk)
    assert "换一个U盘" in caught.value.advice
    assert FOLDER / NAME not in stick.now()


def test_a_file_that_was_put_in_our_files_place_is_not_taken_away() -> None:
    stick = Stick()

    def another_stick(real: Any, handle: int, block: memoryview) -> int:
        stick.names[FOLDER / NAME] = Node(next(stick.numbers), b"somebody else's")
        raise OSError(errno.EIO, "pulled out")

    stick.tamper = lambda _number, name: another_stick if name == "write" else None
    with pytest.raises(StickGone):
        write_new(FOLDER, NAME, CONTENT, disk=stick.disk)
    assert stick.now()[FOLDER / NAME] == b"somebody else's"


def test_room_is_asked_for_before_anything_is_made() -> None:
    stick = Stick()
    stick.tamper = lambda _number, name: (lambda *_: 1000) if name == "free" else None
    for asking in (write_new_with(stick), lambda: probe(FOLDER, len(CONTENT), disk=stick.disk)):
        with pytest.raises(StickFull) as caught:
            asking()
        assert "MB" in caught.value.sentence
        assert stick.now() == OTHERS


def write_new_with(stick: Stick) -> Callable[[], object]:
    return lambda: write_new(FOLDER, NAME, CONTENT, disk=stick.disk)


def test_the_same_content_is_not_written_twice_and_found_on_a_full_stick_too() -> None:
    stick = Stick()
    path = write_new(FOLDER, NAME, CONTENT, disk=stick.disk)
    stick.calls.clear()
    stick.tamper = lambda _number, name: (lambda *_: 0) if name == "free" else None
    told: list[tuple[int, int]] = []
    again = write_new(FOLDER, NAME, CONTENT, lambda *step: told.append(step), disk=stick.disk)
    assert again == path
    assert "create" not in stick.calls
    assert "read" in stick.calls
    assert told == [(2 * len(CONTENT), 2 * len(CONTENT))]


def test_what_lies_there_is_only_believed_when_it_reads_back() -> None:
    stick = Stick()
    path = write_new(FOLDER, NAME, CONTENT, disk=stick.disk)
    spoilt = CONTENT[:-1] + b"?"
    stick.names[path] = stick.safe[path] = Node(next(stick.numbers), spoilt)
    other = write_new(FOLDER, NAME, CONTENT, disk=stick.disk)
    assert other.name == NAME.replace(".yzp", "-2.yzp")
    assert stick.after_a_power_cut()[path] == spoilt
    assert stick.after_a_power_cut()[other] == CONTENT


def test_what_lies_there_is_brought_to_the_medium_before_it_is_believed() -> None:
    stick = Stick()
    stick.make_folder(FOLDER.parent / "cut-off")
    path = FOLDER.parent / "cut-off" / NAME
    stick.write(stick.create(path), memoryview(CONTENT))
    assert write_new(path.parent, NAME, CONTENT, disk=stick.disk) == path
    stick.sync_path(path.parent.parent)
    assert stick.after_a_power_cut()[path] == CONTENT


def test_a_medium_that_takes_nothing_is_full() -> None:
    stick = Stick()
    stick.tamper = lambda _number, name: (
        nothing_written if name == "write" and stick.calls.count("write") == 2 else None
    )
    with pytest.raises(StickFull):
        write_new(FOLDER, NAME, CONTENT, disk=stick.disk)


def test_progress_counts_writing_and_reading_back_and_may_stop_both() -> None:
    told: list[tuple[int, int]] = []
    stick = Stick()
    write_new(FOLDER, NAME, CONTENT, lambda *step: told.append(step), disk=stick.disk)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert told[-1] == (2 * len(CONTENT), 2 * len(CONTENT))
    assert {of_all for _, of_all in told} == {2 * len(CONTENT)}

    class Enough(Exception):
        pass

    for stop in range(len(told)):
        steps = itertools.count()
        stick = Stick()

        def tell(_done: int, _all: int, stop: int = stop, steps: Iterator[int] = steps) -> None:
            if next(steps) == stop:
                raise Enough

        with pytest.raises(Enough):
            write_new(FOLDER, NAME, CONTENT, tell, disk=stick.disk)
        assert FOLDER / NAME not in stick.now()
        assert not stick.opened


def test_a_trial_leaves_nothing_and_says_what_writing_would() -> None:
    stick = Stick()
    probe(FOLDER, 1 << 20, disk=stick.disk)
    assert stick.now() == OTHERS
    calls = list(stick.calls)
    for at, name in enumerate(calls, start=1):
        stick = Stick()
        fault = (closing_anyway if name == "close" else failing)(errno.EIO)
        stick.tamper = lambda number, _name, at=at, fault=fault: fault if number == at else None  # type: ignore[misc]
        with pytest.raises(StickGone):
            probe(FOLDER, 1 << 20, disk=stick.disk)
        trials = [path for path in stick.now() if path not in OTHERS]
        assert not trials or name == "remove"


@pytest.mark.parametrize(
    "name",
    [
        *("", "包.yzp", "../a.yzp", "a/b.yzp", "a\\b.yzp", "a.", ".a", "a b", "a\n.yzp", "a:b"),
        *("con", "CON.yzp", "lpt1.x", "x" * 101, "a\x00"),
    ],
)
def test_a_name_that_a_stick_may_not_take_is_our_fault(name: str) -> None:
    stick = Stick()
    with pytest.raises(ValueError, match="not a name"):
        write_new(FOLDER, name, CONTENT, disk=stick.disk)
    assert stick.calls == []


def test_on_a_real_disk_with_folders_made_numbers_given_and_links_to_folders(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "U盘" / "2023"
    first = write_new(folder, "a.yzp", CONTENT)
    assert first == folder / "a.yzp"
    assert first.read_bytes() == CONTENT
    assert write_new(folder, "a.yzp", CONTENT) == first
    assert write_new(folder, "a.yzp", b"other") == folder / "a-2.yzp"
    assert write_new(folder, "a.yzp", b"") == folder / "a-3.yzp"
    (folder / "b").mkdir()
    assert write_new(folder, "b", CONTENT) == folder / "b-2"
    (tmp_path / "link").symlink_to(folder)
    probe(tmp_path / "link", 1)
    assert write_new(tmp_path / "link", "c.yzp", CONTENT).samefile(folder / "c.yzp")
    (folder / "d.yzp").symlink_to(tmp_path / "elsewhere")
    assert write_new(folder, "d.yzp", CONTENT) == folder / "d-2.yzp"
    assert not (tmp_path / "elsewhere").exists()
    assert sorted(path.name for path in folder.iterdir()) == [
        *("a-2.yzp", "a-3.yzp", "a.yzp", "b", "b-2", "c.yzp", "d-2.yzp", "d.yzp")
    ]


@pytest.mark.parametrize("below", ["file", "file/below"])
def test_a_file_in_the_folders_place_is_named(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(NotWritable):
        probe(tmp_path / below, 1)
    with pytest.raises(NotWritable):
        write_new(tmp_path / below, "a.yzp", b"x")
    assert (tmp_path / "file").read_bytes() == b"x"


def test_when_all_names_are_taken_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "NAMES", 3)
    for content in (b"1", b"2", b"3"):
        write_new(tmp_path, "a.yzp", content)
    with pytest.raises(NameTaken):
        write_new(tmp_path, "a.yzp", b"4")
    assert len(list(tmp_path.iterdir())) == 3


def test_a_stick_that_is_not_there_is_not_replaced_by_a_folder_of_this_pc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = tmp_path / "media"
    left_over = media / "clerk" / "STICK"
    left_over.mkdir(parents=True)
    monkeypatch.setattr(drives, "_PUT_IN", (media,))
    for folder in (left_over, left_over / "out", media / "clerk" / "GONE", media):
        with pytest.raises(StickGone):
            probe(folder, 1)
        with pytest.raises(StickGone):
            write_new(folder, "a.yzp", b"x")
    assert list(left_over.iterdir()) == []
    assert not drives.pulled_away(left_over / "out", lambda place: place == left_over)
    assert drives.pulled_away(media / "clerk", lambda place: place == left_over)
    assert not drives.pulled_away(tmp_path)


@pytest.mark.skipif(not hasattr(os, "preadv"), reason="memory cannot be asked here")
def test_what_is_read_back_comes_from_the_disk_and_not_from_memory(tmp_path: Path) -> None:
    path = write_new(tmp_path, "a.yzp", CONTENT)
    handle = os.open(path, os.O_RDONLY)
    try:
        if not _in_memory(handle):
            pytest.skip("this file system does not say")
        os.close(open_past_memory(path))
        if _in_memory(handle) and _is_memory(tmp_path):
            pytest.skip("the temporary folder lies in memory")
        assert not _in_memory(handle)
    finally:
        os.close(handle)


def _in_memory(handle: int) -> bool:
    try:
        return os.preadv(handle, [bytearray(BLOCK)], 0, os.RWF_NOWAIT) > 0
    except OSError:
        return False


def _is_memory(place: Path) -> bool:
    mounts = drives.mounts_in(Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape"))
    holding = [one for one in mounts if place.resolve().is_relative_to(one.point)]
    return max(holding, key=lambda one: len(one.point.parts)).system in ("tmpfs", "overlay")


CHILD = """
import os, sys
from dataclasses import replace
from pathlib import Path
from desktop.errors import OneLedgerError
from desktop.exchange.disk import DISK
from desktop.exchange.durable import probe, write_new

def refused(asking):
    try:
        asking()
    except OneLedgerError as error:
        return error.name
    return "none"

blind = replace(DISK, free=lambda folder: 1 << 40)
folder = Path(sys.argv[1])
"""
LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
print(refused(lambda: write_new(folder, "a.yzp", bytes(200_000), disk=blind)))
print(sorted(os.listdir(folder)))
"""
SMALL = """
(folder / "other.bin").write_bytes(b"o" * 100_000)
print(refused(lambda: write_new(folder, "a.yzp", bytes(400_000))))
print(refused(lambda: write_new(folder, "a.yzp", bytes(400_000), disk=blind)))
print(refused(lambda: write_new(folder, "b.yzp", bytes(20_000))))
print(sorted(os.listdir(folder)), (folder / "other.bin").read_bytes() == b"o" * 100_000)
os.system(f"mount -o remount,ro {sys.argv[1]}")
print(refused(lambda: write_new(folder, "c.yzp", b"c")))
print(refused(lambda: probe(folder / "new", 1)))
print(refused(lambda: write_new(folder, "b.yzp", bytes(20_000))))
"""


def child(script: str, folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*before, sys.executable, "-c", CHILD + script, str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="limits of Linux")
def test_a_file_larger_than_the_system_takes_is_full_and_gone_again(tmp_path: Path) -> None:
    done = child(LIMITED, tmp_path)
    assert done.stdout.splitlines() == ["StickFull", "[]"], done.stderr


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no private mounts here")
def test_a_real_small_file_system_full_and_read_only(tmp_path: Path) -> None:
    mounted = f"mount -t tmpfs -o size=256k tmpfs {tmp_path}"
    private = ("unshare", "-Urm", "sh", "-c")
    if subprocess.run([*private, mounted], capture_output=True, check=False).returncode:
        pytest.skip("private mounts are not allowed here")
    done = child(SMALL, tmp_path, *private, f'{mounted} && exec "$@"', "sh")
    assert done.stdout.splitlines() == [
        *("StickFull", "StickFull", "none", "['b.yzp', 'other.bin'] True"),
        *("StickReadOnly", "StickReadOnly", "none"),
    ], done.stderr


def test_the_real_disk_is_what_the_stick_in_memory_stands_for() -> None:
    assert set(OPERATIONS) == set(DISK.__dataclass_fields__)
    assert re.fullmatch(r"[\x20-\x7e]+", NAME)
