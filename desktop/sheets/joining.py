"""A proposal beside a book: what each record and each field would become.

Fields of a week or month go to the ledger of the period that their table states, items to their
list under the project or unit. What a question leaves open is held back.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.ledger.definitions import Register
from desktop.ledger.periods import Period, parse_period
from desktop.ledger.workspace import Book
from desktop.sheets.meaning.vocabulary import readable
from desktop.sheets.plans import absent, states
from desktop.sheets.plans.drafts import Draft
from desktop.sheets.plans.older import Older
from desktop.sheets.plans.owners import Owners
from desktop.sheets.plans.plan import PERIOD, Plan
from desktop.sheets.plans.present import Present, Row
from desktop.sheets.plans.subjects import Subjects
from desktop.sheets.plans.weeks import Weeks
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal, Question, Record
from desktop.sheets.proposals.saying import said, twice
from desktop.sheets.uncollected import uncollected


def plan(
    book: Book, proposal: Proposal, period: Period | None = None, answers: Answers | None = None
) -> Plan:
    """What taking ``proposal`` into ``book`` would do; nothing is written.

    ``period`` is the week of the weekly figures when the person names it; else the workbook's own
    counts. ``answers`` are those the proposal was made with. Raises
    :class:`~desktop.sheets.workbook.refusals.AnswerNotUnderstood` and, for answers that meet no
    question, :class:`~desktop.sheets.workbook.refusals.UnknownAnswer`.
    """
    given = answers or Answers()
    if proposal.returned is not None:
        from desktop.sheets.fill_in.joining import plan_returned

        made = plan_returned(book, proposal, period, given)
    else:
        with uncollected():
            made = _Joining(book, proposal, given).plan(period)
    given.refuse_unused()
    return made


class _Joining:
    def __init__(self, book: Book, proposal: Proposal, answers: Answers) -> None:
        self.book, self.proposal, self.answers = book, proposal, answers
        self.subject = book.scheme.head.subject
        self.ledgers = [
            register
            for register in readable(book.scheme)
            if register.shape == "ledger" and register.of == self.subject
        ]
        self.questions: list[Question] = []
        self.notes: list[str] = []
        self.subjects = Subjects(book, proposal, answers, self.questions)
        self.owners = Owners(book, proposal, answers, self.subjects)
        self.drafts: dict[tuple[str, str], Draft] = {}
        self.present = Present(book)
        self._laid: dict[tuple[str, int, tuple[str, ...]], tuple[str, ...]] = {}

    def plan(self, asked: Period | None) -> Plan:
        """Projects first, then their weeks and months, then items."""
        for record in self.proposal.projects:
            key = self.subjects.of_project(record)
            if key is not None:
                self._put(self._project(key, record), record)
        weeks = Weeks(self.book, self.proposal, asked, self.answers)
        for ledger in self.ledgers:
            for record in self.proposal.projects:
                if self._tells_of(ledger.name, record):
                    self._period(ledger, record, weeks.of(ledger, record))
        for record in self.proposal.items:
            register = self.book.scheme.register(record.register)
            if register.of == self.subject:
                key = self.subjects.of_item(record)
            else:
                key = self.owners.owner(record, register)
            if key is not None:
                self._item(record, register, key, weeks)
        self.questions.extend(self.subjects.strangers.questions())
        ledgers = [ledger.name for ledger in self.ledgers]
        projects = [one for (name, _), one in self.drafts.items() if name == self.subject]
        others = [one for (name, _), one in self.drafts.items() if name in ledgers]
        older = Older(self.book, self.proposal, weeks, self.answers, self.questions)
        older.hold(projects)
        self.questions.extend(weeks.questions)
        self.notes.extend(weeks.notes)
        self._say_absent(others)
        self._say_whose()
        stateless = states.settle(self.book, projects, others, self.answers, self.questions)
        self.notes.extend([stateless] if stateless else [])
        order = {name: number for number, name in enumerate((self.subject, *ledgers))}
        drafts = sorted(self.drafts.values(), key=lambda draft: order.get(draft.register.name, 99))
        return Plan(
            workbook=self.proposal.workbook,
            period=weeks.main,
            steps=tuple(draft.step() for draft in drafts),
            subjects=self.subjects.found,
            questions=tuple(self.questions),
            notes=tuple(self.notes),
            asked=weeks.open and weeks.main is None,
            hint=weeks.hint,
            called=self.subjects.spellings,
        )

    def _tells_of(self, ledger: str, record: Record) -> bool:
        values = record.values
        return any(values[name] is not None for name in self._fields_of(ledger, record))

    def _fields_of(self, register: str, record: Record) -> tuple[str, ...]:
        """The fields of a record that belong to a register; the rows of a table share theirs."""
        names = tuple(record.values)
        shape = (register, id(record.homes), names)
        if shape not in self._laid:
            of = self.book.scheme.register(register).of
            self._laid[shape] = tuple(
                name for name in names if record.homes.get(name) == register and name != of
            )
        return self._laid[shape]

    def _project(self, key: str, record: Record) -> Draft:
        """The draft of a project; a new one gets its unit."""
        known = self.subjects.found[key]
        present = self.subjects.known.rows[known] if known is not None else None
        draft = self._draft(self.subject, key, key, record, present)
        if known is None and self.subjects.owner and self.subjects.owner not in draft.fixed:
            draft.fixed[self.subjects.owner] = self.subjects.units.of_new(record)
        return draft

    def _period(self, ledger: Register, record: Record, period: Period | None) -> None:
        """A project's figures of one week or month."""
        key = self.subjects.of_project(record)
        if key is None or period is None:
            return
        known = self.subjects.found[key]
        when = str(period)
        present = self.present.figures(ledger, when, known)
        draft = self._draft(ledger.name, f"{key}|{when}", key, record, present)
        draft.fixed[PERIOD] = when
        self._put(draft, record)

    def _item(self, record: Record, register: Register, key: str, weeks: Weeks) -> None:
        link = str(register.of)
        known = self.subjects.found[key]
        if link == self.subject and known is None and (self.subject, key) not in self.drafts:
            # The person wants the project made, of which nothing but its name is known.
            draft = self._project(key, record)
            draft.put(self.subjects.name, record.values[link], record.origin(link))
        period = weeks.of(register, record) if register.shape == "ledger" else None
        if register.shape == "ledger" and period is None:
            return
        when = str(period or "")
        told = self.present.told(register, record.values)
        present = self.present.item(register, when, known, told)
        draft = self._draft(register.name, "|".join((key, when, *told)), key, record, present)
        if period is not None:
            draft.fixed[PERIOD] = when
        self._put(draft, record)

    # Fields ---------------------------------------------------------------------------------------

    def _draft(
        self,
        register: str,
        place: str,
        subject: str,
        record: Record,
        present: Row | None,
    ) -> Draft:
        draft = self.drafts.get((register, place))
        if draft is None:
            definition = self.book.scheme.register(register)
            draft = Draft(self.book.scheme, definition, subject, record, present, self.book.level)
            self.drafts[register, place] = draft
        return draft

    def _put(self, draft: Draft, record: Record) -> None:
        """Lay a row's fields of one register into its draft; what it hangs under is set elsewhere,
        other records that it names are found by their names."""
        by_name = draft.register.by_name
        names: Iterable[str] = self._fields_of(draft.register.name, record)
        if not draft.fields and not record.open and draft.subject not in self.subjects.likened:
            names = draft.fill(names, record)
        for name in names:
            value = record.values[name]
            if name == self.subjects.name and self._keeps_its_name(draft, str(value or "")):
                continue
            of = by_name[name].of
            if of is None or value is None:
                self._lay(draft, name, value, record)
            elif name not in record.open:
                found = self.owners.mentioned(record, name, of, str(value))
                if found is not None:
                    self._lay(draft, name, found, record)

    def _keeps_its_name(self, draft: Draft, name: str) -> bool:
        """Whether a project is called otherwise here, where a person said which one it is, or where
        the workbook itself calls it twice: a new spelling is no new name."""
        if draft.register.name != self.subject or not name:
            return False
        held = draft.fields.get(self.subjects.name)
        if draft.subject in self.subjects.likened and draft.present is not None:
            kept = str(draft.present[self.subjects.name] or "")
        elif held is not None and held.workbook:
            kept = str(held.workbook)
        else:
            return False
        if kept and kept != name:
            note = f"工作簿写作“{name}”，项目名称仍记“{kept}”。"
            if note not in self.notes:
                self.notes.append(note)
        return bool(kept)

    def _lay(self, draft: Draft, name: str, value: Any, record: Record) -> None:
        if name in record.open:
            draft.put(name, value, record, held_back=True)
        elif draft.differs(name, value):
            self._twice(draft, name, value, record)
        else:
            draft.put(name, value, record)

    def _twice(self, draft: Draft, name: str, value: Any, record: Record) -> None:
        """The workbook says two things of one field: an answer decides, else it is held back."""
        held = draft.fields[name]
        field = draft.register.by_name[name]
        held_back, now = (said(self.book.scheme, field, one) for one in (held.workbook, value))

        question = Question(
            sheet=record.sheet,
            cell=record.cell(name),
            record=record.label,
            field=name,
            text=str(value),
            value=None,
            question=twice(
                record.label,
                field.title,
                (held.origin, held_back),
                (record.origin(name), now),
            ),
        )
        if self.answers.has(question.id):
            draft.put(name, value, record.origin(name))
        elif not self.answers.has(f"{held.origin}:{name}"):
            self.questions.append(question)
            draft.put(name, held.workbook, held.origin, held_back=True)

    def _say_absent(self, drafts: Iterable[Draft]) -> None:
        """Name the projects of the period before that the workbook says nothing of."""
        told: dict[tuple[str, str], set[str]] = {}
        for draft in drafts:
            place = (draft.register.name, draft.fixed[PERIOD])
            told.setdefault(place, set()).add(str(self.subjects.found[draft.subject]))
        for (name, period), met in told.items():
            ledger = self.book.scheme.register(name)
            known = self.subjects.known
            sentence = absent.named(self.book, ledger, parse_period(period), known, met)
            self.notes.extend([sentence] if sentence else [])

    def _say_whose(self) -> None:
        """Say where new projects went whose unit nobody named, or that look like another's."""
        tree, new = self.subjects.units.tree, None in self.subjects.found.values()
        own, reporter = tree.named(self.book.unit), self.proposal.unit
        if tree.alone and new and reporter and own and tree.find(reporter) != self.book.unit:
            self.notes.append(f"工作簿像是{reporter}的，新项目都归入{own}，请核对是否选对了账本。")
        if self.owners.unplaced:
            self.notes.append(f"有 {self.owners.unplaced} 条没有写明单位，归入{own}。")
        if self.subjects.units.unplaced:
            many = self.subjects.units.unplaced
            self.notes.append(f"有 {many} 个新项目没有认出所属单位，归入{own}。")
        self.notes.extend(self.subjects.units.notes())
