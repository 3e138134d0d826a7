"""What is said of the cell on which one stands: what it holds, what becomes of it. No Qt."""

from __future__ import annotations

import msgspec

from desktop.ledger.definitions import Scheme
from desktop.sheets.plans.plan import SAID
from desktop.sheets.workbook.grid import Sheet, address, text_of
from desktop.ui.reading_in import changes, offers
from desktop.ui.reading_in.effects import Effects

#: What is said of columns that need not be read.
QUIET = {
    "sequence": "序号，不入账",
    "rate": "由两项金额算得，只核对，不入账",
    "shown": "只供参看，不入账",
}


class CellWords(msgspec.Struct, frozen=True):
    """``cell`` and ``text`` of the workbook; ``said`` what becomes of it, in ``tone``; ``origin``
    and ``field`` name the value that may be corrected, "" where there is none."""

    cell: str
    text: str
    said: str
    tone: str = "plain"
    origin: str = ""
    field: str = ""


def told(scheme: Scheme, sheet: Sheet, effects: Effects, row: int, column: int) -> CellWords:
    """The words for one cell."""
    cell, text = address(row, column), text_of(sheet.at(row, column))
    found = effects.at(sheet.name, row, column)
    if found:
        parts, tone = [], "plain"
        for one in found:
            title, old, new = changes.values(scheme, one.step, one.field)
            what = one.field.what
            said = SAID[what]
            if what == "different":
                said, tone = f"账本原为 {old}，按工作簿改", "accent"
            elif what == "open":
                tone = "explain"
            elif what == "kept":
                new = old
            parts.append(f"{one.step.label}・{title}：{new}（{said}）")
        first = found[0].field
        return CellWords(cell, text, "；".join(parts), tone, first.origin, first.name)
    seen = effects.column_at(sheet.name, row, column)
    table = effects.table_at(sheet.name, row, column)
    skipped = effects.skipped.get((sheet.name, row), "")
    if (
        table is not None
        and seen is not None
        and _heads(table.header, table.card, seen.head, row, column)
    ):
        said = f"读作“{offers.said(scheme, seen)}”" if seen.fields else offers.said(scheme, seen)
        if table.kind == "":
            why = effects.skipped.get((sheet.name, seen.head[0]), "这张表没有读入")
            said = f"{why}；可在上方指定哪一栏是什么"
        return CellWords(
            cell, text, f"{said}（{seen.reason}）", "accent" if seen.fields else "plain"
        )
    if skipped:
        return CellWords(cell, text, f"{skipped}（要读入按 F7）")
    if table is not None and seen is not None:
        origin = f"{sheet.name}!{cell}" if seen.fields and not text else ""
        if seen.what in QUIET:
            said = QUIET[seen.what]
        elif not seen.fields:
            said = f"这一栏没有读入（{seen.reason}）"
        elif text:
            said = "等待答复后再定"
        else:
            said = "空格，不写入"
        return CellWords(cell, text, said, "plain", origin, seen.fields[0] if origin else "")
    return CellWords(cell, text, "表格之外" if text else "")


def _heads(
    header: tuple[int, int], card: bool, head: tuple[int, int], row: int, column: int
) -> bool:
    """Whether a cell is the heading of its column, or the label of its pair."""
    return (row, column) == head if card else header[0] <= row <= header[1]
