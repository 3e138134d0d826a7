"""Two rows of one table that bear one project's name: one project or two, asked once a name."""

from __future__ import annotations

from collections import Counter

from desktop.sheets.meaning.known import bare_name
from desktop.sheets.plans import asking
from desktop.sheets.plans.asking import NEW
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Proposal, Question, Record
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: What the question calls its field.
TWICE = "twice"


class Doubles:
    """Asks into ``questions``; ``name`` is the field of a project's name."""

    def __init__(
        self, proposal: Proposal, answers: Answers, questions: list[Question], name: str
    ) -> None:
        self._proposal, self._answers, self._questions = proposal, answers, questions
        self._name = name
        self._asked: set[str] = set()
        self._many: Counter[tuple[str, str]] | None = None

    def one(self, record: Record, first: Record) -> bool | None:
        """Whether two rows are one project; None while that is open."""
        identity = f"{record.sheet}!{first.cell(self._name)}:{TWICE}"
        if not self._answers.has(identity):
            if identity not in self._asked:
                self._asked.add(identity)
                self._questions.append(self._question(record, first))
            return None
        answer = self._answers.value(identity)
        if answer in (None, ""):
            return None
        names = {bare_name(self._called(one)) for one in (record, first)}
        if asking.same(answer) or bare_name(str(answer)) in names:
            return True
        if asking.apart(answer):
            return False
        question = self._question(record, first).question
        raise AnswerNotUnderstood(question, str(answer), f"应答“是”或“{NEW}”")

    def _question(self, record: Record, first: Record) -> Question:
        name, cells = self._called(record), (first.cell(self._name), record.cell(self._name))
        return Question(
            sheet=record.sheet,
            cell=cells[0],
            record=first.label,
            field=TWICE,
            text=name,
            value=name,
            question=(
                f"“{name}”在 {cells[0]} 和 {cells[1]} 各有一行{self._more(record)}，"
                f"是同一个项目吗？是则答“是”，不是则答“{NEW}”，另立项目。"
            ),
        )

    def _more(self, record: Record) -> str:
        """How many rows of its sheet bear this name, where they are more than two."""
        if self._many is None:
            self._many = Counter(
                (one.sheet, bare_name(self._called(one))) for one in self._proposal.projects
            )
        many = self._many[record.sheet, bare_name(self._called(record))]
        return f"（共 {many} 行）" if many > 2 else ""

    def _called(self, record: Record) -> str:
        return str(record.values.get(self._name) or "")
