"""What the wall chart says, against the district of hand-made figures."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.dispatch import NotAWeek
from desktop.ledger.workspace import Book
from desktop.reports.wall_content import wall_chart
from tests.ledger import books
from tests.ledger.district import WEEK, district

Found = tuple[Book, dict[str, str]]


@pytest.fixture
def found(tmp_path: Path) -> Iterator[Found]:
    book, records = district(tmp_path / "district.yzb")
    with book:
        yield book, records


def test_every_dispatched_project_stands_under_its_unit(found: Found) -> None:
    wall = wall_chart(found[0], WEEK, size="A1", demonstration=True)
    assert (wall.title, wall.size, wall.demonstration) == ("源汇区重点项目挂图作战", "A1", True)
    assert wall.period == "2023年第9周（2月24日—3月2日）"
    names = [[tile.name for tile in group.tiles] for group in wall.groups]
    assert names == [["乙", "甲"], ["丁", "丙"], ["戊"]]
    assert [tile.number for group in wall.groups for tile in group.tiles] == list("12345")
    assert wall.groups[0].again == "大刘镇（续）"
    assert wall.schedule == Fraction(61, 365)
    assert wall.numbered(1, 3) == "第 1 张 共 3 张"
    assert wall.legend[1] == "色条为年累计完成占年度计划的比例，粗竖线为序时进度16.7%"


def test_the_worst_light_comes_first_in_its_unit(found: Found) -> None:
    wall = wall_chart(found[0], WEEK)
    order = ["red", "yellow", "green"]
    for group in wall.groups:
        places = [order.index(tile.light) for tile in group.tiles]
        assert places == sorted(places)
    assert wall.groups[2].tiles[0].light == "red"
    assert "2月1日起停工" in wall.groups[2].tiles[0].reason


def test_a_tile_says_figures_and_the_next_milestone(found: Found) -> None:
    wall = wall_chart(found[0], WEEK)
    tiles = {tile.name: tile for group in wall.groups for tile in group.tiles}
    first = tiles["甲"]
    assert (first.share, first.rate) == (Fraction(610, 3650), "16.7%")
    assert (first.plan, first.done) == ("3,650", "610")
    assert first.figures == "完成610／计划3,650万元"
    assert (first.milestone, first.when, first.late) == ("主体封顶", "3月9日", "")
    planless = tiles["丙"]
    assert (planless.share, planless.rate, planless.plan) == (None, "无计划", "—")
    assert planless.figures == "完成50万元，无计划"
    assert (planless.milestone, planless.when) == ("未排节点", "")
    assert (tiles["丁"].milestone, tiles["丁"].when, tiles["丁"].late) == ("已竣工", "2月18日", "")
    late = tiles["乙"]
    assert (late.milestone, late.when, late.late) == ("开工", "2月15日", "逾期15天")
    assert late.done == "0"


def test_a_units_sums_are_those_of_its_printed_cells(found: Found) -> None:
    wall = wall_chart(found[0], WEEK)
    assert wall.groups[0].title.startswith("大刘镇　项目2个　红灯")
    assert "计划4,650 完成610（万元）" in wall.groups[0].title
    assert wall.summary.startswith("项目5个：")


def test_a_milestone_finished_after_the_week_is_still_to_come(found: Found) -> None:
    book, records = found
    books.change(book, "milestone", records["主体封顶"], actual_finish="2023-03-05")
    wall = wall_chart(book, WEEK)
    (first,) = [tile for group in wall.groups for tile in group.tiles if tile.name == "甲"]
    assert first.milestone == "主体封顶"
    (first,) = [t for g in wall_chart(book, "2023-W10").groups for t in g.tiles if t.name == "甲"]
    assert first.milestone == "未排节点"


def test_a_week_without_projects_says_so(tmp_path: Path) -> None:
    with books.found(tmp_path / "empty.yzb") as book:
        wall = wall_chart(book, WEEK)
    assert (wall.groups, wall.summary, wall.nothing) == ((), "", "本周没有调度的项目。")


def test_wrong_questions_and_words_are_refused(found: Found) -> None:
    book, _ = found
    with pytest.raises(NotAWeek):
        wall_chart(book, "2023-02")
    wrong = books.shipped().texts["wall.toml"].replace("{张}", "{页}")
    book.use(schemes.parse(books.texts(wall=wrong)))
    with pytest.raises(MalformedScheme, match=r"wall\.toml.*head\.sheet.*第 \d+ 行"):
        wall_chart(book, WEEK)
