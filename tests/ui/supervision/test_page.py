"""The page 督办 with real keys and mouse: find, report, extend, verify, close, issue."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.ledger import merging, workspace
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.forms.dialog import RecordDialog
from desktop.ui.lists import closing
from desktop.ui.page import Landing
from desktop.ui.supervision import reading
from desktop.ui.supervision.asking import Asking
from desktop.ui.supervision.item_list import ItemModel
from desktop.ui.supervision.page import SupervisionPage
from desktop.ui.supervision.proposing import Proposing
from tests.ledger.district import district
from tests.ui.conftest import TestDesk, ask, settle, shot, spin
from tests.ui.supervision.items import TODAY, day, supervise

#: What the platform without a screen says of windows.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WEEK = "2023-W09"
CTRL = Qt.KeyboardModifier.ControlModifier
Show = Callable[[TestDesk], SupervisionPage]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The district's book with items of every kind, closed."""
    made, named = district(tmp_path / "区.yzb")
    with made:
        supervise(made, named)
    return made.path


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def shown(desk: TestDesk) -> SupervisionPage:
        desk.set_period(WEEK)
        page = SupervisionPage(desk)
        qtbot.addWidget(page)
        page.resize(1210, 688)
        desk.changed.connect(lambda _changes: page.refresh())  # What the shell does.
        page.refresh()
        page.show()
        page.list.setFocus()
        settle(desk)
        return page

    return shown


@pytest.fixture
def desk(make_desk: Callable[[Path], TestDesk], path: Path) -> TestDesk:
    return make_desk(path)


@pytest.fixture
def page(desk: TestDesk, show: Show) -> SupervisionPage:
    return show(desk)


@pytest.fixture
def township(
    path: Path, tmp_path: Path, make_desk: Callable[[Path], TestDesk], show: Show
) -> SupervisionPage:
    """The same items in the book of 大刘镇."""
    with workspace.open_book(path) as book:
        unit = next(row["record"] for row in book.rows("unit") if row["name"] == "大刘镇")
        lines = [line.authored for line in book.journal.lines() if line.entry.register != "book"]
    made = workspace.create_from(tmp_path / "镇.yzb", lines, unit, package="任务包-1")
    made.close()
    return show(make_desk(made.path))


def matters(page: SupervisionPage) -> list[str]:
    return [item.matter for item in page.model.items]


def choose(page: SupervisionPage, matter: str) -> None:
    page.list.choose(matters(page).index(matter))
    settle(page.desk)


def key(page: SupervisionPage, pressed: Qt.Key, more: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.list, pressed, more)


def row(page: SupervisionPage, matter: str) -> dict[str, Any]:
    rows = ask(page.desk, lambda book: book.rows("supervision"))
    assert isinstance(rows, list)
    return next(row for row in rows if row["matter"] == matter)


def asking(page: SupervisionPage) -> Asking:
    (dialog,) = [one for one in page.window().findChildren(Asking) if one.isVisible()]
    spin(dialog.isActiveWindow)
    return dialog


def typed(dialog: Asking, name: str, text: str) -> None:
    inner = dialog.boxes[name].editor.inner
    inner.selectAll()
    spoken(inner, text)


