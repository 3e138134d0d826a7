"""What is drawn, read back from the picture: grounds, marks, frames, totals, lights, scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui import theme
from desktop.ui.grid.look import Look
from tests.ui.grid.sample_grid import AT, Hands, ledger, shown


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    hands = shown(size=(1250, 500))
    qtbot.addWidget(hands.view)
    return hands


@pytest.fixture
def wear(qapp: QApplication) -> Iterator[Callable[..., None]]:
    """Put another theme on for this test."""

    def put_on(*, dark: bool = False, scale: float = 1.0) -> None:
        theme.apply(qapp, dark=dark, scale=scale)

    yield put_on
    theme.apply(qapp, dark=False)


def picture(hands: Hands) -> QImage:
    return hands.view.viewport().grab().toImage()


def cell(hands: Hands, row: int, column: str) -> QRect:
    return hands.view.rect_of(row, AT[column])


def ground(hands: Hands, row: int, column: str) -> str:
    """The colour at the lower left of a cell, where nothing is written."""
    rect = cell(hands, row, column)
    return picture(hands).pixelColor(rect.left() + 3, rect.bottom() - 4).name()


def colours(image: QImage, area: QRect) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


def corner(hands: Hands, row: int, column: str) -> QRect:
    """The upper right corner of a cell."""
    rect = cell(hands, row, column)
    return QRect(rect.right() - 9, rect.top() + 1, 9, 9)


@pytest.mark.parametrize("dark", [False, True])
def test_tones_colour_the_ground(hands: Hands, wear: Callable[..., None], dark: bool) -> None:
    wear(dark=dark)
    now = theme.current()
    column = AT["person"]
    hands.model.tones.update({(1, column): "must", (2, column): "explain", (3, column): "total"})
    assert ground(hands, 1, "person") == now.must_soft
    assert ground(hands, 2, "person") == now.explain_soft
    assert ground(hands, 3, "person") == now.head
    assert ground(hands, 4, "person") == now.card
    assert ground(hands, 4, "plan") == now.read_only
    assert ground(hands, 4, "name") == now.card  # there to be read, and frozen


def test_a_locked_cell_is_grey_among_its_neighbours(hands: Hands) -> None:
    hands.model.locked[4, AT["person"]] = "本周已上报。"
    assert ground(hands, 4, "person") == theme.current().read_only
    assert ground(hands, 5, "person") == theme.current().card


def test_what_blocks_and_what_asks_have_marks_of_different_shape(hands: Hands) -> None:
    column = AT["person"]
    hands.model.tones.update({(1, column): "must", (2, column): "explain"})
    image, now = picture(hands), theme.current()
    must = [
        image.pixelColor(QPoint(x, y)).name() == now.must
        for area in [corner(hands, 1, "person")]
        for y in range(area.top(), area.top() + 9)
        for x in range(area.left(), area.left() + 9)
    ]
    explain = [
        image.pixelColor(QPoint(x, y)).name() == now.explain
        for area in [corner(hands, 2, "person")]
        for y in range(area.top(), area.top() + 9)
        for x in range(area.left(), area.left() + 9)
    ]
    assert any(must)
    assert any(explain)
    assert must != explain
    assert not colours(image, corner(hands, 3, "person")) & {now.must, now.explain}


def test_lights_stand_before_the_text(hands: Hands) -> None:
    now = theme.current()
    rect = cell(hands, 0, "rate")
    before = QRect(rect.left() + 6, rect.top() + 4, 18, 22)
    red = colours(picture(hands), before)  # row 0 is at 10 %
    green = colours(picture(hands), before.translated(0, 2 * 30))
    assert now.light_red in red
    assert now.light_red not in green
    assert now.light_green in green


def test_the_active_cell_has_a_frame_of_two_pixels(hands: Hands) -> None:
    hands.go(3, "last_total")
    image, rect = picture(hands), cell(hands, 3, "last_total")
    accent, middle = theme.current().accent, rect.center()
    for x in (rect.left() - 1, rect.left(), rect.right() - 1, rect.right()):
        assert image.pixelColor(x, middle.y()).name() == accent, x
    for y in (rect.top() - 1, rect.top(), rect.bottom() - 1, rect.bottom()):
        assert image.pixelColor(middle.x(), y).name() == accent, y
    assert image.pixelColor(rect.left() + 1, middle.y()).name() != accent
    assert image.pixelColor(rect.right() + 1, middle.y()).name() != accent


def test_a_frame_beside_the_frozen_columns_is_whole(hands: Hands) -> None:
    for column in ("name", "plan"):
        hands.go(3, column)
        image, rect = picture(hands), cell(hands, 3, column)
        for x in (rect.left() - 1, rect.left(), rect.right() - 1, rect.right()):
            found = image.pixelColor(x, rect.center().y()).name()
            assert found == theme.current().accent, (column, x)


def test_a_block_is_veiled_and_its_active_cell_is_not(hands: Hands) -> None:
    hands.view.select_block(1, AT["completed_week"], 3, AT["due"])
    card, veiled = theme.current().card, ground(hands, 2, "stage")
    assert veiled != card
    assert ground(hands, 2, "due") == veiled
    assert ground(hands, 1, "completed_week") == card
    assert ground(hands, 4, "stage") == card
    assert ground(hands, 2, "person") == card


def test_a_scrolled_cell_never_shows_over_the_frozen_ones(qtbot: QtBot) -> None:
    hands = shown(size=(600, 400))
    qtbot.addWidget(hands.view)
    before = picture(hands).copy(cell(hands, 5, "name").adjusted(0, 0, -1, 0))
    for row in range(12):
        hands.model.tones[row, AT["plan"]] = "must"
    hands.go(5, "plan")
    hands.view.horizontalScrollBar().setValue(60)
    after = picture(hands).copy(cell(hands, 5, "name").adjusted(0, 0, -1, 0))
    assert after == before


def test_the_totals_line_follows_the_rows_or_closes_the_view(hands: Hands) -> None:
    hands.model.with_totals = True
    hands.model.show(ledger(12))
    measures, head = hands.view.measures, theme.current().head
    top = measures.body_bottom
    assert top == 12 * measures.row_height
    spot = QPoint(cell(hands, 0, "stage").center().x(), top + 15)
    assert picture(hands).pixelColor(spot).name() == head
    hands.model.show(ledger(200))
    bottom = hands.view.viewport().height() - 5
    assert hands.view.measures.body_bottom == bottom + 5 - measures.row_height
    assert picture(hands).pixelColor(spot.x(), bottom - 10).name() == head
    assert hands.view.indexAt(QPoint(spot.x(), bottom)).isValid() is False


def test_the_size_of_type_makes_rows_and_columns_larger(
    hands: Hands, wear: Callable[..., None]
) -> None:
    before = cell(hands, 2, "plan")
    wear(scale=1.5)
    after = cell(hands, 2, "plan")
    assert (after.width(), after.height()) == (126, 45)
    assert after.top() == before.top() * 1.5
    assert hands.view.heading.height() > 90


def test_a_picture_at_double_density_has_double_the_pixels(hands: Hands) -> None:
    hands.go(3, "last_total")
    viewport = hands.view.viewport()
    image = QImage(viewport.size() * 2, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2)
    viewport.render(image, QPoint(0, 0))
    rect, accent = cell(hands, 3, "last_total"), theme.current().accent
    for x in range(2 * rect.left() - 2, 2 * rect.left() + 2):
        assert image.pixelColor(x, 2 * rect.center().y()).name() == accent


def test_texts_are_prepared_once_and_cut_to_the_width() -> None:
    look = Look()
    whole = look.text("形象进度说明", 500)
    assert whole is look.text("形象进度说明", 500)
    assert not whole.cut
    cut = look.text("形象进度说明", 40)
    assert cut.cut
    assert cut.width <= 40
    assert look.text("一\n二", 500).cut  # one line of several is not the whole
    assert look.text("一\n二", 500).text.text() == "一 二"
    assert look.text("形象", 500, bold=True).width == look.natural_width("形象", bold=True)


def test_the_cache_of_texts_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.ui.grid.look.KEPT", 10)
    look = Look()
    first = look.text("0", 50)
    for number in range(25):
        look.text(str(number), 50)
    latest = look.text("24", 50)
    assert look.text("24", 50) is latest
    assert look.text("0", 50) is not first
