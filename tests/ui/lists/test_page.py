"""The page 清单 with real keys and mouse: switch, narrow, close out, add, edit in the cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from desktop.ledger import workspace
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.forms.dialog import RecordDialog
from desktop.ui.landing import Landing
from desktop.ui.lists import reading
from desktop.ui.lists.page import ListsPage
from desktop.ui.lists.row_menu import open_menu
from desktop.ui.lists.sheet import LEFT
from tests.ledger.district import district
from tests.ui.conftest import TestDesk, ask, settle, shot, spin
from tests.ui.forms.typing import press, say

#: What the platform without a screen says of windows.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

WEEK = "2023-W09"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Show = Callable[[TestDesk], ListsPage]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The small district's book, closed."""
    made, _ = district(tmp_path / "区.yzb")
    made.close()
    return made.path


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def shown(desk: TestDesk) -> ListsPage:
        desk.set_period(WEEK)
        page = ListsPage(desk)
        qtbot.addWidget(page)
        page.resize(1210, 688)
        desk.changed.connect(lambda _changes: page.refresh())  # What the shell does.
        page.refresh()
        page.show()
        settle(desk)
        go(page, "problem")
        page.body.view.setFocus()
        return page

    return shown


@pytest.fixture
def desk(make_desk: Callable[[Path], TestDesk], path: Path) -> TestDesk:
    return make_desk(path)


@pytest.fixture
def page(desk: TestDesk, show: Show) -> ListsPage:
    return show(desk)


def go(page: ListsPage, register: str) -> None:
    """Click on a list's tab."""
    names = [page.switch.tabData(at) for at in range(page.switch.count())]
    where = page.switch.tabRect(names.index(register)).center()
    QTest.mouseClick(page.switch, Qt.MouseButton.LeftButton, pos=where)
    settle(page.desk)


def column(page: ListsPage, name: str) -> int:
    assert page.body.model.contents is not None
    return page.body.model.contents.sheet.column(name)


def texts(page: ListsPage, name: str = "problem") -> list[str]:
    """What stands in a column, from the first row to the last."""
    model = page.body.model
    return [model.cell(row, column(page, name)).text for row in range(model.rowCount())]


def stand(page: ListsPage, text: str, name: str = "problem") -> None:
    """Make a cell the active one."""
    page.body.view.go_to(texts(page, name).index(text), column(page, name))


def key(page: ListsPage, pressed: Qt.Key, more: Any = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.body.view, pressed, more)
    settle(page.desk)


