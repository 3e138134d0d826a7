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
    """Sums by column; ``rows`` says of how many. A share's denominator stands under its name:
    the plan of all rows, as it stands in the line itself, not only of those that are filled."""

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
    for name, (_, whole) in shares(store.scheme, sheet).items():
        figures[name] = relation.expressions[whole]
    found = reading.sums(store, sheet, asked, figures)
    return Totals(found.pop(""), found)


def addends(scheme: Scheme, sheet: Sheet) -> dict[str, int]:
    """What every row of a sheet adds to its totals: under which name, the value of which column."""
    found = {one.name: at for at, one in enumerate(sheet.placed) if one.summed}
    for name, (_, whole) in shares(scheme, sheet).items():
        found[name] = sheet.column(whole)
    return found


def adds(parts: Mapping[str, int], rows: Iterable[Row]) -> dict[str, int]:
    """What some rows add to the totals."""
    stored = [row.values for row in rows]
    return {name: sum(row[at] or 0 for row in stored) for name, at in parts.items()}


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
