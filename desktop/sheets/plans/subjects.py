"""Which project of the book each row of a workbook means, and to which unit a new one belongs.

A project's key is ``=`` and its identity in the book, or ``+`` and its bare name where it is new.
"""

from __future__ import annotations

from desktop.ledger.workspace import Book
from desktop.sheets.meaning.known import Known, Match, bare_name
from desktop.sheets.meaning.tree import Tree
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal, Question, Record
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: An answer that asks for a new project.
NEW = "新建"
#: What a question about joining calls its field: the name's own id corrects the name.
MATCH = "match"
#: The same of a question about two rows of one name.
TWICE = "twice"


class Subjects:
    """Joins rows to projects; what it cannot decide it asks into ``questions``."""

    def __init__(
        self, book: Book, proposal: Proposal, answers: Answers, questions: list[Question]
    ) -> None:
        self.book, self.proposal, self.answers = book, proposal, answers
        self.questions = questions
        self.register = book.scheme.register(book.scheme.head.subject)
        self.name = self.register.label or "name"
        self.owner = self.register.owner
        self.tree = Tree(book.rows("unit") if self.owner else (), book.unit)
        self.known = Known(book.rows(self.register.name), self.name)
        #: key → identity in the book, None for a project that is new.
        self.found: dict[str, str | None] = {}
        #: Keys of projects that a person said to be meant by another name: theirs stays.
        self.likened: set[str] = set()
        self.unplaced = 0
        self._codes: dict[str, str | None] = {}
        self._met: dict[tuple[str, str, str, bool], str | None] = {}
        self._rows: dict[tuple[str, int], str | None] = {}
        self._first: dict[tuple[str, str, str], Record] = {}

    def of_project(self, record: Record) -> str | None:
        """The key of the project that a row is about; None while that is open."""
        row = (record.sheet, record.row)
        if row not in self._rows:
            self._rows[row] = self._of_row(record)
        return self._rows[row]

    def of_item(self, record: Record) -> str | None:
        """The key of the project that an item hangs under; None while that is open."""
        link = str(self.book.scheme.register(record.register).of)
        if link in record.open:
            return None
        return self._key(record, str(record.values.get(link) or ""), None, link)

    def _of_row(self, record: Record) -> str | None:
        if self.name in record.open:
            return None
        code = None if "code" in record.open else record.values.get("code")
        key = self._key(record, str(record.values[self.name]), code, self.name)
        if key is None:
            return None
        first = self._first.setdefault((key, record.sheet, record.period), record)
        if first is record or (code and code == first.values.get("code")):
            return key
        return self._again(record, first, key)

    def _again(self, record: Record, first: Record, key: str) -> str | None:
        """A name that stands in two rows of a table: one project or two, that is asked once."""
        name, one = str(record.values[self.name]), first.cell(self.name)
        question = Question(
            sheet=record.sheet,
            cell=one,
            record=first.label,
            field=TWICE,
            text=name,
            value=name,
            question=(
                f"“{name}”在 {one} 和 {record.cell(self.name)} 各有一行，是同一个项目吗？"
                f"是则答它的名称，不是则答“{NEW}”，另立项目。"
            ),
        )
        if not self.answers.has(question.id):
            if question.id not in {asked.id for asked in self.questions}:
                self.questions.append(question)
            return None
        answer = str(self.answers.value(question.id) or "")
        if bare_name(answer) == bare_name(name):
            return key
        if answer == NEW:
            apart = f"+{bare_name(name)}@{record.sheet}!{record.row}"
            self.found.setdefault(apart, None)
            return apart
        raise AnswerNotUnderstood(question.question, answer, f"应是项目名称或“{NEW}”")

    def unit(self, record: Record) -> str:
        """The unit of a new project: named by its row, asked about, else the book's own."""
        found = self._unit_said(record) or self._unit_asked(record)
        if found is None:
            self.unplaced += 1
        return found or self.book.unit

    def _key(self, record: Record, name: str, code: str | None, field: str) -> str | None:
        said = self._unit_said(record) or ""
        place = (bare_name(name), code or "", said, field == self.name)
        if place not in self._met:
            self._met[place] = self._joined(record, name, code, field)
        return self._met[place]

    def _joined(self, record: Record, name: str, code: str | None, field: str) -> str | None:
        fresh = f"+{bare_name(name)}"
        item = field != self.name
        if item and fresh in self.found:
            return fresh
        match = self.known.match(name, code, self._unit_said(record))
        if match.how in ("code", "name"):
            return self._is(str(match.record))
        if match.how == "new" and not item:
            return self._is_new(fresh, code)
        question = self._question(record, name, field, match)
        if not self.answers.has(question.id):
            self.questions.append(question)
            return None
        answer = self.answers.value(question.id)
        if answer in (None, "", False):
            return None
        chosen = self.known.said(str(answer))
        if chosen is not None:
            key = self._is(chosen)
            if match.how != "several":
                self.likened.add(key)
            return key
        if answer == NEW or bare_name(str(answer)) == bare_name(name):
            return self._is_new(fresh, code)
        raise AnswerNotUnderstood(question.question, str(answer), "账本中没有这个项目")

    def _is(self, record: str) -> str:
        key = f"={record}"
        self.found[key] = record
        return key

    def _is_new(self, fresh: str, code: str | None) -> str:
        """Two new projects of one name are one, unless their codes differ."""
        key = fresh
        if code and self._codes.get(fresh) not in (None, code):
            key = f"{fresh}+{code}"
        self.found.setdefault(key, None)
        self._codes[key] = self._codes.get(key) or code
        return key

    def _question(self, record: Record, name: str, field: str, match: Match) -> Question:
        value: str | None = None
        if match.how == "similar" and match.record is not None:
            value = self.known.name(match.record)
            asked = f"账本中有“{value}”，是同一个项目吗？是则答它的名称，不是则答“{NEW}”。"
        elif match.how == "several":
            codes = [str(self.known.rows[one].get("code") or one) for one in match.candidates]
            listed = "、".join(codes)
            asked = f"账本中有 {len(codes)} 个同名项目，请答项目代码：{listed}。"
        elif not name:
            asked = "表中没有写是哪个项目的，属于哪个项目？请答项目名称。"
        else:
            asked = f"账本中没有“{name}”，属于哪个项目？请答项目名称，或答“{NEW}”。"
        return Question(record.sheet, record.cell(field), record.label, MATCH, name, value, asked)

    # Units ----------------------------------------------------------------------------------------

    def _unit_said(self, record: Record) -> str | None:
        """The unit as far as the row's texts say it without asking."""
        if self.owner is None or self.tree.alone:
            return self.book.unit or None
        texts = [text for _, text in self._unit_texts(record)]
        if self.proposal.unit:
            texts.append(self.proposal.unit)
        return next((found for text in texts if (found := self.tree.find(text))), None)

    def _unit_texts(self, record: Record) -> list[tuple[str, str]]:
        return [
            (field, record.values[field])
            for field in (str(self.owner), "responsible_unit")
            if record.values.get(field) and field not in record.open
        ]

    def _unit_asked(self, record: Record) -> str | None:
        for field, text in self._unit_texts(record):
            near = self.tree.near(text)
            if near is None:
                continue
            question = Question(
                sheet=record.sheet,
                cell=record.cell(field),
                record=record.label,
                field=str(self.owner),
                text=text,
                value=near.name,
                question=f"“{text}”是不是“{near.name}”？请答单位名称；不答则归入本单位。",
            )
            if not self.answers.has(question.id):
                self.questions.append(question)
                return None
            answer = self.answers.value(question.id)
            chosen = self.tree.find(str(answer)) if answer else None
            if answer and chosen is None:
                raise AnswerNotUnderstood(question.question, str(answer), "没有这个单位")
            return chosen
        return None
