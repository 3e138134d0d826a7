"""A workbook older than the book: what it says of projects does not take back what came later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from desktop.ledger.periods import NoSuchPeriod, Period, date_range, parse_period
from desktop.ledger.workspace import Book
from desktop.sheets.plans.drafts import Draft
from desktop.sheets.plans.plan import What
from desktop.sheets.plans.weeks import Weeks
from desktop.sheets.proposals.answers import Answers, agrees
from desktop.sheets.proposals.proposal import Proposal, Question

#: What the question calls its field.
OLDER = "older"
#: A month's or year's table may come so long after its end and still be the latest word.
LATE = timedelta(days=31)


class Older:
    """Asks once whether an older workbook may change the project file."""

    def __init__(
        self,
        book: Book,
        proposal: Proposal,
        weeks: Weeks,
        answers: Answers,
        questions: list[Question],
    ) -> None:
        self._answers, self._questions = answers, questions
        self._between = _between(book, weeks.main or proposal.period or _year(proposal))

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
                f"（如“{draft.first.label}”的{field.title}）。按工作簿改则答“是”，"
                "保留账本的答“不是”。"
            ),
        )
        answered = self._answers.has(question.id)
        if not answered:
            self._questions.append(question)
        elif agrees(self._answers.value(question.id)):
            return
        held: What = "kept" if answered else "open"
        for draft, name in differing:
            draft.fields[name] = msgspec.structs.replace(draft.fields[name], what=held)


def _between(book: Book, own: Period | None) -> str:
    """That a workbook's period lies before what the book has come to; "" where it does not."""
    latest = book.latest_week()
    if own is None or latest is None:
        return ""
    last = parse_period(latest)
    begun = date_range(last, book.week_last_day)[0]
    ended = date_range(own, book.week_last_day)[1]
    if ended + (LATE if own.kind != "week" else timedelta()) >= begun:
        return ""
    return f"工作簿是{own.title}的，账本已有{last.title}的数据"


def _year(proposal: Proposal) -> Period | None:
    try:
        return None if proposal.year is None else Period("year", proposal.year, 1)
    except NoSuchPeriod:
        return None
