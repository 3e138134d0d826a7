"""Figures as papers print them, read back: 1,234.50, −3, 16.2%."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(r"([-\u2212])?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?(%)?")
_PERCENT_PLACES, _MONEY_PLACES, _DIGITS = 4, 8, 15


def number_in(text: str) -> tuple[Decimal, str] | None:
    """A printed figure as a number with the style that shows it so, None where it is none.

    Thousands' commas, a minus of either kind and a per cent sign belong to a figure; a plus does
    not, nor does a leading zero, nor more digits than a spreadsheet keeps.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    sign, whole, fraction, percent = match.groups("")
    places, digits = len(fraction), whole.replace(",", "")
    code = whole[0] == "0" and whole[1:2].isdecimal() and not places
    if code or len(digits) + places > _DIGITS:
        return None
    value = Decimal(f"{'-' if sign else ''}{digits}.{fraction}")
    if percent:
        return (value.scaleb(-2), f"percent{places}") if places <= _PERCENT_PLACES else None
    if places > _MONEY_PLACES:
        return None
    grouped = places or "," in whole or len(digits) < 4
    return value, f"money{places}" if grouped else "plain"
