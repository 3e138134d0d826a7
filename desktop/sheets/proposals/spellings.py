"""Other spellings of projects' names, remembered when a person has said which project is meant: the
sender who writes 产业园二期项目 for 产业园二期 does so every week.

They stand in a file of this PC, a habit as the headings are (:mod:`.signatures`): spelling → the
project's identity, which no other book has. A name of the book itself is never taken for another's.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

import msgspec

from desktop.sheets.meaning.known import bare_name
from desktop.sheets.proposals.proposal import Question
from desktop.sheets.proposals.signatures import MAX_BYTES, MemoryNotWritten

#: Where they stand in the profile.
FILE = "spellings.json"
FORMAT = "oneledger-spellings-1"
#: So many are kept; the oldest go first.
MOST = 5_000


class _Written(msgspec.Struct, frozen=True):
    spellings: Mapping[str, str]
    format: str


def load(file: Path) -> dict[str, str]:
    """Spelling → identity; nothing where there is no such file, or a spoilt one: it costs a
    question, no value."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return {}
        found = msgspec.json.decode(file.read_bytes(), type=_Written)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return {}
    return dict(found.spellings) if found.format == FORMAT else {}


def answers(
    known: Mapping[str, str], questions: Iterable[Question], field: str, records: Container[str]
) -> dict[str, str]:
    """Answers to the questions which project is meant (``field``), where its spelling is known and
    the project is one of the book's ``records``."""
    found: dict[str, str] = {}
    for one in questions:
        record = known.get(bare_name(one.text)) if one.field == field else None
        if record is not None and record in records:
            found[one.id] = record
    return found


def keep(file: Path, called: Mapping[str, str]) -> None:
    """Remember what spellings were said to mean. Raises :class:`MemoryNotWritten`."""
    before = load(file)
    after = {name: record for name, record in before.items() if name not in called}
    after.update(called)
    if after == before:
        return
    written = _Written(dict(list(after.items())[-MOST:]), FORMAT)
    draft = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("wb") as out:
            out.write(msgspec.json.encode(written))
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    except OSError as error:
        raise MemoryNotWritten(str(file), error.strerror or type(error).__name__) from error
