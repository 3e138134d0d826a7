"""本周工作 of a district: accept and return from the matrix, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea

from desktop.ledger import cycle, workspace
from desktop.ledger.workspace import Book
from desktop.ui.forms.dialog import RecordDialog
from desktop.ui.page import Landing
from desktop.ui.week.district_level import DistrictLevel
from desktop.ui.week.district_view import DistrictView
from desktop.ui.week.look import Row
from desktop.ui.week.page import WeekPage
from desktop.ui.week.reason import ReasonDialog
from tests.ledger.books import noon
from tests.ui.conftest import TestDesk, ask, settle, spin
from tests.ui.week.books import WEEK, explain_all, item, project, week
from tests.ui.week.hands import OFFSCREEN, click, write

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
Fill = Callable[[Book], None]
Open = Callable[[Fill], tuple[TestDesk, WeekPage]]


@pytest.fixture
def opened(make_desk: Callable[[Path], TestDesk], tmp_path: Path, qtbot: Any) -> Open:
    """A page over a district's book that ``fill`` made, its clock at noon of March 2."""

    def made(fill: Fill) -> tuple[TestDesk, WeekPage]:
        with workspace.create(tmp_path / "d.yzb", "源汇区", clock=noon) as book:
            fill(book)
        desk = make_desk(tmp_path / "d.yzb")
        ask(desk, lambda book: setattr(book, "clock", noon))
        desk.set_period(WEEK)
        page = WeekPage(desk)
        qtbot.addWidget(page)
        page.resize(1210, 688)
        desk.changed.connect(lambda _changes: page.refresh())
        page.refresh()
        page.show()
        settle(desk)
        return desk, page

    return made


def three(book: Book) -> None:
    """Three units with a project each; two have sent."""
    with book.batch("create") as batch:
        units = [
            batch.create(
                "unit",
                {"name": name, "level": "township", "above": book.unit, "order": order},
            )
            for order, name in enumerate(("大刘镇", "空冢郭镇", "问十乡"), 1)
        ]
    for unit in units:
        week(book, project(book, f"项目{unit[:3]}", unit=unit), WEEK, 10, 10)
    explain_all(book, WEEK)
    for unit in units[:2]:
        cycle.submit(book, WEEK, noon().date(), unit=unit, filler="张晓燕")


def level(page: WeekPage) -> DistrictLevel:
    assert isinstance(page.level, DistrictLevel)
    return page.level


def view(page: WeekPage) -> DistrictView:
    return level(page).view


def states(desk: TestDesk) -> list[str]:
    found = ask(desk, lambda book: [one.state for one in cycle.submissions(book, WEEK)])
    assert isinstance(found, list)
    return found


def menu_of(page: WeekPage, row: int) -> dict[str, Any]:
    """Open the menu of this week's cell by the keyboard; its entries by their beginning."""
    matrix = view(page).matrix
    matrix.setFocus()
    matrix.setCurrentIndex(matrix.matrix.index(row, matrix.matrix.columnCount() - 1))
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    menu = level(page).menu
    assert menu is not None
    assert menu.isVisible()
    return {action.text()[:2]: action for action in menu.actions() if action.text()}


def test_the_cards_and_the_sentence(opened: Open) -> None:
    _, page = opened(three)
    assert [card.words() for card in view(page).cards.values()] == [
        "本周上报，2 / 3 家，待接收 2，未报 1",
        "本周完成投资，30 万元，上周没有填报",
        "年度完成率，0.3%，黄灯，低于序时进度 16.4 个百分点",
        "亮灯项目，■ 3　▲ 0　● 0，共 3 个项目",
    ]
    assert view(page).sentence.text() == "有 2 份上报待接收，本周还有 1 家未报。"
    assert [row.text for row in view(page).late.rows()] == ["问十乡"]


