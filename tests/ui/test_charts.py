"""The view of a chart: what is painted, told and clicked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from desktop.reports.charts.drawing import Drawing, Line, Path, Rect, Shape, Symbol, Text
from desktop.ui import theme
from desktop.ui.charts import ChartView


@pytest.fixture
def view(qapp: QApplication) -> Iterator[ChartView]:
    """A view of 200 × 100 pixels, at size 1.0 and light again after the test."""
    made = ChartView()
    made.resize(200, 100)
    made.show()
    yield made
    theme.apply(qapp, dark=False)


def drawing(*marks: object, said: str = "三根柱子。") -> Drawing:
    return Drawing(200, 100, marks, said)  # type: ignore[arg-type]


def painted(view: ChartView) -> QImage:
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    image.fill(theme.color("card"))
    view.render(image, QPoint(), QRegion(), QWidget.RenderFlag(0))
    return image


def colour(image: QImage, x: int, y: int) -> str:
    return QColor(image.pixel(x, y)).name()


def test_it_is_drawn_for_its_size_and_again_when_that_changes(view: ChartView) -> None:
    sizes: list[tuple[float, float]] = []

    def make(width: float, height: float) -> Drawing:
        sizes.append((width, height))
        return Drawing(width, height, (), "空")

    view.show_drawing(make)
    painted(view)
    view.resize(300, 120)
    painted(view)
    assert sizes == [(200.0, 100.0), (300.0, 120.0)]


def test_with_larger_type_it_is_drawn_for_less_room(view: ChartView, qapp: QApplication) -> None:
    sizes: list[tuple[float, float]] = []

    def make(width: float, height: float) -> Drawing:
        sizes.append((width, height))
        return Drawing(width, height, (), "空")

    view.show_drawing(make)
    theme.apply(qapp, dark=False, scale=1.3)
    view.resize(260, 130)
    painted(view)
    assert sizes[-1] == (200.0, 100.0)


def test_roles_become_the_themes_colours(view: ChartView, qapp: QApplication) -> None:
    view.show_drawing(lambda _w, _h: drawing(Rect(x=10, y=10, width=50, height=50)))
    for dark in (False, True):
        theme.apply(qapp, dark=dark)
        image = painted(view)
        assert colour(image, 30, 30) == theme.current().accent
        assert colour(image, 62, 30) == theme.current().card


def test_a_tint_lies_between_the_card_and_the_colour(view: ChartView) -> None:
    view.show_drawing(lambda _w, _h: drawing(Rect(x=10, y=10, width=50, height=50, tint=0.5)))
    found = QColor(colour(painted(view), 30, 30))
    accent, card = theme.color("accent"), theme.color("card")
    assert abs(found.red() - (accent.red() + card.red()) / 2) <= 1
    assert abs(found.blue() - (accent.blue() + card.blue()) / 2) <= 1


def test_hatching_shows_without_colour(view: ChartView) -> None:
    plain = Rect(x=10, y=10, width=50, height=50, tint=0.3)
    hatched = Rect(x=100, y=10, width=50, height=50, tint=0.3, hatched=True)
    view.show_drawing(lambda _w, _h: drawing(plain, hatched))
    image = painted(view)
    assert len({colour(image, x, 30) for x in range(20, 50)}) == 1
    assert len({colour(image, x, 30) for x in range(110, 140)}) > 2


@pytest.mark.parametrize("y", [20.0, 20.3, 20.5, 20.9])
def test_straight_lines_are_crisp(view: ChartView, y: float) -> None:
    view.show_drawing(lambda _w, _h: drawing(Line(x1=0, y1=y, x2=200, y2=y, role="ink")))
    image = painted(view)
    dark = [row for row in range(10, 30) if colour(image, 100, row) != theme.current().card]
    assert [colour(image, 100, row) for row in dark] == [theme.current().ink]


def test_edges_of_bars_are_crisp(view: ChartView) -> None:
    view.show_drawing(lambda _w, _h: drawing(Rect(x=10.4, y=10.4, width=50, height=50)))
    image = painted(view)
    across = {colour(image, x, 30) for x in range(100)}
    assert across == {theme.current().accent, theme.current().card}


def test_a_bar_thinner_than_a_pixel_is_seen(view: ChartView) -> None:
    view.show_drawing(lambda _w, _h: drawing(Rect(x=10.2, y=10, width=0.2, height=50)))
    image = painted(view)
    assert any(colour(image, x, 30) != theme.current().card for x in range(5, 15))


def test_a_mark_of_no_role_is_not_painted(view: ChartView) -> None:
    view.show_drawing(lambda _w, _h: drawing(Rect(x=0, y=0, width=200, height=100, role="")))
    assert colour(painted(view), 100, 50) == theme.current().card


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
def test_texts_stand_about_their_anchor(view: ChartView, anchor: str) -> None:
    text = Text(x=100, y=50, text="周报周报", size=20, anchor=anchor)  # type: ignore[arg-type]
    view.show_drawing(lambda _w, _h: drawing(text))
    image, ground = painted(view), theme.current().card
    inked = [x for x in range(200) if any(colour(image, x, y) != ground for y in range(30, 70))]
    rows = [y for y in range(100) if any(colour(image, x, y) != ground for x in range(200))]
    assert text.box.left - 3 <= inked[0]
    assert inked[-1] <= text.box.right + 3
    assert inked[-1] - inked[0] > 60
    assert abs((rows[0] + rows[-1]) / 2 - 50) <= 3


SHAPES: tuple[Shape, ...] = (
    "disc", "triangle", "square", "ring", "diamond", "hollow_diamond",
)  # fmt: skip


def test_every_shape_differs_from_every_other_without_colour(view: ChartView) -> None:
    seen = set()
    for shape in SHAPES:
        mark = Symbol(x=100, y=50, size=30, shape=shape, role="ink")
        view.show_drawing(lambda _w, _h, mark=mark: drawing(mark))  # type: ignore[misc]
        image, ground = painted(view), theme.current().card
        inked = frozenset(
            (x, y) for x in range(80, 120) for y in range(30, 70) if colour(image, x, y) != ground
        )
        assert len(inked) > 50
        seen.add(inked)
    assert len(seen) == len(SHAPES)


def test_curves_and_planes(view: ChartView) -> None:
    plane = Path(points=((0, 90), (0, 50), (200, 50), (200, 90)), filled=True, tint=0.2)
    curve = Path(points=((0, 50), (100, 50), (200, 50)), width=4)
    dashes = Path(points=((0, 20), (200, 20)), width=3, dashed=True, role="ink")
    view.show_drawing(lambda _w, _h: drawing(plane, curve, dashes))
    image, now = painted(view), theme.current()
    assert colour(image, 100, 50) == now.accent
    assert colour(image, 100, 70) not in (now.accent, now.card)
    row = [colour(image, x, 20) for x in range(200)]
    assert {now.ink, now.card} <= set(row)


def test_what_is_shown_is_said_for_who_cannot_see(view: ChartView) -> None:
    view.show_drawing(lambda _w, _h: drawing())
    assert view.accessibleDescription() == "三根柱子。"


def test_the_tip_of_the_foremost_mark_is_told(
    view: ChartView, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _spot, text, _widget: told.append(text))
    back = Rect(x=0, y=0, width=200, height=100, tip="后面")
    front = Rect(x=50, y=20, width=20, height=20, role="", tip="第9周\n120 万元")
    view.show_drawing(lambda _w, _h: drawing(back, front))
    spot = QPoint(60, 30)
    help_event = QHelpEvent(QEvent.Type.ToolTip, spot, view.mapToGlobal(spot))
    QApplication.sendEvent(view, help_event)
    assert told == ["第9周\n120 万元"]
    mark = view.at(QPointF(10, 10))
    assert mark is not None
    assert mark.tip == "后面"


def test_a_click_on_a_mark_with_a_key_is_told(view: ChartView) -> None:
    chosen: list[str] = []
    view.chosen.connect(chosen.append)
    marks = (
        Rect(x=0, y=0, width=50, height=100, key="甲"),
        Rect(x=60, y=0, width=50, height=100, tip="只有提示"),
    )
    view.show_drawing(lambda _w, _h: drawing(*marks))
    for x in (20, 80, 150):
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(x, 50))
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=QPoint(20, 50))
    assert chosen == ["甲"]
    QTest.mouseMove(view, QPoint(20, 50))
    assert view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    QTest.mouseMove(view, QPoint(150, 50))
    assert view.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_an_empty_view_paints_nothing(view: ChartView) -> None:
    assert view.drawing() is None
    assert colour(painted(view), 100, 50) == theme.current().card
    assert view.at(QPointF(5, 5)) is None
