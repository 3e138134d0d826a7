"""Fill-in workbooks as files: one per recipient, named for people, never over one that is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from desktop.ledger.definitions import Scheme
from desktop.sheets.fill_in.contents import FillIn
from desktop.sheets.fill_in.drawing import drawn
from desktop.sheets.writing.looks import Remarks
from desktop.sheets.writing.registers import put_in_place

#: A file's name has so many UTF-8 bytes at most; file systems take 255.
LONGEST_NAME = 200
_NO_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def write(
    scheme: Scheme, made: Sequence[FillIn], folder: Path
) -> list[tuple[FillIn, Path, tuple[str, ...]]]:
    """Write each into ``folder`` under a name of its own, never over a file that is there.

    Returns the paths, each with sentences about what had to be cut. Raises
    :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`.
    """
    written = []
    for one in made:
        remarks = Remarks()
        path = _free(folder / file_name(one))
        put_in_place(path, memoryview(drawn(one, scheme, remarks)))
        written.append((one, path, remarks.sentences()))
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
