"""The projects that a book has, found as workbooks name them: by code, by name, by a like name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from desktop.sheets.tables.rows import plain

#: Names are similar from here (rapidfuzz ratio, 0 … 100); below, one found by code is doubted.
SIMILAR, DOUBTED = 82, 40

_DECORATION = re.compile(r"[\s\"'“”‘’《》<>()（）\[\]【】,，.。、·—–_-]")
#: What tells two phases of one project apart: numbers, also written 一期, 二期, 北侧.
_NUMBERS = re.compile(
    r"\d+|[一二三四五六七八九十]+(?=期|标|号|区|段|批)|[东南西北](?=侧|段|片|区|部|路)"
)

How = Literal["code", "name", "similar", "several", "new"]


class Match(msgspec.Struct, frozen=True):
    """What a name meant. ``record`` is the project's identity, or the proposed one for
    ``similar``; ``candidates`` are all that fit, for ``several``."""

    how: How
    record: str | None = None
    candidates: tuple[str, ...] = ()


class Known:
    """Looks up projects; ``rows`` are the book's, with ``record``, the label field, ``code``."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], label: str) -> None:
        self.rows = {row["record"]: row for row in rows}
        self.label = label
        self._by_code: dict[str, list[str]] = {}
        self._by_name: dict[str, list[str]] = {}
        for record, row in self.rows.items():
            if row.get("code"):
                self._by_code.setdefault(row["code"], []).append(record)
            if row.get(label):
                self._by_name.setdefault(bare_name(row[label]), []).append(record)

    def match(self, name: str, code: str | None, unit: str | None = None) -> Match:
        """The project that a row means; ``unit`` decides between several of one name."""
        if code and code in self._by_code:
            coded = self._by_code[code]
            named = [one for one in coded if bare_name(self.name(one)) == bare_name(name)]
            record = (named or coded)[0]
            if self._alike(bare_name(name), bare_name(self.name(record))) >= DOUBTED:
                return Match("code", record)
            return Match("similar", record)
        bare = bare_name(name)
        named = [one for one in self._by_name.get(bare, ()) if not self._contradicts(one, code)]
        if len(named) > 1 and unit is not None:
            named = [one for one in named if self.rows[one].get("unit") == unit] or named
        if len(named) == 1:
            return Match("name", named[0])
        if named:
            return Match("several", None, tuple(named))
        near = self._similar(bare, code)
        return Match("similar", near) if near is not None else Match("new")

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

    def _similar(self, bare: str, code: str | None) -> str | None:
        from rapidfuzz import fuzz, process

        numbers = _NUMBERS.findall(bare)
        found = process.extract(
            bare, self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=5
        )
        for name, _, _ in found:
            if _NUMBERS.findall(name) != numbers:
                continue
            for record in self._by_name[name]:
                if not self._contradicts(record, code):
                    return record
        return None

    def _alike(self, one: str, other: str) -> float:
        from rapidfuzz import fuzz

        return float(fuzz.ratio(one, other))


def bare_name(name: str) -> str:
    """A project's name for comparing: without blanks, brackets, quotes and dashes."""
    return _DECORATION.sub("", plain(name))
