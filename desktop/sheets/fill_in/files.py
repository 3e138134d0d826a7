"""Fill-in workbooks as files: one per recipient, named for people, never over one that is there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.ledger.definitions import Scheme
from desktop.sheets.fill_in.contents import FillIn
from desktop.sheets.fill_in.drawing import drawn
from desktop.sheets.writing.drafts import drafting, put_in_place
from desktop.sheets.writing.looks import Remarks

#: A file's name has so many UTF-8 bytes at most; file systems take 255.
LONGEST_NAME = 200
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def write(
    scheme: Scheme,
    made: Sequence[FillIn],
    folder: Path,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> list[tuple[FillIn, Path, tuple[str, ...]]]:
    """Write each into ``folder`` under a name of its own, never over a file that is there; all of
    them or none: after a fault, or what ``progress`` raises to cancel, nothing new lies there.

    Returns the paths, each with sentences about what had to be cut. Raises
    :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`.
    """
    written: list[tuple[FillIn, Path, tuple[str, ...]]] = []
    progress(0, len(made))
    try:
        for number, one in enumerate(made, 1):
            remarks = Remarks()
            path = _free(folder / file_name(one))
            with drafting(path):
                data = drawn(one, scheme, remarks)
            put_in_place(path, memoryview(data))
            written.append((one, path, remarks.sentences()))
            progress(number, len(made))
    except BaseException:  # half of the recipients would get theirs
        for _, path, _ in written:
            path.unlink(missing_ok=True)
        raise
    return written


def file_name(one: FillIn) -> str:
    """What a workbook is called: 空冢郭镇 2023年第9周周调度台账填报表.xlsx."""
    what = _NO_NAME.sub("", f" {one.title}.xlsx")
    room = LONGEST_NAME - len(what.encode())
    who = _NO_NAME.sub("", one.recipient).encode()[:room].decode(errors="ignore")
    return f"{who}{what}".strip(" .")


def _free(path: Path) -> Path:
    found, number = path, 2
    while found.exists():
        found = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    return found
