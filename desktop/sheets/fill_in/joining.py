"""A returned fill-in workbook beside the book: three sides of every cell.

What was given out, what came back, what the book holds now. What came back as it was given brings
nothing. What was changed here and not in the book is taken; what was changed in both is shown as
both and waits for an answer. A row is taken for the record that its key names; what only its name
tells is asked about.
"""

from __future__ import annotations

from typing import Any

from desktop.ledger.definitions import BOOK, Register
from desktop.ledger.entry import ledger_identity
from desktop.ledger.periods import Period, parse_period
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in import saying as said
from desktop.sheets.fill_in.columns import as_cell
from desktop.sheets.fill_in.marks import GivenRow, Mark, is_digest, kept, recalled
from desktop.sheets.fill_in.returning import Returned, ReturnedRow
from desktop.sheets.fill_in.subjects import ReturnedSubjects
from desktop.sheets.plans.drafts import Draft
from desktop.sheets.plans.plan import PERIOD, FieldPlan, Plan, What
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.gathering import shortened
from desktop.sheets.proposals.proposal import Proposal, Question
from desktop.sheets.proposals.settling import shown as told
from desktop.sheets.workbook.refusals import SheetsRefusal
from desktop.sheets.writing.registers import Labels


class OfAnotherBook(SheetsRefusal):
    """The workbook was given out by another book: its marks mean nothing here."""

    def __init__(self, file: str, mark: Mark) -> None:
        super().__init__(
            f"“{file}”是{mark.unit or '另一个单位'}的账本发出的填报模板，不是本账本发出的。",
            "请交给发出模板的单位读入；账本没有改动。",
        )


def plan_returned(book: Book, proposal: Proposal, period: Period | None, answers: Answers) -> Plan:
    """What taking a returned workbook in would do. Raises :class:`OfAnotherBook` and
    :class:`~desktop.sheets.workbook.refusals.AnswerNotUnderstood`."""
    returned = proposal.returned
    assert isinstance(returned, Returned)
    (own,) = book.rows(BOOK.name)
    if own["record"] != returned.mark.book:
        raise OfAnotherBook(proposal.workbook, returned.mark)
    return _Joining(book, proposal, returned, answers).plan(period)


