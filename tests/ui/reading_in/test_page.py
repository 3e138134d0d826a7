"""Reading in with real keys and clicks: begin, answer, correct, write, take back, refuse."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.ledger.workspace import Book
from desktop.sheets.workbook import reading
from desktop.ui.landing import Landing
from desktop.ui.reading_in import remembering
from desktop.ui.reading_in.page import CHANGES, QUESTIONS, ReadingInPage
from desktop.ui.shell.window import MainWindow
from tests.ui.conftest import TestDesk, ask, settle, shot, spin
from tests.ui.reading_in.workbooks import KNOWN, NEW, weekly, written

Read = Callable[[Path], ReadingInPage]
Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(page: ReadingInPage, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Keys to whatever has the keyboard; then everything is answered and shown."""
    for key in keys:
        QTest.keyClick(focus(), key, held)
        settle(page.desk)


def type_(text: str) -> None:
    """Each sign goes to what has the keyboard by then."""
    for sign in text:
        QTest.keyClicks(focus(), sign)


def click(widget: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, at or widget.rect().center())


def row_of(desk: TestDesk, register: str, name: str) -> dict[str, Any] | None:
    """A project's row in the book, or its week's."""

    def run(book: Book) -> dict[str, Any] | None:
        project = next((one for one in book.rows("project") if one["name"] == name), None)
        if register == "project" or project is None:
            return dict(project) if project else None
        rows = book.rows(register, "2023-W11")
        return next((dict(one) for one in rows if one["project"] == project["record"]), None)

    found: dict[str, Any] | None = ask(desk, run)
    return found


def words(page: ReadingInPage) -> str:
    return page.workbook.line.said.text()


def no(asked: list[str], question: str, _advice: str, _yes: str) -> bool:
    """A person who would rather not."""
    asked.append(question)
    return False


# Beginning ----------------------------------------------------------------------------------------


def test_a_workbook_is_shown_with_its_questions_and_what_it_changes(
    read: Read, tmp_path: Path
) -> None:
    page = read(weekly(tmp_path))
    assert page.head.file.text() == "进展情况.xlsx"
    assert page.questions.left.text() == "还有 2 个问题"
    assert page.tabs.currentIndex() == QUESTIONS
    assert page.questions.hasFocus()
    assert page.intake.found is not None
    counts = {one.register: one.new for one in page.intake.found.summary.counts}
    assert counts == {"project": 1, "weekly": 1}
    assert page.workbook.tabs.count() == 2
    assert page.head.unit.text().startswith("填报单位")
    shot(page, "reading_in")


