"""Everything that is not read, and every remark, each with its place: nothing silently. No Qt."""

from __future__ import annotations

import msgspec

from desktop.sheets.plans.plan import Plan
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.workbook.grid import place


class Remark(msgspec.Struct, frozen=True):
    """One line: its kind, where it stands (row and column from 0, None for a whole sheet or for
    the workbook), what is said."""

    kind: str
    where: str
    text: str
    sheet: str = ""
    row: int | None = None
    column: int | None = None


def remarks(proposal: Proposal, plan: Plan) -> tuple[Remark, ...]:
    """What the plan says, columns that were not understood, remarks on cells, skipped rows."""
    found = [Remark("说明", "", note) for note in plan.notes]
    for one in proposal.unmapped:
        sample = f"，例如“{one.sample}”" if one.sample else ""
        text = f"“{one.heading or '没有表头'}”没有读入（{one.reason}{sample}）"
        head = _head(proposal, one.sheet, one.column)
        found.append(Remark("未读的列", f"{one.sheet} {one.column} 列", text, one.sheet, *head))
    for note in proposal.notes:
        where = f"{note.sheet} {note.cell}"
        found.append(Remark("备注", where, note.text, note.sheet, *place(note.cell)))
    for skipped in proposal.skipped:
        if skipped.row is None:
            found.append(Remark("未读的表", skipped.sheet, skipped.reason, skipped.sheet))
        else:
            where = f"{skipped.sheet} 第 {skipped.row} 行"
            row = skipped.row - 1
            found.append(Remark("未读的行", where, skipped.reason, skipped.sheet, row, 0))
    return tuple(found)


def _head(proposal: Proposal, sheet: str, letters: str) -> tuple[int, int]:
    column = place(f"{letters}1")[1]
    for table in proposal.tables:
        if table.sheet == sheet:
            for one in table.columns:
                if one.head[1] == column and not one.fields:
                    return one.head
    return 0, column
