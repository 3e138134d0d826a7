"""A workbook older than the book: what it says of projects does not take back what came later."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop.ledger.periods import parse_period
from desktop.ledger.workspace import Book
from desktop.sheets.plans.drafts import Draft
from desktop.sheets.plans.weeks import Weeks
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Question

#: What the question calls its field.
OLDER = "older"


class Older:
    """Asks once whether an older workbook may change the project file."""

    def __init__(
        self, book: Book, weeks: Weeks, answers: Answers, questions: list[Question]
    ) -> None:
        self._answers, self._questions = answers, questions
        latest = book.latest_week()
        own = weeks.main
        self._between = (
            f"工作簿是{own.title}的，账本已有{parse_period(latest).title}的数据"
            if own is not None and own.kind == "week" and latest and str(own) < latest
            else ""
        )

    def hold(self, drafts: Sequence[Draft]) -> None:
        """Hold back what differs in these records of projects until a person says which counts."""
        if not self._between:
            return
        differing = [
            (draft, name)
            for draft in drafts
            for name, one in draft.fields.items()
            if one.what == "different"
        ]
        if not differing:
            return
        draft, name = differing[0]
        field = draft.register.by_name[name]
        question = Question(
            sheet=draft.first.sheet,
            cell=draft.first.cell(name),
            record=draft.first.label,
            field=OLDER,
            text=field.title,
            value=False,
            question=(
                f"{self._between}。工作簿与项目档案有 {len(differing)} 处不同"
                f"（如本项目的{field.title}），按这个较早的工作簿改吗？"
            ),
        )
        agreed = self._answers.has(question.id) and self._answers.value(question.id)
        if not self._answers.has(question.id):
            self._questions.append(question)
        if agreed in (True, "是"):
            return
        held = "kept" if self._answers.has(question.id) else "open"
        for draft, name in differing:
            draft.fields[name] = msgspec.structs.replace(draft.fields[name], what=held)
