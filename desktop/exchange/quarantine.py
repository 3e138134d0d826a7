"""Quarantine: copies of the packages that were refused, each with a note that says why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from desktop.errors import OneLedgerError
from desktop.exchange.copies import Shelf, named, write
from desktop.exchange.sticks import first, legible, opened

#: The ending of the note beside a refused package.
NOTE = ".原因.txt"
#: A note takes no further reason when it is as long as this, in bytes.
LONGEST_NOTE = 1 << 16
#: So many refused copies, so many bytes of them, lie beside one book; the oldest go first.
MOST_REFUSED, ROOM_FOR_REFUSED = 1000, 1 << 30
#: So many notes; the oldest of those whose package has no copy here go first.
MOST_NOTES = 5000

_WORDS = ("时间", "来源", "原因", "办法", "代号")
_SAID = re.compile(f"^({'|'.join(_WORDS)})：(.*)$", re.MULTILINE)


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


class Quarantine(Shelf):
    """The folder of refused packages and their notes."""

    def keep(
        self,
        what: bytes | Path,
        reason: OneLedgerError,
        source: str,
        when: datetime | None = None,
    ) -> Path:
        """Keep a refused package with a note: when, from where (``source``), which refusal.

        What is larger than any package, or cannot be read, is not copied, only noted. The same
        content is kept once; a further reason is added to its note. Beyond the room for such
        copies the oldest are dropped, which their notes say, and beyond :data:`MOST_NOTES` the
        oldest notes of what has no copy. Gives the note's path. Raises
        :class:`~desktop.errors.DiskFull`, :class:`~desktop.errors.NotWritable`.
        """
        content, size = (what, len(what)) if isinstance(what, bytes) else _content(what)
        if content is None or len(content) > _largest():
            said, digest = "没有复制", sha256(f"{source}\n{size}".encode("utf-8", "replace"))
        else:
            name = re.split(r"[\\/]", source)[-1]
            digest, said = sha256(content), self.put(name, content).path.name
        note = self.note(digest.hexdigest())
        moment = f"{when or datetime.now():%Y-%m-%d %H:%M:%S}"
        _add(note, moment, _reason(reason, legible(source), size, said))
        self._drop_oldest(digest.hexdigest(), moment)
        return note

    def remove(self, digest: str) -> bool:
        """Take a copy and its note away; whether there was one.

        Raises :class:`~desktop.errors.NotWritable`.
        """
        there = super().remove(digest)
        if there:
            with named(self.folder):
                self.note(digest).unlink(missing_ok=True)
        return there

    def note(self, digest: str) -> Path:
        """Where the note beside a copy stands."""
        return self.folder / f"{digest}{NOTE}"

    def reasons(self) -> tuple[Refused, ...]:
        """What was refused, the newest first; a note that cannot be read is left out."""
        copies = {kept.digest: kept.path for kept in self.list()}
        found = []
        for note in self.folder.glob(f"*{NOTE}"):
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
        with named(self.folder):
            copies = sorted(
                (kept for kept in self.list() if kept.digest != newest),
                key=lambda kept: (kept.path.stat().st_mtime_ns, kept.path.name),
            )
        count, room = len(copies) + 1, sum(kept.size for kept in copies)
        for kept in copies:
            if count <= MOST_REFUSED and room <= ROOM_FOR_REFUSED:
                break
            with named(kept.path):
                kept.path.unlink(missing_ok=True)
            said = "副本：隔离的文件太多，已删去最早的这一份\r\n"
            _add(self.note(kept.digest), moment, said)
            count, room = count - 1, room - kept.size
        self._drop_oldest_notes(newest)

    def _drop_oldest_notes(self, newest: str) -> None:
        """Notes whose package has no copy here, the oldest first, until there are few enough."""
        with named(self.folder):
            notes = list(self.folder.glob(f"*{NOTE}"))
            if len(notes) <= MOST_NOTES:
                return
            beside = {self.note(kept.digest) for kept in self.list()} | {self.note(newest)}
            alone = sorted(
                (note for note in notes if note not in beside),
                key=lambda note: (note.stat().st_mtime_ns, note.name),
            )
            for note in alone[: len(notes) - MOST_NOTES]:
                note.unlink(missing_ok=True)


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
    with named(note):
        before = note.read_bytes() if note.exists() else b""
    added = f"时间：{moment}\r\n{reason}\r\n".encode("utf-8", "replace")
    if not before:
        write(note, b"\xef\xbb\xbf" + added)  # The mark by which old editors know UTF-8.
    elif reason.encode("utf-8", "replace") not in before and len(before) < LONGEST_NOTE:
        write(note, before + added)


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
