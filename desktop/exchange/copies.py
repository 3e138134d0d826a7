"""Copies of packages on this PC's own disk, in one folder.

A copy is named by its content's SHA-256, so nothing collides and the same content lies there once.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from desktop.errors import DiskFull, NotWritable, OneLedgerError
from desktop.exchange.disk import sync_path
from desktop.exchange.sticks import legible

_KEPT = re.compile(r"(?:(?P<name>.+)\.)?(?P<digest>[0-9a-f]{64})\.yzp")
#: In a file's name stay letters (Chinese ones too), digits, ``_`` and ``-``.
_UNFIT = re.compile(r"[^\w-]+")
_DEVICE = re.compile("con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)
_LONGEST_NAME = 40
_DRAFT = ".draft.tmp"


class KeptSpoilt(OneLedgerError):
    """A copy that lies beside the book is not what its name says, or cannot be read."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"本机保存的数据包副本已损坏或读不出：{where}。",
            "账本没有受影响；请重新写出，或请对方重新写出这个数据包。",
        )


@dataclass(frozen=True)
class Kept:
    """A copy on a shelf: its content's digest, a name for people, its size in bytes."""

    digest: str
    name: str
    path: Path
    size: int

    def read(self) -> bytes:
        """The content; raises :class:`KeptSpoilt` when it is not what it was."""
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise KeptSpoilt(str(self.path)) from error
        if sha256(content).hexdigest() != self.digest:
            raise KeptSpoilt(str(self.path))
        return content


class Shelf:
    """One folder of copies; it is made with the first of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, content: bytes) -> Kept:
        """Keep a copy, brought to the disk; ``name`` is what people know the package by.

        What is kept already stays under its name, and is written again only when it was spoilt.
        Raises :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`.
        """
        digest = sha256(content).hexdigest()
        for kept in self._of(digest):
            try:
                kept.read()
            except KeptSpoilt:
                write(kept.path, content)
            return kept
        stem = _UNFIT.sub("_", legible(name.removesuffix(".yzp")))[:_LONGEST_NAME].strip("_")
        if _DEVICE.fullmatch(stem):  # Windows would take the file for that device.
            stem = f"{stem}_"
        known = f"{stem}." if stem and not digest.startswith(stem) else ""
        path = self.folder / f"{known}{digest}.yzp"
        write(path, content)
        return Kept(digest, stem, path, len(content))

    def list(self) -> tuple[Kept, ...]:
        """What lies there, by file name; nothing else that somebody put into the folder."""
        found = []
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    match = _KEPT.fullmatch(entry.name)
                    if match and entry.is_file(follow_symlinks=False):
                        size = entry.stat(follow_symlinks=False).st_size
                        name = match["name"] or match["digest"]
                        found.append(Kept(match["digest"], name, self.folder / entry.name, size))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise KeptSpoilt(str(self.folder)) from error
        return tuple(sorted(found, key=lambda kept: kept.path.name))

    def get(self, digest: str) -> bytes | None:
        """The content with this digest, None when it does not lie there.

        Raises :class:`KeptSpoilt`.
        """
        return next((kept.read() for kept in self._of(digest)), None)

    def remove(self, digest: str) -> bool:
        """Take a copy away; whether there was one. Raises :class:`~desktop.errors.NotWritable`."""
        found = self._of(digest)
        with named(self.folder):
            for kept in found:
                kept.path.unlink(missing_ok=True)
        return bool(found)

    def _of(self, digest: str) -> tuple[Kept, ...]:
        return tuple(kept for kept in self.list() if kept.digest == digest)


def write(path: Path, content: bytes) -> None:
    """Bring a file to this PC's disk: a draft, then its name. Right here, wrong on a stick.

    Raises :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`.
    """
    draft = path.with_name(_DRAFT)
    with named(path):
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            sync_path(path.parent.parent)
        draft.unlink(missing_ok=True)
        try:
            with draft.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync_path(path.parent)


@contextmanager
def named(where: Path) -> Iterator[None]:
    """What the operating system refuses, as one of the world's errors."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (DiskFull if full else NotWritable)(str(where)) from error
