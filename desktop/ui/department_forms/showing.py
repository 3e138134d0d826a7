"""A form over its sheet: what goes into which cells, in the marks of 从 Excel 读入. No Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from desktop.ledger.definitions import Scheme
from desktop.sheets.forms.form import Form, FormColumn
from desktop.sheets.forms.learning import Learned
from desktop.sheets.plans.plan import Plan
from desktop.sheets.proposals.overview import ColumnSeen, TableSeen
from desktop.sheets.proposals.proposal import Proposal, Question
from desktop.sheets.workbook.grid import Area, Sheet, Workbook, address, place, text_of
from desktop.ui.reading_in import offers
from desktop.ui.reading_in.effects import Effects

#: What is said of the cells that tell the same for all rows.
FIXED = {
    "unit": "填报单位",
    "date": "填报日期",
    "filler": "填表人",
    "phone": "联系电话",
    "period": "期次",
}


class FormEffects(Effects):
    """Marks the cells that are filled every time; ``questions`` mark theirs."""

    def __init__(
        self,
        workbook: Workbook,
        form: Form,
        tables: Sequence[TableSeen],
        questions: Sequence[Question] = (),
    ) -> None:
        proposal = Proposal(
            workbook=workbook.name,
            unit=None,
            year=None,
            week=None,
            filled_on=None,
            projects=(),
            items=(),
            questions=tuple(questions),
            unmapped=(),
            skipped=(),
            notes=(),
            columns=(),
            tables=tuple(tables),
        )
        super().__init__(workbook, proposal, Plan(workbook.name, None, (), {}, (), ()))
        self.form = form
        self._inside = {one.column - 1 for one in form.columns if not one.row}
        if form.number is not None:
            self._inside.add(form.number - 1)
        self._alone: dict[int, set[int]] = {}
        for cell in form.fixed:
            if cell.what != "text" or cell.text:
                column = (cell.value or cell.column) - 1
                self._alone.setdefault(cell.row - 1, set()).add(column)
        for one in form.columns:
            if one.row:
                self._alone.setdefault(one.row - 1, set()).add(one.column - 1)

    def row(self, sheet: str, row: int) -> Mapping[int, str]:
        """The cells of a row that are filled."""
        if sheet != self.form.sheet:
            return {}
        filled = set(self._alone.get(row, ()))
        if not self.form.card and _lines(self.form, row):
            filled |= self._inside
        return dict.fromkeys(filled, "different")


def told(scheme: Scheme, effects: FormEffects, sheet: Sheet, row: int, column: int) -> str:
    """What becomes of the cell on which one stands, in words."""
    form, where = effects.form, address(row, column)
    text = " ".join(text_of(sheet.at(row, column)).split())
    here = f"{where}　{text}" if text else where
    if sheet.name != form.sheet:
        return f"{here}：这张工作表原样保留"
    here_is = (row + 1, column + 1)
    fixed = [
        f"每次填同样的文字“{one.text}”" if one.what == "text" else f"填{FIXED[one.what]}"
        for one in form.fixed
        if (one.row, one.value or one.column) == here_is and (one.what != "text" or one.text)
    ]
    if fixed:
        return f"{here}：{'、'.join(fixed)}"
    seen = effects.column_at(sheet.name, row, column)
    inside = form.card or _lines(form, row)
    if seen is None or not (inside or row <= form.heading - 1):
        total = "，合计由公式求和" if row + 1 in form.totals else ""
        return f"{here}：原样保留{total}"
    head = seen.head[1] + 1
    own = next(
        (one for one in form.columns if (one.place == here_is if one.row else one.column == head)),
        None,
    )
    if own is not None:
        home = scheme.registers.get(own.register)
        field = home.by_name.get(own.field) if home else None
        register = f"{home.title}・" if home else ""
        unit = f"，按{own.unit}" if _is_money(scheme, own) else ""
        said = offers.said(scheme, seen) if seen.fields else (field.title if field else own.field)
        return f"{here}：填{register}{said}{unit}"
    if form.number == seen.head[1] + 1:
        return f"{here}：填序号"
    return f"{here}：这一栏不填（{seen.reason}）" if seen.reason else f"{here}：这一栏不填"


def table_of(scheme: Scheme, form: Form, sheet: Sheet) -> TableSeen:
    """A learned form's table as the sheet view draws it, its heading from the first merged row."""
    if form.card:
        return _card_of(scheme, form, sheet)
    by_column = {one.column: one for one in form.columns}
    row = form.heading - 1
    top = min([area.top for area in sheet.merges if area.top <= row <= area.bottom] or [row])
    columns: list[ColumnSeen] = []
    for number in range(1, max([sheet.width, *by_column, form.number or 1]) + 1):
        one = by_column.get(number)
        fields = (one.field, *one.also) if one else ()
        columns.append(
            ColumnSeen(
                head=(row, number - 1),
                last=number - 1,
                value=None,
                heading=one.heading if one else text_of(sheet.at(row, number - 1)),
                what="sequence" if number == form.number else "" if one else offers.UNFILLED,
                fields=fields,
                homes=(one.register,) * len(fields) if one else (),
                unit=one.unit if one and _is_money(scheme, one) else "",
                reason="学过的" if one else "",
                question="",
            )
        )
    area = Area(top, 0, max(form.last, form.heading) - 1, len(columns) - 1)
    return TableSeen(form.sheet, area, (top, row), False, form.kind, tuple(columns))


