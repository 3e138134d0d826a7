"""Chinese line breaking: what may begin and end a line, and that nothing is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.fonts import load_faces
from desktop.reports.prose import (
    NO_END,
    NO_START,
    balanced,
    break_lines,
    clean,
    clean_lines,
    stretch,
    wrap,
)

FANG = load_faces().advances["fang"]
PROSE = st.text(
    st.sampled_from("源汇区项目投资建设年月日亿元个，。；：、！？）》”（《“—…·0123456789.%ABCab -"),
    max_size=160,
)


def widths(text: str) -> list[float]:
    return [FANG[c] for c in text]


def lines(text: str, measure: float, indent: float = 0, tail: bool = False) -> list[str]:
    return [text[a:b] for a, b in break_lines(text, widths(text), measure, indent, tail)]


def test_a_title_does_not_tear_a_word_of_the_trade() -> None:
    """词意完整 (GB/T 9704-2012, 7.3.1): 排名 stays whole, the lines nearly the same."""
    title = "关于投资增速连续两个月排名末位的约谈通知"
    assert balanced(title, FANG, 18_500) == ["关于投资增速连续两个月", "排名末位的约谈通知"]
    narrow = "投资增速" * 3
    assert balanced(narrow, FANG, 3_000) == wrap(narrow, FANG, 3_000)  # no room: torn it is


@given(PROSE, st.integers(1, 40), st.booleans())
def test_nothing_is_lost_but_blanks_at_the_ends(text: str, measure: int, tail: bool) -> None:
    found = break_lines(text, widths(text), measure * 1000, tail=tail)
    ends = [(0, 0), *found, (len(text), len(text))]
    for (_, before), (after, _) in pairwise(ends):
        assert before <= after
        assert text[before:after].strip(" ") == ""


@given(PROSE, st.integers(4, 40), st.booleans())
def test_no_line_is_wider_than_the_measure(text: str, measure: int, tail: bool) -> None:
    for number, line in enumerate(lines(text, measure * 1000, 2000, tail)):
        room = measure * 1000 - (2000 if number == 0 else 0)
        assert sum(widths(line)) <= room + 0.01


@given(PROSE, st.booleans())
def test_no_line_begins_with_a_closing_or_ends_with_an_opening_mark(text: str, tail: bool) -> None:
    """Unless a run of marks is longer than half a line, which nobody writes."""
    runs = "".join(" " if c in NO_START or c in NO_END else c for c in text).split(" ")
    if any(len(run) == 0 for run in runs[2:-2]):
        return  # marks in a row: held by the next test, on true examples
    found = lines(text, 28_000, tail=tail)
    for line in found[1:]:
        assert line[:1] not in NO_START or not line
    for line in found[:-1]:
        assert line[-1:] not in NO_END or not line


@pytest.mark.parametrize(
    ("text", "measure", "expected"),
    [
        ("全区调度项目完成投资，", 10, ["全区调度项目完成投", "资，"]),
        ("全区调度项目完成《十条》。", 9, ["全区调度项目完成", "《十条》。"]),
        ("全区调度“项目为王”）。好", 9, ["全区调度“项目为", "王”）。好"]),
        ("累计完成投资43.62亿元，好", 8, ["累计完成投资", "43.62亿元，好"]),
        ("低于序时进度0.6个百分点", 9, ["低于序时进度", "0.6个百分点"]),
        ("完成工程桩120根，验收", 7.5, ["完成工程桩", "120根，验收"]),
        ("建设OneLedger系统平台", 6, ["建设", "OneLedger", "系统平台"]),
        ("综合项目(2023年)好", 7, ["综合项目", "(2023年)好"]),
        ("他强调——项目为王好", 4, ["他强", "调——项", "目为王好"]),
        ("调度重点项目等……好", 8, ["调度重点项目", "等……好"]),
        ("于2月24日—3月2日间", 6, ["于2月24日—", "3月2日间"]),
        ("two words here", 6, ["two words", "here"]),
        ("", 5, [""]),
    ],
)
def test_lines_end_where_a_typesetter_would_end_them(
    text: str, measure: float, expected: list[str]
) -> None:
    assert lines(text, measure * 1000) == expected


def test_a_word_wider_than_the_cell_is_torn_after_its_hyphens() -> None:
    assert lines("2108-440305-04-01-333721", 6000) == ["2108-", "440305-04-", "01-333721"]
    assert lines("W" * 9, 3 * FANG["W"]) == ["WWW", "WWW", "WWW"]


def test_a_character_wider_than_the_cell_stands_alone() -> None:
    assert lines("宽字", 500) == ["宽", "字"]


def test_the_last_line_is_never_a_single_character() -> None:
    text = "一二三四五六七八九十尚未。"
    assert lines(text, 12_000) == ["一二三四五六七八九十尚", "未。"]
    assert lines(text, 12_000, tail=True) == ["一二三四五六七八九十", "尚未。"]


def test_forced_line_ends_of_a_cell_are_kept() -> None:
    assert wrap("一\n\n二三四", FANG, 2000) == ["一", "", "二三", "四"]


def test_titles_are_balanced_and_notes_in_brackets_stand_alone() -> None:
    assert balanced("年度计划（亿元）", FANG, 5000) == ["年度计划", "（亿元）"]
    assert balanced("关于印发全区重点项目方案", FANG, 9000) == ["关于印发全区", "重点项目方案"]
    assert balanced("年度计划投资", FANG, 4500) == ["年度计划", "投资"]
    assert balanced("短题", FANG, 9000) == ["短题"]


def test_stretching_fills_the_measure_between_characters_and_words_only() -> None:
    line = "完成4.36亿元"  # five places: 完 成 4.36 亿 元
    width = sum(widths(line))
    assert width + 4 * stretch(line, width, width + 800) == pytest.approx(width + 800)
    assert stretch("一二", 2000, 9000) == 0  # too loose: left as it is


@given(st.text(max_size=50))
def test_cleaning_leaves_one_line_of_printable_text(text: str) -> None:
    cleaned = clean(text)
    assert not any(c in cleaned for c in "\n\r\t\0\u200b\ufeff")
    assert clean(cleaned) == cleaned


def test_cleaning_keeps_what_has_a_place_on_paper() -> None:
    assert (
        clean("一\u200b本\ufe0f\t账\u3000（2023）\xa0\x07\ud800") == "一本 账\u3000（2023） \ufffd"
    )
    assert clean_lines("一\r\n二\t三") == "一\n二 三"


def test_two_months_are_not_torn() -> None:
    """A title's line ends between words (GB/T 9704-2012, 7.3.1)."""
    text = "关于投资增速连续两个月排名末位的约谈通知"
    lines = balanced(text, dict.fromkeys(text, 1000.0), 11_000)
    assert "".join(lines) == text and any("两个月" in line for line in lines)
