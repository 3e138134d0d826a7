"""Codes that people read and type: every way of writing them, and typos that are told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange import spoken
from desktop.exchange.key_refusals import MistypedCode, MistypedPassphrase, WrongPassphrase
from desktop.exchange.spoken import ALPHABET

codes = st.builds(lambda _: spoken.new_recovery_code(), st.none())
FULL = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)} | {" ": "\u3000"})


def test_a_passphrase_is_sixteen_digits_in_four_groups() -> None:
    made = {spoken.new_passphrase() for _ in range(50)}
    assert len(made) == 50
    assert all(re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{4}", one) for one in made)
    assert {digit for one in made for digit in one} == set("0123456789-")


@pytest.mark.parametrize(
    "typed",
    [
        "0123456789012345",
        "0123-4567-8901-2345",
        " 0123 4567 8901 2345\n",
        "0123—4567–8901－2345",
        "０１２３　４５６７　８９０１　２３４５",
        "0123_4567·8901−2345\u200b",
    ],
)
def test_a_passphrase_may_be_typed_in_any_way(typed: str) -> None:
    assert spoken.passphrase_digits(typed) == "0123456789012345"


@pytest.mark.parametrize(
    "typed", ["", "012345678901234", "01234567890123456", "O123456789012345", "²123456789012٣45"]
)
def test_what_is_not_sixteen_digits_is_told(typed: str) -> None:
    with pytest.raises(MistypedPassphrase) as caught:
        spoken.passphrase_digits(typed)
    assert isinstance(caught.value, WrongPassphrase)
    assert "16 位" in caught.value.sentence


@given(codes)
def test_a_recovery_code_is_six_groups_that_nobody_mistakes(code: str) -> None:
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}", code)
    letters = code.replace("-", "")
    for typed in (
        code,
        letters,
        code.lower(),
        code.replace("-", " "),
        code.translate(FULL),
        f" {code}\t",
        letters.replace("0", "O").replace("1", "I"),
        letters.replace("0", "o").replace("1", "l").replace("V", "u"),
    ):
        assert spoken.recovery_letters(typed) == letters


@given(codes, st.integers(0, 23), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_told(code: str, at: int, letter: str) -> None:
    letters = code.replace("-", "")
    if letters[at] == letter:
        return
    with pytest.raises(MistypedCode):
        spoken.recovery_letters(letters[:at] + letter + letters[at + 1 :])


@given(codes, st.integers(0, 22))
def test_two_exchanged_characters_are_told(code: str, at: int) -> None:
    letters = code.replace("-", "")
    if letters[at] == letters[at + 1]:
        return
    with pytest.raises(MistypedCode):
        spoken.recovery_letters(letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :])


@pytest.mark.parametrize("typed", ["", "-", "0" * 23, "0" * 25, "0" * 23 + "*", "码" * 24])
def test_what_cannot_be_a_code_is_told(typed: str) -> None:
    with pytest.raises(MistypedCode):
        spoken.recovery_letters(typed)


def test_recovery_codes_are_by_chance() -> None:
    made = [spoken.new_recovery_code() for _ in range(200)]
    assert len(set(made)) == 200
    for place in (0, 5, 12, 26):  # Every place of the free part takes many characters.
        assert len({code[place] for code in made}) > 20


def test_the_largest_code_has_room_for_its_check() -> None:
    """Check values reach from 0 to 1020: two characters, never a third."""
    for value in range(2048):
        whole = value << 10
        letters = spoken.letters(whole + -whole % 1021, 24)
        assert spoken.recovery_letters(letters) == letters


@pytest.mark.parametrize("beyond", [1021, 1022, 1023])
def test_a_check_that_nobody_writes_is_told(beyond: int) -> None:
    """Two texts never mean one code: a check of 1021 would be that of 0."""
    value = next(v for v in range(1, 2048) if ((v << 10) + beyond) % 1021 == 0)
    with pytest.raises(MistypedCode):
        spoken.recovery_letters(spoken.letters((value << 10) + beyond, 24))


@pytest.mark.parametrize(
    "typed", ["AB01-CDEF-GHJK", "ab01cdefghjk", "ABOL CDEF ＧＨＪＫ", "aboi-cdefghjk"]
)
def test_a_comparison_code_may_be_typed_in_any_way(typed: str) -> None:
    assert spoken.same_code(typed, "AB01-CDEF-GHJK")


@pytest.mark.parametrize(
    "typed", ["", " ", "AB01-CDEF-GHJ", "AB01-CDEF-GHJJ", "AB01-CDEF-GHJKK", "\ud800"]
)
def test_another_comparison_code_is_another(typed: str) -> None:
    assert not spoken.same_code(typed, "AB01-CDEF-GHJK")


def test_nothing_is_not_a_code() -> None:
    assert not spoken.same_code("", "")
