"""A department's own form: where its table begins, which field stands in which column.

Its empty workbook is read as any other; the headings are understood by the same mapping, and the
person's answers (``sheet!cell:column`` → field) correct it, as when a workbook is read in. What is
learned is enough to fill the form every week without being asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Scheme
from desktop.sheets.forms.body import Block, Body, FormSection, body_of, understood
from desktop.sheets.forms.fixed import FixedCell, belongs_to_form, fixed_in, label_of
from desktop.sheets.forms.form import Form, FormColumn
from desktop.sheets.forms.losses import losses, opened
from desktop.sheets.forms.pairs import pairs_in, without
from desktop.sheets.meaning import vocabulary
from desktop.sheets.meaning.vocabulary import Vocabulary
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.overview import ColumnSeen, TableSeen, column_id
from desktop.sheets.proposals.proposal import Proposal, Question
from desktop.sheets.proposals.told import MONEY_UNIT, UNITS
from desktop.sheets.proposing import propose
from desktop.sheets.tables.headings import filled
from desktop.sheets.tables.surroundings import MoneyUnit
from desktop.sheets.workbook.grid import Sheet, Workbook, address, text_of
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: What a question about a fixed text calls its field, and one about a section.
TEXT, SECTION = "text", "section"
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


__all__ = ["Form", "FormColumn", "FormNotXlsx", "Learned", "Left", "NoTableInForm", "learn"]


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
    labels = {
        sheet.name: {row: pairs_in(sheet, row) for row in range(len(sheet.rows))}
        for sheet in workbook.sheets
    }
    beside = {
        name: [one for pairs in rows.values() for one in pairs] for name, rows in labels.items()
    }
    proposal = propose(without(workbook, beside), scheme, answers)
    tables = [table for table in proposal.tables if table.kind]
    if not tables:
        raise NoTableInForm(workbook.name)
    table = max(tables, key=lambda one: sum(bool(column.fields) for column in one.columns))
    sheet = next(one for one in workbook.sheets if one.name == table.sheet)
    learning = _Learning(scheme, proposal, table, sheet, answers, labels[sheet.name])
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
        self,
        scheme: Scheme,
        proposal: Proposal,
        table: TableSeen,
        sheet: Sheet,
        answers: Answers,
        labels: Mapping[int, list[FixedCell]],
    ) -> None:
        self.scheme, self.proposal, self.table = scheme, proposal, table
        self.sheet, self.answers, self.labels = sheet, answers, labels
        self.columns: list[FormColumn] = []
        self.left: list[Left] = []
        self.questions: list[Question] = []
        self.number: int | None = None
        #: Labels of the form itself that stand in a card.
        self.own: list[FixedCell] = []

    def learned(self, name: str, digest: str, lost: tuple[str, ...]) -> Learned:
        """Columns, rows and fixed cells."""
        for column in self.table.columns:
            self._column(column)
        words, heading = vocabulary.load(self.scheme), self.table.header[1]
        rows = [row for row, one in self.labels.items() if one]
        if self.table.card:
            body = Body((Block(1, 0),))
            around = [*range(self.table.header[0]), *range(heading + 1, len(self.sheet.rows))]
            around += [row for row in rows if row not in around]
        else:
            width = self.table.area.left, self.table.area.right
            body = body_of(words, self.sheet, heading, width, rows)
            around = [*range(self.table.header[0]), *range(body.end, len(self.sheet.rows))]
        form = Form(
            name=name,
            digest=digest,
            sheet=self.sheet.name,
            heading=0 if self.table.card else heading + 1,
            first=body.first,
            last=body.last,
            totals=tuple(one.row for one in body.totals),
            kind=self.table.kind,
            columns=tuple(self.columns),
            number=self.number,
            fixed=tuple(self._fixed(around)),
            blocks=body.blocks,
            sections=tuple(self._section(words, one) for one in body.sections),
            sums=body.totals,
            card=self.table.card,
        )
        return Learned(form, tuple(self.left), tuple(self.questions), lost)

    def _section(self, words: Vocabulary, section: FormSection) -> FormSection:
        """A section whose words say nothing is asked about; the answer is read as they are."""
        question = Question(
            sheet=self.sheet.name,
            cell=address(section.row - 1, section.column - 1),
            record=None,
            field=SECTION,
            text=section.text,
            value=None,
            question=f"“{section.text}”一节放哪些项目？请答级别、类别、状态或单位的名称，"
            "或答“其他”；不答则这一节留空。",
        )
        if not self.answers.has(question.id):
            if not section.understood:
                self.questions.append(question)
            return section
        said = str(self.answers.value(question.id) or "")
        values, unit, rest = understood(words, said)
        told = msgspec.structs.replace(section, values=values, unit=unit, rest=rest, said=said)
        if said and not told.understood:
            raise AnswerNotUnderstood(question.id, said, "不是级别、类别、状态或单位")
        return told

    def _column(self, column: ColumnSeen) -> None:
        """Take a column that is sure; say of every other why it stays empty."""
        row, at = column.value or (-1, column.head[1])
        identity = column_id(self.sheet.name, column.head)
        what, label, _ = label_of(column.heading)
        if column.value and what is not None and belongs_to_form(label):
            self.own.append(FixedCell(row + 1, column.head[1] + 1, what, label, value=at + 1))
        elif column.what == "sequence":
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
                    row=row + 1,
                    label=address(*column.head) if column.value else "",
                )
            )
        elif column.what == "rate" and self._rate_register():
            register = self._rate_register()
            label = address(*column.head) if column.value else ""
            self.columns.append(
                FormColumn(at + 1, column.heading, register, RATE, row=row + 1, label=label)
            )
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

    def _fixed(self, rows: Iterable[int]) -> list[FixedCell]:
        """Cells above and below the table that say whose it is, when, and who filled it."""
        found = list(self.own)
        for row in rows:
            beside = self.labels[row]
            found += beside
            taken = {one.column for one in beside} | {one.value for one in beside}
            for column, cell in filled(self.sheet.rows[row]):
                if isinstance(cell, str) and column + 1 not in taken:
                    found += fixed_in(text_of(cell), row + 1, column + 1)
        return [self._texted(one) for one in sorted(found, key=lambda one: one.row)]

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


def _unit(text: str) -> MoneyUnit:
    """A column's money unit; of a column of anything else it does not matter."""
    return next((one for one in UNITS if one == text), "万元")
