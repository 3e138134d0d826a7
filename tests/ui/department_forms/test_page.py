"""部门表样 with real clicks and keys: learned once, corrected, filled, replaced, deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.ledger.forms_beside import folder_of
from desktop.sheets.forms import keeping
from desktop.ui.department_forms.page import FormsPage
from desktop.ui.papers.page import PapersPage
from desktop.ui.shell.window import SMALLEST, MainWindow
from tests.sheets.department import cells, empty_form
from tests.ui.conftest import TestDesk, settle, shot, spin
from tests.ui.dragging import carried, drop, enter

#: The offscreen screen says that it takes no size hints; no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


def click(widget: QWidget, at: QPoint | None = None) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())


def compose(box: QWidget, text: str) -> None:
    """Type Chinese as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


def learn(page: FormsPage, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the button to the sheet with its fields."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    click(page.shelf.learn)
    spin(lambda: page.lesson.busy)
    settle(page.desk)


def keep(page: FormsPage, name: str) -> None:
    page.lesson.head.box.setFocus()
    page.lesson.head.box.selectAll()
    compose(page.lesson.head.box, name)
    click(page.lesson.head.save_button)
    settle(page.desk)


def seen(page: FormsPage) -> dict[str, str]:
    """Heading → field, of the band over the kept form."""
    spin(lambda: page.kept.sheet.view.painting is not None)
    tags = page.kept.sheet.view.tags()
    return {tag.column.heading: tag.column.fields[0] for tag in tags if tag.column.fields}


def test_one_comes_here_from_the_papers(window: MainWindow) -> None:
    window.desk.go("papers")
    papers = window.current
    assert isinstance(papers, PapersPage)
    settle(window.desk)
    shot(papers, "papers_with_forms")
    click(papers.side.forms)
    assert isinstance(window.current, FormsPage)
    settle(window.desk)
    assert window.current.either.currentWidget() is window.current.empty
    shot(window, "forms_empty")


def test_a_form_is_learned_named_and_kept_beside_the_book(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(page, empty_form(tmp_path / "月报空表.xlsx"), monkeypatch)
    assert page.either.currentWidget() is page.lesson
    assert page.lesson.head.box.text() == "月报空表"
    tags = {tag.column.heading: tag for tag in page.lesson.sheet.view.tags()}
    assert tags["项目名称"].column.fields == ("name",)
    assert tags["总投资"].column.unit == "亿元"
    assert list(page.lesson.open.boxes) == ["统计月报!A9:text-负责人"]
    shot(page.window(), "forms_learning")
    keep(page, "统计局月报")
    (form,) = keeping.kept(page.desk.facts.path)
    assert form.name == "统计局月报"
    assert {one.field for one in form.columns} >= {"name", "code", "total_investment"}
    assert page.chosen == "统计局月报"
    assert page.either.currentWidget() is page.kept
    assert seen(page)["项目名称"] == "name"
    window = page.window()
    assert isinstance(window, MainWindow)
    assert page.minimumSizeHint().width() <= SMALLEST[0] - window.sidebar.width()
    shot(page.window(), "forms_kept")


def test_a_column_is_corrected_by_key_and_a_fixed_text_given(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(page, empty_form(tmp_path / "a.xlsx"), monkeypatch)
    view = page.lesson.sheet.view
    view.setFocus()
    view.go_to(4, 8)  # 备注
    QTest.keyClick(view, Key.Key_Down, ALT)
    menu = page.lesson.menu
    assert menu is not None and menu.isVisible()
    assert menu.list.item(0).text() == "不填这一栏"
    QTest.keyClicks(menu.box, "jsdd")
    QTest.keyClick(menu.box, Key.Key_Return)
    settle(page.desk)
    assert {tag.column.heading: tag.column.fields for tag in view.tags()}["备注"] == ("place",)
    box = next(iter(page.lesson.open.boxes.values()))
    box.setFocus()
    compose(box, "王建国")
    QTest.keyClick(box, Key.Key_Return)
    settle(page.desk)
    keep(page, "月报")
    (form,) = keeping.kept(page.desk.facts.path)
    assert next(one for one in form.columns if one.column == 9).field == "place"
    assert [one.text for one in form.fixed if one.what == "text"] == ["王建国"]


def test_a_correction_is_taken_back(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(page, empty_form(tmp_path / "a.xlsx"), monkeypatch)
    view = page.lesson.sheet.view
    before = {tag.column.heading: tag.column.fields for tag in view.tags()}
    tag = next(one for one in view.tags() if one.column.heading == "总投资")
    click(view.viewport(), tag.rect.center())
    menu = page.lesson.menu
    assert menu is not None
    QTest.keyClick(menu.box, Key.Key_Home)
    menu.list.setCurrentRow(0)
    QTest.keyClick(menu.box, Key.Key_Return)
    settle(page.desk)
    assert {one.column.heading: one.column.fields for one in view.tags()}["总投资"] == ()
    page.window().activateWindow()  # Without a window manager nobody does after a popup.
    assert QTest.qWaitForWindowActive(page.window())
    view.setFocus()
    QTest.keyClick(view, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(page.desk)
    assert {one.column.heading: one.column.fields for one in view.tags()} == before


def test_a_kept_form_is_filled_for_a_period(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(page, empty_form(tmp_path / "a.xlsx"), monkeypatch)
    keep(page, "月报")
    kinds = {page.kept.head.period.itemText(at)[-1] for at in range(page.kept.head.period.count())}
    assert kinds
    proposed: list[Path] = []

    def answer(_parent: QWidget, _title: str, path: Path, _kinds: str) -> Path:
        proposed.append(path)
        return tmp_path / "out" / "三月.xlsx"

    (tmp_path / "out").mkdir()
    page.kept.filling.ask = answer
    page.kept.head.period.setCurrentIndex(page.kept.head.period.findData("2023-W10"))
    page.kept.head.period.setFocus()
    QTest.keyClick(page.kept.head.period, Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(page.desk)
    assert proposed[0].name == f"{page.desk.facts.unit_short} 月报 2023年第10周.xlsx"
    assert "填好 12 行" in page.kept.head.outcome.text()
    sheet = cells(tmp_path / "out" / "三月.xlsx")
    names = [sheet.cell(row, 2).value for row in range(5, 17)]
    assert len(set(names)) == 12 and all(names)
    assert page.kept.head.folder_button.isVisible()
    shot(page.window(), "forms_filled")


def test_the_name_that_another_form_has_is_asked_about(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(page, empty_form(tmp_path / "a.xlsx"), monkeypatch)
    keep(page, "月报")
    learn(page, empty_form(tmp_path / "b.xlsx", lines=5), monkeypatch)
    asked: list[str] = []

    def no(question: str, _advice: str, _yes: str) -> bool:
        asked.append(question)
        return False

    page.desk.messages.asker = no
    keep(page, "月报")
    assert asked == ["已有叫“月报”的表样，用这一份替换它吗？"]
    assert keeping.kept(page.desk.facts.path)[0].last == 7
    page.desk.messages.asker = lambda *_: True
    click(page.lesson.head.save_button)
    settle(page.desk)
    assert keeping.kept(page.desk.facts.path)[0].last == 9


def test_a_name_that_names_no_file_is_refused_at_the_name(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(page, empty_form(tmp_path / "a.xlsx"), monkeypatch)
    keep(page, "月/报")
    assert "要能做文件名" in page.lesson.head.refusal.text()
    assert page.lesson.busy, "nothing is lost"
    page.lesson.head.box.clear()
    click(page.lesson.head.save_button)
    assert page.lesson.head.refusal.text() == "请先给表样起个名称。"


def test_a_form_is_replaced_by_a_new_workbook_and_corrected(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(page, empty_form(tmp_path / "a.xlsx"), monkeypatch)
    keep(page, "月报")
    other = empty_form(tmp_path / "b.xlsx", lines=6)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    click(page.kept.head.replace_button)
    spin(lambda: page.lesson.busy)
    settle(page.desk)
    assert page.lesson.head.box.text() == "月报"
    click(page.lesson.head.save_button)
    settle(page.desk)
    (form,) = keeping.kept(page.desk.facts.path)
    assert form.last == 10
    spin(lambda: page.kept.sheet.view.painting is not None)
    click(page.kept.head.correct_button)
    spin(lambda: page.lesson.busy)
    settle(page.desk)
    learned = page.lesson.teaching.studied
    assert learned is not None
    assert [(one.field, one.unit) for one in learned.learned.form.columns] == [
        (one.field, one.unit) for one in form.columns
    ]
    assert not page.lesson.teaching.changed
    click(page.lesson.head.drop_button)
    assert page.either.currentWidget() is page.kept


def test_a_form_is_deleted_after_a_question(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(page, empty_form(tmp_path / "a.xlsx"), monkeypatch)
    keep(page, "月报")
    page.desk.messages.asker = lambda *_: False
    click(page.kept.head.drop_button)
    settle(page.desk)
    assert [one.name for one in page.forms] == ["月报"]
    page.desk.messages.asker = lambda *_: True
    click(page.kept.head.drop_button)
    settle(page.desk)
    assert page.forms == ()
    assert list(folder_of(page.desk.facts.path).iterdir()) == []
    assert page.either.currentWidget() is page.empty


def test_a_spoilt_form_is_said_and_does_not_hide_the_others(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("甲表", "乙表"):
        learn(page, empty_form(tmp_path / f"{name}.xlsx"), monkeypatch)
        keep(page, name)
    (folder_of(page.desk.facts.path) / "甲表.xlsx").write_bytes(b"spoilt")
    page.refresh()
    settle(page.desk)
    assert [one.name for one in page.forms] == ["乙表", "甲表"]
    row = [page.shelf.list.item(at).text() for at in range(2)].index("甲表")
    click(
        page.shelf.list.viewport(),
        page.shelf.list.visualItemRect(page.shelf.list.item(row)).center(),
    )
    settle(page.desk)
    assert "已被改动或损坏" in page.kept.sheet.line.text()
    assert not page.kept.head.fill_button.isVisible()
    assert page.kept.head.drop_button.isVisible()


def test_a_workbook_that_is_no_form_says_why(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("项目名称,总投资\n甲,1\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    click(page.shelf.learn)
    desk = page.desk
    assert isinstance(desk, TestDesk)
    spin(lambda: bool(desk.warnings))
    assert desk.warnings[0].name == "FormNotXlsx"
    assert not page.lesson.busy


def test_an_empty_form_is_dropped_on_the_page(page: FormsPage, tmp_path: Path) -> None:
    path = empty_form(tmp_path / "a.xlsx")
    assert enter(page, carried(path))
    drop(page, carried(path))
    spin(lambda: page.lesson.busy)
    assert page.lesson.head.box.text() == "a"


def test_closing_asks_about_what_was_not_saved(
    window: MainWindow, page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn(page, empty_form(tmp_path / "a.xlsx"), monkeypatch)
    asked: list[str] = []

    def no(question: str, _advice: str, _yes: str) -> bool:
        asked.append(question)
        return False

    page.desk.messages.asker = no
    window.close()
    assert asked == ["这份表样还没有保存。"]
    assert window.isVisible()
    page.desk.messages.asker = lambda *_: True


def test_figures_of_a_month_can_be_chosen_and_the_form_filled_for_months(
    page: FormsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A weekly workbook never has them; a department's monthly form does."""
    learn(page, empty_form(tmp_path / "a.xlsx"), monkeypatch)
    view = page.lesson.sheet.view
    view.setFocus()
    view.go_to(4, 5)  # 本月完成投资
    QTest.keyClick(view, Key.Key_F4)
    menu = page.lesson.menu
    assert menu is not None
    named = [menu.list.item(at).data(Qt.ItemDataRole.UserRole) for at in range(menu.list.count())]
    assert "completed_month" in named and "completed_week" in named
    menu.list.setCurrentRow(named.index("completed_month"))
    QTest.keyClick(menu.box, Key.Key_Return)
    settle(page.desk)
    keep(page, "月报")
    (form,) = keeping.kept(page.desk.facts.path)
    column = next(one for one in form.columns if one.column == 6)
    assert (column.register, column.field) == ("monthly", "completed_month")
    offered = [page.kept.head.period.itemData(at) for at in range(page.kept.head.period.count())]
    assert "2023-02" in offered and "2023-03" in offered
