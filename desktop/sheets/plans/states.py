"""In which state new projects are that no column says it of: asked once, offered by what they have
done. A project without a state cannot be reported."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from desktop.ledger.definitions import Field
from desktop.ledger.workspace import Book
from desktop.sheets.plans.drafts import Draft
from desktop.sheets.proposals.answers import Answers, agrees, passes
from desktop.sheets.proposals.proposal import Question
from desktop.sheets.workbook.refusals import AnswerNotUnderstood

#: The field, what the question calls its own, and the state of what is being built.
STATE, NEW_STATE, BUILDING = "state", "new_state", "在建"
#: What only a project has that is being built.
DONE = ("actual_start", "completed_week", "completed_month", "completed_year", "completed_total")
#: What a project has that is finished: its state is for a person to say.
FINISHED = "actual_finish"
#: So many projects are listed by name.
LISTED = 8


def settle(
    book: Book,
    projects: Sequence[Draft],
    others: Iterable[Draft],
    answers: Answers,
    questions: list[Question],
) -> str:
    """Ask in which state the new ones of ``projects`` are, or put what was answered; returns what
    is to be said of those without a state, "" where there are none. ``others`` are the drafts of
    their weeks and months."""
    register = book.scheme.register(book.scheme.head.subject)
    field = register.by_name.get(STATE)
    codes = book.scheme.code_list(field) if field is not None else None
    if field is None or codes is None or not field.required:
        return ""
    bare = [one for one in projects if one.present is None and STATE not in one.fields]
    if not bare:
        return ""
    drafts = {one.subject: [one] for one in bare}
    for one in others:
        if one.subject in drafts:
            drafts[one.subject].append(one)
    building = [one for one in bare if _built(drafts[one.subject])]
    if building and BUILDING in codes.names:
        choices = [one.name for one in codes.items if not one.retired]
        if not _answered(field, choices, bare, building, answers, questions):
            return ""  # the question says it
    left = [one.first.label for one in bare if STATE not in one.fields]
    if not left:
        return ""
    named = "、".join(left[:LISTED]) + (f"等 {len(left)} 个" if len(left) > LISTED else "")
    return f"新增的项目还没有{field.title}，上报前要补填：{named}。"


def _built(drafts: Sequence[Draft]) -> bool:
    told: dict[str, Any] = dict(drafts[0].first.values)  # figures whose week is open, too
    told.update((name, one.workbook) for draft in drafts for name, one in draft.fields.items())
    return not told.get(FINISHED) and any(told.get(name) for name in DONE)


def _answered(
    field: Field,
    choices: Sequence[str],
    bare: Sequence[Draft],
    building: Sequence[Draft],
    answers: Answers,
    questions: list[Question],
) -> bool:
    """Whether the question about all new projects is answered; then its answer is put."""
    first = building[0].first
    many = "都" if len(building) == len(bare) else f"其中 {len(building)} 个"
    others = "、".join(name for name in choices if name != BUILDING)
    place = building[0].place
    question = Question(
        sheet=first.sheet,
        cell=place.rpartition("!")[2],
        record=None,
        field=NEW_STATE,
        text="",
        value=BUILDING,
        question=(
            f"新增的 {len(bare)} 个项目没有写{field.title}，上报前必须填。"
            f"{many}已经开工或有完成投资，记为“{BUILDING}”，对吗？对则答“是”；全是别的状态则答{others}；以后再填则答“不是”。"
        ),
    )
    if not answers.has(question.id):
        questions.append(question)
        return False
    answer = answers.value(question.id)
    if passes(answer):
        return True
    state = BUILDING if agrees(answer) else str(answer)
    if state not in choices:
        raise AnswerNotUnderstood(question.question, state, f"应是{'、'.join(choices)}")
    for one in building if agrees(answer) else bare:
        one.put(STATE, state, one.place)
    return True
