"""Cards and what stands in them: figures, rows, lights, words; all of it within its room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.ui import icons, lights, theme
from desktop.ui.parts import (
    Calendar,
    Card,
    Empty,
    Figure,
    LightMark,
    LinkRow,
    Passage,
    Separator,
    Words,
)
from tests.ui.parts.hands import OFFSCREEN, picture, placed, points, told

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)

LONG = "自毁式疫苗注射器生产及无菌医疗器械扩建项目二期工程（含冷链物流配套）"


def test_a_card_has_a_title_actions_and_a_body() -> None:
    card = Card("要看一眼的（5）")
    card.head.addWidget(LightMark("green"))
    card.body.addWidget(Words("一行"))
    window = placed(card)
    assert card.accessibleName() == "要看一眼的（5）"
    assert picture(card).pixelColor(card.width() // 2, 3).name() == theme.current().card
    assert picture(card).pixelColor(card.width() // 2, 0).name() == theme.current().line
    card.set_title(None)
    assert not card.title.isVisible()
    card.set_title("另一个")
    assert card.title.isVisible()
    assert card.title.text() == "另一个"
    window.close()


def test_room_that_a_card_has_to_spare_goes_to_its_body_or_below_it() -> None:
    fixed, growing = Card("卡"), Card("卡")
    line, text = Words("一行"), QPlainTextEdit()
    fixed.body.addWidget(line)
    growing.body.addWidget(text)
    window = placed(fixed, growing)
    window.resize(400, 600)
    QApplication.processEvents()
    assert fixed.title.y() == growing.title.y() < 20
    assert line.y() == text.y()
    assert text.height() > 500
    window.close()


def test_cards_and_passages_grow_with_the_persons_size(qapp: QApplication) -> None:
    card = Card("标题")
    passage = Passage("一段话", "small", "ink_soft")
    card.body.addWidget(passage)
    window = placed(card)
    small = (passage.font().pixelSize(), passage.x())
    theme.apply(qapp, dark=False, scale=1.5)
    QApplication.processEvents()
    large = (passage.font().pixelSize(), passage.x())
    theme.apply(qapp, dark=False)
    assert (small[0], large[0]) == (12, 18)
    assert large[1] == theme.current().pad * 1.5 + 1 > small[1]
    window.close()


def test_a_part_turns_dark_with_the_theme(qapp: QApplication) -> None:
    card = Card("标题")
    card.body.addWidget(Words("一行"))
    window = placed(card)
    theme.apply(qapp, dark=True)
    dark = theme.current().card
    assert points(picture(card), dark) > 2_000
    theme.apply(qapp, dark=False)
    assert points(picture(card), dark) == 0
    window.close()


def test_words_without_room_end_in_dots_and_are_told() -> None:
    short, long = Words("空冢郭镇"), Words(LONG)
    one, other = placed(short), placed(long, width=150)
    assert (told(short), told(long)) == ("", LONG)
    assert long.width() == 150
    assert (long.text(), long.accessibleName()) == (LONG, LONG)
    short.set_text(LONG)
    assert told(short) == LONG
    long.setToolTip("另有说明")
    assert told(long) == "另有说明"
    one.close()
    other.close()


def test_words_change_text_and_colour() -> None:
    words = Words("一本账", "title", bold=True)
    window = placed(words)
    words.set_role("must")
    assert points(picture(words), theme.current().must) > 20
    words.set_text("")
    assert points(picture(words), theme.current().must) == 0
    with pytest.raises(AttributeError):
        words.set_role("nice")
    window.close()


def test_a_passage_shows_what_a_clerk_typed_as_typed() -> None:
    typed = Passage("<b>3</b>号楼 & 4号楼\n封顶")
    drawn = Passage("<b>3</b>号楼", rich=True)
    assert typed.textFormat() == Qt.TextFormat.PlainText
    assert typed.sizeHint().width() > drawn.sizeHint().width()
    drawn.set_role("must")
    window = placed(drawn)
    assert points(picture(drawn), theme.current().must) > 5
    window.close()


def test_a_figure_is_written_as_large_as_fits() -> None:
    figure = Figure("88888888", caption="总投资")
    window = placed(figure, width=300)
    tall = ink_height(figure)
    window.resize(110, window.height())
    QApplication.processEvents()
    assert ink_height(figure) == pytest.approx(tall * 20 / 32, abs=2)
    assert "88888888" in told(figure)
    window.close()


def ink_height(figure: Figure) -> int:
    """Height in px of the figure proper: of what is drawn in full ink."""
    image, ink = picture(figure), theme.color("ink").rgb()
    points = [(x, y) for y in range(image.height()) for x in range(image.width())]
    rows = [y for x, y in points if image.pixel(x, y) == ink]
    return max(rows) - min(rows)


def test_a_figure_says_all_of_itself() -> None:
    figure = Figure("2,496.25", "万元", "本周完成投资", note="比上周多 300.25 万元")
    assert figure.accessibleName() == "本周完成投资 2,496.25万元，比上周多 300.25 万元"
    window = placed(figure, width=300)
    assert told(figure) == ""
    figure.set_figure("12", "个", "must")
    assert points(picture(figure), theme.current().must) > 20
    assert figure.accessibleName() == "本周完成投资 12个"
    window.close()


def test_a_figure_is_no_button_unless_it_leads_somewhere() -> None:
    figure = Figure("2", "错误")
    window = placed(figure)
    heard: list[bool] = []
    figure.clicked.connect(lambda: heard.append(True))
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton)
    assert figure.focusPolicy() == Qt.FocusPolicy.NoFocus
    figure.set_clickable(True)
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton)
    assert len(heard) == 1
    window.close()


@pytest.mark.parametrize("light", lights.WORDS)
def test_a_light_is_drawn_in_its_colour_and_told(light: str) -> None:
    mark = LightMark()
    window = placed(mark)
    mark.set_light(light)
    colour = getattr(theme.current(), lights.ROLES[light])
    assert points(picture(mark), colour) > 5
    assert (mark.light(), mark.accessibleName()) == (light, lights.WORDS[light])
    window.close()


def test_lights_have_shapes_of_their_own() -> None:
    """Painted in one colour they still differ: disc, triangle, square, ring."""
    drawn = {}
    for light in lights.WORDS:
        mark = QWidget()
        mark.resize(16, 16)
        image = picture(mark)
        painter = QPainter(image)
        lights.paint_light(painter, image.rect(), light, "ink")
        painter.end()
        ink = theme.color("ink").rgb()
        drawn[light] = {(x, y) for x in range(16) for y in range(16) if image.pixel(x, y) == ink}
    assert (7, 7) in drawn["green"] & drawn["red"] & drawn["yellow"]
    assert (7, 7) not in drawn["none"]
    assert (3, 3) in drawn["red"] - drawn["green"]
    assert (3, 3) not in drawn["yellow"]
    assert (2, 13) in drawn["yellow"] - drawn["green"] - drawn["red"]
    with pytest.raises(KeyError):
        LightMark("blue")


def test_a_row_gives_way_before_its_word_on_the_right_does() -> None:
    row = LinkRow("yellow", LONG, "说明", "explain")
    window = placed(row, width=200)
    assert row.width() == 200
    assert told(row) == LONG
    assert points(picture(row), theme.current().explain) > 5
    assert row.accessibleName() == f"黄灯，{LONG}，说明"
    window.resize(900, 40)
    QApplication.processEvents()
    assert told(row) == ""
    window.close()


def test_up_and_down_move_among_rows() -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    rows = [LinkRow("red", f"第{number}行") for number in range(3)]
    for row in rows:
        column.addWidget(row)
    window.show()
    window.activateWindow()
    QApplication.processEvents()
    rows[0].setFocus()
    QTest.keyClick(rows[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget() is rows[1]
    QTest.keyClick(rows[1], Qt.Key.Key_Up)
    assert QApplication.focusWidget() is rows[0]
    window.close()


def test_a_row_with_an_unknown_mark_is_said_at_once() -> None:
    with pytest.raises(icons.UnknownIcon):
        LinkRow("unicorn", "一行")
    assert LinkRow("paperclip", "附件").accessibleName() == "附件"
    assert LinkRow("", "一行").accessibleName() == "一行"


def test_where_nothing_is_stands_what_to_do() -> None:
    empty = Empty("还没有照片", "把照片拖到这一行。", "选照片")
    window = placed(empty)
    window.resize(500, 300)
    heard: list[bool] = []
    empty.clicked.connect(lambda: heard.append(True))
    assert empty.button is not None
    QTest.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    assert heard == [True]
    empty.set_text("没有符合条件的项目")
    assert empty.text.text() == "没有符合条件的项目"
    assert not empty.advice.isVisible()
    assert Empty("空").button is None
    window.close()


@pytest.mark.parametrize("vertical", [False, True])
def test_a_separator_is_one_thin_line(vertical: bool) -> None:
    line = Separator(vertical=vertical)
    window = placed(line)
    assert (line.width() if vertical else line.height()) == 1
    image = picture(line)
    assert points(image, theme.current().line) == image.width() * image.height()
    window.close()


def test_a_calendar_begins_on_monday_with_readable_weekends(qapp: QApplication) -> None:
    calendar = Calendar()
    calendar.setSelectedDate(QDate(2023, 3, 2))
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    sunday = calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday)
    assert sunday.foreground().color().name() == theme.current().must
    theme.apply(qapp, dark=True)
    QApplication.processEvents()
    sunday = calendar.weekdayTextFormat(Qt.DayOfWeek.Sunday)
    dark = theme.current().must
    theme.apply(qapp, dark=False)
    assert sunday.foreground().color().name() == dark