def test_everything_that_waits_is_accepted_at_once(opened: Open) -> None:
    desk, page = opened(three)
    page.setFocus()
    assert QApplication.focusWidget() is view(page).accept
    assert view(page).accept.text() == "全部接收（2）"
    QTest.keyClick(view(page).accept, Qt.Key.Key_Space)
    settle(desk)
    assert states(desk) == ["已接收", "已接收", "未上报"]
    assert not view(page).accept.isVisible()
    assert desk.notes[-1] == "已接收 2 份上报"


def test_one_week_is_accepted_from_its_cell(opened: Open) -> None:
    desk, page = opened(three)
    entries = menu_of(page, 1)
    assert entries["空冢"].text() == "空冢郭镇第9周：已上报（3月2日，填表人张晓燕），待接收。"
    assert not entries["空冢"].isEnabled()
    entries["接收"].trigger()
    settle(desk)
    assert states(desk) == ["已上报", "已接收", "未上报"]
    assert desk.notes[-1] == "已接收空冢郭镇第9周"
    assert not menu_of(page, 1)["接收"].isEnabled()


def test_one_week_is_returned_with_a_reason(opened: Open) -> None:
    desk, page = opened(three)
    menu_of(page, 0)["退回"].trigger()
    (dialog,) = page.findChildren(ReasonDialog)
    assert not dialog.go.isEnabled()
    told = "".join(label.text() for label in dialog.findChildren(QLabel))
    assert "不能用 Ctrl+Z 撤销" in told and "会重新上报" in told
    write(dialog.text, "累计数不符")
    click(dialog.go)
    settle(desk)
    assert states(desk)[0] == "已退回"
    reason = ask(desk, lambda book: cycle.submissions(book, WEEK)[0].reason)
    assert reason == "累计数不符"
    entries = menu_of(page, 0)
    assert not entries["退回"].isEnabled()
    entries["接收"].trigger()  # returned by mistake: taken back as the dialog said
    settle(desk)
    assert states(desk)[0] == "已接收"


def test_a_return_thought_better_of_changes_nothing(opened: Open) -> None:
    desk, page = opened(three)
    menu_of(page, 0)["退回"].trigger()
    (dialog,) = page.findChildren(ReasonDialog)
    write(dialog.text, "累计数不符")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(desk)
    assert states(desk) == ["已上报", "已上报", "未上报"]


def test_what_was_not_sent_is_neither_accepted_nor_returned(opened: Open) -> None:
    _, page = opened(three)
    entries = menu_of(page, 2)
    assert not entries["接收"].isEnabled()
    assert not entries["退回"].isEnabled()


def test_a_cell_leads_to_its_weeks_ledger(opened: Open) -> None:
    desk, page = opened(three)
    menu_of(page, 0)["看这"].trigger()
    assert desk.places[-1] == ("grid", Landing(register="weekly"))


def test_a_late_unit_leads_to_its_cell(opened: Open) -> None:
    _, page = opened(three)
    view(page).late.setFocus()
    QTest.keyClick(view(page).late, Qt.Key.Key_Return)
    assert view(page).matrix.hasFocus()
    assert view(page).matrix.currentIndex().row() == 2
    page.land(Landing(register="unit", record=view(page).matrix.matrix.district.lines[0].unit))  # type: ignore[union-attr]
    assert view(page).matrix.currentIndex().row() == 0


