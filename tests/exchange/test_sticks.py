"""Packages are found by content, wherever they lie and whatever they are called."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from desktop.errors import OneLedgerError
from desktop.exchange import container, sticks
from desktop.exchange.refusals import Malformed, NotAPackage, TooLarge, Truncated, UnknownSuite
from desktop.exchange.sticks import Found, find
from tests.exchange.parcels import front, joined, parcel, split

REPORT = parcel("report").raw


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    (folder / "2023" / "week09").mkdir(parents=True)
    (folder / "report.yzp").write_bytes(REPORT)
    (folder / "2023" / "week09" / "照片.jpg").write_bytes(REPORT)
    (folder / "2023" / "no-ending").write_bytes(REPORT)
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff" + b"photo" * 900)
    (folder / "empty").touch()
    (folder / "short").write_bytes(container.MAGIC[:5])
    return folder


def names(search: sticks.Search) -> list[str]:
    return [one.path.name for one in search.found]


def test_renamed_ones_are_found_in_a_stable_order_with_their_headers(stick: Path) -> None:
    search = find([stick])
    assert names(search) == ["no-ending", "照片.jpg", "report.yzp"]
    for one in search.found:
        assert one.header is not None
        assert (one.header.kind, one.header.sender_name) == ("report", "空冢郭镇")
        assert one.trouble is None
        assert one.size == len(REPORT)
        assert one.read() == REPORT
    assert search.troubles == ()
    assert search.complete
    assert search.entries == 8


def test_files_and_folders_may_be_named_twice_and_lie_in_each_other(stick: Path) -> None:
    given = [stick / "report.yzp", stick / "2023", stick, stick, stick / "report.yzp"]
    assert names(find(given)) == ["no-ending", "照片.jpg", "report.yzp"]
    assert find([stick]) == find(iter([stick]))


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (REPORT[:-1], Truncated),
        (REPORT + b"\0", Truncated),
        (REPORT[:30], Truncated),
        (container.MAGIC, Truncated),
        (REPORT[:8] + b"\x02" + REPORT[9:], UnknownSuite),
        (front(100, 10 * 1024**3) + b"x" * 500, TooLarge),
        (front(2**32 - 1, 100) + b"x" * 500, TooLarge),
        (joined(b"{}", split(REPORT)[1]), Malformed),
    ],
)
def test_spoilt_ones_are_found_with_their_trouble(
    tmp_path: Path, content: bytes, trouble: type[OneLedgerError]
) -> None:
    (tmp_path / "spoilt.doc").write_bytes(content)
    (tmp_path / "whole.doc").write_bytes(REPORT)
    spoilt, whole = find([tmp_path]).found
    assert spoilt.header is None
    assert type(spoilt.trouble) is trouble
    assert whole.header is not None


def test_what_is_named_as_a_package_and_is_none_is_told_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "zeros.YZP").write_bytes(bytes(len(REPORT)))
    (tmp_path / "empty.yzp").touch()
    (tmp_path / "._report.yzp").write_bytes(b"\x00\x05\x16\x07 left by a Macintosh")
    (tmp_path / "zeros.bin").write_bytes(bytes(len(REPORT)))
    search = find([tmp_path])
    assert names(search) == ["empty.yzp", "zeros.YZP"]
    assert all(type(one.trouble) is NotAPackage for one in search.found)
    assert names(find([tmp_path / "zeros.bin"])) == ["zeros.bin"]


def test_only_the_beginning_of_other_files_is_read(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, int] = {}
    real = os.read

    def read(handle: int, size: int) -> bytes:
        got = real(handle, size)
        path = Path(f"/proc/self/fd/{handle}").readlink().name
        asked[path] = asked.get(path, 0) + len(got)
        return got

    monkeypatch.setattr(os, "read", read)
    find([stick])
    assert asked["photo.jpg"] == 8
    assert asked["report.yzp"] == min(len(REPORT), container.FRONT)


def test_packages_by_name_are_looked_at_before_all_others(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (stick / "2023" / "week09" / "last.yzp").write_bytes(REPORT)
    order: list[str] = []
    real = sticks._look

    def look(path: Path, named: bool) -> Found | None:
        order.append(path.name)
        return real(path, named)

    monkeypatch.setattr(sticks, "_look", look)
    find([stick])
    assert sorted(order[:2]) == ["last.yzp", "report.yzp"]
    assert len(order) == 7


def test_no_link_is_followed_and_no_pipe_opened(stick: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.yzp").write_bytes(REPORT)
    (stick / "link.yzp").symlink_to(outside / "secret.yzp")
    (stick / "folder").symlink_to(outside)
    (stick / "loop").symlink_to(stick)
    (stick / "gone.yzp").symlink_to(tmp_path / "nowhere")
    os.mkfifo(stick / "pipe.yzp")  # Opening it would wait for ever.
    search = find([stick])
    assert names(search) == ["no-ending", "照片.jpg", "report.yzp"]
    assert search.troubles == ()
    for named in ("link.yzp", "folder", "pipe.yzp"):
        told = find([stick / named])
        assert told.found == ()
        assert "没有打开" in told.troubles[0]


def test_a_link_put_in_the_files_place_meanwhile_is_not_followed(
    stick: Path, tmp_path: Path
) -> None:
    found = find([stick / "report.yzp"]).found[0]
    (tmp_path / "secret").write_bytes(b"secret")
    found.path.unlink()
    found.path.symlink_to(tmp_path / "secret")
    with pytest.raises(OSError, match="symbolic"):
        found.read()
    found.path.unlink()
    os.mkfifo(found.path)
    with pytest.raises(OSError, match="report"):
        found.read()


def test_a_file_of_ten_gigabytes_is_not_read(tmp_path: Path) -> None:
    for name, beginning in (("lie", REPORT), ("claim", front(300, 10 * 1024**3))):
        with (tmp_path / name).open("wb") as file:
            file.write(beginning)
            file.truncate(10 * 1024**3)  # Sparse: takes no room.
    claim, lie = find([tmp_path]).found
    assert type(claim.trouble) is TooLarge
    assert type(lie.trouble) is Truncated
    for one in (claim, lie):
        assert len(one.read()) == struct.calcsize(">8sBIQ")
        with pytest.raises(OneLedgerError) as caught:
            container.read_header(one.read())
        assert type(caught.value) is type(one.trouble)


def test_what_was_thrown_away_is_not_offered_again(stick: Path) -> None:
    for place in ("$RECYCLE.BIN", ".Trash-1000/files", "System Volume Information"):
        (stick / place).mkdir(parents=True)
        (stick / place / "old.yzp").write_bytes(REPORT)
    assert names(find([stick])) == ["no-ending", "照片.jpg", "report.yzp"]


def test_depth_and_number_are_bounded_and_said(stick: Path) -> None:
    deep = stick.joinpath(*"12345678")
    deep.mkdir(parents=True)
    (deep / "deep.yzp").write_bytes(REPORT)
    assert "deep.yzp" in names(find([stick]))
    assert "deep.yzp" not in names(shallow := find([stick], deepest=7))
    assert not shallow.complete
    assert "层次太深" in shallow.troubles[0]
    few = find([stick], most=5)
    assert (few.entries, few.complete) == (5, False)
    assert "文件太多" in few.troubles[-1]


def test_what_cannot_be_read_is_told_and_stops_nothing(
    stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        (stick / f"bad-{number:02}").write_bytes(REPORT)
    real = os.open

    def refusing(path: str | Path, flags: int) -> int:
        name = Path(path).name
        if name.startswith("bad"):
            raise OSError(5, "Input/output error", str(path))
        if name == "photo.jpg" and flags & os.O_NOATIME:
            raise PermissionError(1, "Not the owner", str(path))
        return real(path, flags)

    monkeypatch.setattr(os, "open", refusing)
    search = find([stick, stick / "nowhere"])
    assert names(search) == ["no-ending", "照片.jpg", "report.yzp"]
    assert len(search.troubles) == sticks.MOST_TOLD + 1
    assert "nowhere（已不在）" in search.troubles[0]
    assert "读取出错" in search.troubles[1]
    assert search.troubles[-1] == "另有 11 处没有读。"


def test_a_folder_that_breaks_off_is_told(stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def breaking(folder: str) -> object:
        if Path(folder).name == "week09":
            raise OSError(5, "Input/output error", folder)
        return real(folder)

    monkeypatch.setattr(os, "scandir", breaking)
    search = find([stick])
    assert names(search) == ["no-ending", "report.yzp"]
    assert "week09" in search.troubles[0]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (b"..yzp..", "..yzp.."),
        ("报表 第9周.yzp".encode(), "报表 第9周.yzp"),
        ("报表.yzp".encode("gb18030"), "报表.yzp"),
        (b"two\nlines\r.yzp", "two�lines�.yzp"),
        ("gp\u202ezpy.exe".encode(), "gp�zpy.exe"),
        (b"bad\xff.yzp", "bad�.yzp"),
        (b"esc\x1b[2J", "esc�[2J"),
    ],
)
def test_any_name_is_carried_through_and_shown_in_one_line(
    tmp_path: Path, name: bytes, shown: str
) -> None:
    path = tmp_path / os.fsdecode(name)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    except OSError:
        pytest.skip("this file system does not take such a name")
    os.write(handle, REPORT)
    os.close(handle)
    (one,) = find([tmp_path]).found
    assert one.header is not None
    assert one.shown == f"{tmp_path}{os.sep}{shown}"
    assert one.read() == REPORT


def test_progress_is_told_and_may_end_the_search(stick: Path) -> None:
    for number in range(3 * sticks.STEP):
        (stick / f"other-{number}").write_bytes(b"other")
    told: list[tuple[int, int]] = []
    find([stick], lambda *step: told.append(step))
    assert [examined for examined, _ in told] == [0, sticks.STEP, 2 * sticks.STEP, 3 * sticks.STEP]
    assert all(examined <= entries for examined, entries in told)

    class Enough(Exception):
        pass

    def stop(_examined: int, _entries: int) -> None:
        raise Enough

    with pytest.raises(Enough):
        find([stick], stop)


def test_searching_leaves_no_mark(stick: Path) -> None:
    before = {path: path.stat() for path in stick.rglob("*") if path.is_file()}
    for path in before:
        os.utime(path, (1, 1))  # Read so long ago that any reading would be noted.
    find([stick])
    for path in before:
        assert (path.stat().st_atime, path.stat().st_mtime) == (1, 1)
