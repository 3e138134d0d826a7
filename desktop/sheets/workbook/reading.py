"""Opening a workbook: the gate here, the parser in a child process, plain cells back.

:func:`read` is the only door through which a stranger's file comes in.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any, NoReturn

import msgspec

from desktop.sheets.workbook import child, gate
from desktop.sheets.workbook.grid import Area, Sheet, Workbook, trimmed
from desktop.sheets.workbook.refusals import (
    NotAWorkbook,
    SheetsRefusal,
    WorkbookChanging,
    WorkbookDamaged,
    WorkbookEmpty,
    WorkbookHasPassword,
    WorkbookHostile,
    WorkbookTooLarge,
    WorkbookTooSlow,
)

#: Seconds for the smallest file; each megabyte adds some, for the slowest PC of an office.
SECONDS = 10.0
SECONDS_PER_MEGABYTE = 5.0
#: How often who waits is asked whether it still wants the answer, in seconds.
TURN = 0.1


class _Found(msgspec.Struct, frozen=True):
    name: str
    rows: list[list[Any]]
    merges: list[tuple[int, int, int, int]] = []
    hidden: bool = False
    hidden_rows: list[int] = []
    hidden_columns: list[int] = []
    uncomputed: list[tuple[int, int]] = []
    faults: list[tuple[int, int]] = []


class _Answer(msgspec.Struct, frozen=True):
    sheets: list[_Found] = []
    refused: str = ""
    reason: str = ""


def read(
    path: Path, *, seconds: float | None = None, watch: Callable[[], None] | None = None
) -> Workbook:
    """The workbook at ``path`` as cells.

    ``seconds`` limits the child; by default by the file's size. ``watch`` is called while the
    child works; what it raises ends the child and goes on. Raises
    :class:`~desktop.errors.NotFound` or one of :mod:`~desktop.sheets.workbook.refusals`.
    """
    before = _state(path)
    try:
        kind = gate.inspect(path)
        if seconds is None:
            seconds = SECONDS + SECONDS_PER_MEGABYTE * (before[0] / (1 << 20))
        found = workbook(path, kind, _ask(path, kind, seconds, watch or (lambda: None)))
    except (SheetsRefusal, OSError) as error:
        if _state(path) != before:
            raise WorkbookChanging(path.name) from error
        raise
    if _state(path) != before:
        raise WorkbookChanging(path.name)
    return found


def _state(path: Path) -> tuple[int, int]:
    """Size and time of the last writing; zeros where there is no file."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def workbook(path: Path, kind: str, document: bytes) -> Workbook:
    """The cells in the child's ``document``; raises the refusal that it holds."""
    try:
        answer = msgspec.msgpack.decode(document, type=_Answer, ext_hook=child.untagged)
    except (msgspec.DecodeError, ValueError):
        raise WorkbookDamaged(path.name, "读取程序中途停止") from None
    if answer.refused:
        _refuse(path.name, answer)
    sheets = tuple(_sheet(found, path) for found in answer.sheets)
    if not any(sheet.rows for sheet in sheets):
        raise WorkbookEmpty(path.name)
    return Workbook(path.name, kind, sheets)


def command(kind: str, path: Path) -> list[str]:
    """How the child is started, from a checkout, an installation or a frozen program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, child.SWITCH, kind, str(path)]
    return [sys.executable, "-m", "desktop.sheets.workbook.child", kind, str(path)]


def _ask(path: Path, kind: str, seconds: float, watch: Callable[[], None]) -> bytes:
    """What the child writes; raises what its end says when it dies or takes too long."""
    root = str(Path(__file__).resolve().parents[3])
    search = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    with subprocess.Popen(
        command(kind, path.resolve()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": search, "RUST_BACKTRACE": "0"},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as process:
        try:
            written, complaint = _heard(process, path, seconds, watch)
        except BaseException:
            process.kill()
            raise
    if process.returncode == 0:
        return written
    if any(word in complaint for word in (b"alloc", b"MemoryError", b"capacity")):
        raise WorkbookTooLarge(path.name, "内容过多或铺得太开，读取时内存不够")
    if process.returncode == -getattr(signal, "SIGXCPU", 0):
        raise WorkbookTooSlow(path.name, child.PROCESSOR_SECONDS)
    raise WorkbookDamaged(path.name, "读取程序中途停止")


def _heard(
    process: subprocess.Popen[bytes], path: Path, seconds: float, watch: Callable[[], None]
) -> tuple[bytes, bytes]:
    """Both outputs of the child, waited for in turns."""
    until = monotonic() + seconds
    while True:
        watch()
        try:
            return process.communicate(timeout=TURN)
        except subprocess.TimeoutExpired:
            if monotonic() >= until:
                raise WorkbookTooSlow(path.name, seconds) from None


def _refuse(name: str, answer: _Answer) -> NoReturn:
    reason = answer.reason
    if answer.refused == "password":
        raise WorkbookHasPassword(name)
    if answer.refused == "hostile":
        raise WorkbookHostile(name, reason)
    if answer.refused == "large":
        raise WorkbookTooLarge(name, reason)
    if answer.refused == "text":
        raise NotAWorkbook(name, reason)
    raise WorkbookDamaged(name, reason)


def _sheet(found: _Found, path: Path) -> Sheet:
    rows = trimmed(found.rows)
    height, width = len(rows), len(rows[0]) if rows else 0
    return Sheet(
        name=found.name or path.stem,
        rows=rows,
        merges=_merges(found, height, width),
        hidden=found.hidden,
        hidden_rows=frozenset(found.hidden_rows),
        hidden_columns=frozenset(found.hidden_columns),
        uncomputed=frozenset(found.uncomputed),
        faults=frozenset(found.faults),
    )


def _merges(found: _Found, height: int, width: int) -> tuple[Area, ...]:
    """Merged areas within the sheet, none twice; together no larger than it, as areas are that do
    not overlap: thousands over the same cells would be gone through for each."""
    areas = dict.fromkeys(
        Area(top, left, min(bottom, height - 1), min(right, width - 1))
        for top, left, bottom, right in found.merges
        if top < height and left < width and (top, left) != (bottom, right)
    )
    kept, room = [], height * width
    for area in areas:
        room -= (area.bottom - area.top + 1) * (area.right - area.left + 1)
        if room < 0:
            break
        kept.append(area)
    return tuple(kept)
