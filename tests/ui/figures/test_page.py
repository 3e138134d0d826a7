"""The page under keys and mouse: from totals down to projects, and over the whole screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.ledger import workspace
from desktop.reports.charts.drawing import Text
from desktop.ui import theme
from desktop.ui.figures.page import FiguresPage
from desktop.ui.page import Landing
from tests.ui.conftest import TestDesk, settle, shot

#: What the offscreen screen confesses is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def page(district_desk: TestDesk) -> Iterator[FiguresPage]:
    """The district's page, shown, in the demonstration's last week."""
    yield from shown(district_desk)


@pytest.fixture
def own(desk: TestDesk) -> Iterator[FiguresPage]:
    """A township's page."""
    yield from shown(desk)


def shown(desk: TestDesk) -> Iterator[FiguresPage]:
    made = FiguresPage(desk)
    made.resize(1210, 688)
    made.show()
    made.activateWindow()
    made.refresh()
    settle(desk)
    made.setFocus()
    yield made
    made.close()


def desk_of(page: FiguresPage) -> TestDesk:
    assert isinstance(page.desk, TestDesk)
    return page.desk


def names(page: FiguresPage) -> list[str]:
    return [row.cells[0] for row in page.table.figures.rows]


def units(page: FiguresPage) -> list[str]:
    return [row.cells[1] for row in page.table.figures.rows]


def press(page: FiguresPage, key: Qt.Key) -> None:
    QTest.keyClick(page.table, key)
    settle(desk_of(page))


def test_a_district_begins_with_its_units(page: FiguresPage) -> None:
    assert page.card.title.text() == "按单位"
    assert set(units(page)) <= {one.short for one in page.desk.facts.units}
    assert len(units(page)) == 2
    assert page.table.figures.table.total.cells[3] == "24"
    assert not page.back.isVisible()
    assert page.unit.text() == "单位：万元"
    shot(page, "figures-district", 1210, 688)


def test_a_township_sees_its_projects_by_category(own: FiguresPage) -> None:
    assert own.card.title.text() == "按类别"
    assert own.dimensions.current() == "category"
    shot(own, "figures-township", 1210, 688)


def test_enter_opens_the_projects_behind_a_unit_and_backspace_goes_back(page: FiguresPage) -> None:
    second = units(page)[1]
    press(page, Qt.Key.Key_Down)
    press(page, Qt.Key.Key_Return)
    assert page.card.title.text() == f"{second}的项目"
    assert len(names(page)) == 12
    assert page.back.isVisible()
    assert page.dimensions.current() == "unit"
    press(page, Qt.Key.Key_Backspace)
    assert page.card.title.text() == "按单位"
    assert page.table.figures.row_at(page.table.currentIndex().row()).cells[1] == second


def test_the_button_goes_back_too(page: FiguresPage) -> None:
    press(page, Qt.Key.Key_Return)
    assert page.back.text() == "按单位"
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    settle(desk_of(page))
    assert page.card.title.text() == "按单位"


def test_a_project_leads_to_its_page(page: FiguresPage) -> None:
    press(page, Qt.Key.Key_Return)
    row = page.table.figures.rows[0]
    press(page, Qt.Key.Key_Return)
    assert desk_of(page).places == [("project", Landing(register="project", record=str(row.key)))]


def test_the_menu_of_a_row_leads_on(page: FiguresPage) -> None:
    first, total = page.table.figures.rows[0], page.table.figures.table.total
    assert [words for _, words, _ in page.offers(first)] == ["看明细", "复制"]
    page.offers(first)[0][2]()
    settle(desk_of(page))
    project = page.table.figures.rows[0]
    assert [words for _, words, _ in page.offers(project)] == ["看这个项目", "到台账里看", "复制"]
    page.offers(project)[1][2]()
    assert desk_of(page).places == [("grid", Landing(register="weekly", subject=str(project.key)))]
    assert [words for _, words, _ in page.offers(total)] == ["复制"]


def test_the_total_opens_all_projects(page: FiguresPage) -> None:
    last = page.table.figures.index(2, 3)
    spot = page.table.visualRect(last).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle(desk_of(page))
    assert page.card.title.text() == "全部项目"
    assert len(names(page)) == 24


def test_a_count_of_red_lights_opens_the_worst_first(page: FiguresPage) -> None:
    headings = [heading.name for heading in page.table.figures.table.headings]
    spot = page.table.visualRect(page.table.figures.index(0, headings.index("red"))).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle(desk_of(page))
    lights = [row.light for row in page.table.figures.rows]
    assert lights == sorted(lights, key=["red", "yellow", "green"].index)


def test_a_bar_leads_where_its_line_leads(page: FiguresPage) -> None:
    drawing = page.beside.completion.drawing()
    assert drawing is not None
    key = page.table.figures.rows[1].key
    [bar] = [mark for mark in drawing.marks if mark.key == key and mark.tip]
    middle = QPoint(
        round((bar.box.left + bar.box.right) / 2), round((bar.box.top + bar.box.bottom) / 2)
    )
    name = units(page)[1]
    QTest.mouseClick(page.beside.completion, Qt.MouseButton.LeftButton, pos=middle)
    settle(desk_of(page))
    assert page.card.title.text() == f"{name}的项目"


