"""Questions made ready: their choices with the answers that the reader takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.sheets.workbook.reading import read
from desktop.ui.reading_in import reading
from desktop.ui.reading_in.case import Case
from desktop.ui.reading_in.reading import Found, Wanted
from tests.ui.conftest import TestDesk, ask
from tests.ui.reading_in.workbooks import HEADING, KNOWN, NEW, ROWS, UNIT, weekly, written

Made = Callable[[Path], Found]


def found(desk: TestDesk, path: Path, given: dict[str, Any] | None = None) -> Found:
    """The workbook at ``path`` beside the book."""
    workbook = read(path)
    got: Found = ask(desk, lambda book: reading.look(book, workbook, Wanted(given or {})))
    return got


def case(comparison: Found, field: str) -> Case:
    return next(one for one in comparison.cases if one.field == field)


def test_a_value_that_cannot_be_read_may_be_left_empty_or_typed(
    desk: TestDesk, tmp_path: Path
) -> None:
    one = case(found(desk, weekly(tmp_path)), "planned_finish")
    assert (one.sheet, one.place, one.row, one.column) == ("周报", "E5", 4, 4)
    assert [choice.answer for choice in one.choices] == [None]
    assert one.typed == "另填日期，如 2023-03-31"
    assert not one.proposed
    assert "全新的一个项目" in one.title
    answered = found(desk, weekly(tmp_path), {one.id: "2023-12-31"})
    assert one.id not in {other.id for other in answered.cases}


def test_without_a_unit_the_likely_one_comes_first(desk: TestDesk, tmp_path: Path) -> None:
    path = written(tmp_path, ("周报", [["第11周进展"], HEADING, *ROWS]))
    one = case(found(desk, path), "money_unit")
    assert one.proposed
    assert one.choices[0].answer == "万元"
    assert {choice.answer for choice in one.choices} >= {"元", "万元", "亿元"}
    answered = found(desk, path, {one.id: "元"})
    values = answered.proposal.projects[0].values
    assert values["total_investment"] == 82000


def test_without_a_week_those_around_the_latest_are_offered(desk: TestDesk, tmp_path: Path) -> None:
    path = weekly(tmp_path, title=["沙澧高新区重点项目进展情况表"])
    comparison = found(desk, path)
    assert comparison.plan.asked
    one = comparison.cases[0]
    assert one.field == "period"  # the first of all
    assert "2023-W10" in [choice.answer for choice in one.choices]
    assert "3月3日—3月9日" in next(c.words for c in one.choices if c.answer == "2023-W10")
    answered = found(desk, path, {one.id: "2023-W10"})
    assert str(answered.plan.period) == "2023-W10"


def test_a_similar_name_may_be_the_same_project_or_a_new_one(
    desk: TestDesk, tmp_path: Path
) -> None:
    rows = [[1, KNOWN.replace("面板", ""), 82000, 333, "2024年12月", "", ""]]
    path = written(tmp_path, ("周报", [["第11周"], UNIT, HEADING, *rows]))
    one = case(found(desk, path), "match")
    assert one.choices[0].answer == KNOWN
    assert "新建" in [choice.answer for choice in one.choices]
    assert KNOWN in one.offers
    same = found(desk, path, {one.id: KNOWN})
    assert all(step.record for step in same.plan.steps if step.register == "project")
    fresh = found(desk, path, {one.id: "新建"})
    assert any(step.record is None for step in fresh.plan.steps if step.register == "project")


def test_a_project_that_the_workbook_itself_makes_is_offered(
    desk: TestDesk, tmp_path: Path
) -> None:
    problems = [["项目名称", "存在的问题", "整改措施"], [f"{NEW}（新）", "缺资金", "融资"]]
    path = written(
        tmp_path,
        ("周报", [["第11周"], UNIT, HEADING, [1, NEW, 800, 3, "", "", ""]]),
        ("问题清单", [["存在问题清单"], *problems]),
    )
    one = case(found(desk, path), "match")
    assert one.choices[0].answer == NEW
    assert NEW in one.offers
    joined = found(desk, path, {one.id: NEW})
    assert [step.label for step in joined.plan.steps if step.register == "project"] == [NEW]


def test_every_answer_of_a_problem_without_its_project_is_taken(
    desk: TestDesk, tmp_path: Path
) -> None:
    rows = [
        ["项目名称", "存在的问题", "整改措施", "完成时限"],
        ["没有的项目", "缺资金", "融资", "2023-5-31"],
    ]
    path = written(tmp_path, ("问题清单", [["存在问题清单"], *rows]))
    one = case(found(desk, path), "match")
    for choice in one.choices:
        answered = found(desk, path, {one.id: choice.answer})
        assert one.id not in {other.id for other in answered.cases}


def test_two_values_of_one_field_are_both_offered(desk: TestDesk, tmp_path: Path) -> None:
    rows = [[1, KNOWN, 82000, 333, "", "", ""], [2, KNOWN, 90000, 333, "", "", ""]]
    path = written(tmp_path, ("周报", [["第11周"], UNIT, HEADING, *rows]))
    named = case(found(desk, path), "twice")
    assert [choice.answer for choice in named.choices] == [KNOWN, "新建"]
    same = {named.id: KNOWN}
    one = case(found(desk, path, same), "total_investment")
    assert [choice.words for choice in one.choices[:2]] == [
        "82,000 万元（周报!C4）",
        "90,000 万元（周报!C5）",
    ]
    for choice, value in zip(one.choices[:2], (820_000_000, 900_000_000), strict=True):
        given = {**same, choice.id or one.id: choice.answer}
        steps = found(desk, path, given).plan.steps
        step = next(step for step in steps if step.register == "project")
        held = next(field for field in step.fields if field.name == "total_investment")
        assert (held.workbook, held.what) != (None, "open")
        assert held.workbook == value


def test_the_state_of_new_projects_is_offered_once_each(desk: TestDesk, tmp_path: Path) -> None:
    head, row = ["项目名称", "总投资", "本周完成投资"], ["全新项目", 800, 20]
    path = written(tmp_path, ("周报", [["2023年第11周"], UNIT, head, row]))
    one = case(found(desk, path), "new_state")
    assert one.choices[0].words == "记为“在建”"
    words = [choice.words for choice in one.choices]
    assert "在建" not in words[1:]
    assert len(words) == len(set(words))
    assert {"前期", "新开工", "停工", "竣工"} < set(words)


#: Workbooks that raise each kind of question that a list of choices answers.
ASKING: dict[str, list[list[Any]]] = {
    "strangers": [
        ["存在问题清单"],
        ["项目名称", "存在的问题", "整改措施", "完成时限"],
        ["没有的甲项目", "缺资金", "融资", "2023-5-31"],
        ["没有的乙项目", "缺土地", "报批", "2023-5-31"],
    ],
    "new_state": [["2023年第11周"], UNIT, ["项目名称", "本周完成投资"], ["全新项目", 20]],
    "total_investment": [
        ["重点项目清单"],
        UNIT,
        ["项目名称", "总投资", "建设地点"],
        *([f"{name}项目", 800, "某村"] for name in "甲乙丙"),
        ["丁项目", 580_000_000, "某村"],
    ],
    "categories": [
        ["重点项目清单"],
        UNIT,
        ["项目名称", "总投资", "项目类别"],
        ["甲项目", 800, "签约类"],
        ["乙项目", 900, "开工类"],
    ],
}


@pytest.mark.parametrize("field", ASKING)
def test_every_choice_of_a_question_is_an_answer(
    desk: TestDesk, tmp_path: Path, field: str
) -> None:
    path = written(tmp_path, ("表", ASKING[field]))
    one = case(found(desk, path), field)
    assert one.choices
    assert len({choice.words for choice in one.choices}) == len(one.choices)
    for choice in one.choices:
        answered = found(desk, path, {choice.id or one.id: choice.answer})
        assert one.id not in {other.id for other in answered.cases}
