"""A department's own form: where its table begins, which field stands in which column.

Its empty workbook is read as any other; the headings are understood by the same mapping, and the
person's answers (``sheet!cell:column`` → field) correct it, as when a workbook is read in. What is
learned is enough to fill the form every week without being asked again.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Scheme
from desktop.sheets.forms.fixed import FixedCell, fixed_in
from desktop.sheets.forms.losses import losses, opened
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.overview import ColumnSeen, TableSeen, column_id
from desktop.sheets.proposals.proposal import Proposal, Question
from desktop.sheets.proposals.told import MONEY_UNIT, UNITS
from desktop.sheets.proposing import propose
from desktop.sheets.tables.headings import filled
from desktop.sheets.tables.rows import is_footer, is_note, is_numbering, is_total
from desktop.sheets.tables.surroundings import MoneyUnit
from desktop.sheets.workbook.grid import Sheet, Workbook, address, text_of

#: What a question about a fixed text calls its field.
TEXT = "text"
#: The field that a column of rates shows where the ledger computes it.
RATE = "completion_rate"


class NoTableInForm(OneLedgerError):
    """The template has no table that is understood."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"“{file}”中没有认出可以填的表：要有表头，表头中要有项目名称一类的栏目。",
            "请用对方发来的空表；表头认不出的，可用 --answers 写明各栏是什么。",
        )


class FormNotXlsx(OneLedgerError):
    """Only the present Excel format can be filled without losing its look."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"“{file}”不是 xlsx 工作簿，不能作为表样。",
            "请用 WPS 或 Excel 打开，另存为“Excel 工作簿（*.xlsx）”后再学。",
        )


class FormColumn(msgspec.Struct, frozen=True):
    """A column of the form, counted from 1, and what goes into it; ``also`` are fields that share
    it (起止年限, 责任人及电话); ``unit`` of its money."""

    column: int
    heading: str
    register: str
    field: str
    unit: MoneyUnit = "万元"
    also: tuple[str, ...] = ()


class Form(msgspec.Struct, frozen=True):
    """A learned form. Rows count from 1: ``heading`` is the last heading row, ``first`` … ``last``
    the rows to be filled, ``totals`` those that sum up. ``kind`` is the register of its rows,
    ``number`` the column that counts them. ``digest`` is the template's SHA-256."""

    name: str
    digest: str
    sheet: str
    heading: int
    first: int
    last: int
    totals: tuple[int, ...]
    kind: str
    columns: tuple[FormColumn, ...]
    number: int | None
    fixed: tuple[FixedCell, ...]


class Left(msgspec.Struct, frozen=True):
    """A column of the form that nothing is written to, with the id of an answer for it; or another
    table of the workbook, which has none."""

    id: str
    heading: str
    reason: str
    proposed: str | None = None


class Learned(msgspec.Struct, frozen=True):
    """What was learned, and what is open: columns left empty, questions, what would be lost."""

    form: Form
    left: tuple[Left, ...]
    questions: tuple[Question, ...]
    lost: tuple[str, ...]


def learn(scheme: Scheme, workbook: Workbook, path: Path, name: str, answers: Answers) -> Learned:
    """Learn the form at ``path``, read as ``workbook``.

    Raises :class:`FormNotXlsx`, :class:`NoTableInForm`,
    :class:`~desktop.sheets.forms.losses.FormUnopenable`,
    :class:`~desktop.sheets.workbook.refusals.AnswerNotUnderstood` and
    :class:`~desktop.sheets.workbook.refusals.UnknownAnswer`.
    """
    if workbook.kind != "xlsx":
        raise FormNotXlsx(workbook.name)
    proposal = propose(workbook, scheme, answers)
    tables = [table for table in proposal.tables if table.kind and not table.card]
    if not tables:
        raise NoTableInForm(workbook.name)
    table = max(tables, key=lambda one: sum(bool(column.fields) for column in one.columns))
    sheet = next(one for one in workbook.sheets if one.name == table.sheet)
    learning = _Learning(scheme, proposal, table, sheet, answers)
    for other in proposal.tables:
        if other is not table:
            place = f"{other.sheet} 第 {other.header[0] + 1} 行"
            learning.left.append(Left("", place, "一个表样只填一张表，这张表不填"))
    learned = learning.learned(name, sha256(path.read_bytes()).hexdigest(), losses(path))
    answers.refuse_unused()
    opened(path)
    return learned


