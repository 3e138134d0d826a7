"""What a filler altered around the cells of a fill-in workbook: a heading, the period that the
title names, cells that were merged.

The hidden keys still say which column and which period it is; but who writes another heading, or
uses last week's workbook again under a new title, means what he wrote.
"""

from __future__ import annotations

from collections.abc import Collection

from desktop.ledger.periods import NoSuchPeriod, Period, parse_period
from desktop.sheets.fill_in.layout import Layout, path_at
from desktop.sheets.proposals.gathering import shortened
from desktop.sheets.tables.rows import plain
from desktop.sheets.tables.surroundings import look
from desktop.sheets.workbook.grid import Area, Sheet, address, line, text_of

#: Titles and unit lines are no longer than this; instructions are.
LINE_LENGTH = 60


def lines_above(layout: Layout) -> list[str]:
    """The title and the unit line."""
    rows = layout.sheet.rows[: layout.first - layout.mark.depth]
    texts = [text_of(cell) for row in rows for cell in row if cell != ""]
    return [text for text in texts if len(text) <= LINE_LENGTH]


def headings(layout: Layout) -> dict[str, str]:
    """Columns whose heading says something that was not given out: key → what it says now.

    Part of a heading may be gone: a text table has no merged cells.
    """
    if not layout.headed:
        return {}
    found = {}
    for key, at in layout.columns.items():
        now = path_at(layout.sheet, layout.heading, layout.mark.depth, at)
        given = {plain(line(part)) for part in layout.mark.columns.get(key, ())}
        if not given.issuperset(map(plain, now)):
            found[key] = "/".join(now)
    return found


def period(layout: Layout) -> Period | None:
    """The period that the title names, where it is not the one that was given out."""
    if layout.mark.period is None:
        return None
    given = parse_period(layout.mark.period)
    said = look(lines_above(layout))
    number = {"week": said.week, "month": said.month, "quarter": said.quarter}.get(given.kind)
    if number is None and given.kind != "year":
        return None
    try:
        now = Period(given.kind, said.year or given.year, number or given.number)
    except NoSuchPeriod:
        return None
    return None if now == given else now


def merged(layout: Layout, asked: Collection[int]) -> dict[tuple[int, int], Area]:
    """Blank cells of the columns ``asked`` that lie under another one's value: place → the area.

    What stood in them is gone with the merging, or the value above stands for all.
    """
    sheet = layout.sheet
    return {
        (row, column): area
        for area in sheet.merges
        if area.left in asked
        for row in range(max(area.top, layout.first), area.bottom + 1)
        for column in range(area.left, area.right + 1)
        if (row, column) != (area.top, area.left) and sheet.at(row, column) == ""
    }


def shown(sheet: Sheet, area: Area) -> str:
    """The cell whose value a merged area shows: G7（12）."""
    said = shortened(text_of(sheet.at(area.top, area.left))) or "空"
    return f"{address(area.top, area.left)}（{said}）"
