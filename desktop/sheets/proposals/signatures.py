"""What was said of a table's columns, remembered by its headings and proposed next time.

The signature of a table is what its headings say, in their order, with their times made relative:
last week's workbook and this week's have the same. Remembered are the person's answers about
columns (which field, which unit of money), never values. They stand in one file per scheme beside
the program's other settings on this PC: a memory is a habit of whoever reads here, no record of the
book. A remembered table has a name, can be written to a file and taken in elsewhere.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from desktop.ledger.definitions import Scheme
from desktop.sheets.meaning.wording import said
from desktop.sheets.proposals.answers import Answers, agrees, passes
from desktop.sheets.proposals.overview import COLUMN, TableSeen
from desktop.sheets.proposals.told import MONEY_UNIT, UNITS, unit_said
from desktop.sheets.workbook.grid import address
from desktop.sheets.workbook.refusals import SheetsRefusal

#: Where the memory stands in the profile.
FILE = "mappings.json"
FORMAT = "oneledger-mappings-1"
#: So many tables are remembered; the one not met for longest goes first.
MOST = 500
MAX_BYTES = 16 << 20


class Remembered(msgspec.Struct, frozen=True):
    """One table: its signature, a name for people, its headings, and heading's number → answers
    (field or None, unit of money); ``when`` it was read last, "" where that was not noted."""

    signature: str
    name: str
    headings: tuple[str, ...]
    fields: Mapping[str, str | None] = {}
    units: Mapping[str, str] = {}
    when: str = ""


class Memory(msgspec.Struct, frozen=True):
    """All that is remembered, the latest last."""

    tables: tuple[Remembered, ...] = ()
    format: str = FORMAT


class _Written(msgspec.Struct, frozen=True):
    """A memory in its file: any other JSON is none, not an empty one."""

    tables: tuple[Remembered, ...]
    format: str


class MemoryMalformed(SheetsRefusal):
    """A file of mappings that is none."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"“{file}”不是表头对应关系的文件。", "请选择由本程序导出的文件（*.json）。"
        )


class MemoryNotWritten(SheetsRefusal):
    """The disk does not take the file."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"表头对应关系没有存入“{file}”：{reason}。",
            "请检查磁盘空间和文件夹权限；账本不受影响。",
        )


def signature(table: TableSeen) -> str:
    """What tells a table again: its headings, the times in them made relative."""
    words = "\n".join(
        "/".join(said(part) for part in one.heading.split("/")) for one in table.columns
    )
    return hashlib.sha256(words.encode()).hexdigest()[:24]


def load(file: Path) -> Memory:
    """What ``file`` remembers; nothing where there is none. Raises :class:`MemoryMalformed`."""
    try:
        if file.stat().st_size > MAX_BYTES:
            raise MemoryMalformed(file.name)
        found = msgspec.json.decode(file.read_bytes(), type=_Written)
    except FileNotFoundError:
        return Memory()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise MemoryMalformed(file.name) from None
    if found.format != FORMAT:
        raise MemoryMalformed(file.name)
    return Memory(found.tables)


def save(memory: Memory, file: Path) -> None:
    """Write a memory, or a part of it to be handed down; never over a file that is none.

    Raises :class:`MemoryNotWritten`, :class:`MemoryMalformed`.
    """
    if file.is_file():
        load(file)
    draft = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as out:
            out.write(msgspec.json.format(msgspec.json.encode(memory), indent=1))
            out.flush()
            os.fsync(out.fileno())  # else a power cut leaves the new name with nothing in it
        draft.replace(file)  # whole or not at all
    except OSError as error:
        raise MemoryNotWritten(str(file), error.strerror or type(error).__name__) from error


def proposed(
    memory: Memory, tables: Iterable[TableSeen], given: Answers, scheme: Scheme
) -> Answers:
    """``given`` with what is remembered of these tables, as far as ``scheme`` has its fields;
    today's answers count more."""
    known = {one.signature: one for one in memory.tables}
    answers: dict[str, Any] = {}
    for table in tables:
        held = known.get(signature(table))
        if held is None:
            continue
        for number, column in enumerate(table.columns):
            place = f"{table.sheet}!{address(*column.head)}"
            field = held.fields.get(str(number))
            if str(number) in held.fields and (field is None or has(scheme, field)):
                answers[f"{place}:{COLUMN}"] = field
            if held.units.get(str(number)) in UNITS:
                answers[f"{place}:{MONEY_UNIT}"] = held.units[str(number)]
    found = Answers({**answers, **given.given})
    found.used.update(answers)  # what is remembered need not meet a question
    return found


def has(scheme: Scheme, name: str) -> bool:
    """Whether a scheme has a field that a column can be: its name or its title."""
    return any(
        name in (field.name, field.title) and field.formula is None
        for register in scheme.registers.values()
        for field in register.field
    )


def remembered(
    memory: Memory, tables: Iterable[TableSeen], answers: Answers, name: str, when: str = ""
) -> Memory:
    """``memory`` with what ``answers`` say of the columns of ``tables``; ``name`` and ``when`` (an
    ISO date) are for people."""
    held = {one.signature: one for one in memory.tables}
    for table in tables:
        fields, units = _answered(table, answers)
        if not fields and not units:
            continue
        key = signature(table)
        before = held.pop(key, None)
        headings = tuple(column.heading for column in table.columns)
        kept = before.name if before else name
        held[key] = Remembered(key, kept, headings, fields, units, when)
    return Memory(tuple(held.values())[-MOST:])


def joined(memory: Memory, other: Memory) -> Memory:
    """``memory`` with another's tables taken in; where both know a table, the other counts."""
    held = {one.signature: one for one in memory.tables}
    for one in other.tables:
        held.pop(one.signature, None)
        held[one.signature] = one
    return Memory(tuple(held.values())[-MOST:])


def _answered(table: TableSeen, answers: Answers) -> tuple[dict[str, str | None], dict[str, str]]:
    """The person's answers about a table's columns, by the column's number."""
    fields: dict[str, str | None] = {}
    units: dict[str, str] = {}
    for number, column in enumerate(table.columns):
        place = f"{table.sheet}!{address(*column.head)}"
        for identity, value in answers.given.items():
            if not identity.startswith(f"{place}:"):
                continue
            what = identity.rpartition(":")[2]
            if what == MONEY_UNIT:
                unit = column.unit if agrees(value) else unit_said(value)
                if unit in UNITS:
                    units[str(number)] = unit
            elif what == COLUMN or column.question == identity or what in column.fields:
                fields[str(number)] = _field(what, value)
    return fields, units


def _field(asked: str, value: Any) -> str | None:
    """The field that an answer about a column names: yes means the one that was asked."""
    if agrees(value):
        return asked if asked != COLUMN else None
    return None if passes(value) else str(value)
