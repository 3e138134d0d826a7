"""What this PC remembers between two starts: where one was, widths of columns, page setups.

Small JSON files in the person's profile, one for the PC and one for each book; never in the book,
and never anything that would be missed. A file that cannot be read is begun anew, one that cannot
be written is left: remembering must not get in the way of work.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

FOLDER = "window"


class Memory:
    """One file of remembered values by key; values are JSON.

    Another window of this PC may write the same file: each writes only what it changed itself.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept = _read(path)
        self._changed: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        """What was remembered under ``key``."""
        return self._kept.get(key, default)

    def put(self, key: str, value: Any) -> None:
        """Remember ``value`` under ``key``; it is on the disk after the next :meth:`save`."""
        if self._kept.get(key) != value:
            self._kept[key] = value
            self._changed.add(key)

    def save(self) -> None:
        """Write what has changed, as a whole: a file of the same name is replaced."""
        if not self._changed:
            return
        draft = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        with suppress(OSError, UnicodeEncodeError):  # A path may hold what is no text.
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._kept = {**_read(self.path), **{key: self._kept[key] for key in self._changed}}
            draft.write_bytes(msgspec.json.encode(self._kept))
            draft.replace(self.path)
            self._changed.clear()


def of_pc(profile: Path) -> Memory:
    """What holds for every book: recent books, size of type, light or dark."""
    return Memory(profile / FOLDER / "pc.json")


def of_book(profile: Path, identity: str) -> Memory:
    """What holds for one book."""
    return Memory(profile / FOLDER / f"{identity}.json")


def _read(path: Path) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(path.read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}
