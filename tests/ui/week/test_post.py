"""What the exchange adds to the week: returned weeks, conflicts, packages, codes, sticks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.exchange import sending, sitting
from desktop.exchange.volumes import Volume
from desktop.ledger import cycle, lookup, workspace
from desktop.ui.page import Landing
from desktop.ui.shell.badges import badges
from desktop.ui.week.district_level import DistrictLevel
from desktop.ui.week.page import WeekPage
from desktop.ui.week.post import Post, Returned, post_of, rows_of
from desktop.ui.week.rows import RowList
from desktop.ui.week.township_level import TownshipLevel
from tests import office
from tests.ui.conftest import TestDesk, ask, settle, shot, spin
from tests.ui.exchange.apart import part, with_keys
from tests.ui.exchange.conftest import FIRST, enter, homes, met  # noqa: F401
from tests.ui.week.hands import OFFSCREEN

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
WEEK = "2023-W10"


@pytest.fixture
def desk(
    demonstration: Path,
    profile: Path,
    book_copy: Callable[[str], Path],
    tmp_path: Path,
    make_desk: Callable[[Path], TestDesk],
) -> TestDesk:
    """Two cells stand apart, one package waits beside the book."""
    with_keys(demonstration, profile)
    parted = part(book_copy("townships/01.yzb"), tmp_path)
    shelf = parted.path.with_name("01.held")
    shelf.mkdir()
    (shelf / "waiting.yzp").write_bytes(b"x")
    return make_desk(parted.path)


def shown(desk: TestDesk, qtbot: Any, *sticks: Volume) -> WeekPage:
    page = WeekPage(desk, lambda: sticks)
    qtbot.addWidget(page)
    page.watch.timer.setInterval(1)
    page.resize(1210, 688)
    page.show()
    page.activateWindow()
    page.refresh()
    settle(desk)
    return page


def lines(rows: RowList) -> list[str]:
    return [row.text for row in rows.rows()]


def test_what_waits_is_counted_and_said(desk: TestDesk) -> None:
    post = ask(desk, post_of)
    assert (post.apart, post.held, post.pending, post.codes, post.sheet) == (2, 1, 0, 0, False)
    assert ask(desk, lambda book: badges(book, WEEK))["exchange"] == 3
    said = [(row.text, row.aim.tab if row.aim else "") for row in rows_of(post, "源汇区", WEEK)]
    assert said == [
        ("2 处两边填得不同，待选定", "settle"),
        ("1 个收到的包等装入", "waiting"),
    ]


def test_every_kind_of_line_leads_somewhere() -> None:
    post = Post((Returned("2023-W08", "累计数\n不符"),), 0, 0, 2, 3, sheet=True)
    rows = rows_of(post, "源汇区", WEEK)
    assert [row.text for row in rows] == [
        "源汇区退回第8周：累计数 不符",
        "3 个单位的核对码待电话核对",
        "2 个数据包还没有写到U盘",
        "还没有打印恢复单：这台电脑一旦损坏，就不能再收发",
    ]
    aims = [(row.aim.page, row.aim.period, row.aim.tab) for row in rows if row.aim]
    assert aims == [
        ("week", "2023-W08", ""), ("exchange", "", ""), ("exchange", "", "sent"),
        ("settings", "", "keys"),
    ]  # fmt: skip
    assert rows_of(Post((Returned(WEEK, "x"),)), "", WEEK) == []  # said by the steps already


def test_the_lines_stand_first_and_lead_there(desk: TestDesk, qtbot: Any) -> None:
    page = shown(desk, qtbot)
    shot(page, "week-post", 1210, 688)
    assert isinstance(page.level, TownshipLevel)
    look = page.level.view.look
    assert lines(look)[0] == "2 处两边填得不同，待选定"
    look.setFocus()
    look.setCurrentIndex(look.model().index(0, 0))
    QTest.keyClick(look, Qt.Key.Key_Return)
    assert desk.places[-1] == ("exchange", Landing(tab="settle"))


def test_a_returned_week_is_shown_in_every_other_week(
    enter: Any,  # noqa: F811
    homes: Path,  # noqa: F811
    qtbot: Any,
) -> None:
    above = homes / "district"
    with workspace.open_book(above / "district.yzb", profile=above / "profile") as book:
        sitting.take_in(book, [homes / "stick"])
        unit = lookup.find(book, "unit", FIRST)
        cycle.return_week(book, unit, office.WEEK, date(2023, 3, 9), "投资数不符")
        sending.hand_down(book, homes / "down", [unit])
    desk = enter(FIRST, WEEK, shown=False).desk
    ask(desk, lambda own: sitting.take_in(own, [homes / "down"]))
    page = shown(desk, qtbot)
    assert isinstance(page.level, TownshipLevel)
    look = page.level.view.look
    assert lines(look)[0] == "源汇区退回第9周：投资数不符"
    look.setFocus()
    look.setCurrentIndex(look.model().index(0, 0))
    QTest.keyClick(look, Qt.Key.Key_Return)
    assert desk.period == office.WEEK and desk.places[-1] == ("week", Landing())


def test_a_stick_that_is_put_in_is_told(desk: TestDesk, qtbot: Any, tmp_path: Path) -> None:
    stick = Volume(tmp_path, "KINGSTON", 1 << 30, 1 << 31, False, True)
    page = shown(desk, qtbot, stick)
    assert isinstance(page.level, TownshipLevel)
    look = page.level.view.look
    spin(lambda: "U盘 KINGSTON 已插入，可以查看、装入、写出" in lines(look))
    page.hide()
    assert not page.watch.timer.isActive()


def test_the_district_sees_whose_code_waits(
    enter: Any,  # noqa: F811
    homes: Path,  # noqa: F811
    qtbot: Any,
) -> None:
    room = enter(shown=False)
    ask(room.desk, lambda book: sitting.take_in(book, [homes / "stick"]))
    page = shown(room.desk, qtbot)
    shot(page, "week-post-district", 1210, 688)
    assert isinstance(page.level, DistrictLevel)
    assert page.level.view.post_card.isVisible()
    assert "1 个单位的核对码待电话核对" in lines(page.level.view.post)
    post = ask(room.desk, post_of)
    assert (post.held, post.codes, post.count) == (1, 1, 1), "one matter is counted once"
    assert not [line for line in lines(page.level.view.post) if "等装入" in line]
    assert ask(room.desk, lambda book: badges(book, WEEK))["exchange"] == 1
