"""Chips: a word with a tone, a filter of which one is chosen, a count."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop.ui import theme
from desktop.ui.parts import Badge, Chip, ChipRow
from desktop.ui.parts.chips import ChipWords
from tests.ui.parts.hands import OFFSCREEN, picture, placed, points, told

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)

CHIPS: list[ChipWords] = [("all", "全部", 12), ("red", "滞后", 1, "red"), ("stop", "停工", None)]


def buttons(row: ChipRow) -> list[QAbstractButton]:
    return row.findChildren(QAbstractButton)


def row() -> tuple[ChipRow, QWidget, list[str]]:
    made, heard = ChipRow(), list[str]()
    made.set_chips(CHIPS)
    made.chosen.connect(heard.append)
    return made, placed(made), heard


def test_one_chip_is_chosen_at_a_time() -> None:
    chips, window, heard = row()
    assert chips.current() == "all"
    QTest.mouseClick(buttons(chips)[1], Qt.MouseButton.LeftButton)
    assert (chips.current(), heard) == ("red", ["red"])
    assert [button.isChecked() for button in buttons(chips)] == [False, True, False]
    chips.choose("stop")
    assert (chips.current(), heard) == ("stop", ["red"])  # said by the program, not the person
    chips.choose("nothing of the kind")
    assert chips.current() == "all"
    window.close()


def test_arrows_move_among_chips_and_choose() -> None:
    chips, window, heard = row()
    buttons(chips)[0].setFocus()
    QTest.keyClick(buttons(chips)[0], Qt.Key.Key_Right)
    assert QApplication.focusWidget() is buttons(chips)[1]
    assert (chips.current(), heard) == ("red", ["red"])
    QTest.keyClick(buttons(chips)[1], Qt.Key.Key_Left)
    assert heard == ["red", "all"]
    window.close()


class Paints(QObject):
    """Counts how often a widget was painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_another_count_of_the_same_width_is_painted() -> None:
    chips, window, _ = row()
    QApplication.processEvents()
    paints, button = Paints(), buttons(chips)[0]
    button.installEventFilter(paints)
    chips.set_chips([("all", "全部", 17), *CHIPS[1:]])
    QApplication.processEvents()
    assert button.accessibleName() == "全部 17"
    assert paints.count == 1
    window.close()


def test_other_chips_keep_the_choice_of_the_same_key() -> None:
    chips, window, heard = row()
    chips.choose("red")
    chips.set_chips([("all", "全部", 13), ("red", "滞后", 2, "red")])
    QApplication.processEvents()
    assert chips.current() == "red"
    chips.set_chips([("all", "全部", 13)])
    assert (chips.current(), heard) == ("all", [])
    chips.set_chips([])
    assert chips.current() == ""
    window.close()


def test_a_chip_says_word_and_count_and_draws_its_light() -> None:
    chips, window, _heard = row()
    names = [button.accessibleName() for button in buttons(chips)]
    assert names == ["全部 12", "滞后 1", "停工"]
    assert points(picture(buttons(chips)[1]), theme.current().light_red) > 30
    assert points(picture(buttons(chips)[2]), theme.current().light_red) == 0
    window.close()


def test_chips_go_on_in_the_next_line() -> None:
    chips = ChipRow()
    chips.set_chips([(str(number), f"类别{number}", number) for number in range(12)])
    window = placed(chips, width=260)
    window.resize(260, 400)
    QApplication.processEvents()
    places = [button.geometry() for button in buttons(chips)]
    assert all(place.right() < 260 for place in places)
    assert len({place.y() for place in places}) > 2
    assert not any(a.intersects(b) for a in places for b in places if a is not b)
    window.close()


@pytest.mark.parametrize("tone", theme.TONES)
def test_a_chip_has_the_ground_of_its_tone(tone: str) -> None:
    chip = Chip("省重点", tone)
    window = placed(chip)
    ground = getattr(theme.current(), theme.TONES[tone][1])
    assert points(picture(chip), ground) > 200
    assert chip.accessibleName() == "省重点"
    window.close()


def test_a_chip_without_room_tells_its_word() -> None:
    wide, narrow = Chip("三个五百亿"), Chip("三个五百亿")
    one, other = placed(wide), placed(narrow, width=50)
    assert (told(wide), told(narrow)) == ("", "三个五百亿")
    one.close()
    other.close()


def test_a_badge_counts_and_vanishes_at_nought() -> None:
    badge = Badge(5)
    window = placed(badge)
    assert points(picture(badge), theme.current().badge) > 100
    badge.set_count(120)
    assert (badge.words(), badge.accessibleName()) == ("99+", "120")
    badge.set_count(0)
    assert badge.sizeHint().isEmpty()
    assert points(picture(badge), theme.current().badge) == 0
    badge.set_count(1)
    assert badge.words() == "1"
    window.close()