def test_decisions_due_lead_to_their_lists(opened: Open) -> None:
    def fill(book: Book) -> None:
        three(book)
        item(book, "supervision", book.unit, matter="供电", due="2023-03-01")

    desk, page = opened(fill)
    due = view(page).due
    assert [(row.text, row.right) for row in due.rows()] == [("源汇区　供电", "逾期 1 天")]
    spot = due.visualRect(due.model().index(0, 0)).center()
    QTest.mouseClick(due.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert desk.places[-1][0] == "supervision"


def test_printing_and_the_cards_lead_on(opened: Open) -> None:
    desk, page = opened(three)
    click(view(page).print)
    for name in ("money", "rate", "lights"):
        click(view(page).cards[name])
    click(view(page).cards["sent"])
    assert [name for name, _ in desk.places] == ["papers", "figures", "figures", "project"]
    assert desk.places[0][1] == Landing(register="weekly", text="print")
    assert view(page).matrix.hasFocus()


def test_a_district_without_units_offers_to_add_one(opened: Open) -> None:
    desk, page = opened(lambda book: None)
    assert view(page).sentence.text() == "还没有填报单位。请先新增乡镇、街道、园区。"
    assert not view(page).matrix.isVisible()
    page.setFocus()
    assert QApplication.focusWidget() is view(page).unit
    QTest.keyClick(view(page).unit, Qt.Key.Key_Return)
    settle(desk)
    (dialog,) = page.findChildren(RecordDialog)
    assert dialog.windowTitle() == "新增单位"
    assert dialog.defaults == {"above": desk.facts.unit, "level": "township"}
    assert desk.warnings == []


def test_units_without_projects_offer_the_first_project(opened: Open) -> None:
    def fill(book: Book) -> None:
        with book.batch("create") as batch:
            fields = {"name": "大刘镇", "level": "township", "above": book.unit}
            batch.create("unit", fields)

    desk, page = opened(fill)
    click(view(page).new)
    assert desk.places == [("project", Landing(text="new"))]
    assert [(row.text, row.right) for row in view(page).late.rows()] == [("大刘镇", "没有项目")]


def test_a_low_page_is_scrolled_to_the_units_rates(opened: Open) -> None:
    _, page = opened(three)
    page.resize(1132, 420)
    QApplication.processEvents()
    (area,) = page.findChildren(QScrollArea)
    rates = view(page).rates_card
    assert rates.isVisible() and view(page).rates.height() >= view(page).rates.minimumHeight() > 0
    assert area.verticalScrollBar().maximum() > 0
    area.ensureWidgetVisible(rates)
    bottom = rates.mapTo(area.viewport(), rates.rect().bottomLeft()).y()
    assert bottom <= area.viewport().height()


@pytest.mark.parametrize("size", [(1210, 688), (1190, 688), (944, 560)])
def test_what_the_exchange_asks_for_is_seen_whole(opened: Open, size: tuple[int, int]) -> None:
    """The lists below give way: one late unit does not keep the room of eight."""
    _, page = opened(three)
    shown = view(page)
    lines = (
        "U盘 KINGSTON 已插入，可以查看、装入、写出",
        "还没有打印恢复单：这台电脑一旦损坏，就不能再收发",
        "3 个收到的包等装入",
    )
    shown.show_post([Row(text=line, mark="yellow", right="打印", tone="explain") for line in lines])
    page.resize(*size)
    post = shown.post
    spin(lambda: post.isVisible() and not post.verticalScrollBar().isVisible())
    seen = post.viewport().rect()
    places = [post.visualRect(post.model().index(row, 0)) for row in range(3)]
    assert all(seen.contains(place) for place in places)


def test_forty_units_stay_readable_and_reachable(opened: Open) -> None:
    def fill(book: Book) -> None:
        with book.batch("create") as batch:
            for order in range(40):
                fields = {"name": f"第{order}镇", "level": "township", "above": book.unit}
                unit = batch.create("unit", {**fields, "order": order})
                batch.create("project", {"name": f"项目{order}", "unit": unit})

    _, page = opened(fill)
    matrix = view(page).matrix
    matrix.setFocus()
    QTest.keyClick(matrix, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert matrix.currentIndex().row() == 39
    assert matrix.viewport().rect().contains(matrix.visualRect(matrix.currentIndex()))
    assert not view(page).rates_card.isVisible()
    level(page).ask(matrix.matrix.district.lines[39].cells[-1], QPoint(0, 0))  # type: ignore[union-attr]
    assert level(page).menu is not None
