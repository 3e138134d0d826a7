"""Finding names by a part of them and by pinyin initials."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.forms import initials
from desktop.ui.forms.initials import fits

NAME = "空冢郭镇（一期）3号、4号厂房"


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "   ",
        "空冢",
        "kzg",
        "KZG",
        "ｋｚｇ",
        "zgz",
        "空z郭",
        "kzgzyq",  # the bracket between is passed over
        "3h4h",
        "３号",
        "4号厂",
        "3号4号",
    ],
)
def test_what_finds_a_name(wanted: str) -> None:
    assert fits(wanted)(NAME)


@pytest.mark.parametrize("wanted", ["kg", "空郭", "kzgx", "43", "5号", "郭冢"])
def test_what_does_not_find_it(wanted: str) -> None:
    assert not fits(wanted)(NAME)


def test_a_sign_of_several_readings_is_found_by_each() -> None:
    assert fits("cqyh")("重庆银行")
    assert fits("zqyx")("重庆银行")
    assert not fits("zqyz")("重庆银行")


def test_nothing_fits_an_empty_field() -> None:
    assert not fits("")(None)
    assert not fits("a")(None)


def test_signs_of_a_pattern_mean_themselves() -> None:
    assert fits("a.*")("A")
    assert not fits("a[b")("ac")


def test_a_rare_sign_is_found_by_itself() -> None:
    assert fits("𠮷")("𠮷祥")
    assert not fits("𠮷")("吉祥")


@given(st.text(alphabet="空冢郭镇重庆abc１２（）、 ", min_size=1))
def test_every_part_of_a_name_finds_it(name: str) -> None:
    for start in range(len(name)):
        assert fits(name[start : start + 3])(name)


def test_initials_take_the_commonest_reading_and_leave_the_rest() -> None:
    assert initials.initials("空冢郭镇Ａ3") == "kzgza3"


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        initials.teach(connection)
        yield connection


def test_statements_can_ask(connection: sqlite3.Connection) -> None:
    (found,) = connection.execute(
        "SELECT name_fits('空冢郭镇', 'kz') || name_fits('大刘镇', 'kz') || name_fits('', 'kz')"
    ).fetchone()
    assert found == "100"
    assert connection.execute("SELECT name_fits(NULL, ''), initials(NULL)").fetchone() == (0, None)
    rows = connection.execute(
        "SELECT column1 FROM (VALUES ('镇'), ('阿'), ('刘')) ORDER BY initials(column1)"
    )
    assert [name for (name,) in rows] == ["阿", "刘", "镇"]


def test_sounds_sort_sign_by_sign_as_excel_does() -> None:
    names = ["沙澧河", "三秦光学", "重庆路", "西安路", "先锋"]
    assert sorted(names, key=initials.sounds) == ["三秦光学", "沙澧河", "西安路", "先锋", "重庆路"]
    assert initials.sounds("女A1") == "nu a1"
