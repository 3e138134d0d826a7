"""The marks of fill-in workbooks: whole or nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.sheets.fill_in.marks import (
    LONGEST,
    Mark,
    decode,
    encode,
    is_digest,
    kept,
    read_key,
    recalled,
    row_key,
    spare_key,
)

MARK = Mark(
    book="b" * 32,
    unit="源汇区",
    register="weekly",
    period="2023-W10",
    version=1,
    money="万元",
    recipient="空冢郭镇",
    depth=2,
    columns={"=name": ("项目名称",), "completed_week": ("本周完成投资", "本周")},
)


def test_a_mark_comes_back() -> None:
    assert decode(encode(MARK)) == MARK


@given(st.integers(0, 400), st.characters(categories=["L", "N", "P"]))
def test_a_mark_with_another_sign_in_it_is_none(place: int, sign: str) -> None:
    text = encode(MARK)
    place %= len(text)
    changed = text[:place] + sign + text[place + 1 :]
    assert decode(changed) == (MARK if changed == text else None)


def test_a_row_key_belongs_to_one_book_register_and_period() -> None:
    import msgspec

    key = row_key(MARK, ("s", "r"))
    assert read_key(MARK, f" {key} ") == ("s", "r")
    for other in ({"book": "c"}, {"register": "monthly"}, {"period": "2023-W11"}):
        assert read_key(msgspec.structs.replace(MARK, **other), key) is None
    assert read_key(MARK, key.replace("s.", "t.", 1)) is None
    assert read_key(MARK, "3.14.15") is None
    assert read_key(MARK, spare_key(MARK, 3)) == ("+", "3")


@pytest.mark.parametrize(
    "value", [None, 0, 1.5, "文", "#井号", ["甲", "乙"], True, '"', "文" * LONGEST]
)
def test_given_values_come_back(value: object) -> None:
    assert recalled(kept(value)) == value


def test_long_texts_are_remembered_by_a_digest() -> None:
    one, other = kept("文" * (LONGEST + 1)), kept("文" * LONGEST + "字")
    assert is_digest(one)
    assert one != other
    assert recalled(one) == one
    assert recalled("{") is None
