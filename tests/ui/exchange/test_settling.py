"""待定 with real keys and clicks: choose, fill in another value, leave, go on, take back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ledger import conflicts, cycle, workspace
from desktop.ledger.fold import REMOVED
from desktop.ui.exchange.settling import SettlingPanel
from desktop.ui.exchange.undoing import Undoing
from desktop.ui.page import Landing
from tests.ui.conftest import TestDesk, ask, settle, shot
from tests.ui.exchange.apart import Parted, part, with_keys
from tests.ui.week.hands import OFFSCREEN, click, write

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
Alt = Qt.KeyboardModifier.AltModifier


@pytest.fixture(autouse=True)
def keys(demonstration: Path, profile: Path) -> None:
    with_keys(demonstration, profile)


@pytest.fixture
def parted(book_copy: Callable[[str], Path], tmp_path: Path) -> Parted:
    return part(book_copy("townships/01.yzb"), tmp_path)


@pytest.fixture
def desk(make_desk: Callable[[Path], TestDesk], parted: Parted) -> TestDesk:
    return make_desk(parted.path)


@pytest.fixture
def panel(desk: TestDesk, qtbot: Any) -> SettlingPanel:
    return shown(desk, qtbot)


def shown(desk: TestDesk, qtbot: Any) -> SettlingPanel:
    made = SettlingPanel(desk)
    qtbot.addWidget(made)
    made.resize(850, 600)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    settle(desk)
    return made


def value(desk: TestDesk, parted: Parted, field: str) -> Any:
    present = ask(desk, lambda book: book.present("weekly", parted.week))
    assert present is not None
    return present.values[field]


def test_a_case_shows_what_was_agreed_and_every_side(panel: SettlingPanel, parted: Parted) -> None:
    case = panel.case
    assert case is not None and len(panel.cases) == 2
    assert panel.heading.text().startswith("待定 1 / 2　")
    assert panel.field.text() == "第10周 · 本周完成投资（万元）"
    first, second = (card.value.text() for card in panel.sides)
    assert {first, second} == {"1,120", "1,000"}
    texts = {card.take.text() for card in panel.sides}
    assert texts == {"用2号机的", "用3号机的"}
    wrote = " ".join(card.wrote.text() for card in panel.sides)
    assert "李会计" in wrote and "赵会计" in wrote
    assert [card.take.text() for card in panel.sides] == ["用2号机的", "用3号机的"]
    assert panel.sides[0].who.text() == "2号机（本机）"
    conflict = ask(panel.desk, conflicts.open)[0]
    shown_now = [card.value.text() == conflict.provisional for card in panel.sides]
    assert [card.now.isVisible() for card in panel.sides] == shown_now


def test_pictures(panel: SettlingPanel) -> None:
    shot(panel, "settling-money", 850, 560)
    click(panel.after)
    shot(panel, "settling-long", 850, 680)


def test_a_sides_button_decides_and_the_next_comes(
    panel: SettlingPanel, desk: TestDesk, parted: Parted
) -> None:
    theirs = next(card for card in panel.sides if "3号机" in card.take.text())
    write(panel.reason, "以台账核对")
    click(theirs.take)
    settle(desk)
    assert value(desk, parted, "completed_week") == 10_000_000
    assert panel.heading.text().startswith("待定 1 / 1　")
    assert panel.field.text() == "第10周 · 形象进度"
    assert panel.reason.text() == ""
    assert desk.notes[-1].startswith("已选定：第10周 · 本周完成投资")
    note = "SELECT note FROM journal ORDER BY position DESC LIMIT 1"
    assert ask(desk, lambda book: book.connection.execute(note).fetchone()[0]) == "以台账核对"


def test_digits_go_to_the_sides_and_enter_decides(
    panel: SettlingPanel, desk: TestDesk, parted: Parted
) -> None:
    QTest.keyClick(panel, Qt.Key.Key_2)
    assert QApplication.focusWidget() is panel.sides[1].take
    wanted = panel.sides[1].value.text()
    QTest.keyClick(panel.sides[1].take, Qt.Key.Key_1)
    QTest.keyClick(panel.sides[0].take, Qt.Key.Key_2)
    QTest.keyClick(panel.sides[1].take, Qt.Key.Key_Return)
    settle(desk)
    stored = value(desk, parted, "completed_week")
    assert f"{stored // 10_000:,}" == wanted
    assert QApplication.focusWidget() is panel.sides[0].take


def test_another_value_is_typed_in_the_fields_editor(
    panel: SettlingPanel, desk: TestDesk, parted: Parted
) -> None:
    QTest.keyClick(panel, Qt.Key.Key_3)
    editor = panel.box.editor
    assert editor is not None and editor.inner.hasFocus()
    write(editor.inner, "很多")
    QTest.keyClick(editor.inner, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is panel.box.go
    QTest.keyClick(panel.box.go, Qt.Key.Key_Return)
    settle(desk)
    assert panel.wrong.isVisible() and len(panel.cases) == 2
    assert panel.box.isVisible()
    editor.inner.selectAll()
    QTest.keyClicks(editor.inner, "1060")
    assert not panel.wrong.isVisible()
    shot(panel, "settling-other", 850, 560)
    click(panel.box.go)
    settle(desk)
    assert value(desk, parted, "completed_week") == 10_600_000
    assert not panel.box.isVisible() and not panel.wrong.isVisible()


def test_esc_puts_the_editor_away(panel: SettlingPanel, desk: TestDesk) -> None:
    click(panel.other)
    assert panel.box.isVisible() and not panel.other.isVisible()
    assert panel.box.editor is not None
    QTest.keyClick(panel.box.editor.inner, Qt.Key.Key_Escape)
    assert not panel.box.isVisible() and panel.other.hasFocus()


def test_one_goes_to_and_fro_and_comes_back_to_where_one_was(
    panel: SettlingPanel, desk: TestDesk, qtbot: Any
) -> None:
    QTest.keyClick(panel, Qt.Key.Key_Down, Alt)
    assert panel.at == 1
    assert "text-decoration:line-through" in panel.sides[1].value.text()
    click(panel.after)
    assert panel.at == 0
    QTest.keyClick(panel, Qt.Key.Key_Up, Alt)
    assert panel.at == 1
    again = shown(desk, qtbot)
    assert again.at == 1 and again.case == panel.case


def test_undo_brings_it_back_to_the_eye(
    panel: SettlingPanel, desk: TestDesk, parted: Parted
) -> None:
    before = panel.case
    click(panel.sides[0].take)
    settle(desk)
    assert len(panel.cases) == 1
    desk.undo()
    settle(desk)
    assert len(panel.cases) == 2 and panel.case == before


def test_all_settled_says_so(panel: SettlingPanel, desk: TestDesk) -> None:
    for _ in range(2):
        click(panel.sides[0].take)
        settle(desk)
    assert panel.none.isVisible() and not panel.card.isVisible()
    assert ask(desk, conflicts.open) == ()
    shot(panel, "settling-none", 850, 560)


def test_the_cell_itself_is_one_click_away(
    panel: SettlingPanel, desk: TestDesk, parted: Parted
) -> None:
    click(panel.there)
    landing = Landing(register="weekly", record=parted.week, field="completed_week")
    assert desk.places[-1] == ("grid", landing)


def test_removed_or_kept(
    book_copy: Callable[[str], Path],
    tmp_path: Path,
    make_desk: Callable[[Path], TestDesk],
    qtbot: Any,
) -> None:
    parted = part(book_copy("townships/01.yzb"), tmp_path, money=False, text=False, removal=True)
    desk = make_desk(parted.path)
    panel = shown(desk, qtbot)
    assert panel.case is not None and panel.case.field == REMOVED
    shot(panel, "settling-removal", 850, 560)
    assert not panel.agreed.isVisible() and not panel.other.isVisible()
    assert {card.value.text() for card in panel.sides} == {"保留", "删除"}
    keep = next(card for card in panel.sides if card.value.text() == "保留")
    assert keep.take.text() == "保留"
    click(keep.take)
    settle(desk)
    present = ask(desk, lambda book: book.present("weekly", parted.week))
    assert present is not None and not present.removed


def test_a_submitted_week_says_who_can_open_it(
    book_copy: Callable[[str], Path],
    tmp_path: Path,
    make_desk: Callable[[Path], TestDesk],
    qtbot: Any,
) -> None:
    parted = part(book_copy("townships/01.yzb"), tmp_path, money=False)
    with workspace.open_book(parted.path) as book:
        cycle.submit(book, "2023-W10", book.clock().date())
    panel = shown(make_desk(parted.path), qtbot)
    shot(panel, "settling-closed", 850, 560)
    assert "已经上报" in panel.closed.text() and panel.closed.isVisible()
    assert not panel.sides[0].take.isEnabled() and not panel.other.isVisible()
    QTest.keyClick(panel, Qt.Key.Key_1)
    assert len(panel.cases) == 1


def test_ctrl_z_on_the_page_takes_decisions_back_one_after_another(
    panel: SettlingPanel, desk: TestDesk, parted: Parted
) -> None:
    asked: list[str] = []

    def refuse(question: str, _advice: str, _yes: str) -> bool:
        asked.append(question)
        return False

    desk.messages.asker = refuse
    undoing = Undoing(desk, panel)
    for _ in range(2):
        click(panel.sides[0].take)
        settle(desk)
    assert panel.cases == ()
    for left in (1, 2):
        undoing.undo()
        settle(desk)
        assert len(panel.cases) == left
    assert asked == []
