"""What is put in: read from a written-down mount table, and from drives of Windows as told."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from desktop.exchange import volumes as rooms
from desktop.exchange.volumes import Volume, by_letters, in_mounts, labels, legible, volumes, within

MOUNTS = """\
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 8:3 / /home rw - ext4 /dev/sda3 rw
24 22 8:17 / /media/clerk/张三U盘 rw - vfat /dev/sdb1 rw,iocharset=utf8
25 22 8:33 / /media/clerk/MY\\040STICK ro,nosuid - exfat /dev/sdc1 ro
26 22 0:50 / /media/clerk/share rw - cifs //server/账本 rw
27 22 8:17 /sub /srv/bound rw - vfat /dev/sdb1 rw
28 22 8:4 / /media/clerk/数据盘 rw - ext4 /dev/sda4 rw
29 22 11:0 / /media/cdrom ro - iso9660 /dev/sr0 ro
30 22 0:52 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
31 22 7:1 / /media/clerk/snap ro - squashfs /dev/loop1 ro
32 22 8:49 / /media/clerk/dead rw - vfat /dev/sdd1 rw
33 22 8:65 / /boot/efi rw - vfat /dev/sde1 rw
34 22 8:66 / /media/clerk/nothing rw - vfat /dev/sdf1 rw
35 22 8:67 / /media/clerk/twice rw - vfat /dev/sdg1 rw
36 35 8:68 / /media/clerk/twice rw - vfat /dev/sdh1 rw
"""
STICKS = {"8:17", "8:33", "8:49", "8:65", "8:66", "8:67", "8:68"}
NAMES = {"/dev/sdc1": "税务\n局", "/dev/sr0": "归档"}


def usage(folder: Path) -> tuple[int, int] | None:
    return {"dead": None, "nothing": (0, 0)}.get(folder.name, (1 << 20, 1 << 30))


def test_sticks_cards_discs_and_second_disks_by_path() -> None:
    found = in_mounts(MOUNTS, usage, NAMES, STICKS.__contains__)
    assert [(str(one.path), one.label, one.read_only, one.removable) for one in found] == [
        ("/media/cdrom", "归档", True, True),
        ("/media/clerk/MY STICK", "税务�局", True, True),
        ("/media/clerk/twice", "twice", False, True),
        ("/media/clerk/张三U盘", "张三U盘", False, True),
        ("/media/clerk/数据盘", "数据盘", False, False),
    ]
    assert {(one.free, one.total) for one in found} == {(1 << 20, 1 << 30)}


@pytest.mark.parametrize("mounts", ["", "nonsense\n", "1 2 3 - \n", "22 1 8:2 / /\n"])
def test_a_table_that_says_nothing_means_none(mounts: str) -> None:
    assert in_mounts(mounts, usage, {}, lambda _device: True) == ()


def test_this_pc_can_be_asked() -> None:
    for one in volumes():
        assert one.total > 0
        assert one.path.is_dir()


def test_labels_are_read_as_the_system_writes_them(tmp_path: Path) -> None:
    folder = tmp_path / "by-label"
    assert labels(folder) == {}
    folder.mkdir()
    for name in ("sdb1", "sdc1", "sdd1"):
        (tmp_path / name).touch()
    (folder / "MY\\x20STICK").symlink_to("../sdb1")
    (folder / "张三").symlink_to("../sdc1")
    gbk = "".join(f"\\x{byte:02x}" for byte in "税务局".encode("gb18030"))
    (folder / gbk).symlink_to("../sdd1")
    found = {Path(device).name: label for device, label in labels(folder).items()}
    assert found == {"sdb1": "MY STICK", "sdc1": "张三", "sdd1": "税务局"}


def test_on_windows_the_letters_are_asked_and_readers_without_a_card_left_out() -> None:
    kinds = {"A": 2, "C": 3, "D": 3, "E": 2, "F": 2, "G": 5, "H": 4, "I": 1}
    letters = sum(1 << (ord(letter) - ord("A")) for letter in kinds)
    asked = []

    def ask(root: str) -> tuple[str, bool, int, int]:
        asked.append(root[0])
        if root[0] in "AF":
            raise OSError("no medium")
        return {"E": "张三\x00"}.get(root[0], ""), root[0] == "G", 5, 9

    found = by_letters(letters, lambda root: kinds[root[0]], ask, "c:")
    assert asked == ["A", "D", "E", "F", "G"]
    assert found == (
        Volume(Path("D:\\"), "D:", 5, 9, False, False),
        Volume(Path("E:\\"), "张三�", 5, 9, False, True),
        Volume(Path("G:\\"), "G:", 5, 9, True, True),
    )


def test_a_drive_that_hangs_is_left_out_and_not_asked_again_before_it_answered() -> None:
    answer, asked = threading.Event(), []

    def hang() -> str:
        asked.append(1)
        answer.wait()
        return "there"

    assert within("hanging", hang, patience=0.01) is None
    assert within("hanging", hang, patience=0.01) is None
    assert within("another", lambda: "here") == "here"
    assert len(asked) == 1
    thread = rooms._asked["hanging"]
    answer.set()
    thread.join()
    assert within("hanging", hang) == "there"
    assert len(asked) == 2
    assert rooms._asked == {}


def test_what_is_not_seen_is_made_visible() -> None:
    assert legible("报表　第9周.yzp") == "报表　第9周.yzp"
    assert legible("a\nb\u202ec\u2028d\u200be\x85f") == "a�b�c�d�e�f"
    assert legible("\ud800") == "�"
    assert legible(os.fsdecode("账本".encode("gb18030"))) == "账本"
