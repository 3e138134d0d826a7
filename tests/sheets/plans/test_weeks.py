"""Of which year columns under months are, where nothing says it: asked once for all of them."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ledger.workspace import Book
from desktop.sheets.plans.plan import Plan
from desktop.sheets.workbook.refusals import AnswerNotUnderstood
from tests.sheets.joined import planned

ROWS: tuple[list[Any], ...] = (
    ["单位：万元"],
    ["项目名称", "总投资", "1月", "", "2月", ""],
    ["", "", "计划", "实际", "计划", "实际"],
    ["甲项目", 100, 3, 4, 5, 6],
    ["乙项目", 100, 3, 4, 5, 6],
)
MERGES = ("A2:A3", "B2:B3", "C2:D2", "E2:F2")
YEAR = "Sheet1!A1:year"


def plan_of(book: Book, period: str | None = None, **answers: Any) -> Plan:
    given = {YEAR: answers["year"]} if answers else {}
    return planned(book, *ROWS, period=period, answers=given, merges=MERGES)


def months(found: Plan) -> list[tuple[str, str]]:
    return [
        (one.label, str(one.fixed["period"])) for one in found.steps if one.register == "monthly"
    ]


def test_it_is_asked_once(town: Book) -> None:
    found = plan_of(town)
    assert [one.id for one in found.questions if one.field == "year"] == [YEAR]
    assert months(found) == []


@pytest.mark.parametrize("said", ["2023", "2023年", 2023])
def test_the_answer_is_for_all_months(town: Book, said: str | int) -> None:
    found = plan_of(town, year=said)
    assert sorted(months(found)) == [
        ("乙项目", "2023-01"),
        ("乙项目", "2023-02"),
        ("甲项目", "2023-01"),
        ("甲项目", "2023-02"),
    ]


def test_a_period_that_is_given_says_the_year(town: Book) -> None:
    found = plan_of(town, period="2022-02")
    assert {period for _, period in months(found)} == {"2022-01", "2022-02"}


def test_an_answer_that_is_no_year_is_refused(town: Book) -> None:
    with pytest.raises(AnswerNotUnderstood):
        plan_of(town, year="三月")
