"""Projects that a list names and nobody has: one question for all of them."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ledger.workspace import Book
from desktop.sheets.plans import asking
from desktop.sheets.plans.strangers import CITED, Strangers
from desktop.sheets.plans.taking import take
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.proposal import Question
from desktop.sheets.workbook.refusals import AnswerNotUnderstood
from tests.sheets.joined import planned

ITEMS = ["项目名称", "存在问题", "整改措施", "完成时限"]
ROWS = (
    ITEMS,
    *([f"{one}项目", "用地", "盯办", "2023年5月底"] for one in ("柳编厂", "冷库", "污水站")),
)
ALL = "Sheet1!A2:strangers"


def question(number: int) -> Question:
    return Question("表", f"A{number + 2}", f"名{number}", "match", f"名{number}", None, "哪个？")


def strangers(many: int, **answers: Any) -> tuple[Strangers, list[bool]]:
    held = Strangers(Answers({f"表!A2:{name}": value for name, value in answers.items()}))
    return held, [held.made(question(number)) for number in range(many)]


def test_of_one_name_its_own_question_is_asked() -> None:
    held, made = strangers(1)
    assert (held.questions(), made) == ([question(0)], [False])


@pytest.mark.parametrize("many", [2, CITED, CITED + 1])
def test_of_several_names_one_question_is_asked(many: int) -> None:
    held, made = strangers(many)
    (asked,) = held.questions()
    assert (asked.id, asked.value, asked.record) == ("表!A2:strangers", asking.NEW, None)
    assert not any(made)
    assert f"{many} 个项目" in asked.question
    assert f"“名{min(many, CITED) - 1}”" in asked.question
    assert f"“名{CITED}”" not in asked.question
    assert ("等" in asked.question) is (many > CITED)


@pytest.mark.parametrize("said", ["是", True, asking.NEW])
def test_yes_makes_all(said: Any) -> None:
    held, made = strangers(3, strangers=said)
    assert (held.questions(), made) == ([], [True] * 3)


@pytest.mark.parametrize("said", ["不是", False])
def test_no_asks_one_by_one(said: Any) -> None:
    held, made = strangers(3, strangers=said)
    assert (held.questions(), made) == ([question(number) for number in range(3)], [False] * 3)


@pytest.mark.parametrize("said", [None, ""])
def test_nothing_leaves_all_out(said: Any) -> None:
    held, made = strangers(3, strangers=said)
    assert (held.questions(), made) == ([], [False] * 3)


def test_another_answer_is_refused() -> None:
    with pytest.raises(AnswerNotUnderstood):
        strangers(2, strangers="也许")


def test_yes_makes_projects_and_their_problems(town: Book) -> None:
    assert [one.id for one in planned(town, *ROWS).questions] == [ALL]
    counts = take(town, planned(town, *ROWS, answers={ALL: "是"}))
    assert (counts["project_new"], counts["problem_new"]) == (3, 3)


def test_no_asks_for_each_row(town: Book) -> None:
    found = planned(town, *ROWS, answers={ALL: "不是"})
    assert [one.id for one in found.questions] == [f"Sheet1!A{row}:match" for row in (2, 3, 4)]
    assert not found.steps
