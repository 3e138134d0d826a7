"""What can be given out for filling: registers, by whom they divide, who gets how many rows. No Qt.

A scheme says the registers; the rest is read from the book for the register that was chosen.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from desktop.ledger.definitions import Field, Register, Scheme
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in import contents, files
from desktop.ui.grid import columns
from desktop.ui.worker import Progress

#: Fields that say whose a row is.
DIVIDING = frozenset({"link", "unit", "person", "choice", "text"})
#: What no recipient is called: texts that tell, not name.
TELLING = frozenset({"remark", "place"})
_ORDER = {"ledger": 0, "list": 1, "file": 2}


class Divider(msgspec.Struct, frozen=True):
    """A way to divide: ``name`` of the field, "" for the program's own (by unit)."""

    name: str
    title: str


class Recipient(msgspec.Struct, frozen=True):
    """One workbook to be made: whose, how many rows it asks about, how many blank ones follow."""

    name: str
    rows: int
    spare: int

    @property
    def unnamed(self) -> bool:
        """Whether nobody is named in the rows that it takes."""
        return self.name == contents.NOBODY


class Given(msgspec.Struct, frozen=True):
    """What was asked for: ``period`` and ``by`` "" where there is none."""

    register: str
    period: str = ""
    by: str = ""


class Division(msgspec.Struct, frozen=True):
    """The recipients of what was asked for, and the ways to divide it; ``lack`` says why there is
    nothing to be given out, "" where there is."""

    given: Given
    dividers: tuple[Divider, ...]
    recipients: tuple[Recipient, ...]
    lack: str = ""


class Written(msgspec.Struct, frozen=True):
    """What was written: where, by whose name which file, what had to be cut or is to be known."""

    folder: Path
    made: tuple[tuple[str, Path], ...]
    remarks: tuple[str, ...]


def registers(scheme: Scheme, level: str) -> tuple[Register, ...]:
    """The registers of which this level fills something: ledgers, lists, files."""
    found = [
        one
        for one in scheme.registers.values()
        if not one.internal
        and any(not columns.closed(scheme, one, field, level) for field in one.shown)
    ]
    weekly = scheme.head.weekly
    return tuple(sorted(found, key=lambda one: (one.name != weekly, _ORDER[one.shape])))


def divide(book: Book, given: Given) -> Division:
    """Who gets how many rows of what was asked for."""
    register = book.scheme.register(given.register)
    ways = dividers(book, register)
    by = given.by if given.by in {one.name for one in ways} else ""
    given = msgspec.structs.replace(given, by=by)
    try:
        made = contents.fill_ins(book, register.name, given.period or None, by=by or None)
    except contents.NothingToFill as error:
        return Division(given, ways, (), error.sentence)
    found = tuple(Recipient(one.recipient, len(one.rows), one.spare) for one in made)
    return Division(given, ways, found)


def dividers(book: Book, register: Register) -> tuple[Divider, ...]:
    """By whom the rows of a register may divide: fields of its own or its subject's that say so."""
    scheme = book.scheme
    subject = scheme.registers[register.of] if register.of else None
    found: dict[str, Divider] = {}
    owner = register.owner or (subject.owner if subject else None) or ""
    title = next(
        (one.by_name[owner].title for one in (register, subject) if one and owner in one.by_name),
        "单位" if register.of == "unit" else "不分，一份",
    )
    found[""] = Divider("", title)
    for one in (register, subject):
        if one is not None:
            told = _told(book, one)
            for field in one.shown:
                if field.name != owner and field.name in told and _divides(field):
                    found.setdefault(field.name, Divider(field.name, field.title))
    return tuple(found.values())


def write(
    book: Book, given: Given, wanted: Sequence[str], folder: Path, progress: Progress
) -> Written:
    """Write the workbooks of the recipients ``wanted``; all of them or none.

    Raises what :func:`~desktop.sheets.fill_in.contents.fill_ins` and
    :func:`~desktop.sheets.fill_in.files.write` do.
    """
    made = contents.fill_ins(book, given.register, given.period or None, by=given.by or None)
    chosen = [one for one in made if one.recipient in set(wanted)]
    written = files.write(book.scheme, chosen, folder, progress)
    remarks = [f"{path.name}：{sentence}" for _, path, said in written for sentence in said]
    return Written(folder, tuple((one.recipient, path) for one, path, _ in written), tuple(remarks))


def _divides(field: Field) -> bool:
    return field.type in DIVIDING and field.formula is None and field.name not in TELLING


def _told(book: Book, register: Register) -> set[str]:
    """The fields that say something in at least one record."""
    rows: list[dict[str, Any]] = book.rows(register.name, ours=True)
    return {name for row in rows for name, value in row.items() if value not in (None, "")}
