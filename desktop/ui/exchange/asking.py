"""Folders and files that the person chooses or drops; the folder is remembered per book."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.ui.memory import Memory

#: Where packages were looked for, or written, last.
FOLDER = "exchange.folder"
FILTER = "数据包 (*.yzp);;所有文件 (*)"

AskFolder = Callable[[QWidget, str, Path], Path | None]
"""Asks for a folder: (parent, title, proposed) → what was chosen, or None."""
AskFiles = Callable[[QWidget, str, Path], tuple[Path, ...]]
"""Asks for files: (parent, title, folder) → what was chosen."""


def ask_for_folder(parent: QWidget, title: str, proposed: Path) -> Path | None:
    """The system's own dialog."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(proposed))
    return Path(chosen) if chosen else None


def ask_for_files(parent: QWidget, title: str, folder: Path) -> tuple[Path, ...]:
    """The system's own dialog; files that were renamed can be chosen too."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, str(folder), FILTER)
    return tuple(Path(one) for one in chosen)


def folder(memory: Memory) -> Path:
    """The folder to begin with: the last one while it is there, else the person's documents."""
    kept = memory.get(FOLDER)
    if isinstance(kept, str) and Path(kept).is_dir():
        return Path(kept)
    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())


def dropped(event: QDropEvent) -> tuple[Path, ...]:
    """The files and folders that are being dropped; nothing else counts."""
    return tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
