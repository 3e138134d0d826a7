"""The dialog 上报: names, what is in it, what it means; a correction needs its reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from desktop.ui.memory import Memory
from desktop.ui.week.figures import Figures
from desktop.ui.week.reading import Sent, Week
from desktop.ui.week.submit import SIGNED, Signed, SubmitDialog, contents_in_words, warning
from tests.ui.week.hands import OFFSCREEN, click, write
from tests.ui.week.test_headline import FIGURES
from tests.ui.week.test_steps import finding, week

pytestmark = pytest.mark.qt_log_ignore(OFFSCREEN)
Make = Callable[[Week], SubmitDialog]


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "memory.json")


@pytest.fixture
def make(qtbot: Any, memory: Memory) -> Make:
    parent = QWidget()
    qtbot.addWidget(parent)

    def made(asked: Week) -> SubmitDialog:
        title = "2023年第9周（2月24日—3月2日）"
        dialog = SubmitDialog(parent, asked, title, "源汇区", memory, "万元", "张晓燕")
        dialog.show()
        return dialog

    return made


def said(dialog: SubmitDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_names_are_asked_for_and_remembered(make: Make, memory: Memory) -> None:
    dialog = make(week(figures=FIGURES))
    assert dialog.filler.text() == "张晓燕"
    assert dialog.focusWidget() is dialog.reviewer
    write(dialog.reviewer, " 刘伟 ")
    QTest.keyClick(dialog.reviewer, Qt.Key.Key_Return)
    assert dialog.isVisible() and dialog.focusWidget() is dialog.go
    QTest.keyClick(dialog.go, Qt.Key.Key_Return)
    assert dialog.result() == SubmitDialog.DialogCode.Accepted.value
    assert dialog.signed == Signed("张晓燕", "刘伟", "")
    assert memory.get(SIGNED) == {"filler": "张晓燕", "reviewer": "刘伟"}
    assert make(week(figures=FIGURES)).reviewer.text() == "刘伟"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_in_a_field_never_locks_the_week(make: Make, memory: Memory, key: Qt.Key) -> None:
    dialog = make(week(figures=FIGURES))
    dialog.filler.setFocus()
    QTest.keyClick(dialog.filler, key)
    assert dialog.focusWidget() is dialog.reviewer
    QTest.keyClick(dialog.reviewer, key)
    assert dialog.isVisible() and memory.get(SIGNED) is None


def test_nobody_reviewing_is_asked_about(make: Make, memory: Memory) -> None:
    dialog = make(week(figures=FIGURES))
    write(dialog.reviewer, "  ")
    click(dialog.go)
    assert dialog.isVisible() and memory.get(SIGNED) is None
    assert dialog.missing.text() == "请填写审核人。"
    assert dialog.focusWidget() is dialog.reviewer
    write(dialog.reviewer, "刘伟")
    assert dialog.missing.text() == ""
    dialog.filler.clear()
    click(dialog.go)
    assert dialog.isVisible() and dialog.missing.text() == "请填写填报人。"
    write(dialog.filler, "张晓燕")
    click(dialog.go)
    assert not dialog.isVisible()


def test_it_says_what_goes_up_and_that_the_week_is_locked(make: Make) -> None:
    doubt = finding("explain", name="甲", explained=True)
    dialog = make(week(figures=FIGURES, findings=(doubt,)))
    told = said(dialog)
    assert "2023年第9周" in told
    assert contents_in_words(week(figures=FIGURES), "万元") in told
    assert "说明 1 处" in told
    assert [row.text for row in dialog.explained.rows()] == ["甲：t。说明：属实"]
    assert "上报后本周锁定，不能再改；确需修改，要由源汇区退回。" in told
    assert "打印、签字、盖章的周报" in told
    assert "U盘" not in told.replace(" ", "")


def test_escape_leaves_everything_as_it_was(make: Make, memory: Memory) -> None:
    dialog = make(week(figures=FIGURES))
    write(dialog.reviewer, "刘伟")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == SubmitDialog.DialogCode.Rejected.value
    assert memory.get(SIGNED) is None


def test_a_correction_waits_for_its_reason(make: Make) -> None:
    dialog = make(week(figures=FIGURES, sent=Sent("已上报", changed=2)))
    assert "更正" in dialog.windowTitle()
    write(dialog.reviewer, "刘伟")
    QTest.keyClick(dialog.reviewer, Qt.Key.Key_Return)
    assert dialog.focusWidget() is dialog.reason
    assert not dialog.go.isEnabled()
    QTest.keyClicks(dialog.reason, "  ")
    assert not dialog.go.isEnabled()
    write(dialog.reason, "统计口径调整")
    assert dialog.go.isEnabled()
    click(dialog.go)
    assert dialog.signed.correction == "统计口径调整"


def test_a_first_submission_has_no_reason(make: Make) -> None:
    dialog = make(week(figures=FIGURES))
    assert not dialog.reason.isVisible()
    assert dialog.signed.correction == ""


def test_figures_in_words() -> None:
    assert contents_in_words(week(figures=FIGURES), "万元") == (
        "12 个项目，本周完成 2,496.25 万元，本年累计 1 万元，完成率 13.9%。"
    )
    bare = Figures(1, None, None, 0, 0, None, None, None, None)
    asked = msgspec.structs.replace(week(figures=bare), expected=1)
    assert contents_in_words(asked, "万元") == "1 个项目，本年累计 0 万元。"
    assert "要由上级单位退回" in warning("")
