"""Values and their places in sentences for people."""

from __future__ import annotations

from typing import Any

from desktop.ledger.definitions import Field, Scheme
from desktop.ledger.values import shown


def said(scheme: Scheme, field: Field, value: Any) -> str:
    """A value as people read it, money with the scheme's unit: 9,800 万元; links by their
    identity."""
    if value is None:
        return "空"
    if isinstance(value, list | tuple):
        return "、".join(value)
    unit = f" {scheme.head.money_unit}" if field.type == "money" else ""
    return f"{shown(scheme, field, value)}{unit}"


def twice(label: str, title: str, one: tuple[str, str], other: tuple[str, str]) -> str:
    """What is asked where a workbook says two things of one field; ``one`` and ``other`` are where
    it says so, and what."""
    return (
        f"“{label}”的“{title}”在 {one[0]} 是“{one[1]}”，在 {other[0]} 是“{other[1]}”，"
        "以哪个为准？请照写其中一个。"
    )
