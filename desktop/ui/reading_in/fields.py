"""Fields by their names, their values as people read them, the form in which one types. No Qt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.ledger import values
from desktop.ledger.definitions import Field, Scheme


def field_named(scheme: Scheme, name: str, register: str = "") -> Field | None:
    """A field by its name: in ``register``, else the project's, the week's, a list's."""
    subject, weekly = scheme.head.subject, scheme.head.weekly
    order: Iterable[str] = (register, subject, weekly, *scheme.registers)
    for one in order:
        found = scheme.registers.get(one)
        if found is not None and name in found.by_name:
            return found.by_name[name]
    return None


def told(scheme: Scheme, field: Field | None, value: Any) -> str:
    """A proposed value as people read it, money with its unit; what is odd as it is."""
    if value is None:
        return "空"
    if field is None or field.of is not None:
        return str(value)
    try:
        stored = values.admit(scheme, field, value)
        words = values.shown(scheme, field, stored)
        codes = scheme.code_list(field)
        if codes is not None and isinstance(value, str):
            words = codes.title_of(value)
    except (values.WrongValue, ValueError, TypeError):
        return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"{words} {scheme.head.money_unit}" if field.type == "money" else words


def form_of(field: Field | None) -> str:
    """What the box for another value says."""
    kind = field.type if field is not None else ""
    return {
        "money": "另填金额，可带单位，如 1200万元",
        "date": "另填日期，如 2023-03-31",
        "month": "另填年月，如 2023-03",
        "percent": "另填百分比，如 65%",
        "phone": "另填电话",
        "code": "另填代码",
    }.get(kind, "另填")