def test_chips_choose_dimension_aspect_and_chart(page: FiguresPage) -> None:
    page.dimensions.chosen.emit("category")
    settle(desk_of(page))
    assert page.card.title.text() == "按类别"
    page.aspects.chosen.emit("items")
    settle(desk_of(page))
    titles = [heading.title for heading in page.table.figures.table.headings]
    assert "未销号" in titles
    assert page.unit.text() == ""
    shot(page, "figures-items", 1210, 688)
    page.beside.which.chosen.emit("weeks")
    assert page.beside.unit.text() == "单位：万元"
    drawing = page.beside.other.drawing()
    assert drawing is not None
    assert drawing.said.startswith("第1周")


def test_another_week_shows_its_own_figures(page: FiguresPage) -> None:
    before = page.table.figures.table.total.cells
    page.desk.set_period("2023-W05")
    page.refresh()
    settle(desk_of(page))
    assert page.table.figures.table.total.cells != before


def test_a_week_without_projects_says_so(
    make_desk: Callable[[Path], TestDesk], tmp_path: Path
) -> None:
    path = tmp_path / "new.yzb"
    workspace.create(path, "源汇区").close()
    desk = make_desk(path)
    page = FiguresPage(desk)
    page.resize(1210, 688)
    page.show()
    page.refresh()
    settle(desk)
    assert page.empty.isVisible()
    assert not page.copy.isEnabled()
    shot(page, "figures-empty", 1210, 688)
    page.empty.clicked.emit()
    assert desk.places == [("project", Landing(text="new"))]
    QTest.keyClick(page, Qt.Key.Key_F11)
    assert page.large is None


def test_a_group_that_has_no_projects_any_more_can_be_left(page: FiguresPage) -> None:
    page.return_to({"by": "project", "within": "unit", "key": "gone"})
    page.refresh()
    settle(desk_of(page))
    assert page.table.figures.rows == ()
    assert page.back.isVisible()
    press(page, Qt.Key.Key_Backspace)
    assert page.card.title.text() == "按单位"


def test_one_returns_to_where_one_was(page: FiguresPage) -> None:
    press(page, Qt.Key.Key_Return)
    page.table.sorted.emit("annual_plan", True)
    page.aspects.chosen.emit("works")
    settle(desk_of(page))
    page.table.sorted.emit("started", False)
    page.beside.which.chosen.emit("sums")
    press(page, Qt.Key.Key_Down)
    place, title, order = page.place(), page.card.title.text(), names(page)
    row = page.table.current_key()
    again = FiguresPage(page.desk)
    again.return_to(place)
    again.resize(1210, 688)
    again.show()
    again.refresh()
    settle(desk_of(page))
    assert (again.card.title.text(), names(again)) == (title, order)
    assert again.table.current_key() == row
    assert (again.aspects.current(), again.beside.which.current()) == ("works", "sums")
    assert again.place() == place


def test_landing_on_a_unit_shows_its_projects(page: FiguresPage) -> None:
    unit = page.table.figures.rows[0]
    page.land(Landing(register="unit", record=str(unit.key)))
    settle(desk_of(page))
    assert page.card.title.text() == f"{unit.cells[1]}的项目"
    page.land(Landing(tab="level"))
    settle(desk_of(page))
    assert page.card.title.text() == "按级别"


def test_the_whole_table_is_copied(page: FiguresPage) -> None:
    QTest.mouseClick(page.copy, Qt.MouseButton.LeftButton)
    lines = QApplication.clipboard().text().rstrip("\n").split("\n")
    assert len(lines) == 4
    assert desk_of(page).notes == ["已复制 3 行，可以粘贴到 Excel 或 WPS"]


def test_the_large_screen_is_entered_turned_and_left(page: FiguresPage) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_F11)
    large = page.large
    assert large is not None
    assert large.isFullScreen()
    titles = [large.title.text()]
    for _ in range(3):
        QTest.keyClick(large, Qt.Key.Key_Right)
        titles.append(large.title.text())
    assert len(set(titles)) == 4
    QTest.keyClick(large, Qt.Key.Key_Left)
    assert large.title.text() == titles[2]
    QTest.keyClick(large, Qt.Key.Key_Right)
    QTest.keyClick(large, Qt.Key.Key_Right)
    assert large.title.text() == titles[0]
    assert "2023年第10周" in large.caption.text()
    shot(large, "figures-large")
    QTest.keyClick(large, Qt.Key.Key_Escape)
    assert not large.isVisible()


def test_the_large_screen_can_be_read_from_three_metres(page: FiguresPage) -> None:
    page.show_big()
    assert page.large is not None
    page.large.showNormal()
    page.large.resize(1366, 768)
    QApplication.processEvents()
    for view in (page.large.chart, page.large.headline):
        drawing = view.drawing()
        assert drawing is not None
        sizes = [mark.size for mark in drawing.marks if isinstance(mark, Text)]
        assert min(sizes) * theme.current().scale >= 22
    page.large.resize(2732, 1536)
    assert page.large.style_now().text == 48


def test_a_narrow_page_leaves_the_charts_to_the_large_screen(page: FiguresPage) -> None:
    assert page.beside.isVisible()
    page.resize(850, 560)
    assert not page.beside.isVisible()
    QTest.keyClick(page.table, Qt.Key.Key_F11)
    assert page.large is not None
    assert page.large.isVisible()
    page.resize(1210, 688)
    assert page.beside.isVisible()


def test_the_page_is_stale_in_another_week() -> None:
    assert FiguresPage.weekly
    assert FiguresPage.reads == frozenset()