def focused() -> QWidget:
    """Where a key goes now: the grid, or the editor that it has opened."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def rows(page: ListsPage, register: str = "problem") -> list[dict[str, Any]]:
    found = ask(page.desk, lambda book: book.rows(register))
    assert isinstance(found, list)
    return found


def row(page: ListsPage, text: str) -> dict[str, Any]:
    return next(one for one in rows(page) if one["problem"] == text)


def chips(page: ListsPage) -> list[str]:
    return [button.accessibleName() for button in page.bar.chips._group.buttons()]


def choose(page: ListsPage, part: int) -> None:
    """Click on a chip."""
    button = page.bar.chips._group.buttons()[part]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(page.desk)


def said(page: ListsPage) -> str:
    assert isinstance(page.desk, TestDesk)
    return page.desk.notes[-1]


def dialog_of(page: ListsPage) -> RecordDialog:
    settle(page.desk)
    (dialog,) = [one for one in page.window().findChildren(RecordDialog) if one.isVisible()]
    return dialog


# Looking -----------------------------------------------------------------------------------------


def test_the_lists_stand_as_tabs_with_what_is_open_and_late(page: ListsPage) -> None:
    titles = [page.switch.tabText(at) for at in range(page.switch.count())]
    assert titles == [
        "倒排工期节点 1",
        "问题清单 3",
        "停工项目清单 1",
        "包联服务清单",
        "会议议定事项",
        "函件",
        "函件回复",
    ]
    assert page.switch.tabToolTip(1) == "问题清单：未办结 3，逾期 1"
    assert [page.switch.late(at) for at in range(page.switch.count())] == [0, 1, 0, 0, 0, 0, 0]
    badge = page.switch.tabButton(1, QTabBar.ButtonPosition.RightSide)
    assert badge is not None
    assert badge.isVisible()
    assert page.switch.tabRect(1).contains(badge.geometry())
    stand(page, "土地未征收")
    key(page, Qt.Key.Key_F9)
    assert page.switch.late(1) == 0


def test_the_most_urgent_stand_first_with_the_time_left(page: ListsPage) -> None:
    assert list(zip(texts(page), texts(page, LEFT), strict=True)) == [
        ("土地未征收", "逾期 2 天"),
        ("环评未批复", "还有 3 天"),
        ("以后才发现", ""),
        ("供电未接入", ""),
    ]
    model = page.body.model
    tones = [model.cell(at, column(page, LEFT)).tone for at in range(4)]
    assert tones == ["light:red", "light:yellow", "plain", "plain"]
    assert model.cell(3, column(page, "problem")).tone == "faint"
    assert model.cell(0, column(page, "problem")).tone == "plain"


def test_chips_count_and_narrow(page: ListsPage) -> None:
    assert chips(page) == ["全部 4", "未办结 3", "七日内到期 1", "逾期 1", "已销号 1"]
    choose(page, 3)
    assert texts(page) == ["土地未征收"]
    choose(page, 4)
    assert texts(page) == ["供电未接入"]
    go(page, "milestone")
    assert chips(page)[-1].startswith("已完成")
    assert page.close_button.text() == "完成"


def test_a_list_that_is_never_closed_has_no_parts(page: ListsPage) -> None:
    go(page, "sponsor")
    assert chips(page) == ["全部 0"]
    assert not page.close_button.isVisibleTo(page)
    assert page.either.currentWidget() is page.nothing
    assert page.nothing.button is not None
    assert page.nothing.button.text() == "新增包联服务"


def test_words_find_by_initials_and_enter_goes_to_the_rows(page: ListsPage) -> None:
    page.start_find()
    QTest.keyClicks(page.bar.search, "hpwpf")
    spin(lambda: texts(page) == ["环评未批复"])
    press(page.bar.search, Qt.Key.Key_Return)
    spin(page.body.view.hasFocus)
    press(page.bar.search, Qt.Key.Key_Escape)
    spin(lambda: len(texts(page)) == 4)
    say(page.bar.search, "没有这样的")
    page.bar.searched.emit(page.bar.search.text())
    settle(page.desk)
    assert page.either.currentWidget() is page.nothing
    assert page.nothing.button is not None
    QTest.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    settle(page.desk)
    assert len(texts(page)) == 4


def test_the_keyboard_turns_to_the_next_list(page: ListsPage) -> None:
    key(page, Qt.Key.Key_PageDown, CTRL)
    assert page.register.name == "stopped"
    assert texts(page, "reason") == ["工程款未到位"]
    key(page, Qt.Key.Key_PageUp, CTRL)
    key(page, Qt.Key.Key_PageUp, CTRL)
    assert page.register.name == "milestone"


def test_another_week_judges_anew(page: ListsPage) -> None:
    page.desk.set_period("2023-W10")
    page.refresh()
    settle(page.desk)
    left = dict(zip(texts(page), texts(page, LEFT), strict=True))
    assert left["土地未征收"] == "逾期 9 天"
    assert left["环评未批复"] == ""


def test_headings_sort_and_the_time_left_goes_back_to_urgency(page: ListsPage) -> None:
    page.body.view.sort_requested.emit("problem", False)
    settle(page.desk)
    assert texts(page)[0] == "供电未接入"
    page.body.view.sort_requested.emit(LEFT, False)
    settle(page.desk)
    assert texts(page)[0] == "土地未征收"


# Closing out -------------------------------------------------------------------------------------


def test_one_key_closes_and_the_next_takes_its_place(page: ListsPage) -> None:
    choose(page, 1)
    stand(page, "土地未征收")
    key(page, Qt.Key.Key_F9)
    assert (row(page, "土地未征收")["state"], row(page, "土地未征收")["closed_on"]) == (
        "已销号",
        "2023-03-02",
    )
    assert said(page) == "已销号 1 条（3月2日），按 Ctrl+Z 可以撤销"
    assert texts(page) == ["环评未批复", "以后才发现"]
    assert page.body.view.current() == (0, column(page, "problem"))
    assert chips(page)[1] == "未办结 2"
    assert page.switch.tabText(1) == "问题清单 2"
    key(page, Qt.Key.Key_Z, CTRL)
    assert said(page) == "已撤销：销号"
    assert row(page, "土地未征收")["state"] == "整改中"
    assert texts(page)[0] == "土地未征收"


def test_in_the_whole_list_one_stays_in_the_row(page: ListsPage) -> None:
    stand(page, "土地未征收")
    key(page, Qt.Key.Key_F9)
    assert texts(page)[0] == "环评未批复"
    assert page.body.view.current()[0] == 0


def test_several_are_closed_as_one_act(page: ListsPage) -> None:
    stand(page, "环评未批复")
    key(page, Qt.Key.Key_Down, SHIFT)
    key(page, Qt.Key.Key_Down, SHIFT)
    QTest.mouseClick(page.close_button, Qt.MouseButton.LeftButton)
    settle(page.desk)
    assert said(page) == "已销号 1 条（3月2日），按 Ctrl+Z 可以撤销"
    assert row(page, "以后才发现")["state"] == "已销号"
    assert row(page, "供电未接入")["closed_on"] == "2023-02-20"
    page.desk.undo()
    settle(page.desk)
    assert row(page, "以后才发现")["state"] == "待办"


def test_what_is_closed_already_is_said_to_be(page: ListsPage) -> None:
    stand(page, "供电未接入")
    key(page, Qt.Key.Key_F9)
    assert said(page) == "选中的都已经是“已销号”"


def test_the_menu_opens_a_closed_one_again(page: ListsPage) -> None:
    stand(page, "供电未接入")
    menu = open_menu(page, QPoint(50, 50))
    texts_ = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert texts_ == ["打开", "看项目一张表", "销号", "恢复为未办结", "复制", "粘贴", "删除这些行"]
    menu.actions()[3].trigger()
    menu.close()
    settle(page.desk)
    assert row(page, "供电未接入")["state"] == "待办"
    assert row(page, "供电未接入")["closed_on"] is None
    assert said(page) == "已恢复 1 条为未办结"


def test_a_key_leads_from_a_row_to_its_paper(page: ListsPage) -> None:
    """A problem to its project, a decision to the minutes, a letter and its reply to the letter."""
    desk = page.desk
    assert isinstance(desk, TestDesk)

    def write(book: Book) -> dict[str, str]:
        unit = book.connection.execute("SELECT record FROM unit WHERE name = '大刘镇'").fetchone()[
            0
        ]
        made = {}
        with book.batch("create") as batch:
            made["minutes"] = batch.create("meeting", {"name": "调度会", "held_on": "2023-03-02"})
            batch.create("decision", {"meeting": made["minutes"], "matter": "一周内接电"})
            said = {"unit": unit, "matter": "进度滞后", "rule": "规则", "figures": "数据"}
            made["talk"] = batch.create("letter", {**said, "kind": "约谈通知"})
            batch.create("letter", {**said, "kind": "通报", "matter": "通报"})
            batch.create("reply", {"unit": unit, "letter": made["talk"], "text": "已整改"})
        return made

    made = ask(desk, write)
    page.refresh()
    settle(desk)
    stand(page, "供电未接入")
    key(page, Qt.Key.Key_P, CTRL)
    project = row(page, "供电未接入")["project"]
    assert desk.places == [("papers", Landing(tab="card", record=project))]
    for register, name, text, kind in (
        ("decision", "matter", "一周内接电", "minutes"),
        ("letter", "matter", "进度滞后", "talk"),
        ("reply", "text", "已整改", "talk"),
    ):
        go(page, register)
        stand(page, text, name)
        key(page, Qt.Key.Key_P, CTRL)
        assert desk.places[-1] == ("papers", Landing(tab=kind, record=made[kind])), register
    go(page, "letter")
    stand(page, "通报", "matter")
    key(page, Qt.Key.Key_P, CTRL)
    assert len(desk.places) == 4
    assert said(page) == "这一条没有可以打印的函件、纪要或项目表"


def test_what_is_being_typed_is_written_before_it_is_closed(page: ListsPage) -> None:
    stand(page, "以后才发现")
    page.body.view.go_to(page.body.view.current()[0], column(page, "responsible_person"))
    page.body.view.edit_current("王敏")
    key(page, Qt.Key.Key_F9)
    written = row(page, "以后才发现")
    assert (written["responsible_person"], written["state"]) == ("王敏", "已销号")


# Editing -----------------------------------------------------------------------------------------


def test_cells_are_filled_as_in_the_ledger(page: ListsPage) -> None:
    stand(page, "环评未批复")
    page.body.view.go_to(1, column(page, "due"))
    for sign in "2023.3.1":
        QTest.keyClicks(focused(), sign)
    press(focused(), Qt.Key.Key_Return)
    settle(page.desk)
    assert row(page, "环评未批复")["due"] == "2023-03-01"
    assert "逾期 1 天" in texts(page, LEFT)
    assert chips(page)[3] == "逾期 2"


def test_the_time_left_is_not_typed(page: ListsPage) -> None:
    page.body.view.go_to(0, column(page, LEFT))
    assert not page.body.view.edit_current()
    assert not page.body.model.cell(0, column(page, LEFT)).editable


def test_a_refused_text_stays_and_comes_back_after_the_next_start(
    page: ListsPage, desk: TestDesk
) -> None:
    page.body.model.commit([(1, column(page, "due"), "改天")], "修改")
    settle(desk)
    place = page.place()
    assert place["register"] == "problem"
    again = ListsPage(desk)
    again.return_to(place)
    again.refresh()
    settle(desk)
    cell = again.body.model.cell(1, column(again, "due"))
    assert (cell.text, cell.tone) == ("改天", "must")
    again.deleteLater()


# Adding, looking closely, taking away ------------------------------------------------------------


def test_a_new_one_asks_for_the_project_first(page: ListsPage) -> None:
    key(page, Qt.Key.Key_N, CTRL)
    dialog = dialog_of(page)
    boxes = dialog.form.boxes
    assert next(iter(boxes)) == "project"
    assert boxes["found_on"].editor.stored == "2023-03-02"
    assert boxes["state"].editor.stored == "待办"
    say(boxes["project"].editor.inner, "戊")
    settle(page.desk)
    press(boxes["project"].editor.inner, Qt.Key.Key_Return)
    say(boxes["problem"].editor.inner, "新发现的问题")
    dialog.save()
    settle(page.desk)
    assert row(page, "新发现的问题")["project"] == next(
        one["record"] for one in rows(page, "project") if one["name"] == "戊"
    )
    at = page.body.view.current()
    assert page.body.model.cell(at[0], column(page, "problem")).text == "新发现的问题"
    assert chips(page)[0] == "全部 5"


def test_one_item_is_looked_at_closely(page: ListsPage) -> None:
    stand(page, "土地未征收")
    key(page, Qt.Key.Key_O, CTRL)
    dialog = dialog_of(page)
    assert dialog.form.record == row(page, "土地未征收")["record"]
    dialog.reject()


def test_taking_away_asks_first(page: ListsPage) -> None:
    asked: list[str] = []

    def answer(question: str, _advice: str, _yes: str) -> bool:
        asked.append(question)
        return len(asked) > 1

    page.desk.messages.asker = answer
    stand(page, "以后才发现")
    key(page, Qt.Key.Key_Minus, CTRL)
    assert len(rows(page)) == 4
    key(page, Qt.Key.Key_Minus, CTRL)
    assert len(rows(page)) == 3
    assert asked == ["删除这 1 条问题吗？"] * 2
    page.desk.undo()
    settle(page.desk)
    assert len(rows(page)) == 4
    assert said(page) == "已撤销：删除问题 1 条"


def test_delete_empties_cells_and_never_rows(page: ListsPage) -> None:
    page.body.view.go_to(0, column(page, "measure"))
    key(page, Qt.Key.Key_Delete)
    assert len(rows(page)) == 4
    assert row(page, "土地未征收")["measure"] is None


def test_a_township_closes_its_problems_and_makes_no_decisions(
    path: Path, tmp_path: Path, make_desk: Callable[[Path], TestDesk], show: Show
) -> None:
    with workspace.open_book(path) as book:
        unit = next(one["record"] for one in book.rows("unit") if one["name"] == "大刘镇")
        with book.batch("create") as batch:
            meeting = batch.create("meeting", {"name": "第9次会", "held_on": "2023-03-01"})
            fields = {"meeting": meeting, "unit": unit, "due": "2023-03-09"}
            batch.create("decision", {"matter": "落实供电", **fields})
        lines = [
            line.authored
            for line in book.journal.lines()
            if line.entry.register not in ("book", "meeting")
        ]
    made = workspace.create_from(tmp_path / "镇.yzb", lines, unit, package="任务包-1")
    made.close()
    page = show(make_desk(made.path))
    stand(page, "土地未征收")
    key(page, Qt.Key.Key_F9)
    assert row(page, "土地未征收")["state"] == "已销号"
    go(page, "decision")
    assert texts(page, "matter") == ["落实供电"]
    assert not page.new_button.isVisibleTo(page)
    key(page, Qt.Key.Key_N, CTRL)
    assert said(page) == "“会议议定事项”由上级单位新增，本级填写办理情况"
    key(page, Qt.Key.Key_Minus, CTRL)
    assert said(page) == "“会议议定事项”由上级单位新增和删除"
    assert len(rows(page, "decision")) == 1
    assert isinstance(page.desk, TestDesk)
    assert page.desk.warnings == []


# Where one is ------------------------------------------------------------------------------------


def test_one_lands_in_a_cell_whatever_hides_it(page: ListsPage) -> None:
    record = row(page, "供电未接入")["record"]
    choose(page, 3)
    page.land(Landing(register="problem", record=record, field="due"))
    settle(page.desk)
    at = page.body.view.current()
    assert page.body.model.row_key(at[0]) == record
    assert at[1] == column(page, "due")
    assert page.bar.part == "all"


def test_one_lands_in_another_list_and_part(page: ListsPage) -> None:
    record = rows(page, "milestone")[0]["record"]
    page.land(Landing(register="milestone", record=record))
    settle(page.desk)
    assert page.register.name == "milestone"
    assert page.body.model.row_key(page.body.view.current()[0]) == record
    page.land(Landing(register="problem", tab="late"))
    settle(page.desk)
    assert texts(page) == ["土地未征收"]


def test_one_lands_before_the_page_has_read_anything(desk: TestDesk, qtbot: QtBot) -> None:
    desk.set_period(WEEK)
    found = ask(desk, lambda book: book.rows("stopped")[0]["record"])
    page = ListsPage(desk)
    qtbot.addWidget(page)
    page.refresh()
    page.land(Landing(register="stopped", record=str(found)))
    page.show()
    settle(desk)
    assert page.register.name == "stopped"
    assert page.body.model.row_key(page.body.view.current()[0]) == found


def test_one_returns_to_list_part_row_and_columns(page: ListsPage, desk: TestDesk) -> None:
    choose(page, 1)
    stand(page, "以后才发现")
    layout = page.body.view.get_layout()
    page.body.view.set_layout({**layout, "hidden": [*layout["hidden"], "phone"]})
    page.body.view.layout_changed.emit()
    again = ListsPage(desk)
    again.return_to(page.place())
    again.refresh()
    settle(desk)
    assert (again.register.name, again.bar.part) == ("problem", "open")
    at = again.body.view.current()
    assert again.body.model.cell(at[0], column(again, "problem")).text == "以后才发现"
    assert "phone" in again.body.view.get_layout()["hidden"]
    again.deleteLater()


def test_a_scheme_without_lists_says_so(page: ListsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "lists_of", lambda _scheme: ())
    page.refresh()
    assert page.either.currentWidget() is page.nothing
    assert page.nothing.text.text() == "方案中没有清单"


def test_the_model_keeps_qts_rules(page: ListsPage) -> None:
    tester = QAbstractItemModelTester(
        page.body.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    choose(page, 1)
    stand(page, "土地未征收")
    key(page, Qt.Key.Key_F9)
    go(page, "milestone")
    assert tester.model() is page.body.model


# Pictures ----------------------------------------------------------------------------------------


def many(book: Book) -> None:
    """Two thousand problems, some with very long texts."""
    projects = [one["record"] for one in book.rows("project")]
    long = "红线内第三村民组四十户附着物补偿协议未签订，施工便道不能贯通，" * 4
    with book.batch("import") as batch:
        for number in range(2000):
            batch.create(
                "problem",
                {
                    "project": projects[number % len(projects)],
                    "problem": f"{long}{number}" if number % 5 == 0 else f"问题 {number}",
                    "aspect": ("用地", "征迁", "资金")[number % 3],
                    "found_on": "2023-02-01",
                    "due": f"2023-03-{number % 28 + 1:02}",
                    "measure": long if number % 3 == 0 else None,
                    "responsible_unit": "源汇区自然资源和规划局",
                    "responsible_person": "欧阳建国",
                    "state": ("待办", "整改中", "已解决", "已销号")[number % 4],
                },
            )


@pytest.fixture
def themes(qapp: QApplication) -> Iterator[Callable[[bool], None]]:
    yield lambda dark: theme.apply(qapp, dark=dark)
    theme.apply(qapp, dark=False)


def test_pictures_of_the_page(page: ListsPage, themes: Callable[[bool], None]) -> None:
    """For the eye: four items, two thousand, none; light and dark."""
    shot(page, "lists-few", 1210, 688)
    page.desk.write(page, "读入", many)
    settle(page.desk)
    spin(lambda: page.body.model.rowCount() == 2004)
    page.body.view.select_block(3, column(page, "problem"), 6, column(page, "measure"))
    settle(page.desk)
    shot(page, "lists-2000", 1210, 688)
    themes(True)
    shot(page, "lists-2000-dark", 1210, 688)
    themes(False)
    go(page, "sponsor")
    shot(page, "lists-nothing", 1210, 688)
    assert page.either.currentWidget() is page.nothing
