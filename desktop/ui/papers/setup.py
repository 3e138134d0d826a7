"""How a paper is printed: printer, copies, pages, both sides, sheet, sharpness; remembered."""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

from desktop.errors import OneLedgerError

Sides = Literal["one", "long", "short"]

SIDES: tuple[tuple[Sides, str], ...] = (
    ("one", "单面"),
    ("long", "双面，沿长边翻"),
    ("short", "双面，沿短边翻"),
)
SHEETS: tuple[tuple[str, str], ...] = (
    ("own", "按报表本来的大小"),
    ("A4", "缩放到 A4"),
    ("A3", "放大到 A3"),
)
SHARPNESS: tuple[tuple[int, str], ...] = ((300, "标准"), (600, "精细（较慢）"))
"""Dots to the inch, and what they are called."""

_RANGE = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?")


class NoSuchPages(OneLedgerError):
    """What was typed names no pages of the paper."""

    def __init__(self, text: str, count: int) -> None:
        super().__init__(
            f"看不出“{text}”是哪几页，这份报表共 {count} 页。",
            "请写成 1-3,5 这样的形式；全部打印就空着。",
        )


class Setup(msgspec.Struct, frozen=True):
    """What was set up for one paper. ``pages`` is as typed, "" for all."""

    printer: str = ""
    copies: int = 1
    pages: str = ""
    sides: Sides = "one"
    sheet: Literal["own", "A4", "A3"] = "own"
    dots: int = 300


def remembered(kept: Any) -> Setup:
    """The set-up from what was remembered, which may be anything at all."""
    try:
        found = msgspec.convert(kept, Setup)
    except msgspec.ValidationError:
        return Setup()
    known = {dots for dots, _ in SHARPNESS}
    return found if found.dots in known else msgspec.structs.replace(found, dots=Setup().dots)


def kept(setup: Setup) -> dict[str, Any]:
    """What of a set-up is remembered for the next time; pages and copies are asked anew."""
    found: dict[str, Any] = msgspec.to_builtins(setup)
    return {name: value for name, value in found.items() if name not in ("pages", "copies")}


def wanted(text: str, count: int) -> tuple[int, ...]:
    """The pages (from 0) that ``1-3,5`` names, in that order, each once; all for "".

    Full-width digits, Chinese commas and dashes, 第…页 are understood. Raises
    :class:`NoSuchPages`.
    """
    plain = text.translate(_PLAIN)
    parts = [part for part in re.split(r"[,\s]+", re.sub(r"\s*-\s*", "-", plain)) if part]
    if not parts:
        return tuple(range(count))
    pages: dict[int, None] = {}
    for part in parts:
        found = _RANGE.fullmatch(part)
        if found is None:
            raise NoSuchPages(text, count)
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last <= count:
            raise NoSuchPages(text, count)
        pages.update(dict.fromkeys(range(first - 1, last)))
    return tuple(pages)


_PLAIN = str.maketrans(
    {
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        **dict.fromkeys("，、；;。.", ","),
        **dict.fromkeys("－—–~～至到", "-"),
        **dict.fromkeys("第页", ""),
    }
)
