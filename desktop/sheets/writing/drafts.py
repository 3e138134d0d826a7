"""Files that appear whole or not at all: written beside, flushed, then renamed.

A process that is killed while writing leaves its draft; the next one that writes into the folder
takes away what dead processes of this PC have left, and nothing else.
"""

from __future__ import annotations

import errno
import os
import platform
import re
import secrets
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir

from desktop.errors import DiskFull, NotWritable, OneLedgerError

#: This PC among those that write into a shared folder: their processes are not ours to judge.
_HERE = f"{zlib.crc32(platform.node().encode()):08x}"
_DRAFT = re.compile(rf"\.oneledger-{_HERE}-(\d{{1,10}})-[0-9a-f]{{8}}\.tmp")


def put_in_place(path: Path, data: memoryview) -> None:
    """Write ``data`` to ``path``; folders are made.

    Raises :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`.
    """
    name = f".oneledger-{_HERE}-{os.getpid()}-{secrets.token_hex(4)}.tmp"
    draft = path.with_name(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        clear(path.parent)
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise failure(error, path) from error


def clear(folder: Path) -> None:
    """Take away the drafts in ``folder`` whose writers have died on this PC."""
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
    for name in names:
        found = _DRAFT.fullmatch(name)
        if found and _dead(int(found[1])):
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)


def _dead(process: int) -> bool:
    """Whether no process has this number. Windows does not say so without doing harm, but does not
    let a file be taken away that a process is writing."""
    if process == os.getpid():
        return False
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        return False
    return False


@contextmanager
def drafting(path: Path | None = None) -> Iterator[None]:
    """While openpyxl draws: it keeps its rows in the system's temporary folder, which may be full.

    Raises :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`.
    """
    folder = Path(gettempdir())
    try:
        yield
    except OSError as error:
        raise failure(error, path or folder) from error
    except Exception as error:  # lxml, where it is there, has a word of its own for it
        if type(error).__name__ != "SerialisationError":
            raise
        full = "NOSPC" in str(error) or "DQUOT" in str(error)
        raise (DiskFull if full else NotWritable)(str(folder)) from error


def failure(error: OSError, path: Path) -> OneLedgerError:
    """What the system's refusal to write ``path`` means for people."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(str(path.parent))
    return NotWritable(str(path))
