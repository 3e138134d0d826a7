"""Charts on paper: every mark leaves its trace, and nothing is lost where the print is grey."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any, get_args

import pytest
from PIL import Image, ImageStat

from desktop.reports.binding import Binder
from desktop.reports.chart_pdf import COLOURS, draw_chart
from desktop.reports.charts.drawing import (
    Drawing,
    Line,
    Mark,
    Path,
    Rect,
    Role,
    Shape,
    Symbol,
    Text,
)
from desktop.reports.content import Chart, Heading, Paragraph
from desktop.reports.fonts import load_faces
from desktop.reports.page import A4, Drawn
from desktop.reports.paper_pdf import draw_paper
from desktop.reports.pen import Pen
from tests.reports import papers, read_back, read_qr

DOTS = 200 / 72


def drawn(*marks: Mark, scale: float = 1.0) -> bytes:
    """A sheet with the marks from its upper left corner on."""
    faces = load_faces()
    binder = Binder(faces, "图", "", date(2023, 3, 3))
    pen = Pen(faces, binder.doc)
    draw_chart(pen, Drawing(A4.width, A4.height, marks), 0, A4.height, scale)
    return binder.bind([(Drawn(A4, pen.content()), lambda *_given: None)])[0]


def grey(*marks: Mark, of: tuple[float, float, float, float]) -> Image.Image:
    """A part of that sheet in grey: left, top, right, bottom in points of the drawing."""
    left, top, right, low = (round(side * DOTS) for side in of)
    return read_qr.picture(drawn(*marks)).crop((left, top, right, low))


def darkness(picture: Image.Image) -> float:
    """How much of a picture is inked, 0 to 1."""
    return 1 - float(ImageStat.Stat(picture).mean[0]) / 255


def test_every_role_has_a_colour_on_paper() -> None:
    assert set(COLOURS) == set(get_args(Role)) - {""}


def test_what_lies_on_the_ground_stays_visible_in_grey() -> None:
    for role in COLOURS.keys() - {"card"}:
        part = grey(Rect(x=50, y=50, width=50, height=50, role=role), of=(55, 55, 95, 95))
        assert darkness(part) > 0.3, role


def test_y_grows_downwards_and_lengths_are_scaled() -> None:
    (rect,) = read_back.sheets(drawn(Rect(x=10, y=20, width=30, height=40), scale=2.0))[0].rects
    assert (rect["x0"], rect["x1"]) == pytest.approx((20, 80), abs=0.02)
    assert (rect["top"], rect["bottom"]) == pytest.approx((40, 120), abs=0.02)


def test_a_hatched_bar_is_told_from_a_plain_one_in_grey_and_stays_within_its_bounds() -> None:
    plain = Rect(x=50, y=50, width=60, height=40, role="must", tint=0.35)
    hatched = Rect(x=50, y=50, width=60, height=40, role="must", tint=0.35, hatched=True)
    inside = (54.0, 54.0, 106.0, 86.0)
    spread = [ImageStat.Stat(grey(one, of=inside)).stddev[0] for one in (plain, hatched)]
    assert spread[0] < 2 < 10 < spread[1]
    around = grey(hatched, of=(30, 30, 130, 110))
    assert darkness(around.crop((0, 0, 50, around.height))) == 0
    assert darkness(around.crop((0, 0, around.width, 50))) == 0


def test_symbols_differ_by_shape_alone() -> None:
    shapes: tuple[Shape, ...] = get_args(Shape)
    masks = {}
    for shape in shapes:
        part = grey(Symbol(x=60, y=60, size=16, shape=shape, role="ink"), of=(50, 50, 70, 70))
        masks[shape] = part.point(lambda value: 255 if value < 128 else 0)
        assert 0.1 < 1 - darkness(masks[shape]) < 0.9
    for number, one in enumerate(shapes):
        for other in shapes[number + 1 :]:
            pairs = zip(masks[one].tobytes(), masks[other].tobytes(), strict=True)
            differing = sum(a != b for a, b in pairs) / len(masks[one].tobytes())
            assert differing > 0.04, (one, other)
    for hollow in ("ring", "hollow_diamond"):
        middle = masks[hollow].size[0] // 2
        assert masks[hollow].getpixel((middle, middle)) == 0


def test_a_symbol_hides_the_line_that_runs_behind_it() -> None:
    line = Line(x1=0, y1=60, x2=120, y2=60, role="ink", width=2)
    ring = Symbol(x=60, y=60, size=16, shape="ring", role="ink")
    assert darkness(grey(line, ring, of=(57, 57, 63, 63))) < 0.05
    assert darkness(grey(ring, line, of=(57, 57, 63, 63))) > 0.2


def test_a_dashed_line_is_interrupted_and_a_later_one_is_not() -> None:
    dashed = Line(x1=20, y1=50, x2=160, y2=50, role="ink", width=3, dashed=True)
    whole = Line(x1=20, y1=70, x2=160, y2=70, role="ink", width=3)
    first = darkness(grey(dashed, whole, of=(22, 49.2, 158, 50.8)))
    second = darkness(grey(dashed, whole, of=(22, 69.2, 158, 70.8)))
    assert 0.4 < first < 0.75
    assert second > 0.95


def test_a_path_is_a_line_or_a_plane() -> None:
    corners = ((50.0, 50.0), (110.0, 50.0), (110.0, 110.0))
    line = grey(Path(points=corners, role="ink"), of=(90, 60, 100, 70))
    plane = grey(Path(points=corners, role="ink", filled=True), of=(90, 60, 100, 70))
    tinted = grey(Path(points=corners, role="ink", filled=True, tint=0.3), of=(90, 60, 100, 70))
    assert darkness(line) == 0
    assert darkness(plane) > 0.98
    assert darkness(tinted) == pytest.approx(0.3, abs=0.02)


def test_round_corners_are_left_white() -> None:
    bar = Rect(x=50, y=50, width=40, height=40, role="ink", radius=12)
    assert darkness(grey(bar, of=(50, 50, 52, 52))) == 0
    assert darkness(grey(bar, of=(66, 50.5, 74, 52))) > 0.9


def test_what_has_no_role_or_no_extent_is_not_drawn() -> None:
    nothing: tuple[Mark, ...] = (
        Rect(x=10, y=10, width=50, height=50, role="", tip="说明"),
        Rect(x=10, y=10, width=0, height=50),
        Text(x=30, y=30, text="看不见", size=12, role=""),
    )
    assert darkness(read_qr.picture(drawn(*nothing))) == 0


def test_texts_stand_by_their_anchor_and_bold_ones_in_hei() -> None:
    marks = (
        Text(x=100, y=50, text="左起", size=12),
        Text(x=100, y=80, text="居中", size=12, anchor="middle", bold=True),
        Text(x=100, y=110, text="右止", size=12, anchor="end", role="ink_soft"),
    )
    page = read_back.sheets(drawn(*marks))[0]
    start, middle, end = read_back.lines(read_back.upright_chars(page))
    assert start.left == pytest.approx(100, abs=0.05)
    assert (middle.left + middle.right) / 2 == pytest.approx(100, abs=0.05)
    assert end.right == pytest.approx(100, abs=0.05)
    assert middle.fonts == {"OneLedgerHei-Regular"}
    assert start.fonts == {"OneLedgerSong-Regular"}
    for line, y in ((start, 50), (middle, 80), (end, 110)):
        assert A4.height - line.base - 0.38 * 12 == pytest.approx(y, abs=0.1)


def chart_pages(chart: Chart, before: int = 0) -> list[Any]:
    target = BytesIO()
    blocks = (
        Paragraph("甲" * (28 * before - 2)) if before else Paragraph("甲"),
        Heading(1, "一、图"),
    )
    draw_paper(papers.paper(*blocks, chart, Paragraph("后文。"), head=None), target)
    return read_back.sheets(target.getvalue())


def test_a_chart_is_as_wide_as_the_type_area_under_its_caption() -> None:
    frame = Rect(x=0, y=0, width=300, height=100, role="accent", tint=0.2)
    (page,) = chart_pages(Chart(Drawing(300, 100, (frame,)), "图1　完成率"))
    (rect,) = page.rects
    assert (rect["x0"], rect["x1"]) == pytest.approx((A4.left, A4.right), abs=0.1)
    assert rect["height"] == pytest.approx(100 * A4.measure / 300, abs=0.1)
    lines = read_back.body_lines(page)
    caption = next(line for line in lines if line.text == "图1完成率")
    after = next(line for line in lines if line.text == "后文。")
    assert rect["y1"] < caption.base < rect["y1"] + 20
    assert after.base + 12 < rect["y0"]


def test_a_chart_stays_with_its_heading_and_caption() -> None:
    frame = Rect(x=0, y=0, width=300, height=150, role="accent")
    for before in range(10, 21, 2):
        for page in chart_pages(Chart(Drawing(300, 150, (frame,)), "图1　完成率"), before):
            text = page.extract_text()
            assert bool(page.rects) == ("一、图" in text) == ("完成率" in text)


def test_a_chart_higher_than_a_sheet_is_drawn_smaller() -> None:
    frame = Rect(x=0, y=0, width=300, height=900, role="accent")
    rects = [
        rect for page in chart_pages(Chart(Drawing(300, 900, (frame,)))) for rect in page.rects
    ]
    assert len(rects) == 1
    assert rects[0]["height"] == pytest.approx(A4.depth * 0.8, abs=0.1)
    assert (rects[0]["x0"] + rects[0]["x1"]) / 2 == pytest.approx((A4.left + A4.right) / 2, abs=0.1)
