"""A writer is killed at random moments, two hundred times: what it acknowledged is there, whole.

A nursery process imports the ledger once and forks a writer for every run. The writer reports the
entries of an act through a pipe after the act was saved; then it is killed with SIGKILL.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import IO

import pytest

from desktop.ledger import chain, verify, workspace
from tests.ledger import books

if sys.platform == "win32":
    pytest.skip("no fork and no SIGKILL on Windows", allow_module_level=True)

KILLS, BOOKS = 200, 4
ROOT = Path(__file__).resolve().parents[2]
NURSERY = """
import os, sys
from pathlib import Path
from random import Random
from desktop.ledger import undo, workspace

path, pipe, honest = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "honest"


def acknowledge(book, start):
    lines = book.connection.execute("SELECT entry FROM journal WHERE position > ?", (start,))
    os.write(pipe, (" ".join(entry for (entry,) in lines) + chr(10)).encode())


def act(book, chance, subject):
    start = book.journal.position
    if chance.random() < 0.2 and undo.waiting(book)[0] > 1:
        undo.undo(book)
    else:
        with book.batch("import", "台账") as batch:
            made = batch.create("project", {"name": "新", "unit": book.unit})
            for week in range(1, chance.randrange(2, 8)):
                values = {"project": made, "period": f"2023-W{week:02}", "completed_week": week}
                batch.create("weekly", values)
            batch.change("project", subject, {"remark": str(book.number)})
            if not honest:
                acknowledge(book, start)
    if honest:
        acknowledge(book, start)


def write(seed):
    chance = Random(seed)
    book = workspace.open_book(path)
    subject = book.select("SELECT record FROM project ORDER BY rowid LIMIT 1")[0]["record"]
    while True:
        act(book, chance, subject)


for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            write(int(line))
        finally:
            os._exit(1)
    print(child, flush=True)
    _, status = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)
"""


class Nursery:
    """Starts writers on one book, and kills them."""

    def __init__(self, process: subprocess.Popen[str], acknowledged: int) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.orders: IO[str] = process.stdin
        self.answers: IO[str] = process.stdout
        self.acknowledged = acknowledged

    def run(self, seed: int, acts: int, moment: float) -> list[list[str]]:
        """Kill a writer ``moment`` seconds after its acknowledged act number ``acts``.

        Returns the entries of every act that it acknowledged.
        """
        self.orders.write(f"{seed}\n")
        self.orders.flush()
        writer = int(self.answers.readline())
        text = b""
        while text.count(b"\n") < acts:
            text += self._read(20.0)
        time.sleep(moment)
        os.kill(writer, signal.SIGKILL)
        assert self.answers.readline() == f"{-signal.SIGKILL}\n"
        while more := self._read(0.0):
            text += more
        lines = text.decode().split("\n")
        assert not lines[-1]
        return [line.split() for line in lines[:-1]]

    def _read(self, patience: float) -> bytes:
        ready, _, _ = select.select([self.acknowledged], [], [], patience)
        assert ready or not patience, "the writer does not get on"
        return os.read(self.acknowledged, 1 << 16) if ready else b""


@contextmanager
def nursery(path: Path, kind: str) -> Iterator[Nursery]:
    """Writers on ``path`` that acknowledge after saving («honest») or before («hasty»)."""
    reads, writes = os.pipe()
    command = [sys.executable, "-c", NURSERY, str(path), str(writes), kind]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        pass_fds=[writes],
    ) as process:
        os.close(writes)
        try:
            yield Nursery(process, reads)
        finally:
            os.close(reads)
            process.kill()


def founded(path: Path) -> Path:
    with books.found(path) as book:
        books.project(book, "第一个")
    return path


def whole(path: Path, everything: bool) -> set[str]:
    """What the book holds after a kill: a sound journal, every act with all its entries.

    The tables are held against it too, if ``everything`` is to be looked at.
    """
    with workspace.open_book(path) as book:
        found = verify.verify(book).problems if everything else tuple(chain.walk(book)[1])
        assert not found, [problem.sentence for problem in found]
        acts = book.select(
            "SELECT min(number) AS first, max(number) AS last, count(*) AS entries,"
            " sum(register = 'weekly') AS weeks, sum(parents <> '') AS closing"
            " FROM journal WHERE act = 'import' GROUP BY batch"
        )
        for act in acts:  # A project, its weeks, and at last the change of another project.
            assert act["entries"] == act["last"] - act["first"] + 1 == act["weeks"] + 2
            assert act["closing"] == 1
        numbers = book.select("SELECT max(number) AS last, count(*) AS entries FROM journal")
        assert numbers == [{"last": book.number, "entries": book.number}]
        return books.identities(book)


@pytest.mark.parametrize("number", range(BOOKS))
def test_nothing_acknowledged_is_lost_and_nothing_is_half(tmp_path: Path, number: int) -> None:
    chance = Random(number)
    path = founded(tmp_path / "账本.yzb")
    acknowledged: set[str] = set()
    with nursery(path, "honest") as writers:
        for run in range(KILLS // BOOKS):
            told = writers.run(run, chance.randrange(4), chance.uniform(0, 0.03))
            acknowledged.update(entry for act in told for entry in act)
            assert acknowledged <= whole(path, everything=run % 5 == 4)
    assert len(acknowledged) > KILLS // BOOKS
    left = {one.name for one in tmp_path.iterdir()} - {"账本.yzb"}
    assert left <= {"账本.yzb-journal"}  # Begun and empty: SQLite uses it again.


def test_a_writer_that_acknowledges_too_early_is_caught(tmp_path: Path) -> None:
    """The control: the same harness must find out about acts that were told and then lost."""
    chance = Random(0)
    path = founded(tmp_path / "账本.yzb")
    acknowledged: set[str] = set()
    with nursery(path, "hasty") as writers:
        for run in range(KILLS // BOOKS):
            told = writers.run(run, 1 + chance.randrange(2), 0.0)
            acknowledged.update(entry for act in told for entry in act)
            if not acknowledged <= whole(path, everything=False):
                return
    pytest.fail("a writer that acknowledged too early went unnoticed")
