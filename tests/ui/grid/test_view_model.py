"""The model's side of the seam as Qt and a screen reader see it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QHelpEvent
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from desktop.ui.grid.table_model import GridModel
from tests.ui.grid.sample_grid import AT, Hands, SampleModel, ledger, shown

Role = Qt.ItemDataRole
#: Tool tips are windows; the screenless platform warns that it cannot raise them.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def model() -> Iterator[SampleModel]:
    model = SampleModel(ledger())
    yield model
    model.deleteLater()


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    hands = shown(ledger(40))
    qtbot.addWidget(hands.view)
    return hands


def test_qt_finds_no_fault_with_the_model(model: SampleModel) -> None:
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, fatal)
    model.commit([(1, AT["completed_week"], "5"), (2, AT["completed_total"], "6")], "粘贴")
    model.show(ledger(3))
    model.show([])
    assert tester.model() is model


def test_roles_come_from_the_cell(model: SampleModel) -> None:
    model.locked[1, AT["completed_week"]] = "本周已上报。"
    plan, week = model.index(1, AT["plan"]), model.index(1, AT["completed_week"])
    assert model.data(plan) == "10,100"
    assert model.data(plan, Role.EditRole) == "10100"
    assert model.data(plan, Role.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight.value
    assert model.data(plan, Role.AccessibleTextRole) == "年度计划 10,100"
    assert model.data(week, Role.AccessibleDescriptionRole) == "本周已上报。"
    assert model.data(plan, Role.DecorationRole) is None
    assert model.data(QModelIndex()) is None


def test_flags_say_what_can_be_edited(model: SampleModel) -> None:
    model.locked[1, AT["completed_week"]] = "本周已上报。"
    editable = Qt.ItemFlag.ItemIsEditable
    assert not model.flags(model.index(1, AT["plan"])) & editable
    assert not model.flags(model.index(1, AT["completed_week"])) & editable
    assert model.flags(model.index(0, AT["completed_week"])) & editable


def test_set_data_writes_as_if_typed(model: SampleModel) -> None:
    assert model.setData(model.index(0, AT["person"]), "张三")
    assert model.acts == [([(0, AT["person"], "张三")], "修改")]
    assert not model.setData(model.index(0, AT["plan"]), "1")
    assert not model.setData(model.index(0, AT["person"]), "1", Role.DisplayRole)


def test_headings_are_the_columns_titles(model: SampleModel) -> None:
    horizontal, vertical = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert model.headerData(AT["last_total"], horizontal) == "累计"
    said = model.headerData(AT["last_total"], horizontal, Role.AccessibleTextRole)
    assert said == "上周 累计"
    assert model.headerData(11, vertical) == 12
    assert model.headerData(12, vertical) is None
    assert model.headerData(99, horizontal) is None


def test_what_a_model_need_not_say() -> None:
    class Bare(GridModel):
        pass

    bare = Bare()
    assert bare.totals() is None
    assert list(bare.suggest(0, 0)) == []
    assert (bare.row_key(0), bare.row_of("x")) == ("", -1)
    for asked in (bare.columns, lambda: bare.cell(0, 0), lambda: bare.commit([], "")):
        with pytest.raises(NotImplementedError):
            asked()


def test_a_screen_reader_is_told_where_one_is(hands: Hands) -> None:
    reader = QAccessible.queryAccessibleInterface(hands.view)
    assert reader is not None
    assert reader.text(QAccessible.Text.Name) == "表格"
    hands.go(3, "plan")
    said = QAccessible.Text.Description
    assert reader.text(said) == "第4行，年度计划 10,300"
    hands.go(2, "rate")
    assert reader.text(said) == "第3行，绿灯，完成率 12.0%"
    hands.model.locked[4, AT["completed_week"]] = "本周已上报。"
    hands.go(4, "completed_week")
    assert reader.text(said) == "第5行，完成投资 304，本周已上报。"


def test_one_change_repaints_one_cell(hands: Hands) -> None:
    painted: list[tuple[int, int]] = []
    real = hands.model.cell

    def watched(row: int, column: int) -> object:
        painted.append((row, column))
        return real(row, column)

    QApplication.processEvents()
    hands.model.cell = watched  # type: ignore[assignment, method-assign]
    at = hands.model.index(3, AT["plan"])
    hands.model.dataChanged.emit(at, at)
    QApplication.processEvents()
    assert (3, AT["plan"]) in painted
    assert {row for row, _ in painted} <= {2, 3, 4}  # a frame reaches into the neighbours
    assert {column for _, column in painted} <= {AT["plan"] - 1, AT["plan"], AT["plan"] + 1}
    painted.clear()
    first, last = hands.model.index(30, 0), hands.model.index(39, 5)
    hands.model.dataChanged.emit(first, last)
    QApplication.processEvents()
    assert painted == []  # not in sight


def test_only_what_is_seen_is_asked_for(qtbot: QtBot) -> None:
    hands = shown([ledger(1)[0]] * 100_000)
    qtbot.addWidget(hands.view)
    asked: set[int] = set()
    real = hands.model.cell

    def watched(row: int, column: int) -> object:
        asked.add(row)
        return real(row, column)

    hands.model.cell = watched  # type: ignore[assignment, method-assign]
    hands.view.verticalScrollBar().setValue(1_500_000)
    QApplication.processEvents()
    assert asked == set(hands.view.measures.visible_rows())
    assert 50_000 in asked
    asked.clear()
    hands.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QApplication.processEvents()
    assert len(hands.view.block().rows) == 100_000
    assert len(asked) < 30


def test_the_page_hears_where_one_is(hands: Hands) -> None:
    spy = QSignalSpy(hands.view.block_changed)
    hands.key(Qt.Key.Key_Down)
    assert spy.count() == 1
    hands.view.setCurrentIndex(hands.model.index(30, AT["stage"]))  # Qt's own way to go there
    assert hands.at == (30, "stage")
    assert spy.count() == 2
    assert 30 in hands.view.measures.visible_rows()
    assert hands.view.selected_block() == (30, AT["stage"], 30, AT["stage"])


def test_another_model_takes_over(hands: Hands) -> None:
    before = hands.model
    after = SampleModel(ledger(5))
    hands.view.set_model(after)
    assert hands.at == (0, "name")
    before.refused.emit(0, 0, "别处的话。")
    assert hands.view.bubble.sentence == ""
    after.refused.emit(0, 0, "这里的话。")
    assert hands.view.bubble.sentence == "这里的话。"
    hands.view.setModel(None)
    assert hands.view.current() == (-1, -1)
    after.deleteLater()


def test_a_tool_tip_tells_the_whole_text_and_why_a_cell_is_locked(
    hands: Hands, qtbot: QtBot
) -> None:
    whole = "一个长得在一格里无论如何也写不下的形象进度说明，还有第二句"
    hands.model.rows[1]["progress"] = whole
    hands.model.locked[1, AT["progress"]] = "本周已上报。"
    hands.go(1, "progress")
    spot = hands.spot(1, "progress")
    there = hands.view.viewport().mapToGlobal(spot)
    QApplication.sendEvent(hands.view.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, spot, there))
    assert QToolTip.text() == f"{whole}\n本周已上报。"
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
