"""Rows of one table that bear one name, and the tables in which projects' rows stand."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ledger.workspace import Book
from desktop.sheets.plans.taking import take
from desktop.sheets.workbook.refusals import AnswerNotUnderstood
from tests.sheets.joined import planned, planned_of
from tests.sheets.making import sheet

HEAD = ["项目名称", "总投资（万元）", "建设地点"]
TWO = (HEAD, ["道路硬化", 100, None], ["道路硬化", 200, None])
ASKED = "Sheet1!A2:twice"


def test_two_rows_of_one_name_are_asked_about_once(town: Book) -> None:
    (question,) = planned(town, *TWO, ["道路硬化", 300, None]).questions
    assert (question.id, question.value) == (ASKED, "道路硬化")
    assert "A2 和 A3" in question.question and "共 3 行" in question.question
    (question,) = planned(town, *TWO).questions
    assert "共" not in question.question


@pytest.mark.parametrize("said", ["新建", "不是", False])
def test_two_projects_of_one_name(town: Book, said: Any) -> None:
    assert take(town, planned(town, *TWO, answers={ASKED: said}))["project_new"] == 2
    assert sorted(row["total_investment"] for row in town.rows("project")) == [10**6, 2 * 10**6]


@pytest.mark.parametrize("said", ["是", True, "道路硬化"])
def test_one_project_in_two_rows_is_asked_which_sum_it_has(town: Book, said: Any) -> None:
    found = planned(town, *TWO, answers={ASKED: said})
    assert len({step.subject for step in found.steps}) == 1
    assert found.counts()["project_new"] == 1


def test_an_answer_of_neither_is_refused(town: Book) -> None:
    with pytest.raises(AnswerNotUnderstood):
        planned(town, *TWO, answers={ASKED: "桥梁"})


def test_without_an_answer_the_second_row_is_not_taken(town: Book) -> None:
    found = planned(town, *TWO, answers={ASKED: None})
    assert found.questions == ()
    assert found.counts()["project_new"] == 1


def test_villages_tell_projects_of_one_name_apart(town: Book) -> None:
    rows = (HEAD, ["道路硬化", 100, "大郭村"], ["道路硬化", 200, "小郭村"])
    assert planned(town, *rows).questions == ()
    assert take(town, planned(town, *rows))["project_new"] == 2
    again = planned(town, *rows)
    assert again.questions == ()
    assert [what for what in again.counts() if what.endswith(("_new", "_changed"))] == []


def test_names_that_are_alike_in_one_table_are_two_projects(town: Book) -> None:
    rows = (["奥昌迈得设备生产项目", 100, None], ["奥昌迈得设备生产", 200, None])
    one = planned_of(town, sheet(HEAD, rows[0], name="一"), sheet(HEAD, rows[1], name="二"))
    assert [question.field for question in one.questions] == ["match"]
    assert planned(town, HEAD, *rows).questions == ()


def test_tables_beside_each_other_are_two_tables(town: Book) -> None:
    left, right = ["冷库项目", 100, "大郭村"], ["冷库项目", 100, "大郭村"]
    found = planned(town, [*HEAD, None, *HEAD], [*left, None, *right])
    assert found.questions == ()
    assert found.counts()["project_new"] == 1
