"""One process at a time, with a readable refusal."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from desktop.errors import NotWritable
from desktop.ledger.guard import BookInUse, Guard

HOLDER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from desktop.ledger.guard import Guard
    guard = Guard(Path(sys.argv[1]))
    print("held", flush=True)
    sys.stdin.readline()
    if sys.argv[2] == "release":
        guard.release()
    """
)


def holder(path: Path, ending: str = "release") -> subprocess.Popen[str]:
    """Another process that holds the book until a line arrives."""
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), ending],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_another_process_is_refused_and_told_who_has_it(tmp_path: Path) -> None:
    book = tmp_path / "账本.yzb"
    child = holder(book)
    with pytest.raises(BookInUse) as refused:
        Guard(book)
    assert f"进程 {child.pid}" in refused.value.sentence
    assert "请先关闭那个窗口" in refused.value.advice
    child.communicate("\n")
    Guard(book).release()
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    book = tmp_path / "账本.yzb"
    child = holder(book)
    child.kill()
    child.communicate()
    assert [file.name for file in tmp_path.iterdir()] == ["账本.yzb.lock"]
    Guard(book).release()
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_ended_without_giving_free_holds_nothing(tmp_path: Path) -> None:
    book = tmp_path / "账本.yzb"
    holder(book, "forget").communicate("\n")
    Guard(book).release()


def test_the_same_process_is_refused_too(tmp_path: Path) -> None:
    book = tmp_path / "账本.yzb"
    guard = Guard(book)
    with pytest.raises(BookInUse, match=f"进程 {os.getpid()}"):
        Guard(book)
    guard.release()
    Guard(book).release()


def test_two_books_in_one_folder_do_not_disturb_each_other(tmp_path: Path) -> None:
    first, second = Guard(tmp_path / "1.yzb"), Guard(tmp_path / "2.yzb")
    first.release()
    second.release()


def test_a_lock_file_left_over_is_used_again(tmp_path: Path) -> None:
    (tmp_path / "账本.yzb.lock").write_text("李强，旧电脑，进程 1" * 9, "utf-8")
    guard = Guard(tmp_path / "账本.yzb")
    text = (tmp_path / "账本.yzb.lock").read_text("utf-8")
    assert text.endswith(f"进程 {os.getpid()}")
    assert "旧电脑" not in text
    guard.release()


def test_a_folder_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NotWritable):
        Guard(tmp_path / "没有" / "账本.yzb")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to try")
def test_on_a_full_disk_the_lock_holds_all_the_same(tmp_path: Path) -> None:
    """The lock file cannot say who has the book, and nothing else is lost by that."""
    (tmp_path / "账本.yzb.lock").symlink_to("/dev/full")
    guard = Guard(tmp_path / "账本.yzb")
    guard.release()