def _lines(form: Form, row: int) -> bool:
    """Whether a row (from 0) is one of those that are filled."""
    return any(one.first - 1 <= row <= one.last - 1 for one in form.body.blocks)


def _card_of(scheme: Scheme, form: Form, sheet: Sheet) -> TableSeen:
    """A learned card: each label with the cell that is filled."""
    columns = tuple(
        ColumnSeen(
            head=place(one.label),
            last=place(one.label)[1],
            value=(one.row - 1, one.column - 1),
            heading=one.heading,
            what="",
            fields=(one.field, *one.also),
            homes=(one.register,) * (1 + len(one.also)),
            unit=one.unit if _is_money(scheme, one) else "",
            reason="学过的",
            question="",
        )
        for one in form.columns
    )
    rows = [one.row - 1 for one in form.columns] or [0]
    area = Area(min(rows), 0, max(rows), max(0, sheet.width - 1))
    return TableSeen(form.sheet, area, (area.top, area.bottom), True, form.kind, columns)


def of_form(scheme: Scheme, table: TableSeen, learned: Learned) -> TableSeen:
    """A table as it was understood, in the words of a form: what is not read is not filled, amounts
    have the unit in which they are filled, and a question is one only if the form asks it."""
    form, asked = learned.form, {one.id for one in learned.questions}
    units: dict[object, str] = {
        place(one.label) if form.card else one.column - 1: one.unit
        for one in form.columns
        if _is_money(scheme, one)
    }
    columns: list[ColumnSeen] = []
    for one in table.columns:
        question = one.question if one.question in asked else ""
        unfilled = not (one.fields or one.what or question)
        columns.append(
            msgspec.structs.replace(
                one,
                what=offers.UNFILLED if unfilled else one.what,
                unit=units.get(one.head if form.card else one.head[1], one.unit),
                question=question,
            )
        )
    return msgspec.structs.replace(table, columns=tuple(columns))


def with_formulas(workbook: Workbook) -> Workbook:
    """An empty form has formulas that nobody computed yet: say that they are there, no more."""
    return msgspec.structs.replace(workbook, sheets=tuple(map(_told, workbook.sheets)))


def _told(sheet: Sheet) -> Sheet:
    if not sheet.uncomputed:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for row, column in sheet.uncomputed:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = "（公式）"
    return msgspec.structs.replace(sheet, rows=rows, uncomputed=frozenset())


def _is_money(scheme: Scheme, column: FormColumn) -> bool:
    home = scheme.registers.get(column.register)
    field = home.by_name.get(column.field) if home else None
    return field is not None and field.type == "money"
