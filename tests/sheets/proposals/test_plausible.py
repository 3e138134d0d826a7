"""Sums that cannot be are asked about; what is merely large is read."""

from __future__ import annotations

import pytest

from desktop.ledger.definitions import Field
from desktop.sheets.meaning import amounts
from desktop.sheets.meaning.columns import Filled
from desktop.sheets.meaning.texts import Reading
from desktop.sheets.proposals import plausible
from desktop.sheets.tables.sources import Source
from tests.sheets.making import investment, proposed

TOTAL, PLAN, WEEK = "total_investment", "annual_plan", "completed_week"
USUAL = 5 * 10**7


def money(name: str) -> Field:
    registers = (investment().register(one) for one in ("project", "weekly"))
    return next(one.by_name[name] for one in registers if name in one.by_name)


def off(name: str, *yuan: int) -> list[Reading]:
    return plausible.far_off(money(name), [Reading(one) for one in yuan])[0]


def test_a_total_as_no_county_has_is_asked_about() -> None:
    *others, odd = off(TOTAL, USUAL, USUAL, USUAL, amounts.MOST)
    assert others == [Reading(USUAL)] * 3
    assert (odd.value, odd.note) == (amounts.MOST, "")
    assert "相差一千倍以上" in odd.question and "对则答“是”" in odd.question


def test_a_total_as_few_have_is_remarked_upon() -> None:
    odd = off(TOTAL, USUAL, USUAL, USUAL, amounts.MOST - 1)[-1]
    assert (odd.value, odd.question) == (amounts.MOST - 1, "")
    assert "请核对" in odd.note


@pytest.mark.parametrize(
    ("yuan", "open_"),
    [(USUAL // plausible.FAR, True), (USUAL // plausible.FAR + 1, False)],
)
def test_a_total_a_thousand_times_too_small_is_asked_about(yuan: int, open_: bool) -> None:
    assert bool(off(TOTAL, USUAL, USUAL, USUAL, yuan)[-1].question) is open_


def test_a_plan_may_be_small() -> None:
    assert off(PLAN, USUAL, USUAL, USUAL, 1)[-1] == Reading(1)
    assert off(PLAN, USUAL, USUAL, USUAL, amounts.MOST)[-1].question


def test_what_is_large_among_large_ones_is_usual() -> None:
    near = plausible.LARGE - 1
    assert off(TOTAL, 10**6, 10**6, near) == [Reading(10**6), Reading(10**6), Reading(near)]
    many = [amounts.MOST] * 3
    assert not any(one.note for one in off(TOTAL, *many))


def test_of_two_sums_the_smaller_is_the_usual_one() -> None:
    assert off(TOTAL, USUAL, amounts.MOST)[-1].question
    assert off(TOTAL, amounts.MOST) == [Reading(amounts.MOST)]


def test_what_was_done_in_a_week_and_what_is_asked_already_stays() -> None:
    assert off(WEEK, USUAL, USUAL, USUAL, amounts.MOST)[-1] == Reading(amounts.MOST)
    asked = Reading(amounts.MOST, "多少？")
    held, changed = plausible.far_off(money(TOTAL), [*map(Reading, (USUAL, USUAL)), asked])
    assert held[-1] is asked and not changed


def column(name: str, *readings: Reading, open_: str | None = None, period: str = "") -> Filled:
    def alone() -> object:
        raise AssertionError("not read again")

    return Filled(money(name), 0, list(readings), False, alone, open_, period)  # type: ignore[arg-type]


#: No part of a column's sums is looked up in it.
SOURCE: Source = None  # type: ignore[assignment]


def beside(part: Filled, whole: Filled) -> Filled:
    return plausible.beside_total([part, whole], SOURCE)[0]


@pytest.mark.parametrize(("many", "open_"), [(plausible.OVERRUN, False), (101, True)])
def test_a_part_a_hundred_times_its_total_is_asked_about(many: int, open_: bool) -> None:
    found = beside(column(WEEK, Reading(many * 100)), column(TOTAL, Reading(100)))
    assert bool(found.readings[0].question) is open_
    assert found.flagged is open_
    assert found.readings[0].value == many * 100


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (column(WEEK, Reading(10**9), open_="表!A1:column"), column(TOTAL, Reading(1))),
        (column(WEEK, Reading(10**9), period="2023-03"), column(TOTAL, Reading(1))),
        (column(WEEK, Reading(10**9)), column(TOTAL, Reading(1), open_="表!A1:column")),
        (column(WEEK, Reading(10**9)), column(TOTAL, Reading(1, "多少？"))),
        (column(WEEK, Reading(10**9, "多少？")), column(TOTAL, Reading(1))),
        (column(WEEK, Reading(10**9)), column(TOTAL, Reading())),
    ],
)
def test_where_a_column_or_a_cell_is_open_nothing_more_is_asked(
    part: Filled, whole: Filled
) -> None:
    assert beside(part, whole) is part


def test_the_field_whose_unit_is_wrong() -> None:
    assert plausible.doubted({TOTAL: [USUAL], WEEK: [1]}) is None
    assert plausible.doubted({TOTAL: [amounts.LEAST - 1], WEEK: [amounts.MOST]}) == TOTAL
    assert plausible.doubted({TOTAL: [USUAL], WEEK: [0, amounts.MOST]}) == WEEK
    assert plausible.doubted({"funds_bank": [amounts.MOST]}) is None


def test_parts_beyond_their_total_by_orders() -> None:
    most = plausible.FAR * USUAL
    assert plausible.beyond_total({TOTAL: [USUAL], WEEK: [most], PLAN: [0]}) == ()
    assert plausible.beyond_total({TOTAL: [USUAL, 0], WEEK: [most + 1, 0], PLAN: [1]}) == (WEEK,)
    assert plausible.beyond_total({WEEK: [most]}) == ()


def test_a_part_that_cannot_be_is_asked_about_in_its_cell() -> None:
    found = proposed(
        ["单位：万元"],
        ["项目名称", "总投资", "2023年度计划投资"],
        ["甲项目", 5000, 2000],
        ["乙项目", 6000, 2_000_000],
        ["丙项目", 7000, 3000],
    )
    assert [(one.cell, one.field) for one in found.questions] == [("C4", PLAN)]
    assert PLAN in found.projects[1].open and PLAN not in found.projects[0].open
