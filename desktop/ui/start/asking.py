"""The system's own dialogs of the first start: which book, which package, which folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

BOOKS, PACKAGES = "账本 (*.yzb)", "数据包 (*.yzp);;所有文件 (*)"

Ask = Callable[[QWidget, str, Path], Path | None]
"""Asks the person for a book: (parent, title, folder) → what was chosen, or None."""


def ask_for_book(parent: QWidget, title: str, folder: Path) -> Path | None:
    """A book or a backup of one."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(folder), BOOKS)
    return Path(chosen) if chosen else None


def ask_for_package(parent: QWidget, folder: Path) -> Path | None:
    """A package; a file that was renamed can be chosen too."""
    chosen, _ = QFileDialog.getOpenFileName(parent, "选择任务包或互换包", str(folder), PACKAGES)
    return Path(chosen) if chosen else None


def ask_for_folder(parent: QWidget, folder: Path) -> Path | None:
    """The folder in which a book is kept."""
    chosen = QFileDialog.getExistingDirectory(parent, "账本放在哪个文件夹", str(folder))
    return Path(chosen) if chosen else None
