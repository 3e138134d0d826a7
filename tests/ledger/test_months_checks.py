"""The statistical identities of a month: every check finds what is wrong and passes a near miss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from desktop import paths
from desktop.ledger import checks, conditions, scheme, workspace
from desktop.ledger.workspace import Book
from tests.ledger.district import W

MONTH, BEFORE, JANUARY = "2023-03", "2023-02", "2023-01"
PROJECT = {"state": "在建", "total_investment": 5000 * W, "annual_plan": 2000 * W}
#: A sound month and the one before, in 万元.
SOUND = {
    "completed_month": 100, "completed_year": 350, "total_before": 1000, "completed_total": 1350,
    "construction": 300, "installation": 30, "equipment": 20, "last_year_month": 80,
    "last_year_to_date": 200,
}  # fmt: skip
LAST = {"completed_month": 150, "completed_year": 250}

Given = Mapping[str, int | None]
#: Check → (the month that is wrong, the near miss, the month of both, the earlier month).
CASES: Mapping[str, tuple[Given, Given, str, str | None]] = {
    "month_shrinks": (
        {"completed_month": 0, "completed_year": 249, "completed_total": 1249, "equipment": -81},
        {"completed_month": -1, "completed_year": 249, "completed_total": 1249, "equipment": -81},
        MONTH, BEFORE,
    ),
    "month_sum": ({"completed_month": 101}, {}, MONTH, BEFORE),
    "month_gap": ({"completed_month": 99}, {}, MONTH, JANUARY),
    "month_opening": ({"completed_month": 349}, {"completed_month": 350}, JANUARY, None),
    "month_first": ({"completed_month": 351}, {"completed_month": 350}, MONTH, None),
    "month_since_start": ({"total_before": 1001}, {"total_before": None}, MONTH, BEFORE),
    "month_over_total": (
        {"total_before": 4651, "completed_total": 5001},
        {"total_before": 4650, "completed_total": 5000},
        MONTH, BEFORE,
    ),
    "month_composition": ({"other": 1}, {"other": 0}, MONTH, BEFORE),
    "month_last_year": ({"last_year_month": 201}, {"last_year_month": 200}, MONTH, BEFORE),
}  # fmt: skip


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with workspace.create(tmp_path / "a.yzb", "空冢郭镇", "township", under="源汇区") as made:
        yield made


def found(book: Book, given: Given, month: str, before: str | None) -> dict[str, str]:
    """What the checks say of a month that is sound but for ``given``; by check the sentence."""
    with book.batch("create") as batch:
        project = batch.create("project", {"name": "甲", "unit": book.unit, **PROJECT})
        if before is not None:
            row = {name: value * W for name, value in LAST.items()}
            batch.create("monthly", {"project": project, "period": before, **row})
        row = {name: value * W for name, value in {**SOUND, **given}.items() if value is not None}
        batch.create("monthly", {"project": project, "period": month, **row})
    said = checks.check_period(book, month)
    return {one.check: one.sentence for one in said if one.register == "monthly"}


def test_every_check_of_months_has_a_case() -> None:
    shipped = conditions.compose(scheme.load(paths.scheme_folder("investment"))).prepared
    assert {one.check.name for one in shipped["monthly"] if "." not in one.check.name} == set(CASES)


def test_a_sound_month_is_passed_over(book: Book) -> None:
    assert found(book, {}, MONTH, BEFORE) == {}


@pytest.mark.parametrize("name", CASES)
def test_what_is_wrong_is_found(book: Book, name: str) -> None:
    wrong, _, month, before = CASES[name]
    assert name in found(book, wrong, month, before)


@pytest.mark.parametrize("name", CASES)
def test_the_near_miss_is_not(book: Book, name: str) -> None:
    _, missed, month, before = CASES[name]
    sound: dict[str, Any] = {**missed}
    if name == "month_gap":  # January's 250 and 100 of both months since.
        sound["completed_month"] = 100
    assert name not in found(book, sound, month, before)


def test_the_figures_stand_in_the_sentence(book: Book) -> None:
    said = found(book, {"completed_month": 101}, MONTH, BEFORE)["month_sum"]
    assert said == "本月完成 101 万元，累计应为 250＋101＝351 万元，现为 350 万元，相差 1 万元。"


def test_a_week_does_not_ask_for_months(book: Book) -> None:
    found(book, {"completed_month": 101}, MONTH, BEFORE)
    said = checks.check_period(book, "2023-W13")
    assert not [one for one in said if one.register == "monthly"]
