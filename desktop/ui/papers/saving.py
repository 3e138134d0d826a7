"""Where a paper is saved: the name proposed, the folder remembered, the whole file or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.errors import NotFound
from desktop.ui.memory import Memory

#: Where this book's papers were saved last.
FOLDER = "papers.folder"

FILTERS = {".pdf": "PDF 文件 (*.pdf)", ".xlsx": "Excel 工作簿 (*.xlsx)"}

Ask = Callable[[QWidget, str, Path, str], Path | None]
"""Asks the person for a file: (parent, title, proposed, filter) → what was chosen, or None."""


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

    Raises :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`.
    """
    from desktop.reports.binding import lay_down

    lay_down(data, target)
    return target


def open_folder(path: Path) -> None:
    """Show the folder of a saved file; raises :class:`~desktop.errors.NotFound`."""
    if not path.parent.is_dir():
        raise NotFound(str(path.parent))
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
