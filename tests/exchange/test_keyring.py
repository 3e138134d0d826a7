"""The keyring: a key is whole or not there, never overwritten, and of this account only."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import DiskFull, NotWritable
from desktop.exchange import keyring
from desktop.exchange.keyring import Keyring, KeySpoilt, OtherKeyKept

SEED, OTHER = b"s" * 32, b"o" * 32
UNIT, PC = "0123456789abcdef" * 2, "abcdefghijkm"


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "profile")


def files(ring: Keyring) -> set[str]:
    return {path.name for path in ring.folder.iterdir()}


def test_looking_makes_nothing(ring: Keyring) -> None:
    assert ring.unit(UNIT, 1) is None
    assert ring.replica(PC) is None
    assert ring.epochs(UNIT) == ()
    ring.forget_unit(UNIT, 1)
    assert not ring.folder.parent.exists()


def test_what_is_kept_is_there_afterwards(ring: Keyring) -> None:
    assert ring.keep_unit(UNIT, 1, SEED).seed == SEED
    made = ring.make_replica(PC)
    again = Keyring(ring.folder.parent)
    found = again.unit(UNIT, 1)
    assert found is not None and found.seed == SEED
    assert again.replica(PC) == made == again.make_replica(PC)
    assert again.unit(UNIT, 2) is None
    assert again.unit("another", 1) is None
    assert again.replica("another") is None
    assert files(ring) == {f"unit-{UNIT}-1.key", f"replica-{PC}.key"}


def test_keys_of_replicas_are_by_chance(ring: Keyring) -> None:
    assert len({ring.make_replica(f"pc{number}").seed for number in range(9)}) == 9


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX; Windows wraps the key instead")
def test_only_this_account_reads_them(ring: Keyring) -> None:
    before = os.umask(0)
    try:
        ring.keep_unit(UNIT, 1, SEED)
        ring.make_replica(PC)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in ring.folder.iterdir()} == {0o600}
    assert ring.folder.stat().st_mode & 0o777 == 0o700


def test_a_key_is_never_overwritten(ring: Keyring) -> None:
    ring.keep_unit(UNIT, 1, SEED)
    before = ring.folder.joinpath(f"unit-{UNIT}-1.key").read_bytes()
    assert ring.keep_unit(UNIT, 1, SEED).seed == SEED
    with pytest.raises(OtherKeyKept):
        ring.keep_unit(UNIT, 1, OTHER)
    assert ring.folder.joinpath(f"unit-{UNIT}-1.key").read_bytes() == before
    assert len(files(ring)) == 1


def test_epochs_stand_beside_each_other(ring: Keyring) -> None:
    for epoch in (2, 10, 1):
        ring.keep_unit(UNIT, epoch, bytes([epoch]) * 32)
    ring.keep_unit(UNIT[:-1], 7, SEED)
    (ring.folder / f"unit-{UNIT}-x.key").write_bytes(b"")
    (ring.folder / f"unit-{UNIT}-3.key").write_bytes(b"spoilt")
    assert ring.epochs(UNIT) == (1, 2, 10)
    ring.forget_unit(UNIT, 2)
    assert ring.epochs(UNIT) == (1, 10)
    assert ring.unit(UNIT, 2) is None


@pytest.mark.parametrize(
    "name", ["../../x", "..", "a/b", "A", "a\0b", "con.", "镇", "", "x" * 65, "a-1", "*"]
)
def test_whatever_a_unit_is_called_its_key_lies_in_the_folder(ring: Keyring, name: str) -> None:
    ring.keep_unit(name, 1, SEED)
    ring.make_replica(name)
    found = ring.unit(name, 1)
    assert found is not None and found.seed == SEED
    assert ring.replica(name) is not None
    assert ring.epochs(name) == (1,)
    assert len(files(ring)) == 2
    assert all(file.isascii() and len(file) < 90 for file in files(ring))
    assert {path.name for path in ring.folder.parent.iterdir()} == {"keys"}


def spoilings() -> list[Callable[[bytes], bytes]]:
    return [
        lambda raw: b"",
        lambda raw: raw[:-1],
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw + b"x",
        lambda raw: bytes(len(raw)),
        lambda raw: raw * 5000,
    ]


@pytest.mark.parametrize("spoil", spoilings())
def test_a_spoilt_key_of_a_unit_counts_as_missing_and_comes_back(
    ring: Keyring, spoil: Callable[[bytes], bytes]
) -> None:
    ring.keep_unit(UNIT, 1, SEED)
    path = ring.folder / f"unit-{UNIT}-1.key"
    spoilt = spoil(path.read_bytes())
    path.write_bytes(spoilt)
    assert ring.unit(UNIT, 1) is None
    assert ring.epochs(UNIT) == ()
    assert ring.keep_unit(UNIT, 1, SEED).seed == SEED
    found = ring.unit(UNIT, 1)
    assert found is not None and found.seed == SEED
    (aside,) = files(ring) - {path.name}
    assert aside.startswith(f"{path.name}.spoilt-")
    assert (ring.folder / aside).read_bytes() == spoilt


def test_every_flip_of_a_key_file_is_noticed(ring: Keyring) -> None:
    ring.keep_unit(UNIT, 1, SEED)
    path = ring.folder / f"unit-{UNIT}-1.key"
    raw = path.read_bytes()
    for at in range(len(raw)):
        path.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        assert ring.unit(UNIT, 1) is None


def test_a_spoilt_key_of_a_replica_is_named_and_stays(ring: Keyring) -> None:
    """A new key under the old name would not be the one that its unit certified."""
    ring.make_replica(PC)
    path = ring.folder / f"replica-{PC}.key"
    path.write_bytes(b"spoilt")
    assert ring.replica(PC) is None
    with pytest.raises(KeySpoilt) as caught:
        ring.make_replica(PC)
    assert "恢复码" in caught.value.advice
    assert path.read_bytes() == b"spoilt"


def test_a_folder_in_the_keys_place_is_set_aside_too(ring: Keyring) -> None:
    (ring.folder / f"unit-{UNIT}-1.key").mkdir(parents=True)
    assert ring.unit(UNIT, 1) is None
    assert ring.keep_unit(UNIT, 1, SEED).seed == SEED


def test_a_file_in_the_folders_place_is_told(ring: Keyring) -> None:
    ring.folder.parent.mkdir()
    ring.folder.write_bytes(b"")
    assert ring.unit(UNIT, 1) is None
    with pytest.raises(NotWritable):
        ring.keep_unit(UNIT, 1, SEED)
    with pytest.raises(NotWritable):
        ring.make_replica(PC)


class Disk:
    """The calls that reach the disk; the n-th of them fails."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fail_at: int, number: int) -> None:
        self.calls: list[str] = []
        for name in ("open", "fsync", "link"):
            self._count(monkeypatch, name, getattr(os, name), fail_at, number)

    def _count(
        self, patch: pytest.MonkeyPatch, name: str, real: Any, fail_at: int, number: int
    ) -> None:
        def counted(*args: Any, **named: Any) -> Any:
            self.calls.append(name)
            if len(self.calls) - 1 == fail_at:
                raise OSError(number, os.strerror(number), "x")
            return real(*args, **named)

        patch.setattr(os, name, counted)


