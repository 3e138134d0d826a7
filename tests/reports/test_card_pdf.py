"""The project card as a drawn sheet: all on one page, nothing over its edges or on one another."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from desktop.reports.card import Card, Photo
from desktop.reports.card_milestones import nearest
from desktop.reports.card_pdf import SHEET, NoCards, draw_card, draw_cards
from desktop.reports.page import MM
from tests.reports import card_and_wall, read_back


def drawn(*cards: Card) -> bytes:
    target = BytesIO()
    draw_cards(cards, target)
    return target.getvalue()


CARDS = {
    "plain": card_and_wall.card(),
    "ugly": card_and_wall.ugly(),
    "bare": card_and_wall.bare(),
    "busy": card_and_wall.card(
        milestones=card_and_wall.milestones(14), problems=card_and_wall.problems(12)
    ),
}


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_one_a4_page_with_nothing_over_its_edges(name: str) -> None:
    (page,) = read_back.sheets(drawn(CARDS[name]))
    assert (round(page.width), round(page.height)) == (595, 842)
    assert read_back.outside(page) == []
    assert read_back.collisions(page) == []
    for char in read_back.upright_chars(page):
        assert char["x0"] >= SHEET.left - 0.5
        assert char["x1"] <= SHEET.right + 0.5
    for image in page.images:
        assert image["x0"] >= SHEET.left - 0.5
        assert image["x1"] <= SHEET.right + 0.5
        assert image["bottom"] <= page.height - SHEET.bottom + 0.5


def test_everything_that_fits_is_there_in_full() -> None:
    (text,) = read_back.copied(drawn(CARDS["plain"]))
    for said in (
        "年产3万吨面制品加工项目（二期）",
        "黄灯",
        "低于序时进度12.3个百分点",
        "2210-411102-04-01-907730",
        "新建厂房2万平方米",
        "张昇",
        "赵䶮",
        "110万元",
        "形象进度：主体施工至三层。",
        "下步工作：封顶。",
        "第5个节点主体封顶及屋面防水",
        "3号土地指标未落实，涉及一般农田调整",
        "照片打不开",
        "3F0A-91C4-77DE",
    ):
        assert said in text.replace("\r\n", ""), said
    assert "…" not in text


def test_what_has_no_room_is_counted() -> None:
    (text,) = read_back.copied(drawn(CARDS["ugly"]))
    numbers = [n for n in range(1, 60) if f"另有 {n} 项问题" in text]
    assert len(numbers) == 1
    (left,) = numbers
    shown = [n for n in range(1, 61) if f"{n}号土" in text]
    assert len(shown) == 60 - left
    assert "个节点未画出" in text
    assert "…" in text


def test_photos_are_embedded_upright_and_small() -> None:
    huge = card_and_wall.jpeg(4000, 3000, 6)
    data = drawn(card_and_wall.card(photos=(Photo("第9周", huge),)))
    (page,) = read_back.sheets(data)
    (image,) = page.images
    width, height = image["x1"] - image["x0"], image["bottom"] - image["top"]
    assert width / height == pytest.approx(3 / 4, rel=0.02)
    assert max(image["srcsize"]) < 1000
    (text,) = read_back.copied(data)
    assert "照片打不开" not in text


def test_the_lights_are_told_by_shape() -> None:
    for light, sign in (("green", "●"), ("yellow", "▲"), ("red", "■")):
        (page,) = read_back.sheets(drawn(card_and_wall.card(light=light)))
        large = [c["text"] for c in page.chars if c["text"] in "●▲■" and c["size"] > 12]
        assert large == [sign]


def test_several_cards_make_one_file_the_same_each_time(tmp_path: Path) -> None:
    data = drawn(CARDS["plain"], CARDS["bare"])
    assert len(read_back.sheets(data)) == 2
    assert data == drawn(CARDS["plain"], CARDS["bare"])
    target = tmp_path / "card.pdf"
    assert draw_card(CARDS["plain"], target).pages == 1
    assert target.read_bytes().startswith(b"%PDF")


def test_progress_is_told_card_by_card() -> None:
    told: list[tuple[int, int]] = []
    three = iter([CARDS["bare"]] * 3)
    draw_cards(three, BytesIO(), progress=lambda done, of: told.append((done, of)), of_all=3)
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_without_a_project_nothing_is_drawn() -> None:
    target = BytesIO()
    with pytest.raises(NoCards):
        draw_cards([], target)
    assert target.getvalue() == b""


def test_without_room_the_unfinished_milestones_stay_in_their_order() -> None:
    every = card_and_wall.milestones(9)
    assert nearest(every, card_and_wall.TODAY, 9) == list(every)
    shown = nearest(every, card_and_wall.TODAY, 3)
    assert shown == [every[1], every[2], every[3]]
    assert nearest(every, card_and_wall.TODAY, 0) == [every[1]]


def test_the_small_line_stands_below_the_type_area() -> None:
    (page,) = read_back.sheets(drawn(CARDS["plain"]))
    small = [line for line in read_back.lines(page.chars) if "3F0A" in line.text]
    assert small
    assert all(5 * MM < line.base < SHEET.bottom for line in small)
