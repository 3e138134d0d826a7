"""Cells read as values, or as questions."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.money import Unit, parse
from desktop.sheets.meaning import vocabulary
from desktop.sheets.meaning.readings import read_column, reader
from desktop.sheets.meaning.texts import BLANK, Reading
from tests.sheets.making import investment

SCHEME = investment()
WORDS = vocabulary.load(SCHEME)


def read(field: str, cell: Any, *, register: str = "project", **more: Any) -> Reading:
    definition = SCHEME.register(register).by_name[field]
    choices = WORDS.choices.get(definition.choices) if definition.choices else None
    (reading,) = reader(SCHEME, (definition,), choices=choices, **more)(cell)
    return reading


def pair(first: str, second: str, cell: Any) -> tuple[Reading, ...]:
    register = SCHEME.register("project")
    return reader(SCHEME, (register.by_name[first], register.by_name[second]))(cell)


@pytest.mark.parametrize("empty", ["", "—", "-", "/", "无", " 无 ", "——", "暂无", "\u3000"])
@pytest.mark.parametrize(
    "field",
    ["place", "content", "total_investment", "planned_start", "state", "phone", "code", "level"],
)
def test_empty_cells_are_null(field: str, empty: str) -> None:
    assert read(field, empty) == BLANK


def test_zero_is_not_empty() -> None:
    assert read("total_investment", 0).value == 0
    assert read("total_investment", "0.0").value == 0


@pytest.mark.parametrize(
    ("cell", "unit", "yuan"),
    [
        (15.6, "亿元", 1_560_000_000),
        (8.199999999999999, "亿元", 820_000_000),
        ("156,000", "万元", 1_560_000_000),
        ("２１０００", "万元", 210_000_000),
        ("1.2亿", "万元", 120_000_000),
        (3905.5, "万元", 39_055_000),
        (62000, "万元", 620_000_000),
        (962500.0, "元", 962_500),
    ],
)
def test_money(cell: Any, unit: Unit, yuan: int) -> None:
    assert read("total_investment", cell, unit=unit) == Reading(yuan)


@given(
    st.floats(allow_nan=False, allow_infinity=False, min_value=0, max_value=1e9),
    st.sampled_from(["元", "万元", "亿元"]),
)
def test_the_fast_way_for_floats_is_the_ledgers_way(cell: float, unit: Unit) -> None:
    field = SCHEME.register("project").by_name["total_investment"]
    (reading,) = reader(SCHEME, (field,), unit=unit)(cell)
    if not reading.question:
        assert reading.value == parse(cell, unit).yuan


@given(st.integers(0, 10**13), st.sampled_from(["元", "万元", "亿元"]))
def test_sums_survive_being_floats_in_a_workbook(yuan: int, unit: Unit) -> None:
    size = {"元": 1, "万元": 10_000, "亿元": 100_000_000}[unit]
    assert read("total_investment", yuan / size, unit=unit).value == yuan


def test_what_is_no_money_is_asked_about() -> None:
    for cell in (
        "1-2亿元",
        "待定",
        "16%",
        True,
        date(2023, 3, 1),
        float("nan"),
        float("inf"),
        -5.0,
    ):
        reading = read("total_investment", cell)
        assert reading.value is None
        assert reading.question


def test_approximations_and_lost_fractions_are_noted() -> None:
    assert "约数" in read("total_investment", "约2.3亿元").note
    assert "舍去" in read("total_investment", "0.12345678万元").note


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("planned_finish", "2023.10", "2023-10-31"),
        ("planned_start", "2023.10", "2023-10-01"),
        ("planned_finish", "2023年3月底前", "2023-03-31"),
        ("planned_finish", "一季度", "2023-03-31"),
        ("planned_start", 2023.8, "2023-08-01"),
        ("planned_start", datetime(2023, 3, 4, 5, 6), "2023-03-04"),
        ("planned_finish", date(2023, 3, 4), "2023-03-04"),
    ],
)
def test_dates_by_their_role(field: str, cell: Any, value: str) -> None:
    assert read(field, cell, year=2023) == Reading(value)


def test_a_number_that_was_a_date_is_asked_about_with_the_date() -> None:
    reading = read("planned_start", 44927.0)
    assert reading.value == "2023-01-01"
    assert reading.question


def test_dates_that_could_be_two_are_asked_about() -> None:
    for cell in (2023.1, "3月前", "待定", time(5, 6), "2023年13月"):
        assert read("planned_start", cell, year=2023).question


def test_years_of_construction_fill_two_fields() -> None:
    start, finish = pair("planned_start", "planned_finish", "2021.8-2023.12")
    assert (start.value, finish.value) == ("2021-08-01", "2023-12-31")
    start, finish = pair("planned_start", "planned_finish", "24个月")
    assert "工期的长短" in start.note
    assert not (start.question or finish.question or finish.note)
    start, finish = pair("planned_start", "planned_finish", "年内开工")
    assert start.question
    assert finish.question
    assert pair("planned_start", "planned_finish", "/") == (BLANK, BLANK)


@pytest.mark.parametrize(
    ("cell", "person", "phone"),
    [
        ("李建国 13800000001", "李建国", "13800000001"),
        ("王  敏\n13800000002", "王敏", "13800000002"),
        ("赵志强（0395-1234567）", "赵志强", "0395-1234567"),
        ("孙丽：联系电话13800000004", "孙丽", "13800000004"),
        ("张三13800000001、李四13800000002", "张三、李四", "13800000001、13800000002"),
        ("周斌", "周斌", None),
        ("１３８００００００５５", None, "13800000055"),
    ],
)
def test_a_person_and_a_telephone_in_one_cell(
    cell: str, person: str | None, phone: str | None
) -> None:
    first, second = pair("responsible_person", "phone", cell)
    assert (first.value, second.value) == (person, phone)


def test_person_and_number_that_cannot_be_told_apart() -> None:
    first, second = pair("responsible_person", "phone", "张三 123")
    assert first.question
    assert second.question


def test_project_codes() -> None:
    assert read("code", "210841110204-01583920").value == "2108-411102-04-01-583920"
    assert read("code", "２１０８-411102-04-01-583921").value == "2108-411102-04-01-583921"
    assert read("code", "2108-411102-04-01-583921").question == ""  # the book's checks ask
    for ruined in (2.10841e19, 21084111020401583920, "2.10841E+19"):
        reading = read("code", ruined)
        assert reading.value is None
        assert "丢失" in reading.question
    assert read("code", "正在办理").value is None
    assert read("code", "2108-411102").question


def test_credit_codes() -> None:
    assert read("credit_code", "91350100m000100y43").value == "91350100M000100Y43"
    assert read("credit_code", 9.135e17).question
    assert read("credit_code", "办理中").question


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("level", "省重点", "省"),
        ("level", "市级", "市"),
        ("level", "县重点项目", "区"),
        ("nature", "新建", "新建"),
        ("state", "续建", "在建"),
        ("state", "在建（主体施工）", "在建"),
        ("state", " 已开工 ", "新开工"),
        ("categories", "工业、交通运输", ["工业", "交通"]),
        ("categories", "基础设施", ["城镇基础设施"]),
    ],
)
def test_choices(field: str, cell: str, value: Any) -> None:
    assert read(field, cell) == Reading(value)


def test_a_choice_that_is_none_is_asked_about_with_the_list() -> None:
    reading = read("nature", "续建")
    assert reading.value is None
    assert "新建、扩建、改建、技改" in reading.question
    reading = read("categories", "工业、天上")
    assert reading.value == ["工业"]
    assert reading.question


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("√", True),
        ("是", True),
        (True, True),
        ("×", False),
        ("否", False),
        ("无", False),
        ("/", None),
    ],
)
def test_flags(cell: Any, value: bool | None) -> None:
    assert read("needs_level", cell, register="problem").value is value


def test_numbers_and_percents() -> None:
    assert read("duration", "30", register="milestone").value == 30
    assert read("duration", 30.5, register="milestone").question
    assert read("duration", "一个月", register="milestone").question
    assert read("duration", -1, register="milestone").question
    field = SCHEME.register("weekly").by_name["completion_rate"]
    one = reader(SCHEME, (field,))
    assert [one(cell)[0].value for cell in ("16.6%", 0.166, 16.6, "16.6")] == pytest.approx(
        [0.166] * 4
    )


def test_a_telephone_that_excel_made_a_number() -> None:
    assert read("phone", 13800000001.0).value == "13800000001"


def test_a_column_reads_equal_cells_once_but_never_takes_true_for_one() -> None:
    field = SCHEME.register("project").by_name["place"]
    calls: list[Any] = []

    def one(cell: Any) -> tuple[Reading, ...]:
        calls.append(cell)
        return reader(SCHEME, (field,))(cell)

    readings, flagged = read_column(one, ["甲", "甲", "", "甲"])
    assert [reading.value for (reading,) in readings] == ["甲", "甲", None, "甲"]
    assert (len(calls), flagged) == (2, False)
    readings, _ = read_column(one, [True, 1, 1.0])
    assert [reading.value for (reading,) in readings] == ["是", "1", "1"]


CELLS = st.one_of(
    st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times()
)


@given(CELLS)
def test_no_cell_is_too_strange_for_any_field(cell: Any) -> None:
    from desktop.ledger.values import admit

    for register in ("project", "weekly", "problem", "milestone", "stopped"):
        for field in SCHEME.register(register).field:
            reading = read(field.name, cell, register=register, year=2023)
            if reading.value is not None and not reading.question and field.of is None:
                admit(SCHEME, field, reading.value)
