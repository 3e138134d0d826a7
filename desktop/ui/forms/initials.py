"""Names as clerks look for them: a part of the name, or pinyin initials (``kzg`` → 空冢郭).

A sign of several readings is found by each of them (重庆 by ``cq`` and ``zq``); punctuation in the
name is passed over. No Qt: the same search runs in the book's thread over 100,000 names.
"""

from __future__ import annotations

import os
import re
import sqlite3
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from desktop.ledger.codes import fold_width

#: Between two wanted signs the name may hold what nobody types.
_PASSED_OVER = r"[\W_]*"
Fits = Callable[[str | None], bool]


def fits(wanted: str) -> Fits:
    """Whether a name has ``wanted`` in it, letters standing for pinyin initials as well.

    Upper and lower case, full and half width are the same; an empty ``wanted`` fits every name.
    """
    pattern = _pattern(wanted)
    return lambda name: name is not None and pattern.search(name) is not None


def teach(connection: sqlite3.Connection) -> None:
    """Let statements of ``connection`` call ``name_fits(name, wanted)`` and ``initials(name)``."""
    connection.create_function(
        "name_fits",
        2,
        lambda name, wanted: name is not None and _pattern(wanted).search(name) is not None,
        deterministic=True,
    )
    connection.create_function(
        "initials", 1, lambda name: None if name is None else initials(name), deterministic=True
    )


def initials(name: str) -> str:
    """The name in pinyin initials by each sign's commonest reading, for sorting."""
    return fold_width(name).lower().translate(_commonest())


def sounds(name: str) -> str:
    """The name in pinyin without tones by each sign's commonest reading, for sorting sign by sign:
    三秦 comes before 沙澧, as in Excel."""
    return fold_width(name).lower().translate(_spoken())


def prepare() -> None:
    """Read the table of readings ahead of the first search; takes a tenth of a second."""
    _letters()


@lru_cache(maxsize=64)
def _pattern(wanted: str) -> re.Pattern[str]:
    signs = [sign for sign in fold_width(wanted).lower() if sign.isalnum()]
    return re.compile(_PASSED_OVER.join(_matching(sign) for sign in signs))


def _matching(sign: str) -> str:
    """A part of a pattern for one wanted sign."""
    if not sign.isascii():
        return re.escape(sign)
    alike = {sign, sign.upper()}
    alike |= {chr(ord(one) + 0xFEE0) for one in alike}
    letters = _letters().get(sign, "") if sign.isalpha() else ""
    return "[" + "".join(sorted(alike)) + letters + "]"


@cache
def _readings() -> dict[int, str]:
    """The initials of every Chinese sign, the commonest reading's first."""
    # Without its table of phrases the library loads four times as fast; single signs are enough.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin.constants import PINYIN_DICT

    # Beyond the basic plane patterns grow slow; such signs are found by themselves.
    return {sign: _heads(readings) for sign, readings in PINYIN_DICT.items() if sign <= 0xFFFF}


@cache
def _heads(readings: str) -> str:
    """``zhòng,chóng`` → ``zc``."""
    heads = (unicodedata.normalize("NFD", reading)[:1] for reading in readings.split(","))
    return "".join(dict.fromkeys(head for head in heads if head.isascii() and head.isalpha()))


@cache
def _sound(reading: str) -> str:
    """``zhòng`` → ``zhong``, closed by a blank: a short sound comes before a longer one."""
    plain = unicodedata.normalize("NFD", reading)
    return "".join(sign for sign in plain if sign.isascii() and sign.isalpha()) + " "


@cache
def _spoken() -> dict[int, str]:
    """Every Chinese sign's commonest reading."""
    _readings()  # sets the library up
    from pypinyin.constants import PINYIN_DICT

    return {
        sign: _sound(readings.partition(",")[0])
        for sign, readings in PINYIN_DICT.items()
        if sign <= 0xFFFF
    }


@cache
def _letters() -> dict[str, str]:
    """All signs that a letter may stand for, ready for a class of a pattern."""
    found: dict[str, list[str]] = {}
    for sign, heads in _readings().items():
        for head in heads:
            found.setdefault(head, []).append(chr(sign))
    return {head: "".join(signs) for head, signs in found.items()}


@cache
def _commonest() -> dict[int, str]:
    return {sign: heads[:1] for sign, heads in _readings().items() if heads}
