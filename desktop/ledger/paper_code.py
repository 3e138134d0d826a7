"""The code on a paper 校验码: the head of the book at the moment when the paper was made.

Twelve signs, the beginning of the journal's chain value. With them a sheet of paper is traced to
the line of the journal that was the last one then, and what has come since is told.
"""

from __future__ import annotations

import re
import unicodedata

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger.store import Store

#: So many hexadecimal digits, in groups of four.
DIGITS, GROUP = 12, 4
#: What people read instead of a digit.
_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})


class MistypedCode(OneLedgerError):
    """What was typed is no code of a paper."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text}”不是纸上的校验码。", "校验码是 12 位数字和字母 A–F，如 3F0A-91C4-77DE。"
        )


class NotOfThisBook(OneLedgerError):
    """A paper's code that this book's journal never had."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"校验码 {code} 不出自本账本。",
            "请核对是否抄错，或者是否为其他账本印出的纸；也可以打印全部。",
        )


class Later(msgspec.Struct, frozen=True):
    """The first entry that came after the paper."""

    position: int
    time: str
    operator: str
    register: str
    record: str
    act: str


class Trace(msgspec.Struct, frozen=True):
    """Where a paper's code stands in a journal.

    ``position`` and ``time`` are of the last line that the paper knew, ``later`` how many lines
    came after it and ``first_later`` the first of them. ``found`` is False, and all else empty,
    when this journal never had such a head.
    """

    code: str
    found: bool
    position: int | None = None
    time: str | None = None
    later: int = 0
    first_later: Later | None = None


def code(head: str) -> str:
    """The code of a head (64 hexadecimal digits): ``3F0A-91C4-77DE``."""
    digits = head[:DIGITS].upper()
    return "-".join(digits[at : at + GROUP] for at in range(0, DIGITS, GROUP))


def trace(store: Store, text: str) -> Trace:
    """Where the head with this code stands in the journal; typed with or without dashes.

    Raises :class:`MistypedCode`.
    """
    typed = re.sub(r"[\s\-－—–·]+", "", unicodedata.normalize("NFKC", text)).upper()
    digits = typed.translate(_ALIKE).lower()
    if not re.fullmatch(f"[0-9a-f]{{{DIGITS}}}", digits):
        raise MistypedCode(text if len(text) <= 40 else text[:40] + "…")
    row = store.connection.execute(
        "SELECT position, time FROM journal WHERE chain GLOB ? ORDER BY position DESC LIMIT 1",
        (f"{digits}*",),
    ).fetchone()
    if row is None:
        return Trace(code(digits), False)
    position, time = row
    after = store.connection.execute(
        "SELECT position, time, operator, register, record, act FROM journal"
        " WHERE position > ? ORDER BY position LIMIT 1",
        (position,),
    ).fetchone()
    (later,) = store.connection.execute(
        "SELECT count(*) FROM journal WHERE position > ?", (position,)
    ).fetchone()
    return Trace(code(digits), True, position, time, later, Later(*after) if after else None)


def known(store: Store, text: str) -> Trace:
    """The trace of a code that must be this book's: its ``position`` and ``time`` are there.

    Raises :class:`MistypedCode` and :class:`NotOfThisBook`.
    """
    found = trace(store, text)
    if not found.found:
        raise NotOfThisBook(found.code)
    return found
