"""What a person sees on the page 项目, and where one clicks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication

from desktop.ui.forms.dialog import RecordDialog
from desktop.ui.project.page import ProjectPage
from tests.ui.conftest import TestDesk, ask, settle

ROTARY = "大轴机电CNC精雕机生产项目"
Shown = Callable[[TestDesk], ProjectPage]


def watched(model: QAbstractItemModel) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Warning
    QAbstractItemModelTester(model, mode, model)


def desk_of(page: ProjectPage) -> TestDesk:
    assert isinstance(page.desk, TestDesk)
    return page.desk


def records(desk: TestDesk) -> dict[str, str]:
    found = ask(desk, lambda book: {row["name"]: row["record"] for row in book.rows("project")})
    assert isinstance(found, dict)
    return found


def listed(page: ProjectPage) -> list[str]:
    model = page.pane.model
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def dialog(desk: TestDesk) -> RecordDialog:
    settle(desk)
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, RecordDialog)]
    assert len(found) == 1
    found[0].activateWindow()
    QApplication.processEvents()
    return found[0]


def chips(page: ProjectPage) -> list[str]:
    return [chip.accessibleName() for chip in page.pane.lights._group.buttons()]


def click_chip(page: ProjectPage, beginning: str) -> None:
    for chip in page.pane.lights._group.buttons():
        if chip.accessibleName().startswith(beginning):
            QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
            settle(page.desk)
            return
    raise AssertionError(beginning)


def in_list(page: ProjectPage, name: str) -> None:
    """Choose a project by its name and show its lists."""
    page.pane.seek(records(desk_of(page))[name])
    page.show_tab("lists")
    settle(page.desk)
    assert page.head.name.text() == name
