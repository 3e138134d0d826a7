"""Names of units as workbooks write them → units of the book's tree.

空冢郭镇政府 is 空冢郭镇; 沙澧高新区 is 沙澧高新技术产业开发区 only when the tree says so (by its
short name or another of its names), else it is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from desktop.sheets.tables.rows import plain
from desktop.sheets.tables.surroundings import unit_name

#: Names are alike from here (rapidfuzz ratio, 0 … 100).
ALIKE = 60


class Unit(msgspec.Struct, frozen=True):
    """A unit of the tree with all its names."""

    record: str
    name: str
    names: frozenset[str]
    above: str | None = None


class Tree:
    """The units of a book."""

    def __init__(self, rows: Iterable[Mapping[str, Any]], own: str) -> None:
        self.units = [_unit(row) for row in rows]
        self.own = own
        self._by_name: dict[str, set[str]] = {}
        for unit in self.units:
            for name in unit.names:
                self._by_name.setdefault(name, set()).add(unit.record)

    @property
    def alone(self) -> bool:
        """Whether no unit stands under the book's own: then all that it reads is its own."""
        return not any(unit.above == self.own for unit in self.units)

    def find(self, text: str) -> str | None:
        """The unit that a text names, or None when it names none or several."""
        found = self._by_name.get(unit_name(text), set())
        return next(iter(found)) if len(found) == 1 else None

    def within(self, text: str) -> str | None:
        """The one unit under the book's own that a place names (空冢郭镇大郭村); None where it
        names none or several."""
        written = plain(text)
        found = [
            unit.record
            for unit in self.units
            if unit.above == self.own
            and any(len(name) > 1 and name in written for name in unit.names)
        ]
        return found[0] if len(found) == 1 else None

    def near(self, text: str) -> Unit | None:
        """The one unit whose name is like the text's, for a question; None when there is none."""
        from rapidfuzz import fuzz

        wanted = unit_name(text)
        if len(wanted) < 3:
            return None
        scored = sorted(
            (
                (max(_score(fuzz.ratio, wanted, name) for name in unit.names), unit)
                for unit in self.units
            ),
            key=lambda item: -item[0],
        )
        if not scored or scored[0][0] < ALIKE:
            return None
        return scored[0][1] if len(scored) == 1 or scored[1][0] < scored[0][0] else None

    def named(self, record: str) -> str:
        """A unit's name; empty when there is no such unit."""
        return next((unit.name for unit in self.units if unit.record == record), "")


def _unit(row: Mapping[str, Any]) -> Unit:
    aliases = re.split(r"[、，,;；\s]+", row.get("aliases") or "")
    names = [row["name"], row.get("short") or "", *aliases]
    known = frozenset(unit_name(name) for name in names if name and unit_name(name))
    return Unit(row["record"], row["name"], known, row.get("above"))


def _score(ratio: Any, wanted: str, name: str) -> float:
    """How alike two names are: an abbreviation, whose signs all come in order, is very like."""
    signs = iter(plain(name))
    if len(wanted) >= 3 and all(sign in signs for sign in wanted):
        return 90.0
    return float(ratio(wanted, name))