def test_the_empty_page_asks_for_a_file(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = weekly(tmp_path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    window.desk.go("reading-in")
    page = window.current
    assert isinstance(page, ReadingInPage)
    assert page.empty.button is not None
    click(page.empty.button)
    spin(lambda: page.intake.found is not None)
    assert window.desk.pc.get("reading_in.folder") == str(tmp_path)


def test_the_button_of_the_project_list_comes_here_and_asks(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def ask_for_file(*how: object) -> tuple[str, str]:
        asked.append(how)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask_for_file)
    window.desk.go("project")
    settle(window.desk)
    click(window.current.pane.excel)  # type: ignore[union-attr]
    assert isinstance(window.current, ReadingInPage)
    assert len(asked) == 1


def test_the_button_of_the_ledger_comes_here_too(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    window.desk.go("grid")
    settle(window.desk)
    click(window.current.headline.excel_button)  # type: ignore[union-attr]
    assert isinstance(window.current, ReadingInPage)


def test_what_is_no_workbook_is_said_and_nothing_is_shown(
    window: MainWindow, desk: TestDesk, tmp_path: Path
) -> None:
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 cut off")
    before = ask(desk, lambda book: book.journal.head)
    window.desk.go("reading-in", Landing(text=str(path)))
    spin(lambda: bool(desk.warnings))
    assert "坏.xlsx" in desk.warnings[0].sentence
    assert window.current.intake.found is None  # type: ignore[union-attr]
    assert ask(desk, lambda book: book.journal.head) == before


# Questions ----------------------------------------------------------------------------------------


def test_arrows_go_from_question_to_question_and_show_their_cells(
    read: Read, tmp_path: Path
) -> None:
    page = read(weekly(tmp_path))
    first = page.questions.case
    press(page, Key.Key_Down)
    second = page.questions.case
    assert first is not None
    assert second is not None
    assert first.id != second.id
    assert (page.workbook.view.row, page.workbook.view.column) == (second.row, second.column)
    press(page, Key.Key_Down)
    assert page.questions.case is first or page.questions.case == first


def test_a_number_takes_a_choice_and_the_next_question_comes(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    case = page.questions.case
    assert case is not None
    press(page, Key.Key_1)
    assert page.questions.left.text() == "还有 1 个问题"
    assert page.intake.wanted.given == {case.id: None}
    assert page.questions.case != case
    assert page.questions.hasFocus()


def test_enter_takes_the_proposal(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path, title=["沙澧高新区重点项目进展情况表 填报日期：2023年3月20日"]))
    case = page.questions.case
    assert case is not None
    assert (case.field, case.proposed) == ("period", True)
    press(page, Key.Key_Return)
    assert str(page.intake.found.plan.period) == case.choices[0].answer  # type: ignore[union-attr]


def test_another_value_is_typed_and_taken(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.questions.look_at("周报!E5:planned_finish")
    page.questions.setFocus()
    press(page, Key.Key_F2)
    type_("2023-12-31")
    press(page, Key.Key_Return)
    assert page.intake.wanted.given == {"周报!E5:planned_finish": "2023-12-31"}
    page.workbook.go_to("周报", 4, 4)
    assert "2023-12-31" in words(page)


def test_what_is_typed_wrong_is_told_and_stays_in_the_box(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.questions.look_at("周报!E5:planned_finish")
    page.questions.setFocus()
    type_("nonsense")
    press(page, Key.Key_Return)
    assert "nonsense" in page.questions.wrong.text()
    assert "planned_finish" not in page.questions.wrong.text()  # no ids for people
    assert page.questions.wrong.isVisible()
    assert page.questions.box.text() == "nonsense"
    assert page.intake.wanted.given == {}
    assert page.questions.left.text() == "还有 2 个问题"


def test_an_answered_question_can_be_opened_again(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    press(page, Key.Key_1)
    listed = page.questions.list
    item = listed.item(listed.count() - 1)
    assert item.text().endswith("留空，不写入")
    QTest.mouseClick(
        listed.viewport(),
        Qt.MouseButton.LeftButton,
        NONE,
        listed.visualItemRect(item).center(),
    )
    settle(page.desk)
    assert page.questions.left.text() == "还有 2 个问题"
    assert page.intake.wanted.given == {}


def test_a_cell_with_a_question_shows_it(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.questions.look_at("周报!D5:completed_week")
    view = page.workbook.view
    click(view.viewport(), view.cell_rect(4, 4).center())
    assert page.questions.case is not None
    assert page.questions.case.id == "周报!E5:planned_finish"


# Corrections --------------------------------------------------------------------------------------


def test_a_cell_is_given_another_value(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    view = page.workbook.view
    click(view.viewport(), view.cell_rect(3, 2).center())
    assert KNOWN in words(page)
    type_("99000")
    press(page, Key.Key_Return)
    assert page.intake.wanted.given == {"周报!C4:total_investment": "99000"}
    assert "99,000 万元" in words(page)
    assert view.hasFocus()


def test_a_wrong_value_is_told_below_the_sheet(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    view = page.workbook.view
    click(view.viewport(), view.cell_rect(3, 2).center())
    type_("abc")
    press(page, Key.Key_Return)
    assert "abc" in words(page)
    assert "total_investment" not in words(page)
    assert page.intake.wanted.given == {}


def test_a_column_is_given_a_field_by_its_heading(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    view = page.workbook.view
    view.go_to(3, 6)
    tag = view.tag_here()
    assert tag is not None
    assert tag.column.fields == ()
    click(view.viewport(), tag.rect.center())
    menu = page.menu
    assert menu.isVisible()
    QTest.keyClicks(menu.box, "bz")  # 备注, by its initials
    QTest.keyClick(menu.box, Key.Key_Return)
    settle(page.desk)
    assert page.intake.wanted.given == {"周报!G3:column": "remark"}
    assert view.tag_here().column.fields == ("remark",)  # type: ignore[union-attr]
    page.undo()
    settle(page.desk)
    assert page.intake.wanted.given == {}


def test_a_column_is_not_read_any_more(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    view = page.workbook.view
    view.setFocus()
    view.go_to(3, 2)
    press(page, Key.Key_Down, held=Qt.KeyboardModifier.AltModifier)
    menu = page.menu
    assert menu.list.currentItem().text().strip() == "总投资"
    for _ in range(menu.list.currentRow()):
        QTest.keyClick(menu.box, Key.Key_Up)
    assert menu.list.currentItem().text() == "不读入这一栏"
    QTest.keyClick(menu.box, Key.Key_Return)
    settle(page.desk)
    assert page.intake.wanted.given == {"周报!C3:column": None}
    assert words(page).startswith("这一栏没有读入")


def test_the_unit_of_the_whole_table_is_changed(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    view = page.workbook.view
    view.setFocus()
    view.go_to(3, 2)
    press(page, Key.Key_F4)
    chip = next(
        one for one in page.menu.units.findChildren(QWidget) if getattr(one, "key", "") == "元"
    )
    click(chip)
    settle(page.desk)
    assert page.intake.wanted.given == {"周报!C3:money_unit": "元", "周报!D3:money_unit": "元"}
    assert "8.2 万元" in words(page)


def test_another_week_is_chosen_above(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    menu = page.outcome.week.menu()
    wanted = next(one for one in menu.actions() if one.text().startswith("2023年第12周"))
    assert next(one for one in menu.actions() if one.isChecked()).text().startswith("2023年第11周")
    wanted.trigger()
    settle(page.desk)
    assert page.outcome.week.text().startswith("2023年第12周")
    assert str(page.intake.found.plan.period) == "2023-W12"  # type: ignore[union-attr]


def test_a_workbook_of_several_weeks_says_all_of_them(read: Read, tmp_path: Path) -> None:
    head = ["项目名称", "第11周完成投资", "第12周完成投资"]
    rows: list[list[Any]] = [["2023年周进度"], ["单位：万元"], head, [KNOWN, 100, 200]]
    week = read(written(tmp_path, ("台账", rows))).outcome.week
    assert week.text() == "2023年第11周、第12周"
    assert not week.isEnabled()


# Writing ------------------------------------------------------------------------------------------


def test_what_is_shown_is_written_and_taken_back_at_once(
    read: Read, desk: TestDesk, tmp_path: Path
) -> None:
    page = read(weekly(tmp_path))
    assert row_of(desk, "weekly", KNOWN) is None
    press(page, Key.Key_1, Key.Key_1)
    assert page.questions.left.text() == "没有要答复的问题"
    click(page.head.write_button)
    spin(lambda: page.intake.done is not None)
    settle(desk)
    week = row_of(desk, "weekly", KNOWN)
    assert week is not None
    assert week["completed_week"] == 3_330_000
    project = row_of(desk, "project", NEW)
    assert project is not None
    assert (project["total_investment"], project["planned_finish"]) == (8_000_000, None)
    assert page.outcome.title.text() == "已写入账本"
    assert "Ctrl+Z" in page.outcome.advice.text()
    assert page.tabs.currentIndex() == CHANGES
    assert not page.head.write_button.isEnabled()
    page.undo()
    settle(desk)
    assert row_of(desk, "project", NEW) is None
    assert row_of(desk, "weekly", KNOWN) is None
    assert page.outcome.title.text() == "将写入账本"
    assert page.head.write_button.isEnabled()


def test_every_value_remembers_its_cell(read: Read, desk: TestDesk, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.write()
    spin(lambda: page.intake.done is not None)
    rows = ask(
        desk,
        lambda book: book.connection.execute(
            "SELECT origin FROM journal ORDER BY position DESC LIMIT 4"
        ).fetchall(),
    )
    assert any("周报!D4" in str(row[0]) for row in rows)


def test_with_open_questions_it_is_asked_first_and_they_stay_out(
    read: Read, desk: TestDesk, tmp_path: Path
) -> None:
    page = read(weekly(tmp_path))
    asked: list[str] = []
    desk.messages.asker = partial(no, asked)
    press(page, Key.Key_F9)
    assert asked == ["还有 2 个问题没有答复。"]
    assert page.intake.done is None
    assert row_of(desk, "project", NEW) is None
    desk.messages.asker = lambda _question, _advice, _yes: True
    press(page, Key.Key_F9)
    spin(lambda: page.intake.done is not None)
    week = row_of(desk, "weekly", NEW)
    assert week is None or week["completed_week"] is None


def test_without_a_week_nothing_is_written_and_its_question_is_shown(
    read: Read, desk: TestDesk, tmp_path: Path
) -> None:
    page = read(weekly(tmp_path, title=["沙澧高新区重点项目进展情况表"]))
    press(page, Key.Key_Down)
    page.write()
    settle(desk)
    assert page.intake.done is None
    assert page.questions.case is not None
    assert page.questions.case.field == "period"


def test_a_comparison_with_an_older_book_is_not_written(
    read: Read, desk: TestDesk, tmp_path: Path
) -> None:
    page = read(weekly(tmp_path))
    found = page.intake.found
    record = ask(desk, lambda book: book.rows("project")[0]["record"])

    def change(book: Book) -> None:
        with book.batch("change") as batch:
            batch.change("project", record, {"place": "别处"})

    desk.write(desk, "修改", change)
    settle(desk)
    page.intake.found = found  # as if the newer comparison were still on its way
    page.intake.write()
    spin(lambda: bool(desk.warnings))
    settle(desk)
    assert desk.warnings[-1].name == "BookMoved"
    assert page.intake.done is None
    assert page.intake.found is not found
    assert row_of(desk, "project", NEW) is None


# Leaving ------------------------------------------------------------------------------------------


def test_another_page_may_be_looked_at_meanwhile(
    read: Read, window: MainWindow, desk: TestDesk, tmp_path: Path
) -> None:
    page = read(weekly(tmp_path))
    press(page, Key.Key_1)
    desk.go("project")
    assert window.current is not page
    assert "还没有写入账本" in desk.notes[-1]
    desk.go("reading-in", Landing(text="choose"))  # no file is asked for: one is under way
    assert page.questions.left.text() == "还有 1 个问题"


def test_closing_with_unwritten_answers_asks(
    read: Read, window: MainWindow, desk: TestDesk, tmp_path: Path
) -> None:
    page = read(weekly(tmp_path))
    assert page.may_end()  # nothing was answered yet
    press(page, Key.Key_1)
    asked: list[str] = []
    desk.messages.asker = partial(no, asked)
    assert not window.end()
    assert "进展情况.xlsx" in asked[0]
    click(page.head.drop_button)
    assert page.intake.workbook is not None
    desk.messages.asker = lambda _question, _advice, _yes: True
    click(page.head.drop_button)
    assert page.intake.workbook is None
    assert page.whole.currentIndex() == 0


def test_another_workbook_takes_the_place_of_the_first(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    press(page, Key.Key_1)
    other = written(tmp_path, ("人员", [["姓名", "年龄"], ["张三", 33]]), name="人员.xlsx")
    page.begin(other)
    spin(lambda: page.intake.path == other)
    settle(page.desk)
    assert page.intake.wanted.given == {}
    assert not page.head.write_button.isEnabled()
    assert page.head.file.text() == "人员.xlsx"


# Slow machines ----------------------------------------------------------------------------------


def test_writing_waits_for_the_latest_correction(
    read: Read, desk: TestDesk, tmp_path: Path
) -> None:
    page = read(weekly(tmp_path))
    page.intake.set_value("周报!C5", "total_investment", "900")
    page.write()  # at once: the comparison with the correction has not come
    spin(lambda: page.intake.done is not None)
    settle(desk)
    project = row_of(desk, "project", NEW)
    assert project is not None
    assert project["total_investment"] == 9_000_000


def test_a_refused_answer_takes_those_behind_it_along(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.intake.set_value("周报!C5", "total_investment", "nonsense")
    page.intake.set_value("周报!C4", "total_investment", "900")
    page.write()
    settle(page.desk)
    assert page.intake.wanted.given == {}
    assert not page.intake.comparing
    assert page.intake.done is None
    assert "周报 C5" in words(page)


def test_what_was_put_aside_does_not_come_back(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.intake.set_value("周报!C5", "total_investment", "900")
    page.intake.forget()
    settle(page.desk)
    assert page.intake.found is None
    assert page.whole.currentIndex() == 0


def test_reading_can_be_cancelled(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "command", lambda _kind, _path: ["sleep", "60"])
    window.desk.go("reading-in", Landing(text=str(weekly(tmp_path))))
    page = window.current
    assert isinstance(page, ReadingInPage)
    spin(window.overlay.isVisible)
    assert "进展情况.xlsx" in window.overlay.title.text()
    QTest.keyClick(window.overlay, Key.Key_Escape)
    spin(lambda: not window.overlay.isVisible())
    assert page.intake.found is None
    assert page.intake.workbook is None


# The next time ----------------------------------------------------------------------------------


def test_what_was_said_of_a_column_is_said_again_next_week(
    read: Read, desk: TestDesk, tmp_path: Path
) -> None:
    page = read(weekly(tmp_path))
    tag = next(one for one in page.workbook.view.tags() if one.column.heading == "暗号栏")
    page.intake.set_field("周报", tag.column, "remark")
    settle(desk)
    page.intake.forget()
    page = read(weekly(tmp_path))
    assert page.intake.wanted.given == {}  # it was only tried out
    page.intake.set_field("周报", tag.column, "remark")
    page.write()
    spin(lambda: page.intake.done is not None)
    settle(desk)
    page.give_up()
    page = read(weekly(tmp_path, title=["沙澧高新区重点项目进展情况表（2023年第12周）"]))
    assert page.intake.wanted.given == {"周报!G3:column": "remark"}
    assert "照上次指定的读" in desk.notes[-1]
    assert not page.intake.unwritten


def test_a_spoilt_memory_is_told_and_hinders_nothing(
    read: Read, desk: TestDesk, tmp_path: Path
) -> None:
    remembering.file().parent.mkdir(parents=True, exist_ok=True)
    remembering.file().write_text("{", encoding="utf-8")
    page = read(weekly(tmp_path))
    page.write()
    spin(lambda: page.intake.done is not None)
    settle(desk)
    assert [one.name for one in desk.warnings] == ["MemoryMalformed"]
