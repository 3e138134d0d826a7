"""Tables that stand side by side under one line of headings, taken apart: several tables of their
own, or one list set in two halves to save paper."""

from __future__ import annotations

from desktop.sheets.tables.headings import Column, Header
from desktop.sheets.workbook.grid import Sheet, Text


def side_by_side(sheet: Sheet, header: Header, data: list[int]) -> list[Header]:
    """Split a heading at columns that are blank throughout, where the right part is a table too:
    it repeats a heading of the left part."""
    halves = _repeated(header)
    if halves:
        return [Header(header.top, header.bottom, part) for part in halves]
    parts: list[list[Column]] = [[header.columns[0]]]
    for before, column in zip(header.columns, header.columns[1:], strict=False):
        gap = range(before.last + 1, column.column)
        if gap and all(sheet.at(row, blank) == "" for blank in gap for row in data):
            parts.append([])
        parts[-1].append(column)
    merged: list[list[Column]] = [parts[0]]
    titles = {area.left for area in sheet.merges if area.top == area.bottom == header.top - 1}
    for part in parts[1:]:
        leaves = {column.path[-1] for column in merged[-1]}
        own = part[0].column in titles and header.left in titles  # each has a title of its own
        if len(part) >= 2 and (own or any(column.path[-1] in leaves for column in part)):
            merged.append(part)
        else:
            merged[-1].extend(part)
    if len(merged) == 1:
        return [header]
    return [Header(header.top, header.bottom, tuple(part)) for part in merged]


def _repeated(header: Header) -> list[tuple[Column, ...]]:
    """The parts of a heading that says the same twice or more, to save paper; none otherwise."""
    leaves = [column.path for column in header.columns]
    for width in range(2, len(leaves) // 2 + 1):
        if len(leaves) % width == 0 and leaves == leaves[:width] * (len(leaves) // width):
            return [header.columns[start : start + width] for start in range(0, len(leaves), width)]
    return []


def over(above: tuple[Text, ...], header: Header) -> tuple[Text, ...]:
    """The texts above that stand over the columns of one of several tables side by side."""
    return tuple(text for text in above if header.left <= text.column <= header.right)