@pytest.mark.skipif(os.name == "nt", reason="Windows renames where others link")
def test_the_key_is_on_the_disk_before_it_has_its_name(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(monkeypatch, -1, 0)
    ring.keep_unit(UNIT, 1, SEED)
    assert disk.calls == ["open", "fsync", "link", "open", "fsync"]


@pytest.mark.skipif(os.name == "nt", reason="Windows renames where others link")
@pytest.mark.parametrize("fail_at", range(5))
@pytest.mark.parametrize(("number", "named"), [(5, NotWritable), (28, DiskFull)])
def test_a_failing_disk_leaves_a_whole_key_or_none(
    ring: Keyring, fail_at: int, number: int, named: type[Exception]
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        disk = Disk(monkeypatch, fail_at, number)
        if fail_at == 2:  # Without links the file is made under its name at once.
            ring.keep_unit(UNIT, 1, SEED)
            assert disk.calls == ["open", "fsync", "link", "open", "fsync", "open", "fsync"]
        else:
            with pytest.raises(named):
                ring.keep_unit(UNIT, 1, SEED)
    assert files(ring) <= {f"unit-{UNIT}-1.key"}
    assert ring.keep_unit(UNIT, 1, SEED).seed == SEED
    assert files(ring) == {f"unit-{UNIT}-1.key"}


@pytest.mark.skipif(os.name == "nt", reason="Windows renames where others link")
def test_without_links_nothing_is_overwritten_or_left_half(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, syncs = os.fsync, []

    def no_links(*_: object) -> None:
        raise PermissionError(1, "no links here")

    def full(number: int) -> None:
        syncs.append(number)
        if len(syncs) == 2:
            raise OSError(28, "full", "x")
        real(number)

    monkeypatch.setattr(os, "link", no_links)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            ring.keep_unit(UNIT, 1, SEED)
    assert files(ring) == set()
    ring.keep_unit(UNIT, 1, SEED)
    with pytest.raises(OtherKeyKept):
        ring.keep_unit(UNIT, 1, OTHER)


def test_who_comes_second_takes_what_is_there(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other program's file appears between our look and our naming."""
    first: list[bytes] = []
    write = keyring._write

    def interrupted(path: Path, content: bytes) -> None:
        write(path, content)
        if not first:
            first.append(b"")
            first[0] = Keyring(ring.folder.parent).make_replica(PC).seed

    monkeypatch.setattr(keyring, "_write", interrupted)
    assert ring.make_replica(PC).seed == first[0]
    assert files(ring) == {f"replica-{PC}.key"}


def _make(profile: str, barrier: Any, answers: Any) -> None:
    ring = Keyring(Path(profile))
    barrier.wait()
    answers.put([ring.make_replica(f"pc{number}").seed for number in range(20)])


def test_two_programs_at_once_end_with_one_key(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    barrier, answers = context.Barrier(2), context.Queue()
    both = [context.Process(target=_make, args=(str(tmp_path), barrier, answers)) for _ in range(2)]
    for one in both:
        one.start()
    found = [answers.get(timeout=60) for _ in both]
    for one in both:
        one.join(60)
    assert found[0] == found[1]
    assert len(set(found[0])) == 20
    assert len(files(Keyring(tmp_path))) == 20


def test_where_the_system_wraps_keys_the_file_holds_the_wrapped_one(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, with a wrapping of our own in its place."""

    def turned(secret: bytes) -> bytes:
        return bytes(255 - byte for byte in secret) + b"wrapped"

    monkeypatch.setattr(keyring, "_wrapped", turned)
    monkeypatch.setattr(
        keyring, "_unwrapped", lambda secret: bytes(255 - byte for byte in secret[:-7])
    )
    ring.keep_unit(UNIT, 1, SEED)
    assert SEED not in (ring.folder / f"unit-{UNIT}-1.key").read_bytes()
    found = ring.unit(UNIT, 1)
    assert found is not None and found.seed == SEED
    # Another account, or this one after its password was set anew from outside.
    monkeypatch.setattr(keyring, "_unwrapped", lambda secret: None)
    assert ring.unit(UNIT, 1) is None
    # A plain file, written when the system could not wrap, is read as it is.
    monkeypatch.setattr(keyring, "_wrapped", lambda secret: None)
    ring.keep_unit(UNIT, 2, SEED)
    assert ring.unit(UNIT, 2) is not None


@pytest.mark.skipif(os.name != "nt", reason="Windows only")
def test_windows_wraps_and_unwraps() -> None:
    wrapped = keyring._wrapped(SEED)
    assert wrapped is not None and SEED not in wrapped
    assert keyring._unwrapped(wrapped) == SEED
    assert keyring._unwrapped(wrapped[:-1]) is None
