"""The table of figures under keys and mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.figures.table import FiguresTable
from desktop.ui.figures.table_model import FiguresModel
from desktop.ui.figures.tabulation import Heading, Table, TableRow

HEADINGS = (
    Heading("name", "单位", "text", grows=True),
    Heading("light", "灯", "light"),
    Heading("annual_plan", "年度计划"),
    Heading("planned_starts", "今年计划开工"),
)
ROWS = (
    TableRow("a", ("大刘镇", "", "1,200", "3"), ("大刘镇", 2, 1200, 3), "green"),
    TableRow("b", ("空冢郭镇", "", "800", "0"), ("空冢郭镇", 0, 800, 0), "red", "空冢郭镇\n停工"),
    TableRow(None, ("未填", "", "", "1"), ("未填", None, None, 1)),
)
TOTAL = TableRow(None, ("合计", "", "2,000", "4"))
FIGURES = Table(HEADINGS, ROWS, TOTAL, "", "单位：万元")


@pytest.fixture
def table(qapp: QApplication) -> Iterator[FiguresTable]:
    """The table, shown and with the keyboard."""
    made = FiguresTable()
    made.resize(600, 300)
    made.show_table(FIGURES)
    made.show()
    made.setFocus()
    yield made
    theme.apply(qapp, dark=False)


def names(table: FiguresTable) -> list[str]:
    model = table.figures
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def click_heading(table: FiguresTable, column: int) -> None:
    header = table.horizontalHeader()
    middle = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    QTest.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, header.height() // 2)
    )


def test_the_model_keeps_its_promises(qapp: QApplication) -> None:
    model = FiguresModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_table(FIGURES, "", descending=False)
    model.show_table(FIGURES, "annual_plan", descending=True)
    assert tester.model() is model


def test_the_total_stands_last_and_bold(table: FiguresTable) -> None:
    assert names(table) == ["大刘镇", "空冢郭镇", "未填", "合计"]
    last = table.figures.index(3, 0)
    assert last.data(Qt.ItemDataRole.FontRole).bold()
    assert table.figures.index(0, 0).data(Qt.ItemDataRole.FontRole) is None


def test_a_heading_asks_for_its_order_and_the_other_way_round(table: FiguresTable) -> None:
    asked: list[tuple[str, bool]] = []

    def show(column: str, descending: bool) -> None:
        asked.append((column, descending))
        table.show_table(FIGURES, column, descending=descending)

    table.sorted.connect(show)
    click_heading(table, 2)
    assert names(table) == ["大刘镇", "空冢郭镇", "未填", "合计"]
    click_heading(table, 2)
    assert names(table) == ["空冢郭镇", "大刘镇", "未填", "合计"]
    click_heading(table, 1)
    assert names(table) == ["空冢郭镇", "大刘镇", "未填", "合计"]
    assert asked == [("annual_plan", True), ("annual_plan", False), ("light", False)]
    assert table.horizontalHeader().sortIndicatorSection() == 1


def test_one_stays_on_the_row_on_which_one_is(table: FiguresTable) -> None:
    table.choose("b")
    table.show_table(FIGURES, "name", descending=True)
    assert table.current_key() == "b"
    table.show_table(Table(HEADINGS, ROWS[:1], TOTAL, "", ""), "", descending=False)
    assert table.current_key() == "a"


def test_enter_and_a_double_click_open_a_row(table: FiguresTable) -> None:
    opened: list[tuple[str | None, str]] = []
    table.opened.connect(lambda row, column: opened.append((row.key, column)))
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    spot = table.visualRect(table.figures.index(0, 2)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened == [("b", "name"), ("a", "annual_plan")]


def clipboard() -> list[list[str]]:
    text = QApplication.clipboard().text()
    return [line.split("\t") for line in text.rstrip("\n").split("\n")]


def test_ctrl_c_copies_the_chosen_rows_with_their_headings(table: FiguresTable) -> None:
    told: list[int] = []
    table.copied.connect(told.append)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == [
        ["单位", "灯", "年度计划", "今年计划开工"],
        ["大刘镇", "绿灯", "1200", "3"],
    ]
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert [line[0] for line in clipboard()] == ["单位", "大刘镇", "空冢郭镇", "未填", "合计"]
    assert told == [1, 4]


def test_everything_is_copied_at_once(table: FiguresTable) -> None:
    assert table.copy(everything=True) == 4
    assert len(clipboard()) == 5


def test_long_headings_stand_on_two_lines(table: FiguresTable) -> None:
    header = table.figures.headerData(3, Qt.Orientation.Horizontal)
    assert header == "今年计划\n开工"
    assert table.figures.headerData(2, Qt.Orientation.Horizontal) == "年度计划"


def test_headings_say_what_they_count_and_do(table: FiguresTable) -> None:
    counted = Heading("x", "计划开工", tip="今年计划开工项目数")
    row = TableRow("a", ("",), (None,))
    table.show_table(Table((counted,), (row,), row, "", ""))
    tip = table.figures.headerData(0, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert tip == "今年计划开工项目数\n点一下按这一栏排序，再点一下倒过来"


def test_tips_tell_why_and_readers_hear_the_light(table: FiguresTable) -> None:
    model = table.figures
    assert model.index(1, 2).data(Qt.ItemDataRole.ToolTipRole) == "空冢郭镇\n停工"
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == "大刘镇"
    assert model.index(1, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "灯 红灯"
    assert model.index(2, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "灯 无灯"


def test_columns_fill_the_width_and_follow_the_size_of_type(
    table: FiguresTable, qapp: QApplication
) -> None:
    def width() -> int:
        return sum(table.columnWidth(column) for column in range(4))

    assert width() == table.viewport().width()
    table.resize(900, 300)
    assert width() == table.viewport().width()
    before = table.rowHeight(0)
    theme.apply(qapp, dark=False, scale=1.5)
    assert table.rowHeight(0) > before
    assert width() == table.viewport().width()


def test_names_give_way_last(table: FiguresTable) -> None:
    long = ROWS[0].cells[0] * 12
    row = TableRow("a", (long, *ROWS[0].cells[1:]), ROWS[0].sorting)
    table.show_table(Table(HEADINGS, (row,), TOTAL, "", ""))
    assert sum(table.columnWidth(column) for column in range(4)) == table.viewport().width()
    table.resize(200, 300)
    assert table.columnWidth(0) == theme.current().px(150)


def test_a_table_without_columns_is_empty(qapp: QApplication) -> None:
    table = FiguresTable()
    assert (table.figures.rowCount(), table.copy(), table.current_key()) == (0, 0, None)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("问题销号率", "问题销号率"),
        ("超期未销号问题数", "超期未销号\n问题数"),
        ("今年以来到期节点数", "今年以来到期\n节点数"),
        ("今年以来应竣工", "今年以来\n应竣工"),
        ("节点按期完成率", "节点按期\n完成率"),
        ("甲乙丙丁戊己", "甲乙丙\n丁戊己"),
    ],
)
def test_headings_are_broken_before_a_word(table: FiguresTable, title: str, shown: str) -> None:
    row = TableRow("a", ("",), (None,))
    table.show_table(Table((Heading("x", title),), (row,), row, "", ""))
    assert table.figures.headerData(0, Qt.Orientation.Horizontal) == shown
