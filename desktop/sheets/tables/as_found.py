"""The tables of a workbook as they were found, whatever they are about."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from desktop.sheets.tables.finding import find
from desktop.sheets.tables.surroundings import heading_unit, stated_unit
from desktop.sheets.workbook.grid import Workbook


def as_json(workbook: Workbook, known: Collection[str]) -> list[dict[str, Any]]:
    """What tables stand in a workbook, as ``read-excel --tables --json`` prints it (DESIGN).

    Rows count from 1; ``data_rows`` is a number, ``totals_rows`` are the rows themselves, as are
    ``section_rows`` and ``numbering_rows`` where there are any.
    """
    listed: list[dict[str, Any]] = []
    for sheet in workbook.sheets:
        for table in find(sheet, known).tables:
            texts = [text.text for text in table.above]
            unit = stated_unit(texts) or heading_unit(column.heading for column in table.columns)
            one: dict[str, Any] = {
                "sheet": table.sheet,
                "header_rows": [table.header.top + 1, table.header.bottom + 1],
                "headings": [column.heading for column in table.columns],
                "data_rows": len(table.data),
                "totals_rows": [row + 1 for row in table.totals],
                "unit": unit,
            }
            sections = [section.row + 1 for section in table.sections]
            for name, rows_ in (("section_rows", sections), ("numbering_rows", table.numbering)):
                if rows_:
                    one[name] = [row + (name == "numbering_rows") for row in rows_]
            listed.append(one)
    return listed
