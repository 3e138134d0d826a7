"""Of which month or week columns of their own are; of which year, is asked once for all of them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from desktop.ledger.workspace import Book
from desktop.sheets.plans.plan import Plan
from desktop.sheets.proposing import propose
from desktop.sheets.workbook.refusals import AnswerNotUnderstood
from tests.sheets.joined import planned
from tests.sheets.making import book_of, sheet

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


WEEKS: tuple[list[Any], ...] = (
    ["单位：万元"],
    ["项目名称", "3月6日-12日", "", "3月13日-19日", "", "累计完成投资"],
    ["", "完成投资", "形象进度", "完成投资", "形象进度", ""],
    ["甲项目", 300, "安装", 350, "调试", 7100],
    ["乙项目", 120, "主体", "", "", 5600],
)
WEEK_MERGES = ("A2:A3", "B2:C2", "D2:E2", "F2:F3")


def weeks(found: Plan) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (one.label, str(one.fixed["period"])): {each.name: each.workbook for each in one.fields}
        for one in found.steps
        if one.register == "weekly"
    }


def test_columns_under_weeks_are_records_of_their_weeks(town: Book) -> None:
    found = planned(town, ["2023年周进度"], *WEEKS, merges=down(WEEK_MERGES))
    read = weeks(found)
    assert {key: one.get("completed_week") for key, one in read.items()} == {
        ("甲项目", "2023-W10"): 3_000_000,
        ("甲项目", "2023-W11"): 3_500_000,
        ("乙项目", "2023-W10"): 1_200_000,
        ("乙项目", "2023-W11"): None,
    }
    assert read["甲项目", "2023-W11"]["physical_progress"] == "调试"


def test_what_stands_beside_columns_of_weeks_is_of_the_latest_and_said(town: Book) -> None:
    found = planned(town, ["2023年周进度"], *WEEKS, merges=down(WEEK_MERGES))
    (so_far,) = {name for one in weeks(found).values() for name in one} & {
        "completed_year",
        "completed_total",
    }
    held = {key: one[so_far] for key, one in weeks(found).items() if so_far in one}
    assert held == {("甲项目", "2023-W11"): 71_000_000, ("乙项目", "2023-W11"): 56_000_000}
    workbook = book_of(sheet(["2023年周进度"], *WEEKS, merges=down(WEEK_MERGES)))
    (note,) = propose(workbook, town.scheme).notes
    assert (note.cell, "最近的一周（2023年第11周）" in note.text) == ("F3", True)


def test_weeks_of_an_unknown_year_are_asked_about_once(town: Book) -> None:
    found = planned(town, *WEEKS, merges=WEEK_MERGES)
    assert [one.id for one in found.questions if one.field == "year"] == [YEAR]
    assert weeks(found) == {}
    answered = planned(town, *WEEKS, merges=WEEK_MERGES, answers={YEAR: "2023"})
    assert {period for _, period in weeks(answered)} == {"2023-W10", "2023-W11"}


def test_numbered_weeks_head_columns_too(town: Book) -> None:
    rows: tuple[list[Any], ...] = (
        ["2023年周进度", *[""] * 2],
        ["单位：万元"],
        ["项目名称", "第9周完成投资", "第10周完成投资"],
        ["甲项目", 300, 350],
    )
    assert {
        period: one["completed_week"] for (_, period), one in weeks(planned(town, *rows)).items()
    } == {
        "2023-W09": 3_000_000,
        "2023-W10": 3_500_000,
    }


def test_one_week_alone_is_the_table_s_own(town: Book) -> None:
    """A single group of days is what the table calls 本周."""
    rows: tuple[list[Any], ...] = (
        ["2023年第10周周进度"],
        ["单位：万元"],
        ["项目名称", "3月6日-12日完成投资"],
        ["甲项目", 300],
    )
    assert set(weeks(planned(town, *rows))) == {("甲项目", "2023-W10")}


def down(merges: tuple[str, ...]) -> tuple[str, ...]:
    """Merged areas a row further down."""
    return tuple(re.sub(r"\d+", lambda row: str(int(row[0]) + 1), one) for one in merges)
