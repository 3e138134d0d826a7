"""A proposal beside a book: what each record and each field would become.

Fields of the week go to the weekly ledger of the workbook's week, items to their list under the
project. What a question leaves open is held back.
"""

from __future__ import annotations

from typing import Any

from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.sheets.answers import Answers
from desktop.sheets.drafts import Draft
from desktop.sheets.known import bare_name
from desktop.sheets.plan import Plan
from desktop.sheets.proposal import Proposal, Question, Record
from desktop.sheets.subjects import Subjects
from desktop.sheets.weeks import PERIOD, week


def plan(
    book: Book, proposal: Proposal, period: Period | None = None, answers: Answers | None = None
) -> Plan:
    """What taking ``proposal`` into ``book`` would do; nothing is written.

    ``period`` is the week of the weekly figures when the person names it; else the workbook's own
    counts. ``answers`` are those the proposal was made with. Raises
    :class:`~desktop.sheets.refusals.AnswerNotUnderstood` and, for answers that meet no question,
    :class:`~desktop.sheets.refusals.UnknownAnswer`.
    """
    given = answers or Answers()
    made = _Joining(book, proposal, given).plan(period)
    given.refuse_unused()
    return made


class _Joining:
    def __init__(self, book: Book, proposal: Proposal, answers: Answers) -> None:
        self.book, self.proposal, self.answers = book, proposal, answers
        self.subject, self.weekly = book.scheme.head.subject, book.scheme.head.weekly
        self.questions: list[Question] = []
        self.notes: list[str] = []
        self.subjects = Subjects(book, proposal, answers, self.questions)
        self.drafts: dict[tuple[str, str], Draft] = {}
        self.rows: dict[str, list[dict[str, Any]]] = {}

    def plan(self, asked: Period | None) -> Plan:
        """Projects first, then their week, then items."""
        for record in self.proposal.projects:
            key = self.subjects.of_project(record)
            if key is not None:
                self._put(self._project(key, record), record)
        weekly = [record for record in self.proposal.projects if self._tells_of_week(record)]
        sheet = weekly[0].sheet if weekly else ""
        found = week(self.book, self.proposal, asked, sheet, self.answers)
        if weekly and found.question is not None:
            self.questions.append(found.question)
        if weekly and found.note:
            self.notes.append(found.note)
        if found.period is not None:
            self._weeks(weekly, found.period)
        for record in self.proposal.items:
            key = self.subjects.of_item(record)
            if key is not None:
                self._item(record, key)
        self._say_whose()
        order = {self.subject: 0, self.weekly: 1}
        drafts = sorted(self.drafts.values(), key=lambda draft: order.get(draft.register.name, 2))
        return Plan(
            workbook=self.proposal.workbook,
            period=found.period,
            steps=tuple(draft.step() for draft in drafts),
            subjects=self.subjects.found,
            questions=tuple(self.questions),
            notes=tuple(self.notes),
            asked=bool(weekly) and found.period is None,
            hint=found.hint,
        )

    def _tells_of_week(self, record: Record) -> bool:
        return any(
            value is not None and record.homes.get(name) == self.weekly
            for name, value in record.values.items()
        )

    def _project(self, key: str, record: Record) -> Draft:
        """The draft of a project; a new one gets its unit."""
        known = self.subjects.found[key]
        present = self.subjects.known.rows[known] if known is not None else None
        draft = self._draft(self.subject, key, key, record, present)
        if known is None and self.subjects.owner and self.subjects.owner not in draft.fixed:
            draft.fixed[self.subjects.owner] = self.subjects.unit(record)
        return draft

    def _weeks(self, records: list[Record], period: Period) -> None:
        rows = {row[self.subject]: row for row in self.book.rows(self.weekly, str(period))}
        for record in records:
            key = self.subjects.of_project(record)
            if key is None:
                continue
            present = rows.get(self.subjects.found[key] or "")
            draft = self._draft(self.weekly, key, key, record, present)
            draft.fixed[PERIOD] = str(period)
            self._put(draft, record)

    def _item(self, record: Record, key: str) -> None:
        register = self.book.scheme.register(record.register)
        if register.name not in self.rows:
            self.rows[register.name] = self.book.rows(register.name)
        known = self.subjects.found[key]
        if known is None and (self.subject, key) not in self.drafts:
            # The person wants the project made, of which nothing but its name is known.
            link = str(register.of)
            draft = self._project(key, record)
            draft.put(self.subjects.name, record.values[link], record.origin(link))
        tells = (
            [register.label]
            if register.label
            else [field.name for field in register.field if field.required]
        )

        def told(values: Any) -> tuple[str, ...]:
            return tuple(bare_name(str(values.get(name) or "")) for name in tells)

        wanted = told(record.values)
        present = next(
            (
                row
                for row in self.rows[register.name]
                if known is not None and row[str(register.of)] == known and told(row) == wanted
            ),
            None,
        )
        place = "|".join((key, *wanted))
        self._put(self._draft(register.name, place, key, record, present), record)

    # Fields ---------------------------------------------------------------------------------------

    def _draft(
        self,
        register: str,
        place: str,
        subject: str,
        record: Record,
        present: dict[str, Any] | Any | None,
    ) -> Draft:
        if (register, place) not in self.drafts:
            definition = self.book.scheme.register(register)
            self.drafts[register, place] = Draft(
                self.book.scheme, definition, subject, record, present, self.book.level
            )
        return self.drafts[register, place]

    def _put(self, draft: Draft, record: Record) -> None:
        """Lay a row's fields of one register into its draft; links are set from elsewhere."""
        for name, value in record.values.items():
            home = record.homes.get(name) == draft.register.name
            if home and draft.register.by_name[name].of is None:
                self._lay(draft, name, value, record)

    def _lay(self, draft: Draft, name: str, value: Any, record: Record) -> None:
        if name in record.open:
            draft.put(name, value, record.origin(name), held_back=True)
        elif draft.differs(name, value):
            self._twice(draft, name, value, record)
        else:
            draft.put(name, value, record.origin(name))

    def _twice(self, draft: Draft, name: str, value: Any, record: Record) -> None:
        """The workbook says two things of one field: an answer decides, else it is held back."""
        held = draft.fields[name]
        title = draft.register.by_name[name].title
        question = Question(
            sheet=record.sheet,
            cell=record.cell(name),
            record=record.label,
            field=name,
            text=str(value),
            value=None,
            question=(
                f"同一项目的“{title}”在 {held.origin} 是“{held.workbook}”，"
                f"在 {record.origin(name)} 是“{value}”，以哪个为准？"
            ),
        )
        if self.answers.has(question.id):
            draft.put(name, value, record.origin(name))
        elif not self.answers.has(f"{held.origin}:{name}"):
            self.questions.append(question)
            draft.put(name, held.workbook, held.origin, held_back=True)

    def _say_whose(self) -> None:
        """Say where new projects went whose unit nobody named, or that look like another's."""
        tree, new = self.subjects.tree, None in self.subjects.found.values()
        own, reporter = tree.named(self.book.unit), self.proposal.unit
        if tree.alone and new and reporter and own and tree.find(reporter) != self.book.unit:
            self.notes.append(f"工作簿像是{reporter}的，新项目都归入{own}，请核对是否选对了账本。")
        if self.subjects.unplaced:
            self.notes.append(f"有 {self.subjects.unplaced} 个新项目没有认出所属单位，归入{own}。")
