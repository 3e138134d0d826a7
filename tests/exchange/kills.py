"""A process that is killed in the midst of an act: by its own hand at a call, or from outside.

A nursery process imports the program once and forks a worker for every run. The worker tells
through the pipe what it acknowledged; at the chosen call of the file layer it kills itself with
SIGKILL, or the nursery kills it after a while. What SIGKILL cannot show is a power cut: what was
written lies in the system's memory afterwards, whether or not it was brought to the disk.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
#: Calls that leave nothing behind: before the next one that does, the world is the same.
_NOTHING = (
    *("sql:select", "sql:explain", "sql:pragma", "sql:with", "sql:begin", "sql:savepoint"),
    *("sql:release", "read", "lstat", "stat", "scandir", "close", "flush"),
)


def leaves_something(name: str) -> bool:
    """Whether the call may leave something behind that was not there."""
    return name.removeprefix("stick:") not in _NOTHING


class Nursery:
    """Starts workers; one run after another."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdin is not None and process.stdout is not None
        self._orders: IO[str] = process.stdin
        self._answers: IO[str] = process.stdout

    def run(
        self, home: Path, act: str, *, at: int = 0, after: float = 0.0
    ) -> tuple[list[dict[str, Any]], bool]:
        """One act in the world at ``home``, killed at its call ``at`` or ``after`` seconds.

        Gives what it acknowledged, and whether it was killed.
        """
        order = {"home": str(home), "act": act, "at": at, "after": after}
        print(json.dumps(order), file=self._orders, flush=True)
        said: list[dict[str, Any]] = []
        while True:
            line = self._answers.readline()
            assert line, "the nursery has ended"
            answer = json.loads(line)
            if "ended" in answer:
                assert answer["ended"] in (0, -signal.SIGKILL), answer
                return said, answer["ended"] != 0
            said.append(answer)

    def calls(self, home: Path, act: str) -> list[str]:
        """The calls of an act that nobody kills."""
        said, killed = self.run(home, act, at=-1)
        assert not killed
        found: list[str] = said[-1]["calls"]
        return found


@contextmanager
def nursery(control: str = "") -> Iterator[Nursery]:
    """The nursery process; ``control`` names a fault that its workers are given."""
    command = [sys.executable, "-m", "tests.exchange.kills", control]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        yield Nursery(process)
    finally:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.close()
        process.wait()
        process.stdout.close()


def main(control: str) -> None:
    """Fork a worker for every order; say how it ended."""
    import pytest

    from tests import office
    from tests.exchange import faults_world

    assert faults_world.WORK  # Imported once, for all workers.
    office.cheaply(pytest.MonkeyPatch())
    if control:
        _spoil(control)
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            try:
                _work(Path(order["home"]), order["act"], order["at"])
            except BaseException as error:
                _tell({"error": repr(error)})
                os._exit(1)
            os._exit(0)
        if order["after"]:
            time.sleep(order["after"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        _tell({"ended": os.waitstatus_to_exitcode(status)})


def _work(home: Path, act: str, at: int) -> None:
    from tests.exchange import faults, faults_world

    def kill(_name: str, _stick: bool) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    one = faults_world.WORK[act](home)
    layer = faults.Layer(home, faults.at(at), kill)
    if not at:  # Killed from outside, over the bare system.
        one.do(_tell)
        return
    with layer.below():
        one.do(_tell)
    if at < 0:
        _tell({"calls": layer.calls})


#: As the program's tests patch these functions, the pipe keeps the true one.
_write = os.write


def _tell(what: dict[str, Any]) -> None:
    _write(1, json.dumps(what).encode() + b"\n")


def _spoil(control: str) -> None:
    """A program that the test must find out."""
    from desktop.exchange import building, postbook, sending, taking
    from desktop.exchange.checking import Checked
    from desktop.ledger import cycle, merging, records
    from desktop.ledger.workspace import Book
    from tests.office import DAY

    def submitted_first(book: Book, period: str, folder: Path, *_: Any, **__: Any) -> Any:
        to = sending._above(book)
        cycle.submit(book, period, DAY, filler="王会计")
        return sending._sent(
            book, to, building.build(book, to, "report", (period,)), folder, sending._quietly
        )

    def by_halves(book: Book, checked: Checked) -> tuple[Any, Any]:
        changes = merging.receive(book, checked.message.entries, checked.digest)
        with records.batch(book, "receive") as batch:
            postbook.note_taken(batch, book, taking._values(checked))
        return None, changes

    if control == "submitted first":
        sending.submit = submitted_first
    elif control == "by halves":
        taking.apply = by_halves
    else:
        raise ValueError(control)


if __name__ == "__main__":
    main(sys.argv[1])
