"""One question as a person meets it: its words, its choices, what may be typed instead. No Qt.

A case is answered by one of its choices (1, 2, 3 …), the first of which Enter takes, or by a text
typed in the form of its column.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Choice(msgspec.Struct, frozen=True):
    """One thing to answer; ``id`` where the answer belongs to another question's id."""

    words: str
    answer: Any
    id: str = ""


class Case(msgspec.Struct, frozen=True):
    """One open question. ``row`` and ``column`` count from 0; ``typed`` says what may be typed
    instead of a choice ("" when nothing), ``offers`` what is offered while typing; ``proposed``
    whether the first choice is the reader's own proposal."""

    id: str
    field: str
    sheet: str
    row: int
    column: int
    title: str
    sentence: str
    text: str
    choices: tuple[Choice, ...]
    typed: str
    offers: tuple[str, ...] = ()
    proposed: bool = False

    @property
    def place(self) -> str:
        """Where it stands, as C7."""
        return self.id.rpartition("!")[2].partition(":")[0]