class _Joining:
    def __init__(
        self, book: Book, proposal: Proposal, returned: Returned, answers: Answers
    ) -> None:
        self.book, self.proposal, self.answers = book, proposal, answers
        self.returned, self.mark = returned, returned.mark
        self.register: Register = book.scheme.register(self.mark.register)
        self.period = parse_period(self.mark.period) if self.mark.period else None
        self.questions: list[Question] = []
        self.notes: list[str] = []
        self.labels = Labels(book)
        self.rows = {row["record"]: row for row in book.rows(self.register.name, self.mark.period)}
        self.subjects = ReturnedSubjects(book, returned, answers, self.questions, self.notes)
        self.drafts: dict[str, Draft] = {}
        self.waiting = 0

    def plan(self, asked: Period | None) -> Plan:
        """Row by row; new subjects before what hangs under them."""
        if asked is not None and self.period is not None and asked != self.period:
            self.notes.append(
                f"模板写明是{self.period.title}，按{self.period.title}读入，没有按{asked.title}。"
            )
        self.notes += said.of_version(self.book, self.mark)
        for row in self.returned.rows:
            self._row(row)
        steps = [
            *self.subjects.steps,
            *(draft.step() for draft in self.drafts.values() if self._tells(draft)),
        ]
        self.notes += said.of_missing(self.register, self.returned)
        owners = {self.subjects.owner_of(step.subject) for step in steps if step.writes}
        self.notes += said.of_submitted(self.book, self.register, self.period, owners - {None})
        if self.waiting:
            self.notes.append(f"有 {self.waiting} 行等待答复，没有写入。")
        return Plan(
            workbook=self.proposal.workbook,
            period=self.period,
            steps=tuple(steps),
            subjects=self.subjects.found,
            questions=tuple(self.questions),
            notes=tuple(self.notes),
        )

    # Rows -----------------------------------------------------------------------------------------

    def _row(self, row: ReturnedRow) -> None:
        if self.register.key and row.place is None:
            said_ = f"第 {row.record.row + 1} 行是新增的，“{self.register.title}”的行不能在表中新增"
            self.notes.append(f"{said_}，没有读入。")
            return
        whose = self.subjects.of(row)
        if whose is None:
            self.waiting += bool(row.changed)
            return
        if self.register.shape == "ledger":
            record = self._ledger_record(row, whose.subject)
            present = self.rows.get(record)
        else:
            record = whose.record or f"+{row.record.sheet}!{row.record.row}"
            present = self.rows.get(whose.record or "")
            if whose.record is not None and present is None:
                self.notes.append(f"“{row.record.label}”已从账本中删除，送回的这一行没有读入。")
                return
            if present is None and not self._labelled(row):
                self.waiting += 1
                return
        if record in self.drafts:
            first = self.drafts[record].first
            self.notes.append(
                f"第 {row.record.row + 1} 行与第 {first.row + 1} 行是同一条记录，只读入前一行。"
            )
            return
        draft = Draft(
            self.book.scheme, self.register, whose.key, row.record, present, self.book.level
        )
        self.drafts[record] = draft
        if present is None and self.register.owner:
            draft.fixed[self.register.owner] = self.subjects.unit_of(row) or self.book.unit
        if self.register.shape == "ledger":
            draft.fixed[PERIOD] = str(self.mark.period)
            for key in self.register.key:
                value = (row.given.cells if row.given else {}).get(f"!{key}")
                if value is not None:
                    draft.fixed[key] = self._key_value(key, value)
        self._lay(draft, row, whose.held)

    def _ledger_record(self, row: ReturnedRow, subject: str | None) -> str:
        if row.place is not None and row.place[0] == subject:
            return row.place[1]
        if subject is None:
            return f"+{row.record.sheet}!{row.record.row}"
        return ledger_identity(self.register.name, subject, str(self.mark.period))

    def _key_value(self, key: str, value: Any) -> str:
        """A key field as the book stores it; the sheet shows a choice by its title."""
        codes = self.book.scheme.code_list(self.register.by_name[key])
        names = (
            [item.name for item in codes.items if value in (item.title, item.name)] if codes else []
        )
        return str(names[0] if names else value)

    def _labelled(self, row: ReturnedRow) -> bool:
        """Whether a new record has what names it; else it is asked for."""
        label = self.register.label
        if label is None or label == self.register.of:
            return True
        if row.record.values.get(label) is not None and label not in row.record.open:
            return True
        field = self.register.by_name[label]
        question = Question(
            sheet=row.record.sheet,
            cell=row.record.cell(label),
            record=row.record.label,
            field=label,
            text="",
            value=None,
            question=f"新增的一行没有填“{field.title}”，应填什么？不答则这一行不读入。",
        )
        if not self.answers.has(question.id) and label not in row.record.open:
            self.questions.append(question)
        return False

    # Fields ---------------------------------------------------------------------------------------

    def _lay(self, draft: Draft, row: ReturnedRow, held: bool) -> None:
        touched = not held and any(
            row.record.values.get(name) is not None and name not in row.record.open
            for name in row.changed
        )
        for name, value in row.record.values.items():
            field = self.register.by_name[name]
            if field.of is not None:
                continue
            origin = row.record.origin(name)
            present = draft.present.get(name) if draft.present else None
            if name in row.record.open or (held and name in row.changed):
                draft.put(name, value, origin, held_back=True)
            elif name in row.changed:
                self._changed(draft, row, name, value, present)
            elif row.given is not None and name in row.given.carried and present is None:
                if touched and value is not None:
                    draft.put(name, value, origin)
            elif present is not None:
                moved = self._differs(draft, name, value, present)
                what: What = "kept" if moved else "same"
                draft.fields[name] = FieldPlan(name, what, value, present, origin)

    def _changed(self, draft: Draft, row: ReturnedRow, name: str, value: Any, present: Any) -> None:
        """A cell that is not as it was given: the book must still be as it was then."""
        origin = row.record.origin(name)
        answered = name in row.answered
        if present is None and value is None:
            return
        moved = row.given is not None and not self._as_given(row.given, name, present)
        if not answered and moved and self._differs(draft, name, value, present):
            self._ask_both(draft, row, name, value, present)
        elif value is None:
            if not answered:
                if row.given is None:
                    draft.put(name, value, origin)
                else:
                    self._ask_cleared(draft, row, name, present)
            elif self._may_fill(name):
                draft.fields[name] = FieldPlan(name, "different", None, present, origin)
        else:
            draft.put(name, value, origin)

    def _as_given(self, given: GivenRow, name: str, present: Any) -> bool:
        """Whether the book still holds what it held when the workbook was made."""
        was = None if name in given.carried else given.cells.get(name)
        now = recalled(kept(self.labels.shown(self.register.by_name[name], present)))
        return bool(was == now)

    def _differs(self, draft: Draft, name: str, value: Any, present: Any) -> bool:
        if value is None or present is None:
            return value is not present
        return not draft.agrees(name, value, present)

    def _may_fill(self, name: str) -> bool:
        field = self.register.by_name[name]
        levels = field.filled_by or self.register.filled_by
        return not levels or not self.book.level or self.book.level in levels

    def _ask_both(
        self, draft: Draft, row: ReturnedRow, name: str, value: Any, present: Any
    ) -> None:
        assert row.given is not None
        was = None if name in row.given.carried else row.given.cells.get(name)
        asked = (
            f"“{self._title(name)}”发出时是“{self._told(name, was)}”，账本后来改为"
            f"“{self._told(name, present)}”，送回的是“{self._told(name, value)}”，以哪个为准？"
        )
        self._ask(draft, row, name, value, present, asked)

    def _ask_cleared(self, draft: Draft, row: ReturnedRow, name: str, present: Any) -> None:
        asked = (
            f"“{self._title(name)}”发出时是“{self._told(name, present)}”，送回时是空的，"
            "要清空吗？清空请答空值，保留请答原值。"
        )
        self._ask(draft, row, name, None, present, asked)

    def _ask(
        self, draft: Draft, row: ReturnedRow, name: str, value: Any, present: Any, asked: str
    ) -> None:
        proposed = value if value is not None else present
        field = self.register.by_name[name]
        if value is None and field.type == "choices" and isinstance(present, str):
            proposed = self.labels.shown(field, present)
        self.questions.append(
            Question(
                sheet=row.record.sheet,
                cell=row.record.cell(name),
                record=row.record.label,
                field=name,
                text="" if value is None else self._told(name, value),
                value=proposed,
                question=asked,
            )
        )
        draft.fields[name] = FieldPlan(name, "open", value, present, row.record.origin(name))

    def _title(self, name: str) -> str:
        return self.register.by_name[name].title

    def _told(self, name: str, value: Any) -> str:
        """A value in a sentence: money in the workbook's unit, a long text cut."""
        field = self.register.by_name[name]
        if value is None:
            return "空"
        if is_digest(value):
            return "（原文较长，略）"
        listed = value if not (field.type == "choices" and isinstance(value, str)) else None
        shown = listed if listed is not None else self.labels.shown(field, value)
        cell = as_cell(field, shown, self.mark.money)
        return shortened(told(cell))

    # The whole ------------------------------------------------------------------------------------

    def _tells(self, draft: Draft) -> bool:
        """Whether a draft is a step: a record that is there, or a new one that gets something."""
        if draft.present is not None:
            return True
        told_ = any(one.what in ("new", "different") for one in draft.fields.values())
        if not told_ and any(one.what == "open" for one in draft.fields.values()):
            self.waiting += 1
        return told_
