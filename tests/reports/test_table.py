"""Tables: widths that hold their figures, merged headings, cells over several columns."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from desktop.reports.columns import LEDGER_SIZES, PAD, PROSE_SIZES, Grid, make_grid
from desktop.reports.content import Column, Row, Table
from desktop.reports.fonts import load_faces
from desktop.reports.page import A4, Flow, Strip
from desktop.reports.pen import Pen
from desktop.reports.table import heading_strip, table_strips
from tests.reports.papers import COLUMNS, rows

FACES = load_faces()
TEXTS = st.text(st.sampled_from("项目投资完成率，（）0123456789.,%Ab"), max_size=60)


def written(table: Table, width: float = A4.measure) -> tuple[Grid, list[tuple[float, str, str]]]:
    """The grid, and every string drawn with its left end and its role, in order."""
    seen: list[tuple[float, str, str]] = []

    class Spy(Pen):
        def text(self, x: float, y: float, text: str, role: Any, *rest: Any) -> None:
            seen.append((x - A4.left, text, role))

    grid = make_grid(table, width, FACES, PROSE_SIZES)
    canvas = Canvas(BytesIO(), initialFontName=FACES.face("song").fontName)
    pen = Spy(FACES, canvas._doc)
    for strip in table_strips(table, grid, FACES):
        strip.draw(pen, A4.left, A4.top)
    return grid, seen


def on_sheets(strips: Iterable[Strip]) -> list[list[str]]:
    """The strings drawn, sheet by sheet."""
    sheets: dict[Pen, list[str]] = {}

    class Spy(Pen):
        def text(self, x: float, y: float, text: str, *rest: Any) -> None:
            sheets.setdefault(self, []).append(text)

    canvas = Canvas(BytesIO(), initialFontName=FACES.face("song").fontName)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.reports.page.Pen", Spy)
        flow = Flow(A4, FACES, canvas._doc)
        flow.lay(strips)
    flow.finish()
    return list(sheets.values())


@given(
    st.lists(st.sampled_from(["text", "figure", "word", "light"]), min_size=1, max_size=24),
    st.lists(st.lists(TEXTS, max_size=24), max_size=6),
    st.sampled_from([150.0, 442.2, 737.0]),
)
def test_columns_fill_the_width_whatever_they_hold(
    kinds: list[Any], cells: list[list[str]], width: float
) -> None:
    columns = tuple(Column((f"标题{n}（万元）",), kind) for n, kind in enumerate(kinds))
    grid = make_grid(Table(columns, tuple(Row(tuple(c)) for c in cells)), width, FACES, (9.0, 6.0))
    assert grid.edges[0] == 0
    assert grid.edges[-1] == pytest.approx(width)
    assert all(a < b for a, b in zip(grid.edges, grid.edges[1:], strict=False))


def test_no_figure_is_broken_and_the_largest_size_that_fits_is_taken() -> None:
    table = Table(COLUMNS, rows(60))
    for width, size in ((1200.0, 9.0), (737.0, 9.0), (420.0, 8.0), (360.0, 6.5)):
        grid = make_grid(table, width, FACES, LEDGER_SIZES)
        assert grid.size == size
        for row in table.rows:
            for number, cell in enumerate(row.cells):
                if COLUMNS[number].kind == "figure":
                    room = grid.edges[number + 1] - grid.edges[number] - 2 * PAD
                    role = "song" if row.kind == "row" else "hei"
                    assert FACES.em(role, cell) * grid.size <= room + 0.01  # type: ignore[arg-type]


def test_weights_share_the_width() -> None:
    columns = tuple(Column((str(n),), weight=w) for n, w in enumerate((10, 20, 50)))
    grid = make_grid(Table(columns, ()), 800, FACES, (9.0,))
    assert grid.edges == pytest.approx((0, 100, 300, 800), rel=0.05)


def test_a_heading_over_several_columns_is_written_once_and_amid_them() -> None:
    grid, seen = written(Table(COLUMNS, ()), 700)
    titles = [text for _, text, _ in seen]
    assert titles.count("资金来源") == 1
    left, text, role = next(entry for entry in seen if entry[1] == "资金来源")
    middle = left + FACES.em("hei", text) * grid.size / 2
    assert role == "hei"
    assert middle == pytest.approx((grid.edges[4] + grid.edges[6]) / 2)
    assert titles.index("资金来源") < titles.index("专项债") < titles.index("自筹")


def test_headings_of_different_depth_end_at_the_same_height() -> None:
    deep = Column(("甲", "乙", "丙"), "figure")
    table = Table((Column(("一",)), deep, Column(("甲", "乙", "丁")), Column(("甲", "戊"))), ())
    grid, seen = written(table)
    assert sorted(text for _, text, _ in seen) == sorted(["一", *"甲乙丙丁戊", "本期无数据"])
    assert heading_strip(grid, FACES).height == pytest.approx(3 * (grid.pitch + 2 * grid.pad))


def test_figures_end_at_the_right_of_their_column_and_line_up() -> None:
    columns = (Column(("项目",)), Column(("年累计",), "figure"))
    body = tuple(Row(("甲", text)) for text in ("1.11", "98.76", "1,024.80", "−3.00"))
    grid, seen = written(Table(columns, body))
    ends = {
        round(left + FACES.em("song", text) * grid.size, 3)
        for left, text, role in seen
        if text[-1].isdigit() and role == "song"
    }
    assert ends == {round(grid.edges[2] - PAD, 3)}


def test_totals_are_bold_and_may_run_over_columns() -> None:
    columns = (Column(("名次",), "word"), Column(("单位",)), Column(("计划",), "figure"))
    body = (Row(("1", "大刘镇", "2.00")), Row(("合计（1个单位）", "隐", "2.00"), "total", span=2))
    grid, seen = written(Table(columns, body))
    left, text, role = next(entry for entry in seen if entry[1] == "合计（1个单位）")
    assert role == "hei"
    assert left + FACES.em("hei", text) * grid.size / 2 == pytest.approx(grid.edges[2] / 2)
    assert "隐" not in [text for _, text, _ in seen]


def test_a_light_is_told_by_its_shape() -> None:
    columns = (Column(("单位",)), Column(("灯",), "light"))
    body = tuple(Row(("甲",), light=light) for light in ("green", "yellow", "red", ""))
    _, seen = written(Table(columns, body))
    assert [text for _, text, _ in seen if text in "●▲■"] == ["●", "▲", "■"]


def test_a_table_without_rows_says_so() -> None:
    _, seen = written(Table((Column(("事项",)),), (), empty="本周无决定事项"))
    assert [text for _, text, _ in seen] == ["事项", "本周无决定事项"]


def test_a_cell_longer_than_a_sheet_loses_nothing_and_says_where_it_goes_on() -> None:
    words = "".join(chr(0x4E00 + n % 4000) for n in range(3000))
    columns = (Column(("序号",), "word"), Column(("项目",)), Column(("问题",), weight=9))
    table = Table(columns, (Row(("7", "甲", "短")), Row(("8", "乙", words)), Row(("9", "丙", ""))))
    sheets = on_sheets(table_strips(table, make_grid(table, A4.measure, FACES, PROSE_SIZES), FACES))
    seen = [text for sheet in sheets for text in sheet]
    assert len(sheets) > 2
    assert "".join(text for text in seen if len(text) > 2) == words
    assert seen.count("续") == len(sheets) - 1
    assert seen.count("问题") == len(sheets)


@pytest.mark.parametrize("used", range(570, 640, 4))
def test_no_heading_is_left_without_a_row(used: int) -> None:
    table = Table((Column(("标题",)),), (Row(("甲",)), Row(("乙",)), Row(("丙",), "total")))
    strips = table_strips(table, make_grid(table, A4.measure, FACES, (9.0,)), FACES)
    filler = Strip(used, lambda pen, x, y: pen.text(x, y - 20, "前文", "song", 9))
    sheets = on_sheets([filler, *strips])
    assert [sheet[-1] for sheet in sheets if sheet[-1] == "标题"] == []
    assert ["丙"] not in [sheet[-1:] for sheet in sheets if len(sheet) == 2]  # a total alone
    assert [text for sheet in sheets for text in sheet if text in "甲乙丙"] == ["甲", "乙", "丙"]


def cuts(count: int, above: float, text: str = "甲") -> list[int]:
    """How many rows of a table stand on each sheet, when ``above`` points are taken before it."""
    table = Table((Column(("项目",)),), tuple(Row((f"{n}：{text}",)) for n in range(count)))
    grid = make_grid(table, A4.measure, FACES, PROSE_SIZES)
    filled = Strip(above, lambda pen, x, y: pen.text(x, y, "前文", "song", 9))
    sheets = on_sheets([filled, *table_strips(table, grid, FACES)])
    return [sum("：" in part for part in sheet) for sheet in sheets]


def test_a_short_table_is_not_cut_and_a_longer_one_not_near_its_ends() -> None:
    row = 10.5 * (1.3 + 0.7)
    for room in range(1, 12):
        above = A4.depth - (room + 1) * row - 1  # The heading and so many rows fit.
        assert cuts(8, above) == ([8] if room >= 8 else [0, 8])
        first = 0 if room < 2 else 20 if room >= 20 else min(room, 18)
        assert cuts(20, above) == [first, 20 - first]
        assert cuts(10, above)[0] in (0, 2, 3, 4, 5, 6, 7, 8, 10)


def test_a_table_of_a_few_rows_of_two_lines_is_cut_rather_than_carried_over() -> None:
    """Kept whole it would leave a third of the sheet white."""
    assert cuts(6, A4.depth - 5 * 34.65, "土地指标未落实，涉及一般农田。" * 4) == [4, 2]


def test_high_rows_are_not_kept_together() -> None:
    text = "土地指标未落实，涉及一般农田。" * 20
    assert cuts(4, 300, text) == [2, 2]
