"""What a workbook hides is read like all else, and said: nobody sees it on the sheet."""

from __future__ import annotations

from collections.abc import Collection

from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.workbook.grid import Sheet, letters

#: So many rows or columns are listed.
LISTED = 20


def mark(sheet: Sheet, gathering: Gathering) -> None:
    """Remark on a hidden sheet, its hidden rows and columns."""
    if sheet.hidden:
        gathering.note(sheet, (0, 0), "这张工作表是隐藏的，已照常读入")
    rows(sheet, range(len(sheet.rows)), gathering)
    columns(sheet, range(sheet.width), gathering)


def rows(sheet: Sheet, among: Collection[int], gathering: Gathering) -> None:
    """Remark on those of some rows that are hidden and hold something."""
    found = sorted(row for row in sheet.hidden_rows if row in among and any(sheet.rows[row]))
    if found:
        listed = "、".join(str(row + 1) for row in found[:LISTED])
        more = f"等 {len(found)} 行" if len(found) > LISTED else ""
        gathering.note(sheet, (found[0], 0), f"隐藏的行（{listed}{more}）已照常读入")


def columns(sheet: Sheet, among: Collection[int], gathering: Gathering) -> None:
    """Remark on those of some columns that are hidden and hold something."""
    found = sorted(
        column
        for column in sheet.hidden_columns
        if column in among and any(row[column] != "" for row in sheet.rows)
    )
    if found:
        listed = "、".join(letters(column) for column in found[:LISTED])
        more = f"等 {len(found)} 列" if len(found) > LISTED else ""
        gathering.note(sheet, (0, found[0]), f"隐藏的列（{listed}{more}）已照常读入")
