"""The window of a township on the page 部门表样."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest

from desktop.ui.department_forms.page import FormsPage
from desktop.ui.shell.window import MainWindow
from tests.ui.conftest import TestDesk, settle


@pytest.fixture
def window(desk: TestDesk) -> Iterator[MainWindow]:
    made = MainWindow(desk)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    yield made
    desk.messages.asker = lambda _question, _advice, _yes: True
    made.end()


@pytest.fixture
def page(window: MainWindow) -> FormsPage:
    window.desk.go("department-forms")
    found = window.current
    assert isinstance(found, FormsPage)
    settle(window.desk)
    return found
