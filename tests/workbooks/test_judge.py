"""The judge: its verdict on a reader that errs in known ways."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.workbooks.judge import judge, judge_tables, same
from tests.workbooks.look import BOOKS, truth

TRUTH: dict[str, Any] = {
    "projects": [
        {"name": "甲 项目", "total_investment": 20_000, "code": None},
        {"name": "乙项目", "total_investment": None, "code": None},
    ],
    "unclear": [
        {
            "sheet": "S",
            "cell": "C5",
            "record": "乙项目",
            "field": "total_investment",
            "question": "是多少？",
        }
    ],
    "may_ask": [{"sheet": "S", "cell": "C4", "field": "total_investment"}],
}
QUESTION = {"sheet": "S", "cell": "C5", "record": "乙项目", "field": "total_investment"}


def reading() -> dict[str, Any]:
    return {"projects": copy.deepcopy(TRUTH["projects"]), "unclear": [dict(QUESTION)]}


@pytest.mark.parametrize("name", BOOKS)
def test_every_truth_is_faultless_before_itself(name: str) -> None:
    said = truth(name)
    assert judge(said, said).faultless
    assert judge_tables(said, said.get("tables", [])) == []


def test_a_silent_error_is_wrong_and_an_asked_one_is_not() -> None:
    read = reading()
    read["projects"][0]["total_investment"] = 2_000_000
    assert judge(TRUTH, read).wrong == ["甲 项目.total_investment: 20000, read 2000000"]
    read["unclear"].append({**QUESTION, "cell": "C4", "record": "甲项目"})
    verdict = judge(TRUTH, read)
    assert verdict.faultless and len(verdict.asked) == 1
    assert (verdict.fields, verdict.right) == (6, 5)


def test_a_needless_question_counts_and_a_harmless_one_does_not() -> None:
    read = reading()
    read["unclear"].append({**QUESTION, "cell": "B4", "record": "甲项目", "field": "code"})
    assert len(judge(TRUTH, read).asked) == 1
    read = reading()
    read["unclear"].append({**QUESTION, "cell": "C4", "record": "甲项目"})
    assert judge(TRUTH, read).asked == []


def test_records_too_few_and_too_many_are_wrong() -> None:
    read = reading()
    read["projects"][0]["name"] = "合计"
    assert judge(TRUTH, read).wrong == [
        "projects: 甲 项目 is missing",
        "projects: '合计' is no record",
    ]


def test_a_question_about_the_column_answers_for_its_cells() -> None:
    read = reading()
    read["unclear"] = []
    assert judge(TRUTH, read).unasked == ["S!C5 是多少？"]
    read["unclear"] = [{**QUESTION, "cell": "C3", "record": ""}]
    assert judge(TRUTH, read).unasked == []
    read["unclear"] = [{**QUESTION, "cell": "D3", "record": ""}]
    assert judge(TRUTH, read).unasked == ["S!C5 是多少？"]


def test_money_is_compared_by_type_and_text_without_blanks() -> None:
    assert same(20_000, 20_000) and not same(20_000, 20_000.0) and not same(20_000, "20000")
    assert same("1号 厂房（东）", "１号厂房(东)")
    assert same(None, "") and not same(None, 0) and not same(0, None)


def test_verdicts_add_up() -> None:
    read = reading()
    read["projects"].pop()
    both = judge(TRUTH, read) + judge(TRUTH, reading())
    assert (both.fields, both.right, len(both.wrong)) == (9, 9, 1)
    assert not both.faultless


def test_tables_differ_where_they_are_said_to() -> None:
    said = truth("干河陈街道2023年第14周重点项目台账.xlsx")
    read = copy.deepcopy(said["tables"])
    read[0]["data_rows"] += 1
    assert judge_tables(said, read) == ["台账 [3, 4] 序号: data_rows 4, read 5"]
    read[0]["headings"][5] = "本周"
    assert [line.rpartition(": ")[2] for line in judge_tables(said, read)] == [
        "not found with these headings",
        "no table",
    ]
