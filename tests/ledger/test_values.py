"""Values: what a book stores, what is typed for it, what is refused and why."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Field, FieldType
from desktop.ledger.values import WrongValue, admit, seen, shown, typed
from tests.ledger import books

SCHEME = books.shipped()
STORED = st.characters(
    codec="utf-8", exclude_characters="".join(map(chr, range(32))) + "\x7f\ufffe\uffff"
)


def field(kind: FieldType, **more: Any) -> Field:
    if kind == "choice":
        more.setdefault("choices", "state")
    if kind == "choices":
        more.setdefault("choices", "category")
    return Field(name="field", title="栏目", type=kind, **more)


# What may be stored ------------------------------------------------------------------------------

STORABLE: list[tuple[FieldType, Any, Any]] = [
    ("money", 12345, 12345),
    ("money", -5, -5),
    ("money", 0, 0),
    ("integer", 2**63 - 1, 2**63 - 1),
    ("integer", -(2**63 - 1), -(2**63 - 1)),
    ("number", 3, 3.0),
    ("number", 2.5, 2.5),
    ("percent", 0.563, 0.563),
    ("percent", 1, 1.0),
    ("flag", True, 1),
    ("flag", False, 0),
    ("flag", 1, 1),
    ("date", date(2023, 3, 31), "2023-03-31"),
    ("date", datetime(2023, 3, 31, 23, 59), "2023-03-31"),
    ("date", "2023-03-31", "2023-03-31"),
    ("month", "2023-03", "2023-03"),
    ("choice", "在建", "在建"),
    ("choices", ["工业", "交通", "工业"], '["工业","交通"]'),
    ("choices", ("工业",), '["工业"]'),
    ("choices", '["工业","交通"]', '["工业","交通"]'),
    ("photo", ["a" * 64], f'["{"a" * 64}"]'),
    ("attachment", [], None),
    ("text", "  北环路 ", "北环路"),
    ("text", "\u3000北环路\u3000", "北环路"),
    ("long_text", "一\r\n二\r三", "一\n二\n三"),
    ("long_text", "表\t格", "表\t格"),
    ("text", "昇堃喆㎡𠮷", "昇堃喆㎡𠮷"),
    ("text", "   ", None),
    ("choice", " ", None),
    ("phone", "0395-6668888", "0395-6668888"),
    ("code", "2108-411102-04-01-583920", "2108-411102-04-01-583920"),
]


@pytest.mark.parametrize(("kind", "given_", "stored"), STORABLE)
def test_a_value_is_stored_in_one_form(kind: FieldType, given_: Any, stored: Any) -> None:
    found = admit(SCHEME, field(kind), given_)
    assert found == stored
    assert type(found) is type(stored)
    assert admit(SCHEME, field(kind), found) == found


@pytest.mark.parametrize("kind", ["money", "number", "flag", "date", "choice", "choices", "text"])
@pytest.mark.parametrize("nothing", [None, ""])
def test_empty_is_nothing_at_all(kind: FieldType, nothing: Any) -> None:
    assert admit(SCHEME, field(kind), nothing) is None


REFUSED: list[tuple[FieldType, Any, str]] = [
    ("money", 1.5, "应为整数"),
    ("money", 1.0, "应为整数"),
    ("money", "12", "应为整数"),
    ("money", True, "应为整数"),
    ("money", 2**63, "数太大"),
    ("integer", -(2**63), "数太大"),
    ("number", "3", "应为数"),
    ("number", True, "应为数"),
    ("number", float("nan"), "应为数"),
    ("number", float("inf"), "应为数"),
    ("number", 1e15, "应为数"),
    ("flag", 2, "应为是或否"),
    ("flag", "是", "应为是或否"),
    ("flag", [], "应为是或否"),
    ("date", "2023-02-29", "应为形如"),
    ("date", "3月底", "应为形如"),
    ("date", 20230331, "应为形如"),
    ("month", "2023-13", "应为形如"),
    ("month", "2023-3", "应为形如"),
    ("month", 202303, "应为文字"),
    ("choice", "在建中", "应为其中之一：前期、新开工、在建、停工、竣工"),
    ("choice", 3, "应为文字"),
    ("choices", ["工业", "火星"], "应为其中之一"),
    ("choices", "工业", "应为若干项"),
    ("choices", [1], "应为若干项"),
    ("choices", {"工业": 1}, "应为若干项"),
    ("text", 5, "应为文字"),
    ("text", "甲\x00乙", "控制字符"),
    ("text", "甲\x1b[0m", "控制字符"),
    ("long_text", "甲\ud800", "控制字符"),
    ("text", "\uffff", "控制字符"),
    ("photo", ["\x00"], "控制字符"),
]


@pytest.mark.parametrize(("kind", "given_", "reason"), REFUSED)
def test_what_does_not_fit_is_refused_by_field_value_and_reason(
    kind: FieldType, given_: Any, reason: str
) -> None:
    with pytest.raises(WrongValue) as refused:
        admit(SCHEME, field(kind), given_)
    assert reason in refused.value.reason
    assert refused.value.field == "field"
    assert refused.value.sentence.startswith("“栏目”不能填“")


def test_a_long_value_is_cut_in_the_sentence() -> None:
    with pytest.raises(WrongValue) as refused:
        admit(SCHEME, field("choice"), "很" * 500)
    assert "很" * 40 + "…" in refused.value.sentence
    assert "很" * 41 not in refused.value.sentence


def test_limits_are_kept_at_both_ends() -> None:
    limited = field("money", minimum=0, maximum=100)
    assert [admit(SCHEME, limited, value) for value in (0, 100)] == [0, 100]
    for value, reason in ((-1, "不能小于 0"), (101, "不能大于 100")):
        with pytest.raises(WrongValue, match=reason):
            admit(SCHEME, limited, value)
    share = field("percent", minimum=0, maximum=1)
    assert admit(SCHEME, share, 1.0) == 1.0
    with pytest.raises(WrongValue, match="不能大于 1"):
        admit(SCHEME, share, 1.01)


def test_a_pattern_is_kept_whole_and_its_help_is_told() -> None:
    region = SCHEME.register("unit").get("region")
    assert admit(SCHEME, region, "411102") == "411102"
    assert admit(SCHEME, region, "  ") is None
    for wrong in ("41110", "4111021", "x411102"):
        with pytest.raises(WrongValue, match="GB/T 2260"):
            admit(SCHEME, region, wrong)


def test_a_retired_choice_is_kept_but_no_longer_offered() -> None:
    from desktop.ledger import scheme as schemes

    texts = books.texts()
    texts["codes.toml"] = texts["codes.toml"].replace(
        '{ name = "技改" }', '{ name = "技改", retired = true }'
    )
    scheme = schemes.parse(texts)
    nature = scheme.register("project").get("nature")
    assert admit(scheme, nature, "技改") == "技改"
    with pytest.raises(WrongValue) as refused:
        admit(scheme, nature, "改造")
    assert "技改" not in refused.value.reason


# What is typed ---------------------------------------------------------------------------------

TYPED: list[tuple[FieldType, str, Any]] = [
    ("money", "1.2亿", 120_000_000),
    ("money", "９８００万元", 98_000_000),
    ("money", "1,234.5", 12_345_000),
    ("money", "—", None),
    ("number", "3.5", 3.5),
    ("number", "１，２３４．５", 1234.5),
    ("number", "1e3", 1000.0),
    ("number", "12%", 0.12),
    ("number", "—", None),
    ("percent", "56.3", 0.563),
    ("percent", "56.3%", 0.563),
    ("percent", "－", None),
    ("integer", "12", 12),
    ("integer", "12.0", 12),
    ("integer", "-3", -3),
    ("integer", "9007199254740993", 9007199254740993),
    ("integer", "/", None),
    ("flag", "√", 1),
    ("flag", "是", 1),
    ("flag", "×", 0),
    ("flag", "无", 0),
    ("flag", "-", None),
    ("date", "2023.3.5", "2023-03-05"),
    ("date", "/", None),
    ("month", "2023年3月", "2023-03"),
    ("month", "——", None),
    ("choice", "省重点项目", "省"),
    ("choice", "省", "省"),
    ("choices", "工业、 交通", '["工业","交通"]'),
    ("choices", "工业，交通;能源", '["工业","交通","能源"]'),
    ("choices", "-", None),
    ("code", "２１０８４１１１０２０４０１５８３９２０", "2108-411102-04-01-583920"),
    ("text", " 北环路 ", "北环路"),
    ("text", "", None),
    ("text", "—", None),
    ("long_text", "无", "无"),
]


@pytest.mark.parametrize(("kind", "text", "stored"), TYPED)
def test_what_people_type_is_understood(kind: FieldType, text: str, stored: Any) -> None:
    more: dict[str, Any] = {"code": {"code": "project"}, "choice": {"choices": "level"}}.get(
        kind, {}
    )
    found = typed(SCHEME, field(kind, **more), text)
    assert found == stored
    assert type(found) is type(stored)


def test_a_month_as_a_limit_means_its_last_day_and_as_a_start_its_first() -> None:
    assert typed(SCHEME, field("date", role="limit"), "2023年2月") == "2023-02-28"
    assert typed(SCHEME, field("date", role="start"), "2023年2月") == "2023-02-01"
    assert typed(SCHEME, field("date", role="limit"), "3月底前", year=2024) == "2024-03-31"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "三"),
        ("number", "nan"),
        ("number", "inf"),
        ("number", "1_000"),
        ("number", "1e999"),
        ("number", "5%%"),
        ("integer", "nan"),
        ("integer", "1e999"),
        ("integer", "1.5"),
        ("integer", "5%"),
        ("integer", "9" * 30),
        ("integer", "9" * 5000),
        ("percent", "一半"),
        ("flag", "也许"),
        ("date", "某日"),
        ("date", "2023-02-30"),
        ("money", "很多"),
        ("choice", "县"),
        ("choices", "工业、火星"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_chinese(kind: FieldType, text: str) -> None:
    with pytest.raises(OneLedgerError) as refused:
        typed(SCHEME, field(kind), text)
    assert refused.value.sentence


@given(
    st.sampled_from(["number", "integer", "percent", "flag", "date", "month", "choice"]), st.text()
)
def test_nothing_typed_ends_in_a_fault_of_ours(kind: FieldType, text: str) -> None:
    try:
        found = typed(SCHEME, field(kind), text)
    except OneLedgerError:
        return
    assert found is None or admit(SCHEME, field(kind), found) == found


# What is shown -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "stored", "text"),
    [
        ("money", 12_345_000, "1,234.5"),
        ("flag", 1, "是"),
        ("flag", 0, "否"),
        ("percent", 0.138, "13.8%"),
        ("percent", -0.0001, "0.0%"),
        ("number", 2.0, "2"),
        ("number", 0.1, "0.1"),
        ("number", -0.0, "0"),
        ("choices", '["工业","交通"]', "工业、交通"),
        ("photo", '["a","b"]', "2 件"),
        ("text", "北环路", "北环路"),
        ("date", "2023-03-31", "2023-03-31"),
        ("money", None, ""),
        ("photo", None, ""),
    ],
)
def test_a_stored_value_reads_as_people_write_it(kind: FieldType, stored: Any, text: str) -> None:
    assert shown(SCHEME, field(kind), stored) == text


@given(st.integers(1 - 10**15, 10**15 - 1))
def test_money_shown_and_typed_again_is_the_same_to_the_yuan(yuan: int) -> None:
    assert typed(SCHEME, field("money"), shown(SCHEME, field("money"), yuan)) == yuan


@given(st.floats(-1e14, 1e14).map(lambda value: float(f"{value:.15g}")))
def test_a_number_shown_and_typed_again_is_the_same(value: float) -> None:
    assert typed(SCHEME, field("number"), shown(SCHEME, field("number"), value)) == value


@given(st.lists(st.sampled_from(SCHEME.codes["category"].names), min_size=1, unique=True))
def test_choices_shown_and_typed_again_are_the_same(names: list[str]) -> None:
    stored = admit(SCHEME, field("choices"), names)
    assert typed(SCHEME, field("choices"), shown(SCHEME, field("choices"), stored)) == stored


@given(st.text(STORED))
def test_text_is_stored_once_and_for_all(text: str) -> None:
    stored = admit(SCHEME, field("long_text"), text)
    assert stored == (text.strip() or None)
    assert admit(SCHEME, field("long_text"), stored) == stored


# What nobody sees --------------------------------------------------------------------------------

UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202d\u202e\u2060"
    "\u2066\u2067\u2069\u061c\ufeff\u00ad\u3164"
)
#: Rare signs and the selectors that tell their shapes: all of them are kept.
KEPT = "昇堃喆𠮷㐂\u9fff\U0002a6dd\U00030000\ufe00\ufe0f\U000e0100\U000e01ef"


@given(st.lists(st.sampled_from(UNSEEN + KEPT + "北环路1A（）")).map("".join))
def test_what_nobody_sees_is_left_out_and_everything_else_is_kept(text: str) -> None:
    wanted = "".join(sign for sign in text if sign not in UNSEEN)
    assert seen(text) == wanted
    stored = typed(SCHEME, field("text"), text)
    assert stored == (wanted.strip() or None)


@given(st.text())
def test_no_format_character_stands_in_a_typed_text(text: str) -> None:
    left = seen(text)
    assert seen(left) == left
    known = {sign for sign in left if unicodedata.category(sign) == "Cf"}
    # The signs of number of some old scripts are seen: they are format characters by name only.
    assert all(unicodedata.name(sign, "").split()[0] in OLD_SCRIPTS for sign in known)


OLD_SCRIPTS = {"ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN", "SHORTHAND"}


@pytest.mark.parametrize(
    ("kind", "text", "stored"),
    [
        ("money", "\u200b1200\u200e", 12000000),
        ("date", "\ufeff2023.3.31\u202c", "2023-03-31"),
        ("choice", "\u202e在建", "在建"),
        ("code", "\u200d 2019-411104-48-01-012345 ", "2019-411104-48-01-012345"),
        ("phone", "138\u200b12345678", "13812345678"),
        ("text", "\u200b\u2060", None),
    ],
)
def test_a_figure_with_what_nobody_sees_is_the_figure(
    kind: FieldType, text: str, stored: Any
) -> None:
    assert typed(SCHEME, field(kind), text) == stored
