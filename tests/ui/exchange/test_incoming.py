"""What comes in, as it stands after something else was done: written, pulled out, taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.exchange import enrolment, sitting
from desktop.ledger import lookup
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.exchange import telling
from desktop.ui.exchange.found import LEAST
from desktop.ui.exchange.outcome import Outcome
from desktop.ui.exchange.page import ExchangePage
from desktop.ui.shell.window import MainWindow
from tests.ui.conftest import ask, shot
from tests.ui.exchange.conftest import ANSWERED, FIRST, SECOND, STRANGER, Room

Enter = Callable[..., Room]
KEY, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
WEEKLY = "SELECT count(*) FROM weekly WHERE removed = 0"


@pytest.fixture
def district(enter: Enter) -> Room:
    return enter()


def click(button: QAbstractButton) -> None:
    assert button.isVisible() and button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def chip(page: QWidget, words: str) -> QAbstractButton:
    (found,) = [
        one
        for one in page.findChildren(QAbstractButton)
        if one.isCheckable() and one.accessibleName().split(" ")[0] == words
    ]
    return found


def take_in(room: Room, homes: Path) -> None:
    room.put_in(homes / "stick")
    click(room.page.incoming.banner.take)
    room.settle()


def outcomes(room: Room) -> list[str]:
    return [row[5].text for row in room.page.incoming.model.table.rows]


# Written where was looked -----------------------------------------------------------------------


def test_what_was_written_is_counted_at_once(district: Room, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    district.put_in(stick)
    page = district.page
    sent = chip(page, "寄出的包")
    before = sent.accessibleName()
    assert page.incoming.banner.title.text() == "U盘 KINGSTON 上没有数据包"
    click(page.hand.destination.sticks[0])
    district.settle()
    written = len(list(stick.glob("task-*.yzp")))
    assert written > 0
    assert page.incoming.banner.title.text() == f"U盘 KINGSTON 上有 {written} 个包"
    assert set(outcomes(district)) == {"本单位写的，不用装"}
    assert chip(page, "本次查看").accessibleName() == f"本次查看 {written}"
    assert sent.accessibleName() != before


def test_what_was_taken_in_stays_to_be_read_after_a_writing(district: Room, homes: Path) -> None:
    take_in(district, homes)
    said = district.page.incoming.banner.title.text()
    click(district.page.hand.destination.sticks[0])
    district.settle()
    assert district.page.incoming.banner.title.text() == said


def test_a_look_keeps_the_package_that_is_chosen(district: Room, homes: Path) -> None:
    district.put_in(homes / "stick")
    incoming = district.page.incoming
    QTest.keyClick(incoming.table, KEY.Key_Down)
    chosen = incoming.list.chosen()
    assert chosen is not None and chosen.name == SECOND
    QTest.keyClick(incoming.table, KEY.Key_F5)
    district.settle()
    again = incoming.list.chosen()
    assert again is not None and again.digest == chosen.digest


# Pulled out -------------------------------------------------------------------------------------


def test_what_was_on_a_stick_is_counted_no_more_when_it_is_gone(
    district: Room, homes: Path
) -> None:
    district.put_in(homes / "stick")
    assert chip(district.page, "本次查看").accessibleName() == "本次查看 3"
    district.pull_out()
    assert chip(district.page, "本次查看").accessibleName() == "本次查看"


def test_a_stick_that_goes_during_a_look_is_gone_after_it(district: Room, homes: Path) -> None:
    district.put_in(homes / "stick")
    QTest.keyClick(district.page.incoming.table, KEY.Key_F5)
    district.page.incoming.pulled_out(homes / "stick", "U盘 KINGSTON")
    district.settle()
    assert district.page.incoming.banner.title.text() == "U盘 KINGSTON 已拔出。"
    assert chip(district.page, "本次查看").accessibleName() == "本次查看"


# Waiting ----------------------------------------------------------------------------------------


def test_what_waits_has_a_view_of_its_own_that_says_for_what(district: Room, homes: Path) -> None:
    page = district.page
    assert chip(page, "等装入").accessibleName() == "等装入 0"
    click(chip(page, "等装入"))
    assert page.waiting.either.currentIndex() == 0
    take_in(district, homes)
    assert chip(page, "等装入").accessibleName() == "等装入 1"
    click(chip(page, "等装入"))
    district.settle()
    (row,) = page.waiting.found.model.table.rows
    assert [row[1].text, row[5].text] == [ANSWERED, "等装入：先核对核对码"]
    assert "电话核对" in page.waiting.found.detail.advice.text()
    assert "等装入" in page.waiting.found.detail.source.text()
    assert not page.waiting.take.isVisible()
    shot(page, "exchange-waiting")


def test_what_waits_in_vain_no_more_can_be_taken_in_from_there(enter: Enter, homes: Path) -> None:
    room = enter()
    (package,) = [one for one in (homes / "stick").iterdir() if "kongzhongguo" in one.name]
    held = homes / "district" / "district.held"
    held.mkdir(exist_ok=True)
    from hashlib import sha256

    digest = sha256(package.read_bytes()).hexdigest()
    shutil.copy(package, held / f"waiting.{digest}.yzp")
    room.page.refresh()
    click(chip(room.page, "等装入"))
    room.settle()
    click(room.page.waiting.take)
    room.settle()
    assert room.page.stack.currentWidget() is room.page.incoming
    assert room.page.incoming.banner.take.text() == "装入 1 个"
    click(room.page.incoming.banner.take)
    room.settle()
    assert chip(room.page, "等装入").accessibleName() == "等装入 0"


def test_a_look_follows_what_waits_no_more(enter: Enter, homes: Path) -> None:
    room = enter()
    room.desk.write(room.page, "装入", lambda book: sitting.take_in(book, [homes / "stick"]))
    room.settle()
    room.put_in(homes / "stick")
    assert "等装入：先核对核对码" in outcomes(room)
    (code,) = [one.code for one in ask(room.desk, enrolment.codes) if one.state == "待核对"]
    (unit,) = [one.unit for one in ask(room.desk, enrolment.codes) if one.state == "待核对"]

    def confirm(book: Book) -> None:
        enrolment.confirm(book, unit, code)
        sitting.take_in(book, [])

    room.desk.write(room.page, "核对", confirm)
    room.settle()
    assert set(outcomes(room)) == {"已装入过，不再装"}
    assert chip(room.page, "等装入").accessibleName() == "等装入 0"


# Taken back -------------------------------------------------------------------------------------


def test_a_package_that_was_taken_back_says_so_and_can_be_taken_in_again(
    district: Room, homes: Path
) -> None:
    take_in(district, homes)
    page = district.page
    click(chip(page, "收到的包"))
    page.taken.show_newest()
    back = page.taken.packages[page.taken.table.chosen()]
    click(page.taken.undo)
    district.settle()
    incoming = page.incoming
    at = next(
        key for key in incoming.model.table.keys if incoming.sitting is not None
        and incoming.sitting.results[int(key)].digest == back.digest
    )  # fmt: skip
    click(chip(page, "本次查看"))
    incoming.table.choose(at)
    row = incoming.model.table.rows[incoming.model.table.keys.index(at)]
    assert [row[0].text, row[5].text] == ["▲", "撤销过，可重新装入"]
    assert incoming.detail.back.isVisible()
    shot(page, "exchange-taken-back")
    assert ask(district.desk, lambda book: book.connection.execute(WEEKLY).fetchone()[0]) == 1
    click(incoming.banner.take)
    district.settle()
    assert ask(district.desk, lambda book: book.connection.execute(WEEKLY).fetchone()[0]) == 2
    assert page.taken.packages[page.taken.table.chosen()].state == "已装入"


def test_a_result_that_holds_no_more_goes_with_its_stick(district: Room, homes: Path) -> None:
    take_in(district, homes)
    district.pull_out()
    click(chip(district.page, "收到的包"))
    district.page.taken.show_newest()
    click(district.page.taken.undo)
    district.settle()
    assert district.page.incoming.sitting is None
    assert chip(district.page, "本次查看").accessibleName() == "本次查看"


# Ctrl+Z -----------------------------------------------------------------------------------------


def new_project(book: Book) -> str:
    with book.batch("create", "旧河治理") as batch:
        unit = lookup.find(book, "unit", FIRST)
        return batch.create("project", {"name": "旧河治理", "unit": unit})


def standing(book: Book) -> int:
    row = book.connection.execute(
        "SELECT count(*) FROM project WHERE removed = 0 AND name = ?", ("旧河治理",)
    ).fetchone()
    return int(row[0])


def window(room: Room) -> MainWindow:
    main = MainWindow(room.desk)
    main.desk.messages.asker = room.ask
    main.show()
    assert QTest.qWaitForWindowActive(main)
    main.show_page("exchange")
    room.settle()
    return main


def press(main: MainWindow, room: Room) -> None:
    QTest.keyClick(main, KEY.Key_Z, CONTROL)
    room.settle()


def test_ctrl_z_after_a_take_in_leads_to_it_and_takes_nothing_back(
    enter: Enter, homes: Path
) -> None:
    room = enter(shown=False)
    room.desk.write(room.page, "新增", new_project)
    room.desk.write(room.page, "装入", lambda book: sitting.take_in(book, [homes / "stick"]))
    room.settle()
    main = window(room)
    press(main, room)
    page = main.current
    assert isinstance(page, ExchangePage)
    outcome = page.outcome.outcome
    assert isinstance(outcome, Outcome)
    assert outcome.sentence == "装入要在“收到的包”里撤销。"
    assert room.asked == []
    assert ask(room.desk, standing) == 1
    (way,) = [one for one in page.outcome.findChildren(QAbstractButton) if "收到" in one.text()]
    click(way)
    assert page.stack.currentWidget() is page.taken
    newest = page.taken.packages[page.taken.table.chosen()]
    assert newest.record == page.taken.model.table.keys[0]
    main.close()


def test_ctrl_z_asks_before_it_takes_back_what_is_not_seen(enter: Enter) -> None:
    room = enter(shown=False)
    room.desk.write(room.page, "新增", new_project)
    room.settle()
    main = window(room)
    room.answer = False
    press(main, room)
    assert room.asked == ["撤销“旧河治理”？"]
    assert ask(room.desk, standing) == 1
    room.answer = True
    press(main, room)
    assert ask(room.desk, standing) == 0
    main.close()


# Room -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1210, 688), (944, 560)])
def test_under_passphrases_the_page_scrolls_and_not_the_list(
    district: Room, homes: Path, size: tuple[int, int]
) -> None:
    page = district.page
    page.resize(*size)
    for at in range(2):
        shutil.copy(next((homes / "stick").glob("report-w*")), homes / "stick" / f"x{at}.yzp")
        with (homes / "stick" / f"x{at}.yzp").open("ab") as file:
            file.write(bytes([at]))
    district.put_in(homes / "stick")
    lines = tuple((name, "1234-5678-9012-3456", "task-0001.yzp") for name in (FIRST, STRANGER))
    page.outcome.show_outcome(Outcome("good", "写好", ("收件单位",), lines))
    QApplication.processEvents()
    table = page.incoming.table
    shot(page, f"exchange-passphrases-{size[0]}", *size)
    assert len(page.incoming.model.table.rows) == 5
    assert not table.verticalScrollBar().isVisible()
    assert table.viewport().height() >= 5 * theme.current().row
    detail = page.incoming.detail
    assert detail.height() >= theme.current().px(LEAST)
    bottom = detail.mapTo(page.stack, detail.rect().bottomLeft()).y()
    assert bottom <= page.stack.height(), "the page scrolls to its end"
    assert page.columns.main.verticalScrollBar().maximum() > 0


def test_nothing_below_the_strip_moves_during_a_look(district: Room, homes: Path) -> None:
    district.put_in(homes / "stick")
    page, banner = district.page, district.page.incoming.banner
    high, at = banner.height(), page.views.y()
    banner.say(telling.looking("U盘 KINGSTON"))
    for _ in range(3):
        QApplication.processEvents()
    assert (banner.height(), page.views.y()) == (high, at)
