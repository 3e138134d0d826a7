"""The workbook's floor: the same cells in the same styles by bare openpyxl, write-only.

A workbook of ours is read back once; the floor makes one pattern cell to a style, gives its style
to every cell of that style and appends row after row. It merges nothing and sets no heights.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

Look = tuple[Any, Any, Any, str]
"""Font, alignment, border, number format."""


class Script:
    """The values of a worksheet's cells with their styles, and what the styles look like."""

    def __init__(self, data: bytes) -> None:
        (page,) = load_workbook(BytesIO(data), read_only=True).worksheets
        self.rows: list[list[tuple[Any, int]]] = []
        self.looks: dict[int, Look] = {}
        for row in page.iter_rows():
            self.rows.append([(cell.value, self._style(cell)) for cell in row])

    def _style(self, cell: Any) -> int:
        style = int(getattr(cell, "_style_id", -1))
        if style >= 0 and style not in self.looks:
            self.looks[style] = (cell.font, cell.alignment, cell.border, cell.number_format)
        return style

    def write(self) -> bytes:
        """The floor."""
        book = Workbook(write_only=True)
        page = book.create_sheet()
        patterns: dict[int, Any] = {}
        for style, (font, alignment, border, number_format) in self.looks.items():
            pattern = WriteOnlyCell(page)
            pattern.font, pattern.alignment, pattern.border = font, alignment, border
            pattern.number_format = number_format
            patterns[style] = pattern._style
        for row in self.rows:
            cells = []
            for value, style in row:
                cell = WriteOnlyCell(page, value)
                if style >= 0:
                    cell._style = patterns[style]
                cells.append(cell)
            page.append(cells)
        data = BytesIO()
        book.save(data)
        return data.getvalue()
