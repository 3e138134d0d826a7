"""Shelves: folders beside a book ``X.yzb`` where copies of packages lie on this PC's own disk.

``X.outbox`` what was sent and is not yet acknowledged, ``X.held`` what waits, ``X.quarantine`` what
was refused, each with a note that says why. A copy is named by its content's SHA-256, so nothing
collides and the same content lies there once.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from desktop.errors import DiskFull, NotWritable, OneLedgerError
from desktop.exchange.disk import sync_path
from desktop.exchange.sticks import first, legible, opened

#: The ending of the note beside a refused package.
NOTE = ".原因.txt"
#: A note takes no further reason when it is as long as this, in bytes.
LONGEST_NOTE = 1 << 16
#: So many refused copies, so many bytes of them, lie beside one book; the oldest go first.
MOST_REFUSED, ROOM_FOR_REFUSED = 1000, 1 << 30

_WORDS = ("时间", "来源", "原因", "办法", "代号")
_SAID = re.compile(f"^({'|'.join(_WORDS)})：(.*)$", re.MULTILINE)
_KEPT = re.compile(r"(?:(?P<name>.+)\.)?(?P<digest>[0-9a-f]{64})\.yzp")
#: In a file's name stay letters (Chinese ones too), digits, ``_`` and ``-``.
_UNFIT = re.compile(r"[^\w-]+")
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


@dataclass(frozen=True)
class Refused:
    """A package that was refused: when last, where it was found, why, what is to be done.

    ``name`` is the refusal's; ``copy`` is where it lies beside the book, None where there is none.
    """

    when: str
    source: str
    reason: str
    advice: str
    name: str
    note: Path
    copy: Path | None


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
                _write(kept.path, content)
            return kept
        stem = _UNFIT.sub("_", legible(name.removesuffix(".yzp")))[:_LONGEST_NAME].strip("_")
        known = f"{stem}." if stem and not digest.startswith(stem) else ""
        path = self.folder / f"{known}{digest}.yzp"
        _write(path, content)
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
        """Take a copy and its note away; whether there was one.

        Raises :class:`~desktop.errors.NotWritable`.
        """
        found = self._of(digest)
        with _named(self.folder):
            for path in [*(kept.path for kept in found), *([self.note(digest)] if found else [])]:
                path.unlink(missing_ok=True)
        return bool(found)

    def note(self, digest: str) -> Path:
        """Where the note beside a copy stands."""
        return self.folder / f"{digest}{NOTE}"

    def _of(self, digest: str) -> tuple[Kept, ...]:
        return tuple(kept for kept in self.list() if kept.digest == digest)


class Shelves:
    """The shelves of the book at ``book`` (``X.yzb``)."""

    def __init__(self, book: Path) -> None:
        self.outbox = Shelf(book.with_name(f"{book.stem}.outbox"))
        self.held = Shelf(book.with_name(f"{book.stem}.held"))
        self.refused = Shelf(book.with_name(f"{book.stem}.quarantine"))

    def quarantine(
        self,
        what: bytes | Path,
        reason: OneLedgerError,
        source: str,
        when: datetime | None = None,
    ) -> Path:
        """Keep a refused package with a note: when, from where (``source``), which refusal.

        What is larger than any package, or cannot be read, is not copied, only noted. The same
        content is kept once; a further reason is added to its note. Beyond the room for such
        copies the oldest are dropped, which their notes say. Gives the note's path. Raises
        :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`.
        """
        content, size = (what, len(what)) if isinstance(what, bytes) else _content(what)
        if content is None or len(content) > _largest():
            said, digest = "没有复制", sha256(f"{source}\n{size}".encode("utf-8", "replace"))
        else:
            name = re.split(r"[\\/]", source)[-1]
            digest, said = sha256(content), self.refused.put(name, content).path.name
        note = self.refused.note(digest.hexdigest())
        moment = f"{when or datetime.now():%Y-%m-%d %H:%M:%S}"
        _add(note, moment, _reason(reason, legible(source), size, said))
        self._drop_oldest(digest.hexdigest(), moment)
        return note

    def reasons(self) -> tuple[Refused, ...]:
        """What was refused, the newest first; a note that cannot be read is left out."""
        copies = {kept.digest: kept.path for kept in self.refused.list()}
        found = []
        for note in self.refused.folder.glob(f"*{NOTE}"):
            try:
                said = _last_said(note.read_text("utf-8-sig", "replace"))
            except OSError:
                continue
            when, source, why, advice, name = (said.get(word, "") for word in _WORDS)
            copy = copies.get(note.name.removesuffix(NOTE))
            found.append(Refused(when, source, why, advice, name, note, copy))
        return tuple(sorted(found, key=lambda one: (one.when, one.note.name), reverse=True))

    def _drop_oldest(self, newest: str, moment: str) -> None:
        """Bring what is refused under its bounds, whatever comes; the ``newest`` copy stays."""
        with _named(self.refused.folder):
            copies = sorted(
                (kept for kept in self.refused.list() if kept.digest != newest),
                key=lambda kept: (kept.path.stat().st_mtime_ns, kept.path.name),
            )
        count, room = len(copies) + 1, sum(kept.size for kept in copies)
        for kept in copies:
            if count <= MOST_REFUSED and room <= ROOM_FOR_REFUSED:
                break
            with _named(kept.path):
                kept.path.unlink(missing_ok=True)
            said = "副本：隔离的文件太多，已删去最早的这一份\r\n"
            _add(self.refused.note(kept.digest), moment, said)
            count, room = count - 1, room - kept.size


def _reason(reason: OneLedgerError, source: str, size: int | None, copy: str) -> str:
    return "\r\n".join(
        (
            f"来源：{source}",
            f"大小：{'读不出' if size is None else f'{size} 字节'}",
            f"副本：{copy}",
            f"原因：{reason.sentence}",
            f"办法：{reason.advice}",
            f"代号：{reason.name}",
            "",
        )
    )


def _last_said(text: str) -> dict[str, str]:
    """The newest reason in a note: each begins with its time; a dropped copy is no reason."""
    said: dict[str, str] = {}
    moment = ""
    for word, what in _SAID.findall(text):
        moment = what if word == "时间" else moment
        if word == "来源":
            said = {"时间": moment}
        said.setdefault(word, what)
    return said


def _add(note: Path, moment: str, reason: str) -> None:
    """Write the reason into the note, unless it says it already or is long enough."""
    with _named(note):
        before = note.read_bytes() if note.exists() else b""
    added = f"时间：{moment}\r\n{reason}\r\n".encode("utf-8", "replace")
    if not before:
        _write(note, b"\xef\xbb\xbf" + added)  # The mark by which old editors know UTF-8.
    elif reason.encode("utf-8", "replace") not in before and len(before) < LONGEST_NOTE:
        _write(note, before + added)


def _content(path: Path) -> tuple[bytes | None, int | None]:
    """A file's content and size; None for what is not read."""
    try:
        with opened(path) as (handle, size):
            return (first(handle, size) if size <= _largest() else None), size
    except OSError:
        return None, None


def _largest() -> int:
    from desktop.exchange import container  # Brings the cryptography along: only when needed.

    return container.FRONT + container.LARGEST_BODY


def _write(path: Path, content: bytes) -> None:
    """Bring a file to this PC's disk: a draft, then its name. Right here, wrong on a stick."""
    draft = path.with_name(_DRAFT)
    with _named(path):
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
def _named(where: Path) -> Iterator[None]:
    """What the operating system refuses, as one of the world's errors."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise (DiskFull if full else NotWritable)(str(where)) from error
