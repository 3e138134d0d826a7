"""The columns of a table as they were read: cells, readings and the field they belong to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from desktop.ledger.definitions import Field
from desktop.sheets.meaning.texts import Reader, Reading


class Filled(msgspec.Struct, frozen=True):
    """One field's column: its readings, one per row; ``flagged`` when any has a question or a
    remark. ``alone`` makes a reader of this field for answers; ``open`` is the id of an unanswered
    question about the whole column; ``period`` the month that the column stands under."""

    field: Field
    index: int
    readings: list[Reading]
    flagged: bool
    alone: Callable[[], Reader]
    open: str | None
    period: str = ""

    @property
    def name(self) -> str:
        return self.field.name


class Columns(msgspec.Struct, frozen=True):
    """All that was read of a table: ``kind`` is the register of its rows, ``homes`` the register
    of each field, ``rates`` columns that only repeat a ratio, ``sequence`` the running numbers,
    ``period`` the period of the whole table as far as it is stated, ``title`` its title."""

    kind: str
    filled: tuple[Filled, ...]
    homes: Mapping[str, str]
    rates: tuple[tuple[int, tuple[str, ...]], ...]
    sequence: int | None
    period: str = ""
    title: str = ""
