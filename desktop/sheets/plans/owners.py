"""What the records of a list hang under that is no project: a unit of the tree, or the record of
another file (a meeting), found by its name; and the projects that such records mention.

What is not sure is asked once for every name, not once for every row.
"""

from __future__ import annotations

from desktop.ledger.definitions import Register
from desktop.ledger.workspace import Book
from desktop.sheets.meaning.known import Known, bare_name
from desktop.sheets.meaning.vocabulary import UNIT
from desktop.sheets.plans.subjects import MATCH, Subjects
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal, Question, Record
from desktop.sheets.workbook.refusals import AnswerNotUnderstood


class Owners:
    """Finds owners; its questions go where those of ``subjects`` go."""

    def __init__(
        self, book: Book, proposal: Proposal, answers: Answers, subjects: Subjects
    ) -> None:
        self.book, self.proposal, self.answers, self.subjects = book, proposal, answers, subjects
        self._asked: dict[tuple[str, str], str | None] = {}
        self._known: dict[str, Known] = {}
        #: Records of units whose rows name none: they go to the book's own unit, which is said.
        self.unplaced = 0

    def owner(self, record: Record, register: Register) -> str | None:
        """The key of what a record hangs under; None while that is open."""
        link = str(register.of)
        if link in record.open:
            return None
        text = record.values.get(link)
        if link == UNIT:
            found = self._unit(record, link, None if text is None else str(text))
        else:
            found = self._file(record, link, None if text is None else str(text))
        return None if found is None else self._keep(link, found)

    def mentioned(self, record: Record, field: str, register: str, text: str) -> str | None:
        """The record of ``register`` that a field of another kind names; None while it is open."""
        if register == UNIT:
            return self._unit(record, field, text)
        if register == self.subjects.register.name:
            match = self.subjects.known.match(text, None)
            if match.how in ("code", "name"):
                return match.record
            near = match.record and self.subjects.known.name(match.record)
            return self._ask(record, field, register, text, near or None)
        return self._file(record, field, text, register)

    def _keep(self, link: str, found: str) -> str:
        key = f"{link}={found}"
        self.subjects.found[key] = found
        return key

    # Units ----------------------------------------------------------------------------------------

    def _unit(self, record: Record, field: str, text: str | None) -> str | None:
        tree = self.subjects.units.tree
        if text is None:
            reporter = tree.find(self.proposal.unit) if self.proposal.unit else None
            self.unplaced += reporter is None
            return reporter or self.book.unit
        found = tree.find(text)
        if found is not None:
            return found
        if tree.alone:
            return self.book.unit
        near = tree.near(text)
        return self._ask(record, field, UNIT, text, near.name if near else None)

    # Other files ----------------------------------------------------------------------------------

    def _file(self, record: Record, field: str, text: str | None, register: str = "") -> str | None:
        name = register or field
        match = self._file_of(name).match(text, None) if text else None
        if match is not None and match.how == "name":
            return match.record
        near = match and match.record and self._file_of(name).name(match.record)
        return self._ask(record, field, name, text or "", near or None)

    def _file_of(self, name: str) -> Known:
        if name not in self._known:
            label = self.book.scheme.register(name).label or "name"
            self._known[name] = Known(self.book.rows(name), label)
        return self._known[name]

    # Questions ------------------------------------------------------------------------------------

    def _ask(
        self, record: Record, field: str, register: str, text: str, near: str | None
    ) -> str | None:
        key = (register, bare_name(text) or record.sheet)
        if key not in self._asked:
            self._asked[key] = self._answer(record, field, register, text, near)
        return self._asked[key]

    def _answer(
        self, record: Record, field: str, register: str, text: str, near: str | None
    ) -> str | None:
        title = self.book.scheme.register(register).title
        said = f"“{text}”" if text else "这张表"
        asked = (
            f"{said}是不是“{near}”？请答{title}的名称，不写入则留空。"
            if near
            else f"{said}属于哪个{title}？账本中没有同名的，请答已有的名称，不写入则留空。"
        )
        question = Question(
            record.sheet,
            record.cell(field),
            record.label if text else None,
            MATCH,
            text,
            near,
            asked,
        )
        if not self.answers.has(question.id):
            self.subjects.questions.append(question)
            return None
        answer = self.answers.value(question.id)
        if answer in (None, "", False):
            return None
        found = self._said(register, str(answer))
        if found is None:
            raise AnswerNotUnderstood(question.question, str(answer), f"账本中没有这个{title}")
        return found

    def _said(self, register: str, answer: str) -> str | None:
        if register == UNIT:
            return self.subjects.units.tree.find(answer)
        if register == self.subjects.register.name:
            return self.subjects.known.said(answer)
        return self._file_of(register).said(answer)
