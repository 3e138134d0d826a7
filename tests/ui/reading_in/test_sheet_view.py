"""The sheet under keys and mouse; a big one is painted where it is seen and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.sheets.workbook.grid import Area, Workbook
from desktop.ui.reading_in import reading
from desktop.ui.reading_in.page import ReadingInPage
from desktop.ui.reading_in.reading import Wanted
from desktop.ui.reading_in.sheet_painting import Painting
from desktop.ui.reading_in.sheet_view import SheetView
from tests.sheets.making import book_of, sheet
from tests.ui.conftest import TestDesk, ask, settle
from tests.ui.reading_in.workbooks import HEADING, UNIT, weekly

Read = Callable[[Path], ReadingInPage]
CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def big(rows: int) -> Workbook:
    """A workbook of so many projects."""
    table = [
        [number, f"第{number}号项目", 12000, 10, "2024-12", "13800001111", "x"]
        for number in range(1, rows + 1)
    ]
    found = sheet(["第11周进展", *[None] * 6], UNIT, HEADING, *table, merges=["A1:G1"])
    return book_of(found)


@pytest.fixture
def view(desk: TestDesk) -> SheetView:
    """3,000 projects on the screen."""
    comparison = ask(desk, lambda book: reading.look(book, big(3000), Wanted()))
    made = SheetView()
    made.resize(800, 500)
    made.show_sheet(comparison.workbook.sheets[0], comparison.effects, desk.facts.scheme)
    made.show()
    return made


def place(view: SheetView) -> tuple[int, int]:
    return view.row, view.column


def test_keys_lead_as_in_a_spreadsheet(view: SheetView) -> None:
    view.go_to(3, 1)
    steps: list[tuple[Qt.Key, Qt.KeyboardModifier, tuple[int, int]]] = [
        (Qt.Key.Key_Down, NONE, (4, 1)),
        (Qt.Key.Key_Right, NONE, (4, 2)),
        (Qt.Key.Key_Up, NONE, (3, 2)),
        (Qt.Key.Key_End, NONE, (3, 6)),
        (Qt.Key.Key_Home, NONE, (3, 0)),
        (Qt.Key.Key_Down, CTRL, (3002, 0)),
        (Qt.Key.Key_Right, CTRL, (3002, 6)),
        (Qt.Key.Key_Down, NONE, (3002, 6)),
        (Qt.Key.Key_Home, CTRL, (0, 0)),
        (Qt.Key.Key_Down, NONE, (1, 0)),
        (Qt.Key.Key_Up, NONE, (0, 0)),
        (Qt.Key.Key_Right, NONE, (0, 0)),  # out of the merged title there is no way to the right
    ]
    for key, held, wanted in steps:
        QTest.keyClick(view, key, held)
        assert place(view) == wanted
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view.row > 5


def test_only_what_is_seen_is_painted(view: SheetView, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Area] = []
    draw = Painting._cell

    def noted(self: Painting, painter: object, area: Area, whats: object) -> None:
        drawn.append(area)
        draw(self, painter, area, whats)  # type: ignore[arg-type]

    monkeypatch.setattr(Painting, "_cell", noted)
    view.go_to(2000, 1)
    view.viewport().grab()
    rows = {area.top for area in drawn}
    assert 2000 in rows
    assert len(rows) <= 500 // 27 + 3
    assert len(view.findChildren(QWidget)) < 20


def test_the_band_of_a_long_table_stays_in_sight(view: SheetView) -> None:
    view.go_to(2000, 2)
    seen = [tag for tag in view.tags() if tag.column.heading == "总投资"]
    assert len(seen) == 1
    assert 0 <= seen[0].rect.y() < 60
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, NONE, view.cell_rect(2003, 1).center()
    )
    assert place(view) == (2003, 1)


def test_a_heading_is_clicked_and_not_the_cell_behind_it(view: SheetView) -> None:
    view.go_to(2000, 2)
    asked: list[object] = []
    view.tag_wanted.connect(lambda tag, _rect: asked.append(tag.column.heading))
    tag = next(one for one in view.tags() if one.column.heading == "计划竣工")
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, tag.rect.center())
    assert asked == ["计划竣工"]


def test_each_sheet_remembers_where_one_was(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.workbook.go_to("周报", 4, 3)
    page.workbook.tabs.setCurrentIndex(1)
    assert page.workbook.sheet == "人员"
    page.workbook.tabs.setCurrentIndex(0)
    assert place(page.workbook.view) == (4, 3)


def test_alt_and_a_number_answer_from_the_box(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.questions.box.setFocus()
    QTest.keyClick(page.questions.box, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    settle(page.desk)
    assert page.questions.left.text() == "还有 1 个问题"


def test_chinese_begins_in_the_box_by_itself(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.questions.setFocus()
    event = QInputMethodEvent()
    event.setCommitString("三百万元")
    QApplication.sendEvent(page.questions, event)
    assert page.questions.box.text() == "三百万元"
    assert page.questions.box.hasFocus()


def test_a_line_of_the_changes_shows_its_cell_and_folds(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.tabs.setCurrentIndex(1)
    pane = page.changes
    fields = [at for at, line in enumerate(pane.model.lines) if line.field is not None]
    index = pane.model.index(fields[0])
    pane.list.scrollTo(index)
    centre = pane.list.visualRect(index).center()
    QTest.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, NONE, centre)
    line = pane.model.lines[fields[0]]
    assert line.field is not None
    assert page.workbook.line.words.origin == line.field.origin
    before = pane.model.rowCount()
    pane.list.setCurrentIndex(pane.model.index(0))
    QTest.keyClick(pane.list, Qt.Key.Key_Return)
    assert pane.model.rowCount() < before


def test_a_remark_shows_its_place(read: Read, tmp_path: Path) -> None:
    page = read(weekly(tmp_path))
    page.tabs.setCurrentIndex(2)
    remarks = page.remarks.model.lines
    at = next(at for at, one in enumerate(remarks) if one.kind == "未读的列")
    page.remarks.list.clicked.emit(page.remarks.model.index(at))
    assert place(page.workbook.view) == (2, 6)
