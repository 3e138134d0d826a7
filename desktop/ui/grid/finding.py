"""The findings of a sheet's rows: which cell they colour, how many there are.

Qt-free. Read for the whole week where that is quick, else for the rows that are shown; after a cell
was written only for the rows that it touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Literal

import msgspec

from desktop.ledger import checks
from desktop.ledger.checks import Finding
from desktop.ledger.conditions import MISSING
from desktop.ledger.narrowing import narrowed
from desktop.ledger.store import Store
from desktop.ui.grid import apart
from desktop.ui.grid.apart import APART
from desktop.ui.grid.reading import Sheet

#: What filters rows by their findings: to fill, wrong, to explain.
Kind = Literal["todo", "must", "explain"]


class Findings(msgspec.Struct, frozen=True):
    """Findings by row (its key); those of a project's file and lists stand with its row.

    ``register`` is the sheet's own.
    """

    register: str = ""
    by_row: Mapping[str, tuple[Finding, ...]] = {}

    def of(self, key: str) -> tuple[Finding, ...]:
        """Those of one row, errors first."""
        return self.by_row.get(key, ())

    def replaced(self, keys: Iterable[str], found: Findings) -> Findings:
        """With the rows ``keys`` as ``found`` says."""
        kept = dict(self.by_row)
        for key in keys:
            if key in found.by_row:
                kept[key] = found.by_row[key]
            else:
                kept.pop(key, None)
        return Findings(self.register, kept)

    def rows(self, kind: Kind) -> frozenset[str]:
        """The rows that have a finding of this kind."""
        return frozenset(
            key for key, found in self.by_row.items() if any(self._is(one, kind) for one in found)
        )

    def count(self, kind: Kind) -> int:
        """Rows to fill; errors; explanations that are asked for."""
        if kind == "todo":
            return len(self.rows("todo"))
        return sum(self._is(one, kind) for found in self.by_row.values() for one in found)

    def open(self) -> Iterator[Finding]:
        """All that still ask for something, row by row."""
        for found in self.by_row.values():
            yield from (one for one in found if not one.explained)

    def _is(self, finding: Finding, kind: Kind) -> bool:
        if kind == "todo":
            required = finding.check.startswith(f"{self.register}.")
            return finding.check == MISSING or required
        if kind == "must":
            return finding.level == "must" and finding.check not in (MISSING, APART)
        return finding.level == "explain" and not finding.explained


def read(store: Store, sheet: Sheet, period: str, keys: Collection[str] | None = None) -> Findings:
    """The findings of a week's projects, of all or of ``keys``; of a list those of its records.

    Raises as :func:`~desktop.ledger.checks.check_period`.
    """
    whole = keys is None or not sheet.weekly
    with nullcontext() if whole else narrowed(store, keys or ()):
        found = checks.check_period(store, period)
    found += apart.read(store, sheet, period, None if whole else keys)
    by_row: dict[str, list[Finding]] = {}
    for one in found:
        if sheet.weekly:
            by_row.setdefault(one.subject, []).append(one)
        elif one.register == sheet.register.name:
            by_row.setdefault(one.record, []).append(one)
    ordered = {key: tuple(sorted(of_row, key=_urgency)) for key, of_row in by_row.items()}
    return Findings(sheet.register.name, ordered)


def in_cell(found: Sequence[Finding], sheet: Sheet, column: int) -> list[Finding]:
    """Those of a row's findings that point at a column, the most urgent first."""
    placed = sheet.placed[column]
    if placed.part == "own":
        register = sheet.register.name
    elif placed.part == "subject":
        register = str(sheet.register.of)
    else:
        return []
    return [
        one
        for one in found
        if one.cell == placed.field.name and one.register == register and one.check != MISSING
    ]


def column_of(finding: Finding, sheet: Sheet) -> int:
    """The column at which a finding points, -1 when it is about another page's cell."""
    if finding.register == sheet.register.name:
        return sheet.column(finding.cell)
    if sheet.weekly and finding.register == sheet.register.of:
        return sheet.column(f"subject.{finding.cell}")
    return -1


def level_of(found: Sequence[Finding]) -> str:
    """The tone of a cell with these findings: must, explain, or plain."""
    if any(one.level == "must" for one in found):
        return "must"
    return "explain" if any(not one.explained for one in found) else "plain"


def _urgency(finding: Finding) -> tuple[bool, bool]:
    return finding.level != "must", finding.explained
