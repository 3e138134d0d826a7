"""Projects that lists name and neither book nor workbook has: asked about together, then one by
one where a person wants that."""

from __future__ import annotations

from typing import Literal

import msgspec

from desktop.sheets.plans import asking
from desktop.sheets.proposals.answers import Answers, agrees, declines
from desktop.sheets.proposals.proposal import Question
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: What the question about all of them calls its field.
STRANGERS = "strangers"
#: So many names are cited.
CITED = 6
_OPEN: Literal["open"] = "open"


class Strangers:
    """Gathers the questions about single names and says what was answered to the one about all."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._asked: list[Question] = []
        #: Whether all are made, asked about one by one, left out, or nothing was said of them.
        self._all: Literal["new", "each", "out", "open"] = _OPEN

    def made(self, question: Question) -> bool:
        """Whether the project that ``question`` is about is to be made; if not, the question is
        kept for :meth:`questions`."""
        if self._all == _OPEN:
            self._all = self._answer(question)
        if self._all in ("open", "each"):
            self._asked.append(question)
        return self._all == "new"

    def questions(self) -> list[Question]:
        """What is to be asked: of several names one question."""
        if len(self._asked) < 2 or self._all == "each":
            return self._asked
        return [self._together(self._asked)]

    def _answer(self, first: Question) -> Literal["new", "each", "out", "open"]:
        identity = f"{first.sheet}!{first.cell}:{STRANGERS}"
        if not self._answers.has(identity):
            return _OPEN
        answer = self._answers.value(identity)
        if agrees(answer) or answer == asking.NEW:
            return "new"
        if declines(answer):
            return "each"
        if answer in (None, ""):
            return "out"
        raise AnswerNotUnderstood(self._together([first]).question, str(answer), "应答“是”或“不是”")

    def _together(self, asked: list[Question]) -> Question:
        names = [one.text for one in asked]
        listed = "".join(f"“{name}”" for name in names[:CITED])
        more = "等" if len(names) > CITED else ""
        return msgspec.structs.replace(
            asked[0],
            record=None,
            field=STRANGERS,
            value=asking.NEW,
            question=(
                f"账本中没有{listed}{more} {len(names)} 个项目，都新建吗？"
                "都新建则答“是”；答“不是”则逐个指定；不答则它们的内容不读入。"
            ),
        )
