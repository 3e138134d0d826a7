"""The wall chart as drawn sheets: sizes, edges, letters that are read from two metres."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import msgspec
import pytest

from desktop.reports.page import MM
from desktop.reports.wall_content import Size, Wall
from desktop.reports.wall_pdf import draw_wall
from desktop.reports.wall_room import LEAST, SHEETS
from tests.reports import card_and_wall, read_back

SIZES: dict[Size, tuple[int, int]] = {"A3": (420, 297), "A1": (841, 594), "A0": (1189, 841)}


def drawn(wall: Wall) -> list[Any]:
    target = BytesIO()
    draw_wall(wall, target)
    return read_back.sheets(target.getvalue())


CHARTS = [
    pytest.param(count, units, size, long, id=f"{size}-{count}{'-long' if long else ''}")
    for count, units, size, long in (
        (0, 1, "A3", False),
        (1, 1, "A3", False),
        (12, 4, "A3", False),
        (60, 6, "A3", False),
        (12, 4, "A1", False),
        (12, 4, "A1", True),
        (60, 6, "A1", True),
        (24, 6, "A1", False),
        (60, 6, "A0", False),
        (300, 20, "A0", False),
    )
]


@pytest.mark.parametrize(("count", "units", "size", "long"), CHARTS)
def test_nothing_leaves_the_sheet_and_no_texts_meet(
    count: int, units: int, size: Size, long: bool
) -> None:
    pages = drawn(card_and_wall.wall(count, units, size, long=long))
    area = SHEETS[size]
    for page in pages:
        assert page.width == pytest.approx(SIZES[size][0] * MM, abs=1)
        assert page.height == pytest.approx(SIZES[size][1] * MM, abs=1)
        assert read_back.outside(page) == []
        assert read_back.collisions(page) == []
        for char in read_back.upright_chars(page):
            assert area.left - 1 <= char["x0"]
            assert char["x1"] <= area.right + 1


@pytest.mark.parametrize(("count", "units", "size", "long"), CHARTS)
def test_every_letter_above_the_small_line_is_read_from_two_metres(
    count: int, units: int, size: Size, long: bool
) -> None:
    for page in drawn(card_and_wall.wall(count, units, size, long=long)):
        above = [c for c in page.chars if read_back.base(c) > SHEETS[size].bottom]
        assert above
        assert min(char["size"] for char in above) >= LEAST - 0.01


def test_every_project_stands_on_one_of_the_numbered_sheets() -> None:
    target = BytesIO()
    made = draw_wall(card_and_wall.wall(60, 4, "A3"), target)
    texts = read_back.copied(target.getvalue())
    assert len(texts) == made.pages > 1
    whole = "".join(texts)
    for number in range(1, 61):
        assert whole.count(f"{number}号面制品") >= 1, number
    for number, text in enumerate(texts, 1):
        assert f"第 {number} 张 共 {made.pages} 张" in text
        assert "源汇区重点项目挂图作战" in text
        assert "粗竖线为序时进度" in text
        assert "3F0A-91C4-77DE" in text
    assert "（续）" in whole


def test_lights_are_told_by_shape_for_every_project() -> None:
    (page,) = drawn(card_and_wall.wall(12, 4, "A1"))
    signs = [c["text"] for c in page.chars if c["text"] in "●▲■"]
    assert {sign: signs.count(sign) for sign in "●▲■"} == {"●": 5, "▲": 5, "■": 5}


def test_a_demonstration_says_so_in_large_letters() -> None:
    wall = msgspec.structs.replace(card_and_wall.wall(12, 4, "A1"), demonstration=True)
    (page,) = drawn(wall)
    (mark,) = [line for line in read_back.lines(page.chars) if "演示数据" in line.text]
    assert mark.size >= LEAST
    assert read_back.collisions(page) == []


def test_an_empty_week_says_so() -> None:
    target = BytesIO()
    draw_wall(card_and_wall.wall(0, 1), target)
    (text,) = read_back.copied(target.getvalue())
    assert "本周没有调度的项目。" in text


def test_the_same_chart_gives_the_same_bytes_and_tells_its_progress() -> None:
    first, second = BytesIO(), BytesIO()
    told: list[tuple[int, int]] = []
    wall = card_and_wall.wall(60, 6, "A3")
    made = draw_wall(wall, first, progress=lambda done, of: told.append((done, of)))
    draw_wall(wall, second)
    assert first.getvalue() == second.getvalue()
    assert told == [(n, made.pages) for n in range(1, made.pages + 1)]
