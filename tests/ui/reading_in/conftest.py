"""A window over the demonstration's township, on the page 从 Excel 读入."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from desktop.ui.landing import Landing
from desktop.ui.reading_in.page import ReadingInPage
from desktop.ui.shell.window import MainWindow
from tests.ui.conftest import TestDesk, settle, spin


@pytest.fixture
def window(desk: TestDesk) -> Iterator[MainWindow]:
    """The window, shown and active."""
    made = MainWindow(desk)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    desk.messages.asker = lambda _question, _advice, _yes: True
    yield made
    made.end()


@pytest.fixture
def read(window: MainWindow) -> Callable[[Path], ReadingInPage]:
    """Read a workbook in; the page with its first comparison."""

    def begin(path: Path) -> ReadingInPage:
        window.desk.go("reading-in", Landing(text=str(path)))
        page = window.current
        assert isinstance(page, ReadingInPage)
        spin(lambda: page.intake.path == path and page.intake.found is not None)
        settle(window.desk)
        return page

    return begin
