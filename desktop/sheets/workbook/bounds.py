"""How much one workbook may hold, so that an old office PC (4 GB) reads it within a minute.

A register of 52,000 rows × 20 columns takes the reader 0.5 GB, one at these bounds 0.9. Only
content counts: a million formatted blank rows are read as if they were not there.
"""

from __future__ import annotations

from typing import Any

#: Rows and cells that hold anything, over all sheets of a workbook.
MOST_ROWS, MOST_CELLS = 100_000, 2_000_000
#: Cells of one row that hold anything: a year of days has 366 columns; each heading is weighed.
MOST_COLUMNS = 2_000
#: Bytes of the document that goes to the parent: long texts, the same one a million times.
MOST_BYTES = 128 << 20


class Outgrown(Exception):
    """More content than is read; the message is Chinese and says of what."""


class Content:
    """Counts the content of a workbook, sheet after sheet, row after row."""

    def __init__(self) -> None:
        self.rows = self.cells = 0

    def add(self, row: list[Any]) -> bool:
        """Count a row; whether it holds anything. Raises :class:`Outgrown`."""
        filled = len(row) - row.count("")
        if not filled:
            return False
        self.rows += 1
        self.cells += filled
        if filled > MOST_COLUMNS:
            raise Outgrown(f"有一行的内容超过 {MOST_COLUMNS} 列")
        if self.rows > MOST_ROWS:
            raise Outgrown(f"有内容的行超过 {MOST_ROWS // 10_000} 万行")
        if self.cells > MOST_CELLS:
            raise Outgrown(f"有内容的单元格超过 {MOST_CELLS // 10_000} 万个")
        return True
