"""Rows of a ledger that were not filled: our own exports list every project, and say 未报 there.

What such a row shows of the period are figures of an earlier one; nothing of it is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.ledger.definitions import Scheme
from desktop.ledger.ledger_rows import UNREPORTED
from desktop.sheets.meaning.mapping import Mapped
from desktop.sheets.workbook.grid import Cell


def rows_of(
    scheme: Scheme,
    cells: Sequence[Sequence[Cell]],
    mapped: Sequence[Mapped],
    homes: Mapping[str, str],
) -> frozenset[int]:
    """The rows (their places in ``cells``' columns) that say 未报 where a ledger must be filled."""
    return frozenset(
        row
        for index, one in enumerate(mapped)
        if any(
            scheme.registers[homes[name]].by_name[name].required
            for name in of_ledger(scheme, one, homes)
        )
        for row, cell in enumerate(cells[index])
        if isinstance(cell, str) and cell.strip() == UNREPORTED
    )


def of_ledger(scheme: Scheme, one: Mapped, homes: Mapping[str, str]) -> tuple[str, ...]:
    """The fields of a column that a ledger of a period has."""
    if one.target is None or one.target.what not in ("field", "pair"):
        return ()
    fields = [name for name in one.target.fields if homes.get(name) in scheme.registers]
    return tuple(name for name in fields if scheme.registers[homes[name]].shape == "ledger")
