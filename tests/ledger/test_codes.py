"""Codes are read in any typing, judged by their check digits, never refused."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.codes import (
    CreditCode,
    ProjectCode,
    credit_check_sign,
    credit_code_state,
    fold_width,
    normalise_credit_code,
    normalise_project_code,
    project_check_digit,
    project_code_state,
    read_credit_code,
    read_project_code,
)

#: Published codes, from STANDARDS.
PROJECTS = [
    "2509-320193-89-01-544060",
    "2603-141124-89-05-346948",
    "2411-130202-89-01-637015",
    "2503-130981-04-01-573274",
    "2311-330109-04-01-789813",
    "2605-440306-04-01-117059",
    "2304-441900-04-01-135254",
    "2304-441900-04-01-254812",
    "2108-440305-04-01-333721",
]
OLD = "2019-441900-78-03-056565"
CREDIT = ["91350100M000100Y43", "91512081MA62K0260E", "914403003429409755"]
SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
serials = st.text("0123456789", min_size=19, max_size=19)


@pytest.mark.parametrize("code", PROJECTS)
def test_published_project_codes_are_right(code: str) -> None:
    assert project_code_state(code) == "ok"
    assert normalise_project_code(code) == code


@pytest.mark.parametrize(
    "typed",
    [
        "21084403050401333721",
        "2108 440305 04 01 333721",
        " 2108-440305-04-01-333721\n",
        "２１０８－４４０３０５－０４－０１－３３３７２１",
        "2108—440305—04—01—333721",
        "2108440305-0401-333721",
        "2108\u3000440305\u30000401\u200b333721",
    ],
)
def test_a_project_code_is_read_however_it_is_typed(typed: str) -> None:
    assert normalise_project_code(typed) == "2108-440305-04-01-333721"
    assert project_code_state(typed) == "ok"


def test_a_project_code_has_parts() -> None:
    code = read_project_code("21084403050401333721")
    assert code == ProjectCode("2108", "440305", "04", "01", "33372", "1")
    assert str(code) == "2108-440305-04-01-333721"
    assert not code.old


def test_codes_from_before_november_2020_carry_a_year_and_no_check_digit() -> None:
    code = read_project_code(OLD)
    assert code == ProjectCode("2019", "441900", "78", "03", "056565", "")
    assert code.old and str(code) == OLD
    assert project_code_state(OLD) == project_code_state(OLD.replace("-", "")) == "old"
    for year in ("2000", "2010", "2013", "2020"):
        assert project_code_state(f"{year}-441900-78-03-056565") == "old"
    assert project_code_state("2011-441900-78-03-056565") != "old", "November 2020"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无",
        "2108-440305-04-01-33372",
        "2108-440305-04-01-3337211",
        "2108-440305-04-01-33372X",
        "2113-440305-04-01-333721",  # a thirteenth month
        "2021-440305-04-01-333721",  # neither a month nor an old year
        "1999-440305-04-01-333721",
        "2108-440305-04-06-333721",  # types of project end at 05
        "2108-440305-04-00-333721",
    ],
)
def test_what_is_no_project_code_is_malformed_and_kept_as_typed(text: str) -> None:
    assert project_code_state(text) == "malformed"
    assert read_project_code(text) is None
    assert normalise_project_code(f" {text} ") == text


@pytest.mark.parametrize(
    "text",
    [
        *("2.10841E+23", "2.10841e+19", "２.１０８４Ｅ＋１９", "2E19", "2.1E+20"),
        *("21084403050401300000", " 21084403050401300000 "),
    ],
)
def test_what_excel_made_of_a_project_code_is_recognised(text: str) -> None:
    assert project_code_state(text) == "ruined"


def test_zeros_at_the_end_are_no_ruin_where_no_number_could_have_been() -> None:
    assert project_code_state("2108-440305-04-01-300000") == "check_digit"
    good = next(
        f"210844{n:04}0401300000" for n in range(10_000) if right_check(f"210844{n:04}040130000")
    )
    assert project_code_state(good) == "ok"


def right_check(first19: str) -> bool:
    return project_check_digit(first19) == "0"


@pytest.mark.parametrize("month", ["01", "06", "12"])
def test_codes_are_given_in_every_month(month: str) -> None:
    first = f"21{month}4403050401333{month}"
    assert project_code_state(first + project_check_digit(first)) == "ok"


@pytest.mark.parametrize("code", PROJECTS)
def test_every_single_wrong_digit_is_found(code: str) -> None:
    digits = code.replace("-", "")
    for place in range(20):
        for wrong in set("0123456789") - {digits[place]}:
            assert project_code_state(digits[:place] + wrong + digits[place + 1 :]) != "ok"


@given(serials, st.integers(0, 18), st.integers(1, 9))
def test_a_single_wrong_digit_always_changes_the_check_digit(
    digits: str, place: int, by: int
) -> None:
    wrong = str((int(digits[place]) + by) % 10)
    changed = digits[:place] + wrong + digits[place + 1 :]
    assert project_check_digit(changed) != project_check_digit(digits)


@given(serials, st.integers(0, 17))
def test_neighbours_swapped_change_the_check_digit_unless_they_differ_by_one(
    digits: str, place: int
) -> None:
    """MOD 11,10 misses only swaps of digits next to each other in the round 0, 1 … 9, 0."""
    a, b = int(digits[place]), int(digits[place + 1])
    if (a - b) % 10 in (0, 1, 9):
        return
    swapped = f"{digits[:place]}{b}{a}{digits[place + 2 :]}"
    assert project_check_digit(swapped) != project_check_digit(digits)


def test_check_functions_want_exactly_what_they_check() -> None:
    for wrong in ("", "1" * 18, "1" * 20, "１" * 19, "1" * 18 + "X"):
        with pytest.raises(ValueError, match=r".*"):
            project_check_digit(wrong)
    for wrong in ("", "1" * 16, "1" * 18, "1" * 16 + "I"):
        with pytest.raises(ValueError, match=r".*"):
            credit_check_sign(wrong)


@pytest.mark.parametrize("code", CREDIT)
def test_published_credit_codes_are_right(code: str) -> None:
    assert credit_code_state(code) == "ok"
    assert normalise_credit_code(f" {code[:8].lower()} {code[8:]}\u3000") == code


def test_a_credit_code_has_parts() -> None:
    code = read_credit_code("91512081ma62k0260e")
    assert code == CreditCode("9", "1", "512081", "MA62K0260", "E")
    assert str(code) == "91512081MA62K0260E"


@pytest.mark.parametrize(
    "text", ["", "91350100M000100Y4", "91350100M000100O43", "9135O100M000100Y43", "914403003429409"]
)
def test_what_is_no_credit_code_is_malformed_and_kept_as_typed(text: str) -> None:
    assert credit_code_state(text) == "malformed"
    assert normalise_credit_code(f"{text} ") == text


@pytest.mark.parametrize("text", ["9.14403E+17", "914403003429409000"])
def test_what_excel_made_of_a_credit_code_is_recognised(text: str) -> None:
    assert credit_code_state(text) == "ruined"


@pytest.mark.parametrize("text", ["914403003429409756", "91350100M000100000"])
def test_what_excel_cannot_have_made_of_a_credit_code_is_a_wrong_check_sign(text: str) -> None:
    assert credit_code_state(text) == "check_digit"


@pytest.mark.parametrize("code", CREDIT)
def test_every_wrong_sign_and_every_swap_in_a_credit_code_is_found(code: str) -> None:
    for place, right in enumerate(code):
        for wrong in SIGNS:
            if wrong != right:
                assert credit_code_state(code[:place] + wrong + code[place + 1 :]) != "ok"
    for place, (a, b) in enumerate(pairwise(code)):
        if a != b:
            assert credit_code_state(code[:place] + b + a + code[place + 2 :]) != "ok"


@given(st.text())
def test_any_text_has_a_state(text: str) -> None:
    assert project_code_state(text) in ("old", "ok", "check_digit", "malformed", "ruined")
    assert credit_code_state(text) in ("ok", "check_digit", "malformed", "ruined")
    assert normalise_project_code(normalise_project_code(text)) == normalise_project_code(text)


def test_width_is_folded_but_meaning_is_not() -> None:
    assert fold_width("ＡＢ１２（）－￥　") == "AB12()-¥ "
    assert fold_width("①²㎡〇—。") == "①²㎡〇—。"
