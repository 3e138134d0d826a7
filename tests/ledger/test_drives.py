"""What kind of drive a file lies on: read from a written-down mount table."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.ledger import drives
from desktop.ledger.drives import Kind, NotLocal, kind_in, kind_of

MOUNTS = """\
22 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
23 22 8:3 / /home rw - ext4 /dev/sda3 rw
24 22 8:17 / /media/clerk/张三U盘 rw - vfat /dev/sdb1 rw,iocharset=utf8
25 22 8:33 / /media/clerk/MY\\040STICK rw - exfat /dev/sdc1 rw
26 22 0:50 / /mnt/share rw - cifs //server/账本 rw
27 22 0:51 / /mnt/nfs rw - nfs4 10.0.0.1:/x rw
28 26 8:4 / /mnt/share/local rw - ext4 /dev/sda4 rw
29 22 11:0 / /media/cdrom ro - iso9660 /dev/sr0 ro
30 22 0:52 / /run/user/1000/gvfs rw - fuse.gvfsd-fuse gvfsd-fuse rw
31 22 8:18 / /mnt/over rw - ext4 /dev/sda5 rw
32 22 8:17 / /mnt/over rw - vfat /dev/sdb1 rw
"""
STICKS = {"8:17", "8:33"}


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/opt/账本.yzb", "local"),
        ("/home/clerk/账本.yzb", "local"),
        ("/media/clerk/张三U盘", "removable"),
        ("/media/clerk/张三U盘/账本/2023.yzb", "removable"),
        ("/media/clerk/张三U盘2/账本.yzb", "local"),
        ("/media/clerk/MY STICK/账本.yzb", "removable"),
        ("/mnt/share/账本.yzb", "network"),
        ("/mnt/nfs/账本.yzb", "network"),
        ("/mnt/share/local/账本.yzb", "local"),
        ("/media/cdrom/账本.yzb", "removable"),
        ("/run/user/1000/gvfs/账本.yzb", "removable"),
        ("/mnt/over/账本.yzb", "removable"),
    ],
)
def test_the_mount_that_holds_the_file_decides(place: str, kind: Kind) -> None:
    assert kind_in(MOUNTS, Path(place), STICKS.__contains__) == kind


@pytest.mark.parametrize("mounts", ["", "nonsense\n", "1 2 3 - \n", "22 1 8:2 / /\n"])
def test_a_table_that_says_nothing_means_local(mounts: str) -> None:
    assert kind_in(mounts, Path("/home/账本.yzb"), STICKS.__contains__) == "local"


def test_an_office_pc_is_local_also_for_a_file_that_is_not_there_yet(tmp_path: Path) -> None:
    assert kind_of(tmp_path) == "local"
    assert kind_of(tmp_path / "没有" / "账本.yzb") == "local"


def test_the_kernels_word_is_taken_for_removable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path

    def path(place: str) -> Path:
        return tmp_path if place == "/sys/dev/block" else real(place)

    monkeypatch.setattr(drives, "Path", path)
    disk = tmp_path / "disk"
    (disk / "part").mkdir(parents=True)
    (tmp_path / "8:17").symlink_to(disk / "part")
    (tmp_path / "8:16").symlink_to(disk)
    (disk / "removable").write_text("1\n")
    assert drives._pulled_out("8:17")
    assert drives._pulled_out("8:16")
    (disk / "removable").write_text("0\n")
    assert not drives._pulled_out("8:17")
    assert not drives._pulled_out("0:99")
    usb = tmp_path / "usb1" / "disk"
    usb.mkdir(parents=True)
    (usb / "removable").write_text("0\n")
    (tmp_path / "8:48").symlink_to(usb)
    assert drives._pulled_out("8:48")  # A hard disk in a USB case.


@pytest.mark.parametrize(("kind", "word"), [("removable", "U盘"), ("network", "网络盘")])
def test_the_refusal_says_which_drive_and_what_to_do(kind: Kind, word: str) -> None:
    refusal = NotLocal("E:/账本.yzb", kind)
    assert word in refusal.sentence
    assert "复制到本机硬盘" in refusal.advice
    assert refusal.kind == kind