class _Learning:
    def __init__(
        self, scheme: Scheme, proposal: Proposal, table: TableSeen, sheet: Sheet, answers: Answers
    ) -> None:
        self.scheme, self.proposal, self.table = scheme, proposal, table
        self.sheet, self.answers = sheet, answers
        self.columns: list[FormColumn] = []
        self.left: list[Left] = []
        self.questions: list[Question] = []
        self.number: int | None = None

    def learned(self, name: str, digest: str, lost: tuple[str, ...]) -> Learned:
        """Columns, rows and fixed cells."""
        for column in self.table.columns:
            self._column(column)
        heading = self.table.header[1]
        first, last, totals = rows_of(self.sheet, heading, self._width())
        fixed = self._fixed(first, last)
        form = Form(
            name=name,
            digest=digest,
            sheet=self.sheet.name,
            heading=heading + 1,
            first=first + 1,
            last=last + 1,
            totals=tuple(row + 1 for row in totals),
            kind=self.table.kind,
            columns=tuple(self.columns),
            number=self.number,
            fixed=tuple(fixed),
        )
        return Learned(form, tuple(self.left), tuple(self.questions), lost)

    def _width(self) -> tuple[int, int]:
        return self.table.area.left, self.table.area.right

    def _column(self, column: ColumnSeen) -> None:
        """Take a column that is sure; say of every other why it stays empty."""
        at = column.head[1]
        identity = column_id(self.sheet.name, column.head)
        if column.what == "sequence":
            self.number = at + 1
        elif column.question:
            self.left.append(self._unsure(column))
        elif column.fields:
            self.columns.append(
                FormColumn(
                    column=at + 1,
                    heading=column.heading,
                    register=column.homes[0] or self.table.kind,
                    field=column.fields[0],
                    unit=_unit(column.unit),
                    also=column.fields[1:],
                )
            )
        elif column.what == "rate" and self._rate_register():
            register = self._rate_register()
            self.columns.append(FormColumn(at + 1, column.heading, register, RATE))
        elif column.heading:
            self.left.append(Left(identity, column.heading, column.reason or "没有认出"))

    def _unsure(self, column: ColumnSeen) -> Left:
        """A column with an open question: about its unit that one is answered, else its field."""
        asked = next((one for one in self.proposal.questions if one.id == column.question), None)
        reason = asked.question if asked else "没有把握，请确认"
        if asked is not None and asked.field == MONEY_UNIT:
            return Left(asked.id, column.heading, reason, str(asked.value))
        proposed = column.fields[0] if column.fields else None
        return Left(column_id(self.sheet.name, column.head), column.heading, reason, proposed)

    def _rate_register(self) -> str:
        """The ledger that computes the rate, of those that the table's columns belong to."""
        homes = [home for column in self.table.columns for home in column.homes if home]
        ledgers = dict.fromkeys((*homes, self.scheme.head.weekly))
        return next((one for one in ledgers if RATE in self.scheme.registers[one].by_name), "")

    def _fixed(self, first: int, last: int) -> list[FixedCell]:
        """Cells above and below the table that say whose it is, when, and who filled it."""
        found = []
        for row in (*range(self.table.header[0]), *range(last + 1, len(self.sheet.rows))):
            cells = filled(self.sheet.rows[row])
            for column, cell in cells:
                if isinstance(cell, str):
                    found += fixed_in(text_of(cell), row + 1, column + 1)
        return [self._texted(one) for one in found]

    def _texted(self, cell: FixedCell) -> FixedCell:
        """A label that the book cannot answer is asked about once; it may stay empty."""
        if cell.what != "text":
            return cell
        question = Question(
            sheet=self.sheet.name,
            cell=address(cell.row - 1, cell.column - 1),
            record=None,
            field=f"{TEXT}-{cell.label}",
            text=cell.label,
            value=None,
            question=f"“{cell.label}”一处填什么？每次都填同样的文字；不答则留空。",
        )
        if not self.answers.has(question.id):
            self.questions.append(question)
            return cell
        return msgspec.structs.replace(cell, text=str(self.answers.value(question.id) or ""))


def rows_of(sheet: Sheet, heading: int, width: tuple[int, int]) -> tuple[int, int, list[int]]:
    """The first and the last row to be filled below the heading row, and the rows of totals; all
    count from 0. Blank lines up to the totals or the foot are to be filled; without any of these
    one line is."""
    totals: list[int] = []
    row = heading + 1
    while row < len(sheet.rows):
        cells = filled(sheet.rows[row], *width)
        if cells and is_total(cells):
            totals.append(row)
        elif not (cells and is_numbering(cells)):
            break
        row += 1
    first = last = row
    found = False
    for number in range(row, len(sheet.rows)):
        cells = filled(sheet.rows[number])
        if not cells:
            continue
        if is_total(cells) or is_footer(cells) or is_note(cells):
            if is_total(cells):
                totals.append(number)
            last = max(first, number - 1 if not found else last)
            found = True
        elif found:
            break
        else:
            last = number
    return first, last, totals


def _unit(text: str) -> MoneyUnit:
    """A column's money unit; of a column of anything else it does not matter."""
    return next((one for one in UNITS if one == text), "万元")
