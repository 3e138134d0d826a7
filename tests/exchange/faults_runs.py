"""One act with one fault in it, looked at in the book still open and in the book opened anew."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from pathlib import Path
from typing import Any

from desktop.errors import OneLedgerError, of_the_system
from desktop.ledger.store import named
from desktop.ledger.workspace import Book
from tests.exchange import faults, faults_world
from tests.exchange.faults_world import Act

#: The system's errors and SQLite's, in turn.
ERRORS = (
    (errno.EIO, "io"),
    (errno.ENOSPC, "full"),
    (errno.EROFS, "readonly"),
    (errno.ENODEV, "io"),
    (errno.EACCES, "full"),
)
#: Calls that change nothing: the benchmark breaks them too, the tests few of them.
_READING = ("sql:select", "sql:explain", "sql:pragma", "stat", "lstat", "read", "scandir")


def points(
    template: Path, home: Path, act: str, *, reading: bool = False, stick: bool | None = None
) -> list[int]:
    """The numbers of the calls that an act makes; those that only read when asked for."""
    calls = counted(template, home, act)
    return [
        number
        for number, name in enumerate(calls, 1)
        if (reading or name.removeprefix("stick:") not in _READING)
        and (stick is None or name.startswith("stick:") == stick)
    ]


def counted(template: Path, home: Path, act: str) -> list[str]:
    """The calls of an act in which nothing goes wrong."""
    faults_world.copied(template, home)
    one = faults_world.WORK[act](home)
    layer = faults.counting(home)
    under(layer, one, [])
    shutil.rmtree(home)
    return layer.calls


def broken(
    template: Path,
    home: Path,
    act: str,
    number: int,
    turn: int,
    *,
    whole: bool = False,
    for_ever: bool = False,
    on_stick: bool = False,
) -> str:
    """The act with an error at its call ``number``; what that call was.

    ``turn`` chooses the error; ``whole``: SQLite takes the transaction back by itself;
    ``for_ever``: all later calls of the stick (``on_stick``) or of this PC fail too. Raises
    AssertionError when anything is lost, stands half or was said without being so; what is no
    :class:`OneLedgerError` goes through.
    """
    faults_world.copied(template, home)
    one, said = faults_world.WORK[act](home), list[dict[str, Any]]()
    code, sql = ERRORS[turn % len(ERRORS)]
    when = faults.since(number, on_stick) if for_ever else faults.at(number)
    layer = faults.Layer(home, when, faults.failing(code, sql=sql, whole=whole))
    try:
        under(layer, one, said)
        one.check(said)
        one.end()
    except AssertionError as error:
        raise AssertionError(f"{act} {number} {layer.happened[:1]} {code}: {error}") from error
    except Exception as error:
        error.add_note(f"{act}, call {number} {layer.happened[:1]}, error {code} {sql}")
        raise
    shutil.rmtree(home)
    return layer.happened[0] if layer.happened else ""


def under(layer: faults.Layer, act: Act, said: list[dict[str, Any]]) -> None:
    """Do it over the layer, in a book that was opened before; look while it is still open."""
    with layer.below():
        if not act.begins_with_a_book:
            tried(act, None, said)
            return
        layer.off = True
        with act.book() as book:
            layer.off = False
            tried(act, book, said)
            layer.off = True
            faults_world.sound(book)
            act.look(book, said)


def tried(act: Act, book: Book | None, said: list[dict[str, Any]]) -> OneLedgerError | None:
    """Do it; what the world refuses has a name, a sentence and advice."""
    try:
        if book is None:
            act.do(said.append)
        else:
            act.done_in(book, said.append)
    except OneLedgerError as error:
        assert error.sentence.endswith("。") and error.name
        return error
    except OSError as error:  # Window and command line name the system's errors themselves,
        return of_the_system(error)
    except sqlite3.Error as error:  # and what reading the book met.
        known = named(error, str(act.home))
        assert isinstance(known, OneLedgerError), error
        return known
    return None
