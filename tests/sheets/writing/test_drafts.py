"""What a killed writer leaves is taken away by the next one, and nothing else is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from desktop.sheets.writing import drafts

ROOT = Path(__file__).resolve().parents[3]
#: Writes, and is killed before the file is put in its place.
KILLED = """
import os, signal, sys
from pathlib import Path
from desktop.sheets.writing import drafts
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
drafts.put_in_place(Path(sys.argv[1]), memoryview(b"half"))
"""


def killed(path: Path) -> Path:
    """The draft that a writer of ``path`` leaves when it is killed."""
    before = set(path.parent.iterdir())
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", KILLED, str(path)], env=environment, check=False)
    (draft,) = set(path.parent.iterdir()) - before
    return draft


def test_the_next_writer_takes_away_what_a_killed_one_left(tmp_path: Path) -> None:
    path = tmp_path / "周调度台账.xlsx"
    path.write_bytes(b"old")
    assert killed(path).name.startswith(".oneledger-")
    assert path.read_bytes() == b"old"
    drafts.put_in_place(tmp_path / "另一张.xlsx", memoryview(b"new"))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["另一张.xlsx", "周调度台账.xlsx"]


def test_only_drafts_of_the_dead_are_taken_away(tmp_path: Path) -> None:
    draft = killed(tmp_path / "a.xlsx")
    start, process, end = draft.name.rsplit("-", 2)
    kept = {
        draft.with_name(f"{start}-{os.getpid()}-{end}"),  # this process, another thread
        draft.with_name(f"{start}-{os.getppid()}-{end}"),
        draft.with_name(f".oneledger-00000000-{process}-{end}"),  # another PC's
        draft.with_name(f"{draft.name}.xlsx"),
        draft.with_name(draft.name.removeprefix(".")),
        tmp_path / f".a.xlsx.{process}.tmp",  # not by our pattern
    }
    for path in kept:
        path.write_bytes(b"")
    folder = draft.with_name(f"{start}-{process}-{'0' * 8}.tmp")
    folder.mkdir()
    drafts.clear(tmp_path)
    assert set(tmp_path.iterdir()) == {*kept, folder}


def test_a_name_as_long_as_names_may_be_is_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'台' * 83}.xlsx"
    drafts.put_in_place(path, memoryview(b"x"))
    assert path.read_bytes() == b"x"
