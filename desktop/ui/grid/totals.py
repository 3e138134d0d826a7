"""The line 合计: sums of money in yuan, and the share of the plan that they come to.

Summed once by SQLite over all wanted rows; what is typed afterwards is added as a difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from desktop.ledger import money, values
from desktop.ledger.definitions import Scheme
from desktop.ledger.indicator_definitions import FILE, definitions
from desktop.ledger.store import Store
from desktop.ui.grid import reading
from desktop.ui.grid.cells import Cell
from desktop.ui.grid.filtering import Asked
from desktop.ui.grid.reading import Row, Sheet


class Totals(msgspec.Struct, frozen=True):
    """Sums by column; ``rows`` says of how many. A share's denominator stands under its name."""

    rows: int = 0
    sums: Mapping[str, int] = {}

    def changed(self, before: Mapping[str, int], after: Mapping[str, int]) -> Totals:
        """With what some rows added before replaced by what they add now."""
        sums = {
            name: total - before.get(name, 0) + after.get(name, 0)
            for name, total in self.sums.items()
        }
        return Totals(self.rows, sums)


def read(store: Store, sheet: Sheet, asked: Asked) -> Totals:
    """The totals of the wanted rows."""
    relation = sheet.relation
    figures = {one.name: relation.expressions[one.name] for one in sheet.placed if one.summed}
    for name, (part, whole) in shares(store.scheme, sheet).items():
        there = f"{relation.expressions[part]} IS NOT NULL"
        figures[name] = f"CASE WHEN {there} THEN {relation.expressions[whole]} END"
    found = reading.sums(store, sheet, asked, figures)
    return Totals(found.pop(""), found)


class Share(msgspec.Struct, frozen=True):
    """What a row adds under one name: the value of a column, where another one is filled."""

    name: str
    column: int
    filled: int


def addends(scheme: Scheme, sheet: Sheet) -> tuple[Share, ...]:
    """What every row of a sheet adds to its totals."""
    found = [Share(one.name, at, at) for at, one in enumerate(sheet.placed) if one.summed]
    for name, (part, whole) in shares(scheme, sheet).items():
        found.append(Share(name, sheet.column(whole), sheet.column(part)))
    return tuple(found)


def adds(parts: Iterable[Share], rows: Iterable[Row]) -> dict[str, int]:
    """What some rows add to the totals."""
    found = {}
    stored = [row.values for row in rows]
    for part in parts:
        at, filled = part.column, part.filled
        found[part.name] = sum(row[at] or 0 for row in stored if row[filled] is not None)
    return found


def shares(scheme: Scheme, sheet: Sheet) -> dict[str, tuple[str, str]]:
    """Columns that are a share of two others: the column → (part, whole)."""
    if FILE not in scheme.texts:
        return {}
    known = definitions(scheme).indicators
    found = {}
    for one in sheet.placed:
        indicator = known.get(one.field.name) if one.field.formula is not None else None
        if indicator is None or indicator.part is None:
            continue
        part, whole = indicator.part, f"subject.{indicator.whole}"
        if sheet.column(part) >= 0 and sheet.column(whole) >= 0:
            found[one.name] = part, whole
    return found


def line(scheme: Scheme, sheet: Sheet, totals: Totals) -> tuple[Cell, ...]:
    """The line as it is drawn, one cell a column."""
    named = next((at for at, one in enumerate(sheet.placed) if one.column.frozen), 0)
    named = max(named, sheet.column(f"subject.{_label(scheme, sheet)}"))
    cells = []
    for at, one in enumerate(sheet.placed):
        text = "合计" if at == named else _figure(scheme, sheet, totals, one.name)
        cells.append(Cell(text, "total", right=one.column.right, bold=True))
    return tuple(cells)


def _label(scheme: Scheme, sheet: Sheet) -> str:
    above = scheme.registers.get(sheet.register.of or "")
    return str(above.label) if above is not None else ""


def _figure(scheme: Scheme, sheet: Sheet, totals: Totals, name: str) -> str:
    if name not in totals.sums:
        return ""
    if name in (parts := shares(scheme, sheet)):
        part = totals.sums[parts[name][0]]
        return money.format_rate(money.rate(part, totals.sums[name]))
    field = sheet.placed[sheet.column(name)].field
    return values.shown(scheme, field, totals.sums[name])
