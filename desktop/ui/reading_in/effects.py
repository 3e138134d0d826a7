"""What becomes of each cell of a workbook, looked up by its place. No Qt."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from desktop.sheets.plans.plan import FieldPlan, Plan, Step
from desktop.sheets.proposals.overview import ColumnSeen, TableSeen
from desktop.sheets.proposals.proposal import Proposal, Question
from desktop.sheets.workbook.grid import Workbook, place

#: Up to so many fields every origin is looked at; above, the rows of a step are taken at its word.
EVERY = 60_000
#: What is said of a cell that goes to several fields: the first of these.
ORDER = ("open", "different", "new", "barred", "same", "kept")


class Effect(msgspec.Struct, frozen=True):
    """A field that a cell gives, in the record that it goes to."""

    step: Step
    field: FieldPlan


class Effects:
    """Indexes over one proposal and its plan, made once in the book's thread."""

    def __init__(self, workbook: Workbook, proposal: Proposal, plan: Plan) -> None:
        self._steps: dict[tuple[str, int], list[Step]] = {}
        every = sum(len(step.fields) for step in plan.steps) <= EVERY
        for step in plan.steps:
            rows = {(step.sheet, step.row)}
            if every:
                rows |= {_row(field.origin) for field in step.fields}
            for row in rows:
                self._steps.setdefault(row, []).append(step)
        self.skipped: dict[tuple[str, int], str] = {}
        self.sheets_skipped: dict[str, str] = {}
        for one in proposal.skipped:
            if one.row is None:
                self.sheets_skipped[one.sheet] = one.reason
            else:
                self.skipped.setdefault((one.sheet, one.row - 1), one.reason)
        self.tables: dict[str, list[TableSeen]] = {sheet.name: [] for sheet in workbook.sheets}
        for table in proposal.tables:
            self.tables[table.sheet].append(table)
        self.asked: dict[tuple[str, int, int], str] = {}
        for question in (*proposal.questions, *plan.questions):
            self.asked.setdefault((question.sheet, *place(question.cell)), question.id)
        self._columns = {
            question.id: question for question in proposal.questions if question.record is None
        }

    def at(self, sheet: str, row: int, column: int) -> list[Effect]:
        """What a cell gives; several where one cell holds two fields, or tells of two records."""
        found = []
        for step in self._steps.get((sheet, row), ()):
            for field in step.fields:
                if _place(field.origin) == (sheet, row, column):
                    found.append(Effect(step, field))
        return found

    def row(self, sheet: str, row: int) -> Mapping[int, str]:
        """By column of a row what becomes of its cell: :data:`~desktop.sheets.plans.plan.SAID`."""
        found: dict[int, str] = {}
        for step in self._steps.get((sheet, row), ()):
            for field in step.fields:
                where, line, column = _place(field.origin)
                if (where, line) == (sheet, row):
                    held = found.get(column)
                    if held is None or ORDER.index(field.what) < ORDER.index(held):
                        found[column] = field.what
        return found

    def table_at(self, sheet: str, row: int, column: int) -> TableSeen | None:
        """The table or card whose outline holds the cell."""
        for table in self.tables.get(sheet, ()):
            area = table.area
            if area.top <= row <= area.bottom and area.left <= column <= area.right:
                return table
        return None

    def column_at(self, sheet: str, row: int, column: int) -> ColumnSeen | None:
        """The column of a table, or the pair of a card, that the cell belongs to."""
        table = self.table_at(sheet, row, column)
        if table is None:
            return None
        if not table.card:
            return table.column_at(column)
        return next((one for one in table.columns if (row, column) in (one.head, one.value)), None)

    def question_of_column(self, seen: ColumnSeen) -> Question | None:
        """The open question about a column."""
        return self._columns.get(seen.question)


def _place(origin: str) -> tuple[str, int, int]:
    sheet, _, cell = origin.rpartition("!")
    return sheet, *place(cell)


def _row(origin: str) -> tuple[str, int]:
    return _place(origin)[:2]
