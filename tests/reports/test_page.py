"""Strips fill sheets: what keeps together, what is repeated, what is cut."""

from __future__ import annotations

import itertools
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from desktop.reports.fonts import load_faces
from desktop.reports.page import A4, HIGH, MM, PITCH, Area, Flow, Strip, air
from desktop.reports.pen import Pen

SHEET = Area(200, 120, left=10, top=110, right=190, bottom=10)  # 100 points deep


class Log:
    """Notes what is drawn where, sheet by sheet."""

    def __init__(self) -> None:
        self.sheets: list[list[tuple[str, float, float]]] = []
        self._pen: Pen | None = None

    def strip(self, name: str, height: float, **options: object) -> Strip:
        def draw(pen: Pen, x: float, y: float) -> None:
            if pen is not self._pen:
                self._pen = pen
                self.sheets.append([])
            self.sheets[-1].append((name, y, y - height))

        return Strip(height, draw, **options)  # type: ignore[arg-type]

    @property
    def names(self) -> list[str]:
        return ["".join(name for name, _, _ in sheet) for sheet in self.sheets]


def laid(strips: list[Strip], sheet: Area = SHEET) -> int:
    """Lay the strips; the number of sheets."""
    faces = load_faces()
    canvas = Canvas(BytesIO(), initialFontName=faces.face("song").fontName)
    flow = Flow(sheet, faces, canvas._doc)
    flow.lay(strips)
    return len(flow.finish())


def test_the_type_area_is_that_of_the_standard() -> None:
    """GB/T 9704-2012, 5.1 and 5.2: 156 × 225 mm, top 37 mm, left 28 mm; 22 lines."""
    assert pytest.approx((156, 225)) == (A4.measure / MM, A4.depth / MM)
    assert pytest.approx((28, 37)) == (A4.left / MM, (A4.height - A4.top) / MM)
    assert pytest.approx(22) == A4.depth / PITCH


def test_what_no_longer_fits_begins_the_next_sheet() -> None:
    log = Log()
    assert laid([log.strip(name, 40) for name in "abcde"]) == 3
    assert log.names == ["ab", "cd", "e"]


def test_a_strip_that_keeps_goes_with_the_next_one() -> None:
    log = Log()
    laid([log.strip("a", 40), log.strip("H", 30, keep=True), log.strip("b", 40)])
    assert log.names == ["a", "Hb"]


def test_a_chain_longer_than_a_sheet_is_laid_all_the_same() -> None:
    log = Log()
    laid([log.strip(name, 40, keep=True) for name in "abcde"])
    assert "".join(log.names) == "abcde"


def test_a_head_is_repeated_where_its_strip_begins_a_sheet() -> None:
    log = Log()
    head = log.strip("H", 20)
    rows = [log.strip(name, 30, head=head) for name in "abcd"]
    laid([log.strip("H", 20, keep=True), *rows])
    assert log.names == ["Hab", "Hcd"]


def test_air_is_left_out_where_a_sheet_begins() -> None:
    log = Log()
    laid([log.strip("a", 95), air(20), log.strip("b", 50)])
    assert log.sheets[1] == [("b", 110, 60)]


def test_lines_return_to_the_grid_after_a_table() -> None:
    log = Log()
    laid([log.strip("t", 50), log.strip("l", PITCH, grid=True)], A4)
    assert log.sheets[0][1][1] == pytest.approx(A4.top - 2 * PITCH)


def tall(log: Log, name: str, height: float, head: Strip) -> Strip:
    def split(room: float) -> tuple[Strip, Strip] | None:
        part = min(room // 10 * 10, height - 30)
        if part < 30:
            return None
        return log.strip(name, part, head=head), tall(log, name, height - part, head)

    return log.strip(name, height, head=head, split=split, least=30)


def test_only_what_no_sheet_can_hold_is_cut() -> None:
    log = Log()
    head = log.strip("H", 20)
    laid([log.strip("a", 40), tall(log, "t", 75, head), tall(log, "T", 210, head)])
    assert log.names == ["a", "Ht", "HT", "HT", "HT"]
    drawn = sum(top - low for sheet in log.sheets for n, top, low in sheet if n == "T")
    assert drawn == 210


def test_what_is_high_is_cut_where_a_sheet_ends_and_what_is_low_is_carried_over() -> None:
    log, head = Log(), Log().strip("H", 20)
    filled = A4.depth - 100  # so much is left
    laid([log.strip("a", filled), tall(log, "t", HIGH - 1, head)], A4)
    assert log.names == ["a", "t"]
    log = Log()
    laid([log.strip("a", filled), tall(log, "t", HIGH + 10, head)], A4)
    assert log.names == ["at", "t"]
    low = log.sheets[0][-1][2]
    assert low - A4.bottom < 10


def test_the_end_of_what_is_cut_goes_with_what_it_keeps_with() -> None:
    """A total is not left alone: the last part of the row before it comes along."""
    log, head = Log(), Log().strip("H", 20)
    row = replace(tall(log, "t", 300, head), keep=True)
    laid([log.strip("a", A4.depth - 305), row, log.strip("T", 20)], A4)
    assert log.names == ["at", "tT"]


def test_a_section_is_not_left_behind_by_a_row_that_is_cut() -> None:
    log = Log()
    head = log.strip("H", 20)
    laid([log.strip("a", 65), log.strip("S", 10, keep=True), tall(log, "T", 150, head)])
    assert log.names[0] == "a"
    assert log.names[1].startswith("ST")


@given(
    st.lists(
        st.tuples(st.integers(1, 130), st.booleans(), st.booleans(), st.booleans()), max_size=40
    )
)
def test_strips_come_in_order_without_gap_or_overlap_and_stay_on_the_sheet(
    wanted: list[tuple[int, bool, bool, bool]],
) -> None:
    log = Log()
    head = log.strip("H", 10)
    strips = []
    for number, (height, keep, headed, cut) in enumerate(wanted):
        name = chr(0x4E00 + number)
        if cut:
            strips.append(tall(log, name, height + 100, head))
        else:
            strips.append(log.strip(name, height, keep=keep, head=head if headed else None))
    laid(strips)
    drawn = [name for sheet in log.names for name in sheet if name != "H"]
    assert list(dict.fromkeys(drawn)) == [chr(0x4E00 + n) for n in range(len(wanted))]
    for sheet in log.sheets:
        for (_, _, low), (_, top, _) in itertools.pairwise(sheet):
            assert top == low
        if max(top - low for _, top, low in sheet) <= 90:
            assert sheet[-1][2] >= SHEET.bottom - 0.01
