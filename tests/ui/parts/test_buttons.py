"""Buttons: pressed by mouse and keyboard, seen to be the next step, never narrower than told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.ui import icons, theme
from desktop.ui.parts import BigStep, Button, Figure, IconButton, LinkRow
from tests.ui.parts.hands import KEYS, OFFSCREEN, picture, placed, points, told

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)


def figure() -> Figure:
    made = Figure("2", "错误", "审核")
    made.set_clickable(True)
    return made


PRESSED = {
    "button": lambda: Button("审核"),
    "icon": lambda: IconButton("undo", "撤销（Ctrl+Z）"),
    "step": lambda: BigStep(1, "填报"),
    "row": lambda: LinkRow("red", "形象进度没有填", "填报"),
    "figure": figure,
}


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
@pytest.mark.parametrize("kind", PRESSED)
def test_whatever_can_be_clicked_can_be_pressed_by_key(kind: str, key: Qt.Key) -> None:
    part: QAbstractButton = PRESSED[kind]()
    other = Button("别的")
    window = placed(other, part)
    heard: list[str] = []
    part.clicked.connect(lambda: heard.append(kind))
    other.setFocus()
    QTest.keyClick(other, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is part
    QTest.keyClick(part, key)
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    assert heard == [kind, kind]
    part.setEnabled(False)
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)
    QTest.keyClick(part, key)
    assert heard == [kind, kind]
    window.close()


@pytest.mark.parametrize("kind", PRESSED)
def test_what_the_keyboard_is_on_is_seen_and_named(kind: str) -> None:
    part: QAbstractButton = PRESSED[kind]()
    other = Button("别的")
    window = placed(other, part)
    other.setFocus()
    before = picture(part)
    part.setFocus()
    after = picture(part)
    assert points(after, theme.current().accent) > points(before, theme.current().accent) + 20
    assert part.accessibleName() or part.text()
    window.close()


def test_the_next_step_is_filled_and_an_ordinary_button_is_not() -> None:
    button = Button("审核", primary=True, icon="check")
    window = placed(button)
    button.clearFocus()
    accent, card = theme.current().accent, theme.current().card
    assert points(picture(button), accent) > 500
    button.set_primary(False)
    assert points(picture(button), accent) == 0
    assert points(picture(button), card) > 500
    window.close()


def test_a_button_is_as_wide_as_its_words() -> None:
    button = Button("从 Excel 读入本周的台账……")
    window = placed(button, width=20)
    assert button.width() >= button.sizeHint().width()
    window.close()


def test_an_icon_button_says_what_it_does() -> None:
    button = IconButton("undo", "撤销（Ctrl+Z）")
    assert (button.toolTip(), button.accessibleName()) == ("撤销（Ctrl+Z）",) * 2
    button.set_icon("redo", "重做（Ctrl+Y）")
    assert button.accessibleName() == "重做（Ctrl+Y）"
    with pytest.raises(icons.UnknownIcon):
        IconButton("unicorn", "")


def test_a_step_says_where_it_stands() -> None:
    step = BigStep(2, "审核", "2 错误，3 待说明", "next")
    window = placed(step, width=160)
    step.clearFocus()
    assert (step.state(), step.accessibleName()) == ("next", "第2步 审核")
    assert step.accessibleDescription() == "2 错误，3 待说明"
    accent, good = theme.current().accent, theme.current().good
    assert points(picture(step), accent) > 2_000
    step.set_state("done")
    assert step.accessibleName() == "第2步 审核，已完成"
    assert points(picture(step), accent) == 0
    assert points(picture(step), good) > 5
    step.set_state("plain", "还差 3 个")
    assert points(picture(step), accent) == 0
    assert points(picture(step), good) == 0
    window.close()


def test_a_step_without_room_tells_its_words() -> None:
    wide = BigStep(4, "上报到U盘")
    narrow = BigStep(4, "上报到U盘", "第9周还没有审核，先去审核")
    one, other = placed(wide, width=220), placed(narrow, width=96)
    assert told(wide) == ""
    assert "上报到U盘" in told(narrow)
    assert "先去审核" in told(narrow)
    one.close()
    other.close()


def test_the_icon_is_light_while_the_keyboard_makes_the_button_the_chosen_one() -> None:
    button, other = Button("选文件夹…", icon="folder-open"), Button("别的")
    window = placed(button, other)

    def looks() -> object:
        return button.icon().pixmap(24, 24).toImage()

    def drawn(role: str) -> object:
        return icons.icon("folder-open", role).pixmap(24, 24).toImage()

    other.setFocus()
    assert looks() == drawn("ink") != drawn("on_accent")
    QTest.keyClick(other, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is button
    assert button.isDefault()
    assert looks() == drawn("on_accent")
    QTest.keyClick(button, Qt.Key.Key_Tab)
    assert looks() == drawn("ink")
    window.close()
