"""The projects that a book has, found as workbooks name them: by code, by name, by a like name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Literal

import msgspec

from desktop.sheets.tables.rows import plain

#: Names are similar from here (rapidfuzz ratio, 0 … 100); below, one found by code is doubted.
SIMILAR, DOUBTED = 82, 40
#: A longer text is no name; comparing it with others takes long.
LONGEST = 500
#: A project's name without its unit's in front has so many signs at least.
SHORTEST = 4

#: What lists put in front of a name to mark it, and behind it to say its state.
_MARK = re.compile(r"^[★☆※*●○◆◇■□▲△▪•·✦✧#＊\s]+(?=.)")
_STATE = re.compile(
    r"\((?:续建|新开工|新建|在建|结转|前期|储备|谋划|拟建|停工|停建|缓建|竣工|已?开工|已竣工|已完工)"
    r"(?:项目)?\)$"
)
_DECORATION = re.compile(
    r"(?<!\d)[\s\"'“”‘’《》<>()（）\[\]【】,，.。、·—–_-]|[\s\"'“”‘’《》<>()（）\[\]【】,，.。、·—–_-](?!\d)"
)
#: What tells two phases of one project apart: numbers, also written 一期, 二期, 北侧.
_NUMBERS = re.compile(
    r"\d+|[一二三四五六七八九十]+(?=期|标|号|区|段|批)|[东南西北](?=侧|段|片|区|部|路)"
)

How = Literal["code", "name", "similar", "several", "contrary", "doubted", "recoded", "new"]


class Match(msgspec.Struct, frozen=True):
    """What a name and a code meant. ``record`` is the project's identity, or the one proposed.

    Sure are ``code`` and ``name`` only. ``similar``: a like name; ``several``: more than one of the
    name; ``contrary``: the code is one's, the name another's; ``doubted``: found by its code, but
    the name is quite another, or of another phase; ``recoded``: the name with another code.
    ``candidates`` are all that fit.
    """

    how: How
    record: str | None = None
    candidates: tuple[str, ...] = ()


class Known:
    """Looks up projects; ``rows`` are the book's, with ``record``, the label field, ``code``.
    ``before``: names of units, bare, that may stand in front of a project's name."""

    def __init__(
        self, rows: Iterable[Mapping[str, Any]], label: str, before: Iterable[str] = ()
    ) -> None:
        self.rows: dict[str, Mapping[str, Any]] = {}
        self.label = label
        self._before = tuple(sorted(before, key=len, reverse=True))
        self._by_code: dict[str, list[str]] = {}
        self._by_name: dict[str, list[str]] = {}
        self._by_core: dict[str, list[str]] = {}
        self._by_stem: dict[str, list[str]] = {}
        for row in rows:
            self.add(row)

    def add(self, row: Mapping[str, Any]) -> None:
        """One project more, or the code of one that had none."""
        record, name = row["record"], row.get(self.label)
        if row.get("code"):
            self._by_code.setdefault(row["code"], []).append(record)
        known = record in self.rows
        self.rows[record] = row
        if name and not known:
            bare = bare_name(name)
            self._by_name.setdefault(bare, []).append(record)
            self._by_stem.setdefault(bare_name(stem(name)), []).append(record)
            if self._before:
                self._by_core.setdefault(self._core(bare), []).append(record)

    def has(self, bare: str) -> bool:
        """Whether any project bears a name, given bare."""
        return bare in self._by_name

    def match(self, name: str, code: str | None, unit: str | None = None) -> Match:
        """The project that a row means; ``unit`` decides between several of one name."""
        found = self.exact(name, code, unit)
        if found.how != "new":
            return found
        near = self.similar(name, code)
        return Match("similar", near[0], near) if near else found

    def exact(self, name: str, code: str | None, unit: str | None = None) -> Match:
        """:meth:`match` without looking for like names."""
        bare = bare_name(name)
        coded = self._by_code.get(code, ()) if code else ()
        called = self._by_name.get(bare) or self._by_stem.get(bare_name(stem(name)), [])
        both = [one for one in coded if one in called]
        if coded and not both:
            if called:
                return Match("contrary", coded[0], (coded[0], *called))
            held = bare_name(self.name(coded[0]))
            sure = self._alike(bare, held) >= DOUBTED and _numbers(bare) == _numbers(held)
            return Match("code" if sure else "doubted", coded[0], (coded[0],))
        named = both or [one for one in called if not self._contradicts(one, code)]
        if len(named) > 1 and unit is not None:
            named = [one for one in named if self.rows[one].get("unit") == unit] or named
        if len(named) == 1:
            return Match("code" if both else "name", named[0], tuple(named))
        if named:
            return Match("several", None, tuple(named))
        if called:
            return Match("recoded", called[0], tuple(called))
        return Match("new")

    def name(self, record: str) -> str:
        """A project's name."""
        return str(self.rows[record].get(self.label) or "")

    def said(self, text: str) -> str | None:
        """The project that an answer names: by identity, by code, or by its full name."""
        if text in self.rows:
            return text
        if len(self._by_code.get(text, ())) == 1:
            return self._by_code[text][0]
        named = self._by_name.get(bare_name(text), [])
        return named[0] if len(named) == 1 else None

    def _contradicts(self, record: str, code: str | None) -> bool:
        held = self.rows[record].get("code")
        return bool(code and held and code != held)

    def similar(self, name: str, code: str | None) -> tuple[str, ...]:
        """The projects of nearly this name, the nearest first."""
        if not self._by_name or len(name) > LONGEST:
            return ()
        from rapidfuzz import fuzz, process

        bare = bare_name(name)
        numbers = _numbers(bare)
        found = process.extract(
            bare, self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=5
        )
        near = [one for name, _, _ in found for one in self._by_name[name]]
        near = [*self._by_core.get(self._core(bare), ()), *near]
        return tuple(
            one
            for one in dict.fromkeys(near)
            if not self._contradicts(one, code) and _numbers(bare_name(self.name(one))) == numbers
        )

    def _core(self, bare: str) -> str:
        """A name without the unit's in front: 空冢郭镇产业园二期 → 产业园二期."""
        if not bare.startswith(self._before):
            return bare
        unit = next(one for one in self._before if bare.startswith(one))
        return bare[len(unit) :] if len(bare) - len(unit) >= SHORTEST else bare

    def _alike(self, one: str, other: str) -> float:
        from rapidfuzz import fuzz

        return float(fuzz.ratio(one, other))


def _numbers(bare: str) -> list[str]:
    return _NUMBERS.findall(bare)


@lru_cache(maxsize=20_000)
def bare_name(name: str) -> str:
    """A project's name for comparing: without blanks, brackets, quotes and dashes; what parts two
    numbers stays, 1-2号楼 is not 12号楼."""
    return _DECORATION.sub("", plain(name))


def unmarked(name: str) -> str:
    """A name without the marks in front of it: ★甲项目 → 甲项目."""
    return _MARK.sub("", name)


def stem(name: str) -> str:
    """A name without marks and the state behind it: ★甲项目（续建） → 甲项目."""
    return _STATE.sub("", plain(unmarked(name)))
