"""Where a paper is saved: the name proposed, the folder remembered, the whole file or none."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import NotFound, NotWritable, OneLedgerError
from desktop.ui.memory import Memory

#: Whether papers are set in the office's own fonts; kept for the PC.
OFFICE_FONTS = "office_fonts"
#: Where this book's papers were saved last.
FOLDER = "papers.folder"

FILTERS = {
    ".pdf": "PDF 文件 (*.pdf)",
    ".docx": "Word 文档 (*.docx)",
    ".xlsx": "Excel 工作簿 (*.xlsx)",
}

Ask = Callable[[QWidget, str, Path, str], Path | None]
"""Asks the person for a file: (parent, title, proposed, filter) → what was chosen, or None."""


#: Windows says in its own number that a name is too long (ERROR_FILENAME_EXCED_RANGE).
_TOO_LONG_WINDOWS = 206


class NameTooLong(OneLedgerError):
    """The file's name, or the way to it, is longer than the disk takes."""

    def __init__(self, target: Path) -> None:
        super().__init__(
            f"文件名太长，没有保存：“{target.name[:20]}……”共 {len(target.name)} 个字。",
            "请把文件名写短一些再保存。",
        )


@contextmanager
def named(target: Path) -> Iterator[None]:
    """Say it in its own words when writing ``target`` fails because of its long name."""
    try:
        yield
    except NotWritable as error:
        fault = error.__cause__
        if isinstance(fault, OSError) and (
            fault.errno == errno.ENAMETOOLONG
            or getattr(fault, "winerror", None) == _TOO_LONG_WINDOWS
        ):
            raise NameTooLong(target) from error
        raise


def ask_for_file(parent: QWidget, title: str, proposed: Path, kinds: str) -> Path | None:
    """The system's own dialog; it asks itself before a file is replaced."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(proposed), kinds)
    return Path(chosen) if chosen else None


def folder(memory: Memory) -> Path:
    """The folder to propose: the last one while it is there, else the person's documents."""
    kept = memory.get(FOLDER)
    if isinstance(kept, str) and Path(kept).is_dir():
        return Path(kept)
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())


def with_ending(path: Path, ending: str) -> Path:
    """``path`` with its ending, where the person typed none or another."""
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def write_pdf(data: bytes, target: Path) -> Path:
    """The PDF at ``target``, whole or not at all.

    Raises :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`,
    :class:`NameTooLong`.
    """
    from desktop.reports.binding import lay_down

    with named(target):
        lay_down(data, target)
    return target


def open_folder(path: Path) -> None:
    """Show the folder of a saved file; raises :class:`~desktop.errors.NotFound`."""
    if not path.parent.is_dir():
        raise NotFound(str(path.parent))
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
