"""In which state new projects are: asked once, by what they have done."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ledger.workspace import Book
from desktop.sheets.plans.states import LISTED
from desktop.sheets.plans.taking import take
from desktop.sheets.workbook.refusals import AnswerNotUnderstood
from tests.sheets.joined import planned

HEAD = ["项目名称", "总投资（万元）", "实际开工时间"]
ROWS = (HEAD, ["冷库项目", 100, "2023-03-01"], ["柳编厂项目", 200, None])
ASKED = "Sheet1!A2:new_state"
MISSING = "还没有项目状态"


def states(book: Book) -> dict[str, Any]:
    return {row["name"]: row["state"] for row in book.rows("project")}


def test_what_has_begun_is_offered_as_being_built(town: Book) -> None:
    found = planned(town, *ROWS)
    (question,) = found.questions
    assert (question.id, question.value, question.record) == (ASKED, "在建", None)
    assert "新增的 2 个项目" in question.question and "其中 1 个已经开工" in question.question
    assert not any(MISSING in note for note in found.notes)


def test_where_all_have_begun_all_are_offered(town: Book) -> None:
    (question,) = planned(town, *ROWS[:2]).questions
    assert "都已经开工" in question.question


@pytest.mark.parametrize("said", ["是", True])
def test_yes_is_of_those_that_have_begun(town: Book, said: Any) -> None:
    found = planned(town, *ROWS, answers={ASKED: said})
    take(town, found)
    assert states(town) == {"冷库项目": "在建", "柳编厂项目": None}
    (note,) = (one for one in found.notes if MISSING in one)
    assert "柳编厂项目" in note and "冷库项目" not in note


def test_another_state_is_of_all(town: Book) -> None:
    found = planned(town, *ROWS, answers={ASKED: "停工"})
    take(town, found)
    assert states(town) == {"冷库项目": "停工", "柳编厂项目": "停工"}
    assert not any(MISSING in note for note in found.notes)


@pytest.mark.parametrize("said", ["不是", None])
def test_no_leaves_it_for_later(town: Book, said: Any) -> None:
    found = planned(town, *ROWS, answers={ASKED: said})
    take(town, found)
    assert states(town) == {"冷库项目": None, "柳编厂项目": None}
    assert any(MISSING in note for note in found.notes)


def test_a_word_that_is_no_state_is_refused(town: Book) -> None:
    with pytest.raises(AnswerNotUnderstood, match="在建"):
        planned(town, *ROWS, answers={ASKED: "半停不停"})


def test_the_state_of_what_is_finished_is_not_offered(town: Book) -> None:
    found = planned(
        town,
        [*HEAD, "实际竣工时间"],
        ["冷库项目", 100, "2022-03-01", "2023-03-01"],
    )
    assert found.questions == ()
    assert any(MISSING in note for note in found.notes)


def test_what_has_a_state_is_not_asked_about(town: Book) -> None:
    found = planned(town, [*HEAD, "项目状态"], ["冷库项目", 100, "2023-03-01", "停工"])
    assert (found.questions, found.notes) == ((), ())
    take(town, found)
    assert states(town) == {"冷库项目": "停工"}


@pytest.mark.parametrize("more", [0, 1])
def test_of_many_the_first_are_named(town: Book, more: int) -> None:
    many = LISTED + more
    names = [f"{one}厂项目" for one in "甲乙丙丁戊己庚辛壬"[:many]]
    (note,) = planned(town, HEAD[:2], *([name, 100] for name in names)).notes
    assert names[LISTED - 1] in note and (f"等 {many} 个" in note) is bool(more)
    assert ("壬厂" in note) is False