def spoken(widget: QWidget, text: str) -> None:
    """Type Chinese, as an input method hands it over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def said(page: SupervisionPage) -> str:
    assert isinstance(page.desk, TestDesk)
    return page.desk.notes[-1]


def warned(page: SupervisionPage) -> list[Any]:
    assert isinstance(page.desk, TestDesk)
    return page.desk.warnings


# Looking -----------------------------------------------------------------------------------------


def test_the_late_one_is_first_chosen_and_told_whole(page: SupervisionPage) -> None:
    assert matters(page)[0] == "42亩土地征收"
    assert page.detail.item is not None
    assert page.detail.item.matter == "42亩土地征收"
    assert page.detail.left.text() == "逾期 1 天"
    assert page.detail.number.text() == "督办〔2023〕7号"
    key(page, Qt.Key.Key_Down)
    settle(page.desk)
    assert page.detail.item.matter == "污水管网改造"


def test_chips_count_and_narrow(page: SupervisionPage) -> None:
    texts = [button.accessibleName() for button in page.bar.chips._group.buttons()]
    assert texts == ["全部 7", "未办结 5", "七日内到期 2", "逾期 1", "待销号 1", "已销号 1"]
    late = page.bar.chips._group.buttons()[3]
    QTest.mouseClick(late, Qt.MouseButton.LeftButton)
    assert matters(page) == ["42亩土地征收"]


def test_words_find_by_initials(page: SupervisionPage) -> None:
    page.start_find()
    QTest.keyClicks(page.bar.search, "hpps")
    spin(lambda: matters(page) == [])
    assert page.either.currentWidget() is page.empty
    page.bar.search.selectAll()
    QTest.keyClicks(page.bar.search, "hppf")
    spin(lambda: matters(page) == ["环评批复"])
    QTest.keyClick(page.bar.search, Qt.Key.Key_Return)
    assert matters(page) == ["环评批复"]
    page.bar.search.clear()
    spin(lambda: len(matters(page)) == 7)
    assert page.list.current() is not None
    assert page.list.current().matter == "环评批复"  # type: ignore[union-attr]


def test_a_unit_narrows(page: SupervisionPage) -> None:
    names = [page.bar.unit.itemText(at) for at in range(page.bar.unit.count())]
    assert names == ["全部单位", "大刘镇", "空冢郭镇"]
    page.bar.unit.setFocus()
    QTest.keyClick(page.bar.unit, Qt.Key.Key_Down)
    QTest.keyClick(page.bar.unit, Qt.Key.Key_Down)
    assert matters(page) == ["双回路供电接入"]


def test_another_week_judges_anew(page: SupervisionPage) -> None:
    page.desk.set_period("2023-W10")
    page.refresh()
    settle(page.desk)
    left = {item.matter: item.left for item in page.model.items}
    assert left["双回路供电接入"] == "逾期 2 天"


# Doing -------------------------------------------------------------------------------------------


def test_feedback_is_written_from_the_keyboard(page: SupervisionPage) -> None:
    choose(page, "双回路供电接入")
    key(page, Qt.Key.Key_Return)
    dialog = asking(page)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.boxes["feedback"].refusal == "请填写"
    typed(dialog, "feedback", "已完成勘测，三月底前接入")
    QTest.mouseClick(dialog.choice, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    settle(page.desk)
    written = row(page, "双回路供电接入")
    assert (written["feedback"], written["feedback_on"], written["state"]) == (
        "已完成勘测，三月底前接入",
        "2023-03-02",
        "已办结",
    )
    assert said(page) == "已反馈：督办〔2023〕9号"
    assert not shiboken6.isValid(dialog) or not dialog.isVisible()
    assert page.detail.item is not None
    assert (page.detail.item.matter, page.detail.left.text()) == ("双回路供电接入", "待销号")


def test_an_extension_that_is_none_is_refused_at_its_field(page: SupervisionPage) -> None:
    choose(page, "污水管网改造")
    QTest.mouseClick(page.detail.buttons["extend"], Qt.MouseButton.LeftButton)
    dialog = asking(page)
    typed(dialog, "extended_to", "2023.3.5")
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle(page.desk)
    assert "应在现在的时限 2023年3月5日 之后" in dialog.boxes["extended_to"].refusal
    assert dialog.isVisible()
    typed(dialog, "extended_to", "改天")
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    assert dialog.boxes["extended_to"].refusal
    typed(dialog, "extended_to", "2023.3.20")
    typed(dialog, "reason", "管材未到")
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle(page.desk)
    assert row(page, "污水管网改造")["extended_to"] == "2023-03-20"
    assert warned(page) == []
    choose(page, "污水管网改造")
    page.desk.undo()
    settle(page.desk)
    assert said(page) == "已撤销：延期：管材未到"
    assert row(page, "污水管网改造")["extended_to"] == day(3)


def test_esc_writes_nothing(page: SupervisionPage) -> None:
    QTest.mouseClick(page.detail.buttons["verify"], Qt.MouseButton.LeftButton)
    dialog = asking(page)
    typed(dialog, "verification", "看过")
    QTest.keyClick(dialog.boxes["verification"].editor.inner, Qt.Key.Key_Escape)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle(page.desk)
    assert row(page, "42亩土地征收")["verification"] is None


def test_a_verification_sends_back(page: SupervisionPage) -> None:
    choose(page, "环评批复")
    QTest.mouseClick(page.detail.buttons["verify"], Qt.MouseButton.LeftButton)
    dialog = asking(page)
    typed(dialog, "verification", "缺公示材料")
    QTest.mouseClick(dialog.choice, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle(page.desk)
    assert row(page, "环评批复")["state"] == "办理中"


def test_one_key_closes_all_that_are_chosen(page: SupervisionPage) -> None:
    choose(page, "42亩土地征收")
    key(page, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(page, Qt.Key.Key_F9)
    settle(page.desk)
    assert said(page) == "已销号 2 件（3月2日），按 Ctrl+Z 可以撤销"
    for matter in ("42亩土地征收", "污水管网改造"):
        assert (row(page, matter)["state"], row(page, matter)["closed_on"]) == (
            "已销号",
            "2023-03-02",
        )
    assert warned(page) == []
    page.desk.undo()
    settle(page.desk)
    assert row(page, "42亩土地征收")["state"] == "办理中"
    assert said(page) == "已撤销：销号 2 条"


def test_a_closed_one_is_closed_and_can_be_opened_again(page: SupervisionPage) -> None:
    choose(page, "去年的事项")
    assert not page.detail.buttons["close"].isEnabled()
    key(page, Qt.Key.Key_F9)
    settle(page.desk)
    assert said(page) == "已经销号，不再办理。"
    page.list.menu_wanted.emit(QPoint(40, 40))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    again = next(one for one in menu.actions() if one.text() == "恢复为未办结")
    again.trigger()
    menu.close()
    settle(page.desk)
    assert row(page, "去年的事项")["state"] == "待办"
    assert row(page, "去年的事项")["closed_on"] is None


def test_its_notice_is_printed_from_the_menu(page: SupervisionPage) -> None:
    choose(page, "42亩土地征收")
    page.list.menu_wanted.emit(QPoint(40, 40))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    next(one for one in menu.actions() if one.text() == "打印督办通知单").trigger()
    menu.close()
    item = page.list.current()
    assert item is not None
    notice = Landing(tab="supervision", record=item.record)
    assert isinstance(page.desk, TestDesk)
    assert page.desk.places == [("papers", notice)]


def test_a_new_one_is_offered_its_number(page: SupervisionPage) -> None:
    key(page, Qt.Key.Key_N, CTRL)
    settle(page.desk)
    (dialog,) = page.window().findChildren(RecordDialog)
    boxes = dialog.form.boxes
    assert boxes["number"].editor.text() == "督办〔2023〕13号"
    assert boxes["issued_on"].editor.stored == "2023-03-02"
    QTest.keyClicks(boxes["unit"].editor.inner, "kzg")
    settle(page.desk)
    QTest.keyClick(boxes["unit"].editor.inner, Qt.Key.Key_Return)
    spoken(boxes["matter"].editor.inner, "清理在建工地")
    dialog.save()
    settle(page.desk)
    written = row(page, "清理在建工地")
    assert (written["number"], written["due"], written["sheet"]) == (
        "督办〔2023〕13号",
        "2023-03-09",
        "督办",
    )
    assert page.list.current() is not None
    assert page.list.current().matter == "清理在建工地"  # type: ignore[union-attr]


def test_red_projects_become_items_when_they_are_ticked(page: SupervisionPage) -> None:
    QTest.mouseClick(page.propose, Qt.MouseButton.LeftButton)
    settle(page.desk)
    (dialog,) = page.window().findChildren(Proposing)
    assert [one.name for one in dialog.proposals] == ["戊"]
    assert dialog.yes.text() == "下达 1 件"
    first = dialog.tree.topLevelItem(0)
    assert first is not None
    first.setCheckState(0, Qt.CheckState.Unchecked)
    assert not dialog.yes.isEnabled()
    first.setCheckState(0, Qt.CheckState.Checked)
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    settle(page.desk)
    assert said(page) == "已下达督办 1 件，按 Ctrl+Z 可以撤销"
    current = page.list.current()
    assert current is not None
    assert (current.number, current.source, current.project_name) == (
        "督办〔2023〕13号",
        "进度滞后",
        "戊",
    )
    QTest.mouseClick(page.propose, Qt.MouseButton.LeftButton)
    settle(page.desk)
    assert said(page) == "没有亮红灯而未督办的项目"


def test_deleting_asks_first(page: SupervisionPage) -> None:
    asked: list[str] = []

    def no(question: str, _advice: str, _yes: str) -> bool:
        asked.append(question)
        return False

    page.desk.messages.asker = no
    choose(page, "项目入库")
    key(page, Qt.Key.Key_Delete)
    settle(page.desk)
    assert asked == ["删除“督办〔2023〕12号”吗？"]
    assert len(page.model.items) == 7
    page.desk.messages.asker = lambda _question, _advice, _yes: True
    key(page, Qt.Key.Key_Delete)
    settle(page.desk)
    assert len(page.model.items) == 6


def test_the_project_is_one_click_away(page: SupervisionPage) -> None:
    assert isinstance(page.desk, TestDesk)
    page.detail.project_wanted.emit("abc")
    assert page.desk.places == [("project", Landing(register="project", record="abc"))]


# The township ------------------------------------------------------------------------------------


def test_a_township_reports_and_the_rest_is_the_districts(township: SupervisionPage) -> None:
    buttons = township.detail.buttons
    seen = [act for act, button in buttons.items() if button.isVisibleTo(township.detail)]
    assert seen == ["report"]
    assert township.detail.why.text() == "延期、核查、销号由区县办理，本级填写反馈。"
    assert not township.new.isVisibleTo(township)
    assert not township.propose.isVisibleTo(township)
    key(township, Qt.Key.Key_F9)
    settle(township.desk)
    assert said(township) == "延期、核查、销号由区县办理，本级填写反馈。"
    key(township, Qt.Key.Key_N, CTRL)
    key(township, Qt.Key.Key_Delete)
    settle(township.desk)
    assert township.window().findChildren(RecordDialog) == []
    assert len(township.model.items) == 7
    key(township, Qt.Key.Key_Return)
    dialog = asking(township)
    typed(dialog, "feedback", "已签订 40 亩")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    settle(township.desk)
    assert row(township, "42亩土地征收")["feedback"] == "已签订 40 亩"
    assert warned(township) == []


def test_the_district_sees_what_the_township_reported(
    township: SupervisionPage, path: Path
) -> None:
    key(township, Qt.Key.Key_Return)
    dialog = asking(township)
    typed(dialog, "feedback", "已签订 40 亩")
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    settle(township.desk)
    own = ask(
        township.desk,
        lambda book: [line.authored for line in book.journal.lines() if line.entry.act == "change"],
    )
    assert isinstance(own, list)
    with workspace.open_book(path) as book:
        merging.receive(book, own, "上报包-1")
        found = {item.matter: item.feedback for item in reading.items(book, TODAY)}
    assert found["42亩土地征收"] == "已签订 40 亩"


# Where one is ------------------------------------------------------------------------------------


def test_one_returns_to_the_item_and_lands_on_another(
    page: SupervisionPage, desk: TestDesk, show: Show
) -> None:
    choose(page, "项目入库")
    place = page.place()
    again = SupervisionPage(desk)
    again.return_to(place)
    again.refresh()
    settle(desk)
    current = again.list.current()
    assert current is not None
    assert current.matter == "项目入库"
    late = next(item for item in page.items if item.late)
    again.bar.choose_part("closed")
    again.land(Landing(record=late.record))
    settle(desk)
    assert again.list.current() == late
    again.land(Landing(tab="late"))
    assert matters(again) == ["42亩土地征收"]
    again.deleteLater()


def test_a_scheme_without_the_register_says_so(
    page: SupervisionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "register_of", lambda _scheme: None)
    page.refresh()
    assert page.whole.currentWidget() is page.nothing


def test_the_model_keeps_qts_rules(page: SupervisionPage) -> None:
    model = ItemModel(lambda: TODAY)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show(page.items)
    model.show(page.items)
    model.show(page.items[:2])
    assert model.rowCount() == 2
    assert model.row_of(page.items[1].record) == 1
    assert model.row_of("none") == -1
    model.show(())
    assert tester.model() is model


# Pictures ----------------------------------------------------------------------------------------


def many(book: Book) -> None:
    """Two thousand items, some with very long texts."""
    units = [row["record"] for row in book.rows("unit") if row["level"] == "township"]
    long = (
        "关于加快推进"
        + "年产五十万套新能源汽车轻量化底盘及智能悬架系统总成生产基地" * 3
        + "建设有关事项"
    )
    with book.batch("import") as batch:
        for number in range(2000):
            matter = long if number % 7 == 0 else f"第 {number} 件督办事项：落实要素保障"
            batch.create(
                "supervision",
                {
                    "unit": units[number % len(units)],
                    "matter": matter,
                    "number": f"督办〔2023〕{number + 100}号",
                    "due": day(number % 60 - 20),
                    "state": ("待办", "办理中", "已办结", "已销号")[number % 4],
                    "responsible_unit": "源汇区自然资源和规划局、源汇区住房和城乡建设局",
                    "responsible_person": "欧阳建国",
                    "feedback": long if number % 7 == 0 else None,
                    "feedback_on": day(-2) if number % 7 == 0 else None,
                },
            )


@pytest.fixture
def themes(qapp: QApplication) -> Iterator[Callable[[bool], None]]:
    yield lambda dark: theme.apply(qapp, dark=dark)
    theme.apply(qapp, dark=False)


def test_a_picture_of_the_townships_page(township: SupervisionPage) -> None:
    shot(township, "supervision-township", 1210, 688)
    assert township.isVisible()


def test_pictures_of_the_page(page: SupervisionPage, themes: Callable[[bool], None]) -> None:
    """For the eye: seven items, two thousand, none; light and dark."""
    shot(page, "supervision", 1210, 688)
    page.desk.write(page, "读入", many)
    settle(page.desk)
    assert len(page.model.items) == 2007
    page.list.choose(next(at for at, one in enumerate(page.model.items) if one.feedback))
    settle(page.desk)
    shot(page, "supervision-2000", 1210, 688)
    themes(True)
    shot(page, "supervision-2000-dark", 1210, 688)
    themes(False)
    page.bar.search.setText("没有这样的")
    spin(lambda: not page.model.items)
    shot(page, "supervision-nothing", 1210, 688)


def test_two_thousand_are_closed_as_one_act(page: SupervisionPage) -> None:
    page.desk.write(page, "读入", many)
    settle(page.desk)
    records = [item.record for item in page.items]
    count = ask(
        page.desk, lambda book: closing.close(book, "supervision", records, date(2023, 3, 2))
    )
    assert count == 1506


def test_dialogs_for_the_eye(page: SupervisionPage) -> None:
    choose(page, "污水管网改造")
    QTest.mouseClick(page.detail.buttons["extend"], Qt.MouseButton.LeftButton)
    dialog = asking(page)
    typed(dialog, "extended_to", "2023.3.5")
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle(page.desk)
    shot(dialog, "supervision-extend", dialog.width(), dialog.height())
    dialog.reject()
    QTest.mouseClick(page.propose, Qt.MouseButton.LeftButton)
    settle(page.desk)
    (proposing,) = page.window().findChildren(Proposing)
    shot(proposing, "supervision-propose", proposing.width(), proposing.height())
    assert proposing.isVisible()


def test_the_page_has_room_in_the_largest_type(
    desk: TestDesk, show: Show, qapp: QApplication
) -> None:
    theme.apply(qapp, dark=False, scale=1.5)
    try:
        page = show(desk)
        page.resize(1132, 648)  # what a window of 1366 x 768 leaves of it
        assert (page.width(), page.height()) == (1132, 648)
    finally:
        theme.apply(qapp, dark=False, scale=1.0)
