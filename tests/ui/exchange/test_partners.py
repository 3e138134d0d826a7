"""往来单位 with real keys and clicks: compare, confirm, begin anew, declare void."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.exchange import enrolment, sitting
from desktop.ui.exchange.partners import PartnersCard
from desktop.ui.exchange.partners_box import UnitBox
from desktop.ui.exchange.partners_reading import partners, summary, waiting
from tests.ui.conftest import TestDesk, ask, settle, shot, spin
from tests.ui.exchange.conftest import ANSWERED, FIRST, Room
from tests.ui.week.hands import OFFSCREEN, click

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
Enter = Callable[..., Room]


def card(room: Room, qtbot: Any) -> PartnersCard:
    made = PartnersCard(room.desk)
    room.desk.messages.asker = room.ask
    qtbot.addWidget(made)
    made.resize(340, 420)
    made.show()
    made.activateWindow()
    settle(room.desk)
    return made


@pytest.fixture
def district(enter: Enter, homes: Path) -> Room:
    """The third township's answer has come and waits for the comparison."""
    room = enter(shown=False)
    ask(room.desk, lambda book: sitting.take_in(book, [homes / "stick"]))
    return room


def code(desk: TestDesk, name: str) -> str:
    return str(next(one.code for one in ask(desk, enrolment.codes) if one.name == name))


def states(desk: TestDesk) -> dict[str, str]:
    return {one.name: one.state for one in ask(desk, enrolment.codes)}


def test_the_district_types_what_it_hears(district: Room, qtbot: Any) -> None:
    room = district
    made = card(room, qtbot)
    shot(made, "partners-district", 340, 460)
    assert made.partner is not None and made.partner.name == ANSWERED
    assert not made.code.isVisible() and made.line.isVisible()
    assert ask(room.desk, waiting) == 1
    QTest.keyClicks(made.line, "AAAABBBBCCCC")
    QTest.keyClick(made.line, Qt.Key.Key_Return)
    settle(room.desk)
    assert made.wrong.isVisible() and "不一致" in made.wrong.text()
    assert states(room.desk)[ANSWERED] == "待核对"
    shot(made, "partners-wrong", 340, 460)
    made.line.selectAll()
    QTest.keyClicks(made.line, code(room.desk, ANSWERED).lower().replace("-", ""))
    click(made.confirm)
    settle(room.desk)
    assert states(room.desk)[ANSWERED] == "已核对"
    assert room.desk.notes[-1].startswith(f"已确认{ANSWERED}的密钥")
    assert ask(room.desk, waiting) == 0


def seen(part: QWidget) -> bool:
    """Whether all of it is seen."""
    return part.visibleRegion().boundingRect().contains(part.rect())


