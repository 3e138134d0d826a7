"""Money is read as people type it, kept as whole yuan, printed as documents print it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import OneLedgerError
from desktop.ledger.money import (
    LARGEST,
    PLACES,
    Money,
    NotMoney,
    Unit,
    format_money,
    format_points,
    format_printed,
    format_rate,
    in_words,
    nearest,
    parse,
    points,
    rate,
    to_excel,
)

UNITS: tuple[Unit, ...] = ("元", "万元", "亿元")
units = st.sampled_from(UNITS)
sums = st.integers(-(10**14), 10**14)


def the_sum(text: str | int | float | Decimal, unit: Unit = "万元") -> tuple[int | None, bool]:
    """What was read, in the two things that people look at: yuan, and whether it is approximate."""
    money = parse(text, unit)
    return money.yuan, money.approximate


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1,234.5", 12_345_000),
        ("１，２３４．５", 12_345_000),
        ("1234。5", 12_345_000),
        ("50500 ", 505_000_000),
        ("２１０００", 210_000_000),
        ("3860.5", 38_605_000),
        ("0", 0),
        ("-0", 0),
        (".5", 5_000),
        ("-5", -50_000),
        ("−5", -50_000),
        ("－5", -50_000),
        ("负5", -50_000),
        ("+5", 50_000),
        ("￥1,200", 12_000_000),
        ("¥-3", -30_000),
        ("'1200", 12_000_000),
        ("1200。", 12_000_000),
        (" '1200。 ", 12_000_000),
        ("3千", 30_000_000),
        ("两千", 20_000_000),
        ("十二", 120_000),
        ("一百零五", 1_050_000),
        ("零", 0),
    ],
)
def test_a_bare_number_is_in_the_unit_of_its_column(text: str, yuan: int) -> None:
    assert parse(text, "万元") == Money(yuan, False, "万元", stated=False, exact=True)


@pytest.mark.parametrize(
    ("text", "yuan", "unit"),
    [
        ("1.2亿", 120_000_000, "亿元"),
        ("９８００万元", 98_000_000, "万元"),
        ("9800 万元", 98_000_000, "万元"),
        ("¥3.5万", 35_000, "万元"),
        ("500w", 5_000_000, "万元"),
        ("1,234.5万元", 12_345_000, "万元"),
        ("12345元", 12_345, "元"),
        ("人民币500元整", 500, "元"),
        ("5千元", 5_000, "元"),
        ("3百万元", 3_000_000, "万元"),
        ("1.5千万", 15_000_000, "万元"),
        ("1亿2000万元", 120_000_000, "亿元"),
        ("1亿零5百万", 105_000_000, "亿元"),
        ("1万5000元", 15_000, "万元"),
        ("1.2万亿元", 1_200_000_000_000, "亿元"),
        ("一亿二千万", 120_000_000, "亿元"),
        ("两千万", 20_000_000, "万元"),
        ("十亿元", 1_000_000_000, "亿元"),
        ("二十二点五亿", 2_250_000_000, "亿元"),
        ("零点五亿", 50_000_000, "亿元"),
        ("一千零五十万元", 10_500_000, "万元"),
        ("一百十五万", 1_150_000, "万元"),
        ("壹亿贰仟万元整", 120_000_000, "亿元"),
        ("负三万元", -30_000, "万元"),
    ],
)
@pytest.mark.parametrize("column", UNITS)
def test_a_unit_in_the_cell_counts_more_than_the_columns(
    text: str, yuan: int, unit: Unit, column: Unit
) -> None:
    assert parse(text, column) == Money(yuan, False, unit, stated=True, exact=True)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("约2.3亿元", 230_000_000),
        ("大约 2.3亿元", 230_000_000),
        ("1.2亿元左右", 120_000_000),
        ("近3000万", 30_000_000),
        ("5000万元以上", 50_000_000),
        ("不少于1亿元", 100_000_000),
        ("3000多万元", 30_000_000),
        ("10余亿元", 1_000_000_000),
        ("2亿余元", 200_000_000),
        ("2亿（约）", 200_000_000),
        ("5000+", 50_000_000),
        ("约¥5", 50_000),
    ],
)
def test_an_approximation_is_read_and_marked(text: str, yuan: int) -> None:
    assert the_sum(text) == (yuan, True)


def test_every_word_for_about_is_known() -> None:
    before = "大约 约为 约 将近 接近 近 超过 超 逾 至少 最多 不少于 不低于 不超过 不高于 不足 不到"
    for word in f"{before} 预计 估计 估算 暂估 暂定 预计约".split():
        assert the_sum(f"{word}3亿元") == (300_000_000, True), word
    for word in ["左右", "上下", "以上", "以下", "以内", "之内", "出头", "余", "多", "+", "多以上"]:
        assert the_sum(f"3亿{word}") == (300_000_000, True), word


@pytest.mark.parametrize(
    "text", ["", "  ", "—", "——", "-", "－", "/", "／", "无", "暂无", "N/A", "\u3000"]
)
def test_what_offices_write_for_nothing_is_empty_and_not_zero(text: str) -> None:
    assert parse(text, "亿元") == Money(None, False, "亿元", stated=False, exact=True)
    assert parse(None, "亿元") == parse(text, "亿元")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1-2亿", "范围"),
        ("1～2亿", "范围"),
        ("1至2亿", "范围"),
        ("5000—6000", "范围"),
        ("二三百万", "范围"),
        ("三五千万", "范围"),
        ("零五万", "范围"),
        ("三0", "范围"),
        ("（5）", "括号"),
        ("2亿（含土地）", "括号"),
        ("12%", "百分比"),
        ("#REF!", "出错值"),
        ("1.56E+05", "科学计数法"),
        ("500万美元", "人民币"),
        ("100 200", "空格"),
        ("一", "记号"),
        ("○", "记号"),
        ("万元", "确切的数字"),
        ("百万", "确切的数字"),
        ("数千万", "确切的数字"),
        ("待定", "确切的数字"),
        ("3万5", "读不成金额"),
        ("两千五", "读不成金额"),
        ("一亿二", "读不成金额"),
        ("1.2亿3000万", "读不成金额"),
        ("1亿20000万", "读不成金额"),
        ("5百千", "读不成金额"),
        ("1,2345", "读不成金额"),
        ("12,34", "读不成金额"),
        ("1.2.3", "读不成金额"),
        ("5.", "读不成金额"),
        ("①5000", "读不成金额"),
        ("10²", "读不成金额"),
        ("1亿2亿", "读不成金额"),
        ("1200元/年", "读不成金额"),
        ("1" * 61, "字太多"),
        ("1" * 17, "太大"),
        ("99999999亿", "太大"),
    ],
)
def test_what_is_not_plainly_one_sum_is_refused_with_the_text(text: str, why: str) -> None:
    with pytest.raises(NotMoney) as refused:
        parse(text, "万元")
    assert text[:40] in refused.value.sentence
    assert why in refused.value.sentence
    assert "万元" in refused.value.advice


@pytest.mark.parametrize(
    "value",
    [
        *(True, False, float("nan"), float("inf"), float("-inf"), 1e300, -1e16, LARGEST),
        *map(Decimal, ("NaN", "sNaN", "-Infinity", "1E+999999999", "1E-999999999")),
    ],
)
def test_values_that_are_no_sum_are_refused(value: float | Decimal) -> None:
    with pytest.raises(NotMoney):
        parse(value, "元")


def test_sums_end_below_a_thousand_trillion() -> None:
    assert parse(10**15 - 1, "元").yuan == 10**15 - 1
    for large in (10**15, -(10**15)):
        with pytest.raises(NotMoney, match="太大"):
            parse(large, "元")


def test_an_integer_that_python_will_not_even_write_out_is_refused() -> None:
    with pytest.raises(NotMoney, match="过大"):
        parse(10**5000, "元")


@pytest.mark.parametrize(
    ("value", "unit", "yuan"),
    [
        (1234.5600000000001, "万元", 12_345_600),
        (0.1 + 0.2, "亿元", 30_000_000),
        (118060.50000000001, "万元", 1_180_605_000),
        (5.684341886080802e-14, "亿元", 0),
        (-5.684341886080802e-14, "亿元", 0),
        (15.6, "亿元", 1_560_000_000),
        (52000.0, "万元", 520_000_000),
        (99_999_999_999_999.0, "元", 99_999_999_999_999),
        (3, "亿元", 300_000_000),
        (Decimal("38605000"), "元", 38_605_000),
        ("1234.5600000000001", "万元", 12_345_600),
    ],
)
def test_the_noise_of_a_formula_is_no_loss(value: str | float, unit: Unit, yuan: int) -> None:
    assert parse(value, unit) == Money(yuan, False, unit, stated=False, exact=True)


@pytest.mark.parametrize(
    ("value", "yuan"),
    [("1.23456", 12_346), (1.23455, 12_346), ("0.00005", 1), ("-0.00005", -1), ("0.00004", 0)],
)
def test_more_than_four_decimals_of_wan_yuan_are_rounded_and_said_to_be(
    value: str | float, yuan: int
) -> None:
    assert parse(value, "万元") == Money(yuan, False, "万元", stated=False, exact=False)


@given(sums, units, st.booleans())
def test_printed_in_full_and_read_again_is_the_same_sum(
    yuan: int, unit: Unit, grouping: bool
) -> None:
    text = format_money(yuan, unit, PLACES[unit], grouping)
    assert parse(text, unit) == Money(yuan, False, unit, stated=False, exact=True)
    assert parse(text + unit, "元").yuan == yuan


@given(sums)
def test_wan_yuan_as_usually_printed_lose_nothing(yuan: int) -> None:
    text = format_money(yuan, "万元")
    assert parse(text, "万元").yuan == yuan
    assert not text.endswith(".") and not ("." in text and text.endswith("0"))


@given(sums, units)
def test_a_number_in_excel_is_exact_and_survives_excels_floats(yuan: int, unit: Unit) -> None:
    number = to_excel(yuan, unit)
    assert number * 10 ** PLACES[unit] == yuan
    assert "." not in str(number) or not str(number).endswith("0")
    assert parse(number, unit).yuan == yuan
    assert parse(float(number), unit) == Money(yuan, False, unit, stated=False, exact=True)


def test_nothing_goes_to_excel_as_nothing() -> None:
    assert to_excel(None, "万元") is None
    assert str(to_excel(520_000_000, "万元")) == "52000"
    assert str(to_excel(7_127_500, "万元")) == "712.75"


@given(
    st.floats() | st.text(max_size=12) | st.text("0123456789.,-一二三十百千万亿元约", max_size=12)
)
def test_whatever_is_typed_becomes_whole_yuan_or_a_refusal(value: str | float) -> None:
    try:
        money = parse(value, "万元")
    except OneLedgerError as refused:
        assert type(refused) is NotMoney
        return
    assert money.yuan is None or (type(money.yuan) is int and abs(money.yuan) < LARGEST)


def spoken(number: int) -> str:
    """``number`` (below 10 ** 12) in Chinese numerals, written by the rules of primary school."""
    if number == 0:
        return "零"
    groups: list[str] = []
    for size, mark in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, number = divmod(number, size)
        text, gap = "", bool(groups) and group < 1000
        for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, group = divmod(group, place)
            if digit:
                text += ("零" if gap else "") + "〇一二三四五六七八九"[digit] + sign
            gap = not digit and bool(text or groups)
        if text:
            groups.append(text + mark)
    return "".join(groups)


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_are_read_as_they_are_spoken(number: int) -> None:
    assert parse(f"{spoken(number)}元", "万元").yuan == number


def test_the_numerals_of_the_test_are_right() -> None:
    assert spoken(12_000_305) == "一千二百万零三百零五"
    assert spoken(200_010_000) == "二亿零一万"


@pytest.mark.parametrize(
    ("yuan", "unit", "decimals", "text"),
    [
        (98_000_000, "万元", None, "9,800"),
        (38_605_000, "万元", None, "3,860.5"),
        (1, "万元", None, "0.0001"),
        (0, "万元", None, "0"),
        (100_000_000_000, "万元", None, "10,000,000"),
        (38_605_000, "万元", 2, "3,860.50"),
        (38_605_000, "万元", 0, "3,861"),
        (-38_605_000, "万元", 0, "-3,861"),
        (436_000_000, "亿元", None, "4.36"),
        (436_500_000, "亿元", None, "4.37"),
        (-436_500_000, "亿元", None, "-4.37"),
        (435_499_999, "亿元", None, "4.35"),
        (-499_999, "亿元", None, "0.00"),
        (1_234_567, "元", None, "1,234,567"),
        (1_234_567, "元", 2, "1,234,567.00"),
        (None, "万元", None, ""),
    ],
)
def test_tables_print_money_by_unit(
    yuan: int | None, unit: Unit, decimals: int | None, text: str
) -> None:
    assert format_money(yuan, unit, decimals) == text


def test_money_is_printed_without_grouping_and_with_a_word_for_nothing_if_asked() -> None:
    assert format_money(123_456_780_000, "万元", grouping=False) == "12345678"
    assert format_money(None, "万元", missing="—") == "—"
    assert format_printed(-123_456, 2) == "-1,234.56"
    assert format_printed(5, 3) == "0.005"


@given(sums, units, st.integers(0, 8))
def test_printed_money_is_the_nearest_and_never_minus_zero(
    yuan: int, unit: Unit, decimals: int
) -> None:
    text = format_money(yuan, unit, decimals, grouping=False)
    error = abs(Decimal(text) * 10 ** PLACES[unit] - yuan)
    assert error * 2 <= Decimal(10 ** PLACES[unit]) / 10**decimals
    assert not (text.startswith("-") and set(text) <= set("-0."))


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        (436_000_000, "4.36亿元"),
        (100_000_000, "1.00亿元"),
        (99_999_999, "9999.9999万元"),
        (98_000_000, "9800万元"),
        (962_500, "96.25万元"),
        (0, "0万元"),
        (-436_000_000, "-4.36亿元"),
        (123_456_000_000, "1234.56亿元"),
    ],
)
def test_running_text_says_wan_yuan_below_a_hundred_million_and_yi_yuan_above(
    yuan: int, text: str
) -> None:
    assert in_words(yuan) == text


def test_halves_are_rounded_away_from_zero() -> None:
    halves = [Fraction(n, 2) for n in (-5, -3, -1, 1, 3, 5)]
    assert [nearest(half) for half in halves] == [-3, -2, -1, 1, 2, 3]
    assert nearest(Fraction(49, 100)) == nearest(Fraction(-49, 100)) == 0


def test_a_gap_is_computed_from_unrounded_rates_and_rounded_last() -> None:
    """STANDARDS, Money: 629.0 / 647.4 against ten twelfths is 13.8 points ahead, not 13.9."""
    done, plan = parse("629.0", "亿元").yuan, parse("647.4", "亿元").yuan
    completion = rate(done, plan)
    assert completion is not None
    gap = points(completion, Fraction(10, 12))
    assert format_points(gap) == "+13.8"
    assert (format_rate(completion), format_rate(Fraction(10, 12))) == ("97.2%", "83.3%")


def test_there_is_no_rate_without_a_plan() -> None:
    assert rate(5, None) is rate(5, 0) is rate(None, 5) is None
    assert format_rate(None) == format_points(None) == ""
    assert format_rate(None, missing="无计划") == "无计划"


@pytest.mark.parametrize(
    ("value", "signed", "text"),
    [
        (Fraction(-6, 10), True, "−0.6"),
        (Fraction(-6, 10), False, "0.6"),
        (Fraction(2), True, "+2.0"),
        (Fraction(1, 10), True, "+0.1"),
        (Fraction(2), False, "2.0"),
        (Fraction(-1, 100), True, "0.0"),
        (Fraction(1, 100), True, "0.0"),
        (Fraction(-5, 100), True, "−0.1"),
    ],
)
def test_points_print_a_real_minus_and_never_minus_zero(
    value: Fraction, signed: bool, text: str
) -> None:
    assert format_points(value, signed) == text


def test_rates_print_in_percent() -> None:
    assert format_rate(Fraction(162, 1000)) == "16.2%"
    assert format_rate(Fraction(2, 3), decimals=0) == "67%"
    assert format_rate(Fraction(-32, 1000)) == "−3.2%"
    assert format_rate(Fraction(-1, 10**6)) == "0.0%"
    assert format_rate(Fraction(15)) == "1,500.0%"
