"""The columns of a fill-in workbook, and how a value stands in one of its cells."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec

from desktop.ledger.definitions import Field
from desktop.ledger.money import to_excel
from desktop.sheets.writing.looks import keeps

Kind = Literal["given", "before", "fill"]


class FillColumn(msgspec.Struct, frozen=True):
    """A column: its key (:class:`~desktop.sheets.fill_in.marks.Mark`), the path of its heading,
    the field that it shows or asks for."""

    key: str
    kind: Kind
    path: tuple[str, ...]
    field: Field


def path_of(field: Field) -> tuple[str, ...]:
    """A field's heading from its group down."""
    return (field.group, field.title) if field.group else (field.title,)


def as_cell(field: Field, value: Any, money: Any) -> Any:
    """A value as :meth:`Labels.shown` gives it, as the cell holds it: a number in the money unit,
    a date, or text; None for nothing.

    What a returned workbook remembers may be no value of its field any more: then it is text.
    """
    if value is None or value == "" or value == []:
        return None
    if field.type == "money":
        return to_excel(value, money) if isinstance(value, int) else str(value)
    if field.type in ("percent", "integer", "number"):
        return value if not isinstance(value, str | list) and keeps(value) else str(value)
    if field.type == "date":
        return _day(str(value))
    if field.type == "flag":
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(value)
    return str(value)


def _day(text: str) -> date | str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if keeps(day) else text
