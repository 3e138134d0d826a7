"""What a cell holds as it is, and what has to be cut or cleaned."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from desktop.sheets.writing.looks import (
    CUT,
    LONGEST_NAME,
    LONGEST_TEXT,
    Remarks,
    fits,
    keeps,
    sheet_name,
)

ODD = st.sampled_from(
    ["\x00", "\x0b", "\n", "\r\n", "_x0041_", "_x", "\ud800", "\uffff", "𬭎", "㙍"]
)


@given(st.lists(st.one_of(st.text(max_size=5), ODD)).map("".join))
def test_a_text_that_fits_is_never_changed(text: str) -> None:
    remarks = Remarks()
    if fits(text):
        assert remarks.fit(text, "甲!A1") == text
        assert remarks.sentences() == ()


def test_plain_texts_fit_and_long_or_odd_ones_do_not() -> None:
    assert fits("年产3万吨面制品加工项目（二期）") and fits("")
    assert fits("字" * LONGEST_TEXT) and not fits("字" * (LONGEST_TEXT + 1))
    assert not any(fits(text) for text in ("铃\x07", "_x0041_", "半\ud800"))


def test_what_is_cut_or_cleaned_is_said_with_its_cell() -> None:
    remarks = Remarks()
    assert remarks.fit("铃\x07声", "甲!A1") == "铃声"
    assert remarks.fit("_x0041_", "甲!A2") == "_x005F_x0041_"
    long = remarks.fit("字" * (LONGEST_TEXT + 1), "甲!A3")
    assert len(long) == LONGEST_TEXT and long.endswith(CUT)
    cut, cleaned = remarks.sentences()
    assert "甲!A3" in cut and "甲!A1" in cleaned


def test_signs_beyond_the_first_plane_count_as_two() -> None:
    """Excel counts UTF-16, in cells and in names of sheets."""
    half = "𬭎" * (LONGEST_TEXT // 2)
    assert fits(half) and not fits(half + "字字")
    remarks = Remarks()
    cut = remarks.fit("𬭎" * LONGEST_TEXT, "甲!A1")
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert cut.endswith(CUT)
    names: set[str] = set()
    made = [sheet_name("𬭎" * 40, names) for _ in range(2)]
    assert made[0] != made[1]
    assert all(len(name.encode("utf-16-le")) // 2 <= LONGEST_NAME for name in made)
    assert len(made[0]) == LONGEST_NAME // 2


def test_names_of_sheets_hold_nothing_barred() -> None:
    assert sheet_name("\ud800甲\ufffe\x0b/乙'", set()) == "甲乙"


def test_what_a_cell_cannot_keep_as_a_number() -> None:
    assert keeps(10**15 - 1) and keeps(-(10**15) + 1) and keeps(0.5)
    assert not keeps(10**15) and not keeps(-(10**17))
    assert keeps(date(1900, 3, 1)) and not keeps(date(1900, 2, 28))
