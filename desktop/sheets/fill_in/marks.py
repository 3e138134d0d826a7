"""What a fill-in workbook carries unseen, so that it is known again when it comes back.

A hidden row over the headings begins with the *mark* (whose book, which register and period, under
which scheme) and names every column; a hidden column names every row. A hidden worksheet repeats
both and holds what was given out, so that a change can be told from what stood there before. Any
two of the three may be lost in a filler's hands: what is left is enough to recognise the workbook.
Every mark ends with a check over itself, so that half a mark is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from desktop.ledger.entry import json_text
from desktop.ledger.money import Unit

#: What every mark begins with; a new form gets a new number.
FORM = "oneledger-fill-in/1"
SHEET = "填报标记（请勿删除）"
#: The key of a row that was left blank for a new record.
SPARE = "+"
#: A given text longer than this is remembered by its digest.
LONGEST = 2_000
CARRIED = "carried"
#: No table has more rows of headings.
DEEPEST = 10
_CHECK = 8
#: What a cell of the hidden sheet can hold.
_Kept = str | int | float | bool | list[str] | None


class Mark(msgspec.Struct, frozen=True):
    """Where a workbook comes from: ``book`` and ``unit`` whose it is, ``version`` of the scheme,
    ``depth`` in heading rows, ``columns`` from their key to the path of their heading.

    The key of a column is the field's name; ``=name`` is shown of the subject, ``<name`` is the
    period before, ``!name`` is an own field that is only shown.
    """

    book: str
    unit: str
    register: str
    period: str | None
    version: int
    money: Unit
    recipient: str
    depth: int
    columns: Mapping[str, tuple[str, ...]]


class GivenRow(msgspec.Struct, frozen=True):
    """A row as it was given out: the subject and the record (a list's is its own, a ledger's
    follows from its parts), the values of ``cells`` as the sheet showed them by column key; those
    of ``carried`` came from the period before and are not in the book yet."""

    subject: str
    record: str
    cells: Mapping[str, Any]
    carried: frozenset[str] = frozenset()

    @property
    def place(self) -> tuple[str, str]:
        """What tells one row from another."""
        return self.subject, self.record


def encode(mark: Mark) -> str:
    """The mark as the text of a cell."""
    body = json_text(msgspec.to_builtins(mark))
    return f"{FORM} {_check(body)} {body}"


def decode(text: str) -> Mark | None:
    """The mark in a cell's text, None where there is none or it is not whole."""
    form, _, rest = text.partition(" ")
    check, _, body = rest.partition(" ")
    if form != FORM or check != _check(body):
        return None
    try:
        mark = msgspec.json.decode(body, type=Mark)
    except (msgspec.MsgspecError, RecursionError):
        return None
    sound = 0 < mark.depth <= DEEPEST and all(mark.columns) and all(mark.columns.values())
    return mark if sound else None


def row_key(mark: Mark, place: tuple[str, str]) -> str:
    """What the hidden column holds for a row: subject, record, and a check over both and the
    mark's book, register, period and recipient: a row copied from another recipient's workbook
    has no key here."""
    subject, record = place
    return f"{subject}.{record}.{_row_check(mark, subject, record)}"


def spare_key(mark: Mark, number: int) -> str:
    """The key of a blank row, counted from 1."""
    return row_key(mark, (SPARE, str(number)))


def read_key(mark: Mark, text: str) -> tuple[str, str] | None:
    """Subject and record of a row's key, None where it is none of this mark's."""
    parts = text.strip().split(".")
    if len(parts) != 3 or parts[2] != _row_check(mark, parts[0], parts[1]):
        return None
    return parts[0], parts[1]


def kept(value: Any) -> str:
    """A given value as the hidden sheet keeps it; a long text by its digest."""
    if isinstance(value, str) and len(value) > LONGEST:
        return f"#{sha256(value.encode('utf-8', 'replace')).hexdigest()}"
    return "" if value is None else json_text(value)


def recalled(text: str) -> Any:
    """The inverse of :func:`kept`: the value; of a long text its digest, which begins with ``#``;
    None for what is damaged."""
    if not text or text.startswith("#"):
        return text or None
    try:
        return msgspec.json.decode(text, type=_Kept)
    except (msgspec.MsgspecError, RecursionError):
        return None


def is_digest(value: Any) -> bool:
    """Whether a recalled value stands for a long text."""
    return isinstance(value, str) and value.startswith("#") and len(value) == 65


def _row_check(mark: Mark, subject: str, record: str) -> str:
    named = [mark.book, mark.register, mark.period, mark.recipient, subject, record]
    return _check(json_text(named))


def _check(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:_CHECK]
