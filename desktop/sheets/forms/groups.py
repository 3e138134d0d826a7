"""Forms that give a project several lines, its own cells merged over them: one line per problem.

Whether a form is one its merged cells say. A form without them shows the problems of a project in
one cell, one below the other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

import msgspec

from desktop.ledger.definitions import Field
from desktop.sheets.forms.body import Block
from desktop.sheets.forms.form import Place
from desktop.sheets.forms.values import Contents, FormRow


class Grouping(msgspec.Struct, frozen=True):
    """``spans`` are first and last columns of cells that a project has once; ``least`` is how many
    lines it has in any case."""

    spans: tuple[tuple[int, int], ...]
    least: int

    def has(self, column: int) -> bool:
        """Whether a project has the column's cell once."""
        return any(first <= column <= last for first, last in self.spans)

    def merge(self, page: Any, first: int, last: int) -> None:
        """Merge the cells of a project that stands in these rows."""
        for left, right in self.spans:
            if last > first or right > left:
                page.merge_cells(start_row=first, end_row=last, start_column=left, end_column=right)


def grouping_of(page: Any, blocks: Sequence[Block], columns: Collection[int]) -> Grouping | None:
    """How the lines of a template are grouped; None where none of ``columns`` is merged downwards.

    An empty form keeps its number of lines per project; one that was filled before shows only how
    few a project may have.
    """
    areas = [
        area
        for area in page.merged_cells.ranges
        if area.max_row > area.min_row
        and any(block.first <= area.min_row and area.max_row <= block.last for block in blocks)
    ]
    spans = {(area.min_col, area.max_col) for area in areas}
    known = [span for span in spans if any(span[0] <= one <= span[1] for one in columns)]
    if not known:
        return None
    lead = min(known)
    heights = {
        area.min_row: area.max_row - area.min_row + 1
        for area in areas
        if (area.min_col, area.max_col) == lead
    }
    covered = {row for first, high in heights.items() for row in range(first, first + high)}
    alone = any(
        page.cell(row, lead[0]).value is not None
        for block in blocks
        for row in range(block.first, block.last + 1)
        if row not in covered
    )
    return Grouping(tuple(sorted(spans)), 1 if alone else min(heights.values()))


def folded(contents: Contents) -> Contents:
    """Rows of items as rows of their subjects, each item a line."""
    rows = []
    for _, group in groupby(contents.rows, key=lambda row: row.subject.get("record")):
        items = list(group)
        if any(item.lines for item in items):
            rows += items
            continue
        lines = tuple(
            {at: value for at, value in item.values.items() if at in contents.by_item}
            for item in items
        )
        rows.append(msgspec.structs.replace(items[0], lines=lines if contents.by_item else ()))
    return msgspec.structs.replace(contents, rows=tuple(rows))


def in_one_cell(contents: Contents) -> Contents:
    """Rows whose items share a cell: numbered, one below the other; money is added up."""
    return msgspec.structs.replace(
        contents,
        rows=tuple(
            msgspec.structs.replace(
                row,
                values={
                    **row.values,
                    **{at: _together(contents.fields[at], row, at) for at in contents.by_item},
                },
                lines=(),
            )
            if row.lines
            else row
            for row in contents.rows
        ),
    )


def _together(field: Field | None, row: FormRow, at: Place) -> Any:
    found = [line[at] for line in row.lines if line.get(at) not in (None, "", [])]
    if len(found) <= 1:
        return found[0] if found else None
    if field is not None and field.type == "money":
        return sum(found)
    shown = ["、".join(one) if isinstance(one, list) else _said(one) for one in found]
    return "\n".join(f"{number}.{text}" for number, text in enumerate(shown, 1))


def _said(value: Any) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)
