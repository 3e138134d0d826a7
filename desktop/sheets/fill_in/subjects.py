"""Whose row a returned row is: by its key, else by its name, and then only with a question."""

from __future__ import annotations

from typing import Any

import msgspec

from desktop.ledger.workspace import Book
from desktop.sheets.fill_in.returning import Returned, ReturnedRow
from desktop.sheets.meaning.known import Known, bare_name
from desktop.sheets.meaning.tree import Tree
from desktop.sheets.plans.asking import NEW
from desktop.sheets.plans.plan import FieldPlan, Step
from desktop.sheets.plans.subjects import MATCH
from desktop.sheets.proposals.answers import Answers, agrees, passes
from desktop.sheets.proposals.proposal import Question
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: What the one question about all rows without keys calls its field.
ROWS = "rows"


class Whose(msgspec.Struct, frozen=True):
    """``key`` of the subject in the plan, the ``subject`` itself (None for a new one), the
    ``record`` of a list or file (None for a new one); ``held``: a question about it is open."""

    key: str
    subject: str | None
    record: str | None = None
    held: bool = False


class ReturnedSubjects:
    """Joins returned rows to subjects; what it cannot decide it asks into ``questions``.

    ``found``: key → the subject's identity, None for one that is new; ``steps`` make new ones.
    """

    def __init__(
        self,
        book: Book,
        returned: Returned,
        answers: Answers,
        questions: list[Question],
        notes: list[str],
    ) -> None:
        self.book, self.returned, self.answers = book, returned, answers
        self.questions, self.notes = questions, notes
        self.register = book.scheme.register(returned.mark.register)
        self.file = self.register.of is None
        self.above = book.scheme.register(self.register.of or self.register.name)
        self.label = self.above.label or "name"
        self.known = Known(book.rows(self.above.name), self.label)
        self.tree = Tree(book.rows("unit"), book.unit)
        self.found: dict[str, str | None] = {}
        self.steps: list[Step] = []
        self._sure = self._by_names()

    def owner_of(self, key: str) -> str | None:
        """The unit of the subject with this key; None for a new one."""
        subject = self.found.get(key)
        if subject is None or self.above.owner is None:
            return subject
        owner = self.known.rows.get(subject, {}).get(self.above.owner)
        return str(owner) if owner else None

    def of(self, row: ReturnedRow) -> Whose | None:
        """Whose the row is; None while that is open, or when it is nobody's any more."""
        if row.how in ("key", "displaced", "name", "renamed"):
            if row.how == "name" and self.returned.whole:
                return self._asked(row, self._name_of(row))
            if row.how == "renamed":
                return self._asked(row, self._name_of(row))
            held = row.how in ("displaced", "name") and not self._sure
            return self._placed(row, held=held)
        if row.how == "spare" or not self.returned.known:
            found = self._named(row)
            if found is not None:
                held = row.how != "spare" and not self._sure
                return self._is(row, found, held=held)
        return self._asked(row, None)

    # Known by key or name -------------------------------------------------------------------------

    def _placed(self, row: ReturnedRow, *, held: bool = False) -> Whose | None:
        assert row.place is not None
        subject, record = row.place
        if self.file:
            subject = record
        if subject not in self.known.rows:
            self.notes.append(f"“{row.record.label}”已不在账本中，送回的这一行没有读入。")
            return None
        key = f"={subject}"
        self.found[key] = subject
        return Whose(key, subject, record, held)

    def _is(self, row: ReturnedRow, subject: str, *, held: bool = False) -> Whose:
        """A row that is about a known subject, without a record of its own."""
        key = f"={subject}"
        self.found[key] = subject
        return Whose(key, subject, subject if self.file else None, held)

    def _named(self, row: ReturnedRow) -> str | None:
        """The one subject that the row's name, code and unit mean exactly."""
        if not row.name:
            return None
        match = self.known.match(row.name, row.code, self.unit_of(row))
        return match.record if match.how in ("code", "name") else None

    def unit_of(self, row: ReturnedRow) -> str | None:
        """The unit that a row names, else the workbook's recipient, where it is one."""
        said = row.unit or self.returned.mark.recipient
        return self.tree.find(said) if said else None

    def _name_of(self, row: ReturnedRow) -> str | None:
        """The name that the row had, or has in the book."""
        if row.place is None:
            return None
        subject = row.place[1] if self.file else row.place[0]
        return self.known.name(subject) if subject in self.known.rows else None

    def _by_names(self) -> bool:
        """One question for all rows whose keys are gone; whether it is answered with yes."""
        lost = [
            row
            for row in self.returned.rows
            if row.how == "displaced"
            or (row.how == "name" and not self.returned.whole)
            or (not self.returned.known and row.how == "new" and self._named(row) is not None)
        ]
        if not lost:
            return True
        question = Question(
            sheet=self.returned.sheet,
            cell=self.returned.head,
            record=None,
            field=ROWS,
            text="",
            value="是",
            question=(
                f"有 {len(lost)} 行的隐藏标识被删去或错位，已按名称认出（如“{lost[0].name}”），"
                "都对吗？都对则答“是”，答“不是”则这些行不读入。"
            ),
        )
        if not self.answers.has(question.id):
            self.questions.append(question)
            return False
        answer = self.answers.value(question.id)
        agreed = agrees(answer) or answer == NEW
        if not agreed and not passes(answer):
            raise AnswerNotUnderstood(question.question, str(answer), "请答“是”或“不是”")
        return agreed

    # Asked ----------------------------------------------------------------------------------------

    def _asked(self, row: ReturnedRow, proposed: str | None) -> Whose | None:
        question = self._question(row, proposed)
        if not self.answers.has(question.id):
            self.questions.append(question)
            return None
        answer = self.answers.value(question.id)
        if passes(answer):
            return None
        named = self._named(row) if row.how != "renamed" else None
        if agrees(answer):
            answer = proposed or (self.known.name(named) if named else NEW)
        own = self._name_of(row)
        if own is not None and bare_name(str(answer)) == bare_name(own):
            return self._placed(row)
        chosen = self.known.said(str(answer))
        if chosen is None and answer == NEW and named is not None and not self.file:
            chosen = named
        if chosen is not None:
            return self._is(row, chosen)
        if answer == NEW or bare_name(str(answer)) == bare_name(row.name):
            made = self._made(row)
            if made is not None:
                return made
        raise AnswerNotUnderstood(question.question, str(answer), "账本中没有这个名称")

    def _question(self, row: ReturnedRow, proposed: str | None) -> Question:
        title = self.above.title
        value: Any = proposed
        if row.how == "renamed":
            asked = (
                f"名称由“{proposed or row.record.label}”改成了“{row.name}”，还是同一个吗？"
                "是则答“是”；不答则这一行不读入。"
            )
        elif row.how == "name":
            asked = (
                f"“{row.name}”这一行的隐藏标识没有了，是账本中的“{proposed}”吗？"
                "是则答“是”；不答则这一行不读入。"
            )
        elif row.how == "twice":
            asked = (
                f"“{row.name}”在表中有两行，这一行是另外加的吗？"
                + ("请答它的名称；" if self.register.shape == "ledger" else f"新增则答“{NEW}”；")
                + "不答则这一行不读入。"
            )
        else:
            value, asked = self._new_asked(row, title)
        return Question(
            sheet=row.record.sheet,
            cell=row.name_cell,
            record=row.record.label,
            field=MATCH,
            text=row.name,
            value=value,
            question=asked,
        )

    def _new_asked(self, row: ReturnedRow, title: str) -> tuple[Any, str]:
        match = self.known.match(row.name, row.code, self.unit_of(row)) if row.name else None
        if match is not None and match.how not in ("several", "new") and match.record:
            name = self.known.name(match.record)
            said = f"账本中有“{name}”" if match.how == "similar" else "账本中有它"
            return name, (
                f"“{row.name}”是表中新增的一行，{said}，读入吗？读入则答“是”；不答则不读入。"
            )
        if match is not None and match.how == "several":
            codes = [str(self.known.rows[one].get("code") or one) for one in match.candidates]
            return None, f"账本中有 {len(codes)} 个“{row.name}”，请答代码：{'、'.join(codes)}。"
        if not row.name:
            return None, f"新增的一行没有写明属于哪个{title}，请答名称；不答则不读入。"
        if self._can_make:
            return None, (
                f"“{row.name}”是表中新增的一行，账本中没有它：新建则答“{NEW}”，"
                "是账本中另一个则答它的名称；不答则不读入。"
            )
        return None, f"账本中没有“{row.name}”，是哪一个？请答名称；不答则不读入。"

    @property
    def _can_make(self) -> bool:
        return self.above.name == self.book.scheme.head.subject

    def _made(self, row: ReturnedRow) -> Whose | None:
        """A new subject of which nothing but its name is known, or a new record of a file."""
        if not self._can_make or not row.name:
            return None
        key = f"+{bare_name(row.name)}"
        owner = self.above.owner
        if self.file:
            self.found.setdefault(key, None)
            return Whose(key, None)
        if key not in self.found:
            self.found[key] = None
            name = FieldPlan(
                self.label, "new", row.name, None, f"{row.record.sheet}!{row.name_cell}"
            )
            self.steps.append(
                Step(
                    register=self.above.name,
                    record=None,
                    label=row.name,
                    subject=key,
                    sheet=row.record.sheet,
                    row=row.record.row,
                    fields=(name,),
                    fixed={owner: self.unit_of(row) or self.book.unit} if owner else {},
                )
            )
        return Whose(key, None)
