"""Where books are put when nobody says otherwise, and under which names."""

from __future__ import annotations

import re
from pathlib import Path

ENDING = ".yzb"
#: The folder for books in the person's documents, and the one of the demonstration.
FOLDER, DEMONSTRATION = "一本账", "一本账演示"
#: What no file's name may hold on Windows, and how long it may be with room for 备份 and the like.
_BARRED = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 60
#: Names that Windows keeps for devices.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def documents() -> Path:
    """The person's documents, as the system names them."""
    from PySide6.QtCore import QStandardPaths

    place = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(place) or Path.home())


def books_folder() -> Path:
    """The folder for books in the person's documents; named, not made."""
    return documents() / FOLDER


def file_name(unit: str) -> str:
    """The name of a unit's book: 空冢郭镇.yzb, without what no file's name may hold."""
    stem = _BARRED.sub("", unit).strip(" .")[:_LONGEST].strip(" .")
    if not stem or _DEVICES.fullmatch(stem):
        stem = "账本"
    return stem + ENDING


def told(folder: Path, most: int = 40) -> str:
    """A folder as it is shown in a line: a long one with its beginning left out."""
    text = str(folder)
    return text if len(text) <= most else f"…{text[1 - most :]}"


def free(path: Path) -> Path:
    """``path``, or the first of 名（2）, 名（3） … that nothing is called yet."""
    found, number = path, 2
    while found.exists():
        found = path.with_name(f"{path.stem}（{number}）{path.suffix}")
        number += 1
    return found
