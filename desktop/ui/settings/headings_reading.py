"""What this PC remembers of the headings of workbooks that were read in; handing it on. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import msgspec

from desktop.sheets.proposals import signatures
from desktop.sheets.proposals.signatures import Memory, MemoryMalformed, Remembered
from desktop.ui.reading_in import remembering

#: A handed-down file has so many bytes at most; 500 tables take less than one.
LARGEST = 8 << 20
#: A name is so long at most.
LONGEST = 60


class Line(msgspec.Struct, frozen=True):
    """One table: its name, its headings in one line, when it was read last ("" where that was not
    noted), how many columns and units a person said."""

    signature: str
    name: str
    headings: str
    when: str
    said: int


class TakenIn(msgspec.Struct, frozen=True):
    """How many tables came that were not known, and how many took the place of what was."""

    new: int
    replaced: int
    same: int


def lines() -> tuple[Line, ...]:
    """All that is remembered, the latest first. Raises :class:`MemoryMalformed`."""
    return tuple(_line(one) for one in reversed(_memory().tables))


def rename(signature: str, name: str) -> None:
    """Call a table otherwise. Raises as :func:`lines` and :func:`signatures.save` do."""
    name = " ".join(name.split())[:LONGEST]
    if name:
        _save(
            msgspec.structs.replace(one, name=name) if one.signature == signature else one
            for one in _memory().tables
        )


def forget(known: Collection[str]) -> int:
    """Remember these tables no more; how many there were."""
    before = _memory().tables
    kept = [one for one in before if one.signature not in known]
    _save(kept)
    return len(before) - len(kept)


def hand_out(known: Collection[str], target: Path) -> int:
    """Write these tables, all where none is named, to a file; how many they are."""
    tables = _memory().tables
    wanted = tuple(one for one in tables if not known or one.signature in known)
    signatures.save(Memory(wanted), target)
    return len(wanted)


def take_in(source: Path) -> TakenIn:
    """Take in what another PC handed out. Raises :class:`MemoryMalformed` for anything else."""
    if not source.is_file() or source.stat().st_size > LARGEST:
        raise MemoryMalformed(source.name)
    memory, other = _memory(), signatures.load(source)
    known = {one.signature: one for one in memory.tables}
    new = sum(one.signature not in known for one in other.tables)
    same = sum(known.get(one.signature) == one for one in other.tables)
    if new + same < len(other.tables) or new:
        signatures.save(signatures.joined(memory, other), remembering.file())
    return TakenIn(new, len(other.tables) - new - same, same)


def _line(one: Remembered) -> Line:
    headings = "、".join(" ".join(heading.split()) for heading in one.headings if heading)
    name = " ".join(one.name.split())
    return Line(one.signature, name, headings, one.when, len(one.fields) + len(one.units))


def _memory() -> Memory:
    return signatures.load(remembering.file())


def _save(tables: Iterable[Remembered]) -> None:
    signatures.save(Memory(tuple(tables)), remembering.file())