@pytest.mark.parametrize("size", [(1210, 690), (944, 562)], ids=["1366x768", "1100x640"])
def test_a_wrong_code_is_answered_where_it_is_seen(
    enter: Enter, homes: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = enter()
    ask(room.desk, lambda book: sitting.take_in(book, [homes / "stick"]))
    page, made = room.page, room.page.partners
    made.refresh()
    page.resize(*size)
    page.activateWindow()
    room.settle()
    due: list[int] = []
    monkeypatch.setattr(page.incoming, "default", lambda: due.append(1))
    area = page.columns.aside
    made.line.setFocus()
    # Half cut off at the foot, as it stood when the telephone rang.
    line_at = made.line.mapTo(area.widget(), QPoint()).y()
    area.verticalScrollBar().setValue(line_at + made.line.height() // 2 - area.viewport().height())
    room.settle()
    assert not seen(made.line)
    QTest.keyClicks(made.line, "AAAABBBBCCCC")
    QTest.keyClick(made.line, Qt.Key.Key_Return)
    room.settle()
    spin(lambda: seen(made.wrong))
    shot(page, f"partners-wrong-{size[0]}", *size)
    assert "不一致" in made.wrong.text() and seen(made.line) and seen(made.confirm)
    assert made.line.hasFocus() and made.line.selectedText() == made.line.text()
    assert due == [], "nor was anything on the page set going"


def test_after_the_comparison_the_keyboard_rests_where_enter_does_nothing(
    enter: Enter, homes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = enter()
    ask(room.desk, lambda book: sitting.take_in(book, [homes / "stick"]))
    page, made = room.page, room.page.partners
    made.refresh()
    page.activateWindow()
    room.settle()
    due: list[int] = []
    monkeypatch.setattr(page.incoming, "default", lambda: due.append(1))
    made.line.setFocus()
    QTest.keyClicks(made.line, code(room.desk, ANSWERED))
    QTest.keyClick(made.line, Qt.Key.Key_Return)
    room.settle()
    shot(page, "partners-confirmed", 1210, 690)
    assert states(room.desk)[ANSWERED] == "已核对" and made.anew.isVisible()
    assert made.which.hasFocus()
    assert not (made.anew.isDefault() or made.anew.property("primary"))
    before = states(room.desk)
    QTest.keyClick(made.which, Qt.Key.Key_Return)
    room.settle()
    assert (room.asked, due, states(room.desk)) == ([], [], before)


def test_of_one_unit_alone_the_card_keeps_the_keyboard(enter: Enter, qtbot: Any) -> None:
    room = enter(ANSWERED, shown=False)
    made = card(room, qtbot)
    made.compared.setFocus()
    QTest.keyClick(made.compared, Qt.Key.Key_Return)
    settle(room.desk)
    assert made.state.text() == "已核对" and made.hasFocus()


def test_a_township_reads_its_code_out(enter: Enter, qtbot: Any) -> None:
    room = enter(ANSWERED, shown=False)
    made = card(room, qtbot)
    shot(made, "partners-township", 340, 420)
    (one,) = made.partners
    assert made.code.isVisible() and "-".join(made.code.groups) == one.code
    assert not made.line.isVisible() and not made.which.isVisible()
    room.answer = False
    click(made.compared)
    settle(room.desk)
    assert made.partner is not None and made.partner.waits
    room.answer = True
    click(made.compared)
    settle(room.desk)
    assert made.state.text() == "已核对" and not made.verbs.isVisible()


def test_a_contact_begins_anew_and_its_passphrase_is_shown_once(
    enter: Enter, qtbot: Any, tmp_path: Path
) -> None:
    room = enter(shown=False)
    made = card(room, qtbot)
    made.which.setCurrentIndex([one.name for one in made.partners].index(FIRST))
    stick = tmp_path / "stick"
    stick.mkdir()
    made.ask_folder = lambda _parent, _title, _folder: None
    click(made.anew)
    settle(room.desk)
    assert not made.once.isVisible() and list(stick.iterdir()) == []
    made.ask_folder = lambda _parent, _title, _folder: stick
    click(made.anew)
    settle(room.desk)
    shot(made, "partners-anew", 340, 620)
    assert len(made.passphrase.groups) == 4 and made.once.isVisible()
    assert [one.suffix for one in stick.iterdir()] == [".yzp"]
    assert states(room.desk)[FIRST] in ("待回信", "已核对")
    click(made.seen)
    assert not made.once.isVisible() and not made.passphrase.groups


def test_keys_are_declared_void_after_a_question(enter: Enter, qtbot: Any) -> None:
    room = enter(shown=False)
    made = card(room, qtbot)
    made.which.setCurrentIndex([one.name for one in made.partners].index(FIRST))
    room.answer = False
    click(made.revoke)
    settle(room.desk)
    assert states(room.desk)[FIRST] == "已核对"
    room.answer = True
    click(made.revoke)
    settle(room.desk)
    assert states(room.desk)[FIRST] == "已作废"
    assert room.asked[-1] == f"作废{FIRST}的密钥？"


def test_the_summary_counts_states(district: Room) -> None:
    assert summary(ask(district.desk, partners)) == "待核对 1 个，已核对 2 个"


def test_the_wheel_never_changes_the_unit(qtbot: QtBot) -> None:
    box = UnitBox()
    qtbot.addWidget(box)
    box.addItems(["空冢郭镇", "问十乡"])
    box.show()
    at = QPointF(box.rect().center())
    turned = QWheelEvent(
        at,
        box.mapToGlobal(at),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turned)
    assert box.currentText() == "空冢郭镇" and not turned.isAccepted()
