"""The demonstration: the book of each role, and nothing left behind when it is called off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.ui.start import demonstration
from desktop.ui.worker import Cancelled
from tests.ui.start.fake import FakeStarter


def quiet(_done: int, _of_all: int) -> None:
    """Nobody looks."""


def test_each_role_has_its_book(tmp_path: Path) -> None:
    folder = tmp_path / "演示"
    assert demonstration.book_of(folder, "district") is None
    made = demonstration.made(folder, "township", FakeStarter().demonstrate, quiet)
    assert made == folder / "townships" / "02.yzb"
    assert demonstration.book_of(folder, "district") == folder / "district.yzb"
    for number in (2, 3):
        (folder / "townships" / f"0{number}.yzb").unlink()
    assert demonstration.book_of(folder, "township") == folder / "townships" / "01.yzb"
    (folder / "townships" / "01.yzb").unlink()
    assert demonstration.book_of(folder, "district") is None


def stopped_after(count: int) -> Callable[[int, int], None]:
    def progress(done: int, _of_all: int) -> None:
        if done >= count:
            raise Cancelled

    return progress


def test_a_demonstration_called_off_leaves_nothing_behind(tmp_path: Path) -> None:
    folder = tmp_path / "演示"
    with pytest.raises(Cancelled):
        demonstration.made(folder, "district", FakeStarter().demonstrate, stopped_after(2))
    assert not folder.exists()


def test_what_was_there_before_stays(tmp_path: Path) -> None:
    folder = tmp_path / "演示"
    (folder / "townships").mkdir(parents=True)
    (folder / "我的笔记.txt").write_text("笔记")
    with pytest.raises(Cancelled):
        demonstration.made(folder, "district", FakeStarter().demonstrate, stopped_after(3))
    assert sorted(path.name for path in folder.rglob("*")) == ["townships", "我的笔记.txt"]


def test_a_demonstration_made_anew_loses_the_old_ones_backups(tmp_path: Path) -> None:
    folder = tmp_path / "演示"
    starter = FakeStarter()
    demonstration.made(folder, "township", starter.demonstrate, quiet)
    old, other = folder / "townships" / "02.backups", folder / "别的.backups"
    for kept in (old, other):
        kept.mkdir()
        (kept / "000000001-20230309-daily-00000000.yzb").write_text("旧")
    with pytest.raises(Cancelled):
        demonstration.made(folder, "township", starter.demonstrate, stopped_after(1))
    assert old.exists()
    demonstration.made(folder, "township", starter.demonstrate, quiet)
    assert not old.exists()
    assert other.exists()
