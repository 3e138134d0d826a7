"""The page 调度与报表 standing in a window, and a click on its list."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.ui.papers.page import PapersPage
from tests.ui.conftest import TestDesk, settle


def standing(desk: TestDesk) -> Iterator[PapersPage]:
    host = QWidget()
    host.resize(1210, 688)
    made = PapersPage(desk)
    made.setParent(host)
    made.resize(host.size())
    host.show()
    made.show()
    made.refresh()
    settle(desk)
    yield made
    made.preview.show_pdf(None)


def pick(page: PapersPage, key: str) -> None:
    """Click a paper on the list."""
    row = next(row for row in range(page.shelf.count()) if page.shelf.item(row).data(256) == key)
    place = page.shelf.visualItemRect(page.shelf.item(row)).center()
    QTest.mouseClick(page.shelf.viewport(), Qt.MouseButton.LeftButton, pos=place)
