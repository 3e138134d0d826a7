"""The page 设置 standing in a window, at a section."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui import theme
from desktop.ui.settings.page import SettingsPage
from tests.ui.conftest import TestDesk, settle
from tests.ui.settings.standing import Show


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Show]:
    """Show the page at a section."""
    hosts: list[QWidget] = []

    def made(desk: TestDesk, name: str) -> SettingsPage:
        host = QWidget()
        host.resize(1210, 688)
        page = SettingsPage(desk)
        page.setParent(host)
        page.resize(host.size())
        hosts.append(host)
        host.show()
        page.show()
        page.return_to({"section": name})
        page.refresh()
        settle(desk)
        return page

    yield made
    theme.apply(qapp, dark=False)
