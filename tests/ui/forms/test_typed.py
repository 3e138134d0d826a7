"""The typed form of a stored value: typing it again is no change."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger import values
from desktop.ledger.definitions import Field
from desktop.ui.forms.typed import chosen, hint, remark, text_of, unit_label
from tests.ledger.books import shipped

SCHEME = shipped()
MONEY = Field(name="m", title="金额", type="money")
PERCENT = Field(name="p", title="比率", type="percent")
NUMBER = Field(name="n", title="数", type="number")
LEVEL = SCHEME.register("project").get("level")


@given(st.integers(1 - 10**15, 10**15 - 1))
def test_money_typed_again_is_the_same_yuan(yuan: int) -> None:
    assert values.typed(SCHEME, MONEY, text_of(SCHEME, MONEY, yuan)) == yuan


@given(st.floats(-(10**6), 10**6, allow_nan=False))
def test_a_percentage_typed_again_is_the_same_but_for_the_last_bit(share: float) -> None:
    text = text_of(SCHEME, PERCENT, share)
    assert text.endswith("%") and "e" not in text
    assert values.typed(SCHEME, PERCENT, text) == pytest.approx(share, rel=1e-15, abs=1e-300)


@given(st.floats(-(10**14), 10**14, allow_nan=False))
def test_a_number_typed_again_is_the_same(number: float) -> None:
    assert values.typed(SCHEME, NUMBER, text_of(SCHEME, NUMBER, number)) == number


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (MONEY, 120_000_000, "12,000"),
        (MONEY, 12_345, "1.2345"),
        (MONEY, 0, "0"),
        (PERCENT, 0.1394, "13.94%"),
        (PERCENT, 0.5, "50%"),
        (Field(name="d", title="日期", type="date"), "2023-03-31", "2023-03-31"),
        (Field(name="f", title="是否", type="flag"), 0, "否"),
        (LEVEL, "省", "省重点项目"),
        (SCHEME.register("unit").get("level"), "township", "乡镇街道园区"),
        (SCHEME.register("project").get("categories"), '["工业","交通"]', "工业、交通"),
        (SCHEME.register("weekly").get("photos"), '["a","b"]', "2 件"),
        (Field(name="x", title="文字", type="text"), None, ""),
    ],
)
def test_the_text_in_the_editor(field: Field, value: Any, text: str) -> None:
    assert text_of(SCHEME, field, value) == text


def test_a_choice_is_taken_by_the_title_that_is_shown() -> None:
    assert values.typed(SCHEME, LEVEL, text_of(SCHEME, LEVEL, "省")) == "省"


def test_a_link_stands_as_its_label() -> None:
    unit = SCHEME.register("project").get("unit")
    assert text_of(SCHEME, unit, "0af3", "空冢郭镇") == "空冢郭镇"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("2509-320193-89-01-544060", ""),
        ("2509-320193-89-01-544061", "校验位不符，是否录错一位？"),
        ("2019-441900-78-03-056565", "旧码"),
        ("2.10841E+23", "表格软件"),
        ("2509-3201", "不是 24 位"),
        ("  ", ""),
    ],
)
def test_what_is_said_of_a_project_code(code: str, said: str) -> None:
    found = remark(SCHEME.register("project").get("code"), code)
    assert said in found
    assert bool(found) == bool(said)


def test_what_is_said_of_a_credit_code() -> None:
    field = SCHEME.register("project").get("credit_code")
    assert remark(field, "91350100M000100Y43") == ""
    assert "校验位" in remark(field, "91350100M000100Y44")
    assert "18 位" in remark(field, "9135")
    assert remark(MONEY, "9135") == ""


def test_units_hints_and_items() -> None:
    assert (unit_label(SCHEME, MONEY), unit_label(SCHEME, PERCENT)) == ("万元", "")
    assert hint(SCHEME.register("project").get("code")).startswith("投资项目在线审批")
    assert hint(MONEY) == "如 1200，也可写 1.2亿"
    assert (chosen('["a","b"]'), chosen(None)) == (("a", "b"), ())
